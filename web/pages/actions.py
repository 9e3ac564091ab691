"""Supervision actions 督查活动: planned, recorded with photographs, called off."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, Typed, load, refused
from web.pages.papers import shown_picture
from web.pages.revisits import plan_of
from web.shapes import Shape
from web.shapes import actions as action_shapes
from web.transaction import database, reading, writing
from web.words import actions as action_words
from workflows import actions, dossiers, figures, papers, revisits, rules
from workflows.actions import room
from workflows.actions.room import ActionFilter
from workflows.calendar import today
from workflows.errors import Refusal
from workflows.methods import Method
from workflows.people import Actor
from workflows.tables import ActionState, Party

blueprint = Blueprint("actions", __name__, url_prefix="/actions")
blueprint.record_once(lambda state: action_words.register(state.app))

EARLIEST = 2000
COUNTED = ("special_supervisions", "station_months", "station_problems")
"""The year's figures in the head of the list; each opens its rows."""


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the actions that the reader may know of."""
    wanted = _wanted()
    with reading() as session:
        year = figures.Span.year(wanted.year or today(session).year)
        return render_template(
            "actions/show.html",
            wanted=wanted,
            actions=room.actions(session, g.actor, wanted),
            year=year,
            counted={
                name: figures.measure(session, g.actor, name, year)
                for name in (COUNTED if figures.knows_all(g.actor) else ())
            },
            states=list(ActionState),
            is_office=is_office(),
        )


@blueprint.get("/new")
def plan_form() -> ResponseReturnValue:
    """Ask what is going to be done."""
    values: Typed = MultiDict(request.args)
    if "method" not in values:
        values["method"] = Method.ON_SITE.value
    return _plan_page(Entry(values=values))


@blueprint.post("/new")
def plan() -> ResponseReturnValue:
    """Plan an action."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        sent = {name: typed.getlist(name) for name in ("joint", "item_ids", "unit_ids")}
        said = with_guests(load(action_shapes.ActionPlan, {**plan_of(typed), **sent}))
        return actions.plan_action(session, current_actor(session), actions.ActionPlan(**said)).id

    try:
        action_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _plan_page(refused(typed, error))
    toasts.say(_("The action is planned."))
    return redirect(url_for("actions.one", action_id=action_id), 303)


@blueprint.get("/<int:action_id>")
def one(action_id: int) -> ResponseReturnValue:
    """Show an action, and ask what it found while it waits for that."""
    return _action_page(action_id, Entry())


@blueprint.post("/<int:action_id>/record")
def record(action_id: int) -> ResponseReturnValue:
    """Record what an action found, with its photographs."""
    return _on_action(
        action_id,
        action_shapes.ActionRecord,
        lambda s, actor, said: actions.record_action(
            s, actor, action_id, actions.ActionRecord(**said)
        ),
        _("The action is recorded."),
    )


@blueprint.post("/<int:action_id>/call-off")
def call_off(action_id: int) -> ResponseReturnValue:
    """Call an action off."""
    return _on_action(
        action_id,
        action_shapes.Reason,
        lambda s, actor, said: actions.call_off_action(s, actor, action_id, **said),
        _("The action is called off."),
    )


@blueprint.post("/<int:action_id>/photographs")
def photograph(action_id: int) -> ResponseReturnValue:
    """Keep photographs with an action."""
    rules.must_have(g.actor, *rules.OFFICE)
    try:
        _keep_photographs(action_id)
    except Refusal as error:
        return _action_page(action_id, refused(MultiDict(request.form), error))
    return redirect(url_for("actions.one", action_id=action_id, _anchor="photographs"), 303)


@blueprint.get("/photographs/<uuid:photograph_id>")
def picture(photograph_id: UUID) -> Response:
    """Give a photograph to be shown in the page."""
    with reading() as session:
        found = actions.open_photograph(session, g.actor, photograph_id)
    return shown_picture(found)


def _on_action(
    action_id: int,
    shape: type[Shape],
    verb: Callable[[Session, Actor, dict[str, Any]], object],
    done: str,
) -> ResponseReturnValue:
    typed = MultiDict(request.form)
    try:
        _keep_photographs(action_id)
        writing(lambda s: verb(s, current_actor(s), load(shape, typed)))
    except (ValidationError, Refusal) as error:
        return _action_page(action_id, refused(typed, error))
    toasts.say(done)
    return redirect(url_for("actions.one", action_id=action_id), 303)


def _keep_photographs(action_id: int) -> None:
    caption = request.form.get("caption", "")
    for file in request.files.getlist("papers"):
        if not file.filename:
            continue
        checked = papers.check(database(), file.filename, file.stream)

        def work(session: Session, checked: papers.Checked = checked) -> object:
            actor = current_actor(session)
            return actions.keep_photograph(session, actor, action_id, checked, caption)

        writing(work)


def _action_page(action_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        file = room.action_file(session, g.actor, action_id)
        body = render_template(
            "actions/one.html",
            file=file,
            action=file.action,
            entry=entry,
            is_office=is_office(),
        )
    return body, entry.status


def _plan_page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        rules.must_have(g.actor, *rules.OFFICE)
        body = render_template(
            "actions/plan.html",
            entry=entry,
            office=revisits.office_people(session),
            groups=dossiers.unit_groups(session),
            items=room.choosable_items(session, g.actor),
            parties=list(Party),
        )
    return body, entry.status


def _wanted() -> ActionFilter:
    args = request.args
    method, state = args.get("method", ""), args.get("state", "")
    year = args.get("year", type=int)
    return ActionFilter(
        method=method if method in set(Method) else "",
        state=ActionState(state) if state in set(ActionState) else None,
        year=year if year and EARLIEST <= year < date.max.year else None,
        special="special" in args,
        text=args.get("text", ""),
    )


def with_guests(said: dict[str, Any]) -> dict[str, Any]:
    """Return what was said with its guests as the domain knows them."""
    return {**said, "guests": [revisits.Guest(**guest) for guest in said["guests"]]}


def is_office() -> bool:
    """Say whether the reader is of the supervision office."""
    return any(g.actor.has(role) for role in rules.OFFICE)
