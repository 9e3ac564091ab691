"""What can be done about an item beside its steps: urge, ask for a change or a revisit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, load, refused
from web.shapes import changes as change_shapes
from web.transaction import reading, writing
from workflows import casefile, changes, clock, revisits, rules, steps, urges
from workflows.casefile import CaseFile, PartLine
from workflows.errors import NotNow, NotYours, Refusal
from workflows.lights import Light
from workflows.methods import Method
from workflows.people import Actor
from workflows.tables import ChangeKind, Role

blueprint = Blueprint("deeds", __name__)

Start: TypeAlias = Callable[[Sequence[PartLine]], Mapping[str, Any]]
Must: TypeAlias = Callable[[Actor, CaseFile], None]
Look: TypeAlias = Callable[[Session, Sequence[PartLine]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Deed:
    """A form beside the steps: who may see it, how it starts, what it offers to choose from."""

    name: str
    template: str
    must: Must
    start: Start
    look: Look = lambda _session, _lines: {}


@blueprint.get("/items/<int:item_id>/urge")
def urge_form(item_id: int) -> ResponseReturnValue:
    """Ask whom to urge, how, and with which words."""
    return page(URGE, item_id, Entry())


@blueprint.post("/items/<int:item_id>/urge")
def urge(item_id: int) -> ResponseReturnValue:
    """Urge the units chosen."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        sent = {**typed, "assignment_ids": typed.getlist("assignment_ids")}
        said = load(change_shapes.Urge, sent)
        return len(urges.urge(session, current_actor(session), **said))

    try:
        number = writing(work)
    except (ValidationError, Refusal) as error:
        return page(URGE, item_id, refused(typed, error))
    toasts.say(ngettext("%(num)d unit is urged.", "%(num)d units are urged.", number))
    return redirect(url_for("items.show", item_id=item_id), 303)


@blueprint.get("/items/<int:item_id>/change")
def change_form(item_id: int) -> ResponseReturnValue:
    """Ask what is to change, why, and how far the unit has come."""
    return page(CHANGE, item_id, Entry())


@blueprint.post("/items/<int:item_id>/change")
def change(item_id: int) -> ResponseReturnValue:
    """Ask for a later limit, another target, or to be let go."""
    typed = MultiDict(request.form)
    part_id = request.form.get("part", 0, type=int)

    def work(session: Session) -> object:
        sent = {name: value for name, value in typed.items() if value}
        wish = changes.Wish(**load(change_shapes.ChangeWish, sent))
        return changes.ask_change(session, current_actor(session), part_id, wish)

    try:
        writing(work)
    except (ValidationError, Refusal) as error:
        return page(CHANGE, item_id, refused(typed, error))
    toasts.say(_("The change is asked for; the unit's head signs first."))
    return redirect(url_for("items.show", item_id=item_id), 303)


@blueprint.post("/items/<int:item_id>/revisit")
def ask_for_revisit(item_id: int) -> ResponseReturnValue:
    """Ask that the item be revisited before it is closed."""
    writing(lambda session: revisits.ask_for_revisit(session, current_actor(session), item_id))
    toasts.say(_("A revisit is asked for."))
    return redirect(url_for("items.show", item_id=item_id), 303)


def page(deed: Deed, item_id: int, entry: Entry) -> ResponseReturnValue:
    """Show a deed's form with the parts that it can be about."""
    with reading() as session:
        case = casefile.case_of(session, g.actor, item_id)
        lines = _possible(session, g.actor, case, deed.name)
        if not entry.typed:
            _must_be_possible(deed, g.actor, case, lines)
            entry.values = MultiDict(deed.start(lines))
        body = render_template(
            deed.template,
            case=case,
            item=case.item,
            lines=lines,
            line_choices=[(str(line.part.id), line.part.unit.name) for line in lines],
            entry=entry,
            **deed.look(session, lines),
        )
    return body, entry.status


def _possible(session: Session, actor: Actor, case: CaseFile, deed: str) -> list[PartLine]:
    """Return the parts that the actor may do this about now."""
    offered = [each for each in steps.actions_of(session, actor, case.item) if each.deed == deed]
    if any(each.assignment_id is None for each in offered):  # it is about the item itself
        return case.current
    ids = {each.assignment_id for each in offered}
    return [line for line in case.lines if line.part.id in ids]


def _must_be_possible(deed: Deed, actor: Actor, case: CaseFile, lines: Sequence[PartLine]) -> None:
    """Refuse whoever may never do this, and say why it can't be done now."""
    if not lines:
        deed.must(actor, case)
        raise NotNow(deed.name, case.item.state.value)


def _must_urge(actor: Actor, _case: CaseFile) -> None:
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)


def _must_change(actor: Actor, case: CaseFile) -> None:
    units = actor.unit_ids(Role.HANDLER) | actor.unit_ids(Role.UNIT_HEAD)
    own = [line.part for line in case.current if line.part.unit_id in units]
    if not own:
        raise NotYours(Role.HANDLER.value)
    for part in own:
        rules.must_ask_in_time(part.due_on, case.day)


def _urge_start(lines: Sequence[PartLine]) -> Mapping[str, Any]:
    """Choose the unit asked for, else the late ones, else all."""
    asked = request.args.get("part", type=int)
    late = [line.part.id for line in lines if line.light is Light.RED]
    chosen = [asked] if asked else late or [line.part.id for line in lines]
    return {
        "assignment_ids": [str(each) for each in chosen],
        "method": Method.SYSTEM.value,
        "text": _("The limit is close or over. Please report on where it stands, and why."),
    }


def _change_start(lines: Sequence[PartLine]) -> Mapping[str, Any]:
    asked = request.args.get("part", lines[0].part.id, type=int)
    return {"part": str(asked), "kind": ChangeKind.EXTEND.value}


def _change_look(session: Session, lines: Sequence[PartLine]) -> Mapping[str, Any]:
    """Return how often and how far each part can still be extended, and why."""
    parts = [line.part for line in lines]
    return {
        "ceilings": {part.id: clock.ceiling_of(session, part) for part in parts},
        "furthest": {part.id: clock.furthest(session, part).why for part in parts},
    }


URGE = Deed(steps.URGE, "deeds/urge.html", _must_urge, _urge_start)
CHANGE = Deed(steps.CHANGE, "deeds/change.html", _must_change, _change_start, _change_look)
