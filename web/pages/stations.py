"""Teams on the spot 驻点督查: where they are, and the problems of their logs."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web.auth import current_actor
from web.entries import Entry, load, refused
from web.pages.actions import is_office, with_guests
from web.pages.revisits import plan_of
from web.shapes import Shape
from web.shapes import actions as action_shapes
from web.transaction import reading, writing
from workflows import actions, dossiers, revisits, rules
from workflows.actions import room
from workflows.errors import Refusal
from workflows.people import Actor

blueprint = Blueprint("stations", __name__, url_prefix="/actions/stations")


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the teams on the spot."""
    with reading() as session:
        return render_template(
            "actions/stations.html",
            files=room.stations(session, g.actor),
            is_office=is_office(),
        )


@blueprint.get("/new")
def plan_form() -> ResponseReturnValue:
    """Ask where a team goes."""
    return _new_station_page(Entry(values=MultiDict(request.args)))


@blueprint.post("/new")
def send() -> ResponseReturnValue:
    """Send a team."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        said = with_guests(load(action_shapes.StationPlan, plan_of(typed)))
        plan = actions.StationPlan(**said)
        return actions.open_station(session, current_actor(session), plan).id

    try:
        station_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _new_station_page(refused(typed, error))
    return redirect(url_for("stations.one", station_id=station_id), 303)


@blueprint.get("/<int:station_id>")
def one(station_id: int) -> ResponseReturnValue:
    """Show a station with its log."""
    return _station_page(station_id, Entry())


@blueprint.post("/<int:station_id>/problems")
def add_problem(station_id: int) -> ResponseReturnValue:
    """Write a problem into the log."""
    return _on_station(
        station_id,
        action_shapes.Problem,
        lambda s, actor, said: actions.add_problem(s, actor, station_id, actions.Problem(**said)),
    )


@blueprint.post("/<int:station_id>/problems/<int:problem_id>")
def settle(station_id: int, problem_id: int) -> ResponseReturnValue:
    """Write down how a problem came to its end."""
    return _on_station(
        station_id,
        action_shapes.Settlement,
        lambda s, actor, said: actions.settle_problem(s, actor, problem_id, **said),
    )


@blueprint.post("/<int:station_id>/end")
def close(station_id: int) -> ResponseReturnValue:
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
    return redirect(url_for("stations.one", station_id=station_id, _anchor="log"), 303)


def _station_page(station_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        body = render_template(
            "actions/station.html",
            file=room.station_file(session, g.actor, station_id),
            entry=entry,
            groups=dossiers.unit_groups(session),
            is_office=is_office(),
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
