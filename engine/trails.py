"""The way that an instance has come and where it stands, for marking its diagram."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine import machine, store
from engine.database import now
from engine.errors import InstanceUnknown
from engine.records import Trail
from engine.steps import Onlooker
from engine.versions import plan_of

ARRIVALS: Final = frozenset(
    {"opened", "operation", "called", "waiting", "timer", "message", "reached"}
)
"""The kinds of lines that say that an element was reached, each time anew."""


def trail(session: Session, instance_id: UUID) -> Trail:
    """Return the elements and flows that an instance has walked, and where it stands."""
    walked: set[str] = set()
    times: dict[str, int] = {}
    last: dict[str, datetime] = {}
    for row in store.history.ways(session, instance_id):
        walked.update(row.way.split())
        if row.element_id is not None:
            walked.add(row.element_id)
        if row.kind in ARRIVALS:
            times[row.element_id] = times.get(row.element_id, 0) + row.times
            last[row.element_id] = max(row.last, last.get(row.element_id, row.last))
    state = store.instances.state_of(session, instance_id)
    if state is None:
        raise InstanceUnknown(instance_id)
    standing = {} if state.ended_at else dict(_standing(session, state, last))
    return Trail(frozenset(walked), standing, times)


def _standing(
    session: Session, state: Row[tuple[int, bytes, datetime]], last: dict[str, datetime]
) -> Iterator[tuple[str, datetime]]:
    """Yield the elements where tokens wait, and since when; the outer before the inner."""
    plan = plan_of(session, state.definition_id)
    shape = machine.thaw(plan, Onlooker(now(session)), state.state).shape()
    for tokens in (shape.tasks, shape.calls, shape.errands, shape.faults, shape.timers):
        for token in tokens.values():
            node = token.task_spec.node
            if node.id in last and node.host is None:
                yield node.id, last[node.id]
