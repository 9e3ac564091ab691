"""What administrators tell: units, posts, people, calendar, limits, ladder, settings."""

from marshmallow import fields, validate

from web.shapes import MISSING, NOT_OFFERED, Shape, line, member, row, text
from workflows.tables import (
    Kind,
    LimitUnit,
    Period,
    Role,
    Rung,
    StartEvent,
    StopCause,
    UnitKind,
    Urgency,
)


class UnitQuery(Shape):
    """Which units are listed."""

    closed = fields.Boolean(load_default=False)


class UnitEntry(Shape):
    """A unit of the tree."""

    name = line(required=True)
    kind = member(UnitKind, required=True)
    parent_id = row()
    position = fields.Integer(load_default=0, validate=validate.Range(0, 10**6))
    aliases = fields.List(fields.String(), load_default=list, validate=validate.Length(max=100))


class PostEntry(Shape):
    """A post of a unit."""

    name = line(required=True)
    role = member(Role, required=True)
    position = fields.Integer(load_default=0, validate=validate.Range(0, 10**6))


class PersonEntry(Shape):
    """Somebody with an account."""

    name = line(required=True)
    login = line(required=True)
    email = line()
    phone = line()
    language = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(("zh", "en"), error=NOT_OFFERED)
    )


class Holder(Shape):
    """Who is given a post, from which day on."""

    person_id = row(required=True)
    since = fields.Date(load_default=None, allow_none=True)


class Day(Shape):
    """A day that isn't what its weekday says."""

    day = fields.Date(required=True)
    working = fields.Boolean(required=True)
    name = line(required=True)


class YearTable(Shape):
    """A year's days off and make-up days, and where they stand."""

    source = line(required=True)
    days = fields.List(
        fields.Nested(Day), required=True, validate=validate.Length(min=1, max=400, error=MISSING)
    )
    seal = fields.String(load_default=None, allow_none=True)


class HolidayNotice(Shape):
    """The text of an official notice, or rows."""

    text = text(required=True)


class LimitEntry(Shape):
    """What a rule of the clock says: its length; of the rest, what isn't named stays."""

    number = fields.Integer(load_default=0)
    unit = member(LimitUnit, required=True)
    starts = fields.Enum(StartEvent, by_value=fields.String)
    stops = fields.List(fields.Enum(StopCause, by_value=fields.String))
    objection = fields.String(allow_none=True)
    extensions = fields.Integer()
    longest_number = fields.Integer(allow_none=True)
    longest_unit = fields.Enum(LimitUnit, by_value=fields.String, allow_none=True)
    follow = fields.Boolean(load_default=False)
    seal = fields.String(load_default=None, allow_none=True)


class PeriodEntry(Shape):
    """How often units report about a source's items, or in the long term; null is not at all."""

    name = fields.String(required=True)
    period = fields.Enum(Period, by_value=fields.String, required=True, allow_none=True)


class Periods(Shape):
    """Rows of the table of reporting periods; what isn't named stays."""

    periods = fields.List(
        fields.Nested(PeriodEntry), required=True, validate=validate.Length(max=100)
    )
    follow = fields.Boolean(load_default=False)
    seal = fields.String(load_default=None, allow_none=True)


class Line(Shape):
    """One line of the ladder."""

    rung = member(Rung, required=True)
    kind = member(Kind)
    urgency = member(Urgency)
    days_overdue = fields.Integer(required=True)
    times_before = fields.Integer(load_default=0)


class Ladder(Shape):
    """The whole ladder."""

    rungs = fields.List(fields.Nested(Line), required=True, validate=validate.Length(max=200))


CLOCK = ("limit.roll", "limit.warn_at", "limit.warn_again_at", "revisit.chance")
"""The settings of the clock; as fields their dots are underscores."""


class Clock(Shape):
    """How the clock counts and warns: yes or no, and percentages as they are written."""

    limit_roll = fields.String(validate=validate.OneOf(("yes", "no"), error=NOT_OFFERED))
    limit_warn_at = fields.String()
    limit_warn_again_at = fields.String()
    revisit_chance = fields.String()
