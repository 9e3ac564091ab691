"""Words that only an item's pages need: facts of a story, fields of a diagram's own form."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from flask.sansio.app import App
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from engine import Field
from web.i18n import ENGLISH, language
from web.moments import text_day
from web.words import word
from workflows.instructions import Asks
from workflows.ledger_filter import Family
from workflows.methods import Method
from workflows.tables import (
    ChangeKind,
    ContactWay,
    Handling,
    HeardBy,
    Part,
    Period,
    ReplyClass,
    Rung,
    Satisfaction,
    Source,
    UnitKind,
    Urgency,
)

NAMED: Mapping[str, type[StrEnum]] = {
    "asks": Asks,
    "change_kind": ChangeKind,
    "family": Family,
    "contact_way": ContactWay,
    "handling": Handling,
    "heard_by": HeardBy,
    "method": Method,
    "part": Part,
    "period": Period,
    "reply_class": ReplyClass,
    "rung": Rung,
    "satisfaction": Satisfaction,
    "source": Source,
    "urgency": Urgency,
}

GROUPS: Mapping[UnitKind, LazyString] = {
    UnitKind.DEPARTMENT: _l("Departments of the city"),
    UnitKind.COUNTY: _l("Counties, cities and districts"),
    UnitKind.LOWER: _l("Subordinate units"),
}

FIELDS: Mapping[str, LazyString] = {
    "type": _l("Type of project"),
    "investment": _l("Total investment"),
    "planned": _l("Planned this year"),
    "done_before": _l("Completed before"),
    "starts_on": _l("Construction begins"),
    "ends_on": _l("Planned completion"),
    "template_id": _l("Milestones by a template"),
    "nodes": _l("Milestones of its own"),
    "figures_month": _l("Month"),
    "figures_done": _l("Completed in that month"),
    "finding": _l("Findings"),
    "assignment_ids": _l("Whom"),
    "basis": _l("Basis"),
    "belongs_to_id": _l("It belongs to"),
    "co": _l("Co-units"),
    "co_due_on": _l("Limit of the co-units"),
    "contact": _l("Contact"),
    "final": _l("Kind of report"),
    "findings": _l("Findings"),
    "instructing_post_id": _l("Instructed by"),
    "kind": _l("What is to change"),
    "lead": _l("Lead unit"),
    "lead_due_on": _l("Its limit"),
    "measures_done": _l("The three no-let-goes"),
    "method": _l("How"),
    "new_due_on": _l("Expected to be done on"),
    "new_target": _l("New target"),
    "next_steps": _l("Next steps"),
    "opinion": _l("Opinion"),
    "papers": _l("Papers"),
    "percent": _l("Percent done"),
    "planned_due_on": _l("Limit named by the instruction"),
    "problems": _l("Problems"),
    "progress": _l("Progress"),
    "reason": _l("Reason"),
    "remarks": _l("Remarks"),
    "reporting_period": _l("Interim reports"),
    "responsible_person": _l("Who sees to it"),
    "secret": _l("Is it a secret matter?"),
    "source": _l("Source"),
    "sponsor_post_id": _l("Sponsor"),
    "target": _l("Target"),
    "text": _l("What you want to say"),
    "title": _l("Title"),
    "words": _l("What holds"),
    "until_on": _l("Ends on"),
    "scope": _l("How far"),
    "plan_units": _l("Units it is meant for"),
    "part": _l("For which parts"),
    "others": _l("Other leaders"),
    "meeting": _l("Meeting"),
    "look-alikes": _l("Look-alikes"),
    "held_on": _l("Held on"),
    "given_on": _l("Date of the instruction"),
    "document": _l("Document"),
    "content": _l("What is looked at"),
    "asks": _l("What does the leader ask for?"),
    "unit_id": _l("Hand it to"),
    "urgency": _l("Urgency"),
    "disclosed": _l("May all read it?"),
    "document_number": _l("Document number"),
    "handling": _l("Way of handling"),
    "met_on": _l("When"),
    "new_promised_on": _l("New day"),
    "proposal_number": _l("Number in the session"),
    "promise": _l("What is promised"),
    "promised_on": _l("By when"),
    "proposers": _l("Proposers"),
    "reply_class": _l("Class"),
    "said": _l("Text"),
    "satisfaction": _l("Satisfaction"),
    "session": _l("Session"),
    "undisclosed_reason": _l("Why not public"),
    "way": _l("How"),
    "why": _l("Why"),
    "people": _l("With whom"),
    "year": _l("Year of the plan"),
    "answer_by": _l("Answer by"),
    "article": _l("Article"),
    "basis_id": _l("Regulation"),
    "demand": _l("What is demanded"),
    "evidence": _l("Evidence"),
    "fault": _l("If it is returned, what it is"),
    "guests": _l("Others who come along"),
    "interviewed": _l("With whom"),
    "interviewer": _l("Who spoke"),
    "on": _l("On"),
    "organ": _l("Competent organ"),
    "outcome": _l("What the organ has done"),
    "place": _l("Where"),
    "planned_on": _l("Planned for"),
    "record": _l("What was said"),
    "whom": _l("About whom"),
    "wording": _l("What the article says"),
}
"""What the fields of the forms are called, for the list of what is missing."""


def named(value: str, kind: str) -> str:
    """Return the word of one of the domain's values that a fact holds as a text."""
    return word(NAMED[kind](value))


def choices(kind: str) -> list[tuple[str, str]]:
    """Return every value of a list with its word, to choose from."""
    return [(value.value, word(value)) for value in NAMED[kind]]


def group_word(kind: UnitKind) -> str:
    """Return the name of a group of units: 市直各单位, 各县（市、区）."""
    return str(GROUPS[kind])


def paired(values: Sequence[str]) -> list[tuple[str, str]]:
    """Return values that are their own words, to choose from."""
    return [(value, value) for value in values]


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


def answer_of(field: Mapping[str, Any]) -> str:
    """Return what was kept of a field, in the reader's language where it has one."""
    english = field.get("value_en") if language() == ENGLISH else None
    if field["type"] == "file":
        return _(", ").join(each["name"] for each in field["value"] or ()) or answer(None)
    if field["type"] == "table":
        count = len(field["value"] or ())
        return ngettext("one row", "%(num)d rows", count) if count else answer(None)
    return answer(english or field["value"], field["type"])


def help_of(field: Field) -> str | None:
    """Return what a field's help says in the reader's language, if it has any."""
    english = language() == ENGLISH and field.help_en
    return (field.help_en if english else field.help) or None


def field_choices(field: Field) -> list[tuple[str, str]]:
    """Return what a field is chosen from: what is kept, and what the reader sees."""
    english = language() == ENGLISH and len(field.options_en) == len(field.options)
    return list(zip(field.options, field.options_en if english else field.options, strict=True))


def register(app: App) -> None:
    """Teach the templates these words."""
    app.jinja_env.filters.update(
        named=named,
        label_of=label_of,
        answer=answer,
        group_word=group_word,
        paired=paired,
        answer_of=answer_of,
        help_of=help_of,
        field_choices=field_choices,
    )
    app.jinja_env.globals.update(choices=choices, field_words=FIELDS)


def _attributes(field: object) -> Mapping[str, object]:
    names = ("label", "label_en", "key", "value")
    return {name: getattr(field, name, None) for name in names}
