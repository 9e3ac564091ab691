"""Supervision actions 督查活动: planned and recorded, on the spot, and by letter."""

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
from web import action_shapes, action_words, toasts
from web.auth import current_actor
from web.entries import Entry, Typed, load, refused
from web.pages.papers import shown_picture
from web.pages.revisits import plan_of
from web.shapes import Shape
from web.transaction import database, reading, writing
from workflows import actions, dossiers, items, papers, revisits, rules, settings
from workflows.actions import room
from workflows.actions.room import ActionFilter
from workflows.calendar import today
from workflows.errors import Refusal
from workflows.methods import Method
from workflows.people import Actor
from workflows.tables import ActionState, LetterKind, Party, Role

blueprint = Blueprint("actions", __name__, url_prefix="/actions")
blueprint.record_once(lambda state: action_words.register(state.app))

EARLIEST = 2000


# -- actions -------------------------------------------------------------------------------


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the actions that the reader may know of."""
    wanted = _wanted()
    with reading() as session:
        year = wanted.year or today(session).year
        return render_template(
            "actions/show.html",
            wanted=wanted,
            actions=room.actions(session, g.actor, wanted),
            counted=room.year_of(session, year) if _is_office() or _reads_all() else None,
            states=list(ActionState),
            is_office=_is_office(),
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
        said = _with_guests(load(action_shapes.ActionPlan, {**plan_of(typed), **sent}))
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
            is_office=_is_office(),
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


# -- on the spot -----------------------------------------------------------------------------


@blueprint.get("/stations")
def stations() -> ResponseReturnValue:
    """Show the teams on the spot."""
    with reading() as session:
        return render_template(
            "actions/stations.html",
            files=room.stations(session, g.actor),
            is_office=_is_office(),
        )


@blueprint.get("/stations/new")
def station_form() -> ResponseReturnValue:
    """Ask where a team goes."""
    return _new_station_page(Entry(values=MultiDict(request.args)))


@blueprint.post("/stations/new")
def open_station() -> ResponseReturnValue:
    """Send a team."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        said = _with_guests(load(action_shapes.StationPlan, plan_of(typed)))
        plan = actions.StationPlan(**said)
        return actions.open_station(session, current_actor(session), plan).id

    try:
        station_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _new_station_page(refused(typed, error))
    return redirect(url_for("actions.station", station_id=station_id), 303)


@blueprint.get("/stations/<int:station_id>")
def station(station_id: int) -> ResponseReturnValue:
    """Show a station with its log."""
    return _station_page(station_id, Entry())


@blueprint.post("/stations/<int:station_id>/problems")
def add_problem(station_id: int) -> ResponseReturnValue:
    """Write a problem into the log."""
    return _on_station(
        station_id,
        action_shapes.Problem,
        lambda s, actor, said: actions.add_problem(s, actor, station_id, actions.Problem(**said)),
    )


@blueprint.post("/stations/<int:station_id>/problems/<int:problem_id>")
def settle(station_id: int, problem_id: int) -> ResponseReturnValue:
    """Write down how a problem came to its end."""
    return _on_station(
        station_id,
        action_shapes.Settlement,
        lambda s, actor, said: actions.settle_problem(s, actor, problem_id, **said),
    )


@blueprint.post("/stations/<int:station_id>/end")
def close_station(station_id: int) -> ResponseReturnValue:
    """Bring a team home."""
    return _on_station(
        station_id,
        action_shapes.StationEnd,
        lambda s, actor, said: actions.close_station(s, actor, station_id, **said),
    )


def _on_station(
    station_id: int,
    shape: type[Shape],
    verb: Callable[[Session, Actor, dict[str, Any]], object],
) -> ResponseReturnValue:
    typed = MultiDict(request.form)
    try:
        writing(lambda s: verb(s, current_actor(s), load(shape, typed)))
    except (ValidationError, Refusal) as error:
        return _station_page(station_id, refused(typed, error))
    return redirect(url_for("actions.station", station_id=station_id, _anchor="log"), 303)


def _station_page(station_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        body = render_template(
            "actions/station.html",
            file=room.station_file(session, g.actor, station_id),
            entry=entry,
            groups=dossiers.unit_groups(session),
            is_office=_is_office(),
        )
    return body, entry.status


def _new_station_page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        rules.must_have(g.actor, *rules.OFFICE)
        body = render_template(
            "actions/new_station.html",
            entry=entry,
            office=revisits.office_people(session),
            groups=dossiers.unit_groups(session),
            items=room.choosable_items(session, g.actor),
        )
    return body, entry.status


# -- letters ---------------------------------------------------------------------------------


@blueprint.get("/letters")
def letters() -> ResponseReturnValue:
    """Show the letters that the reader may read."""
    with reading() as session:
        return render_template(
            "actions/letters.html",
            letters=room.letters(session, g.actor),
            is_office=_is_office(),
        )


@blueprint.get("/letters/new")
def letter_form() -> ResponseReturnValue:
    """Ask to whom to write, and what."""
    values: Typed = MultiDict(request.args)
    if "kind" not in values:
        values["kind"] = LetterKind.POINT_TO_POINT.value
    return _letter_page(Entry(values=values))


@blueprint.post("/letters/new")
def send_letter() -> ResponseReturnValue:
    """Send a letter."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        text = actions.LetterText(**load(action_shapes.Letter, typed))
        return actions.send_letter(session, current_actor(session), text).id

    try:
        letter_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _letter_page(refused(typed, error))
    toasts.say(_("The letter is delivered; you see here when it is opened."))
    return redirect(url_for("actions.letter", letter_id=letter_id), 303)


@blueprint.get("/letters/<int:letter_id>")
def letter(letter_id: int) -> ResponseReturnValue:
    """Show a letter; the first look of whoever heads its unit leaves the receipt."""
    writing(lambda s: actions.open_letter(s, current_actor(s), letter_id))
    with reading() as session:
        found, reader, sender = room.letter(session, g.actor, letter_id)
        return render_template(
            "actions/letter.html",
            letter=found,
            reader=reader,
            sender=sender,
            office=settings.text(session, "office.name"),
        )


def _letter_page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        rules.must_have(g.actor, *rules.OFFICE)
        item_id = entry.get("item_id")
        item = None
        if item_id.isascii() and item_id.isdecimal():
            item = items.visible_item(session, g.actor, int(item_id))
        body = render_template(
            "actions/new_letter.html",
            entry=entry,
            groups=dossiers.unit_groups(session),
            item=item,
            kinds=list(LetterKind),
        )
    return body, entry.status


def _with_guests(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "guests": [revisits.Guest(**guest) for guest in said["guests"]]}


def _is_office() -> bool:
    return any(g.actor.has(role) for role in rules.OFFICE)


def _reads_all() -> bool:
    return any(g.actor.has(role) for role in (Role.LEADER, Role.AUDITOR))
