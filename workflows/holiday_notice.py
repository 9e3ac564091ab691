"""Reads an official holiday table: the notice's own text, pasted rows, or a sheet.

Understood, among others::

    一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
    2027-02-05 至 2027-02-11    春节    放假
    2027/2/14,上班,春节
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from workflows.archives import must_be_harmless
from workflows.calendar import DECEMBER, SpecialDay
from workflows.errors import CalendarRefused, PaperRefused

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
SHORT_NAMES = {
    "清明": "清明节",
    "五一": "劳动节",
    "端午": "端午节",
    "中秋": "中秋节",
    "国庆": "国庆节",
}
NEW_YEAR = "元旦"
LONGEST_RUN = 31

DAY = r"(?:(?:(?P<y{0}>\d{{4}})(?:年|[-/.]))?(?P<m{0}>\d{{1,2}})(?:月|[-/.])(?P<d{0}>\d{{1,2}})日?)"
SPAN = re.compile(
    DAY.format(1) + r"\s*(?:(?:至|到|—+|–|~|～)\s*(?:" + DAY.format(2) + r"|(?P<d3>\d{1,2})日))?"
)
BRACKETS = re.compile(r"[（(][^）)]*[）)]")
CLAUSES = re.compile(r"[。；;，\n]")
HEADING = re.compile(r"^\s*[一二三四五六七八九十]+、\s*(?P<name>[^：:]+)[：:]")
WORKED = re.compile(r"上班|班$|班\s|工作日|补班")
OFF = re.compile(r"放假|休|假")
LEFT_OVER = re.compile(
    r"[^\w\u4e00-\u9fff]+|调休|放假|上班|休息|补班|与周末连休|共\d+天|[休班假]$|^[休班假]"
)


@dataclass(slots=True)
class Reading:
    """What was understood, and the lines that weren't."""

    days: list[SpecialDay] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)


def read_text(year: int, text: str) -> Reading:
    """Read a notice or rows for a year; whatever has a date is understood or named."""
    reading, name = Reading(), ""
    for number, line in enumerate(_plain(text).splitlines(), start=1):
        heading = HEADING.match(line)
        if heading:
            name = _festival(heading["name"]) or heading["name"].strip()
            line = line[heading.end() :]  # noqa: PLW2901 (the rest of it)
        elif not line.strip():
            name = ""
        for clause in CLAUSES.split(BRACKETS.sub("", line)):
            _read_clause(reading, year, clause, name, str(number))
    return reading


def read_sheet(year: int, file: IO[bytes]) -> Reading:
    """Read the first sheet of an xlsx file, a day or a span of days in each row."""
    try:
        must_be_harmless(file)
        file.seek(0)
        rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    except (PaperRefused, CalamineError, IndexError) as error:
        raise CalendarRefused([{"code": "file"}]) from error
    return read_text(year, "\n".join(_row(row) for row in rows))


def _row(cells: Iterable[object]) -> str:
    """Join a row's cells; two dates beside each other are a span."""
    words = [cell.isoformat()[:10] if isinstance(cell, date) else str(cell) for cell in cells]
    dates = sum(bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", word)) for word in words[:2])
    if dates == 2:  # noqa: PLR2004 (from, until)
        words[:2] = [f"{words[0]}至{words[1]}"]
    return "\t".join(words)


def _read_clause(reading: Reading, year: int, clause: str, name: str, line: str) -> None:
    spans = list(SPAN.finditer(clause))
    if not spans:
        return
    rest = SPAN.sub(" ", clause)
    festival = _festival(rest) or name or LEFT_OVER.sub("", rest).strip()
    working = bool(WORKED.search(rest.strip()))
    if not festival:
        reading.problems.append({"code": "name", "line": line, "text": clause.strip()})
    elif not working and not OFF.search(rest):
        reading.problems.append({"code": "verb", "line": line, "text": clause.strip()})
    else:
        _take_days(reading, year, spans, (festival, working, line))


def _take_days(
    reading: Reading, year: int, spans: list[re.Match[str]], said: tuple[str, bool, str]
) -> None:
    festival, working, line = said
    for span in spans:
        try:
            days = list(_days_of(year, span, festival))
        except ValueError:
            reading.problems.append({"code": "date", "line": line, "text": span[0].strip()})
            continue
        reading.days.extend(SpecialDay(day, working, festival) for day in days)


def _days_of(year: int, span: re.Match[str], festival: str) -> Iterator[date]:
    """Yield the days of a span; New Year's December belongs to the year before."""
    month = int(span["m1"])
    before = festival == NEW_YEAR and month == DECEMBER
    first = date(int(span["y1"] or (year - 1 if before else year)), month, int(span["d1"]))
    last = first
    if span["d3"]:
        last = date(first.year, month, int(span["d3"]))
    elif span["m2"]:
        last = date(int(span["y2"] or first.year), int(span["m2"]), int(span["d2"]))
        if last < first and not span["y2"]:
            last = last.replace(year=first.year + 1)
    if not 0 <= (last - first).days <= LONGEST_RUN:
        raise ValueError
    for distance in range((last - first).days + 1):
        yield first + timedelta(days=distance)


def _festival(text: str) -> str:
    """Return the festival that a text names, by its full name."""
    for name in FESTIVALS:
        if name in text:
            return name
    return next((name for short, name in SHORT_NAMES.items() if short in text), "")


def _plain(text: str) -> str:
    """Return a text in half width, but with the punctuation that separates its parts."""
    kept = {"，": "，", "；": "；", "：": "：", "（": "（", "）": "）"}
    return "".join(kept.get(sign, unicodedata.normalize("NFKC", sign)) for sign in text)
