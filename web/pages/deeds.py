"""What can be done about an item beside its steps: urge, extend, ask for a revisit."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import shapes, toasts
from web.auth import current_actor
from web.entries import Entry, Typed, load, refused
from web.pages.items import light_more
from web.transaction import reading, writing
from workflows import casefile, changes, revisits, steps, urges
from workflows.casefile import CaseFile, PartLine
from workflows.errors import NotNow, Refusal
from workflows.people import Actor
from workflows.tables import ItemState

blueprint = Blueprint("deeds", __name__)

SYSTEM = "system"


@blueprint.get("/items/<int:item_id>/urge")
def urge_form(item_id: int) -> ResponseReturnValue:
    """Ask whom to urge, how, and with which words."""
    return _page("deeds/urge.html", item_id, steps.URGE, Entry(), _urge_start)


@blueprint.post("/items/<int:item_id>/urge")
def urge(item_id: int) -> ResponseReturnValue:
    """Urge the units chosen."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        sent = {**typed, "assignment_ids": typed.getlist("assignment_ids")}
        said = load(shapes.Urge, sent)
        return len(urges.urge(session, current_actor(session), **said))

    try:
        number = writing(work)
    except (ValidationError, Refusal) as error:
        entry = refused(typed, error)
        return _page("deeds/urge.html", item_id, steps.URGE, entry, _urge_start)
    toasts.say(ngettext("%(num)d unit is urged.", "%(num)d units are urged.", number))
    return redirect(url_for("items.show", item_id=item_id), 303)


@blueprint.get("/items/<int:item_id>/extension")
def extension_form(item_id: int) -> ResponseReturnValue:
    """Ask for the later limit and the reason."""
    return _page("deeds/extension.html", item_id, steps.EXTEND, Entry(), _extension_start)


@blueprint.post("/items/<int:item_id>/extension")
def extend(item_id: int) -> ResponseReturnValue:
    """Ask the leader for a later limit."""
    typed = MultiDict(request.form)
    part_id = request.form.get("part", 0, type=int)

    def work(session: Session) -> object:
        said = load(shapes.ExtensionRequest, typed)
        return changes.ask_extension(session, current_actor(session), part_id, **said)

    try:
        writing(work)
    except (ValidationError, Refusal) as error:
        entry = refused(typed, error)
        return _page("deeds/extension.html", item_id, steps.EXTEND, entry, _extension_start)
    toasts.say(_("The extension is asked for; the leader decides."))
    return redirect(url_for("items.show", item_id=item_id), 303)


@blueprint.post("/items/<int:item_id>/revisit")
def ask_for_revisit(item_id: int) -> ResponseReturnValue:
    """Ask that the item be revisited before it is closed."""
    writing(lambda session: revisits.ask_for_revisit(session, current_actor(session), item_id))
    toasts.say(_("A revisit is asked for."))
    return redirect(url_for("items.show", item_id=item_id), 303)


def _page(
    template: str,
    item_id: int,
    deed: str,
    entry: Entry,
    start: Callable[[CaseFile, Sequence[PartLine]], Mapping[str, Any]],
) -> ResponseReturnValue:
    """Show a deed's form with the parts that it can be about."""
    with reading() as session:
        case = casefile.case_of(session, g.actor, item_id)
        lines = _possible(session, g.actor, case, deed)
        if not lines and entry.status == 200:  # noqa: PLR2004 (nothing was refused yet)
            raise NotNow(deed, ItemState(case.item.state).value)
        if not entry.typed:
            entry.values = _as_typed(start(case, lines))
        body = render_template(
            template,
            case=case,
            item=case.item,
            lines=lines,
            line_choices=[(str(line.part.id), line.part.unit.name) for line in lines],
            entry=entry,
            light_more=light_more,
        )
    return body, entry.status


def _possible(session: Session, actor: Actor, case: CaseFile, deed: str) -> list[PartLine]:
    """Return the parts that the actor may do this about now."""
    ids = {
        action.assignment_id
        for action in steps.actions_of(session, actor, case.item)
        if action.deed == deed
    }
    return [line for line in case.lines if line.part.id in ids]


def _urge_start(_case: CaseFile, lines: Sequence[PartLine]) -> Mapping[str, Any]:
    """Choose the late units, or the one asked for."""
    asked = request.args.get("part", type=int)
    late = [line.part.id for line in lines if line.light == "red"]
    chosen = [asked] if asked else late or [line.part.id for line in lines]
    return {
        "assignment_ids": [str(each) for each in chosen],
        "method": SYSTEM,
        "text": _("The limit is close or over. Please report on where it stands, and why."),
    }


def _extension_start(_case: CaseFile, lines: Sequence[PartLine]) -> Mapping[str, Any]:
    return {"part": str(lines[0].part.id)} if lines else {}


def _as_typed(values: Mapping[str, Any]) -> Typed:
    return MultiDict(values)
