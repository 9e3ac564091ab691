"""The ladder: rungs that units have climbed, and suggestions; the steps are tasks."""

from flask import Response, g
from marshmallow import fields

from engine import Session
from web.api.resource import Resource, collection
from web.api.wire import Body, act, dump, show
from web.downloads import give
from web.shapes import Schema
from web.shapes import ladder as ladder_shapes
from web.transaction import reading
from workflows import items, ladder
from workflows.documents import MEDIA_TYPE
from workflows.ladder import register, views
from workflows.people import Actor
from workflows.publications import slips
from workflows.tables import PaperFormat, Rung, RungState, SuggestionKind, SuggestionState

blueprint = Resource("Ladder", __name__, "Rungs of the ladder, and suggestions")


class RungRecordSchema(Schema):
    """A rung: the row that caused it, its approval, its delivery and its receipt."""

    id = fields.Integer()
    assignment_id = fields.Integer()
    rung = fields.Enum(Rung, by_value=fields.String)
    state = fields.Enum(RungState, by_value=fields.String)
    days_overdue = fields.Integer()
    rule = fields.Dict()
    at = fields.AwareDateTime()
    demand = fields.String()
    answer_by = fields.Date(allow_none=True)
    decided_by_id = fields.Integer(allow_none=True)
    decided_at = fields.AwareDateTime(allow_none=True)
    opinion = fields.String()
    year = fields.Integer(allow_none=True)
    serial = fields.Integer(allow_none=True)
    delivered_at = fields.AwareDateTime(allow_none=True)
    read_by_id = fields.Integer(allow_none=True)
    read_at = fields.AwareDateTime(allow_none=True)


class SuggestionSchema(Schema):
    """A suggestion, from its evidence to its outcome."""

    id = fields.Integer()
    item_id = fields.Integer()
    assignment_id = fields.Integer()
    escalation_id = fields.Integer(allow_none=True)
    kind = fields.Enum(SuggestionKind, by_value=fields.String)
    state = fields.Enum(SuggestionState, by_value=fields.String)
    suggested_at = fields.AwareDateTime()
    whom = fields.String()
    basis = fields.String()
    basis_id = fields.Integer(allow_none=True)
    article = fields.String()
    wording = fields.String()
    evidence = fields.String()
    facts = fields.Dict()
    submitted_at = fields.AwareDateTime(allow_none=True)
    endorsement = fields.String()
    endorsed_at = fields.AwareDateTime(allow_none=True)
    opinion = fields.String()
    decided_at = fields.AwareDateTime(allow_none=True)
    organ = fields.String()
    document = fields.String()
    handed_on = fields.Date(allow_none=True)
    answer_by = fields.Date(allow_none=True)
    outcome = fields.String()
    concluded_on = fields.Date(allow_none=True)


RungsSchema = collection("Rungs", rungs=RungRecordSchema)
SuggestionsSchema = collection("Suggestions", suggestions=SuggestionSchema)


@blueprint.look("/items/<int:item_id>/rungs", RungsSchema)
def rungs(item_id: int) -> Response:
    """List the rungs of an item's parts; a unit sees those that have reached it."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(RungsSchema(), {"rungs": views.rungs_of(session, actor, item_id)})

    return show(look)


@blueprint.look("/rungs/<int:rung_id>", RungRecordSchema)
def rung(rung_id: int) -> Response:
    """Show one rung."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(RungRecordSchema(), views.rung_file(session, actor, rung_id).rung)

    return show(look)


@blueprint.give("/rungs/<int:rung_id>/slip", MEDIA_TYPE)
def slip(rung_id: int) -> Response:
    """Give a supervision notice as a Word file."""
    with reading() as session:
        found = views.slip_of(session, g.actor, rung_id)
        paper = slips.file_of(session, found, PaperFormat.DOCX)
        name = slips.file_name(found, PaperFormat.DOCX)
    return give(paper, MEDIA_TYPE, name)


@blueprint.act("/items/<int:item_id>/rungs/read", None, RungsSchema)
def read_rungs(item_id: int) -> Response:
    """Leave the receipt of every rung that has reached the caller's own unit about an item."""

    def deed(session: Session, actor: Actor) -> Body:
        items.visible_item(session, actor, item_id)
        return dump(RungsSchema(), {"rungs": ladder.open_rungs(session, actor, item_id)})

    return act(deed)


@blueprint.look("/suggestions", SuggestionsSchema)
def suggestions() -> Response:
    """List the suggestions, the latest first; for the office, leaders and auditors."""

    def look(session: Session, actor: Actor) -> Body:
        files = register.register(session, actor, register.Wanted())
        found = [file.suggestion for file in files]
        return dump(SuggestionsSchema(), {"suggestions": found})

    return show(look)


@blueprint.look("/suggestions/<int:suggestion_id>", SuggestionSchema)
def suggestion(suggestion_id: int) -> Response:
    """Show one suggestion."""

    def look(session: Session, actor: Actor) -> Body:
        found = views.suggestion_file(session, actor, suggestion_id)
        return dump(SuggestionSchema(), found.suggestion)

    return show(look)


@blueprint.act(
    "/assignments/<int:assignment_id>/suggest",
    ladder_shapes.NewSuggestion,
    SuggestionSchema,
    status=201,
)
def suggest(sent: Body, assignment_id: int) -> Response:
    """Suggest praise, criticism or accountability by hand; its evidence is the next task."""

    def deed(session: Session, actor: Actor) -> Body:
        made = ladder.suggest(session, actor, assignment_id, **sent)
        session.flush()
        return dump(SuggestionSchema(), made)

    return act(deed, status=201)
