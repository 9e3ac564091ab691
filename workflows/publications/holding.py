"""What every verb on an issue begins and ends with: its lock, its state, its revision."""

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from engine import Session, now
from workflows import rules
from workflows.actors import Actor
from workflows.errors import DraftMoved, NotNow, PublicationUnknown
from workflows.tables import Publication, PublicationState, PublicationVersion

ONE_SITTING: Final = timedelta(minutes=10)
"""Within this time the savings of one person are one version; later ones begin another."""


def locked(session: Session, actor: Actor, publication_id: int) -> Publication:
    """Return an issue for one of the office, locked against others."""
    rules.must_have(actor, *rules.OFFICE)
    found = session.get(
        Publication, publication_id, with_for_update={"of": Publication}, populate_existing=True
    )
    if found is None:
        raise PublicationUnknown(publication_id)
    return found


def held(session: Session, actor: Actor, publication_id: int) -> Publication:
    """Return a draft that may be edited, locked against others."""
    draft = locked(session, actor, publication_id)
    must_be(draft, "edit", PublicationState.DRAFT)
    return draft


def must_be(publication: Publication, deed: str, *states: PublicationState) -> None:
    """Refuse a deed on an issue that is at another point."""
    if publication.state not in states:
        raise NotNow(deed, publication.state.value)


def must_be_at(draft: Publication, revision: int) -> None:
    """Refuse whoever has read another revision than the one that there is."""
    if draft.revision != revision:
        by = draft.saved_by.name if draft.saved_by else ""
        raise DraftMoved(draft.revision, by, draft.saved_at)


def moved(session: Session, actor: Actor, draft: Publication) -> None:
    """Note that a draft isn't the one any more that others have read."""
    draft.revision += 1
    draft.saved_by_id, draft.saved_at = actor.person_id, now(session)
    draft.reviewed_by_id = draft.reviewed_at = None
    session.flush()
    session.refresh(draft, ["saved_by"])


def keep_version(session: Session, draft: Publication, *, kept: bool = False) -> None:
    """Keep what a draft says now; savings of one sitting take each other's place."""
    before = session.scalars(
        select(PublicationVersion)
        .where(PublicationVersion.publication_id == draft.id)
        .order_by(PublicationVersion.revision.desc())
        .limit(1)
    ).first()
    if before is not None and before.revision == draft.revision:
        before.kept = before.kept or kept
    else:
        begun_at = draft.saved_at
        if before is not None and _in_one_sitting(before, draft):
            begun_at = before.begun_at
            session.delete(before)
        session.add(
            PublicationVersion(
                publication_id=draft.id,
                revision=draft.revision,
                title=draft.title,
                addressee=draft.addressee,
                content=draft.content,
                saved_by_id=draft.saved_by_id,
                saved_at=draft.saved_at,
                begun_at=begun_at,
                kept=kept,
            )
        )
    session.flush()


def _in_one_sitting(before: PublicationVersion, draft: Publication) -> bool:
    same = before.saved_by_id == draft.saved_by_id
    return same and not before.kept and draft.saved_at - before.begun_at < ONE_SITTING
