"""Histories of parts, written down as rows; and what each has to come to, reckoned apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from engine import Session
from tests.workflows.town import Town
from workflows.calendar import WorkCalendar, instant_of
from workflows.tables import (
    Assignment,
    AssignmentState,
    Cause,
    Escalation,
    Item,
    ItemState,
    Kind,
    Part,
    Report,
    Revisit,
    Rung,
    RungState,
    Source,
    Urgency,
    Verdict,
)

FIRST, LAST = date(2020, 1, 1), date(2020, 3, 31)
MISSING_AFTER = 20


@dataclass(frozen=True)
class History:
    """One unit's part: when it was due and came, whether it was returned, revisited, slipped."""

    unit: str
    part: Part
    kind: Kind
    due_on: date
    came_after: int | None
    returned: str | None
    failed_after: int | None
    slip_on: date | None

    @property
    def came_on(self) -> date | None:
        """Return when the first report was signed."""
        return None if self.came_after is None else self.due_on + timedelta(self.came_after)

    @property
    def good_on(self) -> date | None:
        """Return when the report that was accepted was signed; it is accepted the day after."""
        again = 0 if self.returned is None else 2
        return None if self.came_on is None else self.came_on + timedelta(again)

    @property
    def failed_on(self) -> date | None:
        """Return when a revisit found it unsolved; only what is done is revisited."""
        if self.good_on is None or self.failed_after is None:
            return None
        return self.good_on + timedelta(1 + self.failed_after)

    def write(self, town: Town, session: Session) -> Assignment:
        """Write the rows that this history leaves."""
        li = town.people["li"]
        item = Item(
            kind=self.kind, source=Source.CITY_INSTRUCTION, state=ItemState.OPEN, basis="批示",
            title="事项", urgency=Urgency.NORMAL, registered_by_id=li,
            registered_at=instant_of(date(2019, 11, 1)), round=1,
        )  # fmt: skip
        session.add(item)
        session.flush()
        part = Assignment(
            item_id=item.id, unit_id=town.units[self.unit], part=self.part, round=1,
            state=AssignmentState.HANDLING, assigned_at=instant_of(date(2019, 11, 1)),
            due_on=self.due_on,
        )  # fmt: skip
        session.add(part)
        session.flush()
        self._reports(session, part, li)
        if self.slip_on is not None:
            at = instant_of(self.slip_on)
            session.add(
                Escalation(
                    assignment_id=part.id,
                    rung=Rung.NOTICE_RED,
                    days_overdue=10,
                    rule={},
                    at=at,
                    state=RungState.DELIVERED,
                    delivered_at=at,
                    decided_by_id=li,
                    decided_at=at,
                )
            )
        if self.failed_on is not None:
            session.add(
                Revisit(
                    item_id=item.id,
                    cause=Cause.ASKED,
                    seed="x",
                    chance=1.0,
                    round=1,
                    ordered_at=instant_of(self.failed_on),
                    solved=False,
                    done_by_id=li,
                    done_at=instant_of(self.failed_on),
                    findings="未解决",
                )
            )
        session.flush()
        return part

    def _reports(self, session: Session, part: Assignment, reviewer: int) -> None:
        if self.came_on is None or self.good_on is None:
            return
        signed = (
            [(self.came_on, Verdict.RETURNED, self.returned)] if self.returned is not None else []
        )
        for number, (on, verdict, fault) in enumerate(
            [*signed, (self.good_on, Verdict.ACCEPTED, "")], 1
        ):
            reviewed = instant_of(on + timedelta(1))
            session.add(
                Report(
                    assignment_id=part.id,
                    item_id=part.item_id,
                    number=number,
                    final=True,
                    progress="已办",
                    percent=100,
                    author_id=reviewer,
                    submitted_at=instant_of(on),
                    confirmed_by_id=reviewer,
                    confirmed_at=instant_of(on),
                    verdict=verdict,
                    reviewed_by_id=reviewer,
                    reviewed_at=reviewed,
                    fault=fault or "",
                )
            )
        part.state = AssignmentState.ACCEPTED
        part.finished_at = instant_of(self.good_on + timedelta(1))

    # -- what it has to come to ---------------------------------------------------------

    def points(self, calendar: WorkCalendar) -> Decimal:
        """Return what this history is worth in the quarter, by domain section 9."""
        return sum(self._worth(calendar), Decimal(0))

    def _worth(self, calendar: WorkCalendar) -> Iterator[Decimal]:
        yield from self._of_its_limit(calendar)
        came, good = self.came_on, self.good_on
        if self.returned is not None and came is not None and _in_quarter(came + timedelta(1)):
            yield Decimal(-5 if self.returned == "empty" else -2)
        if _in_quarter(self.slip_on):
            yield Decimal(-2)
        gained = Decimal(1 if good is not None and good <= self.due_on else 0)
        if good is not None and _in_quarter(good + timedelta(1)):
            yield gained
        if _in_quarter(self.failed_on):
            yield Decimal(-5) - gained

    def _of_its_limit(self, calendar: WorkCalendar) -> Iterator[Decimal]:
        missing_on, came = calendar.add(self.due_on, MISSING_AFTER), self.came_on
        if came is not None and came < missing_on:
            late = max(0, calendar.between(self.due_on, came))
            if _in_quarter(came):
                yield -min(Decimal("0.1") * late, Decimal(1))
        elif _in_quarter(missing_on):
            yield Decimal(-10)
        in_time = came is not None and came <= self.due_on
        passed = self.due_on + timedelta(1)
        if self.kind is Kind.INSTRUCTION and not in_time and _in_quarter(passed):
            yield Decimal(-2)


def _in_quarter(on: date | None) -> bool:
    return on is not None and FIRST <= on <= LAST
