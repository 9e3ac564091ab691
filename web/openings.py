"""The form of what is asked before an item is opened: plan, look-alikes, the units' burden."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError

from engine import Session
from web import kind_fields
from web.entries import Typed, load
from web.moments import iso_day
from web.shapes import opening as opening_shapes
from workflows import dossiers
from workflows.decisions import pasting
from workflows.items import Registration
from workflows.opening.alike import look_alikes
from workflows.opening.burden import burdens
from workflows.opening.plans import Plan, plan_of
from workflows.opening.registering import Answer, Opening, answers_of
from workflows.tables import Item, Source

ANSWERED = re.compile(r"alike-(\d{1,12})")
FIELDS = ("content", "scope", "from_on", "until_on")


def from_form(session: Session, sent: Typed) -> Opening:
    """Read the form of a registration with what is asked before it."""
    registration = kind_fields.from_form(sent)
    return Opening(registration, plan(session, sent), answers(sent))


def of_shape(sent: Mapping[str, Any]) -> Opening:
    """Return what the API was sent."""
    own = dict(sent)
    told, alike = own.pop("plan", None), own.pop("look_alikes", ())
    registration: Registration = kind_fields.registration(own)
    said = {one["item_id"]: Answer(one["answer"], one["reason"]) for one in alike}
    return Opening(registration, plan_of_shape(told) if told else Plan(), said)


def plan_of_shape(said: Mapping[str, Any]) -> Plan:
    """Return a plan that was loaded."""
    lists = {name: tuple(said[name]) for name in ("methods", "unit_ids")}
    return Plan(**{**said, **lists})


def plan(session: Session, sent: Typed) -> Plan:
    """Read the plan of a form; units are named, the first leads."""
    ids, strangers = pasting.co_units(session, sent.get("plan_units", ""))
    if strangers:
        names = "、".join(strangers)
        raise ValidationError(
            {"plan_units": [_("Nobody knows these units: %(names)s", names=names)]}
        )
    typed = {**{name: sent.get(name, "") for name in FIELDS}, "methods": sent.getlist("methods")}
    return plan_of_shape(load(opening_shapes.Plan, {**typed, "unit_ids": ids}))


def answers(sent: Typed) -> Mapping[int, Answer]:
    """Return what was said to each look-alike."""
    found = ((ANSWERED.fullmatch(name), value) for name, value in sent.items())
    return {
        int(name[1]): Answer(value, sent.get(f"{name[0]}-reason", ""))
        for name, value in found
        if name
    }


def look(session: Session, typed: Mapping[str, str], but: int | None = None) -> dict[str, Any]:
    """Return the look-alikes of what is being typed, and how busy the units named are."""
    ids, _strangers = pasting.co_units(session, typed.get("plan_units", ""))
    source = typed.get("source", "")
    known = Source(source) if source in set(Source) else None
    title = typed.get("title", "").strip()
    alike = look_alikes(session, title, known, ids, but) if title else []
    return {"alike": alike, "burdens": burdens(session, ids)}


def start(session: Session, item: Item) -> dict[str, Any]:
    """Begin the form of a registration that came back with what was kept."""
    kept = plan_of(session, item)
    form: dict[str, Any] = {"plan_units": "、".join(row.unit.name for row in kept.units)}
    if kept.plan is not None:
        form |= {"content": kept.plan.content, "scope": kept.plan.scope}
        form |= {"from_on": iso_day(kept.plan.from_on), "until_on": iso_day(kept.plan.until_on)}
        form["methods"] = list(kept.plan.methods)
    for item_id, answer in answers_of(session, item).items():
        form[f"alike-{item_id}"] = answer.answer
        form[f"alike-{item_id}-reason"] = answer.reason
    return form


def units_to_choose(session: Session) -> dict[str, Any]:
    """Return the names of the units that work can be handed to."""
    groups = dossiers.unit_groups(session)
    return {"unit_names": [unit.name for group in groups for unit in group.units]}
