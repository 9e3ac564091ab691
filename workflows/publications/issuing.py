"""Issuing 签发: the number is taken, the files are kept, and everybody it is for is told."""

from engine import Session, now
from workflows import rules
from workflows.actors import Actor
from workflows.errors import PublicationUnknown
from workflows.notices import notify
from workflows.publications import papers, receipts
from workflows.publications.checks import must_be_ready
from workflows.publications.holding import locked, must_be, must_be_at
from workflows.publications.papers import Prepared
from workflows.publications.telling import facts_of
from workflows.serials import put_out
from workflows.tables import Publication, PublicationState, Role


def prepare(session: Session, actor: Actor, publication_id: int) -> Prepared:
    """Set what is to be issued as files, before the transaction in which it takes its number."""
    rules.must_have(actor, *rules.OFFICE)
    found = session.get(Publication, publication_id)
    if found is None:
        raise PublicationUnknown(publication_id)
    return papers.prepare(session, found)


def issue(
    session: Session,
    actor: Actor,
    publication_id: int,
    revision: int,
    prepared: Prepared | None = None,
) -> Publication:
    """Issue what was approved: its number is taken in this very transaction, or not at all.

    The issue is locked first and its serial's number last, so two who issue never wait for each
    other crosswise. ``prepared`` serves if the number is the one for which it was set; another
    issue may have come before.
    """
    draft = locked(session, actor, publication_id)
    must_be(draft, "issue", PublicationState.APPROVED)
    must_be_at(draft, revision)
    must_be_ready(session, actor, draft)
    put_out(session, draft, actor.person_id)
    papers.freeze(session, draft, prepared)
    receipts.deliver(session, draft)
    return draft


def withdraw(session: Session, actor: Actor, publication_id: int, reason: str) -> Publication:
    """Take an issue back: it keeps its number, says so, and counts for nobody any more."""
    rules.must_have(actor, Role.DIRECTOR)
    found = locked(session, actor, publication_id)
    must_be(found, "withdraw", PublicationState.ISSUED)
    found.withdrawn_reason = rules.must_give_reason(reason)
    found.state = PublicationState.WITHDRAWN
    found.withdrawn_by_id, found.withdrawn_at = actor.person_id, now(session)
    session.flush()
    told = facts_of(found) | {"reason": found.withdrawn_reason}
    for delivery in found.deliveries:
        notify(session, receipts.readers(session, delivery), "issue_withdrawn", facts=told)
    return found
