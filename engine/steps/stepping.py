"""One step of one instance: thaw, run, and bring the tables in line, or nothing at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from sqlalchemy.orm import Session

from engine import machine, store
from engine.database import now
from engine.errors import RunawayProcess
from engine.history import Line
from engine.ids import new_id
from engine.machine import Calling, Run, Runaway, Shape, Thrown
from engine.records import Instance, Task
from engine.registry import registry_of
from engine.steps import routing, tasks, writing
from engine.steps.cancelling import cancel_children, cancelled_line, tell_ended
from engine.steps.hands import Hands
from engine.steps.held import Held, add, save
from engine.steps.step import Step, spoiling, thawed
from engine.steps.written import told_of
from engine.versions import plan_of

Told = tuple[list[Task], list[Task]]
"""The tasks that were closed and opened."""


@contextmanager
def stepping(session: Session, held: Held, by: str) -> Iterator[Step]:
    """Thaw an instance, let the caller touch it, run it, and write it back."""
    held.must_run()
    at = now(session)
    run = thawed(session, held, by, at)
    step = Step(session, held, by, at, run, run.shape())
    held.busy = True
    try:
        yield step
        told = _finish(step)
    finally:
        held.busy = False
    _tell(step, *told)


def begin(
    session: Session,
    instance: Instance,
    data: Mapping[str, Any],
    *,
    depth: int,
    by: str,
    at: str | None = None,
) -> Instance:
    """Store a new instance and run it to its first waits, from the start event named if any."""
    held = Held(instance, plan_of(session, instance.definition_id), depth, busy=True)
    add(session, held)
    _tell_started(session, instance)
    hands = Hands(session, held, by, instance.started_at)
    run = Run(held.plan, hands, called=instance.parent_id is not None)
    step = Step(session, held, by, instance.started_at, run, Shape())
    run.begin(data, at)
    facts = {"process": instance.process_id, "definition": instance.definition_id}
    facts |= told_of(session, held.plan, data)
    step.lines.append(Line("started", by, facts=facts))
    told = _finish(step)
    held.busy = False
    _tell(step, *told)
    return held.instance


def begin_by(
    session: Session, start: store.Found, key: str, data: Mapping[str, Any], by: str
) -> Instance:
    """Start a process by an event of its own."""
    instance = Instance(
        id=new_id(),
        definition_id=start.definition_id,
        process_id=start.process_id,
        business_key=key,
        parent_id=None,
        parent_task_id=None,
        item=None,
        round=None,
        started_at=now(session),
    )
    node = plan_of(session, start.definition_id).diagram.nodes[start.element_id]
    taken = {name: data[name] for name in node.event.takes if name in data}
    return begin(session, instance, taken, depth=0, by=by, at=node.id)


def _finish(step: Step) -> Told:
    """Run to the next waits, meet what was sent meanwhile, and write back."""
    with spoiling(step.session):
        try:
            step.run.go()
            while routing.meet(step):
                step.run.go()
        except Runaway as error:
            raise RunawayProcess(step.held.instance.id, error.steps) from error
        return _write_back(step)


def _write_back(step: Step) -> Told:
    """Bring the tables in line with where the run waits now."""
    session, held, run, at, by = step.session, step.held, step.run, step.at, step.by
    before, after, lines = step.before, run.shape(), step.lines
    closed = {i: token for i, token in before.tasks.items() if i not in after.tasks}
    lines += [_line(note, by) for note in run.notes]
    lines += [cancelled_line(t, by) for i, t in closed.items() if i not in step.completed]
    if run.completed:
        held.instance = replace(held.instance, ended_at=at, end=run.end)
        lines.append(Line("ended", by, facts={} if run.end == "completed" else {"end": run.end}))
    save(session, held, machine.freeze(run), at, lines)
    outcomes = {i: step.completed[i].outcome if i in step.completed else None for i in closed}
    tasks.close_rows(session, outcomes, at, by)
    opened = [token for i, token in after.tasks.items() if i not in before.tasks]
    told_opened = tasks.open_rows(session, held, opened, at)
    writing.write_faults(step, after)
    writing.write_errands(step, after)
    told_closed = [tasks.closed_record(session, i, step.completed.get(i), at, by) for i in closed]
    _write_calls(step, after)
    writing.write_awaited(step, after)
    for thrown, start in routing.send_out(step):
        _begin_thrown(step, thrown, start)
    writing.write_timers(step, after)  # last: what a child does as it starts may move our dates
    if run.completed:
        store.incidents.resolve_of(session, held.instance.id, at, by)
    return told_closed, told_opened


def _write_calls(step: Step, after: Shape) -> None:
    kept = {*after.callers, *step.returned}
    gone = [i for i in step.before.callers if i not in kept]
    if gone:
        cancel_children(step.session, step.held.instance.id, gone, step.by)
    for calling in step.run.calls:
        if calling.token.id in after.callers:
            _start_child(step, calling)


def _start_child(step: Step, calling: Calling) -> None:
    """Start an instance of the newest version; nobody else knows it before the commit."""
    process_id = calling.token.task_spec.node.call.process_id
    child = Instance(
        id=new_id(),
        definition_id=cast(int, store.definitions.newest_id(step.session, process_id)),
        process_id=process_id,
        business_key=step.held.instance.business_key,
        parent_id=step.held.instance.id,
        parent_task_id=calling.token.id,
        item=calling.item,
        round=calling.index,
        started_at=step.at,
    )
    begin(step.session, child, calling.data, depth=step.held.depth + 1, by=step.by)


def _begin_thrown(step: Step, thrown: Thrown, start: store.Found) -> None:
    """Start a process by the message or signal that was thrown."""
    key = thrown.key or f"{start.process_id}:{new_id().hex}"
    begin_by(step.session, start, key, thrown.payload or {}, step.by)


def _tell(step: Step, closed: list[Task], opened: list[Task]) -> None:
    """Tell the host and the caller's instance, once the tables are in line."""
    with spoiling(step.session):
        tasks.tell_closed(step.session, closed)
        tasks.tell_opened(step.session, opened)
        if step.run.completed:
            tell_ended(step.session, step.held, step.run.known(), step.by)


def _tell_started(session: Session, instance: Instance) -> None:
    listener = registry_of(session).listener
    if listener is not None:
        with spoiling(session):
            listener.started(session, instance)


def _line(note: machine.Note, by: str) -> Line:
    return Line(note.kind, by, note.node.id, note.node.name, note.way, note.facts)
