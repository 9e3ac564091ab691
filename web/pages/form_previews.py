"""Previews of forms: the fields of a diagram that is being drawn, as its step's page asks them."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, g, render_template, request
from werkzeug.datastructures import MultiDict

from engine import Field
from web import form_fields
from web.entries import Entry, load
from web.shapes.forms import DrawnForm
from web.transaction import reading
from workflows import forms, rules
from workflows.tables import Role

blueprint = Blueprint("form_previews", __name__, url_prefix="/diagrams/forms")


@blueprint.post("/preview")
def preview() -> str:
    """Render the fields that the editor sends, filled with what was typed into the preview."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    said = load(DrawnForm, request.get_json(silent=True) or {})
    form = [field_of(each) for each in said["form"]]
    typed = MultiDict((name, value) for name, value in said["typed"])
    values = form_fields.typed_values(typed)
    with reading() as session:
        return render_template(
            "steps/form_preview.html",
            form=form,
            entry=Entry(values=typed),
            hidden=forms.hidden(form, values, {}),
            **form_fields.offered(session, form),
        )


def field_of(told: Mapping[str, Any]) -> Field:
    """Return a field as the gate would read it."""
    return Field(
        **{name: told[name] for name in ("key", "type", "label", "label_en", "required")},
        options=_listed(told["options"]),
        options_en=_listed(told["options_en"]),
        help=told.get("help", ""),
        help_en=told.get("help_en", ""),
        visible_if=told.get("visible_if", ""),
        columns=tuple(field_of(column) for column in told.get("columns", ())),
    )


def _listed(options: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in options.split("|") if each.strip())
