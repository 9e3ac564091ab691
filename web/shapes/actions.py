"""What a supervision action, a station or a letter is told, from a form or from JSON alike."""

from marshmallow import fields, validate

from web.shapes import Shape, choice, line, member, name, row, text
from web.shapes.visits import Guest
from workflows.methods import Method
from workflows.tables import LetterKind, Party

MANY = validate.Length(max=200)


class ActionPlan(Shape):
    """How, what about, where, when and with whom the office is going to look."""

    method = choice(*Method)
    title = line(required=True)
    planned_on = fields.Date(required=True)
    place = line()
    special = fields.Boolean(load_default=False)
    team = fields.List(row(required=True), load_default=list, validate=MANY)
    guests = fields.List(fields.Nested(Guest), load_default=list, validate=MANY)
    joint = fields.List(member(Party), load_default=list)
    item_ids = fields.List(row(required=True), load_default=list, validate=MANY)
    unit_ids = fields.List(row(required=True), load_default=list, validate=MANY)


class ActionRecord(Shape):
    """What was found, and what came of it."""

    held_on = fields.Date(required=True)
    place = line()
    findings = text(required=True)
    outcome = text(required=True)


class Reason(Shape):
    """Why something is called off."""

    reason = text(required=True)


class StationPlan(Shape):
    """Where a team stays, since when, and for what."""

    title = line(required=True)
    place = line(required=True)
    started_on = fields.Date(required=True)
    item_id = row()
    unit_id = row()
    team = fields.List(row(required=True), load_default=list, validate=MANY)
    guests = fields.List(fields.Nested(Guest), load_default=list, validate=MANY)


class Problem(Shape):
    """A problem of a station's log; none of these may be missing."""

    text = text(required=True)
    owner_unit_id = row(required=True)
    owner_person = name(required=True)
    due_on = fields.Date(required=True)


class Settlement(Shape):
    """How a problem came to its end."""

    settlement = text(required=True)


class StationEnd(Shape):
    """When a team came home, and what its stay came to."""

    ended_on = fields.Date(required=True)
    outcome = text(required=True)


class Letter(Shape):
    """A letter to a unit's principal leader."""

    kind = member(LetterKind, required=True)
    unit_id = row(required=True)
    item_id = row()
    number = name()
    subject = line(required=True)
    body = text(required=True)
    answer_by = fields.Date(load_default=None, allow_none=True)
