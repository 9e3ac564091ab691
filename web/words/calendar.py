"""Festivals and the problems of a calendar in the reader's words."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.i18n import LOCALES, language
from web.moments import text_day

FESTIVALS: Mapping[str, LazyString] = {
    "元旦": _l("New Year"),
    "春节": _l("Spring Festival"),
    "清明节": _l("Qingming Festival"),
    "劳动节": _l("Labour Day"),
    "端午节": _l("Dragon Boat Festival"),
    "中秋节": _l("Mid-Autumn Festival"),
    "国庆节": _l("National Day"),
}
PROBLEMS: Mapping[str, LazyString] = {
    "year": _l("The year %(year)s can't be imported."),
    "source": _l("Please say where the table comes from."),
    "empty": _l("There isn't a single day in it."),
    "twice": _l("%(day)s stands there twice."),
    "other_year": _l("%(day)s doesn't belong to the table of %(year)s."),
    "works_anyway": _l("%(day)s is no weekend: it is worked anyway."),
    "date": _l("Line %(line)s: there is no such day, “%(text)s”."),
    "verb": _l("Line %(line)s doesn't say whether it is a day off or worked: “%(text)s”."),
    "name": _l("Line %(line)s doesn't say for which festival: “%(text)s”."),
    "file": _l("This isn't a sheet that can be read. Please send an xlsx file, or paste the text."),
}


def festival(name: str) -> str:
    """Return a festival's name; a day of the office's own keeps the name that it was given."""
    return str(FESTIVALS.get(name, name))


def month_name(day: date) -> str:
    """Return the month of a day: 九月, or September."""
    return format_date(day, "LLLL", locale=LOCALES[language()])


def narrow_weekday(day: date) -> str:
    """Return a weekday in one sign: 三, or W."""
    return format_date(day, "EEEEE", locale=LOCALES[language()])


def calendar_problem(problem: Mapping[str, str]) -> str:
    """Say what is wrong with a calendar, or with one line of it."""
    told = {**problem, "day": text_day(problem["day"]) if "day" in problem else ""}
    return str(PROBLEMS[problem["code"]]) % told
