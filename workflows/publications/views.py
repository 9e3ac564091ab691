"""What pages and the API show of issues: who may read which, the lists, the archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from engine import Session
from workflows import rules
from workflows.actors import Actor
from workflows.calendar import office_day
from workflows.casefile import names_of
from workflows.errors import PublicationUnknown
from workflows.ladder import open_rungs
from workflows.publications.naming import named_in
from workflows.publications.receipts import leave_receipt
from workflows.readership import OUT, mine, open_to
from workflows.tables import (
    Delivery,
    Publication,
    PublicationPaper,
    PublicationState,
    PublicationUnit,
    Role,
    Suggestion,
)

ON_ITS_WAY = (PublicationState.DRAFT, PublicationState.SUBMITTED, PublicationState.APPROVED)
SHOWN = 500
OPENS_FIGURES = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.LEADER, Role.AUDITOR})
"""Who may see the rows behind the figures of an issue; they are of every unit."""
UNOPENED = (defer(Publication.content), defer(Publication.words))
"""What nobody needs who only hears that an issue waits; each page says so."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One issue with everything that its page says."""

    publication: Publication
    people: Mapping[int, str]
    named: Sequence[PublicationUnit]
    papers: Sequence[PublicationPaper]
    units: int
    read: int


@dataclass(frozen=True, slots=True)
class ArchiveFilter:
    """What of the archive is shown; an empty answer shows all."""

    serial: str | None = None
    year: int | None = None
    text: str = ""
    withdrawn: bool | None = None


def visible(session: Session, actor: Actor, publication_id: int) -> Publication:
    """Return an issue that the actor may read; any other doesn't exist for them."""
    wanted = select(Publication).where(Publication.id == publication_id, open_to(actor))
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise PublicationUnknown(publication_id)
    return found


def reading_of(session: Session, actor: Actor, publication_id: int) -> Reading:
    """Return an issue with its signatures, whom it names, its files and how many read it."""
    found = visible(session, actor, publication_id)
    ids = [
        getattr(found, f"{deed}_by_id")
        for deed in ("made", "saved", "submitted", "reviewed", "approved", "issued", "withdrawn")
    ]
    papers = session.scalars(
        select(PublicationPaper)
        .where(PublicationPaper.publication_id == found.id)
        .order_by(PublicationPaper.format)
    ).all()
    read = sum(delivery.read_at is not None for delivery in found.deliveries)
    return Reading(
        found,
        names_of(session, ids),
        named_in(session, found.id),
        papers,
        len(found.deliveries),
        read,
    )


def receipts(session: Session, actor: Actor, publication_id: int) -> Sequence[Delivery]:
    """Return whom an issue reached, those who haven't read it first; for the office."""
    rules.must_have(actor, *rules.OFFICE, Role.AUDITOR)
    found = visible(session, actor, publication_id)
    wanted = (
        select(Delivery)
        .where(Delivery.publication_id == found.id)
        .options(joinedload(Delivery.unit), joinedload(Delivery.post), joinedload(Delivery.read_by))
        .order_by(Delivery.read_at.is_not(None), Delivery.id)
    )
    return session.scalars(wanted).all()


def open_issue(session: Session, actor: Actor, publication_id: int) -> Publication:
    """Return an issue to somebody who opens it, and leave the receipt of their unit or post."""
    found = visible(session, actor, publication_id)
    if found.escalation_id is not None and found.item_id is not None:
        open_rungs(session, actor, found.item_id)
    if found.state in OUT:
        leave_receipt(session, actor, found)
    return found


# -- lists --------------------------------------------------------------------------------


def drafts(session: Session, actor: Actor) -> Sequence[Publication]:
    """Return what is on its way to being issued, the one saved last first; for the office."""
    rules.must_have(actor, *rules.OFFICE)
    wanted = _listed().where(Publication.state.in_(ON_ITS_WAY))
    return session.scalars(wanted.order_by(Publication.saved_at.desc())).all()


def put_aside(session: Session, actor: Actor) -> Sequence[Publication]:
    """Return the drafts that were put aside, the latest first; for the office."""
    rules.must_have(actor, *rules.OFFICE)
    wanted = _listed().where(Publication.state == PublicationState.DISCARDED)
    return session.scalars(wanted.order_by(Publication.saved_at.desc()).limit(SHOWN)).all()


def handed_on(session: Session) -> Sequence[Publication]:
    """Return the drafts that wait for their approval, their issue or, returned, to be mended."""
    states = (PublicationState.SUBMITTED, PublicationState.APPROVED)
    returned = and_(
        Publication.state == PublicationState.DRAFT, Publication.returned_at.is_not(None)
    )
    wanted = _listed().options(*UNOPENED).where(or_(Publication.state.in_(states), returned))
    return session.scalars(wanted).all()


def unread(session: Session, actor: Actor) -> Sequence[Delivery]:
    """Return what was delivered to the actor's units and posts, and nobody there has read."""
    wanted = (
        select(Delivery)
        .join(Publication, Publication.id == Delivery.publication_id)
        .where(
            Publication.state == PublicationState.ISSUED,
            Delivery.delivered_at.is_not(None),
            Delivery.read_at.is_(None),
            mine(actor),
        )
        .options(
            contains_eager(Delivery.publication).options(joinedload(Publication.serial), *UNOPENED)
        )
        .order_by(Delivery.id.desc())
        .limit(SHOWN)
    )
    return session.scalars(wanted).all()


def archive(
    session: Session, actor: Actor, wanted: ArchiveFilter | None = None
) -> Sequence[Publication]:
    """Return the issues that the actor may read, by serial and year, the latest first."""
    asked = wanted or ArchiveFilter()
    query = _listed().where(Publication.state.in_(OUT), open_to(actor))
    if asked.serial:
        query = query.where(Publication.serial_name == asked.serial)
    if asked.year:
        query = query.where(Publication.year == asked.year)
    if asked.withdrawn is not None:
        state = PublicationState.WITHDRAWN if asked.withdrawn else PublicationState.ISSUED
        query = query.where(Publication.state == state)
    for word in asked.text.split():
        query = query.where(Publication.words.contains(word, autoescape=True))
    ordered = query.order_by(
        Publication.year.desc(), Publication.issued_at.desc(), Publication.id.desc()
    )
    return session.scalars(ordered.limit(SHOWN)).all()


def years(session: Session, actor: Actor) -> Sequence[int]:
    """Return the years of the issues that the actor may read, the latest first."""
    wanted = select(Publication.year).where(Publication.state.in_(OUT), open_to(actor)).distinct()
    return [year for year in session.scalars(wanted.order_by(Publication.year.desc())) if year]


def _listed() -> Select[Publication]:
    return select(Publication).options(
        joinedload(Publication.serial), joinedload(Publication.saved_by)
    )


# -- for other rooms ----------------------------------------------------------------------


def named_units(session: Session, first: date, last: date) -> Sequence[PublicationUnit]:
    """Return whom the issues of some days praise and criticise; a withdrawn one names nobody."""
    wanted = (
        select(PublicationUnit)
        .join(Publication, Publication.id == PublicationUnit.publication_id)
        .where(Publication.state == PublicationState.ISSUED)
        .options(
            joinedload(PublicationUnit.publication),
            joinedload(PublicationUnit.suggestion).joinedload(Suggestion.item),
        )
        .order_by(PublicationUnit.id)
    )
    return [
        one
        for one in session.scalars(wanted)
        if one.publication.issued_at and first <= office_day(one.publication.issued_at) <= last
    ]
