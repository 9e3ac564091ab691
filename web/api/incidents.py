"""What is stuck, and trying it again: for administrators."""

from collections.abc import Callable

from flask import Response, g

from engine import Session
from web.api.bearer import current_actor
from web.api.resource import Resource, collection
from web.api.schemas.diagrams import IncidentSchema
from web.api.schemas.trials import SuspendedSchema
from web.api.wire import Body, act, act_apart, dump, show
from web.shapes.incidents import Moving, Skipping
from web.shapes.trials import Resuming, ResumingAll, Retrying, Suspending
from web.transaction import database, reading
from workflows import incidents, mending
from workflows.incidents import StuckFilter
from workflows.people import Actor

blueprint = Resource("Incidents", __name__, "Steps and jobs that failed by rule")

IncidentsSchema = collection("Incidents", incidents=IncidentSchema)
SuspensionsSchema = collection("Suspensions", suspended=SuspendedSchema)


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


@blueprint.act("/incidents/retry", Retrying, IncidentsSchema)
def retry_all(sent: Body) -> Response:
    """Try again everything of one cause, each by itself; what is stuck after that is the answer."""
    told = StuckFilter(**{name: value or None for name, value in sent.items()})

    def work() -> Body:
        mending.retry_all(database(), current_actor, told)
        with reading() as session:
            return stuck(session, g.actor)

    return act_apart(work)


@blueprint.look("/suspensions", SuspensionsSchema)
def suspensions() -> Response:
    """List the items that stand still until they are resumed, the latest first."""
    return show(held)


@blueprint.act("/suspensions", Suspending, SuspensionsSchema)
def suspend(sent: Body) -> Response:
    """Let nothing move an item, or anything on a process; what is suspended is the answer."""
    number, process_id, reason = sent["number"], sent["process_id"], sent["reason"]
    if process_id:
        return _all_held(
            lambda: mending.suspend_process(database(), current_actor, process_id, reason)
        )

    def deed(session: Session, actor: Actor) -> Body:
        mending.suspend_item(session, actor, number, reason)
        return held(session, actor)

    return act(deed)


@blueprint.act("/suspensions/<int:item_id>/resume", Resuming, SuspensionsSchema)
def resume(sent: Body, item_id: int) -> Response:
    """Let a suspended item go on; what is suspended still is the answer."""

    def deed(session: Session, actor: Actor) -> Body:
        mending.resume_item(session, actor, item_id, **sent)
        return held(session, actor)

    return act(deed)


@blueprint.act("/suspensions/resume", ResumingAll, SuspensionsSchema)
def resume_all(sent: Body) -> Response:
    """Let all that is suspended go on, or all of it on a process, each by itself."""
    reason, process_id = sent["reason"], sent["process_id"] or None
    return _all_held(lambda: mending.resume_all(database(), current_actor, reason, process_id))


def _all_held(deed: Callable[[], int]) -> Response:
    def work() -> Body:
        deed()
        with reading() as session:
            return held(session, g.actor)

    return act_apart(work)


def held(session: Session, actor: Actor) -> Body:
    """Return what is suspended."""
    return dump(SuspensionsSchema(), {"suspended": incidents.suspended(session, actor)})


def stuck(session: Session, actor: Actor) -> Body:
    """Return what is stuck."""
    return dump(IncidentsSchema(), {"incidents": incidents.stuck(session, actor)})
