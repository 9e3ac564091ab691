"""Units: their tree, and what an administrator changes about it."""

from collections.abc import Callable, Iterator, Sequence

from flask import Response

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.people import PostSchema, UnitSchema
from web.api.wire import Body, act, dump, must_match, show
from web.shapes import admin as admin_shapes
from workflows import people, registers, rules
from workflows.people import Actor, UnitForm
from workflows.tables import Role, Unit
from workflows.units import Node

blueprint = Resource("Units", __name__, "The tree of units")

UnitsSchema = collection("Units", units=UnitSchema)
PostsSchema = collection("Posts", posts=PostSchema)


@blueprint.look("/units", UnitsSchema, query=admin_shapes.UnitQuery)
def many(sent: Body) -> Response:
    """List the units in the order of their tree, each with the unit above it."""

    def look(session: Session, _actor: Actor) -> Body:
        tree = people.units(session, active=not sent["closed"])
        return dump(UnitsSchema(), {"units": list(flat(tree))})

    return show(look)


@blueprint.look("/units/<int:unit_id>", UnitSchema)
def one(unit_id: int) -> Response:
    """Show a unit, open or closed."""
    return show(lambda session, _actor: seen(session, unit_id))


@blueprint.act("/units", admin_shapes.UnitEntry, UnitSchema, status=201)
def add(sent: Body) -> Response:
    """Add a unit to the tree."""

    def deed(session: Session, actor: Actor) -> Body:
        unit = people.add_unit(session, actor, UnitForm(**sent))
        return dump(UnitSchema(), unit)

    return act(deed, status=201)


@blueprint.act("/units/<int:unit_id>", admin_shapes.UnitEntry, UnitSchema, guarded=True)
def change(sent: Body, unit_id: int) -> Response:
    """Change a unit."""
    return on_unit(unit_id, people.change_unit, UnitForm(**sent))


@blueprint.act("/units/<int:unit_id>/close", None, UnitSchema, guarded=True)
def close(unit_id: int) -> Response:
    """Close a unit: it takes no new work, its past stays readable."""
    return on_unit(unit_id, people.close_unit)


@blueprint.act("/units/<int:unit_id>/reopen", None, UnitSchema, guarded=True)
def reopen(unit_id: int) -> Response:
    """Let a closed unit take work again."""
    return on_unit(unit_id, people.reopen_unit)


@blueprint.look("/units/<int:unit_id>/posts", PostsSchema)
def posts(unit_id: int) -> Response:
    """List a unit's posts with their holders today."""

    def look(session: Session, actor: Actor) -> Body:
        rules.must_have(actor, Role.ADMINISTRATOR)
        registers.unit_of(session, unit_id)
        found = registers.posts_by_unit(session).get(unit_id, [])
        return dump(PostsSchema(), {"posts": found})

    return show(look)


@blueprint.act("/units/<int:unit_id>/posts", admin_shapes.PostEntry, PostsSchema, status=201)
def add_post(sent: Body, unit_id: int) -> Response:
    """Add a post to a unit."""

    def deed(session: Session, actor: Actor) -> Body:
        people.add_post(session, actor, unit_id, **sent)
        found = registers.posts_by_unit(session)[unit_id]
        return dump(PostsSchema(), {"posts": found})

    return act(deed, status=201)


def on_unit(unit_id: int, verb: Callable[..., object], *sent: object) -> Response:
    """Do a verb on a unit as the caller has read it; answer with it."""

    def deed(session: Session, actor: Actor) -> Body:
        must_match(seen(session, unit_id))
        verb(session, actor, unit_id, *sent)
        return seen(session, unit_id)

    return act(deed)


def seen(session: Session, unit_id: int) -> Body:
    """Return a unit as everybody sees it."""
    return dump(UnitSchema(), registers.unit_of(session, unit_id))


def flat(nodes: Sequence[Node]) -> Iterator[Unit]:
    """Walk a tree from the top."""
    for node in nodes:
        yield node.unit
        yield from flat(node.below)
