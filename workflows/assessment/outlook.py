"""What would change a unit's score: the reports that it owes, and what each can gain or cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine import Session
from workflows import units
from workflows.actors import Actor
from workflows.assessment import answers, quarters, sight, table
from workflows.assessment.quarters import quarter_of
from workflows.calendar import calendar_of, today
from workflows.errors import UnitUnknown
from workflows.tables import Assignment, Kind

A_LONG_TIME = 10_000
"""So many days late come to the most that lateness can cost."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """A report that a unit owes: what it gains in time, costs a day, and costs once missing."""

    part: Assignment
    due_on: date
    days_late: int
    missing_on: date
    gain: Decimal
    lost: Decimal
    a_day: Decimal
    at_most: Decimal
    missing: Decimal
    more_days: bool
    """Whether a further day costs more: lateness has a most."""


def outlook(session: Session, actor: Actor, unit_id: int) -> Sequence[Prospect]:
    """Return what a unit still owes by a limit, the most pressing first, with its price today."""
    seen = sight.scope(session, actor)
    if seen is not None and unit_id not in seen:
        raise UnitUnknown(unit_id)
    units.unit_of(session, unit_id)
    day, calendar = today(session), calendar_of(session)
    rules = quarters.scoring(session, quarter_of(day))
    found = []
    for owed, missing_on in answers.open_ones(session, [unit_id]):
        part = owed.part
        late = max(0, calendar.between(owed.due_on, day))
        lost = rules.points(table.LATE_REPORT, part.part, late) if late else Decimal(0)
        at_most = rules.points(table.LATE_REPORT, part.part, A_LONG_TIME)
        more_days = lost != at_most
        if owed.kind is Kind.INSTRUCTION and owed.due_on < day:
            lost += rules.points(table.OVERDUE_INSTRUCTION, part.part)
        in_time = owed.due_on >= day
        found.append(
            Prospect(
                part,
                owed.due_on,
                late,
                missing_on,
                rules.points(table.FINISHED_ON_TIME, part.part) if in_time else Decimal(0),
                lost,
                rules.points(table.LATE_REPORT, part.part, 1),
                at_most,
                rules.points(table.MISSING_REPORT, part.part),
                more_days,
            )
        )
    return found
