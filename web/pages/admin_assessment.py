"""Groups of units, and which version of the rules each quarter uses: an administrator's."""

from collections.abc import Callable

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

import engine
from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, load, refused
from web.shapes import scores as score_shapes
from web.transaction import reading, writing
from workflows import assessment, rules
from workflows.assessment import GroupForm, Quarter
from workflows.calendar import today
from workflows.errors import AssessmentRefused, QuarterFrozen, TextMissing, TextTooLong
from workflows.tables import Role, UnitKind
from workflows.units import units

blueprint = Blueprint("admin_assessment", __name__, url_prefix="/admin/assessment")

SHOWN = 6
"""Quarters whose rules can be seen, the running one first."""


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the groups, where each unit belongs, and the quarters' rules."""
    return _page(Entry())


@blueprint.post("/groups")
def add() -> ResponseReturnValue:
    """Add a group."""

    def work(session: Session) -> object:
        form = GroupForm(**load(score_shapes.GroupText, request.form))
        return assessment.add_group(session, current_actor(session), form).id

    return _done(work, _("The group is added."), "name")


@blueprint.post("/groups/<int:group_id>")
def change(group_id: int) -> ResponseReturnValue:
    """Change a group."""

    def work(session: Session) -> object:
        form = GroupForm(**load(score_shapes.GroupText, request.form))
        return assessment.change_group(session, current_actor(session), group_id, form).id

    return _done(work, _("The group is changed."), f"name-{group_id}")


@blueprint.post("/groups/<int:group_id>/remove")
def remove(group_id: int) -> ResponseReturnValue:
    """Take a group away."""
    return _done(
        lambda s: assessment.remove_group(s, current_actor(s), group_id),
        _("The group is gone; its units belong where their kind does."),
        f"name-{group_id}",
    )


@blueprint.post("/places")
def place() -> ResponseReturnValue:
    """Put units into groups by hand."""
    wanted = {
        int(name.removeprefix("unit-")): place
        for name, place in request.form.items()
        if name.removeprefix("unit-").isdecimal() and _is_place(place)
    }
    return _done(
        lambda s: assessment.place_units(s, current_actor(s), wanted),
        _("The units are placed."),
        "places",
    )


@blueprint.post("/<int:year>/<int:number>/table")
def choose_table(year: int, number: int) -> ResponseReturnValue:
    """Let a quarter use another version of the rules."""

    def work(session: Session) -> object:
        said = load(score_shapes.TableChoice, request.form)
        actor = current_actor(session)
        return assessment.choose_table(session, actor, year, number, **said).id

    return _done(work, _("The quarter uses that version."), f"note-{year}-{number}")


def _is_place(place: str) -> bool:
    return place in (assessment.BY_KIND, assessment.NOWHERE) or place.isdecimal()


def _done(work: Callable[[Session], object], told: str, field: str) -> ResponseReturnValue:
    try:
        writing(work)
    except (
        ValidationError, AssessmentRefused, QuarterFrozen, TextMissing, TextTooLong,
    ) as error:  # fmt: skip
        return _page(refused(MultiDict(request.form), error, {"": field, "note": field}))
    toasts.say(told)
    return redirect(url_for("admin_assessment.show"), 303)


def _page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        quarter = assessment.quarter_of(today(session))
        quarters = [quarter]
        while len(quarters) < SHOWN:
            quarters.append(quarters[-1].before)
        known = {each.id: each for each in engine.decision_versions(session, "scores")}
        body = render_template(
            "assessment/admin.html",
            groups=assessment.groups(session),
            grouped=assessment.grouped(session),
            places=assessment.places(session),
            units=units(session),
            kinds=list(UnitKind),
            quarters=[_quarter(session, each) for each in quarters],
            versions=sorted(known.values(), key=lambda each: -each.version),
            labels={
                name: _("Why") if name.startswith("note") else _("Name") for name in entry.errors
            },
            entry=entry,
        )
    return body, entry.status


def _quarter(session: Session, quarter: Quarter) -> dict[str, object]:
    row = assessment.row_of(session, quarter)
    return {
        "quarter": quarter,
        "row": row,
        "state": assessment.state_of(row),
        "table": assessment.table_of(session, quarter, row),
    }
