"""Units' parts of items: urge them, leave a receipt, ask for a change, come and go."""

from flask import Response

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.items import AssignmentSchema, ChangeSchema, UrgeSchema
from web.api.wire import Body, act, dump
from web.shapes import changes as change_shapes
from workflows import changes, items, lineup, urges
from workflows.assignments import UnitTask
from workflows.people import Actor

blueprint = Resource("Assignments", __name__, "Units' parts of items")

UrgesSchema = collection("Urges", urges=UrgeSchema)


@blueprint.act("/assignments/urge", change_shapes.Urge, UrgesSchema, status=201)
def urge(sent: Body) -> Response:
    """Urge the units of one or more parts; each leaves a receipt when it is opened."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(UrgesSchema(), {"urges": urges.urge(session, actor, **sent)})

    return act(deed, status=201)


@blueprint.act("/items/<int:item_id>/urges/read", None, UrgesSchema)
def read_urges(item_id: int) -> Response:
    """Leave the receipt of every urge to the caller's own unit about an item."""

    def deed(session: Session, actor: Actor) -> Body:
        items.visible_item(session, actor, item_id)
        return dump(UrgesSchema(), {"urges": urges.open_urges(session, actor, item_id)})

    return act(deed)


@blueprint.act(
    "/assignments/<int:assignment_id>/change",
    change_shapes.ChangeWish,
    ChangeSchema,
    status=201,
)
def ask_change(sent: Body, assignment_id: int) -> Response:
    """Ask for a later limit, another target, or to be let go, before the limit runs out."""

    def deed(session: Session, actor: Actor) -> Body:
        request = changes.ask_change(session, actor, assignment_id, changes.Wish(**sent))
        session.flush()  # the row gets its number
        return dump(ChangeSchema(), request)

    return act(deed, status=201)


@blueprint.act("/items/<int:item_id>/units", change_shapes.AddedUnit, AssignmentSchema, status=201)
def add_unit(sent: Body, item_id: int) -> Response:
    """Let one more unit take part in an open item, with a limit of its own."""

    def deed(session: Session, actor: Actor) -> Body:
        task = UnitTask(sent["unit_id"], sent["due_on"])
        added = lineup.add_unit(session, actor, item_id, task, sent["part"], sent["reason"])
        return dump(AssignmentSchema(), added)

    return act(deed, status=201)


@blueprint.act(
    "/assignments/<int:assignment_id>/withdrawal", change_shapes.WithdrawnUnit, AssignmentSchema
)
def withdraw_unit(sent: Body, assignment_id: int) -> Response:
    """Let a unit go that needn't take part any more; the lead unit can only be replaced."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(AssignmentSchema(), lineup.withdraw_unit(session, actor, assignment_id, **sent))

    return act(deed)


@blueprint.act(
    "/assignments/<int:assignment_id>/replacement",
    change_shapes.ReplacedUnit,
    AssignmentSchema,
    status=201,
)
def replace_unit(sent: Body, assignment_id: int) -> Response:
    """Hand a unit's part to another one, on the same clock."""

    def deed(session: Session, actor: Actor) -> Body:
        successor = lineup.replace_unit(session, actor, assignment_id, **sent)
        return dump(AssignmentSchema(), successor)

    return act(deed, status=201)
