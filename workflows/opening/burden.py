"""How busy units are: what they have in hand, and how often they are asked, week by week."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from engine import Session
from workflows import rules
from workflows.calendar import instant_of, office_day, today
from workflows.periods import next_report_on
from workflows.story import Happened
from workflows.tables import Assignment, Item, ItemState, StoryEntry, Unit

WEEKS = 4
WEEK = timedelta(weeks=1)
ASKS = (Happened.ASSIGNED, Happened.INTERIM_DUE, Happened.REMINDED, Happened.URGED)
"""What of a part's story asks its unit for a report."""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, and how often a unit was or will be asked for a report in them."""

    first: date
    requests: int
    coming: bool


@dataclass(frozen=True, slots=True)
class Burden:
    """A unit's open parts, and the requests of the last and the coming weeks."""

    unit: Unit
    open_parts: int
    weeks: tuple[Week, ...]

    @property
    def busiest(self) -> int:
        """Return the most requests of any week."""
        return max(week.requests for week in self.weeks)

    @property
    def past(self) -> int:
        """Return how often the unit was asked in the last weeks."""
        return sum(week.requests for week in self.weeks if not week.coming)

    @property
    def coming(self) -> int:
        """Return how often it will be asked in the coming weeks, by what it has in hand."""
        return sum(week.requests for week in self.weeks if week.coming)


def burdens(session: Session, unit_ids: Sequence[int]) -> list[Burden]:
    """Return each unit's burden, in the order asked for; units nobody knows are left out."""
    day = today(session)
    units = {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))}
    parts = _open_parts(session, unit_ids)
    asked = _asked(session, unit_ids, day)
    return [
        Burden(
            unit=units[unit_id],
            open_parts=len(parts.get(unit_id, ())),
            weeks=tuple(
                _weeks(day, asked.get(unit_id, ()), _coming(session, parts.get(unit_id, ()), day))
            ),
        )
        for unit_id in dict.fromkeys(unit_ids)
        if unit_id in units
    ]


def _open_parts(
    session: Session, unit_ids: Sequence[int]
) -> dict[int, list[tuple[Assignment, Item]]]:
    rows = session.execute(
        select(Assignment, Item)
        .join(Item, Item.id == Assignment.item_id)
        .where(
            Assignment.unit_id.in_(unit_ids),
            Assignment.round == Item.round,
            Assignment.state.not_in(rules.FINISHED),
            Item.state == ItemState.OPEN,
        )
    )
    found: dict[int, list[tuple[Assignment, Item]]] = {}
    for part, item in rows:
        found.setdefault(part.unit_id, []).append((part, item))
    return found


def _asked(session: Session, unit_ids: Sequence[int], day: date) -> dict[int, list[date]]:
    """Return the days on which each unit was asked in the last weeks."""
    since = instant_of(day - WEEKS * WEEK)
    told = select(Assignment.unit_id, StoryEntry.at).join(
        Assignment, Assignment.id == StoryEntry.assignment_id
    )
    rows = session.execute(
        told.where(
            Assignment.unit_id.in_(unit_ids), StoryEntry.kind.in_(ASKS), StoryEntry.at >= since
        )
    )
    found: dict[int, list[date]] = {}
    for unit_id, at in rows:
        found.setdefault(unit_id, []).append(office_day(at))
    return found


def _coming(
    session: Session, parts: Iterable[tuple[Assignment, Item]], day: date
) -> Iterator[date]:
    """Yield the days on which reports are due in the coming weeks."""
    last = day + WEEKS * WEEK
    for part, item in parts:
        if part.due_on is not None and day <= part.due_on < last:
            yield part.due_on
        due_on = part.interim_due_on
        while due_on is not None and due_on < last:
            if due_on >= day:
                yield due_on
            due_on = next_report_on(
                session, item.reporting_period, office_day(part.assigned_at), due_on
            )


def _weeks(day: date, asked: Iterable[date], coming: Iterable[date]) -> Iterator[Week]:
    """Yield the weeks around a day; what was asked today belongs to those that are over."""
    counted = Counter(min((each - day) // WEEK, -1) for each in asked)
    counted.update((each - day) // WEEK for each in coming)
    for place in range(-WEEKS, WEEKS):
        yield Week(day + place * WEEK, counted[place], coming=place >= 0)
