"""What is stuck, and trying it again: for administrators."""

from flask import Response

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas import IncidentSchema
from web.api.wire import Body, act, dump, show
from web.shapes.incidents import Moving, Skipping
from workflows import incidents, mending
from workflows.people import Actor

blueprint = Resource("Incidents", __name__, "Steps and jobs that failed by rule")

IncidentsSchema = collection("Incidents", incidents=IncidentSchema)


@blueprint.look("/incidents", IncidentsSchema)
def many() -> Response:
    """List what is stuck, the newest first."""
    return show(stuck)


@blueprint.act("/incidents/<int:incident_id>/retry", None, IncidentsSchema)
def retry(incident_id: int) -> Response:
    """Try again what has failed; what is stuck after that is the answer."""

    def deed(session: Session, actor: Actor) -> Body:
        mending.retry(session, actor, incident_id)
        return stuck(session, actor)

    return act(deed)


@blueprint.act("/incidents/<int:incident_id>/skip", Skipping, IncidentsSchema)
def skip(sent: Body, incident_id: int) -> Response:
    """Let it go on behind what has failed, as if that were done; what is stuck is the answer."""

    def deed(session: Session, actor: Actor) -> Body:
        mending.skip(session, actor, incident_id, **sent)
        return stuck(session, actor)

    return act(deed)


@blueprint.act("/incidents/<int:incident_id>/move", Moving, IncidentsSchema)
def move(sent: Body, incident_id: int) -> Response:
    """Take what is stuck to another step of its process; what is stuck is the answer."""

    def deed(session: Session, actor: Actor) -> Body:
        mending.move(session, actor, incident_id, **sent)
        return stuck(session, actor)

    return act(deed)


def stuck(session: Session, actor: Actor) -> Body:
    """Return what is stuck."""
    return dump(IncidentsSchema(), {"incidents": incidents.stuck(session, actor)})
