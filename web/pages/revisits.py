"""The revisit 回访核实: visits to be made and made, samples of what has closed, objections."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, Typed, load, refused
from web.handing import asked_about, handed_over
from web.pages import steps as step_pages
from web.shapes import visits as visit_shapes
from web.transaction import reading, writing
from web.words import revisits as revisit_words
from workflows import casefile, decision_tables, revisits, rules, seconding
from workflows.calendar import today
from workflows.errors import Refusal
from workflows.revisits import Question, risk, room
from workflows.revisits.room import Scope
from workflows.tables import Kind, Role, TableDraft

blueprint = Blueprint("revisits", __name__)
blueprint.record_once(lambda state: revisit_words.register(state.app))

QUARTER = timedelta(days=90)
GUEST = re.compile(r"[,，、;；\t]")


# -- the room ----------------------------------------------------------------------------


@blueprint.get("/revisits/")
def show() -> ResponseReturnValue:
    """Show the visits to be made, or those that were made."""
    scope = Scope.DONE if request.args.get("scope") == Scope.DONE else Scope.OPEN
    with reading() as session:
        return render_template(
            "revisits/show.html", scope=scope, lines=room.lines(session, g.actor, scope)
        )


@blueprint.get("/revisits/samples")
def samples() -> ResponseReturnValue:
    """Show every sample, and the pool from which the next would be drawn."""
    return _samples_page(Entry(values=MultiDict(request.args)))


@blueprint.post("/revisits/samples")
def draw() -> ResponseReturnValue:
    """Draw a sample; its revisits begin at once."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        said = load(visit_shapes.Sample, _wanted(typed))
        return revisits.draw_sample(session, current_actor(session), **said).id

    try:
        sample_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _samples_page(refused(typed, error))
    toasts.say(_("The sample is drawn; its revisits wait for you."))
    return redirect(url_for("revisits.sample", sample_id=sample_id), 303)


@blueprint.get("/revisits/samples/<int:sample_id>")
def sample(sample_id: int) -> ResponseReturnValue:
    """Show a sample with its pool, and draw it again to see that it comes out the same."""
    with reading() as session:
        file = revisits.sample(session, g.actor, sample_id)
        again = revisits.recomputed(file) if "again" in request.args else None
        same = again is not None and all(
            again[each.line.item_id] == each.line.drawn for each in file.lines
        )
        return render_template("revisits/sample.html", file=file, again=again, same=same)


def _wanted(typed: Typed) -> dict[str, Any]:
    return {**typed, "kinds": typed.getlist("kinds")}


def _samples_page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        day = today(session)
        since = _day(entry.get("since"), day - QUARTER)
        until = max(since, _day(entry.get("until"), day))
        kinds = [Kind(kind) for kind in entry.all("kinds") if kind in set(Kind)]
        body = render_template(
            "revisits/samples.html",
            entry=entry,
            since=since,
            until=until,
            kinds=kinds,
            every_kind=list(Kind),
            pool=revisits.pool_of(session, g.actor, since, until, kinds),
            samples=revisits.samples(session, g.actor),
            may_draw=g.actor.has(Role.SUPERVISOR),
        )
    return body, entry.status


