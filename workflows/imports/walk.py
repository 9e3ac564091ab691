"""Walks an imported item to the step that its row tells of; the history says "import".

The steps are the diagram's own: each open task is completed by its step type, so a
changed diagram is walked as well. What a person would have signed is not made up: no
report, signature or verdict is written that the ledger doesn't hold.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import engine
from engine import Session, Task, now
from workflows import desk, limits, numbers, steps, store, story
from workflows.actors import Actor
from workflows.calendar import instant_of, today
from workflows.imports.cells import LimitCell
from workflows.imports.rows import Candidate, Stage
from workflows.limits import Due
from workflows.periods import next_report_on, step_of
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    AssignmentState,
    ClosedHow,
    Item,
    ItemState,
    Kind,
    Part,
    Role,
)

IMPORT = "import"
MOST_STEPS = 50
NOT_URGENT = "imported"
"""An imported item takes no fast track: who approved it is known to the old ledger only."""


def bring_in(session: Session, actor: Actor, candidate: Candidate, batch_id: int) -> Item:
    """Make a row's item and walk it as far as the row says."""
    item = _item(session, actor, candidate, batch_id)
    session.add(item)
    session.flush()
    facts = {"row": candidate.row, "batch": batch_id, "stage": candidate.stage}
    story.tell(session, item, Happened.IMPORTED, actor, facts)
    session.info.pop(desk.SENDER, None)
    urgency = {"urgency": NOT_URGENT}
    instance = engine.start(session, item.kind.value, urgency, key=str(item.id), by=IMPORT)
    item.instance_id = instance.id
    _walk(session, item, candidate)
    item.instructing_post_id = candidate.instructing_id
    item.sponsor_post_id = candidate.sponsor_id
    return item


def _item(session: Session, actor: Actor, candidate: Candidate, batch_id: int) -> Item:
    due = _due(session, candidate)
    year, serial = candidate.number or _given(session, candidate.assigned_on)
    texts = candidate.texts
    return Item(
        year=year,
        serial=serial,
        kind=Kind.INSTRUCTION,
        source=candidate.source,
        basis=candidate.basis,
        title=candidate.title,
        target=candidate.target,
        urgency=candidate.urgency,
        supervisor_id=actor.person_id if actor.has(Role.SUPERVISOR) else None,
        registered_by_id=actor.person_id,
        registered_at=now(session),
        assigned_on=candidate.assigned_on,
        planned_due_on=due.on if due else None,
        due_on=due.on if due else None,
        warn_on=due.warn_on if due else None,
        due_why=due.why if due else [],
        reporting_period=candidate.limit.period,
        responsible_person=texts["responsible_person"],
        contact=texts["contact"],
        progress=texts["progress"],
        problems=texts["problems"],
        next_steps=texts["next_steps"],
        percent=candidate.percent,
        imported_light=texts["light"],
        remarks=_remarks(candidate),
        revisit_asked=candidate.revisit_asked and candidate.stage is not Stage.CLOSED,
        batch_id=batch_id,
    )


def _given(session: Session, assigned_on: date) -> tuple[int, int]:
    return assigned_on.year, numbers.next_number(session, numbers.ITEMS, assigned_on.year)


def _remarks(candidate: Candidate) -> str:
    """Keep a sponsor whom no post answers to: nothing of a row is lost."""
    sponsor = candidate.texts["sponsor"] if candidate.sponsor_id is None else ""
    kept = f"牵头领导：{sponsor}" if sponsor else ""
    return "\n".join(line for line in (candidate.texts["remarks"], kept) if line)


def _due(session: Session, candidate: Candidate) -> Due | None:
    limit: LimitCell = candidate.limit
    if limit.on is not None:
        return limits.chosen_date(session, candidate.assigned_on, limit.on)
    if limit.span is not None:
        return limits.due_date(session, candidate.assigned_on, limit.span)
    return None


# -- the walk ----------------------------------------------------------------------------

