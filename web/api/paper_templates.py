"""Templates of papers: each kind's versions, checked when they are brought, one of them counts."""

from flask import Response, g
from marshmallow import fields

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.items import PaperShape
from web.api.wire import Body, act, dump, show
from web.downloads import give
from web.shapes import Schema
from web.transaction import database, reading
from web.words import templates as template_words
from workflows import documents, paper_templates, rules
from workflows.actors import Actor
from workflows.errors import TemplateRefused
from workflows.paper_templates import Flaw
from workflows.tables import Role

blueprint = Resource("Templates", __name__, "Templates of papers", administered=True)

DOCX, PDF = documents.MEDIA_TYPE, "application/pdf"


class TemplateVersionSchema(Schema):
    """A version; the shipped one has the number 0 and no author."""

    number = fields.Integer()
    counts = fields.Boolean()
    name = fields.String()
    size = fields.Integer()
    brought_by_id = fields.Integer(allow_none=True)
    brought_at = fields.AwareDateTime(allow_none=True)


class TemplateShelfSchema(Schema):
    """A kind of paper with its versions, the newest first."""

    name = fields.String(attribute="kind.name")
    title = fields.Function(lambda shelf: template_words.kind_words(shelf.kind.name))
    versions = fields.List(fields.Nested(TemplateVersionSchema))


class TemplateCheckSchema(Schema):
    """What is wrong with a file; nothing, if it may be brought."""

    flaws = fields.List(fields.String())


TemplatesSchema = collection("Templates", templates=TemplateShelfSchema)


@blueprint.look("/paper-templates", TemplatesSchema)
def many() -> Response:
    """List the kinds of papers with their versions."""

    def look(session: Session, actor: Actor) -> Body:
        found = [paper_templates.shelf(session, actor, name) for name in paper_templates.KINDS]
        return dump(TemplatesSchema(), {"templates": found})

    return show(look)


@blueprint.look("/paper-templates/<name>", TemplateShelfSchema)
def one(name: str) -> Response:
    """Show a kind with its versions."""
    return show(lambda session, actor: _shelf(session, actor, name))


@blueprint.give("/paper-templates/<name>/<int:version>.docx", DOCX)
def file(name: str, version: int) -> Response:
    """Give a version as the Word file that it is."""
    with reading() as session:
        content = paper_templates.opened(session, g.actor, name, version).file
    return _sent(content, DOCX, f"{name}-{version}.docx")


@blueprint.give("/paper-templates/<name>/<int:version>.pdf", PDF)
def sample(name: str, version: int) -> Response:
    """Give a made-up paper from a version as a PDF."""
    with reading() as session:
        made = paper_templates.sample(paper_templates.opened(session, g.actor, name, version))
    return _sent(documents.pdf(made), PDF, f"{name}-{version}.pdf")


@blueprint.act("/paper-templates/<name>/check", PaperShape, TemplateCheckSchema, location="files")
def check(sent: Body, name: str) -> Response:
    """Say what is wrong with a file; it isn't kept."""
    flaws: list[str] = []
    try:
        _checked(sent, name)
    except TemplateRefused as refusal:
        found = [flaw for flaw in refusal.facts["flaws"] if isinstance(flaw, Flaw)]
        flaws = [template_words.flaw_words(flaw) for flaw in found]
    return act(lambda _session, _actor: {"flaws": flaws})


@blueprint.act(
    "/paper-templates/<name>", PaperShape, TemplateShelfSchema, location="files", status=201
)
def bring(sent: Body, name: str) -> Response:
    """Keep a file as the next version, if nothing is wrong with it; it doesn't count yet."""
    checked = _checked(sent, name)

    def deed(session: Session, actor: Actor) -> Body:
        paper_templates.bring(session, actor, name, checked)
        return _shelf(session, actor, name)

    return act(deed, status=201)


@blueprint.act("/paper-templates/<name>/<int:version>/use", None, TemplateShelfSchema)
def use(name: str, version: int) -> Response:
    """Let a version count from now on, a new one or an earlier one."""

    def deed(session: Session, actor: Actor) -> Body:
        paper_templates.choose(session, actor, name, version)
        return _shelf(session, actor, name)

    return act(deed)


def _checked(sent: Body, name: str) -> paper_templates.CheckedTemplate:
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    kind, upload = paper_templates.kind_named(name), sent["file"]
    return paper_templates.check(database(), kind, upload.filename or "", upload.read())


def _shelf(session: Session, actor: Actor, name: str) -> Body:
    return dump(TemplateShelfSchema(), paper_templates.shelf(session, actor, name))


def _sent(content: bytes, media_type: str, name: str) -> Response:
    return give(content, media_type, name)
