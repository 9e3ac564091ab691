"""Sends a workbook as a file; browsers save it under its Chinese name."""

from collections.abc import Iterable, Sequence

from flask import Response

from web.downloads import give
from workflows.workbooks import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(title: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> Response:
    """Answer with an xlsx file of one sheet."""
    return give(workbook(title, header, lines), XLSX, f"{title}.xlsx")
