"""Brings the tables in line with where a run waits now: timers, messages, faults, errands."""

from typing import Final

from engine import store
from engine.machine import KEY, Shape
from engine.steps.arming import arm, note_incident
from engine.steps.cancelling import call_back, errand
from engine.steps.step import Step

OPERATION: Final = "operation"
"""The kind of job that does an operation outside the house."""


def write_timers(step: Step, after: Shape) -> None:
    """Store when the timers are due that now wait, and forget those that don't."""
    gone = [i for i in step.before.timers if i not in after.timers]
    fresh = [token for i, token in after.timers.items() if i not in step.before.timers]
    if step.held.timers_moved:
        step.held.timers_moved = False
        gone, fresh = list(step.before.timers), list(after.timers.values())
    if gone and store.timers.drop(step.session, gone) < len(gone):
        # One had no date, perhaps since that couldn't be told: nobody need mend it now.
        store.incidents.resolve_tokens(step.session, gone, step.at, step.by)
    if fresh:
        arm(step.session, step.held, step.run, fresh)


def write_awaited(step: Step, after: Shape) -> None:
    """Store what is now awaited from elsewhere, and forget what isn't."""
    gone = [i for i in step.before.routed if i not in after.routed]
    fresh = [token for i, token in after.routed.items() if i not in step.before.routed]
    if gone:
        store.awaited.drop(step.session, gone)
    rows = [
        {
            "id": token.id,
            "instance_id": step.held.instance.id,
            "element_id": token.task_spec.node.awaited.id,
            "kind": token.task_spec.node.awaited.event.kind,
            "name": token.task_spec.node.awaited.event.name,
            "key": token.internal_data.get(KEY),
            "since": step.at,
        }
        for token in fresh
    ]
    if rows:
        store.awaited.add(step.session, rows)


def write_faults(step: Step, after: Shape) -> None:
    """Make an incident of each rule that has failed, and close those that were mended."""
    anew = {token.id for token, _ in step.run.faults}
    mended = [i for i in step.before.faults if i not in after.faults or i in anew]
    if mended:
        store.incidents.resolve_tokens(step.session, mended, step.at, step.by)
    for token, fault in step.run.faults:
        if token.id in after.faults:
            note_incident(step.session, step.held, token, fault.code, fault)


def write_errands(step: Step, after: Shape) -> None:
    """Leave to the worker each operation that leaves the house; call back what is moot."""
    gone = [i for i in step.before.errands if i not in after.errands]
    if call_back(step.session, gone):
        moot = [i for i in gone if i not in after.faults]
        store.incidents.resolve_tokens(step.session, moot, step.at, step.by)
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
        store.jobs.add(step.session, {**job, "job_key": errand(token.id)})
