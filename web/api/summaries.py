"""Summaries of a year, a quarter or a month: their text, their figures, the papers."""

from flask import Response, g
from flask_babel import force_locale
from marshmallow import fields

from engine import Session
from web import i18n
from web.api.resource import Resource, collection
from web.api.snapshots import FrozenFigureSchema
from web.api.wire import Body, act, dump, show
from web.downloads import give
from web.shapes import Schema, Shape
from web.shapes import figures as figure_shapes
from web.transaction import reading
from web.words import figures as figure_words
from workflows import documents, summaries
from workflows.actors import Actor

blueprint = Resource("Summaries", __name__, "Summaries written from snapshots")

DOCX, PDF = documents.MEDIA_TYPE, "application/pdf"


class SummarySchema(Schema):
    """A summary and the snapshot that its figures are from."""

    id = fields.Integer()
    title = fields.String()
    snapshot_id = fields.Integer()
    template = fields.String()
    template_version = fields.Integer()
    written_by_id = fields.Integer()
    written_at = fields.AwareDateTime()


class SummaryBlockSchema(Schema):
    """A paragraph, a heading or a table of the text."""

    kind = fields.String(attribute="kind.value")
    text = fields.String()
    rows = fields.List(fields.List(fields.String()))


class WholeSummarySchema(SummarySchema):
    """A summary with its text, and the figures that stand in it in reading order."""

    blocks = fields.List(fields.Nested(SummaryBlockSchema))
    figures = fields.List(fields.Nested(FrozenFigureSchema))


class PaperQuery(Shape):
    """Whether the annex lists every row of the figures."""

    every_row = fields.Boolean(load_default=False)


SummariesSchema = collection("Summaries", summaries=SummarySchema)


@blueprint.look("/summaries", SummariesSchema)
def many() -> Response:
    """List the summaries, the latest first."""
    return show(_all)


@blueprint.act("/summaries", figure_shapes.Period, WholeSummarySchema, status=201)
def write(sent: Body) -> Response:
    """Write the summary of a year, a quarter or a month."""
    with reading() as session:
        counted = summaries.prepare(session, g.actor, **sent)

    def deed(session: Session, actor: Actor) -> Body:
        written = summaries.write_of(session, actor, sent["span"], found=counted)
        return _whole(session, actor, written.id)

    return act(deed, status=201)


@blueprint.look("/summaries/<int:summary_id>", WholeSummarySchema)
def one(summary_id: int) -> Response:
    """Show a summary with its text and its figures."""
    return show(lambda session, actor: _whole(session, actor, summary_id))


@blueprint.give("/summaries/<int:summary_id>/paper.docx", DOCX, query=PaperQuery)
def docx(wish: Body, summary_id: int) -> Response:
    """Give a summary as a Word file, with the annexes that prove its figures."""
    return _paper(summary_id, "docx", **wish)


@blueprint.give("/summaries/<int:summary_id>/paper.pdf", PDF, query=PaperQuery)
def pdf(wish: Body, summary_id: int) -> Response:
    """Give a summary as a PDF, with the annexes that prove its figures."""
    return _paper(summary_id, "pdf", **wish)


@blueprint.act("/summaries/<int:summary_id>/discard", None, SummariesSchema)
def discard(summary_id: int) -> Response:
    """Throw a summary away; those that stay are the answer, and its snapshot stays too."""

    def deed(session: Session, actor: Actor) -> Body:
        summaries.discard(session, actor, summary_id)
        return _all(session, actor)

    return act(deed)


def _all(session: Session, actor: Actor) -> Body:
    found = [summary for summary, _ in summaries.summaries(session, actor)]
    return dump(SummariesSchema(), {"summaries": found})


def _whole(session: Session, actor: Actor, summary_id: int) -> Body:
    found = summaries.read(session, actor, summary_id)
    with force_locale(i18n.CHINESE):
        text = summaries.text_of(session, found, figure_words.wording())
    used = [found.figures[name] for name in summaries.used(found.summary.content)]
    return {
        **dump(SummarySchema(), found.summary),
        "blocks": dump(SummaryBlockSchema(many=True), text.blocks),
        "figures": dump(FrozenFigureSchema(many=True), used),
    }


def _paper(summary_id: int, kind: str, *, every_row: bool) -> Response:
    most = None if every_row else summaries.MOST_ROWS
    with reading() as session, force_locale(i18n.CHINESE):
        found = summaries.read(session, g.actor, summary_id)
        made = summaries.paper_of(session, g.actor, found, figure_words.wording(), most)
    content = documents.docx(made) if kind == "docx" else documents.pdf(made)
    return give(content, DOCX if kind == "docx" else PDF, f"{made.title}.{kind}")
