"""What is told when an item changes under way: urged, moved, handed over."""

from marshmallow import fields, validate

from web.shapes import MISSING, Shape, choice, line, member, row, text
from workflows.methods import Method
from workflows.tables import (
    ChangeKind,
    Part,
)


class Urge(Shape):
    """A reminder to one or more units of an item."""

    assignment_ids = fields.List(
        fields.Integer(), required=True, validate=validate.Length(min=1, max=500, error=MISSING)
    )
    method = choice(*Method)
    text = text(required=True)


class ChangeWish(Shape):
    """What a unit asks for: a later limit, another target, or to be let go."""

    kind = choice(*ChangeKind)
    reason = text(required=True)
    progress = text(required=True)
    new_due_on = fields.Date(load_default=None, allow_none=True)
    new_target = text()


class AddedUnit(Shape):
    """A unit that joins an open item, with a limit of its own."""

    unit_id = fields.Integer(required=True)
    part = member(Part, default=Part.CO)
    due_on = fields.Date(load_default=None, allow_none=True)
    reason = text()


class WithdrawnUnit(Shape):
    """Why a unit needn't take part in an item any more."""

    reason = text(required=True)


class ReplacedUnit(Shape):
    """The unit that takes over another one's part, and why."""

    unit_id = fields.Integer(required=True)
    reason = text(required=True)


class Deputy(Shape):
    """Who acts in a post while its holder is away."""

    post_id = row(required=True)
    person_id = row(required=True)
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)
    reason = line()


class HandOver(Shape):
    """To whom a post goes, and from whom."""

    from_id = row()
    to_id = row(required=True)
    remarks = text()
