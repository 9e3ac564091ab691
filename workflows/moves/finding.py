"""Which open days another calendar or other rules would move: each is reckoned once more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine import DecisionTable, Session
from workflows import clock, limits, periods, rules, steps, store
from workflows.calendar import instant_of, office_day, today
from workflows.ladder import overdue_since, views
from workflows.ladder.rungs import AT_OFFICE, SLIPS
from workflows.limits import Clause
from workflows.moves.moved import Moved, Moves, What
from workflows.reckoning import Due, Reckoner, Span, Why
from workflows.tables import (
    Assignment,
    AssignmentState,
    Escalation,
    Item,
    LimitUnit,
    Reply,
    Revisit,
    RungState,
    StartEvent,
    Todo,
)


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule as it would be."""

    name: str
    span: Span
    clause: Clause


def changed_rules(old: DecisionTable, new: DecisionTable) -> list[NewRule]:
    """Return the rules that another table of limits says otherwise."""
    known = limits.rules_in(old)
    return [
        NewRule(name, rule.span, rule.clause)
        for name, rule in limits.rules_in(new).items()
        if rule != known.get(name)
    ]


@dataclass(frozen=True)
class Otherwise:
    """The office as it would reckon: on which calendar, by which rules instead of its own."""

    session: Session
    reckoner: Reckoner
    changed: Mapping[str, NewRule] = field(default_factory=dict)

    @cached_property
    def now(self) -> Reckoner:
        """Return what reckons as the office does now."""
        return limits.reckoner(self.session)

    def touches(self, *names: str) -> bool:
        """Say whether days by these rules are reckoned another way: any, on another calendar."""
        return not self.changed or not self.changed.keys().isdisjoint(names)

    def span(self, name: str) -> Span:
        """Return how long a rule lasts."""
        return self.changed[name].span if name in self.changed else self.own_span(name)

    def own_span(self, name: str) -> Span:
        """Return how long a rule lasts now."""
        return limits.span_of(self.session, name)

    def clause(self, name: str) -> Clause:
        """Return what a rule says beside its length."""
        own = limits.clause_of(self.session, name)
        return self.changed[name].clause if name in self.changed else own

    def both(self, start: date, old: Span, new: Span, event: StartEvent | None) -> tuple[Due, Due]:
        """Reckon a limit as it is now, and as it would be."""
        return self.now.due(start, old, event), self.reckoner.due(start, new, event)

    def again(self, item: Item, part: Assignment | None, why: Why, began: date) -> Due | None:
        """Play a clock again by the rules that changed; without any, on the other calendar."""
        names = {str(each["name"]) for each in why if each["kind"] == "limit"}
        if not self.touches(*names):
            return None
        spans, starts = {}, {}
        for name in names & self.changed.keys():
            event = self.changed[name].clause.starts
            spans[name] = self.changed[name].span
            if event is not limits.clause_of(self.session, name).starts:
                starts[name] = (clock.start_day(self.session, event, item.id, part, began), event)
        return self.reckoner.again(why, began, spans=spans, starts=starts)


def moves(other: Otherwise) -> Moves:
    """Return every open day that would be another one, or have another reason."""
    found = [each for search in SEARCHES for each in search(other)]
    return Moves(sorted(found, key=_place))


def open_parts(session: Session) -> Sequence[Assignment]:
    """Return the parts that their units haven't finished."""
    wanted = (
        select(Assignment)
        .join(Item)
        .where(Assignment.state.not_in(rules.FINISHED), Item.state.in_(rules.ALIVE))
        .options(joinedload(Assignment.unit), joinedload(Assignment.item))
    )
    return session.scalars(wanted.order_by(Assignment.id)).all()


def _place(each: Moved) -> tuple[int, int, int]:
    return each.item.id, list(What).index(each.what), each.part.id if each.part else 0


# -- days that are written down ---------------------------------------------------------


def _parts(other: Otherwise) -> Iterator[Moved]:
    for part in open_parts(other.session):
        if part.due_on is None:
            continue
        due = other.again(part.item, part, part.due_why, office_day(part.assigned_at))
        if due is not None and (due.on, due.why) != (part.due_on, part.due_why):
            yield Moved(What.PART, part.item, part.due_on, due, part)


