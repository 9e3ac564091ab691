"""Drafts: what somebody typed into a step and didn't send yet."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine import Session, now
from workflows import rules, store
from workflows.actors import Actor
from workflows.tables import Draft


def save_draft(session: Session, actor: Actor, task_id: UUID, fields: Mapping[str, Any]) -> Draft:
    """Keep what the actor typed into a step so far."""
    todo = store.visible_todo(session, actor, task_id)
    rules.must_be_theirs(actor, todo)
    draft = store.draft_of(session, task_id, actor.person_id)
    if draft is None:
        draft = Draft(task_id=task_id, person_id=actor.person_id)
        session.add(draft)
    draft.fields, draft.saved_at = dict(fields), now(session)
    session.flush()
    return draft


def draft_of(session: Session, actor: Actor, task_id: UUID) -> Draft | None:
    """Return what the actor typed into a step so far."""
    return store.draft_of(session, task_id, actor.person_id)


def drop_draft(session: Session, actor: Actor, task_id: UUID) -> None:
    """Forget a draft."""
    draft = store.draft_of(session, task_id, actor.person_id)
    if draft is not None:
        session.delete(draft)
