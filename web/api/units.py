"""GET /units: the tree of units."""

from flask import Response

from web.api.resource import Resource, collection
from web.api.schemas import UnitSchema
from web.api.wire import dump, show
from workflows import units

blueprint = Resource("Units", __name__, "The tree of units")

UnitsSchema = collection("Units", units=UnitSchema)


@blueprint.get("/units")
@blueprint.response(200, UnitsSchema)
def many() -> Response:
    """List the units, each with the unit above it."""
    return show(lambda session, _actor: dump(UnitsSchema(), {"units": units.units(session)}))
