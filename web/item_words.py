"""Words that only an item's pages need: facts of a story, fields of a diagram's own form."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from web.i18n import ENGLISH, language
from web.moments import text_day
from web.words import word
from workflows.tables import Part, Rung, Source, Urgency

NAMED: Mapping[str, type[StrEnum]] = {
    "part": Part,
    "rung": Rung,
    "source": Source,
    "urgency": Urgency,
}


def named(value: str, kind: str) -> str:
    """Return the word of one of the domain's values that a fact holds as a text."""
    return word(NAMED[kind](value))


def label_of(field: Any) -> str:  # noqa: ANN401 (a form's field, or what was kept of one)
    """Return the label of a field or an outcome of a diagram, in the reader's language."""
    told = field if isinstance(field, Mapping) else _attributes(field)
    label = told.get("label_en") if language() == ENGLISH else told.get("label")
    return str(label or told.get("label") or told.get("key") or told.get("value"))


def answer(value: object, kind: str = "") -> str:
    """Return what was filled into a field: a yes or no, a day, a number, a text."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if kind == "date":
        return text_day(str(value))
    return str(value)


def register(app: Flask) -> None:
    """Teach the templates these words."""
    app.jinja_env.filters.update(named=named, label_of=label_of, answer=answer)


def _attributes(field: object) -> Mapping[str, object]:
    names = ("label", "label_en", "key", "value")
    return {name: getattr(field, name, None) for name in names}
