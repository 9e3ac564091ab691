"""Publications by the API: the archive, drafts on their way, receipts, the files as issued."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import Response, g, send_file
from marshmallow import fields

from engine import Session
from web.api.resource import Resource, collection
from web.api.wire import Body, act, dump, show
from web.shapes import Schema
from web.shapes import publications as shapes
from web.transaction import reading
from workflows import publications, serials
from workflows.people import Actor
from workflows.publications import ArchiveFilter, Edited, papers, views
from workflows.tables import (
    Audience,
    PaperFormat,
    Publication,
    PublicationKind,
    PublicationState,
)

blueprint = Resource("Publications", __name__, "The office's serials and their issues")

DOCX, PDF = (papers.MEDIA_TYPES[kind] for kind in (PaperFormat.DOCX, PaperFormat.PDF))


class SerialSchema(Schema):
    """A serial: its head, how it is numbered, whom it is for."""

    name = fields.String()
    title = fields.String()
    title_en = fields.String()
    number_style = fields.String()
    audience = fields.Enum(Audience, by_value=fields.String)
    active = fields.Boolean()


class IssueSchema(Schema):
    """An issue: its number once it has one, its days, how far it is."""

    id = fields.Integer()
    serial = fields.String(attribute="serial_name")
    kind = fields.Enum(PublicationKind, by_value=fields.String)
    state = fields.Enum(PublicationState, by_value=fields.String)
    year = fields.Integer(allow_none=True)
    number = fields.Integer(allow_none=True)
    numbered = fields.Function(serials.number_of)
    first = fields.Date()
    last = fields.Date()
    title = fields.String()
    addressee = fields.String()
    copies_to = fields.String()
    snapshot_id = fields.Integer(allow_none=True)
    item_id = fields.Integer(allow_none=True)
    for_all = fields.Boolean()
    revision = fields.Integer()
    made_at = fields.AwareDateTime()
    submitted_at = fields.AwareDateTime(allow_none=True)
    returned_at = fields.AwareDateTime(allow_none=True)
    returned_reason = fields.String()
    approved_at = fields.AwareDateTime(allow_none=True)
    issued_at = fields.AwareDateTime(allow_none=True)
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    withdrawn_reason = fields.String()


class WholeIssueSchema(IssueSchema):
    """An issue with what it says: a tree of headings, paragraphs, tables, figures and blanks."""

    content = fields.Dict()


class ReceiptSchema(Schema):
    """A unit or post that an issue is for, and who has read it there."""

    unit_id = fields.Integer(allow_none=True)
    post_id = fields.Integer(allow_none=True)
    delivered_at = fields.AwareDateTime(allow_none=True)
    read_at = fields.AwareDateTime(allow_none=True)
    read_by_id = fields.Integer(allow_none=True)
    times_urged = fields.Integer()


SerialsSchema = collection("Serials", serials=SerialSchema)
IssuesSchema = collection("Issues", publications=IssueSchema)
ReceiptsSchema = collection("Receipts", receipts=ReceiptSchema)


# -- looking ------------------------------------------------------------------------------


@blueprint.look("/serials", SerialsSchema)
def all_serials() -> Response:
    """List the serials in their order."""

    def look(session: Session, _actor: Actor) -> Body:
        return dump(SerialsSchema(), {"serials": serials.serials(session)})

    return show(look)


@blueprint.look("/publications", IssuesSchema, shapes.IssueArchive)
def archive(asked: Body) -> Response:
    """List the issues that the caller may read, the latest first."""

    def look(session: Session, actor: Actor) -> Body:
        found = publications.archive(session, actor, ArchiveFilter(**asked))
        return dump(IssuesSchema(), {"publications": found})

    return show(look)


@blueprint.look("/publications/drafts", IssuesSchema)
def drafts() -> Response:
    """List what is on its way to being issued, the one saved last first; for the office."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(IssuesSchema(), {"publications": views.drafts(session, actor)})

    return show(look)


@blueprint.look("/publications/<int:publication_id>", WholeIssueSchema)
def one(publication_id: int) -> Response:
    """Show an issue with what it says."""

    def look(session: Session, actor: Actor) -> Body:
        return _whole(publications.visible(session, actor, publication_id))

    return show(look)


