"""What is told to compare, replay, try and migrate, and to suspend what runs."""

from marshmallow import ValidationError, fields, validate, validates_schema

from web.shapes import MISSING, NOT_OFFERED, OUT_OF_RANGE, Shape, line, member, row, text
from workflows.tables import Urgency
from workflows.trials import replays, running

MOST_MOVED = 10_000


class Since(Shape):
    """The version that something is compared with; without one, the one that it came from."""

    since = row()


class Replaying(Shape):
    """Which items are played on a draft: those begun in a period, at most so many."""

    since = fields.Date(load_default=None, allow_none=True)
    until = fields.Date(load_default=None, allow_none=True)
    most = fields.Integer(
        load_default=replays.MOST, validate=validate.Range(1, replays.CAP, error=OUT_OF_RANGE)
    )


class Migrating(Shape):
    """Why running items are moved, and which: those named, or all that can be."""

    reason = text(required=True)
    instances = fields.List(
        fields.UUID(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=MOST_MOVED),
    )


class Trying(Shape):
    """How urgent the invented item is."""

    urgency = member(Urgency, default=Urgency.NORMAL)


class Acting(Shape):
    """How a step of a trial ends, and what is written into its form; files are made up."""

    outcome = line()
    values = fields.Dict(keys=fields.String(), load_default=dict)


class Winding(Shape):
    """How far the clock of a trial is moved: to what is due next, some days on, or to a day."""

    next = fields.Boolean(load_default=False)
    days = fields.Integer(
        load_default=None, validate=validate.Range(1, running.MOST_DAYS, error=OUT_OF_RANGE)
    )
    until = fields.Date(load_default=None)

    @validates_schema
    def must_be_one(self, told: dict[str, object], **_: object) -> None:
        """Refuse to move the clock by two measures, or by none."""
        if sum(map(bool, (told.get("next"), told.get("days"), told.get("until")))) != 1:
            raise ValidationError(str(NOT_OFFERED), "next")


class Beside(Shape):
    """What somebody does beside the steps: extend, revisit or suggest."""

    deed = line(required=True)


class Suspending(Shape):
    """What is to stand still, and why: an item by its number, or all that runs on a process."""

    number = line()
    process_id = line()
    reason = text(required=True)

    @validates_schema
    def must_be_one(self, told: dict[str, object], **_: object) -> None:
        """Refuse to suspend nothing, or two things at once."""
        if bool(told.get("number")) == bool(told.get("process_id")):
            raise ValidationError(str(MISSING), "number")


class Resuming(Shape):
    """Why a suspended item goes on."""

    reason = text(required=True)


class ResumingAll(Resuming):
    """Why all that is suspended goes on, or all of it on a process."""

    process_id = line()


class Retrying(Shape):
    """Whose failures are tried again: those of one kind, process or element; else all."""

    kind = line()
    process_id = line()
    element_id = line()