def _todos(other: Otherwise) -> Iterator[Moved]:
    """Yield the steps with a limit of their own; those under another day follow that one."""
    wanted = (
        select(Todo, Item, Assignment)
        .join(Item, Item.id == Todo.item_id)
        .outerjoin(Assignment, Assignment.id == Todo.assignment_id)
        .where(Todo.closed_at.is_(None), Todo.due_on.is_not(None))
        .options(joinedload(Assignment.unit))
        .order_by(Todo.item_id, Todo.opened_at)
    )
    for todo, item, part in other.session.execute(wanted):
        if _follows(other.session, todo, item, part):
            continue
        due = other.again(item, part, todo.due_why, office_day(todo.opened_at))
        if due is not None and (due.on, due.why) != (todo.due_on, todo.due_why):
            yield Moved(What.STEP, item, todo.due_on, due, part, todo)


def _follows(session: Session, todo: Todo, item: Item, part: Assignment | None) -> bool:
    """Say whether a step has the day of its part, of the next report, or of a visit."""
    if todo.step == steps.REVISIT:
        visit = store.pending_revisit(session, item.id)
        return visit is not None and todo.due_why == visit.due_why
    if todo.step == steps.REPORT and part is not None and todo.due_on == part.interim_due_on:
        return True
    return todo.due_why == (part or item).due_why


def _reports(other: Otherwise) -> Iterator[Moved]:
    """Yield the next interim reports: a meeting's first one, or the next turn of a rhythm."""
    for part in open_parts(other.session):
        if part.interim_due_on is None:
            continue
        due = _first_report(other, part) or _next_report(other, part)
        if due is not None and due.on != part.interim_due_on:
            yield Moved(What.REPORT, part.item, part.interim_due_on, due, part)


def _first_report(other: Otherwise, part: Assignment) -> Due | None:
    began, name = office_day(part.assigned_at), periods.FIRST_REPORT
    old = periods.meeting_report(other.session, part.item, began)
    if old is None or old.on != part.interim_due_on:
        return None
    return other.reckoner.due(began, other.span(name), other.clause(name).starts)


def _next_report(other: Otherwise, part: Assignment) -> Due | None:
    period = part.item.reporting_period
    if period is None or periods.RULES[period] not in other.changed:
        return None
    return report_by(part, other.span(periods.RULES[period]), today(other.session))


def report_by(part: Assignment, turn: Span, day: date) -> Due:
    """Return when a part's next report is due by a rhythm; one that is due already stays due."""
    began, due_on = office_day(part.assigned_at), part.interim_due_on
    missed = due_on is not None and due_on <= day
    on = due_on if missed and due_on else periods.next_turn(turn, began, day)
    return Due(on, periods.rhythm(turn, began, on), False, on, on)  # noqa: FBT003 (a plain day)


def _visits(other: Otherwise) -> Iterator[Moved]:
    wanted = select(Revisit, Item).join(Item, Item.id == Revisit.item_id)
    for visit, item in other.session.execute(wanted.where(Revisit.done_at.is_(None))):
        due = other.again(item, None, visit.due_why, office_day(visit.ordered_at))
        if due is not None and (due.on, due.why) != (visit.due_on, visit.due_why):
            yield Moved(What.VISIT, item, visit.due_on, due, held=visit)


def _answers(other: Otherwise) -> Iterator[Moved]:
    """Yield until when slips want an answer; a day that the director chose stays."""
    for rung, part in open_rungs(other.session):
        if rung.delivered_at is None:
            continue
        began = office_day(rung.delivered_at)
        due = other.again(part.item, part, _why_answer(other.session, rung, began), began)
        if due is not None and (due.on, due.why) != (rung.answer_by, rung.answer_why):
            yield Moved(What.ANSWER, part.item, rung.answer_by, due, part, held=rung)


def _why_answer(session: Session, rung: Escalation, began: date) -> Why:
    """Return why a slip wants its answer by its day; old ones didn't write the rule's down."""
    usual = limits.due_date(session, began, SLIPS[rung.rung])
    return rung.answer_why or (usual.why if usual.on == rung.answer_by else [])


