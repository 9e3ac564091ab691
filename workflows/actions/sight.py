"""Who may know of which action, station, problem or letter; nothing else exists for them."""

from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true

from engine import Session
from workflows import store
from workflows.errors import ActionUnknown
from workflows.methods import Method
from workflows.rules import Acting
from workflows.tables import (
    ActionItem,
    ActionState,
    ActionUnit,
    Item,
    Letter,
    Station,
    StationProblem,
    SupervisionAction,
)

T = TypeVar("T")


def actions_open_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may know of an action.

    The office, leaders and auditors know of all; units of what concerns them, but of an
    unannounced one 暗访 only once it is done.
    """
    if store.sees_all(actor):
        return true()
    told = or_(
        SupervisionAction.method != Method.UNANNOUNCED,
        SupervisionAction.state == ActionState.DONE,
    )
    own = select(ActionUnit.unit_id).where(ActionUnit.action_id == SupervisionAction.id)
    about = select(ActionItem.item_id).where(ActionItem.action_id == SupervisionAction.id)
    concerns = or_(
        exists(own.where(ActionUnit.unit_id.in_(_units(actor)))),
        exists(about.where(ActionItem.item_id.in_(_items(actor)))),
    )
    return and_(told, concerns)


def stations_open_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may know of a station."""
    if store.sees_all(actor):
        return true()
    owns = select(StationProblem.id).where(
        StationProblem.station_id == Station.id, StationProblem.owner_unit_id.in_(_units(actor))
    )
    return or_(Station.unit_id.in_(_units(actor)), Station.item_id.in_(_items(actor)), exists(owns))


def problems_open_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor sees a problem: a unit sees its own."""
    if store.sees_all(actor):
        return true()
    return StationProblem.owner_unit_id.in_(_units(actor))


def letters_open_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may read a letter: its unit's people may."""
    if store.sees_all(actor):
        return true()
    return Letter.unit_id.in_(list(_mine(actor)))


def visible_action(session: Session, actor: Acting, action_id: int) -> SupervisionAction:
    """Return an action that the actor may know of; any other doesn't exist for them."""
    one = select(SupervisionAction).where(SupervisionAction.id == action_id)
    return _found(session, one.where(actions_open_to(actor)), action_id)


def visible_station(session: Session, actor: Acting, station_id: int) -> Station:
    """Return a station that the actor may know of."""
    one = select(Station).where(Station.id == station_id)
    return _found(session, one.where(stations_open_to(actor)), station_id)


def visible_letter(session: Session, actor: Acting, letter_id: int) -> Letter:
    """Return a letter that the actor may read."""
    one = select(Letter).where(Letter.id == letter_id)
    return _found(session, one.where(letters_open_to(actor)), letter_id)


def _found(session: Session, one: Select[T], number: int) -> T:
    found = session.scalars(one).one_or_none()
    if found is None:
        raise ActionUnknown(number)
    return found


def _mine(actor: Acting) -> frozenset[int]:
    return frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))


def _units(actor: Acting) -> Select[int]:
    """Return the actor's units and all below them, to select from."""
    return select(store.units_below(_mine(actor)).c.id)


def _items(actor: Acting) -> Select[int]:
    return select(Item.id).where(store.visible_to(actor))
