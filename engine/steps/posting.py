"""What one instance posts to another: written with the step, delivered after the commit."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.database import now

HOPS_SO_FAR: Final = "hops"
"""Where a delivery notes in its session how many instances have moved one another before."""


class Letter(StrEnum):
    """What one instance tells another."""

    CHILD_ENDED = "child_ended"
    CHILD_FAILED = "child_failed"
    CHILD_ESCALATED = "child_escalated"
    SIGNAL = "signal"
    MESSAGE = "message"
    OPERATED = "operated"
    RESCHEDULE = "reschedule"


def post(
    session: Session,
    instance_id: UUID,
    kind: Letter,
    by: str,
    *,
    task_id: UUID | None = None,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Post something to another instance; it is delivered after the commit."""
    at = now(session)
    values = {
        "instance_id": instance_id,
        "kind": kind,
        "task_id": task_id,
        "payload": payload,
        "by": by,
        "posted_at": at,
        "due_at": at,
        "attempts": 0,
        "hops": session.info.get(HOPS_SO_FAR, 0) + 1,
    }
    session.info["letters"].append(store.deliveries.add(session, values))
