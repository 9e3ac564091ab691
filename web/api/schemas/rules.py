"""The calendar, limits, routes, and the days that they move, as the API shows them."""

from typing import Any

from marshmallow import fields

from web.api.schemas.kinds import Docno, one_of
from web.shapes import Schema
from web.words.whys import why_words
from workflows.moves import What
from workflows.tables import Kind, LimitUnit, Period, Rung, Source, StartEvent, StopCause, Urgency


class DaySchema(Schema):
    """A day that isn't what its weekday says."""

    day = fields.Date()
    working = fields.Boolean()
    name = fields.String()


class YearSchema(Schema):
    """A year's special days; provisional while no official table is known."""

    year = fields.Integer()
    source = fields.String()
    version = fields.Integer()
    provisional = fields.Boolean()
    days = fields.List(fields.Nested(DaySchema))

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:  # noqa: ANN401 (marshmallow's)
        """Give the days in their order."""
        if attr == "days":
            return [obj.special[day] for day in sorted(obj.special)]
        return super().get_attribute(obj, attr, default)


class LineProblemSchema(Schema):
    """A line of a notice that isn't understood."""

    code = fields.String()
    line = fields.String()
    text = fields.String()
    words = fields.String(metadata={"description": "In the reader's language."})


class NoticeReadingSchema(Schema):
    """What was understood of an official notice."""

    days = fields.List(fields.Nested(DaySchema))
    problems = fields.List(fields.Nested(LineProblemSchema))


class LimitSchema(Schema):
    """A rule of the clock: how long, from which event, what stops it, how far it is extended."""

    name = fields.String()
    number = fields.Integer()
    unit = one_of(LimitUnit)
    starts = one_of(StartEvent)
    stops = fields.List(fields.Enum(StopCause, by_value=fields.String))
    objection = fields.String(allow_none=True)
    extensions = fields.Integer()
    longest_number = fields.Integer(allow_none=True)
    longest_unit = one_of(LimitUnit, null=True)


class PeriodSchema(Schema):
    """How often units report about a source's items; null is not at all."""

    name = fields.String()
    period = one_of(Period, null=True)


class RouteSchema(Schema):
    """The process that the new items of a source run on."""

    source = one_of(Source)
    process_id = fields.String()


class MovedSchema(Schema):
    """An open day that would move: whose it is, and whether it moves by itself (``live``)."""

    what = one_of(What)
    live = fields.Boolean(attribute="is_live")
    item_id = fields.Integer(attribute="item.id")
    number = Docno(attribute="item", allow_none=True)
    assignment_id = fields.Integer(attribute="part.id", dump_default=None)
    task_id = fields.UUID(attribute="todo.task_id", dump_default=None)
    step = fields.String(attribute="todo.step", dump_default=None)
    old = fields.Date(allow_none=True)
    new = fields.Date(allow_none=True)
    due_why = fields.Function(lambda moved: moved.due.why if moved.due else [])
    due_words = fields.Function(lambda moved: why_words(moved.due.why) if moved.due else "")


class StaySchema(Schema):
    """A day that somebody chose: it stays, though it would be a day off."""

    what = fields.String()
    name = fields.String()
    item_id = fields.Integer(attribute="item.id", dump_default=None)
    unit = fields.String(attribute="unit.name", dump_default=None)
    on = fields.Date()


class MovesSchema(Schema):
    """Every due date that a change would move, and the seal that says which were seen."""

    seal = fields.String()
    moved = fields.List(fields.Nested(MovedSchema))
    stays = fields.List(fields.Nested(StaySchema))


class RungSchema(Schema):
    """One row of the ladder; without a kind or an urgency it holds for any."""

    rung = one_of(Rung)
    kind = one_of(Kind, null=True)
    urgency = one_of(Urgency, null=True)
    days_overdue = fields.Integer()
    times_before = fields.Integer()


class ClockSchema(Schema):
    """How the clock counts and warns."""

    limit_roll = fields.String()
    limit_warn_at = fields.String()
    limit_warn_again_at = fields.String()
    revisit_chance = fields.String()
