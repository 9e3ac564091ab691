"""草稿: what drafts of diagrams and of decision tables have in common, from opening to ending."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import select

from engine import Session, now
from workflows import rules
from workflows.actors import Actor
from workflows.errors import (
    DraftEnded,
    DraftMoved,
    DraftOpen,
    DraftUnread,
    DrawingUnknown,
    NewestAlready,
)
from workflows.tables import Drawing, DrawingState, Role, TableDraft

Either = Drawing | TableDraft
Draft = TypeVar("Draft", Drawing, TableDraft)


def one(session: Session, kind: type[Draft], draft_id: int, by: Actor) -> Draft:
    """Return a draft, whatever became of it."""
    rules.must_have(by, Role.ADMINISTRATOR)
    found = session.get(kind, draft_id)
    if found is None:
        raise DrawingUnknown(draft_id)
    return found


def every_open(session: Session, kind: type[Draft], by: Actor) -> Sequence[Draft]:
    """Return every draft that is open, the one saved last first."""
    rules.must_have(by, Role.ADMINISTRATOR)
    wanted = select(kind).where(kind.state == DrawingState.OPEN)
    return session.scalars(wanted.order_by(kind.saved_at.desc(), kind.id.desc())).all()


def hold(session: Session, kind: type[Draft], draft_id: int, by: Actor) -> Draft:
    """Return a draft that is open, locked against others."""
    rules.must_have(by, Role.ADMINISTRATOR)
    found = session.get(kind, draft_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise DrawingUnknown(draft_id)
    if found.state is not DrawingState.OPEN:
        raise DraftEnded(found.state.value)
    return found


def as_read(
    session: Session, kind: type[Draft], draft_id: int, by: Actor, revision: int | None
) -> Draft:
    """Return an open draft, locked, or refuse to decide about one that was saved since."""
    held = hold(session, kind, draft_id, by)
    if revision is not None and revision != held.revision:
        raise DraftUnread(held.revision, held.saved_by.name, held.saved_at)
    return held


def must_not_have_moved(held: Either, revision: int) -> None:
    """Refuse to write over what somebody else has saved since it was read."""
    if held.revision != revision:
        raise DraftMoved(held.revision, held.saved_by.name, held.saved_at)


def must_be_none(found: Either | None) -> None:
    """Refuse where a draft is open already: there is one at a time."""
    if found is not None:
        raise DraftOpen(found.id, found.saved_by.name, found.saved_at)


def put_aside(session: Session, held: Either) -> None:
    """End a draft without deploying it; it isn't lost."""
    held.state, held.ended_at = DrawingState.DISCARDED, now(session)
    session.flush()


def take_up(session: Session, draft: Either, beside: Either | None) -> None:
    """Open a draft again that was put aside; one of somebody's own stands alone."""
    if draft.state is not DrawingState.DISCARDED:
        raise DraftEnded(draft.state.value)
    if draft.older_id is None:
        must_be_none(beside)
    draft.state, draft.ended_at = DrawingState.OPEN, None
    session.flush()


def begun_anew(
    session: Session, returning: Iterable[Draft], older_id: int, base_id: int
) -> Draft | None:
    """Return what brings an older version back over this one already; any other is put aside."""
    for draft in returning:
        if (draft.older_id, draft.base_id) == (older_id, base_id):
            return draft
        put_aside(session, draft)
    return None


def rebase(session: Session, held: Either, newest_id: int | None) -> None:
    """Let a draft stand on the newest version, though it was begun on an older one.

    It is read anew, but stays the work of whoever wrote it: they don't review it.
    """
    if newest_id is None or newest_id == held.base_id:
        raise NewestAlready
    held.base_id, held.revision = newest_id, held.revision + 1
    session.flush()


def moved(session: Session, held: Either, by: Actor) -> None:
    """Note that a draft isn't the one any more that others have read."""
    held.revision += 1
    held.saved_by_id, held.saved_at = by.person_id, now(session)
    session.flush()
    session.refresh(held, ["saved_by"])


def deployed(session: Session, held: Either, version_id: int) -> None:
    """End a draft as the version that it became."""
    held.state, held.ended_at = DrawingState.DEPLOYED, now(session)
    held.definition_id = version_id
    session.flush()
