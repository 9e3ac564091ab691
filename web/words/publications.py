"""Publications in the reader's words: kinds, states, what the checks say."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from babel.dates import format_interval, format_skeleton
from flask.sansio.app import App
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.i18n import ENGLISH, language
from web.moments import day_words, moment
from web.words import figures as figure_words
from web.words.issues import KINDS
from workflows.figures import Span, SpanKind, quarter_of
from workflows.publications import Check
from workflows.serials import number_of
from workflows.tables import (
    Audience,
    Named,
    Publication,
    PublicationKind,
    PublicationState,
    Serial,
)

Facts: TypeAlias = Mapping[str, Any]

STATES: Mapping[PublicationState, LazyString] = MappingProxyType(
    {
        PublicationState.DRAFT: _l("Draft"),
        PublicationState.SUBMITTED: _l("Waits for approval"),
        PublicationState.APPROVED: _l("Approved, not issued"),
        PublicationState.ISSUED: _l("Issued"),
        PublicationState.WITHDRAWN: _l("Withdrawn"),
        PublicationState.DISCARDED: _l("Put aside"),
    }
)
TONES: Mapping[PublicationState, str] = MappingProxyType(
    {
        PublicationState.SUBMITTED: "yellow",
        PublicationState.APPROVED: "accent",
        PublicationState.ISSUED: "green",
        PublicationState.WITHDRAWN: "red",
    }
)
AUDIENCES: Mapping[Audience, LazyString] = MappingProxyType(
    {
        Audience.EVERYBODY: _l("Everybody"),
        Audience.UNITS: _l("Units"),
        Audience.LEADERS: _l("Leaders"),
    }
)
NAMED: Mapping[Named, LazyString] = MappingProxyType(
    {Named.PRAISE: _l("Praised"), Named.CRITICISM: _l("Criticised")}
)


def register(app: App) -> None:
    """Give the words to the templates."""
    app.jinja_env.filters.update(
        publication_kind=kind_word,
        publication_state=state_word,
        publication_tone=state_tone,
        publication_number=numbered,
        audience=lambda audience: AUDIENCES[audience],
        named_as=lambda named: NAMED[named],
        serial=serial_name,
        span=span_of,
        check=check_words,
        returned=returned_words,
    )


def returned_words(issue: Publication) -> str:
    """Tell who returned a draft, and when; of some old ones nobody knows."""
    if issue.returned_by is None:
        return _("Returned by the director")
    return _(
        "Returned by %(name)s, %(when)s",
        name=issue.returned_by.name,
        when=moment(issue.returned_at),
    )


def kind_word(kind: PublicationKind) -> LazyString:
    """Return what a kind of issue is called."""
    return KINDS[kind]


def state_word(state: PublicationState) -> LazyString:
    """Return what the state of an issue is called."""
    return STATES[state]


def state_tone(state: PublicationState) -> str:
    """Return the colour of a state."""
    return TONES.get(state, "line")


def serial_name(serial: Serial) -> str:
    """Return what a serial is called."""
    return serial.title_en if language() == ENGLISH and serial.title_en else serial.title


def numbered(publication: Publication) -> str:
    """Return an issue's number, or that it has none yet."""
    return number_of(publication) or _("numbered when issued")


def span_of(publication: Publication) -> str:
    """Return the days that an issue is about."""
    span = Span(publication.first, publication.last)
    year = span.first.year
    if span.kind is SpanKind.MONTH:
        return format_skeleton("yMMM", span.first, locale=get_locale())
    if span.kind is SpanKind.QUARTER:
        return _("quarter %(quarter)s of %(year)s", quarter=quarter_of(span.first), year=year)
    if span.kind is SpanKind.YEAR:
        return _("%(year)s", year=year)
    if span.first == span.last:
        return day_words(span.first)
    return format_interval(span.first, span.last, "yMMMd", locale=get_locale())


# -- checks -------------------------------------------------------------------------------


def check_words(check: Check) -> str:
    """Word a check."""
    return CHECKS[check.code](check.facts)


def _figure(facts: Facts) -> str:
    return str(figure_words.label(facts["figure"]))


def _figure_missing(facts: Facts) -> str:
    return _(
        "“%(figure)s” can't be computed: %(why)s. Take it out of the text, or begin a draft "
        "about days whose ledger was kept: a month frozen at its end, or days up to today.",
        figure=_figure(facts),
        why=figure_words.why_not(facts["why"]),
    )


def _figure_changed(facts: Facts) -> str:
    return _(
        "“%(figure)s” was %(then)s and is %(now)s now; the issue keeps its snapshot's.",
        figure=_figure(facts),
        then=facts["then"],
        now=facts["now"],
    )


def _unit(facts: Facts) -> str:
    return _(
        "%(unit)s (%(named)s) doesn't stand in the text. Name it, or leave it out.",
        unit=facts["unit"],
        named=NAMED[Named(facts["named"])],
    )


def _glyphs(facts: Facts) -> str:
    return _("The fonts lack these characters: %(signs)s", signs=" ".join(facts["signs"]))


def _remarks(facts: Facts) -> str:
    return ngettext("%(num)d remark is open.", "%(num)d remarks are open.", facts["number"])


CHECKS: Mapping[str, Callable[[Facts], str]] = MappingProxyType(
    {
        "no_title": lambda _facts: _("It has no title."),
        "empty": lambda _facts: _("It says nothing yet."),
        "no_addressee": lambda _facts: _("Nobody is chosen to whom it goes."),
        "blank": lambda facts: _("“%(label)s” isn't filled in.", label=facts["label"]),
        "placeholder": lambda facts: _("A mark stands in the text: %(mark)s", mark=facts["mark"]),
        "figure_unknown": lambda facts: _(
            "The snapshot has no figure “%(figure)s”.", figure=facts["figure"]
        ),
        "figure_missing": _figure_missing,
        "figure_changed": _figure_changed,
        "unit_not_in_text": _unit,
        "remarks_open": _remarks,
        "glyphs": _glyphs,
        "twin": lambda facts: _(
            "There is another one for the same days: %(title)s", title=facts["title"]
        ),
    }
)
