"""Who may know of what: the conditions under which a row is anybody's to read."""

from collections.abc import Iterable

from sqlalchemy import CTE, ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from workflows.methods import Method
from workflows.rules import Acting
from workflows.tables import Assignment, AssignmentState, Item, Reply, Revisit, Role, Todo, Unit

SEES_ALL = (Role.SUPERVISOR, Role.DIRECTOR, Role.LEADER, Role.AUDITOR)


IN_A_UNIT = (Role.HANDLER, Role.UNIT_HEAD)


VISIT = "revisit"
"""The step of a visit; as long as the visit is hidden, so is what waits for it."""


OF_THE_LADDER = (
    "approve_rung", "hold_interview", "evidence", "endorse_suggestion",
    "approve_suggestion", "hand_over", "record_outcome",
)  # fmt: skip
"""The steps of rungs and suggestions: a unit hears of them once they have reached it."""


def sees_all(actor: Acting) -> bool:
    """Say whether an actor sees every item, and what is hidden from the units."""
    return any(actor.has(role) for role in SEES_ALL)


def visits_open_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may know of a visit.

    A unit learns of it when it is announced, or once it is done: an unannounced one 暗访,
    or one that nobody has planned yet, doesn't exist for the unit before.
    """
    if sees_all(actor):
        return true()
    announced = and_(Revisit.planned_on.is_not(None), Revisit.method != Method.UNANNOUNCED)
    return or_(Revisit.done_at.is_not(None), announced)


def replies_open_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may read a reply; its part must be joined.

    Until it is issued a draft is its unit's own and the office's: no other unit reads it.
    """
    if sees_all(actor):
        return true()
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in IN_A_UNIT))
    below = units_below(mine)
    return or_(Reply.issued_at.is_not(None), Assignment.unit_id.in_(select(below.c.id)))


def todos_open_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may know that something waits."""
    if sees_all(actor):
        return true()
    known = select(Revisit.item_id).where(Revisit.done_at.is_(None), visits_open_to(actor))
    shown = or_(Todo.step != VISIT, Todo.closed_at.is_not(None), Todo.item_id.in_(known))
    return and_(Todo.step.not_in(OF_THE_LADDER), shown)


def units_below(unit_ids: Iterable[int]) -> CTE:
    """Return these units and all below them, as a table to select from."""
    top = select(Unit.id).where(Unit.id.in_(list(unit_ids))).cte(recursive=True)
    return top.union(select(Unit.id).where(Unit.parent_id == top.c.id))


def visible_to(actor: Acting) -> ColumnElement[bool]:
    """Return the condition under which an actor may see an item.

    The office, leaders and auditors see all; units see what they or units below them
    take part in, but not what they were let go from. Administering gives no sight of items.
    """
    if sees_all(actor):
        return true()
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in IN_A_UNIT))
    if not mine:
        return false()
    below, part = units_below(mine), aliased(Assignment)  # a query may ask for parts as well
    return exists(
        select(part.id)
        .where(
            part.item_id == Item.id,
            part.unit_id.in_(select(below.c.id)),
            part.state != AssignmentState.RELEASED,
        )
        .correlate(Item)
    )
