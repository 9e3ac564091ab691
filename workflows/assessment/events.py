"""What the ledger's history holds against a unit, or for it: each event once, by its own name.

Nothing is written here. An event is dated by the day on which the house could know of it, so
what lies in a quarter that has passed is complete.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import aliased

from engine import Session
from workflows.assessment import answers, table
from workflows.calendar import instant_of, office_day
from workflows.revisits.risk import set_aside
from workflows.story import plain
from workflows.tables import (
    Assignment,
    AssignmentState,
    Escalation,
    Named,
    Part,
    Praise,
    Praised,
    PraiseLevel,
    Publication,
    PublicationState,
    PublicationUnit,
    Reply,
    Report,
    Revisit,
    Rung,
    Suggestion,
    Verdict,
)

EMPTY = "empty"
NAMED: Mapping[Named, str] = MappingProxyType(
    {Named.PRAISE: table.PRAISED_IN_CIRCULAR, Named.CRITICISM: table.CRITICISED_IN_CIRCULAR}
)
PRAISES: Mapping[PraiseLevel, str] = MappingProxyType(
    {
        PraiseLevel.NATIONAL: table.PRAISE_NATIONAL,
        PraiseLevel.PROVINCE: table.PRAISE_PROVINCE,
        PraiseLevel.CITY: table.PRAISE_CITY,
        PraiseLevel.LEADER: table.PRAISED_BY_LEADER,
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a unit; ``cause`` names it, so that it counts once."""

    unit_id: int
    name: str
    cause: str
    on: date
    part: Part | None = None
    item_id: int | None = None
    assignment_id: int | None = None
    by_id: int | None = None
    days: int = 1
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: of which days, and of which items if not of all."""

    session: Session
    first: date
    last: date
    item_ids: AbstractSet[int] | None = None

    def at(self, moment: Any) -> ColumnElement[bool]:  # noqa: ANN401 (a column of moments)
        """Return the condition that a moment lies in these days."""
        until = instant_of(self.last + timedelta(days=1))
        return and_(moment >= instant_of(self.first), moment < until)

    def about(self, item_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 (a column of items)
        """Return the condition that something is about one of these items."""
        return true() if self.item_ids is None else and_(item_id.in_(self.item_ids))

    def holds(self, on: date) -> bool:
        """Say whether a day is one of these."""
        return self.first <= on <= self.last


def events(wanted: Wanted) -> list[Event]:
    """Return everything that happened in these days, the earliest first."""
    found = (event for source in SOURCES for event in source(wanted))
    return sorted(found, key=lambda event: (event.on, event.cause, event.unit_id))


def gains(wanted: Wanted) -> list[Event]:
    """Return only what can give points for an item."""
    found = (event for source in GAINING for event in source(wanted))
    return [event for event in found if event.name in GIVING]


def failures(wanted: Wanted) -> list[Event]:
    """Return only the revisits that failed, the earliest first."""
    return sorted(_revisited(wanted), key=lambda event: (event.on, event.cause))


# -- limits and reports -------------------------------------------------------------------


def _answered(wanted: Wanted) -> Iterator[Event]:
    """Yield what is late, what is missing, and instructions past their limit."""
    for name, part, due, on, days, answered_on in answers.late(
        wanted.session, wanted.first, wanted.last
    ):
        yield Event(
            part.unit_id,
            name,
            f"{name}:{part.id}:{due.isoformat()}",
            on,
            part.part,
            part.item_id,
            part.id,
            days=days,
            facts={"due_on": plain(due), "answered_on": plain(answered_on), "days": days},
        )


def _finished(wanted: Wanted) -> Iterator[Event]:
    for part, by_id, done_on in answers.on_time(
        wanted.session, wanted.at(Assignment.finished_at) & wanted.about(Assignment.item_id)
    ):
        yield Event(
            part.unit_id,
            table.FINISHED_ON_TIME,
            f"finished:{part.id}",
            office_day(part.finished_at or part.assigned_at),
            part.part,
            part.item_id,
            part.id,
            by_id,
            facts={"due_on": plain(part.due_on), "answered_on": plain(done_on)},
        )


def _returned(wanted: Wanted) -> Iterator[Event]:
    """Yield the reports that were returned; one without substance is an event of its own."""
    reports = select(Report, Assignment).where(
        Report.verdict == Verdict.RETURNED, wanted.at(Report.reviewed_at)
    )
    joined = reports.join(Assignment, Assignment.id == Report.assignment_id)
    for report, part in wanted.session.execute(joined):
        name = table.EMPTY_REPORT if report.fault == EMPTY else table.RETURNED_REPORT
        facts = {"number": report.number, "reason": report.reason, "fault": report.fault}
        on = report.reviewed_at
        yield _of_part(part, name, f"report:{report.id}", on, report.reviewed_by_id, facts)
    replies = select(Reply, Assignment).where(
        Reply.verdict == Verdict.RETURNED, wanted.at(Reply.reviewed_at)
    )
    for reply, part in wanted.session.execute(
        replies.join(Assignment, Assignment.id == Reply.assignment_id)
    ):
        facts = {"number": reply.number, "reason": reply.reason}
        on = reply.reviewed_at
        cause = f"reply:{reply.id}"
        yield _of_part(part, table.RETURNED_REPORT, cause, on, reply.reviewed_by_id, facts)


# -- slips, circulars, revisits, praise -------------------------------------------------


def _red_slips(wanted: Wanted) -> Iterator[Event]:
    rungs = select(Escalation, Assignment).where(
        Escalation.rung == Rung.NOTICE_RED, wanted.at(Escalation.delivered_at)
    )
    for rung, part in wanted.session.execute(
        rungs.join(Assignment, Assignment.id == Escalation.assignment_id)
    ):
        facts = {"year": rung.year, "number": rung.serial, "days_overdue": rung.days_overdue}
        cause, on = f"rung:{rung.id}", rung.delivered_at
        yield _of_part(part, table.RED_SLIP, cause, on, rung.decided_by_id, facts)


def _named(wanted: Wanted) -> Iterator[Event]:
    """Yield praise and criticism in issues that stand; named again, a unit counts the first."""
    first, named = aliased(PublicationUnit), aliased(Publication)
    before = (
        select(first.id)
        .join(named, named.id == first.publication_id)
        .where(
            first.suggestion_id == PublicationUnit.suggestion_id,
            named.state == PublicationState.ISSUED,
            named.issued_at < Publication.issued_at,
        )
        .exists()
    )
    issues = (
        select(PublicationUnit, Publication, Suggestion)
        .join(Publication, Publication.id == PublicationUnit.publication_id)
        .join(Suggestion, Suggestion.id == PublicationUnit.suggestion_id)
        .where(
            Publication.state == PublicationState.ISSUED,
            wanted.at(Publication.issued_at),
            wanted.about(Suggestion.item_id),
            ~before,
        )
    )
    for told, issue, suggestion in wanted.session.execute(issues):
        yield Event(
            told.unit_id,
            NAMED[told.named],
            f"suggestion:{suggestion.id}",
            office_day(issue.issued_at or issue.saved_at),
            told.part,
            suggestion.item_id,
            suggestion.assignment_id,
            issue.approved_by_id,
            facts={"publication_id": issue.id, "title": issue.title},
        )


def _revisited(wanted: Wanted) -> Iterator[Event]:
    """Yield every unit of a round that a revisit found unsolved, unless it was set aside."""
    visits = (
        select(Revisit, Assignment)
        .join(
            Assignment,
            (Assignment.item_id == Revisit.item_id) & (Assignment.round == Revisit.round),
        )
        .where(
            Revisit.solved.is_(False),
            wanted.at(Revisit.done_at),
            wanted.about(Revisit.item_id),
            ~set_aside(),
            Assignment.state != AssignmentState.RELEASED,
        )
    )
    for visit, part in wanted.session.execute(visits):
        cause, on = f"revisit:{visit.id}", visit.done_at
        facts = {"visit_id": visit.id}
        yield _of_part(part, table.REVISIT_FAILED, cause, on, visit.done_by_id, facts)


def _praised(wanted: Wanted) -> Iterator[Event]:
    """Yield praise of a unit that stands; but for a leader's own words its paper is attached."""
    praises = select(Praise).where(
        Praise.whom == Praised.UNIT,
        Praise.withdrawn_at.is_(None),
        Praise.paper_id.is_not(None) | (Praise.level == PraiseLevel.LEADER),
        Praise.counted_on.between(wanted.first, wanted.last),
        wanted.about(Praise.item_id),
    )
    for praise in wanted.session.scalars(praises):
        yield Event(
            praise.unit_id or 0,
            PRAISES[praise.level],
            f"praise:{praise.id}",
            praise.counted_on,
            item_id=praise.item_id,
            by_id=praise.recorded_by_id,
            facts={"praise_id": praise.id, "title": praise.title, "document": praise.document},
        )


def _of_part(
    part: Assignment,
    name: str,
    cause: str,
    at: datetime | None,
    by_id: int | None,
    facts: Mapping[str, Any],
) -> Event:
    on = office_day(at or part.assigned_at)
    return Event(part.unit_id, name, cause, on, part.part, part.item_id, part.id, by_id, 1, facts)


Source = Callable[[Wanted], Iterable[Event]]
GAINING: tuple[Source, ...] = (_finished, _named, _praised)
SOURCES: tuple[Source, ...] = (*GAINING, _answered, _returned, _red_slips, _revisited)
GIVING = frozenset({table.FINISHED_ON_TIME, table.PRAISED_IN_CIRCULAR, *PRAISES.values()})
