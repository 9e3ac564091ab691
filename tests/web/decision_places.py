"""Decisions and differing instructions, brought to where their rights are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from workflows import items, people
from workflows.decisions.breakdown import BreakdownRow
from workflows.instructions import InstructionDetails, Words
from workflows.items import Registration
from workflows.tables import Person, Post, Role, Source, Urgency

if TYPE_CHECKING:
    from engine import Session
    from tests.web.places import Place
    from workflows.actors import Actor

LATER = date(2020, 12, 1)


def decided(place: Place) -> None:
    """Have a decision approved: it waits to be broken down."""
    registration = Registration(
        Source.EXECUTIVE_MEETING, "常务会议", "背街小巷改造", Urgency.NORMAL, secret=False
    )
    _open(place, registration)


def differing(place: Place) -> None:
    """Have two leaders' words differ: the director has to settle it."""
    with place.database.read() as session:
        leader = session.scalars(select(Post.id).where(Post.role == Role.LEADER)).first()
    details = InstructionDetails(others=(Words(leader or 0, "不能停。", differs=True),))
    registration = Registration(
        Source.CITY_INSTRUCTION, "市长批示", "渣土", Urgency.NORMAL, secret=False, details=details
    )
    _open(place, registration)


def row(place: Place) -> BreakdownRow:
    """Return a whole row of a breakdown for the place's unit."""
    with place.database.read() as session:
        leader = session.scalars(select(Post.id).where(Post.role == Role.LEADER)).first()
    return BreakdownRow("改造", "", leader, place.unit_id(), (), "某某", LATER)


def _open(place: Place, registration: Registration) -> None:
    register = items.register_item
    item = place.write(lambda session: register(session, _actor(session), registration))
    place.item_id = item.id
    place.step("zhangming", "approve", items.approve_item, "approve")


def _actor(session: Session) -> Actor:
    person = session.scalars(select(Person).where(Person.login == "liwen")).one()
    return people.actor_of(session, person.id)


WAITING: Mapping[str, Callable[[Place], None]] = {"decompose": decided, "resolve": differing}
"""How an item is brought to where a type of step waits."""
