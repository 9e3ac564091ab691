"""One step of one instance: thaw, run, and bring the tables in line, or nothing at all."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from engine import machine, store
from engine.database import database_of, is_transient, now
from engine.diagrams.timers import Armed
from engine.errors import (
    DataUnfit,
    Fault,
    InstanceBusy,
    InstanceEnded,
    InstanceMoved,
    InstanceUnknown,
    RunawayProcess,
)
from engine.history import Chain, Line
from engine.machine import Plan, Run, Runaway, Shape, Token
from engine.records import Instance, Task
from engine.registry import Call, Operation, TimerPlace
from engine.values import fit
from engine.versions import plan_of

DEPTH: Final = 20
"""How deep instances may call one another."""


@dataclass(slots=True)
class Held:
    """An instance under its lock, for the rest of the transaction."""

    instance: Instance
    plan: Plan
    depth: int
    state: bytes
    version: int
    chain: Chain
    busy: bool = False
    timers_moved: bool = False


@dataclass(slots=True)
class Step:
    """A step under way: where the run waited before it, and what a person completed."""

    session: Session
    held: Held
    by: str
    run: Run
    before: Shape
    at: datetime
    completed: dict[UUID, str | None] = field(default_factory=dict)


def hold(session: Session, instance_id: UUID) -> Held:
    """Return an instance under its lock; once locked it isn't read again."""
    held: Held | None = session.info["held"].get(instance_id)
    if held is not None:
        return held
    row = store.lock_instance(session, instance_id)
    if row is None:
        raise InstanceUnknown(instance_id)
    return keep(session, row)


def keep(session: Session, row: Row[Any]) -> Held:
    """Remember a locked row until the transaction ends."""
    *shown, depth, state, version, length, head = row
    instance = Instance(*shown)
    held: Held = session.info["held"].get(instance.id)
    if held is None or held.version != version:
        plan = plan_of(session, instance.definition_id)
        held = Held(instance, plan, depth, state, version, Chain(length, head))
        session.info["held"][instance.id] = held
    return held


@contextmanager
def stepping(session: Session, held: Held, by: str) -> Iterator[Step]:
    """Thaw an instance, let the caller touch it, run it, and write it back."""
    if held.busy:
        raise InstanceBusy(held.instance.id)
    if held.instance.ended_at is not None:
        raise InstanceEnded(held.instance.id, held.instance.ended_at, held.instance.end)
    step_at = now(session)
    run = machine.thaw(held.plan, _Hands(session, held, by, step_at), held.state)
    step = Step(session, held, by, run, run.shape(), step_at)
    held.busy = True
    try:
        yield step
        _go(step)
        _write_back(step, [])
    finally:
        held.busy = False


def begin(
    session: Session, instance: Instance, data: Mapping[str, Any], *, depth: int, by: str
) -> Instance:
    """Store a new instance and run it to its first waits."""
    plan = plan_of(session, instance.definition_id)
    held = Held(instance, plan, depth, b"", 0, Chain(), busy=True)
    session.info["held"][instance.id] = held
    _add(session, held)
    run = Run(plan, _Hands(session, held, by, instance.started_at))
    step = Step(session, held, by, run, Shape(), instance.started_at)
    run.begin(data)
    _go(step)
    listener = database_of(session).registry.listener
    if listener is not None:
        listener.started(session, instance)
    facts = {"process": instance.process_id, "version": instance.definition_id}
    _write_back(step, [Line("started", by, facts=facts)])
    held.busy = False
    return held.instance


def cancelled(session: Session, held: Held, *, reason: str, by: str) -> None:
    """End an instance where it stands, its open tasks and timers, and all that it called."""
    if held.busy:
        raise InstanceBusy(held.instance.id)
    at = now(session)
    instance = held.instance
    plan = held.plan
    rows = store.open_tasks_of(session, instance.id)
    run = machine.thaw(plan, _Hands(session, held, by, at), held.state)
    calls = list(run.shape().calls)
    held.instance = replace(instance, ended_at=at, end="cancelled")
    facts = {"reason": reason}
    lines = [
        Line("cancelled", by, row.element_id, plan.diagram.nodes[row.element_id].name)
        for row in rows
    ]
    held.chain.append(session, instance.id, at, [*lines, Line("ended", by, facts=facts)])
    _save(session, held, b"")
    store.drop_timers_of(session, instance.id)
    store.resolve_incidents_of(session, instance.id, at, by)
    _close(session, plan, [_closing(row._mapping, at, by, None) for row in rows])  # noqa: SLF001
    if calls:
        _cancel_children(session, instance.id, calls, by)
    _tell_ended(session, held, at)


def as_task(plan: Plan, row: Mapping[str, Any]) -> Task:
    """Return a task's record: its row, and what its diagram says of it."""
    node = plan.diagram.nodes[row["element_id"]]
    user = node.user
    assert user is not None  # noqa: S101 (only user tasks have rows)
    return Task(
        id=row["id"],
        instance_id=row["instance_id"],
        business_key=row["business_key"],
        element_id=node.id,
        name=node.name,
        name_en=node.name_en,
        step=user.step,
        role=user.role,
        assignee=user.assignee,
        limit=user.limit,
        form=user.form,
        outcomes=user.outcomes,
        withdrawable=user.withdrawable,
        data=MappingProxyType(row["data"]),
        opened_at=row["opened_at"],
        closed_at=row.get("closed_at"),
        closed_by=row.get("closed_by"),
        outcome=row.get("outcome"),
    )


