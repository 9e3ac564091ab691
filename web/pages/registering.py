"""Registering an item 登记立项, with its limit explained while the urgency is chosen."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import kind_fields as fields_of_kinds
from web import openings, toasts
from web.auth import current_actor
from web.entries import Entry, refused
from web.errors import problem_of
from web.pages.sheets import registration_look
from web.shapes import steps as step_shapes
from web.transaction import reading, writing
from workflows import kinds, limits, rules
from workflows.calendar import today
from workflows.errors import LimitTooFar, Refusal
from workflows.opening.registering import open_item
from workflows.reckoning import Due
from workflows.tables import Item, Role, Source, Urgency

blueprint = Blueprint("registering", __name__)

START: Mapping[str, str] = {"urgency": Urgency.NORMAL.value}


@blueprint.get("/items/new")
def show() -> ResponseReturnValue:
    """Show the empty form."""
    return page(Entry(values=MultiDict(START)))


@blueprint.post("/items/new")
def register() -> ResponseReturnValue:
    """Register what was typed; secret matters are turned away."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        actor = current_actor(session)
        return open_item(session, actor, openings.from_form(session, typed)).id

    try:
        item_id = writing(work)
    except (ValidationError, Refusal) as error:
        return page(refused(typed, error))
    toasts.say(_("The item is registered."))
    return redirect(url_for("items.show", item_id=item_id), 303)


@blueprint.get("/items/limit")
def limit() -> str:
    """Explain the limit of the urgency chosen, while somebody fills in the form."""
    with reading() as session:
        return render_template("items/limit.html", **_shown(session, request.args))


@blueprint.get("/items/kind-fields")
def kind_fields() -> str:
    """Show the fields of the chosen source's kind, with what was typed into them so far."""
    entry = Entry(values=MultiDict(request.args))
    with reading() as session:
        rules.must_have(g.actor, Role.SUPERVISOR)
        look = fields_of_kinds.look(session, entry.get("source"))
        return render_template("items/kind_fields.html", entry=entry, **look)


@blueprint.get("/items/before")
def before() -> str:
    """Show the look-alikes of what is being typed, and how busy the units named are."""
    entry = Entry(values=MultiDict(request.args))
    with reading() as session:
        rules.must_have(g.actor, Role.SUPERVISOR)
        but = request.args.get("but", type=int)
        look = openings.look(session, request.args, but)
        return render_template("opening/before.html", entry=entry, item=but, **look)


def page(entry: Entry) -> ResponseReturnValue:
    """Render the form to whoever may register."""
    with reading() as session:
        rules.must_have(g.actor, Role.SUPERVISOR)
        body = render_template(
            "items/register.html",
            entry=entry,
            **_shown(session, entry.values),
            **registration_look(session, entry.get("source")),
            **openings.look(session, entry.values),
        )
    return body, entry.status


def _shown(session: Session, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the limit for the form, or what stands in its way."""
    try:
        return {"due": due_of(session, typed)}
    except LimitTooFar as error:
        return {"problem": problem_of(error)}


def due_of(session: Session, typed: Mapping[str, str]) -> Due | None:
    """Return the limit that an item would have if it were handed out today; refuse a far one."""
    names = ("source", "urgency", "planned_due_on", "ends_on")
    wanted = {name: typed.get(name, "") for name in names}
    try:
        asked = step_shapes.LimitQuestion().load(wanted)
    except ValidationError:
        return None
    day = today(session)
    chosen = asked["planned_due_on"] or asked["ends_on"]  # a project is due when it is built
    if chosen is not None:
        rules.must_be_near(chosen, day)
        return limits.chosen_date(session, day, chosen)
    source = asked["source"] or Source.CITY_INSTRUCTION
    matter = Item(kind=kinds.runs_as(source), source=source, urgency=asked["urgency"])
    return limits.due_date(session, day, kinds.limit_of(matter))
