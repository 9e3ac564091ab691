"""Sends a workbook as a file; browsers save it under its Chinese name."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from flask import Response, send_file

from workflows.workbooks import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(title: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> Response:
    """Answer with an xlsx file of one sheet."""
    content = BytesIO(workbook(title, header, lines))
    return send_file(
        content, mimetype=XLSX, as_attachment=True, download_name=f"{title}.xlsx", max_age=0
    )
