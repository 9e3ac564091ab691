"""Praise on record 表扬: for what the office, units or persons were praised, by which paper."""

from flask import (
    Blueprint,
    Response,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import FileStorage, MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.downloads import give
from web.entries import Entry, load, refused
from web.shapes import scores as score_shapes
from web.transaction import database, reading, writing
from workflows import assessment, dossiers, papers, rules
from workflows.assessment import PraiseForm
from workflows.calendar import today
from workflows.errors import AssessmentRefused, PaperRefused, ReasonMissing
from workflows.tables import Praised, PraiseLevel

blueprint = Blueprint("praise", __name__, url_prefix="/praise")

EARLIEST, LATEST = 2000, 2100
PLACES = {
    "future": "on",
    "unit_missing": "unit_id",
    "persons_missing": "persons",
    "paper_missing": "papers",
}
"""The field that each refusal is about."""


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """List the praise of a year."""
    return _list(Entry())


@blueprint.get("/new")
def form() -> ResponseReturnValue:
    """Ask who praised whom."""
    return _form(Entry(values=MultiDict({"whom": Praised.UNIT.value, **request.args})))


@blueprint.post("/new")
def record() -> ResponseReturnValue:
    """Put praise on record, with its document."""
    rules.must_have(g.actor, *rules.OFFICE)
    typed = MultiDict(request.form)
    try:
        said = load(score_shapes.PraiseText, typed)
        checked = _checked(request.files.get("papers"))

        def work(session: Session) -> int:
            actor = current_actor(session)
            return assessment.record_praise(session, actor, PraiseForm(**said), checked).id

        writing(work)
    except AssessmentRefused as error:
        return _form(refused(typed, error, {"": PLACES.get(error.facts["why"], "")}))
    except (ValidationError, PaperRefused) as error:
        return _form(refused(typed, error))
    toasts.say(_("It is on record."))
    return redirect(url_for("praise.show", year=said["on"].year), 303)


@blueprint.get("/<int:praise_id>/paper")
def paper(praise_id: int) -> Response:
    """Give the document of praise."""
    with reading() as session:
        found = assessment.open_praise(session, g.actor, praise_id)
    return give(found.path, found.media_type, found.name)


@blueprint.post("/<int:praise_id>/withdraw")
def withdraw(praise_id: int) -> ResponseReturnValue:
    """Take praise off the record."""
    typed = MultiDict(request.form)

    def work(session: Session) -> object:
        said = load(score_shapes.Why, typed)
        return assessment.withdraw_praise(session, current_actor(session), praise_id, **said).id

    try:
        writing(work)
    except (ValidationError, AssessmentRefused, ReasonMissing) as error:
        return _list(refused(typed, error))
    toasts.say(_("It is taken off the record."))
    return redirect(url_for("praise.show", year=request.args.get("year", type=int)), 303)


def _checked(file: FileStorage | None) -> papers.Checked | None:
    """Look at the document that was sent along, if one was."""
    if file is None or not file.filename:
        return None
    return papers.check(database(), file.filename, file.stream)


def _list(entry: Entry) -> ResponseReturnValue:
    asked = request.args.get("year", type=int)
    with reading() as session:
        latest = today(session).year
        year = asked if asked and EARLIEST <= asked <= LATEST else latest
        body = render_template(
            "praise/show.html",
            year=year,
            latest=latest,
            praises=assessment.praises(session, g.actor, year),
            is_office=any(g.actor.has(role) for role in rules.OFFICE),
            entry=entry,
        )
    return body, entry.status


def _form(entry: Entry) -> ResponseReturnValue:
    rules.must_have(g.actor, *rules.OFFICE)
    with reading() as session:
        body = render_template(
            "praise/form.html",
            entry=entry,
            groups=dossiers.unit_groups(session),
            levels=list(PraiseLevel),
            praised=list(Praised),
        )
    return body, entry.status
