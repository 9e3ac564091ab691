"""The ladder in the reader's words: rungs, the rows that caused them, suggestions."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeAlias

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.moments import text_day
from web.words.whys import span_words
from workflows.tables import (
    Escalation,
    Kind,
    Rung,
    RungState,
    SuggestionKind,
    SuggestionState,
    Urgency,
)

Words: TypeAlias = Mapping[Any, LazyString]

SHORT: Mapping[Rung, LazyString] = {
    Rung.REMINDER: _l("Reminder"),
    Rung.URGE: _l("Urge"),
    Rung.NOTICE_BLUE: _l("Blue slip"),
    Rung.NOTICE_YELLOW: _l("Yellow slip"),
    Rung.NOTICE_RED: _l("Red slip"),
    Rung.INTERVIEW: _l("Interview"),
    Rung.CRITICISM: _l("Criticism"),
    Rung.ACCOUNTABILITY: _l("Accountability"),
}
"""What a rung is called where there is little room."""

RUNG_STATES: Words = {
    RungState.WAITING: _l("Waits for approval"),
    RungState.APPROVED: _l("Approved, not carried out yet"),
    RungState.DECLINED: _l("Not approved"),
    RungState.DELIVERED: _l("Delivered"),
    RungState.LAPSED: _l("Lapsed"),
}
SUGGESTION_KINDS: Words = {
    SuggestionKind.PRAISE: _l("Praise"),
    SuggestionKind.CRITICISM: _l("Criticism in a circular"),
    SuggestionKind.ACCOUNTABILITY: _l("Accountability"),
}
SUGGESTION_STATES: Words = {
    SuggestionState.DRAFTED: _l("Evidence to be given"),
    SuggestionState.SUBMITTED: _l("With the director"),
    SuggestionState.ENDORSED: _l("With the leader"),
    SuggestionState.APPROVED: _l("To be handed over"),
    SuggestionState.HANDED_OVER: _l("With the organ"),
    SuggestionState.CONCLUDED: _l("Concluded"),
    SuggestionState.DROPPED: _l("Dropped"),
    SuggestionState.DECLINED: _l("Not approved"),
}
ENUMS: Mapping[type[Enum], Words] = {
    RungState: RUNG_STATES,
    SuggestionKind: SUGGESTION_KINDS,
    SuggestionState: SUGGESTION_STATES,
}
SLIP_COLOURS = {
    Rung.NOTICE_BLUE: "blue",
    Rung.NOTICE_YELLOW: "yellow",
    Rung.NOTICE_RED: "red",
}


def rung_name(rung: Rung | str) -> str:
    """Return the short name of a rung."""
    return str(SHORT[Rung(rung)])


def suggested_word(kind: SuggestionKind | str) -> str:
    """Return what a suggestion asks for."""
    return str(SUGGESTION_KINDS[SuggestionKind(kind)])


def slip_colour(rung: Rung) -> str:
    """Return the colour of a slip, or nothing for another rung."""
    return SLIP_COLOURS.get(rung, "")


def rule_words(rung: Escalation, kinds: Words, urgencies: Words) -> str:
    """Tell which row of the table has caused a rung."""
    row = rung.rule
    case = _(
        "%(kind)s, %(urgency)s",
        kind=kinds[Kind(row["kind"])] if row.get("kind") else _("any kind"),
        urgency=urgencies[Urgency(row["urgency"])] if row.get("urgency") else _("any urgency"),
    )
    since = (
        _("counted from the import on %(day)s", day=text_day(row["counted_from"]))
        if row.get("counted_from")
        else _("limit %(day)s", day=text_day(row["due_on"]))
    )
    return _(
        "Rule: %(case)s, from %(days)s overdue, rungs and urges before: at least %(times)s; "
        "%(since)s, %(late)s late.",
        case=case,
        days=span_words(row["days_overdue"], "working_days"),
        times=row["times_before"],
        since=since,
        late=span_words(rung.days_overdue, "working_days"),
    )
