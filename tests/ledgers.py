"""Ledgers as files: the office's real one, and any that a test makes up."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

DATA = Path(__file__).parent / "data"
REAL = DATA / "ledger-2019.xlsx"

HEAD = (
    "任务名称", "办结时限", "承办单位", "进度", "文号", "下达日期", "任务来源", "缓急",
    "工作进展", "说明",
)  # fmt: skip
"""One header row with other names than the real ledger's, in another order, one units column."""

ROWS: tuple[tuple[Any, ...], ...] = (
    ("河道清淤", "2019/10/31", "市水利局，南湖县政府", 35, "督字[2019]第041号", date(2019, 6, 3),
     "市政府常务会议", "加急", "已完成招标", ""),
    ("公交站台改造", "20个工作日", "市交通运输局", "8%", "督字〔2019〕42号", "2019年6月3日",
     "市长碰头会", "", "", ""),
    ("老旧小区改造", "长期", "市住建局\n市城管局", "", "", "2019.7.1", "重点民生实事", "一般",
     "逐步推进", ""),
)  # fmt: skip


def real() -> bytes:
    """Return the office's real ledger."""
    return REAL.read_bytes()


def made_up(rows: Iterable[Sequence[Any]] = ROWS, head: Sequence[str] = HEAD) -> bytes:
    """Return a workbook with one header row and these rows below it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in (head, *rows):
        sheet.append(list(row))
    return saved(book)


def changed(cells: dict[str, Any], sheet: str | None = None) -> bytes:
    """Return the real ledger with some cells changed; None empties one."""
    book = load_workbook(REAL)
    chosen = book[sheet] if sheet else book.worksheets[0]
    for row in chosen.iter_rows():
        for cell in row:
            if cell.data_type == "f":  # openpyxl takes a text that begins with = for a formula
                cell.data_type = "s"
    for place, value in cells.items():
        chosen[place].value = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()
