"""What is told of a revisit: its plan, what was found, the sample."""

from typing import Any

from marshmallow import fields, post_load, validate

from web.shapes import Shape, choice, line, member, name, row, text
from workflows.methods import Method
from workflows.revisits import Answer, Mark
from workflows.tables import (
    Kind,
)

MOST_DRAWN = 1000


class VisitAnswer(Shape):
    """A line of a visit's checklist; one that nobody looked at is not applicable."""

    mark = member(Mark, default=Mark.NA)
    note = line()

    @post_load
    def as_answer(self, said: dict[str, Any], **_: object) -> Answer:
        """Return what the verb takes."""
        return Answer(**said)


class Revisit(Shape):
    """What a revisit found."""

    method = choice(*Method)
    findings = text(required=True)
    solved = fields.Boolean(required=True)
    answers = fields.List(
        fields.Nested(VisitAnswer), load_default=list, validate=validate.Length(max=30)
    )
    paper_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=50))


class Guest(Shape):
    """Somebody from elsewhere on a team."""

    organisation = name()
    name = name()


class VisitPlan(Shape):
    """How, when and by whom an item is to be visited."""

    method = choice(*Method)
    planned_on = fields.Date(required=True)
    team = fields.List(row(required=True), load_default=list, validate=validate.Length(max=50))
    guests = fields.List(fields.Nested(Guest), load_default=list, validate=validate.Length(max=50))


class ConclusionObjection(Shape):
    """A unit's objection to what a visit concluded."""

    assignment_id = row(required=True)
    reason = text(required=True)


class ConclusionDecision(Shape):
    """What somebody who wasn't there decides about an objection."""

    upheld = fields.Boolean(required=True)
    opinion = text(required=True)


class Sample(Shape):
    """From which closed items a sample is drawn, and of how many."""

    since = fields.Date(required=True)
    until = fields.Date(required=True)
    kinds = fields.List(member(Kind), load_default=list)
    size = fields.Integer(required=True, validate=validate.Range(min=1, max=MOST_DRAWN))
