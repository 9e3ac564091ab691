"""Whatever else a diagram asks: a form of its own."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from engine import Session
from web import form_fields
from web.entries import Entry, Typed, load
from web.pages.sheets.sheet import Context, Sheet
from web.shapes import steps as step_shapes
from workflows import forms
from workflows.people import Actor
from workflows.steps import OpenedTask


def _form(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    answers = {"values": form_fields.typed_values(sent), "outcome": sent.get("outcome")}
    said = load(step_shapes.FormAnswers, answers)
    return forms.complete_form(session, actor, task_id, **said)


def _form_look(session: Session, opened: OpenedTask) -> Context:
    form, data = opened.task.form, opened.task.data

    def hidden(entry: Entry) -> Sequence[str]:
        return forms.hidden(form, form_fields.typed_values(entry.values), data)

    conditional = any(each.visible_if for each in form)
    offered = form_fields.offered(session, form)
    return {**offered, "hidden_fields": hidden, "conditional": conditional}


SHEETS: Mapping[str, Sheet] = {
    "form": Sheet(_form, look=_form_look),
}
