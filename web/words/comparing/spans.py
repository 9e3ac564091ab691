"""Lengths of time, rhythms and named dates in words."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from web.i18n import ENGLISH, language
from web.words.comparing.quoting import quoted

SPAN: Final = re.compile(
    r"^P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?$"
)
CYCLE: Final = re.compile(r"^R(?P<times>\d*)/(?:(?P<since>[^/]+)/)?(?P<step>P[^/]+)$")

DATES: Mapping[str, LazyString] = {
    "due.limit": _l("the limit"),
    "due.acknowledge": _l("the day on which the receipt is late"),
    "due.warning": _l("the first reminder"),
    "due.second_warning": _l("the second reminder"),
    "due.overdue": _l("the day after the limit"),
    "due.interim": _l("the day of the interim report"),
    "due.revisit": _l("the day of the revisit"),
    "due.supervision": _l("the weekly supervision"),
    "due.rating": _l("the end of the time for ratings"),
    "due.promise": _l("the day of the promise"),
}


def time_words(value: str) -> str:
    """Word a length of time, a rhythm or a named date; anything else is quoted."""
    if value in DATES:
        return str(DATES[value])
    span = SPAN.match(value)
    if span and any(span.groups()):
        return (" " if language() == ENGLISH else "").join(_units(span))
    cycle = CYCLE.match(value)
    if cycle is None:
        return quoted(value)
    told = _("every %(span)s", span=time_words(cycle["step"]))
    if cycle["since"]:
        since = time_words(cycle["since"])
        told = _("from %(since)s on, %(rhythm)s", since=since, rhythm=told)
    if cycle["times"]:
        times = int(cycle["times"])
        told += _(", ") + ngettext("once", "%(num)d times", times)
    return told


def _units(span: re.Match[str]) -> Iterator[str]:
    numbers = {unit: int(number) for unit, number in span.groupdict("0").items()}
    told = {
        "years": ngettext("%(num)d year", "%(num)d years", numbers["years"]),
        "months": ngettext("%(num)d month", "%(num)d months", numbers["months"]),
        "weeks": ngettext("%(num)d week", "%(num)d weeks", numbers["weeks"]),
        "days": ngettext("%(num)d day", "%(num)d days", numbers["days"]),
        "hours": ngettext("%(num)d hour", "%(num)d hours", numbers["hours"]),
        "minutes": ngettext("%(num)d minute", "%(num)d minutes", numbers["minutes"]),
        "seconds": ngettext("%(num)d second", "%(num)d seconds", numbers["seconds"]),
    }
    return (told[unit] for unit, number in numbers.items() if number)
