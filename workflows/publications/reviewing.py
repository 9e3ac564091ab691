"""An issue's way to its approval: submitted, reviewed, remarked on, approved or returned."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from engine import Session, now
from workflows import rules
from workflows.actors import Actor, holders
from workflows.errors import OwnDraft, PublicationUnknown
from workflows.notices import notify
from workflows.publications.checks import must_be_ready
from workflows.publications.holding import (
    held,
    keep_version,
    locked,
    must_be,
    must_be_at,
)
from workflows.publications.telling import facts_of
from workflows.tables import (
    Person,
    Publication,
    PublicationRemark,
    PublicationState,
    Role,
)

QUOTE = 200


def submit(session: Session, actor: Actor, publication_id: int, revision: int) -> Publication:
    """Hand a draft to the directors; it mustn't have an error, and stays as it is from now on."""
    draft = held(session, actor, publication_id)
    must_be_at(draft, revision)
    must_be_ready(session, actor, draft)
    draft.state = PublicationState.SUBMITTED
    draft.submitted_by_id, draft.submitted_at = actor.person_id, now(session)
    draft.returned_by_id, draft.returned_at, draft.returned_reason = None, None, ""
    keep_version(session, draft, kept=True)
    others = [each for each in holders(session, Role.DIRECTOR) if each.id != actor.person_id]
    notify(session, others, "issue_submitted", facts=facts_of(draft) | {"by": actor.name})
    return draft


def review(session: Session, actor: Actor, publication_id: int, revision: int) -> Publication:
    """Note that a second one of the office has read a draft and stands by it."""
    draft = locked(session, actor, publication_id)
    must_be(draft, "review", PublicationState.SUBMITTED)
    must_be_at(draft, revision)
    if actor.person_id in (draft.made_by_id, draft.saved_by_id, draft.submitted_by_id):
        raise OwnDraft
    draft.reviewed_by_id, draft.reviewed_at = actor.person_id, now(session)
    session.flush()
    return draft


def approve(session: Session, actor: Actor, publication_id: int, revision: int) -> Publication:
    """Let an issue go out as it was read; whoever drafted it doesn't approve it alone."""
    rules.must_have(actor, Role.DIRECTOR)
    draft = locked(session, actor, publication_id)
    must_be(draft, "approve", PublicationState.SUBMITTED)
    must_be_at(draft, revision)
    if is_alone(actor, draft):
        raise OwnDraft
    must_be_ready(session, actor, draft)
    draft.state = PublicationState.APPROVED
    draft.approved_by_id, draft.approved_at = actor.person_id, now(session)
    session.flush()
    _tell_drafter(session, actor, draft, "issue_approved")
    return draft


def give_back(
    session: Session, actor: Actor, publication_id: int, revision: int, reason: str
) -> Publication:
    """Return a draft to its drafter with the reason; an approved one too, before it is issued.

    It waits for them until it is submitted again.
    """
    rules.must_have(actor, Role.DIRECTOR)
    draft = locked(session, actor, publication_id)
    must_be(draft, "return", PublicationState.SUBMITTED, PublicationState.APPROVED)
    must_be_at(draft, revision)
    draft.returned_reason = rules.must_give_reason(reason)
    draft.returned_by_id, draft.returned_at = actor.person_id, now(session)
    _tell_drafter(session, actor, draft, "issue_returned", reason=draft.returned_reason)
    _open_again(session, draft)
    return draft


def take_back(session: Session, actor: Actor, publication_id: int) -> Publication:
    """Take back what one has submitted, as long as no director has approved it."""
    draft = locked(session, actor, publication_id)
    must_be(draft, "take_back", PublicationState.SUBMITTED)
    _open_again(session, draft)
    return draft


def is_alone(actor: Actor, draft: Publication) -> bool:
    """Say whether nobody but the actor has stood by the words of a draft."""
    own = actor.person_id in (draft.made_by_id, draft.submitted_by_id, draft.saved_by_id)
    return own and draft.reviewed_by_id in (None, actor.person_id)


def _open_again(session: Session, draft: Publication) -> None:
    draft.state = PublicationState.DRAFT
    draft.submitted_by_id = draft.submitted_at = None
    draft.reviewed_by_id = draft.reviewed_at = None
    draft.approved_by_id = draft.approved_at = None
    session.flush()


def _tell_drafter(
    session: Session, actor: Actor, draft: Publication, kind: str, **more: object
) -> None:
    """Tell whoever began, saved last and submitted a draft."""
    ids = {draft.made_by_id, draft.saved_by_id, draft.submitted_by_id} - {None, actor.person_id}
    persons = session.scalars(select(Person).where(Person.id.in_(ids))).all()
    notify(session, persons, kind, facts=facts_of(draft) | {"by": actor.name, **more})


# -- remarks ------------------------------------------------------------------------------


def remark(
    session: Session,
    actor: Actor,
    publication_id: int,
    text: str,
    quote: str = "",
    answers_id: int | None = None,
) -> PublicationRemark:
    """Remark on a draft or on a passage of it, or answer what somebody has remarked."""
    draft = locked(session, actor, publication_id)
    must_be(draft, "remark", PublicationState.DRAFT, PublicationState.SUBMITTED)
    if answers_id is not None:
        _remark_of(session, draft, answers_id)
    made = PublicationRemark(
        publication_id=draft.id,
        answers_id=answers_id,
        text=rules.must_say("text", text),
        quote=quote.strip()[:QUOTE],
        author_id=actor.person_id,
        at=now(session),
    )
    session.add(made)
    session.flush()
    return made


def settle_remark(
    session: Session, actor: Actor, publication_id: int, remark_id: int, *, settled: bool = True
) -> PublicationRemark:
    """Note that a remark is settled, or open it again."""
    draft = locked(session, actor, publication_id)
    must_be(draft, "remark", PublicationState.DRAFT, PublicationState.SUBMITTED)
    found = _remark_of(session, draft, remark_id)
    found.settled_by_id = actor.person_id if settled else None
    found.settled_at = now(session) if settled else None
    session.flush()
    return found


def _remark_of(session: Session, draft: Publication, remark_id: int) -> PublicationRemark:
    """Return a remark on a draft; answers are no remarks of their own."""
    found = session.get(PublicationRemark, remark_id)
    if found is None or found.publication_id != draft.id or found.answers_id is not None:
        raise PublicationUnknown(draft.id)
    return found


def remarks(session: Session, actor: Actor, publication_id: int) -> Sequence[PublicationRemark]:
    """Return what was remarked on a draft, the open ones first."""
    rules.must_have(actor, *rules.OFFICE)
    wanted = (
        select(PublicationRemark)
        .where(
            PublicationRemark.publication_id == publication_id,
            PublicationRemark.answers_id.is_(None),
        )
        .options(joinedload(PublicationRemark.author), selectinload(PublicationRemark.answers))
        .order_by(PublicationRemark.settled_at.is_not(None), PublicationRemark.id)
    )
    return session.scalars(wanted).all()