def due_at(session: Session, held: Held, run: Run, token: Token) -> datetime | None:
    """Return when a waiting timer fires next; ``None`` while it has no date."""
    known = token.internal_data
    fired = known.get("fired")
    armed = Armed(
        datetime.fromisoformat(known["since"]),
        None if fired is None else datetime.fromisoformat(fired),
    )
    data = run.seen_by(token)
    place = TimerPlace(
        held.instance.business_key, data, token.task_spec.node.id, held.instance.id
    )
    due_dates = database_of(session).registry.due_dates

    def due(name: str) -> datetime | None:
        if name not in due_dates:
            raise Fault("timer", f"nobody knows the due date {name!r}")
        return due_dates[name](session, place)

    moment: datetime | None = token.task_spec.node.timer.next(armed, data, due)
    return moment


def set_timers(session: Session, held: Held, run: Run, tokens: Sequence[Token]) -> None:
    """Store when timers are due; one that has no date now may get one later."""
    rows = []
    for token in tokens:
        try:
            due = due_at(session, held, run, token)
        except Fault as fault:
            _raise_incident(session, held, token, "timer", fault)
            continue
        if due is not None:
            rows.append(
                {
                    "id": token.id,
                    "instance_id": held.instance.id,
                    "element_id": token.task_spec.node.id,
                    "due_at": due,
                }
            )
    if rows:
        store.add_timers(session, rows)


class _Hands:
    """What a run may ask for while it runs in a transaction."""

    def __init__(self, session: Session, held: Held, by: str, at: datetime) -> None:
        self._session = session
        self._held = held
        self._by = by
        self._at = at

    def now(self) -> datetime:
        """Return the time of the step: it stands still while the step runs."""
        return self._at

    def operate(
        self, token: Token, operation: str, parameters: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """Do an operation now, inside a savepoint, or leave it to a job."""
        known = database_of(self._session).registry.operations.get(operation)
        if known is None:
            raise Fault("operation", f"nobody knows the operation {operation!r}")
        _must_fit(known, parameters)
        if known.outside:
            token.internal_data["parameters"] = dict(parameters)
            return None
        return self._operate_inside(token, known, parameters)

    def _operate_inside(
        self, token: Token, operation: Operation, parameters: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        call = Call(
            self._session,
            self._held.instance,
            token.id,
            token.task_spec.node.id,
            MappingProxyType(dict(token.data)),
            self._by,
        )
        try:
            with self._session.begin_nested():
                written = operation.run(call, **parameters)
                return fit(written or {})
        except DBAPIError as error:
            if is_transient(error):
                raise
            raise Fault("operation", f"{operation.name}: {error.orig}") from error
        except Exception as error:
            reason = f"{operation.name}: {type(error).__name__}: {error}"
            raise Fault("operation", reason) from error


def _must_fit(operation: Operation, parameters: Mapping[str, Any]) -> None:
    """Refuse parameters that aren't of the types that the operation declares."""
    for name, value in parameters.items():
        wanted = operation.parameters.get(name)
        if wanted is None or not isinstance(value, wanted):
            reason = f"{operation.name}: {name!r} is {type(value).__name__}"
            raise Fault("operation", reason)


def _go(step: Step) -> None:
    try:
        step.run.go()
    except Runaway as error:
        raise RunawayProcess(step.held.instance.id, error.steps) from error


def _write_back(step: Step, lines: list[Line]) -> None:
    """Bring the tables in line with where the run waits now."""
    session, held, run, at, by = step.session, step.held, step.run, step.at, step.by
    after = run.shape()
    closed = [token for i, token in step.before.tasks.items() if i not in after.tasks]
    lines += [
        Line(note.kind, by, note.node.id, note.node.name, note.way, note.facts)
        for note in run.notes
    ]
    lines += [
        Line("cancelled", by, token.task_spec.node.id, token.task_spec.node.name)
        for token in closed
        if token.id not in step.completed
    ]
    if run.completed:
        held.instance = replace(held.instance, ended_at=at, end="completed")
        lines.append(Line("ended", by))
    held.chain.append(session, held.instance.id, at, lines)
    _save(session, held, machine.freeze(run))
    closings = [
        _closing(_opening(held, token, at), at, by, step.completed.get(token.id))
        for token in closed
    ]
    openings = [_opening(held, t, at) for i, t in after.tasks.items() if i not in step.before.tasks]
    shut = _close(session, held.plan, closings)
    if openings:
        store.add_tasks(session, openings)
    _sync_timers(step, after)
    _sync_incidents(step, after)
    _sync_errands(step, after)
    _sync_children(step, after)
    _tell(session, [as_task(held.plan, row) for row in openings])
    del shut
    if run.completed:
        _tell_ended(session, held, at)