@blueprint.look("/publications/<int:publication_id>/receipts", ReceiptsSchema)
def receipts(publication_id: int) -> Response:
    """List whom an issue reached, those who haven't read it first; for office and auditors."""

    def look(session: Session, actor: Actor) -> Body:
        found = publications.receipts(session, actor, publication_id)
        return dump(ReceiptsSchema(), {"receipts": found})

    return show(look)


@blueprint.give("/publications/<int:publication_id>/paper.docx", DOCX)
def docx(publication_id: int) -> Response:
    """Give an issue as the Word file that was issued, or a draft as it is now."""
    return _file(publication_id, PaperFormat.DOCX)


@blueprint.give("/publications/<int:publication_id>/paper.pdf", PDF)
def pdf(publication_id: int) -> Response:
    """Give an issue as the PDF that was issued, or a draft as it is now."""
    return _file(publication_id, PaperFormat.PDF)


def _file(publication_id: int, kind: PaperFormat) -> Response:
    with reading() as session:
        found = publications.visible(session, g.actor, publication_id)
        content = papers.file_of(session, found, kind)
        name = papers.file_name(found, kind)
    return send_file(
        BytesIO(content),
        mimetype=papers.MEDIA_TYPES[kind],
        as_attachment=True,
        download_name=name,
        max_age=0,
    )


# -- on its way ---------------------------------------------------------------------------


@blueprint.act("/publications", shapes.IssueDraft, WholeIssueSchema, status=201)
def begin(told: Body) -> Response:
    """Begin a draft: the ledger is frozen for its days."""
    begun = shapes.begun(told)
    with reading() as session:
        counted = publications.count_first(session, g.actor, begun)

    def deed(session: Session, actor: Actor) -> Body:
        return _whole(publications.make_draft(session, actor, begun, counted))

    return act(deed, status=201)


@blueprint.act("/publications/<int:publication_id>/content", shapes.IssueContent, WholeIssueSchema)
def save(told: Body, publication_id: int) -> Response:
    """Keep other words in a draft; ``revision`` is the one that was read."""
    revision = told.pop("revision")

    def deed(session: Session, actor: Actor) -> Body:
        edited = Edited(**told)
        return _whole(publications.save_draft(session, actor, publication_id, revision, edited))

    return act(deed)


@blueprint.act("/publications/<int:publication_id>/submit", shapes.IssueRead, IssueSchema)
def submit(told: Body, publication_id: int) -> Response:
    """Hand a draft to the directors."""
    return _moved(publications.submit, publication_id, **told)


@blueprint.act("/publications/<int:publication_id>/review", shapes.IssueRead, IssueSchema)
def review(told: Body, publication_id: int) -> Response:
    """Stand by a draft that somebody else has written."""
    return _moved(publications.review, publication_id, **told)


@blueprint.act("/publications/<int:publication_id>/approve", shapes.IssueRead, IssueSchema)
def approve(told: Body, publication_id: int) -> Response:
    """Approve an issue as it was read; a director's, and not alone what one has drafted."""
    return _moved(publications.approve, publication_id, **told)


@blueprint.act("/publications/<int:publication_id>/return", shapes.IssueReturn, IssueSchema)
def give_back(told: Body, publication_id: int) -> Response:
    """Return a draft to its drafter."""
    return _moved(publications.give_back, publication_id, **told)


@blueprint.act("/publications/<int:publication_id>/issue", shapes.IssueRead, IssueSchema)
def issue(told: Body, publication_id: int) -> Response:
    """Issue what was approved: it takes its number, and goes to whom it is for."""
    with reading() as session:
        prepared = publications.prepare(session, g.actor, publication_id)
    return _moved(publications.issue, publication_id, prepared=prepared, **told)


@blueprint.act("/publications/<int:publication_id>/withdraw", shapes.IssueReason, IssueSchema)
def withdraw(told: Body, publication_id: int) -> Response:
    """Take an issue back; it keeps its number."""
    return _moved(publications.withdraw, publication_id, **told)


def _moved(verb: Callable[..., Publication], publication_id: int, **told: Any) -> Response:  # noqa: ANN401 (what each verb is told)
    return act(
        lambda session, actor: dump(IssueSchema(), verb(session, actor, publication_id, **told))
    )


def _whole(found: Publication) -> Body:
    return dump(WholeIssueSchema(), found)
