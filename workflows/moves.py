"""What a changed calendar or a changed rule moves: shown before it is saved, then moved at once."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

import engine
from engine import Session
from workflows import calendar, clock, limits, messages, rules, story
from workflows.actors import Actor
from workflows.calendar import SpecialDay, YearDays, office_day, today
from workflows.errors import MovesUnseen
from workflows.limits import Clause
from workflows.reckoning import Due, Reckoner, Span, Why
from workflows.story import Happened
from workflows.tables import Assignment, Item, ItemState, Role, StartEvent, Todo, Unit

ALIVE = (ItemState.REGISTERED, ItemState.OPEN)


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule as it would be."""

    name: str
    span: Span
    clause: Clause


@dataclass(frozen=True, slots=True)
class Moved:
    """An open due date that a change touches: a part's, or that of a step with its own limit."""

    item: Item
    part: Assignment | None
    todo: Todo | None
    old: date
    due: Due

    @property
    def unit(self) -> Unit | None:
        """Return the unit whose due date it is; the office's own steps have none."""
        return self.part.unit if self.part else None

    @property
    def is_units(self) -> bool:
        """Say whether a unit has to keep this day; the office and leaders have steps as well."""
        return self.todo is None or self.todo.unit_id is not None

    @property
    def is_new(self) -> bool:
        """Say whether the day is another one, and not only its reason."""
        return self.due.on != self.old


