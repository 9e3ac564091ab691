"""What is thrown and leaves its instance, and who is there to catch it.

A message reaches one catcher: first in its own instance, then whoever has waited
longest for its name and key, then a process that it starts. If there is none, it is
kept for as long as it says. A signal reaches everyone who waits for it at that moment.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.database import now
from engine.diagrams import EventKind
from engine.errors import Fault
from engine.machine import KEY, Thrown, key_in
from engine.steps.posting import Letter, post
from engine.steps.step import Step

KEPT: Final = timedelta(days=1)
"""How long a message lives that doesn't say."""


def meet(step: Step) -> bool:
    """Let what was thrown meet who waits for it in the same instance; true if any did."""
    thrown, step.run.thrown = step.run.thrown, []
    moved = False
    for one in thrown:
        if one.kind is EventKind.MESSAGE and step.run.receive(one.name, one.key, one.payload or {}):
            moved = True
        else:
            step.leaving.append(one)
    return moved or (step.held.plan.routes and _meet_kept(step))


def send_out(step: Step) -> list[tuple[Thrown, store.Found]]:
    """Send what was thrown to other instances; return what starts processes, and which."""
    return [(thrown, start) for thrown in step.leaving for start in _sent(step, thrown)]


def _sent(step: Step, thrown: Thrown) -> list[store.Found]:
    if thrown.kind is EventKind.SIGNAL:
        return route_signal(step.session, thrown.name, step.by, but=step.held.instance.id)
    if thrown.kind is not EventKind.MESSAGE:
        _tell_caller(step, thrown)
        return []
    lives = None if thrown.event is None else thrown.event.lives
    expires = step.at + KEPT if lives is None else lives.after(step.at)
    key, payload = thrown.key or "", thrown.payload or {}
    return route_message(step.session, thrown.name, key, payload, expires, step.by)


def route_message(
    session: Session,
    name: str,
    key: str,
    payload: Mapping[str, Any],
    expires: datetime,
    by: str,
) -> list[store.Found]:
    """Post a message to the instance that waits for it, or keep it; return what it starts."""
    waiting = store.awaited.addressed(session, name, key)
    if waiting is None:
        starts = store.starts.named(session, EventKind.MESSAGE, name)
        if starts:
            return starts[:1]
        keep(session, name, key, payload, expires, by)
        return []
    letter = {"name": name, "key": key, "payload": payload, "expires": expires.isoformat()}
    post(session, waiting.instance_id, Letter.MESSAGE, by, payload=letter)
    return []


def route_signal(
    session: Session, name: str, by: str, but: UUID | None = None
) -> list[store.Found]:
    """Post a signal to every instance that waits for it; return what it starts."""
    for instance_id in store.awaited.listening(session, name):
        if instance_id != but:
            post(session, instance_id, Letter.SIGNAL, by, payload={"name": name})
    return store.starts.named(session, EventKind.SIGNAL, name)


def keep(
    session: Session,
    name: str,
    key: str,
    payload: Mapping[str, Any],
    expires: datetime,
    by: str,
) -> None:
    """Keep a message for whoever will wait for it."""
    values = {"name": name, "key": key, "payload": dict(payload), "by": by}
    store.messages.add(session, {**values, "sent_at": now(session), "expires_at": expires})


def _meet_kept(step: Step) -> bool:
    """Give a token that has begun to wait a message that came before it."""
    for token in step.run.shape().routed.values():
        event = token.task_spec.node.awaited.event
        if token.id in step.before.routed or token.id in step.met or event.correlation is None:
            continue
        step.met.add(token.id)
        try:
            key = key_in(event.correlation, token.data)
        except Fault as fault:
            step.run.failed(token, fault)
            return True
        token.internal_data[KEY] = key
        kept = store.messages.take(step.session, event.name or "", key, step.at)
        if kept is not None:
            step.run.take(token, kept.payload)
            return True
    return False


def _tell_caller(step: Step, thrown: Thrown) -> None:
    instance = step.held.instance
    if instance.parent_id is None:
        return
    error = thrown.kind is EventKind.ERROR
    payload = {"code": thrown.name, "round": instance.round or 0, "item": instance.item}
    post(
        step.session,
        instance.parent_id,
        Letter.CHILD_FAILED if error else Letter.CHILD_ESCALATED,
        step.by,
        task_id=instance.parent_task_id,
        payload=payload,
    )
