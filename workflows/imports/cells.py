"""Reads single cells as offices write them: dates, limits, shares, units and words."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from workflows import secrecy
from workflows.imports.book import as_text
from workflows.imports.sheets import Cell
from workflows.reckoning import Span
from workflows.tables import LimitUnit, Period, Source, Urgency

YEAR_LAST: Final = (12, 31)
SHARE = 100
MOST_UNITS: Final = 500
"""Days, weeks or months that a limit may count at most."""
OLDEST, NEWEST = 1990, 2100


class CellUnread(Exception):
    """A cell says something that isn't of its column's kind; ``code`` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class LimitCell:
    """What a limit's cell says: a date, a span, an interim period, or some of these."""

    on: date | None = None
    span: Span | None = None
    period: Period | None = None
    guessed: bool = False
    """Whether the year, or the day of the month, had to be worked out."""


def plain(cell: Cell) -> str:
    """Return a cell's text in half width and without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", as_text(cell)))


# -- dates -------------------------------------------------------------------------------

_DAY = re.compile(r"^(?:(\d{4})[年./\-])?(\d{1,2})[月./\-](\d{1,2})[日号]?(?:前|之前|以前|止)?$")
_MONTH = re.compile(r"^(?:(\d{4})[年./\-])?(\d{1,2})月?(?:底|末|份)?(?:前|之前|以前)?$")
_YEAR_END = re.compile(r"^(?:(\d{4})年|今年|本年|全年)?(?:年?底|年末)(?:前|之前|以前)?$")
_HALF = re.compile(r"^(?:(\d{4})年)?(上半年|一季度|二季度|三季度|四季度)(?:末|底|前)?$")
_ENDS = {
    "上半年": (6, 30), "一季度": (3, 31), "二季度": (6, 30), "三季度": (9, 30), "四季度": YEAR_LAST,
}  # fmt: skip


def day(cell: Cell, since: date | None = None) -> tuple[date, bool]:
    """Return a date and whether some of it was guessed; without a year it follows ``since``."""
    if isinstance(cell, datetime):
        return cell.date(), False
    if isinstance(cell, date):
        return cell, False
    text = plain(cell)
    for pattern, reader in _READERS:
        found = pattern.match(text)
        if found:
            return reader(found, since)
    raise CellUnread("not_a_date")


def _whole(found: re.Match[str], since: date | None) -> tuple[date, bool]:
    year, month, number = found.groups()
    return _on(year, int(month), int(number), since), year is None


def _month(found: re.Match[str], since: date | None) -> tuple[date, bool]:
    if found.group(0).isdigit():
        raise CellUnread("not_a_date")
    return _on(found.group(1), int(found.group(2)), None, since), True


def _year_end(found: re.Match[str], since: date | None) -> tuple[date, bool]:
    return _on(found.group(1), *YEAR_LAST, since), True


def _half(found: re.Match[str], since: date | None) -> tuple[date, bool]:
    return _on(found.group(1), *_ENDS[found.group(2)], since), True


_READERS = ((_DAY, _whole), (_MONTH, _month), (_YEAR_END, _year_end), (_HALF, _half))


def _on(year: str | None, month: int, number: int | None, since: date | None) -> date:
    """Return the date; one without a year is the first of its kind from ``since`` on."""
    if year is None and since is None:
        raise CellUnread("no_year")
    wanted = int(year) if year else since.year if since else 0
    if not OLDEST <= wanted <= NEWEST:
        raise CellUnread("not_a_date")
    try:
        found = date(wanted, month, number or monthrange(wanted, month)[1])
    except ValueError as error:  # calendar.IllegalMonthError is one, too
        raise CellUnread("not_a_date") from error
    if year is None and since is not None and found < since:
        return _on(str(wanted + 1), month, number, None)
    return found


# -- limits ------------------------------------------------------------------------------

_SPAN = re.compile(r"(\d{1,4}|[一二三四五六七八九十]{1,3})(?:个)?(工作日|自然日|日|天|月|周)")
_UNITS = {
    "工作日": (1, LimitUnit.WORKING_DAYS),
    "自然日": (1, LimitUnit.NATURAL_DAYS),
    "日": (1, LimitUnit.NATURAL_DAYS),
    "天": (1, LimitUnit.NATURAL_DAYS),
    "周": (7, LimitUnit.NATURAL_DAYS),
    "月": (1, LimitUnit.MONTHS),
}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_PERIODS = (
    (re.compile("按?周|每周|周报"), Period.WEEKLY),
    (re.compile("按?月|每月|月报"), Period.MONTHLY),
    (re.compile("季"), Period.QUARTERLY),
)
_ENDLESS = re.compile("长期|持续|常年|全年推进")
_RHYTHM = re.compile("按|每|推进|报送")


def limit(cell: Cell, since: date | None) -> LimitCell:
    """Return what a limit's cell says; it counts from the day of the hand-over."""
    text = plain(cell)
    if _ENDLESS.search(text):
        return LimitCell(period=Period.WEEKLY)
    try:
        on, guessed = day(cell, since)
    except CellUnread as error:
        if error.code != "not_a_date":
            raise
        return _other_limit(text)
    return LimitCell(on=on, guessed=guessed)