@dataclass(frozen=True)
class Moves:
    """Every due date that a change touches."""

    touched: Sequence[Moved]

    @cached_property
    def moved(self) -> list[Moved]:
        """Return those whose day is another one."""
        return [each for each in self.touched if each.is_new]

    @property
    def seal(self) -> str:
        """Return a seal over the days that move: what is saved must be what was shown."""
        lines = (
            f"{each.part and each.part.id} {each.todo and each.todo.task_id} "
            f"{each.old} {each.due.on}"
            for each in self.moved
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def of_calendar(
    session: Session, actor: Actor, year: int, days: Iterable[SpecialDay], source: str
) -> Moves:
    """Return what this table of a year would move."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    planned = calendar.with_year(session, year, days, source)
    return _planned(session, limits.reckoner(session, planned), {})


def of_rules(session: Session, actor: Actor, wanted: Iterable[NewRule]) -> Moves:
    """Return what would move if everything that runs followed these rules."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    changed = {rule.name: rule for rule in wanted}
    for rule in changed.values():
        limits.must_be_sound(rule.name, rule.span, rule.clause)
    return _planned(session, limits.reckoner(session), changed)


def change_calendar(
    session: Session,
    actor: Actor,
    year: int,
    days: Sequence[SpecialDay],
    source: str,
    seal: str | None = None,
) -> YearDays:
    """Replace a year's table and move what it moves, if whoever saves it has seen that."""
    moves = of_calendar(session, actor, year, days, source)
    _must_be_seen(moves, seal)
    table = calendar.import_year(session, actor, year, days, source)
    _apply(session, actor, moves, {"because": "calendar", "year": year})
    return table


def change_rules(
    session: Session,
    actor: Actor,
    wanted: Sequence[NewRule],
    *,
    follow: bool = False,
    seal: str | None = None,
) -> None:
    """Change rules; what already runs keeps its day, or follows if whoever saves has seen that."""
    moves = of_rules(session, actor, wanted)
    if follow:
        _must_be_seen(moves, seal)
    for rule in wanted:
        limits.change_limit(session, actor, rule.name, rule.span, rule.clause)
    if follow:
        _apply(session, actor, moves, {"because": "rule"})


def _must_be_seen(moves: Moves, seal: str | None) -> None:
    if moves.moved and seal != moves.seal:
        raise MovesUnseen(len(moves.moved))


# -- what would move --------------------------------------------------------------------


def _planned(session: Session, reckoner: Reckoner, changed: Mapping[str, NewRule]) -> Moves:
    parts = _open_parts(session)
    touched = [
        *_of_parts(session, reckoner, changed, parts),
        *_of_todos(session, reckoner, changed),
    ]
    return Moves(sorted(touched, key=lambda each: (each.item.id, each.todo is not None)))


def _of_parts(
    session: Session,
    reckoner: Reckoner,
    changed: Mapping[str, NewRule],
    parts: Sequence[Assignment],
) -> Iterator[Moved]:
    for part in parts:
        if part.due_on is None:
            continue
        due = _again(session, reckoner, changed, (part.item, part), part.due_why)
        if due is not None and (due.on, due.why) != (part.due_on, part.due_why):
            yield Moved(part.item, part, None, part.due_on, due)


def _of_todos(
    session: Session, reckoner: Reckoner, changed: Mapping[str, NewRule]
) -> Iterator[Moved]:
    """Yield the steps with a limit of their own; those under a part's limit follow it."""
    for todo, item, part in _open_todos(session):
        owner = part or item
        if todo.due_on is None or todo.due_why == owner.due_why:
            continue
        due = _again(session, reckoner, changed, (item, part), todo.due_why, todo)
        if due is not None and (due.on, due.why) != (todo.due_on, todo.due_why):
            yield Moved(item, part, todo, todo.due_on, due)


def _again(
    session: Session,
    reckoner: Reckoner,
    changed: Mapping[str, NewRule],
    owner: tuple[Item, Assignment | None],
    why: Why,
    todo: Todo | None = None,
) -> Due | None:
    """Play a clock again by the rules that changed; without any, on the other calendar."""
    item, part = owner
    names = {str(each["name"]) for each in why if each["kind"] == "limit"} & changed.keys()
    if changed and not names:
        return None
    began = _began(item, part, todo)
    spans = {name: changed[name].span for name in names}
    starts: dict[str, tuple[date, StartEvent]] = {}
    for name in names:
        event = changed[name].clause.starts
        if event is not limits.clause_of(session, name).starts:
            starts[name] = (clock.start_day(session, event, item, part, began), event)
    return reckoner.again(why, began, spans=spans, starts=starts)


def _began(item: Item, part: Assignment | None, todo: Todo | None) -> date:
    if todo is not None:
        return office_day(todo.opened_at)
    return office_day(part.assigned_at if part else item.registered_at)


def _open_parts(session: Session) -> Sequence[Assignment]:
    wanted = (
        select(Assignment)
        .join(Item)
        .where(Assignment.state.not_in(rules.FINISHED), Item.state.in_(ALIVE))
        .options(joinedload(Assignment.unit), joinedload(Assignment.item))
    )
    return session.scalars(wanted.order_by(Assignment.id)).all()


def _open_todos(session: Session) -> Iterator[tuple[Todo, Item, Assignment | None]]:
    wanted = (
        select(Todo, Item, Assignment)
        .join(Item, Item.id == Todo.item_id)
        .outerjoin(Assignment, Assignment.id == Todo.assignment_id)
        .where(Todo.closed_at.is_(None), Todo.due_on.is_not(None))
        .options(joinedload(Assignment.unit))
    )
    rows = session.execute(wanted.order_by(Todo.item_id, Todo.opened_at))
    return ((row[0], row[1], row[2]) for row in rows)


# -- moving it --------------------------------------------------------------------------


def _apply(session: Session, actor: Actor, moves: Moves, because: Mapping[str, Any]) -> None:
    """Move what was shown: with a line in each story and a notice to each unit."""
    for each in moves.touched:
        due = _noted(session, each, because) if each.is_new else each.due
        if each.todo is not None:
            clock.give(each.todo, clock.Term(due.on, due.warn_on, due.why))
        elif each.part is not None:
            if each.part.original_due_on == each.old:
                each.part.original_due_on = due.on
            clock.move(session, each.part, due)
        if each.is_new:
            _tell(session, actor, each, because)
            engine.reschedule(session, str(each.item.id))


def _noted(session: Session, each: Moved, because: Mapping[str, Any]) -> Due:
    """Return a due date whose reason says that it moved, and why."""
    note = {
        "kind": "recounted",
        "on": today(session).isoformat(),
        "from": each.old.isoformat(),
        "to": each.due.on.isoformat(),
        "because": because["because"],
    }
    why = [part for part in each.due.why if part["kind"] != "provisional"]
    guessed = [part for part in each.due.why if part["kind"] == "provisional"]
    due = each.due
    return Due(due.on, [*why, note, *guessed], due.provisional, due.warn_on, due.warn_again_on)


def _tell(session: Session, actor: Actor, each: Moved, because: Mapping[str, Any]) -> None:
    rule = next((part["name"] for part in each.due.why if part["kind"] == "limit"), "")
    facts = {"old": each.old, "new": each.due.on, "rule": rule, **because}
    if each.todo is not None:
        facts["step"] = each.todo.step
    story.tell(session, each.item, Happened.LIMIT_MOVED, actor, facts, each.part)
    if each.part is not None and each.is_units:
        messages.to_unit(session, each.part, "limit_moved", facts)
