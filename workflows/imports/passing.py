"""How each step that lies behind an imported item is passed, as its row tells.

What a person would have signed is not made up: no report, signature or verdict is written
that the ledger doesn't hold.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from engine import Session, Task, now
from workflows import limits, steps, store
from workflows.calendar import instant_of, today
from workflows.imports import finishing
from workflows.imports.cells import LimitCell
from workflows.imports.reading import Candidate, Stage
from workflows.periods import next_report_on, step_of
from workflows.reckoning import Due
from workflows.tables import Assignment, AssignmentState, Item, ItemState, Part

NOT_URGENT = "imported"
"""An imported item takes no fast track: who approved it is known to the old ledger only."""

Passed: TypeAlias = tuple[str, Mapping[str, Any]]
Walker: TypeAlias = Callable[[Session, Item, Candidate, Task], Passed | None]
"""Return a step's outcome and data, or nothing where the item stops."""


def due_of(session: Session, candidate: Candidate) -> Due | None:
    """Return the limit that a row tells, with its reason."""
    limit: LimitCell = candidate.limit
    if limit.on is not None:
        return limits.chosen_date(session, candidate.assigned_on, limit.on)
    if limit.span is not None:
        return limits.due_date(session, candidate.assigned_on, limit.span)
    return None


def _register(_session: Session, _item: Item, _candidate: Candidate, _task: Task) -> Passed:
    return "submit", {"urgency": NOT_URGENT}


def _approve(_session: Session, _item: Item, _candidate: Candidate, _task: Task) -> Passed:
    return "approve", {}


def assign(session: Session, item: Item, candidate: Candidate, _task: Task) -> Passed | None:
    """Hand the item out as of the day in the ledger; parts that are done need no instance."""
    if item.round:
        return None
    take_up(session, item, candidate)
    due = due_of(session, candidate)
    ids = [candidate.lead_id, *candidate.co_ids]
    parts = [part_of(session, item, candidate, unit_id, due) for unit_id in ids]
    session.add_all(parts)
    session.flush()
    working = candidate.stage is Stage.HANDLING
    units = [part.id for part in parts] if working else []
    return "assign", {"units": units, "interim_period": step_of(session, item.reporting_period)}


def take_up(session: Session, item: Item, candidate: Candidate) -> None:
    """Begin an item's first round, or say at once that it was closed long before."""
    item.round = 1
    if candidate.stage is Stage.CLOSED:
        finishing.close(session, item)
    else:
        item.state = ItemState.OPEN


def _decompose(session: Session, item: Item, candidate: Candidate, task: Task) -> Passed | None:
    """Hand a decision out whole: a ledger's row is one unit's, whatever was decided with it."""
    passed = assign(session, item, candidate, task)
    return None if passed is None else ("decompose", {**passed[1], "several": False})


def part_of(
    session: Session, item: Item, candidate: Candidate, unit_id: int, due: Due | None
) -> Assignment:
    """Return a unit's part as of the day in the ledger."""
    working = candidate.stage is Stage.HANDLING
    leads = unit_id == candidate.lead_id
    began = instant_of(candidate.assigned_on)
    day = max(candidate.assigned_on, today(session))
    return Assignment(
        item_id=item.id,
        unit_id=unit_id,
        part=Part.LEAD if leads else Part.CO,
        round=item.round,
        state=AssignmentState.ASSIGNED if working else AssignmentState.ACCEPTED,
        assigned_at=began,
        responsible_person=item.responsible_person if leads else "",
        due_on=due.on if due else None,
        original_due_on=due.on if due else None,
        warn_on=due.warn_on if due else None,
        warn_again_on=due.warn_again_on if due else None,
        due_why=due.why if due else [],
        percent=candidate.percent if leads else 0,
        interim_due_on=next_report_on(session, item.reporting_period, candidate.assigned_on, day),
        finished_at=None if working else now(session),
    )


def _acknowledge(session: Session, _item: Item, _candidate: Candidate, task: Task) -> Passed:
    part = store.assignment_of(session, task.data["assignment"])
    part.state = AssignmentState.HANDLING
    part.acknowledged_at = part.assigned_at
    return "accept", {}


def _instruct(_session: Session, _item: Item, candidate: Candidate, _task: Task) -> Passed | None:
    return None if candidate.stage is Stage.HANDLING else ("none", {"answer": "none"})


def _at_the_end(_session: Session, _item: Item, candidate: Candidate, task: Task) -> Passed | None:
    """Leave a revisit and the closing to the office, unless the item was closed long before."""
    return finishing.ENDS[task.step] if candidate.stage is Stage.CLOSED else None


WALKERS: Mapping[str, Walker] = MappingProxyType(
    {
        steps.REGISTER: _register,
        steps.APPROVE: _approve,
        steps.ASSIGN: assign,
        steps.DECOMPOSE: _decompose,
        steps.ACKNOWLEDGE: _acknowledge,
        steps.INSTRUCT: _instruct,
        steps.REVISIT: _at_the_end,
        steps.CLOSE: _at_the_end,
    }
)
"""How each step that may lie behind an imported item is passed; any other is where it stops."""
