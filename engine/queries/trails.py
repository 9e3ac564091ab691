"""The way that an instance has come and where it stands, for marking its diagram."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine import machine, store
from engine.database import now
from engine.diagrams import EventKind, Kind, Node
from engine.errors import InstanceUnknown
from engine.records import Trail
from engine.steps import Onlooker
from engine.versions import plan_of

ARRIVALS: Final = frozenset(
    {"opened", "operation", "decided", "called", "waiting", "threw", "reached"}
)
"""The kinds of lines that say that an element was reached, each time anew."""
HAPPENED: Final = frozenset(EventKind) | {"passed"}
"""Those that say that something happened: an arrival, unless it was waited for before."""
WAITERS: Final = frozenset({Kind.CATCH, Kind.RECEIVE, Kind.FORK, Kind.INCLUSIVE})
"""The elements that a token waits at, with a line of its own, before anything happens there."""


def trail(session: Session, instance_id: UUID) -> Trail:
    """Return the elements and flows that an instance has walked, and where it stands."""
    walked: set[str] = set()
    times: dict[str, int] = {}
    last: dict[str, datetime] = {}
    state = store.instances.state_of(session, instance_id)
    if state is None:
        raise InstanceUnknown(instance_id)
    nodes = plan_of(session, state.definition_id).diagram.nodes
    for row in store.history.ways(session, instance_id):
        walked.update(row.way.split())
        if row.element_id is not None:
            walked.add(row.element_id)
        if _arrives(row.kind, nodes.get(row.element_id)):
            times[row.element_id] = times.get(row.element_id, 0) + row.times
            last[row.element_id] = max(row.last, last.get(row.element_id, row.last))
    standing = {} if state.ended_at else dict(_standing(session, state, last))
    return Trail(frozenset(walked), standing, times)


def _arrives(kind: str, node: Node | None) -> bool:
    waited = node is not None and node.kind in WAITERS
    return kind in ARRIVALS or (kind in HAPPENED and not waited)


def _standing(
    session: Session, state: Row[tuple[int, bytes, datetime]], last: dict[str, datetime]
) -> Iterator[tuple[str, datetime]]:
    """Yield the elements where tokens wait, and since when; the outer before the inner."""
    plan = plan_of(session, state.definition_id)
    shape = machine.thaw(plan, Onlooker(now(session)), state.state).shape()
    waiting = (shape.tasks, shape.calls, shape.errands, shape.faults, shape.timers)
    for tokens in (*waiting, shape.routed, shape.others):
        for token in tokens.values():
            node = token.task_spec.node
            if node.id in last and node.host is None:
                yield node.id, last[node.id]
