"""Templates of papers 公文模板: what each kind begins with and looks like, and its versions."""

from io import BytesIO

from flask import Blueprint, Response, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web import toasts
from web.auth import current_actor
from web.downloads import give
from web.errors import problem_of
from web.transaction import database, reading, writing
from web.words import templates as template_words
from workflows import casefile, documents, paper_templates, rules
from workflows.documents import MEDIA_TYPE
from workflows.errors import PaperRefused, TemplateRefused
from workflows.paper_templates import Flaw, Template
from workflows.tables import Role

blueprint = Blueprint("templates", __name__, url_prefix="/admin/templates")

KEPT_FOR = 3600
"""A version never changes, so a browser may keep its picture for an hour."""


@blueprint.get("/")
def show() -> str:
    """List the kinds of papers, each with the version that counts."""
    with reading() as session:
        shelves = [paper_templates.shelf(session, g.actor, name) for name in paper_templates.KINDS]
        return render_template(
            "paper_templates/list.html", shelves=shelves, kind_words=template_words.kind_words
        )


@blueprint.get("/<name>")
def one(name: str) -> ResponseReturnValue:
    """Show a kind: a version as a picture, what it must hold, the marks, the versions."""
    return _page(name, [])


@blueprint.post("/<name>")
def bring(name: str) -> ResponseReturnValue:
    """Keep a file as the next version, or say everything that is wrong with it."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    found = paper_templates.kind_named(name)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page(name, [_("Please choose a Word file.")])
    content = sent.read()
    try:
        checked = paper_templates.check(database(), found, sent.filename, content)
    except TemplateRefused as refusal:
        flaws = [flaw for flaw in refusal.facts["flaws"] if isinstance(flaw, Flaw)]
        return _page(name, [template_words.flaw_words(flaw) for flaw in flaws])
    except PaperRefused as refusal:
        return _page(name, [problem_of(refusal).words])
    version = writing(lambda s: paper_templates.bring(s, current_actor(s), name, checked).version)
    toasts.say(_("It is kept. Look at it, then let it count."))
    return redirect(url_for("templates.one", name=name, version=version), 303)


@blueprint.post("/<name>/<int:version>")
def choose(name: str, version: int) -> ResponseReturnValue:
    """Let a version count from now on."""
    writing(lambda s: paper_templates.choose(s, current_actor(s), name, version))
    toasts.say(_("New papers of this kind begin with this version."))
    return redirect(url_for("templates.one", name=name), 303)


@blueprint.get("/<name>/<int:version>.docx")
def file(name: str, version: int) -> Response:
    """Give a version as the Word file that it is."""
    template = _opened(name, version)
    called = f"{template_words.kind_words(name)} {version}.docx"
    return give(template.file, MEDIA_TYPE, called)


@blueprint.get("/<name>/<int:version>/<int:page>.png")
def picture(name: str, version: int, page: int) -> Response:
    """Show a page of a made-up paper from a version."""
    drawn = documents.picture(paper_templates.sample(_opened(name, version)), page)
    return send_file(BytesIO(drawn), mimetype="image/png", max_age=KEPT_FOR)


@blueprint.get("/<name>/<int:version>.pdf")
def sample(name: str, version: int) -> Response:
    """Show the whole made-up paper from a version."""
    drawn = documents.pdf(paper_templates.sample(_opened(name, version)))
    called = f"{template_words.kind_words(name)} {version}.pdf"
    return send_file(BytesIO(drawn), mimetype="application/pdf", download_name=called)


def _opened(name: str, version: int) -> Template:
    with reading() as session:
        return paper_templates.opened(session, g.actor, name, version)


def _page(name: str, mistakes: list[str]) -> ResponseReturnValue:
    with reading() as session:
        shelf = paper_templates.shelf(session, g.actor, name)
        shown = request.args.get("version", shelf.counts.number, type=int)
        template = paper_templates.opened(session, g.actor, name, shown)
        authors = [each.brought_by_id for each in shelf.versions if each.brought_by_id]
        page = render_template(
            "paper_templates/one.html",
            shelf=shelf,
            kind=shelf.kind,
            called=template_words.kind_words(name),
            template=template,
            people=casefile.names_of(session, authors),
            mistakes=mistakes,
            words=template_words,
        )
    return page, 422 if mistakes else 200
