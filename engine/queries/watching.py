"""The watchdog: instances that stand still, and nothing in the world will move them."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from engine import machine, store
from engine.database import now
from engine.diagrams import EventKind
from engine.errors import StateUnreadable
from engine.machine import Token
from engine.records import Instance
from engine.steps import Onlooker
from engine.versions import plan_of

OUTSIDE = frozenset({EventKind.MESSAGE, EventKind.CONDITION})
"""What a host may still bring, though no table says that it is awaited."""


def standing_still(session: Session) -> Sequence[Instance]:
    """Return the running instances that nobody and nothing will move on, the oldest first.

    Such a one has no open task, no timer, no child, no job, nothing posted or awaited, no
    incident that says why, isn't suspended, and waits for nothing that its host could send.
    """
    return [one for one in store.overview.without_reason(session) if _stands(session, one)]


def _stands(session: Session, instance: Instance) -> bool:
    found = store.instances.state_of(session, instance.id)
    if found is None:
        return False
    plan = plan_of(session, instance.definition_id)
    called = instance.parent_id is not None
    try:
        run = machine.thaw(plan, Onlooker(now(session)), found.state, called=called)
    except StateUnreadable:
        return True
    shape = run.shape()
    return not shape.errands and not any(_may_move(token) for token in shape.others.values())


def _may_move(token: Token) -> bool:
    return token.task_spec.node.awaited.event.kind in OUTSIDE
