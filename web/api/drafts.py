"""Drafts of diagrams: brought in, reviewed, deployed with a note, put aside; how versions came."""

from flask import Response, g, request

from engine import Session
from web.api.resource import XML, Resource, collection
from web.api.schemas.diagrams import DefinitionSchema, DeploymentSchema, DrawingSchema
from web.api.wire import Body, act, dump, show
from web.shapes.drawings import DrawingBase, DrawingPlace, DrawingRead, DrawingVerdict
from web.transaction import reading
from workflows import drawings
from workflows.people import Actor
from workflows.tables import Drawing

blueprint = Resource("Drafts", __name__, "Diagrams on their way", administered=True)

DrawingsSchema = collection("Drawings", drafts=DrawingSchema)
DeploymentsSchema = collection("Deployments", deployments=DeploymentSchema)


@blueprint.look("/drafts", DrawingsSchema)
def many() -> Response:
    """List the open drafts, the one saved last first."""
    return show(
        lambda session, actor: dump(
            DrawingsSchema(), {"drafts": drawings.open_drafts(session, actor)}
        )
    )


@blueprint.look("/drafts/<int:draft_id>", DrawingSchema)
def one(draft_id: int) -> Response:
    """Show a draft."""
    return show(lambda session, actor: _shown(drawings.drawing(session, actor, draft_id)))


@blueprint.give("/drafts/<int:draft_id>/xml", XML)
def xml(draft_id: int) -> Response:
    """Give what is drawn as BPMN 2.0."""
    with reading() as session:
        return Response(drawings.drawing(session, g.actor, draft_id).xml, mimetype=XML)


@blueprint.act_on_xml("/drafts", DrawingSchema, status=201, query=DrawingPlace)
def bring(place: Body) -> Response:
    """Make a file the draft of its process; ``over`` is the revision whose place it takes."""
    sent = request.get_data()

    def deed(session: Session, actor: Actor) -> Body:
        kept = drawings.keep_file(session, actor, place["name"], sent)
        draft = drawings.draft_from_file(
            session, actor, kept.id, sure=place["sure"], over=place["over"]
        )
        return _shown(draft)

    return act(deed, status=201)


@blueprint.act("/drafts/<int:draft_id>/review", DrawingRead, DrawingSchema)
def ask(told: Body, draft_id: int) -> Response:
    """Hand a draft to the other administrators, and say why it is to be deployed."""

    def deed(session: Session, actor: Actor) -> Body:
        drawings.ask_review(session, actor, draft_id, **told)
        return _shown(drawings.drawing(session, actor, draft_id))

    return act(deed)


@blueprint.act("/drafts/<int:draft_id>/verdict", DrawingVerdict, DrawingSchema)
def judge(told: Body, draft_id: int) -> Response:
    """Approve the revision that you have read, or send it back; never what you changed last."""

    def deed(session: Session, actor: Actor) -> Body:
        drawings.review_draft(session, actor, draft_id, **told)
        return _shown(drawings.drawing(session, actor, draft_id))

    return act(deed)


@blueprint.act("/drafts/<int:draft_id>/deploy", DrawingRead, DefinitionSchema, status=201)
def deploy(told: Body, draft_id: int) -> Response:
    """Make a draft the newest version of its process; running items stay on theirs."""

    def deed(session: Session, actor: Actor) -> Body:
        made = drawings.deploy_draft(session, actor, draft_id, **told)
        return dump(DefinitionSchema(), made)

    return act(deed, status=201)


@blueprint.act("/drafts/<int:draft_id>/rebase", DrawingBase, DrawingSchema)
def rebase(told: Body, draft_id: int) -> Response:
    """Let a draft stand on the newest version, with what only that one changed, or without it."""

    def deed(session: Session, actor: Actor) -> Body:
        if told["take_over"]:
            drawings.take_over(session, actor, draft_id, revision=told["revision"])
        else:
            drawings.rebase_draft(session, actor, draft_id)
        return _shown(drawings.drawing(session, actor, draft_id))

    return act(deed)


@blueprint.act("/drafts/<int:draft_id>/discard", None, DrawingSchema)
def discard(draft_id: int) -> Response:
    """Put a draft aside; it isn't lost."""
    return act(lambda session, actor: _shown(drawings.discard_draft(session, actor, draft_id)))


@blueprint.act("/diagrams/<int:definition_id>/roll-back", None, DrawingSchema, status=201)
def roll_back(definition_id: int) -> Response:
    """Begin to bring an older version back; it is reviewed and deployed as a draft is."""
    return act(
        lambda session, actor: _shown(drawings.roll_back(session, actor, definition_id)),
        status=201,
    )


@blueprint.look("/processes/<process_id>/deployments", DeploymentsSchema)
def deployments(process_id: str) -> Response:
    """List how the versions of a process came: by whom, when and why, and what runs on them."""
    return show(
        lambda session, actor: dump(
            DeploymentsSchema(), {"deployments": drawings.versions(session, actor, process_id)}
        )
    )


def _shown(draft: Drawing) -> Body:
    return dump(DrawingSchema(), draft)
