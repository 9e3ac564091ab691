"""Who takes part in an open item: a unit is added, withdrawn, or another takes its place."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, Typed, load, refused
from web.pages.deeds import Deed, page
from web.shapes import changes as change_shapes
from web.transaction import writing
from workflows import dossiers, lineup, rules, steps
from workflows.assignments import UnitTask
from workflows.casefile import CaseFile, PartLine
from workflows.errors import Refusal
from workflows.people import Actor
from workflows.tables import Part

blueprint = Blueprint("lineup", __name__)

Work = Callable[[Session, Typed], object]


@blueprint.get("/items/<int:item_id>/units/add")
def add_form(item_id: int) -> ResponseReturnValue:
    """Ask which unit joins, how it takes part, and by when."""
    return page(ADD, item_id, Entry())


@blueprint.post("/items/<int:item_id>/units/add")
def add(item_id: int) -> ResponseReturnValue:
    """Let one more unit take part."""

    def work(session: Session, typed: Typed) -> object:
        said = load(change_shapes.AddedUnit, typed)
        task = UnitTask(said["unit_id"], said["due_on"])
        actor = current_actor(session)
        return lineup.add_unit(session, actor, item_id, task, said["part"], said["reason"])

    return _sent(ADD, item_id, work, _("The unit is added; it acknowledges first."))


@blueprint.get("/items/<int:item_id>/units/withdraw")
def withdraw_form(item_id: int) -> ResponseReturnValue:
    """Ask which unit is let go, and why."""
    return page(WITHDRAW, item_id, Entry())


@blueprint.post("/items/<int:item_id>/units/withdraw")
def withdraw(item_id: int) -> ResponseReturnValue:
    """Let a unit go."""

    def work(session: Session, typed: Typed) -> object:
        said = load(change_shapes.WithdrawnUnit, typed)
        return lineup.withdraw_unit(session, current_actor(session), _part_in(typed), **said)

    return _sent(WITHDRAW, item_id, work, _("The unit is withdrawn."))


@blueprint.get("/items/<int:item_id>/units/replace")
def replace_form(item_id: int) -> ResponseReturnValue:
    """Ask whose part goes to which unit, and why."""
    return page(REPLACE, item_id, Entry())


@blueprint.post("/items/<int:item_id>/units/replace")
def replace(item_id: int) -> ResponseReturnValue:
    """Hand a part to another unit."""

    def work(session: Session, typed: Typed) -> object:
        said = load(change_shapes.ReplacedUnit, typed)
        return lineup.replace_unit(session, current_actor(session), _part_in(typed), **said)

    return _sent(REPLACE, item_id, work, _("The part is handed over; the clock keeps running."))


def _sent(deed: Deed, item_id: int, work: Work, words: str) -> ResponseReturnValue:
    """Do a deed and go back to the item, or show its form again with what stands in the way."""
    typed = MultiDict(request.form)
    said = MultiDict((name, value) for name, value in typed.items(multi=True) if value)
    try:
        writing(lambda session: work(session, said))
    except (ValidationError, Refusal) as error:
        return page(deed, item_id, refused(typed, error, {"co": "unit_id", "outcome": "part"}))
    toasts.say(words)
    return redirect(url_for("items.show", item_id=item_id), 303)


def _part_in(typed: Typed) -> int:
    return typed.get("part", 0, type=int)


def _must_decide(actor: Actor, _case: CaseFile) -> None:
    rules.must_have(actor, *rules.OFFICE)


def _add_start(_lines: Sequence[PartLine]) -> Mapping[str, Any]:
    return {"part": Part.CO.value}


def _part_start(lines: Sequence[PartLine]) -> Mapping[str, Any]:
    asked = request.args.get("part", lines[0].part.id, type=int)
    return {"part": str(asked)}


def _units(session: Session, _lines: Sequence[PartLine]) -> Mapping[str, Any]:
    return {"groups": dossiers.unit_groups(session)}


ADD = Deed(steps.ADD_UNIT, "deeds/add_unit.html", _must_decide, _add_start, _units)
WITHDRAW = Deed(steps.WITHDRAW_UNIT, "deeds/withdraw_unit.html", _must_decide, _part_start)
REPLACE = Deed(steps.REPLACE_UNIT, "deeds/replace_unit.html", _must_decide, _part_start, _units)
