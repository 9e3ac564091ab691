"""What the assessment is told, from a form or from JSON alike."""

from marshmallow import fields, validate

from web.shapes import NAME, Shape, limited, line, member, row, text
from web.shapes.projects import Amount
from workflows.tables import Praised, PraiseLevel, UnitKind


class TableChoice(Shape):
    """Which version of the rules a quarter uses, and why."""

    definition_id = row(required=True)
    note = line(required=True)


class AppealText(Shape):
    """Against which entry, or for what is missing, and why."""

    unit_id = row(required=True)
    cause = fields.String(load_default=None, validate=validate.Length(max=120))
    reason = text(required=True)


class AppealDecision(Shape):
    """Whether the unit is right, why, and how many points that comes to if not all."""

    upheld = fields.Boolean(required=True)
    opinion = text(required=True)
    points = Amount()


class PraiseText(Shape):
    """Who praises whom, on which level and day, by which document."""

    level = member(PraiseLevel, required=True)
    whom = member(Praised, required=True)
    title = line(required=True)
    by = line(required=True)
    on = fields.Date(required=True)
    document = line()
    unit_id = row()
    item_id = row()
    persons = fields.Integer(load_default=0, validate=validate.Range(min=0, max=100_000))
    names = text()


class Why(Shape):
    """Why something is taken back."""

    reason = text(required=True)


class ListAnswer(Shape):
    """Whether a leader approves a list."""

    approve = fields.Boolean(required=True)
    opinion = text()


class GroupText(Shape):
    """What a group of units is called, and which kind of units belongs to it."""

    name = limited(NAME, required=True)
    name_en = limited(NAME, required=False)
    kind = member(UnitKind)
    position = fields.Integer(load_default=0, validate=validate.Range(min=0, max=10_000))
