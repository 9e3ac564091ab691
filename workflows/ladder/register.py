"""The register of suggestions: narrowed by kind, state, unit and year, and whose answer is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from engine import Session
from workflows import rules, store
from workflows.actors import Actor
from workflows.calendar import instant_of, today
from workflows.ladder.suggestions import OVER
from workflows.ladder.views import SuggestionFile, all_suggestions, filed
from workflows.tables import Assignment, Suggestion, SuggestionKind, SuggestionState, Unit

JANUARY = 1


class Shown(StrEnum):
    """Which suggestions are listed: those that run, wait for an organ, are over, or all."""

    RUNNING = "running"
    AWAITED = "awaited"
    LATE = "late"
    OVER = "over"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which suggestions are looked for; what is left out doesn't narrow."""

    shown: Shown = Shown.ALL
    kind: SuggestionKind | None = None
    state: SuggestionState | None = None
    unit_id: int | None = None
    item_id: int | None = None
    year: int | None = None


def register(session: Session, actor: Actor, wanted: Wanted) -> list[SuggestionFile]:
    """Return the suggestions, the latest first; for the office, leaders and auditors."""
    rules.must_have(actor, *store.SEES_ALL)
    narrowed = all_suggestions().where(*_conditions(wanted, today(session)))
    return filed(session, session.scalars(narrowed).all())


def about_item(session: Session, actor: Actor, item_id: int) -> list[SuggestionFile]:
    """Return what was suggested about an item; to a unit nothing ever was."""
    if not store.sees_all(actor):
        return []
    return register(session, actor, Wanted(item_id=item_id))


def about_unit(session: Session, actor: Actor, unit_id: int) -> list[SuggestionFile]:
    """Return what was suggested about a unit; to the unit itself nothing ever was."""
    if not store.sees_all(actor):
        return []
    return register(session, actor, Wanted(unit_id=unit_id))


def counts(session: Session, actor: Actor) -> Mapping[Shown, int]:
    """Count each list."""
    rules.must_have(actor, *store.SEES_ALL)
    day, number = today(session), select(func.count(Suggestion.id))
    told = {each: number.where(*_conditions(Wanted(each), day)) for each in Shown}
    return {each: session.scalar(asked) or 0 for each, asked in told.items()}


def units(session: Session, actor: Actor) -> Sequence[Unit]:
    """Return the units about which something was suggested."""
    rules.must_have(actor, *store.SEES_ALL)
    known = select(Assignment.unit_id).join(Suggestion, Suggestion.assignment_id == Assignment.id)
    return session.scalars(select(Unit).where(Unit.id.in_(known)).order_by(Unit.position)).all()


def is_late(suggestion: Suggestion, day: date) -> bool:
    """Say whether the organ's answer is past its day."""
    waits = suggestion.state is SuggestionState.HANDED_OVER
    return waits and suggestion.answer_by is not None and suggestion.answer_by < day


def _conditions(wanted: Wanted, day: date) -> list[ColumnElement[bool]]:
    handed = Suggestion.state == SuggestionState.HANDED_OVER
    lists: Mapping[Shown, Sequence[ColumnElement[bool]]] = {
        Shown.RUNNING: [Suggestion.state.not_in(OVER)],
        Shown.AWAITED: [handed],
        Shown.LATE: [handed, Suggestion.answer_by < day],
        Shown.OVER: [Suggestion.state.in_(OVER)],
        Shown.ALL: [],
    }
    asked = list(lists[wanted.shown])
    if wanted.kind is not None:
        asked.append(Suggestion.kind == wanted.kind)
    if wanted.state is not None:
        asked.append(Suggestion.state == wanted.state)
    if wanted.item_id is not None:
        asked.append(Suggestion.item_id == wanted.item_id)
    if wanted.unit_id is not None:
        own = select(Assignment.id).where(Assignment.unit_id == wanted.unit_id)
        asked.append(Suggestion.assignment_id.in_(own))
    if wanted.year is not None:
        first, last = (date(wanted.year + more, JANUARY, 1) for more in (0, 1))
        asked.append(Suggestion.suggested_at >= instant_of(first))
        asked.append(Suggestion.suggested_at < instant_of(last))
    return asked