def _day(text: str, default: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return default


# -- a visit -------------------------------------------------------------------------------


@blueprint.post("/tasks/<uuid:task_id>/visit-plan")
def plan(task_id: UUID) -> ResponseReturnValue:
    """Keep the plan of a visit, without recording anything yet."""
    typed = MultiDict(request.form)
    try:
        said = load(visit_shapes.VisitPlan, plan_of(typed))
        guests = [revisits.Guest(**guest) for guest in said.pop("guests")]
        wanted = revisits.Plan(**said, guests=guests)
        writing(lambda s: revisits.plan_visit(s, current_actor(s), task_id, wanted))
    except (ValidationError, Refusal) as error:
        return step_pages.page(task_id, error=error, typed=typed)
    toasts.say(_("The visit is planned."))
    return redirect(url_for("steps.show", task_id=task_id), 303)


def plan_of(typed: Typed) -> dict[str, Any]:
    """Return a plan as its shape takes it; each line names a guest and whom they belong to."""
    lines = (line.strip() for line in typed.get("guests", "").splitlines())
    pairs = [GUEST.split(line, maxsplit=1) for line in lines if line]
    guests = [
        {"name": pair[0].strip(), "organisation": pair[1].strip() if pair[1:] else ""}
        for pair in pairs
    ]
    return {**typed, "team": typed.getlist("team"), "guests": guests}


# -- objections ----------------------------------------------------------------------------


@blueprint.get("/revisits/<int:revisit_id>/objection")
def objection_form(revisit_id: int) -> ResponseReturnValue:
    """Ask why a unit doesn't agree with what a visit concluded."""
    return _objection_page(revisit_id, Entry())


@blueprint.post("/revisits/<int:revisit_id>/objection")
def object_to(revisit_id: int) -> ResponseReturnValue:
    """Object to a conclusion."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        said = load(visit_shapes.ConclusionObjection, typed)
        actor = current_actor(session)
        revisits.object_to_conclusion(session, actor, revisit_id, **said)
        return room.visit_file(session, actor, revisit_id).visit.item_id

    try:
        item_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _objection_page(revisit_id, refused(typed, error))
    toasts.say(_("Your objection is on its way; somebody who wasn't at the visit decides."))
    return redirect(url_for("items.show", item_id=item_id), 303)


def _objection_page(revisit_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        file = room.visit_file(session, g.actor, revisit_id)
        case = casefile.case_of(session, g.actor, file.visit.item_id)
        body = render_template(
            "revisits/objection.html",
            case=case,
            item=case.item,
            file=file,
            entry=entry,
        )
    return body, entry.status


# -- what an administrator sets ------------------------------------------------------------


@blueprint.get("/admin/revisits")
def rules_page() -> ResponseReturnValue:
    """Show what risks count, and the checklist."""
    return _rules_page(Entry())


@blueprint.post("/admin/revisits/weights")
def change_weights() -> ResponseReturnValue:
    """Set what risks count, or hand it to a second administrator."""
    typed = MultiDict(request.form)

    def work(session: Session) -> TableDraft | None:
        actor, known = current_actor(session), revisits.weights(session)
        wanted = {name: _percent(typed.get(name, "")) for name in known if name in typed}
        if seconding.is_needed(session):
            note = typed.get("note", "")
            return decision_tables.propose_weights(session, actor, wanted, note)
        revisits.change_weights(session, actor, wanted)
        return None

    try:
        draft = writing(work)
    except Refusal as error:
        return _rules_page(refused(typed, error, {"": "note"}))
    if draft is not None:
        return handed_over(draft)
    toasts.say(_("The weights are changed; what was drawn keeps the figures of its day."))
    return redirect(url_for("revisits.rules_page"), 303)


@blueprint.post("/admin/revisits/checklist")
def change_checklist() -> ResponseReturnValue:
    """Replace the checklist of a visit."""
    typed = MultiDict(request.form)
    asked = [
        Question(
            typed.get(f"text-{place}", ""),
            typed.get(f"text_en-{place}", ""),
            decisive=f"decisive-{place}" in typed,
        )
        for place in range(revisits.MOST_QUESTIONS)
        if typed.get(f"text-{place}", "").strip()
    ]
    try:
        writing(lambda s: revisits.change_questions(s, current_actor(s), asked))
    except Refusal as error:
        return _rules_page(refused(typed, error))
    toasts.say(
        ngettext("The checklist has one line.", "The checklist has %(num)d lines.", len(asked))
    )
    return redirect(url_for("revisits.rules_page", _anchor="checklist"), 303)


def _percent(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 6 else -1  # noqa: PLR2004 (a thousand percent)


def _rules_page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        rules.must_have(g.actor, Role.ADMINISTRATOR)
        asking = asked_about(session, g.actor, risk.SHAPE.name)
        known = {**revisits.weights(session), **risk.weights_in(asking.table)}
        body = render_template(
            "revisits/rules.html",
            entry=entry,
            asking=asking,
            weights=_typed_or(entry, known),
            questions=revisits.questions(session),
        )
    return body, entry.status


def _typed_or(entry: Entry, known: Mapping[str, int]) -> dict[str, str]:
    return {name: entry.get(name) or str(percent) for name, percent in known.items()}
