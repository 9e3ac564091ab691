"""One step of one instance: thaw, run, and bring the tables in line, or nothing at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy.orm import Session

from engine import machine, store
from engine.database import database_of, now
from engine.errors import RunawayProcess
from engine.history import Line
from engine.ids import new_id
from engine.machine import Run, Runaway, Shape, Token
from engine.records import Instance, Task
from engine.steps import tasks
from engine.steps.arming import arm, note_incident
from engine.steps.hands import Hands
from engine.steps.held import Held, add, hold, save
from engine.versions import plan_of

CHILD_ENDED: Final = "child_ended"
OPERATION: Final = "operation"
HOPS_SO_FAR: Final = "hops"
"""Where a delivery notes in its session how many instances have moved one another before."""


@dataclass(slots=True)
class Step:
    """A step under way: where the run waited before it, and what a person completed."""

    session: Session
    held: Held
    by: str
    at: datetime
    run: Run
    before: Shape
    completed: dict[UUID, Task] = field(default_factory=dict)
    returned: set[UUID] = field(default_factory=set)


@contextmanager
def stepping(session: Session, held: Held, by: str) -> Iterator[Step]:
    """Thaw an instance, let the caller touch it, run it, and write it back."""
    held.must_run()
    at = now(session)
    run = machine.thaw(held.plan, Hands(session, held, by, at), held.state)
    step = Step(session, held, by, at, run, run.shape())
    held.busy = True
    try:
        yield step
        told = _finish(step, [])
    finally:
        held.busy = False
    _tell(step, *told)


def begin(
    session: Session, instance: Instance, data: Mapping[str, Any], *, depth: int, by: str
) -> Instance:
    """Store a new instance and run it to its first waits."""
    held = Held(instance, plan_of(session, instance.definition_id), depth, busy=True)
    add(session, held)
    _tell_started(session, instance)
    run = Run(held.plan, Hands(session, held, by, instance.started_at))
    step = Step(session, held, by, instance.started_at, run, Shape())
    run.begin(data)
    facts = {"process": instance.process_id, "definition": instance.definition_id}
    told = _finish(step, [Line("started", by, facts=facts)])
    held.busy = False
    _tell(step, *told)
    return held.instance


def cancel_held(session: Session, held: Held, *, reason: str, by: str) -> None:
    """End an instance where it stands, its open tasks and timers, and all that it called."""
    held.must_run()
    with _spoiling(session):
        _cancel(session, held, reason=reason, by=by)


def _cancel(session: Session, held: Held, *, reason: str, by: str) -> None:
    at = now(session)
    instance = held.instance
    run = machine.thaw(held.plan, Hands(session, held, by, at), held.state)
    shape = run.shape()
    rows = store.tasks.open_of(session, instance.id)
    held.instance = replace(instance, ended_at=at, end="cancelled")
    lines = [_cancelled(token, by) for token in shape.tasks.values()]
    lines.append(Line("ended", by, facts={"reason": reason}))
    save(session, held, held.state, at, lines)
    store.timers.drop_of(session, instance.id)
    store.incidents.resolve_of(session, instance.id, at, by)
    tasks.close_rows(session, dict.fromkeys((row.id for row in rows), None), at, by)
    tasks.tell_closed(session, [tasks.closed_record(session, row.id, None, at, by) for row in rows])
    if shape.errands:
        store.jobs.call_back(session, [_errand(i) for i in shape.errands])
    if shape.calls:
        _cancel_children(session, instance.id, list(shape.calls), by)
    _tell_ended(session, held, by)


def _finish(step: Step, lines: list[Line]) -> tuple[list[Task], list[Task]]:
    """Run to the next waits and write back."""
    with _spoiling(step.session):
        try:
            step.run.go()
        except Runaway as error:
            raise RunawayProcess(step.held.instance.id, error.steps) from error
        return _write_back(step, lines)


@contextmanager
def _spoiling(session: Session) -> Iterator[None]:
    """Let what fails here fail the transaction, even if the caller swallows it."""
    try:
        yield
    except Exception as error:
        session.info["spoiled"] = error
        raise


def _write_back(step: Step, lines: list[Line]) -> tuple[list[Task], list[Task]]:
    """Bring the tables in line with where the run waits now."""
    session, held, run, at, by = step.session, step.held, step.run, step.at, step.by
    before, after = step.before, run.shape()
    closed = {i: token for i, token in before.tasks.items() if i not in after.tasks}
    lines += [_line(note, by) for note in run.notes]
    lines += [_cancelled(t, by) for i, t in closed.items() if i not in step.completed]
    if run.completed:
        held.instance = replace(held.instance, ended_at=at, end="completed")
        lines.append(Line("ended", by))
    save(session, held, machine.freeze(run), at, lines)
    outcomes = {i: step.completed[i].outcome if i in step.completed else None for i in closed}
    tasks.close_rows(session, outcomes, at, by)
    opened = [token for i, token in after.tasks.items() if i not in before.tasks]
    told_opened = tasks.open_rows(session, held, opened, at)
    _write_faults(step, after)
    _write_errands(step, after)
    told_closed = [tasks.closed_record(session, i, step.completed.get(i), at, by) for i in closed]
    _write_calls(step, after)
    _write_timers(step, after)  # last: what a child does as it starts may move our dates
    if run.completed:
        store.incidents.resolve_of(session, held.instance.id, at, by)
    return told_closed, told_opened


def _write_timers(step: Step, after: Shape) -> None:
    gone = [i for i in step.before.timers if i not in after.timers]
    fresh = [token for i, token in after.timers.items() if i not in step.before.timers]
    if step.held.timers_moved:
        step.held.timers_moved = False
        gone, fresh = list(step.before.timers), list(after.timers.values())
    if gone:
        store.timers.drop(step.session, gone)
    if fresh:
        arm(step.session, step.held, step.run, fresh)


def _write_faults(step: Step, after: Shape) -> None:
    mended = [i for i in step.before.faults if i not in after.faults]
    if mended:
        store.incidents.resolve_tokens(step.session, mended, step.at, step.by)
    for token, fault in step.run.faults:
        if token.id in after.faults:
            note_incident(step.session, step.held, token, fault.code, fault)


def _write_errands(step: Step, after: Shape) -> None:
    """Leave to the worker each operation that leaves the house; call back what is moot."""
    gone = [_errand(i) for i in step.before.errands if i not in after.errands]
    if gone:
        store.jobs.call_back(step.session, gone)
    for token in (t for i, t in after.errands.items() if i not in step.before.errands):
        node = token.task_spec.node
        payload = {
            "instance": step.held.instance.id.hex,
            "task": token.id.hex,
            "element": node.id,
            "operation": node.service.operation,
            "parameters": token.internal_data.get("parameters", {}),
            "data": dict(token.data),
            "by": step.by,
        }
        job = {"kind": OPERATION, "payload": payload, "run_at": step.at, "attempts": 0}
        store.jobs.add(step.session, {**job, "job_key": _errand(token.id)})


def _errand(token_id: UUID) -> str:
    return f"errand:{token_id.hex}"


def _write_calls(step: Step, after: Shape) -> None:
    gone = [i for i in step.before.calls if i not in after.calls and i not in step.returned]
    if gone:
        _cancel_children(step.session, step.held.instance.id, gone, step.by)
    for token, items in step.run.calls:
        if token.id in after.calls:
            _start_children(step, token, items)


def _start_children(step: Step, token: Token, items: list[Any]) -> None:
    """Start an instance for each element, all in this transaction: nobody knows them yet."""
    call = token.task_spec.node.call
    newest = cast(int, store.definitions.newest_id(step.session, call.process_id))
    passed = {key: token.data[key] for key in call.passes if key in token.data}
    for item in items:
        child = Instance(
            new_id(),
            newest,
            call.process_id,
            step.held.instance.business_key,
            step.held.instance.id,
            token.id,
            item,
            step.at,
        )
        data = {**passed, call.item: item} if call.item else passed
        begin(step.session, child, data, depth=step.held.depth + 1, by=step.by)


def _cancel_children(session: Session, parent_id: UUID, task_ids: list[UUID], by: str) -> None:
    """End what call activities have started: the parent is locked, now each child is."""
    for child_id in store.instances.open_children(session, parent_id, task_ids):
        held = hold(session, child_id)
        if held.instance.ended_at is None:
            cancel_held(session, held, reason="the call was cancelled", by=by)


def post(session: Session, instance_id: UUID, kind: str, task_id: UUID | None, by: str) -> None:
    """Post something to another instance; it is delivered after the commit."""
    at = now(session)
    values = {
        "instance_id": instance_id,
        "kind": kind,
        "task_id": task_id,
        "by": by,
        "posted_at": at,
        "due_at": at,
        "attempts": 0,
        "hops": session.info.get(HOPS_SO_FAR, 0) + 1,
    }
    session.info["letters"].append(store.deliveries.add(session, values))


def _tell(step: Step, closed: list[Task], opened: list[Task]) -> None:
    """Tell the host and the caller's instance, once the tables are in line."""
    with _spoiling(step.session):
        tasks.tell_closed(step.session, closed)
        tasks.tell_opened(step.session, opened)
        if step.run.completed:
            _tell_ended(step.session, step.held, step.by)


def _tell_started(session: Session, instance: Instance) -> None:
    listener = database_of(session).registry.listener
    if listener is not None:
        with _spoiling(session):
            listener.started(session, instance)


def _tell_ended(session: Session, held: Held, by: str) -> None:
    instance = held.instance
    listener = database_of(session).registry.listener
    if listener is not None:
        listener.ended(session, instance)
    if instance.parent_id is not None:
        post(session, instance.parent_id, CHILD_ENDED, instance.parent_task_id, by)


def _line(note: machine.Note, by: str) -> Line:
    return Line(note.kind, by, note.node.id, note.node.name, note.way, note.facts)


def _cancelled(token: Token, by: str) -> Line:
    return Line("cancelled", by, token.task_spec.node.id, token.task_spec.node.name)
