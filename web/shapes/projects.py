"""What is sent about key projects: one shape per verb, from a page's form or from JSON alike."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from web.shapes import (
    INVALID,
    MISSING,
    NOT_OFFERED,
    Shape,
    choice,
    line,
    member,
    name,
    row,
    text,
)
from web.shapes.steps import Report
from workflows.methods import Method
from workflows.tables import ProjectType

NO_AMOUNT = _l("Please write an amount like 1,234.50.")
SIGNS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
PLAIN = re.compile(r"[0-9]{1,14}(\.[0-9]{1,2})?")


class Amount(fields.Field[Decimal]):
    """Money in 万元 as people type it: with separators, in full width, with two places."""

    def __init__(self, **named: Any) -> None:  # noqa: ANN401 (as the base says)
        told = {"anyOf": [{"type": "string"}, {"type": "number"}], "example": "1,234.50"}
        super().__init__(metadata=told, **named)

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401 (as the base says)
        attr: str | None,
        data: Mapping[str, Any] | None,
        **named: Any,  # noqa: ANN401 (as the base says)
    ) -> Decimal:
        del attr, data, named
        text = str(value).translate(SIGNS).replace(",", "").replace(" ", "")
        if not PLAIN.fullmatch(text):
            raise self.make_error("invalid")
        return Decimal(text)


INVALID[Amount] = NO_AMOUNT


def amount(*, required: bool = False) -> Amount:
    """Return a field for an amount of money; what isn't asked for is nothing."""
    return Amount(required=True) if required else Amount(load_default=Decimal(0))


def year() -> fields.Integer:
    """Return a field for a year."""
    return fields.Integer(required=True, validate=validate.Range(2000, 2100, error=NOT_OFFERED))


class ProjectFields(Shape):
    """A project as it is registered; its own milestones are lines of a day and a name."""

    type = member(ProjectType, required=True)
    investment = amount(required=True)
    year = year()
    planned = amount(required=True)
    done_before = amount()
    starts_on = fields.Date(load_default=None, allow_none=True)
    ends_on = fields.Date(required=True)
    template_id = row()
    nodes = text()


class Figures(Shape):
    """What the lead unit's report says of its project."""

    year = year()
    month = fields.Integer(required=True, validate=validate.Range(1, 12, error=NOT_OFFERED))
    done = amount(required=True)
    milestone_id = row()


class ReportWithFigures(Report):
    """A unit's report; the lead unit of a project adds its figures."""

    figures = fields.Nested(Figures, load_default=None, allow_none=True)


class MonthPlan(Shape):
    """What is planned for one month."""

    month = fields.Integer(required=True, validate=validate.Range(1, 12, error=NOT_OFFERED))
    planned = amount(required=True)


class YearPlan(Shape):
    """A year's plan: the whole, and each month's part or none."""

    year = year()
    planned = amount(required=True)
    months = fields.List(
        fields.Nested(MonthPlan), load_default=list, validate=validate.Length(max=12)
    )


class Claim(Shape):
    """A milestone that is reached, and what shows it."""

    done_on = fields.Date(required=True)
    paper_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=50))
    remark = text()


class NodeReview(Shape):
    """Whether a milestone is found to be reached."""

    accepted = fields.Boolean(required=True)
    reason = text()


class NodeMove(Shape):
    """Another day for a milestone, and why."""

    due_on = fields.Date(required=True)
    reason = text(required=True)


class NewNode(Shape):
    """One more milestone, and why."""

    name = line(required=True)
    due_on = fields.Date(required=True)
    reason = text(required=True)


class Supervision(Shape):
    """What a week's supervision found."""

    method = choice(*Method)
    finding = text(required=True)
    sound = fields.Boolean(required=True)


class Acceptance(Shape):
    """Whether a project is accepted."""

    passed = fields.Boolean(required=True)
    opinion = text()


class Caption(Shape):
    """When photographs were taken, and what they show."""

    taken_on = fields.Date(load_default=None, allow_none=True)
    caption = line()


class Meeting(Shape):
    """A meeting as its record is opened."""

    held_on = fields.Date(required=True)
    chair = name()


class Decision(Shape):
    """A meeting's decision as a task."""

    text = text(required=True)
    unit_id = row(required=True)
    responsible_person = fields.String(
        required=True,
        validate=[
            validate.Length(min=1, error=MISSING),
            validate.Length(max=80),
        ],
    )
    due_on = fields.Date(required=True)
    item_id = row()


class Result(Shape):
    """How a decision was carried out."""

    result = text(required=True)


class TemplateNodeEntry(Shape):
    """One milestone of a template."""

    name = line(required=True)
    name_en = line()
    share = fields.Integer(required=True)
    aliases = fields.List(fields.String(), load_default=list, validate=validate.Length(max=50))


class TemplateEntry(Shape):
    """A template of milestones."""

    name = line(required=True)
    name_en = line()
    active = fields.Boolean(load_default=True)
    nodes = fields.List(
        fields.Nested(TemplateNodeEntry),
        required=True,
        validate=validate.Length(min=1, max=60, error=MISSING),
    )


def figures_typed(sent: Mapping[str, str]) -> Mapping[str, object] | None:
    """Return the figures that a report's form sends; a form without them has none."""
    if "figures_month" not in sent:
        return None
    of_year, _, month = sent.get("figures_month", "").partition("-")
    return {
        "year": of_year,
        "month": month,
        "done": sent.get("figures_done", ""),
        "milestone_id": sent.get("figures_node", ""),
    }
