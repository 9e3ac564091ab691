"""Appeals 申诉 against a quarter's entries: made by a unit's head, decided by somebody else."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, load, refused
from web.shapes.scores import AppealDecision, AppealText
from web.transaction import reading, writing
from workflows import assessment
from workflows.assessment import Decision, Quarter
from workflows.calendar import today
from workflows.casefile import names_of
from workflows.errors import AssessmentRefused, DeciderInvolved, NotYours, ReasonMissing
from workflows.tables import Appeal, Role

blueprint = Blueprint("appeals", __name__, url_prefix="/assessment")


@blueprint.get("/appeals")
def show() -> str:
    """List the appeals that the reader may see, those that wait first."""
    with reading() as session:
        found = assessment.appeals(session, g.actor)
        return render_template(
            "assessment/appeals.html",
            waiting=[each for each in found if each.decided_at is None],
            decided=[each for each in found if each.decided_at is not None],
            closed={each.id: _involved(session, each) for each in found},
        )


@blueprint.get("/<int:year>/<int:number>/units/<int:unit_id>/appeal")
def ask(year: int, number: int, unit_id: int) -> ResponseReturnValue:
    """Ask what is wrong with an entry, or which one is missing."""
    return _form(year, number, unit_id, Entry(values=MultiDict(request.args)))


@blueprint.post("/<int:year>/<int:number>/units/<int:unit_id>/appeal")
def make(year: int, number: int, unit_id: int) -> ResponseReturnValue:
    """Make an appeal."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        said = load(AppealText, {**typed, "unit_id": unit_id})
        actor, quarter = current_actor(session), Quarter(year, number)
        cause = said["cause"] or None
        return assessment.appeal(session, actor, quarter, unit_id, said["reason"], cause).id

    try:
        appeal_id = writing(work)
    except (ValidationError, AssessmentRefused, ReasonMissing) as error:
        return _form(year, number, unit_id, refused(typed, error, {"": "reason"}))
    toasts.say(_("The appeal is made; somebody who has nothing to do with it decides."))
    return redirect(url_for("appeals.one", appeal_id=appeal_id), 303)


@blueprint.get("/appeals/<int:appeal_id>")
def one(appeal_id: int) -> ResponseReturnValue:
    """Show an appeal with its entry, and to whom may decide it the question."""
    return _page(appeal_id, Entry())


@blueprint.post("/appeals/<int:appeal_id>")
def decide(appeal_id: int) -> ResponseReturnValue:
    """Decide an appeal."""
    typed = MultiDict(request.form)

    def work(session: Session) -> object:
        said = Decision(**load(AppealDecision, typed))
        return assessment.decide(session, current_actor(session), appeal_id, said).id

    try:
        writing(work)
    except (ValidationError, AssessmentRefused, DeciderInvolved, ReasonMissing) as error:
        return _page(appeal_id, refused(typed, error, {"": "points"}))
    toasts.say(_("It is decided, and the unit's head is told."))
    return redirect(url_for("appeals.one", appeal_id=appeal_id), 303)


def _form(year: int, number: int, unit_id: int, entry: Entry) -> ResponseReturnValue:
    if unit_id not in g.actor.unit_ids(Role.UNIT_HEAD):
        raise NotYours(Role.UNIT_HEAD.value, unit_id)
    with reading() as session:
        found = assessment.standing_of(session, g.actor, year, number, unit_id)
        quarter = Quarter(year, number)
        body = render_template(
            "assessment/appeal_form.html",
            standing=found,
            quarter=quarter,
            row=assessment.row_of(session, quarter),
            today=today(session),
            items=assessment.matters(session, found.entries),
            entry=entry,
        )
    return body, entry.status


def _page(appeal_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        made = assessment.appeal_of(session, g.actor, appeal_id)
        quarter = Quarter(made.assessment.year, made.assessment.quarter)
        kept = assessment.entry_of(session, made)
        body = render_template(
            "assessment/appeal.html",
            appeal=made,
            quarter=quarter,
            kept=kept,
            items=assessment.matters(session, [kept] if kept else []),
            names=names_of(session, [made.made_by_id, made.decided_by_id or 0]),
            may_decide=any(g.actor.has(role) for role in assessment.DECIDERS),
            involved=_involved(session, made),
            entry=entry,
        )
    return body, entry.status


def _involved(session: Session, made: Appeal) -> str:
    """Say why the reader can't decide an appeal; nothing if they can."""
    return assessment.involvement(session, g.actor, made)
