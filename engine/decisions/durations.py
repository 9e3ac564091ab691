"""Durations and calendar arithmetic: months are months, and days are days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

ISO: Final = re.compile(
    r"(?P<sign>-?)P(?!$)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,7})H)?(?:(?P<minutes>\d{1,9})M)?"
    r"(?:(?P<seconds>\d{1,9})(?:\.(?P<fraction>\d{1,6}))?S)?)?"
)
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?"
)
YEAR: Final = 12

Dated = TypeVar("Dated", date, datetime)


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A duration of years and months: how many days it has depends on where it begins."""

    count: int

    def __neg__(self) -> "Months":
        """Return the same way back."""
        return Months(-self.count)

    def __add__(self, other: "Months") -> "Months":
        """Return both together."""
        return Months(self.count + other.count)

    def __sub__(self, other: "Months") -> "Months":
        """Return what is left."""
        return Months(self.count - other.count)

    def after(self, day: Dated) -> Dated:
        """Return the same day so many months later, or the last day that the month has."""
        years, month = divmod(day.year * YEAR + day.month - 1 + self.count, YEAR)
        last = monthrange(years, month + 1)[1]
        return day.replace(year=years, month=month + 1, day=min(day.day, last))


def read_day(text: str) -> date:
    """Read ``2020-03-02``."""
    if not DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def read_moment(text: str) -> datetime:
    """Read ``2020-03-02T09:00:00``, with its zone or without."""
    if not MOMENT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def read_duration(text: str) -> timedelta | Months:
    """Read ``P3DT4H`` or ``P1Y2M``; one that mixes the two has no length."""
    match = ISO.fullmatch(text)
    if match is None:
        raise ValueError(text)
    sign = -1 if match["sign"] else 1
    if match["years"] or match["months"]:
        if any(match[part] for part in ("days", "hours", "minutes", "seconds")):
            raise ValueError(text)
        return Months(sign * (YEAR * int(match["years"] or 0) + int(match["months"] or 0)))
    rest = {part: int(match[part] or 0) for part in ("days", "hours", "minutes", "seconds")}
    micro = int((match["fraction"] or "").ljust(6, "0"))
    return sign * timedelta(**rest, microseconds=micro)


def written_duration(value: timedelta | Months) -> str:
    """Write a duration as ISO 8601 does."""
    if isinstance(value, Months):
        years, months = divmod(abs(value.count), YEAR)
        text = _parts((years, "Y"), (months, "M")) or "0M"
        return f"{'-' if value.count < 0 else ''}P{text}"
    length = abs(value)
    hours, rest = divmod(length.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    clock = _parts((hours, "H"), (minutes, "M"))
    if length.microseconds:
        clock += f"{seconds}.{length.microseconds:06}".rstrip("0") + "S"
    elif seconds:
        clock += f"{seconds}S"
    text = _parts((length.days, "D")) + (f"T{clock}" if clock else "")
    return f"{'-' if value < timedelta() else ''}P{text or '0D'}"


def _parts(*parts: tuple[int, str]) -> str:
    return "".join(f"{count}{letter}" for count, letter in parts if count)
