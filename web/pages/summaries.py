"""Summaries 总结: of a year, a quarter or a month, each figure with its rows, as docx and PDF."""

from flask import Blueprint, Response, abort, g, redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import i18n, toasts
from web.auth import current_actor
from web.downloads import give
from web.entries import Entry, load, refused
from web.moments import today
from web.shapes import figures as figure_shapes
from web.transaction import reading, writing
from web.words import figures as figure_words
from workflows import documents, figures, summaries
from workflows.errors import Refusal
from workflows.figures import SpanKind

blueprint = Blueprint("summaries", __name__, url_prefix="/summaries")

KINDS = {"docx": documents.MEDIA_TYPE, "pdf": "application/pdf"}


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the summaries, the latest first, and of what another one can be written."""
    return _list(Entry())


@blueprint.post("/")
def write() -> ResponseReturnValue:
    """Write the summary of a year, a quarter or a month."""
    typed = MultiDict(request.form)

    try:
        said = load(figure_shapes.Period, typed)
        with reading() as session:
            counted = summaries.prepare(session, g.actor, **said)

        def work(session: Session) -> int:
            actor = current_actor(session)
            return summaries.write_of(session, actor, said["span"], found=counted).id

        summary_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _list(refused(typed, error))
    toasts.say(_("The summary is written."))
    return redirect(to("summaries.one", summary_id=summary_id), 303)


@blueprint.get("/<int:summary_id>")
def one(summary_id: int) -> str:
    """Show a summary; each figure in it opens its rows."""
    with reading() as session:
        found = summaries.read(session, g.actor, summary_id)
        with force_locale(i18n.CHINESE):
            paper = summaries.text_of(session, found, figure_words.wording())
        return render_template(
            "summaries/one.html",
            found=found,
            paper=paper,
            used=summaries.used(found.summary.content),
            may_write=figures.may_take(g.actor),
        )


@blueprint.get("/<int:summary_id>/paper.<kind>")
def paper(summary_id: int, kind: str) -> Response:
    """Give a summary as a file, with the annexes that prove its figures."""
    if kind not in KINDS:
        abort(404)
    most = None if request.args.get("rows") == "all" else summaries.MOST_ROWS
    with reading() as session, force_locale(i18n.CHINESE):
        found = summaries.read(session, g.actor, summary_id)
        made = summaries.paper_of(session, g.actor, found, figure_words.wording(), most)
    content = documents.docx(made) if kind == "docx" else documents.pdf(made)
    return give(content, KINDS[kind], f"{made.title}.{kind}")


@blueprint.post("/<int:summary_id>/discard")
def discard(summary_id: int) -> ResponseReturnValue:
    """Throw a summary away; it can be written again from the same snapshot."""
    writing(lambda session: summaries.discard(session, current_actor(session), summary_id))
    toasts.say(_("The summary is thrown away; its snapshot stays."))
    return redirect(to("summaries.show"), 303)


def _list(entry: Entry) -> ResponseReturnValue:
    day = today()
    with reading() as session:
        body = render_template(
            "summaries/show.html",
            entry=entry,
            rows=summaries.summaries(session, g.actor),
            may_write=figures.may_take(g.actor),
            kinds=list(SpanKind),
            chosen=entry.get("kind") or SpanKind.YEAR.value,
            year=entry.get("year") or day.year,
            month=entry.get("month") or day.month,
            quarter=entry.get("quarter") or figures.quarter_of(day),
        )
    return body, entry.status
