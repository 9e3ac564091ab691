"""Writes workbooks: text cells only, so that nothing in them is ever a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

WIDEST = 60
LONGEST = 32_767
"""Characters that a cell can hold."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(title: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Return an xlsx file with one sheet: a bold header that stays, and a filter over it."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        widths = [_width(text) for text in header]
        _write(sheet, 0, header, bold)
        last = 0
        for last, line in enumerate(lines, start=1):
            _write(sheet, last, line, plain)
            widths = [max(kept, _width(text)) for kept, text in zip(widths, line, strict=True)]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(width + 2, WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(header) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
    return file.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    number: int,
    line: Sequence[str],
    form: xlsxwriter.format.Format,
) -> None:
    for place, text in enumerate(line):
        sheet.write_string(number, place, text[:LONGEST], form)


def _width(text: str) -> int:
    """Return how wide the widest line is; a Chinese character takes two places."""
    lines = text.splitlines() or [""]
    return max(sum(1 + (ord(character) > 0x2E80) for character in line) for line in lines)  # noqa: PLR2004 (where CJK begins)


def _sheet_name(title: str) -> str:
    return "".join(" " if character in "[]:*?/\\'" else character for character in title)[:31]