Walker = Callable[[Session, Item, Candidate], tuple[str, Mapping[str, Any]] | None]


def _walk(session: Session, item: Item, candidate: Candidate) -> None:
    for _ in range(MOST_STEPS * (1 + len(candidate.co_ids))):
        if not any(
            _pass(session, item, candidate, task)
            for task in engine.open_tasks(session, str(item.id))
        ):
            return


def _pass(session: Session, item: Item, candidate: Candidate, task: Task) -> bool:
    """Complete a step that lies behind the item; say whether it did."""
    walker = WALKERS.get(task.step)
    if walker is None:
        return False
    if task.step == steps.ACKNOWLEDGE:
        _acknowledge(session, item, task)
    answer = walker(session, item, candidate)
    if answer is None:
        return False
    outcome, data = answer
    task = engine.open_task(session, task.id)
    engine.complete(session, task, outcome, data, by=IMPORT)
    return True


def _register(
    _session: Session, _item: Item, _candidate: Candidate
) -> tuple[str, Mapping[str, Any]]:
    return "submit", {"urgency": NOT_URGENT}


def _approve(
    _session: Session, _item: Item, _candidate: Candidate
) -> tuple[str, Mapping[str, Any]]:
    return "approve", {}


def _assign(
    session: Session, item: Item, candidate: Candidate
) -> tuple[str, Mapping[str, Any]] | None:
    """Hand the item out as of the day in the ledger; parts that are done need no instance."""
    if item.round:
        return None
    item.round = 1
    item.state = ItemState.OPEN
    due = _due(session, candidate)
    ids = [candidate.lead_id, *candidate.co_ids]
    parts = [_part(session, item, candidate, unit_id, due) for unit_id in ids]
    session.add_all(parts)
    session.flush()
    working = candidate.stage is Stage.HANDLING
    units = [part.id for part in parts] if working else []
    return "assign", {"units": units, "interim_period": step_of(item.reporting_period)}


def _part(
    session: Session, item: Item, candidate: Candidate, unit_id: int, due: Due | None
) -> Assignment:
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
        interim_due_on=next_report_on(item.reporting_period, candidate.assigned_on, day),
        finished_at=None if working else now(session),
    )


def _acknowledge(session: Session, _item: Item, task: Task) -> None:
    part = store.assignment_of(session, task.data["assignment"])
    part.state = AssignmentState.HANDLING
    part.acknowledged_at = part.assigned_at


def _accept(_session: Session, _item: Item, _candidate: Candidate) -> tuple[str, Mapping[str, Any]]:
    return "accept", {}


def _instruct(
    _session: Session, _item: Item, candidate: Candidate
) -> tuple[str, Mapping[str, Any]] | None:
    return None if candidate.stage is Stage.HANDLING else ("none", {})


def _revisit(
    session: Session, item: Item, candidate: Candidate
) -> tuple[str, Mapping[str, Any]] | None:
    """Leave a revisit to the office, unless the item was closed long before."""
    if candidate.stage is not Stage.CLOSED:
        return None
    drawn = store.pending_revisit(session, item.id)
    if drawn is not None:
        session.delete(drawn)
    return "solved", {}


def _close(
    session: Session, item: Item, candidate: Candidate
) -> tuple[str, Mapping[str, Any]] | None:
    if candidate.stage is not Stage.CLOSED:
        return None
    item.state = ItemState.CLOSED
    item.closed_at, item.closed_how = now(session), ClosedHow.DONE
    return "close", {}


WALKERS: Mapping[str, Walker] = MappingProxyType(
    {
        steps.REGISTER: _register,
        steps.APPROVE: _approve,
        steps.ASSIGN: _assign,
        steps.ACKNOWLEDGE: _accept,
        steps.INSTRUCT: _instruct,
        steps.REVISIT: _revisit,
        steps.CLOSE: _close,
    }
)
"""How each step that may lie behind an imported item is passed; any other is where it stops."""
