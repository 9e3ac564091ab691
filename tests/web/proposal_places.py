"""Proposals brought to where their rights are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select

import engine
from engine import MovableClock, Session
from tests.web.rewinding import stop
from workflows import assignments, closing, items, people, proposals, revisits
from workflows.actors import Actor
from workflows.assignments import UnitTask
from workflows.items import Registration
from workflows.proposals import (
    Contact,
    Draft,
    HandOut,
    Opinion,
    ProposalDetails,
    Signatory,
)
from workflows.revisits import Finding
from workflows.tables import (
    ContactWay,
    Handling,
    Person,
    Proposer,
    Reply,
    ReplyClass,
    ReplyRating,
    Source,
    Todo,
    Unit,
    Urgency,
)

if TYPE_CHECKING:
    from tests.web.places import Place

SESSION = "七届人大四次会议"
DAY, PROMISED = date(2020, 3, 2), date(2020, 3, 20)
TALK = Contact(ContactWay.VISIT, DAY, "已面商")
DRAFT = Draft("正在办理。", ReplyClass.B, True, "", "按期完工", PROMISED)  # noqa: FBT003
ACCEPT = Opinion(accept=True, disclosed=True)
NUMBER = "市交建〔2020〕1号"


def registration() -> Registration:
    """Return a proposal with a number of its own."""
    return Registration(
        source=Source.NPC_SUGGESTION,
        basis=SESSION,
        title="关于优化公交线路的建议",
        urgency=Urgency.NORMAL,
        secret=False,
        revisit_asked=True,
        details=ProposalDetails(
            SESSION,
            f"第{uuid4().hex[:12]}号",
            (Signatory("马代表", email="ma@example.cn"),),
            Handling.SINGLE,
        ),
    )


@stop
def waiting(place: Place) -> None:
    """Have a proposal approved: it waits to be handed over."""
    told = registration()
    register = items.register_item
    place.item_id = place.write(lambda session: register(session, actor(session, "liwen"), told).id)
    place.step("zhangming", "approve", items.approve_item, "approve")


@stop
def talking(place: Place) -> None:
    """Have the unit receive it alone: the talk with the proposers waits."""
    waiting(place)
    handed = HandOut(place.task("assign"), UnitTask(place.unit_id()), (), Handling.SINGLE)
    place.write(lambda session: proposals.assign_proposal(session, actor(session, "liwen"), handed))
    place.step(place.handler, "acknowledge", assignments.acknowledge)


def helping(place: Place) -> None:
    """Have another unit lead: the unit's opinion waits."""
    waiting(place)
    with place.database.read() as session:
        lead = session.scalars(select(Unit.id).where(Unit.name == "东城区政府")).one()
    handed = HandOut(place.task("assign"), UnitTask(lead), (UnitTask(place.unit_id()),))
    place.write(lambda session: proposals.assign_proposal(session, actor(session, "liwen"), handed))
    with place.database.read() as session:
        wanted = select(Todo.task_id).where(
            Todo.item_id == place.item_id, Todo.unit_id == place.unit_id()
        )
        own = session.scalars(wanted).one()
    place.write(
        lambda session: assignments.acknowledge(session, actor(session, place.handler), own)
    )


@stop
def replying(place: Place) -> None:
    """Have the unit talk with the proposers: its reply waits."""
    talking(place)
    place.step(place.handler, "contact", proposals.record_contact, TALK)


@stop
def drafted(place: Place) -> None:
    """Have the unit draft its reply: the review waits."""
    replying(place)
    place.step(place.handler, "reply", proposals.draft_reply, DRAFT)


@stop
def reviewed(place: Place) -> None:
    """Have the office accept the draft: the signature waits."""
    drafted(place)
    place.step("liwen", "review_reply", proposals.review_reply, ACCEPT)


@stop
def issued(place: Place) -> None:
    """Have the head sign: the ratings wait."""
    reviewed(place)
    signed = {"sign": True, "document_number": NUMBER}
    place.step(place.unit_head, "sign_reply", proposals.sign_reply, **signed)


@stop
def rated(place: Place) -> None:
    """Have the proposer rate: the office may go on."""
    issued(place)
    rating = ids_of(place)["rating_id"]
    place.write(
        lambda session: proposals.record_rating(
            session, actor(session, "liwen"), rating, "satisfied", "", "phone"
        )
    )


def promised(place: Place) -> None:
    """Have it closed and its promise come back: the unit's word waits."""
    rated(place)
    place.step("liwen", "satisfaction", proposals.settle_ratings)
    place.step("liwen", "revisit", revisits.record_revisit, Finding("on_site", "属实", solved=True))
    place.step("zhangming", "close", closing.close_item)
    clock = place.database.clock
    assert isinstance(clock, MovableClock)
    monday = clock.now()
    clock.set(monday + timedelta(days=18))
    while place.write(engine.wake_due):
        pass
    clock.set(monday)


WAITING: Mapping[str, Callable[[Place], None]] = {
    "proposal": waiting,
    "contact": talking,
    "opinion": helping,
    "reply": replying,
    "review_reply": drafted,
    "sign_reply": reviewed,
    "issued": issued,
    "satisfaction": rated,
    "promise": promised,
}
STEPS = {"proposal": "assign", "issued": "satisfaction"}
"""The step at which the place of another name waits."""


def ids_of(place: Place) -> dict[str, Any]:
    """Return the numbers of the latest reply and of a rating of it."""
    with place.database.read() as session:
        wanted = select(Reply.id).where(Reply.item_id == place.item_id).order_by(Reply.id.desc())
        reply_id = session.scalars(wanted).first()
        rating = select(ReplyRating.id).where(ReplyRating.reply_id == reply_id)
        proposer = select(Proposer.id).where(Proposer.item_id == place.item_id)
        return {
            "reply_id": reply_id or 0,
            "rating_id": session.scalars(rating).first() or 0,
            "proposer_id": session.scalars(proposer).first() or 0,
        }


def actor(session: Session, login: str) -> Actor:
    """Return somebody by the login."""
    person = session.scalars(select(Person).where(Person.login == login)).one()
    return people.actor_of(session, person.id)