def open_rungs(session: Session) -> Iterator[tuple[Escalation, Assignment]]:
    """Yield the rungs that want an answer of units that still owe their report."""
    wanted = (
        select(Escalation, Assignment)
        .join(Assignment, Assignment.id == Escalation.assignment_id)
        .join(Item, Item.id == Assignment.item_id)
        .where(
            Escalation.state == RungState.DELIVERED,
            Escalation.answer_by.is_not(None),
            Assignment.state.not_in(AT_OFFICE),
            Item.state.in_(rules.ALIVE),
        )
        .options(joinedload(Assignment.unit), joinedload(Assignment.item))
    )
    return ((row[0], row[1]) for row in session.execute(wanted.order_by(Escalation.id)))


# -- days that are reckoned when one asks -----------------------------------------------


def _windows(other: Otherwise) -> Iterator[Moved]:
    """Yield until when units may object to what they haven't signed for."""
    day = today(other.session)
    for part in open_parts(other.session):
        if part.state is not AssignmentState.ASSIGNED:
            continue
        rule, began = clock.rule_of(other.session, part), office_day(part.assigned_at)
        own = limits.clause_of(other.session, rule).objection or limits.WINDOWS[0]
        new = other.clause(rule).objection or limits.WINDOWS[0]
        if other.touches(rule, own, new):
            spans = other.own_span(own), other.span(new)
            yield from _live(What.WINDOW, part.item, other.both(began, *spans, HANDED), part, day)


def _conclusions(other: Otherwise) -> Iterator[Moved]:
    """Yield until when units may object to what visits have concluded."""
    name, day = "conclusion.object", today(other.session)
    if not other.touches(name):
        return
    since = instant_of(day - timedelta(days=limits.LONGEST))
    wanted = select(Revisit, Item).join(Item, Item.id == Revisit.item_id)
    for visit, item in other.session.execute(wanted.where(Revisit.done_at >= since)):
        if visit.done_at is not None:
            done_on = office_day(visit.done_at)
            dues = other.both(done_on, other.own_span(name), other.span(name), OPENED)
            yield from _live(What.CONCLUSION, item, dues, None, day, visit)


def _ratings(other: Otherwise) -> Iterator[Moved]:
    """Yield until when proposers are waited for."""
    name, day = "rating", today(other.session)
    if not other.touches(name):
        return
    waiting = (Reply.issued_at.is_not(None), Reply.settled_at.is_(None))
    wanted = select(Reply).where(*waiting).options(joinedload(Reply.assignment))
    for reply in other.session.scalars(wanted.order_by(Reply.id)):
        part = reply.assignment
        began = office_day(reply.issued_at) if reply.issued_at else day
        dues = other.both(began, other.own_span(name), other.span(name), OPENED)
        yield from _live(What.RATING, part.item, dues, part, day, reply)


def _next_rungs(other: Otherwise) -> Iterator[Moved]:
    """Yield on which day the next rung of a late part would be climbed."""
    if other.changed:
        return
    day = today(other.session)
    for part in open_parts(other.session):
        if part.due_on is None or part.due_on >= day:
            continue
        picture = views.picture_of(other.session, part, part.item)
        since, following = overdue_since(other.session, part), picture.next
        if since is None or following is None or following.row is None:
            continue
        span = Span(following.row.days_overdue, LimitUnit.WORKING_DAYS)
        dues = other.both(since, span, span, None)
        yield from _live(What.RUNG, part.item, dues, part, day)


def _live(
    what: What,
    item: Item,
    dues: tuple[Due, Due],
    part: Assignment | None,
    day: date,
    held: Revisit | Reply | None = None,
) -> Iterator[Moved]:
    """Yield a day that is still to come, or would be, if it is another one."""
    old, new = dues
    if old.on != new.on and max(old.on, new.on) >= day:
        yield Moved(what, item, old.on, new, part, held=held)


HANDED, OPENED = StartEvent.HANDED_OVER, StartEvent.OPENED

SEARCHES = (
    _parts, _todos, _reports, _visits, _answers, _windows, _conclusions, _ratings, _next_rungs,
)  # fmt: skip
"""Where open days are found; a room with days of its own adds a line."""
