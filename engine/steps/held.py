"""An instance under its lock, for the rest of a transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.errors import (
    InstanceBusy,
    InstanceEnded,
    InstanceMoved,
    InstanceSuspended,
    InstanceUnknown,
)
from engine.history import Chain, Line
from engine.machine import Plan
from engine.records import Instance
from engine.versions import plan_of


@dataclass(slots=True)
class Held:
    """A locked instance: what was read of it, and what this transaction has made of it."""

    instance: Instance
    plan: Plan
    depth: int = 0
    state: bytes = b""
    version: int = 0
    chain: Chain = field(default_factory=Chain)
    busy: bool = False
    timers_moved: bool = False

    def must_run(self) -> None:
        """Refuse to move an instance that has ended, is suspended, or is in a step already."""
        self.must_be_open()
        if self.instance.suspended_at is not None:
            raise InstanceSuspended(self.instance.id, self.instance.suspended_at)

    def must_be_open(self) -> None:
        """Refuse to touch an instance that has ended, or is in the middle of a step."""
        if self.busy:
            raise InstanceBusy(self.instance.id)
        if self.instance.ended_at is not None:
            raise InstanceEnded(self.instance.id, self.instance.ended_at, self.instance.end)


def hold(session: Session, instance_id: UUID) -> Held:
    """Return an instance under its lock; once locked it isn't read again."""
    held: Held | None = session.info["held"].get(instance_id)
    if held is not None:
        return held
    row = store.instances.lock(session, instance_id)
    if row is None:
        raise InstanceUnknown(instance_id)
    return keep(session, row)


def keep(session: Session, row: store.Found) -> Held:
    """Remember a locked row until the transaction ends."""
    *shown, depth, state, version, length, head = row
    instance = Instance(*shown)
    known: Held | None = session.info["held"].get(instance.id)
    if known is not None:
        return known
    plan = plan_of(session, instance.definition_id)
    held = Held(instance, plan, depth, state, version, Chain(length, head))
    session.info["held"][instance.id] = held
    return held


def add(session: Session, held: Held) -> None:
    """Store a new instance, still without a state."""
    instance = held.instance
    session.info["held"][instance.id] = held
    store.instances.add(
        session,
        {
            "id": instance.id,
            "definition_id": instance.definition_id,
            "process_id": instance.process_id,
            "business_key": instance.business_key,
            "parent_id": instance.parent_id,
            "parent_task_id": instance.parent_task_id,
            "depth": held.depth,
            "item": instance.item,
            "round": instance.round,
            "state": held.state,
            "version": held.version,
            "history_length": held.chain.length,
            "history_head": held.chain.head,
            "started_at": instance.started_at,
            "ended_at": None,
            "end": None,
        },
    )


def save(session: Session, held: Held, state: bytes, at: datetime, lines: Sequence[Line]) -> None:
    """Store a new state and its history, or refuse if somebody wrote without the lock."""
    instance = held.instance
    sealed = held.chain.sealed(session, instance.id, at, lines)
    saved = store.instances.save(
        session,
        {
            "instance": instance.id,
            "was": held.version,
            "state": state,
            "version": held.version + 1,
            "history_length": held.chain.length,
            "history_head": held.chain.head,
            "ended_at": instance.ended_at,
            "end": instance.end,
            "suspended_at": instance.suspended_at,
        },
    )
    if not saved:
        raise InstanceMoved(instance.id)
    held.state = state
    held.version += 1
    if sealed:
        store.history.add(session, sealed)
