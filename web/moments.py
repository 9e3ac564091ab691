"""Days, instants and distances in the reader's words."""

from datetime import date, datetime
from typing import TypeAlias

from babel.dates import format_date
from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext

from web.i18n import ENGLISH, LOCALES, language
from web.transaction import database
from workflows.calendar import BEIJING, office_day

ZONE = "Asia/Shanghai"
"""The office's time zone as browsers know it."""
DAY = {"zh_CN": "M月d日 EEE", "en": "d MMM, EEE"}
DAY_OF_ANOTHER_YEAR = {"zh_CN": "y年M月d日 EEE", "en": "d MMM y, EEE"}
SHORT_DAY = {"zh_CN": "M月d日", "en": "d MMM"}
SHORT_DAY_OF_ANOTHER_YEAR = {"zh_CN": "y年M月d日", "en": "d MMM y"}
LONG_DAY = {"zh_CN": "y年M月d日 EEEE", "en": "EEEE, d MMMM y"}
TEXT_DAY = {"zh_CN": "M月d日（EEE）", "en": "d MMM (EEE)"}
TEXT_DAY_OF_ANOTHER_YEAR = {"zh_CN": "y年M月d日（EEE）", "en": "d MMM y (EEE)"}
FULL_DAY = {"zh_CN": "y年M月d日", "en": "d MMM y"}
WEEKDAY = {"zh_CN": "EEE", "en": "EEE"}

Day: TypeAlias = date | datetime | str


def today() -> date:
    """Return the office's today; one request has one today."""
    if "today" not in g:
        g.today = office_day(database().clock.now())
    day: date = g.today
    return day


def _as_day(day: Day) -> date:
    if isinstance(day, datetime):
        return office_day(day)
    return date.fromisoformat(day) if isinstance(day, str) else day


def _written(day: Day, patterns: dict[str, str], other_year: dict[str, str] | None = None) -> str:
    day = _as_day(day)
    if other_year and day.year != today().year:
        patterns = other_year
    return format_date(day, patterns[language()], locale=LOCALES[language()])


def day_words(day: Day | None) -> str:
    """Write a day as lists do: 9月25日 周三, or 25 Sep, Wed."""
    return "" if day is None else _written(day, DAY, DAY_OF_ANOTHER_YEAR)


def short_day(day: Day | None) -> str:
    """Write a day without its weekday: 9月25日."""
    return "" if day is None else _written(day, SHORT_DAY, SHORT_DAY_OF_ANOTHER_YEAR)


def long_day(day: Day | None) -> str:
    """Write a day in full: 2019年9月18日 星期三."""
    return "" if day is None else _written(day, LONG_DAY)


def text_day(day: Day | None) -> str:
    """Write a day as a sentence does: 9月25日（周三）."""
    return "" if day is None else _written(day, TEXT_DAY, TEXT_DAY_OF_ANOTHER_YEAR)


def text_day_with_year(day: Day) -> str:
    """Write a day as a sentence does, with its year: 2019年9月25日."""
    return _written(day, FULL_DAY)


def weekday(day: Day) -> str:
    """Write a day's weekday: 周三, or Wed."""
    return _written(day, WEEKDAY)


def iso_day(day: Day | None) -> str:
    """Write a day as the ledger does: 2019-09-25."""
    return "" if day is None else _as_day(day).isoformat()


def clock_time(instant: datetime | None) -> str:
    """Write an instant's time of day in the office: 15:02."""
    return "" if instant is None else f"{instant.astimezone(BEIJING):%H:%M}"


def moment(instant: datetime | None) -> str:
    """Write an instant: 15:02 today, 9月17日 15:02 before."""
    if instant is None:
        return ""
    if office_day(instant) == today():
        return clock_time(instant)
    return f"{short_day(instant)} {clock_time(instant)}"


def recently(instant: datetime) -> str:
    """Write an instant as shortly as it goes: 15:02 today, 9月17日 before."""
    return clock_time(instant) if office_day(instant) == today() else short_day(instant)


def distance(days_left: int | None) -> str:
    """Say how far a limit is, in working days; negative days have passed."""
    if days_left is None:
        return _("no limit")
    if days_left == 0:
        return _("today")
    if days_left < 0:
        return ngettext("%(num)d working day overdue", "%(num)d working days overdue", -days_left)
    return ngettext("%(num)d working day left", "%(num)d working days left", days_left)


def moment_of(text: str | datetime | None) -> datetime | None:
    """Return the instant that a fact holds as text."""
    return datetime.fromisoformat(text) if isinstance(text, str) else text


def list_words(words: list[str]) -> str:
    """Join words as the language does: 甲、乙, or A, B."""
    return (", " if language() == ENGLISH else "、").join(words)


def space() -> str:
    """Return what stands between two sentences: nothing in Chinese."""
    return " " if language() == ENGLISH else ""
