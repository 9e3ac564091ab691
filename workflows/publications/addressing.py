"""Whom an issue is for: units and posts, each with a receipt of its own, or everybody."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from engine import Session
from workflows import rules, store
from workflows.actors import Actor, leaders
from workflows.errors import ChoiceUnknown
from workflows.publications.holding import held, locked, must_be
from workflows.tables import (
    Audience,
    Delivery,
    Item,
    Post,
    Publication,
    PublicationState,
    Unit,
    UnitKind,
)

ADDRESSED = (UnitKind.DEPARTMENT, UnitKind.COUNTY)
"""The kinds of units to which an issue for the units goes."""

COPIES_TO = 400
"""How long the line 抄送 may be."""

BEFORE_ISSUE = (PublicationState.DRAFT, PublicationState.SUBMITTED, PublicationState.APPROVED)


def address_first(session: Session, draft: Publication) -> None:
    """Address a new draft as its serial is, or to the units of the item that it is about."""
    draft.for_all = draft.serial.audience is Audience.EVERYBODY
    if draft.for_all:
        _put(session, draft, [unit.id for unit in units(session)], [])
    elif draft.serial.audience is Audience.UNITS and draft.item_id is not None:
        item = session.get_one(Item, draft.item_id)
        _put(session, draft, store.part_ids(session, item.id, item.round), [])


def address(
    session: Session,
    actor: Actor,
    publication_id: int,
    unit_ids: Collection[int],
    post_ids: Collection[int],
    *,
    for_all: bool = False,
) -> Publication:
    """Say whom a draft is for; nothing reaches them before it is issued."""
    draft = locked(session, actor, publication_id)
    must_be(draft, "address", *BEFORE_ISSUE)
    store.active_units(session, list(unit_ids))
    known = {post.id for post in leaders(session)}
    for post_id in post_ids:
        if post_id not in known:
            raise ChoiceUnknown("post", str(post_id), tuple(map(str, known)))
    draft.for_all = for_all
    _put(session, draft, unit_ids, post_ids)
    return draft


def copy_to(session: Session, actor: Actor, publication_id: int, copies_to: str) -> Publication:
    """Write the paper's line 抄送; as all of its text it stands once a director has it."""
    draft = held(session, actor, publication_id)
    told = copies_to.strip()
    rules.must_fit("copies_to", told, COPIES_TO)
    draft.copies_to = told
    session.flush()
    return draft


def units(session: Session) -> Sequence[Unit]:
    """Return the units to which an issue can go, in their order."""
    wanted = select(Unit).where(Unit.active, Unit.kind.in_(ADDRESSED))
    return session.scalars(wanted.order_by(Unit.kind, Unit.position, Unit.id)).all()


def posts(session: Session) -> Sequence[Post]:
    """Return the leaders' posts, to which a special report goes."""
    return leaders(session)


def _put(
    session: Session, draft: Publication, unit_ids: Collection[int], post_ids: Collection[int]
) -> None:
    """Keep the addressees who stay, and note who comes and goes."""
    rules.must_be_different(list(unit_ids))
    wanted = {("unit", each) for each in unit_ids} | {("post", each) for each in post_ids}
    for one in list(draft.deliveries):
        key = ("unit", one.unit_id) if one.unit_id else ("post", one.post_id or 0)
        if key in wanted:
            wanted.discard(key)
        else:
            draft.deliveries.remove(one)
            session.delete(one)
    for side, id_ in sorted(wanted):
        own = {"unit_id": id_} if side == "unit" else {"post_id": id_}
        draft.deliveries.append(Delivery(**own))
    session.flush()
