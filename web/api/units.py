"""GET /units: the tree of units."""

from collections.abc import Iterator, Sequence

from flask import Response

from web.api.resource import Resource, collection
from web.api.schemas import UnitSchema
from web.api.wire import dump, show
from workflows import people
from workflows.tables import Unit
from workflows.units import Node

blueprint = Resource("Units", __name__, "The tree of units")

UnitsSchema = collection("Units", units=UnitSchema)


@blueprint.look("/units", UnitsSchema)
def many() -> Response:
    """List the units in the order of their tree, each with the unit above it."""
    return show(
        lambda session, _actor: dump(UnitsSchema(), {"units": list(flat(people.units(session)))})
    )


def flat(nodes: Sequence[Node]) -> Iterator[Unit]:
    """Walk a tree from the top."""
    for node in nodes:
        yield node.unit
        yield from flat(node.below)
