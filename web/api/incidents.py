"""What is stuck, and trying it again: for administrators."""

from flask import Response

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas import IncidentSchema
from web.api.wire import Body, act, dump, show
from workflows import incidents
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
        incidents.retry(session, actor, incident_id)
        return stuck(session, actor)

    return act(deed)


def stuck(session: Session, actor: Actor) -> Body:
    """Return what is stuck."""
    return dump(IncidentsSchema(), {"incidents": incidents.stuck(session, actor)})
