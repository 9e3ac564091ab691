"""Words of the assessment: events, entries as sentences, states, levels of praise."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from flask.sansio.app import App
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from web.i18n import ENGLISH, language
from web.moments import iso_day, today
from web.words.tables import SCORES
from workflows.assessment import Entry, Quarter
from workflows.tables import (
    AssessmentState,
    CommendationState,
    Praised,
    PraiseLevel,
)

WORDS: Mapping[StrEnum, LazyString] = {
    AssessmentState.RUNNING: _l("running"),
    AssessmentState.FROZEN: _l("frozen"),
    AssessmentState.PUBLISHED: _l("published"),
    AssessmentState.FINAL: _l("final"),
    PraiseLevel.NATIONAL: _l("National"),
    PraiseLevel.PROVINCE: _l("Provincial"),
    PraiseLevel.CITY: _l("Municipal"),
    PraiseLevel.LEADER: _l("A leader's own words"),
    Praised.OFFICE: _l("The supervision office"),
    Praised.UNIT: _l("A unit"),
    Praised.PERSONS: _l("Persons"),
    CommendationState.PROPOSED: _l("waits for the leader"),
    CommendationState.APPROVED: _l("approved"),
    CommendationState.DECLINED: _l("declined"),
}
TONES: Mapping[StrEnum, str] = {
    AssessmentState.RUNNING: "now",
    AssessmentState.FROZEN: "line",
    AssessmentState.PUBLISHED: "yellow",
    AssessmentState.FINAL: "done",
    CommendationState.PROPOSED: "now",
    CommendationState.APPROVED: "done",
    CommendationState.DECLINED: "line",
}
FOLLOWING: Mapping[str, LazyString] = {
    "taken_back": _l("Earlier points taken back"),
    "correction": _l("Correction after an appeal"),
}
MINUS = "\N{MINUS SIGN}"


class Grouped(Protocol):
    """Something with a group's names."""

    name: str
    name_en: str


def score_word(value: StrEnum) -> str:
    """Return the word of a state, a level, or of who is praised."""
    return str(WORDS[value])


def score_tone(value: StrEnum) -> str:
    """Return the tone of a state's chip."""
    return TONES[value]


def score_stage(value: AssessmentState, quarter: Quarter) -> tuple[str, str]:
    """Return how far a quarter is, and its tone: one that is over doesn't run any more."""
    if value is AssessmentState.RUNNING and quarter.last < today():
        return _("to be frozen"), "yellow"
    return score_word(value), score_tone(value)


def event_word(name: str) -> str:
    """Return what an event is called."""
    return str(FOLLOWING[name] if name in FOLLOWING else SCORES[name])


def points(value: Decimal) -> str:
    """Write points with their sign, without noughts that say nothing."""
    sign = MINUS if value < 0 else "+" if value > 0 else ""
    return f"{sign}{plain_points(abs(value))}"


def plain_points(value: Decimal) -> str:
    """Write a score without noughts that say nothing."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return written.replace("-", MINUS)


def group_name(group: Grouped) -> str:
    """Return a group's name in the reader's language."""
    return group.name_en if language() == ENGLISH and group.name_en else group.name


def quarter_name(quarter: Quarter) -> str:
    """Return what a quarter is called."""
    return _("Quarter %(number)s of %(year)s", number=quarter.number, year=quarter.year)


def entry_words(entry: Entry) -> str:
    """Return how an event came about, as a sentence without its item."""
    teller = TELLERS.get(entry.event)
    return teller(entry.facts) if teller else ""


def _day(facts: Mapping[str, Any], name: str) -> str:
    return iso_day(date.fromisoformat(facts[name])) if facts.get(name) else ""


def _late(facts: Mapping[str, Any]) -> str:
    return ngettext(
        "due %(due)s, came %(came)s: %(num)d working day late",
        "due %(due)s, came %(came)s: %(num)d working days late",
        facts["days"],
        due=_day(facts, "due_on"),
        came=_day(facts, "answered_on"),
    )


def _missing(facts: Mapping[str, Any]) -> str:
    return ngettext(
        "due %(due)s, nothing came in %(num)d working day",
        "due %(due)s, nothing came in %(num)d working days",
        facts["days"],
        due=_day(facts, "due_on"),
    )


def _overdue(facts: Mapping[str, Any]) -> str:
    return _("the limit was %(due)s", due=_day(facts, "due_on"))


def _finished(facts: Mapping[str, Any]) -> str:
    came, due = _day(facts, "answered_on"), _day(facts, "due_on")
    return _("reported %(came)s, due %(due)s", came=came, due=due)


def _returned(facts: Mapping[str, Any]) -> str:
    return _("report %(number)s: %(reason)s", number=facts["number"], reason=facts["reason"])


def _slip(facts: Mapping[str, Any]) -> str:
    return _("slip 〔%(year)s〕%(number)s", year=facts["year"], number=facts["number"])


def _document(facts: Mapping[str, Any]) -> str:
    return str(facts.get("title") or facts.get("document") or "")


def _taken_back(facts: Mapping[str, Any]) -> str:
    return _("%(event)s of %(on)s", event=event_word(facts["of"]), on=_day(facts, "on"))


def _corrected(facts: Mapping[str, Any]) -> str:
    return event_word(facts["of"]) if facts.get("of") else _("points that were missing")


TELLERS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "late_report": _late,
    "missing_report": _missing,
    "overdue_instruction": _overdue,
    "finished_on_time": _finished,
    "returned_report": _returned,
    "empty_report": _returned,
    "red_slip": _slip,
    "taken_back": _taken_back,
    "correction": _corrected,
    **dict.fromkeys(
        (
            "praised_by_leader", "praised_in_circular", "criticised_in_circular",
            "praise_national", "praise_province", "praise_city",
        ),
        _document,
    ),
}  # fmt: skip


def register(app: App) -> None:
    """Teach the templates these words."""
    app.jinja_env.filters.update(
        score_word=score_word,
        score_stage=score_stage,
        score_tone=score_tone,
        score_event=event_word,
        score_points=points,
        score_plain=plain_points,
        score_group=group_name,
        quarter_name=quarter_name,
        entry_words=entry_words,
    )
