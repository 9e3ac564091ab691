"""What somebody typed into a form, and what was wrong with it: kept, worded, shown again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from marshmallow import EXCLUDE, ValidationError
from werkzeug.datastructures import MultiDict

import engine
from web.breakdowns import hole_words
from web.errors import problem_of
from web.moments import space
from web.shapes import Shape
from workflows import errors

Typed: TypeAlias = MultiDict[str, str]
SUMMARY = ""
"""The name under which a mistake stands that belongs to no field."""

PLACES: Mapping[type[Exception], str] = {
    errors.SecretRefused: "secret",
    errors.PercentOutOfRange: "percent",
    errors.NoLetGo: "measures_done",
    errors.EvidenceMissing: "papers",
    errors.ConsentMissing: "due_on",
    errors.FiguresMissing: "figures_done",
    errors.NodesOpen: "final",
    errors.KindFixed: "source",
    errors.DetailsMissing: "source",
    errors.NumberTaken: "proposal_number",
    errors.UnitsMissing: "units",
    errors.HandlingUnfit: "handling",
    errors.ContactMissing: "contact",
    errors.ClassMissing: "reply_class",
    errors.PromiseUnfit: "promise",
    errors.LookAlikesOpen: "look-alikes",
    errors.UnitTwice: "co",
    errors.LeadReleased: "outcome",
    errors.ObjectionLate: "reason",
    errors.SampleRefused: "size",
    errors.NobodyHeads: "unit_id",
    errors.ChecklistRefused: "answers",
    errors.ChangeLate: "new_due_on",
    errors.CeilingReached: "new_due_on",
    errors.BasisRefused: "basis_id",
    errors.ExtensionBackwards: "new_due_on",
    errors.UrgedLately: "assignment_ids",
    errors.LimitMissing: "new_due_on",
    errors.PaperRefused: "papers",
    errors.ChoiceUnknown: "outcome",
    engine.OutcomeUnknown: "outcome",
}
"""The field that a refusal without a field of its own is about."""

OF_PROJECTS = {
    "investment": "investment",
    "plan_above_investment": "planned",
    "ends_before_start": "ends_on",
    "nodes_missing": "template_id",
    "template": "template_id",
    "node_unread": "nodes",
}
"""The field of a project's registration that breaks each rule."""

FORM_WORDS: Mapping[str, LazyString] = {
    "required": _l("Please fill this in."),
    "too_long": _l("The text is too long"),
    "number": _l("Please write a number."),
    "date": _l("Please write a date like 2020-03-02."),
    "yes_no": _l("Please choose yes or no."),
    "choice": _l("Please choose one of those offered."),
    "unit": _l("Please choose one of those offered."),
    "person": _l("Please choose one of those offered."),
    "file": _l("This file isn't there any more. Please add it again."),
    "table": _l("Please fill in the rows of the table."),
    "table_cell": _l("A cell of the table is missing or can't be read."),
    "too_many": _l("These are too many."),
    "text": _l("Please write a text."),
    "long_text": _l("Please write a text."),
}


@dataclass(slots=True)
class Entry:
    """A form as it stands: the values typed, the mistakes by field, the answer's status.

    ``refusal`` is the name of what refused it, for a form that asks more after one of them.
    """

    values: Typed = field(default_factory=MultiDict)
    errors: dict[str, str] = field(default_factory=dict)
    status: int = 200
    typed: bool = False
    refusal: str = ""

    def get(self, name: str, default: str = "") -> str:
        """Return what stands in a field."""
        value: str = self.values.get(name, default)
        return value

    def all(self, name: str) -> list[str]:
        """Return every value of a field that may have several."""
        return self.values.getlist(name)


def load(shape: type[Shape], sent: Mapping[str, Any]) -> dict[str, Any]:
    """Read a form by its shape; fields of the page that the verb doesn't know are left out."""
    loaded: dict[str, Any] = shape(unknown=EXCLUDE).load(sent)
    return loaded


def refused(values: Typed, error: Exception, places: Mapping[str, str] | None = None) -> Entry:
    """Return the form as it was typed, with what a refusal says at the field it is about."""
    problem = problem_of(error)
    mistakes = mistakes_of(error, places or {})
    return Entry(values, mistakes, problem.status, typed=True, refusal=problem.name)


def mistakes_of(error: Exception, places: Mapping[str, str]) -> dict[str, str]:
    """Return a sentence for each field that an error is about."""
    if isinstance(error, ValidationError):
        return {_moved(name, places): words for name, words in _flat(error.messages)}
    if isinstance(error, errors.FormInvalid):
        return {
            f"value-{key}": str(FORM_WORDS.get(code, code))
            for key, code in error.facts["problems"].items()
        }
    if isinstance(error, errors.BreakdownHoles):
        return {
            f"row-{hole['row'] - 1}-{hole['field']}": hole_words(hole)
            for hole in error.facts["holes"]
        }
    name = _place(error)
    problem = problem_of(error)
    return {
        places.get(name, name): space().join(filter(None, _ended(problem.title, problem.words)))
    }


def _ended(title: str, words: str) -> tuple[str, str]:
    """End a title that a sentence follows."""
    if not words or title.endswith((".", "。", "？", "?")):
        return title, words
    return title + _("."), words


def _moved(name: str, places: Mapping[str, str]) -> str:
    """Return the page's field for a shape's; what lies inside a list belongs to the list."""
    return places.get(name) or places.get(name.partition("-")[0], name)


def _place(error: Exception) -> str:
    facts = getattr(error, "facts", {})
    if "field" in facts:
        return str(facts["field"])
    if isinstance(error, errors.ProjectRefused):
        return OF_PROJECTS.get(facts["why"], SUMMARY)
    found = (PLACES[kind] for kind in type(error).__mro__ if kind in PLACES)
    return next(found, SUMMARY)


def _flat(messages: Any, prefix: str = "") -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the leaves of marshmallow's tree of messages as (field, sentence)."""
    if isinstance(messages, Mapping):
        return [
            leaf
            for name, below in messages.items()
            for leaf in _flat(below, f"{prefix}{'-' if prefix else ''}{name}")
        ]
    if isinstance(messages, list):
        return [(prefix, str(messages[0]))]
    return [(prefix, str(messages))]
