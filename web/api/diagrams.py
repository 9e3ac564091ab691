"""Diagrams: the processes and their versions, check one, deploy one."""

from flask import Response, g, request

from engine import Session
from web.api.queries import HeatQuery
from web.api.resource import XML, Resource, collection
from web.api.schemas.diagrams import DefinitionSchema, FlawSchema, HeatMapSchema
from web.api.schemas.rules import RouteSchema
from web.api.wire import Body, act, answer, dump, key_of_request, must_match, show
from web.flaws import flaws
from web.shapes.drawings import DrawingNote, Routes
from web.transaction import reading
from workflows import diagrams, drawings, routes, rules
from workflows import heat as overseen
from workflows.heat import Asked
from workflows.people import Actor
from workflows.tables import Role

blueprint = Resource("Diagrams", __name__, "Processes and their versions")

DefinitionsSchema = collection("Definitions", definitions=DefinitionSchema)
FlawsSchema = collection("Flaws", flaws=FlawSchema)
RoutesSchema = collection("Routes", routes=RouteSchema)


@blueprint.look("/diagrams", DefinitionsSchema)
def many() -> Response:
    """List the processes in their newest versions."""
    return show(
        lambda session, _: dump(DefinitionsSchema(), {"definitions": diagrams.processes(session)})
    )


@blueprint.look("/diagrams/<int:definition_id>", DefinitionSchema)
def one(definition_id: int) -> Response:
    """Show one version of a process."""
    return show(
        lambda session, _: dump(DefinitionSchema(), diagrams.version(session, definition_id))
    )


@blueprint.give("/diagrams/<int:definition_id>/xml", XML)
def xml(definition_id: int) -> Response:
    """Give one version of a process as BPMN 2.0."""
    with reading() as session:
        found = diagrams.version(session, definition_id)
    return Response(found.xml, mimetype=XML)


@blueprint.look("/diagrams/<string:process_id>/heat", HeatMapSchema, HeatQuery)
def heat(sent: Body, process_id: str) -> Response:
    """Show where items of a process wait, how long, and how often late or sent back."""

    def look(session: Session, actor: Actor) -> Body:
        asked = Asked(
            process_id,
            definition_id=sent["version"],
            first=sent["first"],
            last=sent["last"],
            unit_id=sent["unit"],
            kind=sent["kind"],
            source=sent["source"],
        )
        return dump(HeatMapSchema(), overseen.heat_map(session, actor, asked))

    return show(look)


@blueprint.look("/diagrams/routes", RoutesSchema)
def by_source() -> Response:
    """Show which process the new items of each source run on."""

    def look(session: Session, actor: Actor) -> Body:
        rules.must_have(actor, Role.ADMINISTRATOR)
        return routed(session)

    return show(look)


@blueprint.act("/diagrams/routes", Routes, RoutesSchema, guarded=True)
def choose(sent: Body) -> Response:
    """Let the new items of some sources run on other processes; what runs already stays."""
    wanted = {row["source"]: row["process_id"] for row in sent["routes"]}

    def deed(session: Session, actor: Actor) -> Body:
        must_match(routed(session))
        routes.choose(session, actor, wanted)
        return routed(session)

    return act(deed)


@blueprint.act_on_xml("/diagrams/check", FlawsSchema)
def check() -> Response:
    """Say what the gate would refuse about a diagram, without deploying it."""
    with reading() as session:  # it takes its time, so not while other writers wait
        problems = drawings.check_diagram(session, g.actor, request.get_data())
    body = dump(FlawsSchema(), {"flaws": flaws(problems)})
    return act(lambda _session, _actor: body) if key_of_request() else answer(body)


@blueprint.act_on_xml("/diagrams", DefinitionSchema, status=201, query=DrawingNote)
def deploy(told: Body) -> Response:
    """Make a diagram the newest version at once, where nobody reviews; running items stay."""

    def deed(session: Session, actor: Actor) -> Body:
        definition = drawings.deploy_file(session, actor, request.get_data(), told["note"])
        return dump(DefinitionSchema(), definition)

    return act(deed, status=201)


def routed(session: Session) -> Body:
    """Return which process the new items of each source run on now."""
    rows = [
        {"source": source, "process_id": process_id}
        for source, process_id in routes.table(session).items()
    ]
    return dump(RoutesSchema(), {"routes": rows})
