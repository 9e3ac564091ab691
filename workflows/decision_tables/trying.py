"""A changed table tried on last quarter: what would have come out otherwise; nothing is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine import DecisionTable, Session
from workflows import ladder_rules, limits, rules, store
from workflows.actors import Actor
from workflows.assessment import Difference, quarter_of, try_scores
from workflows.assessment.table import SHAPE as SCORES
from workflows.calendar import instant_of, office_day, today, working_days_between
from workflows.decision_tables.drafting import newest
from workflows.decision_tables.judging import judge, table_named
from workflows.errors import TableRefused
from workflows.ladder.lateness import overdue_since
from workflows.ladder_rules import Case
from workflows.moves import changed_rules
from workflows.moves.finding import Otherwise
from workflows.revisits import risk
from workflows.tables import Assignment, Item, ItemState, Role, Rung, Todo, Unit

MONTHS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that would have come out otherwise: whose, and both results.

    A unit's score tells the events that make the difference.
    """

    item: Item | None
    unit: Unit | None
    before: Any
    after: Any
    todo: Todo | None = None
    differences: Sequence[Difference] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What a table would have done: how many it looked at, and those with another result."""

    since: date
    until: date
    looked_at: int
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class _Tried:
    """Both tables, and the quarter that they are tried on."""

    session: Session
    old: DecisionTable
    new: DecisionTable
    since: date
    until: date

    @property
    def span(self) -> tuple[Any, Any]:
        """Return the quarter's first instant, and the first one after it."""
        return instant_of(self.since), instant_of(self.until + timedelta(days=1))


def try_draft(session: Session, actor: Actor, name: str, xml: bytes) -> Trial:
    """Try a sound table on the last whole quarter."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    own = table_named(name)
    found = judge(own, xml)
    if found.table is None or found.wrong:
        raise TableRefused(found.wrong)
    since, until = last_quarter(today(session))
    old = newest(session, own) or own.default()
    results = list(TRIALS[name](_Tried(session, old, found.table, since, until)))
    lines = [line for line in results if line.before != line.after]
    return Trial(since, until, len(results), lines)


def last_quarter(day: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter before the one of a day."""
    begins = day.replace(month=(day.month - 1) // MONTHS * MONTHS + 1, day=1)
    until = begins - timedelta(days=1)
    return until.replace(month=until.month - MONTHS + 1, day=1), until


# -- limits -------------------------------------------------------------------------------


def _limits(tried: _Tried) -> Iterator[Line]:
    """Yield every day that was set in the quarter, as it is and as it would have been."""
    changed = {rule.name: rule for rule in changed_rules(tried.old, tried.new)}
    other = Otherwise(tried.session, limits.reckoner(tried.session), changed)
    for part in _parts(tried):
        began = office_day(part.assigned_at)
        due = other.again(part.item, part, part.due_why, began) if changed else None
        yield Line(part.item, part.unit, part.due_on, due.on if due else part.due_on)
    for todo, item, owner in _todos(tried):
        began = office_day(todo.opened_at)
        due = other.again(item, owner, todo.due_why, began) if changed else None
        on = due.on if due else todo.due_on
        yield Line(item, owner.unit if owner else None, todo.due_on, on, todo)


def _parts(tried: _Tried) -> Sequence[Assignment]:
    since, until = tried.span
    wanted = (
        select(Assignment)
        .where(
            Assignment.assigned_at >= since,
            Assignment.assigned_at < until,
            Assignment.due_on.is_not(None),
        )
        .options(joinedload(Assignment.unit), joinedload(Assignment.item))
        .order_by(Assignment.id)
    )
    return tried.session.scalars(wanted).all()


def _todos(tried: _Tried) -> Iterator[tuple[Todo, Item, Assignment | None]]:
    """Yield the steps with a day of their own; those under their part's day follow it."""
    since, until = tried.span
    wanted = (
        select(Todo, Item, Assignment)
        .join(Item, Item.id == Todo.item_id)
        .outerjoin(Assignment, Assignment.id == Todo.assignment_id)
        .where(Todo.opened_at >= since, Todo.opened_at < until, Todo.due_on.is_not(None))
        .options(joinedload(Assignment.unit))
        .order_by(Todo.item_id, Todo.opened_at)
    )
    for row in tried.session.execute(wanted):
        todo, item = row[0], row[1]
        part: Assignment | None = row[2]
        if todo.due_why != (part or item).due_why:
            yield todo, item, part


# -- the ladder ---------------------------------------------------------------------------


def _ladder(tried: _Tried) -> Iterator[Line]:
    """Yield the rungs of every part that was late in the quarter, by either table."""
    old, new = ladder_rules.rules_in(tried.old), ladder_rules.rules_in(tried.new)
    wanted = (
        select(Assignment)
        .where(Assignment.due_on < tried.until)
        .options(joinedload(Assignment.unit), joinedload(Assignment.item))
        .order_by(Assignment.id)
    )
    for part in tried.session.scalars(wanted):
        since = overdue_since(tried.session, part)
        ended = office_day(part.finished_at) if part.finished_at else tried.until
        until = min(ended, tried.until)
        if since is None or until <= since or until < tried.since:
            continue
        days = working_days_between(tried.session, since, until)
        urges = store.urges_of(tried.session, part.id)
        before, after = (climb(table, part.item, days, urges) for table in (old, new))
        yield Line(part.item, part.unit, before, after)


def climb(
    table: Sequence[ladder_rules.Rule], item: Item, days: int, urges: int
) -> tuple[tuple[Rung, int], ...]:
    """Return the rungs climbed in so many days late, each with its day, if each got through."""
    climbed: list[tuple[Rung, int]] = []
    for day in range(1, days + 1):
        rungs = [rung for rung, _day in climbed]
        case = Case(item.kind, item.urgency, day, len(climbed) + urges, rungs)
        row = ladder_rules.decide(table, case)
        if row is not None:
            climbed.append((row.rung, day))
    return tuple(climbed)


# -- sampling -----------------------------------------------------------------------------


def _sampling(tried: _Tried) -> Iterator[Line]:
    """Yield the weight in the lot of every item that closed in the quarter, by either table."""
    since, until = tried.span
    old, new = risk.weights_in(tried.old), risk.weights_in(tried.new)
    wanted = select(Item).where(
        Item.state == ItemState.CLOSED, Item.closed_at >= since, Item.closed_at < until
    )
    for item in tried.session.scalars(wanted.order_by(Item.id)):
        before, after = (risk.risk_of(tried.session, item, table) for table in (old, new))
        yield Line(item, None, round(before.weight, 3), round(after.weight, 3))


# -- scores -------------------------------------------------------------------------------


def _scores(tried: _Tried) -> Iterator[Line]:
    """Yield every unit's score and rank in the quarter, by either table."""
    quarter = quarter_of(tried.since)
    for unit in try_scores(tried.session, quarter, tried.old, tried.new):
        yield Line(None, unit.unit, unit.before, unit.after, differences=unit.differences)


TRIALS: Mapping[str, Callable[[_Tried], Iterator[Line]]] = {
    limits.SHAPE.name: _limits,
    ladder_rules.SHAPE.name: _ladder,
    risk.SHAPE.name: _sampling,
    SCORES.name: _scores,
}
"""How each table is tried."""
