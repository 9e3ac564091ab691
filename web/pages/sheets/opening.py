"""How the office opens an item: registration, approval, differing words."""

from collections.abc import Mapping
from uuid import UUID

from flask import g
from werkzeug.datastructures import MultiDict

from engine import Session
from web import cases, kind_fields, openings
from web.entries import Typed, load
from web.pages.sheets.sheet import Context, Sheet
from web.shapes import opening as opening_shapes
from workflows import dossiers, instructions, items
from workflows.opening import registering
from workflows.people import Actor, leaders
from workflows.steps import OpenedTask


def registration_look(session: Session, source: str) -> Context:
    """Return what a registration from a source can choose from."""
    return {
        "leaders": leaders(session),
        "holders": dossiers.holders_of_leaders(session),
        **openings.units_to_choose(session),
        **kind_fields.look(session, source),
    }


def _register(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    return registering.amend_item(session, actor, task_id, openings.from_form(session, sent))


def _register_look(session: Session, opened: OpenedTask) -> Context:
    typed = _register_start(session, opened)
    return {
        **registration_look(session, opened.item.source.value),
        **openings.look(session, typed, opened.item.id),
    }


def _register_start(session: Session, opened: OpenedTask) -> Typed:
    item = opened.item
    columns = (
        "source", "basis", "title", "target", "urgency", "instructing_post_id",
        "sponsor_post_id", "planned_due_on", "reporting_period", "responsible_person",
        "contact", "remarks",
    )  # fmt: skip
    kept = {name: str(value) for name in columns if (value := getattr(item, name)) is not None}
    asked = {"revisit_asked": "true"} if item.revisit_asked else {}
    own = {**kind_fields.start(session, item), **openings.start(session, item)}
    return MultiDict({**kept, **asked, **own, "secret": "false"})


def _approve(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    return items.approve_item(session, actor, task_id, **load(opening_shapes.Approval, sent))


def _approve_look(session: Session, opened: OpenedTask) -> Context:
    return {
        "due": dossiers.due_of_item(session, opened.item),
        **cases.opening_of(session, g.actor, opened.item),
        **cases.words_of(session, opened.item),
    }


def _resolve(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(opening_shapes.Resolution, sent)
    return instructions.resolve(session, actor, task_id, **said)


def _resolve_look(session: Session, opened: OpenedTask) -> Context:
    return cases.words_of(session, opened.item)


SHEETS: Mapping[str, Sheet] = {
    "register": Sheet(_register, _register_look, _register_start),
    "approve": Sheet(_approve, _approve_look),
    "resolve": Sheet(_resolve, _resolve_look),
}