def _other_limit(text: str) -> LimitCell:
    """Read a rhythm such as 按季度推进, or a span such as 收到之日起15个工作日内."""
    if _RHYTHM.search(text):
        for pattern, period in _PERIODS:
            if pattern.search(text):
                return LimitCell(period=period)
    found = _SPAN.search(text)
    number = _number(found.group(1)) if found else 0
    if found is None or not 0 < number <= MOST_UNITS:
        raise CellUnread("not_a_limit")
    times, unit = _UNITS[found.group(2)]
    return LimitCell(span=Span(times * number, unit))


_OFTEN = {"周": Period.WEEKLY, "月": Period.MONTHLY, "季": Period.QUARTERLY}


def rhythm(text: str) -> Period | None:
    """Return how often a remark such as 按月报送 asks for a report."""
    found = re.search("[按每](周|月|季)", plain(text))
    return _OFTEN[found.group(1)] if found else None


def _number(text: str) -> int:
    """Read 15 or 十五."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)


# -- shares, units, words ----------------------------------------------------------------


def percent(cell: Cell) -> int:
    """Return a share of work done, 0 to 100; 0.85 and 85 % are the same."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = float(cell) * SHARE if 0 <= cell <= 1 else float(cell)
    else:
        found = re.fullmatch(r"约?(\d+(?:\.\d+)?)(%?)", plain(cell))
        if found is None:
            raise CellUnread("not_a_share")
        value = float(found.group(1))
        if not found.group(2) and value <= 1:
            value *= SHARE
    if not 0 <= value <= SHARE:
        raise CellUnread("share_out_of_range")
    return round(value)


_BETWEEN = re.compile(r"[、；;，,/\n\s]+")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def unit_names(cell: Cell) -> list[str]:
    """Return the units that a cell names; 各县（市、区）政府 stays in one piece."""
    text = as_text(cell)
    inside = _BRACKETS.findall(text)
    for place, piece in enumerate(inside):
        text = text.replace(piece, f"\0{place}\0", 1)
    names = [name for name in _BETWEEN.split(text) if name]
    for place, piece in enumerate(inside):
        names = [name.replace(f"\0{place}\0", piece) for name in names]
    return list(dict.fromkeys(names))


_NUMBER = re.compile(r"[〔\[(（【]?(\d{4})[〕\])）】年]?第?(\d{1,5})号?$")


def number(cell: Cell) -> tuple[int, int]:
    """Return year and serial of 督字〔2019〕12号."""
    found = _NUMBER.search(plain(cell))
    if found is None or int(found.group(2)) == 0:
        raise CellUnread("not_a_number")
    return int(found.group(1)), int(found.group(2))


_SOURCES: tuple[tuple[str, Source], ...] = (
    ("省政府工作报告", Source.WORK_REPORT_PROVINCE),
    ("工作报告", Source.WORK_REPORT_CITY),
    ("民生实事", Source.LIVELIHOOD),
    ("常务会", Source.EXECUTIVE_MEETING),
    ("议事会", Source.MAYORS_COUNCIL),
    ("碰头会", Source.MAYORS_BRIEF_MEETING),
    ("协调会", Source.COORDINATION_MEETING),
    ("激励", Source.INCENTIVES),
    ("专项", Source.CAMPAIGN),
    ("攻坚", Source.CAMPAIGN),
    ("重点项目", Source.KEY_PROJECT),
    ("建议", Source.NPC_SUGGESTION),
    ("提案", Source.CPPCC_PROPOSAL),
    ("议案", Source.NPC_BILL),
    ("省领导", Source.PROVINCIAL_INSTRUCTION),
    ("批示", Source.CITY_INSTRUCTION),
    ("指示", Source.CITY_INSTRUCTION),
)


def source(cell: Cell, basis: str = "") -> Source:
    """Return where an item comes from; the basis tells a provincial instruction apart."""
    text = plain(cell)
    for word, found in _SOURCES:
        if word in text:
            provincial = re.match("省", plain(basis)) or "省领导" in text
            if found is Source.CITY_INSTRUCTION and provincial:
                return Source.PROVINCIAL_INSTRUCTION
            return found
    raise CellUnread("source_unknown")


_URGENCIES: tuple[tuple[str, Urgency], ...] = (
    ("特急", Urgency.FLASH),
    ("特提", Urgency.FLASH),
    ("加急", Urgency.URGENT),
    ("急", Urgency.PRESSING),
    ("复杂", Urgency.COMPLEX),
    ("长期", Urgency.LONG_TERM),
    ("一般", Urgency.NORMAL),
    ("普通", Urgency.NORMAL),
    ("平", Urgency.NORMAL),
)


def urgency(cell: Cell) -> Urgency:
    """Return how urgent an item is; nothing said is normal."""
    text = plain(cell)
    if not text:
        return Urgency.NORMAL
    for word, found in _URGENCIES:
        if word in text:
            return found
    raise CellUnread("urgency_unknown")


def is_secret(text: str) -> bool:
    """Say whether a cell marks its row as secret."""
    return bool(secrecy.words_in(text))
