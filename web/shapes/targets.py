"""What a target is told, from a page's form or from JSON alike."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import fields, post_load, validate

from web.shapes import LINE, OUT_OF_RANGE, TOO_LONG, Shape, member, row, text
from workflows.tables import Direction, Measure, Path
from workflows.targets import Entry, Terms
from workflows.targets.path import Standing

WRONG_NUMBER = lazy_gettext("Please write a number.")
PLACES = 2


def _amount(*, required: bool = False) -> fields.Decimal:
    """Return a field for an amount with at most two places."""
    words: dict[str, Any] = {"invalid": WRONG_NUMBER, "special": WRONG_NUMBER}
    if required:
        return fields.Decimal(places=PLACES, required=True, error_messages=words)
    return fields.Decimal(places=PLACES, load_default=None, allow_none=True, error_messages=words)


class TargetForm(Shape):
    """A target: whose, what is measured, which way, how much, and the path to it."""

    year = fields.Integer(required=True)
    measure = member(Measure, required=True)
    figure = fields.String(load_default="", validate=validate.Length(max=60, error=TOO_LONG))
    unit_id = row()
    item_id = row()
    direction = member(Direction, default=Direction.AT_LEAST)
    amount = _amount(required=True)
    path = member(Path, default=Path.STRAIGHT)
    first = _amount()
    second = _amount()
    third = _amount()
    note = text()

    @post_load
    def as_entry(self, said: dict[str, Any], **_: object) -> Entry:
        """Return what the verb takes."""
        marks: tuple[Decimal | None, ...] = tuple(
            said.pop(name) for name in ("first", "second", "third")
        )
        return Entry(**said, marks=marks)


class TargetsQuery(Shape):
    """Which targets are asked for; without a year this one's."""

    year = fields.Integer(
        load_default=None, validate=validate.Range(2000, 2199, error=OUT_OF_RANGE)
    )
    unit_id = row()
    measure = member(Measure)
    standing = member(Standing)


class TargetsYear(Shape):
    """Whose readings are frozen."""

    year = fields.Integer(required=True, validate=validate.Range(2000, 2199, error=OUT_OF_RANGE))


class Masking(Shape):
    """What a reviewer lets stand in a reply, and what is hidden besides."""

    shown = fields.List(fields.String(), load_default=list, validate=validate.Length(max=200))
    more = text()


class Release(Masking):
    """A reviewer's choice, and the seal of what its preview showed."""

    seal = fields.String(required=True, validate=validate.Length(max=LINE, error=TOO_LONG))


class TargetChange(Shape):
    """Another amount, path or note of a target, and why if it is in force."""

    direction = member(Direction, default=Direction.AT_LEAST)
    amount = _amount(required=True)
    path = member(Path, default=Path.STRAIGHT)
    first = _amount()
    second = _amount()
    third = _amount()
    note = text()
    reason = fields.String(load_default="", validate=validate.Length(max=LINE, error=TOO_LONG))

    @post_load
    def as_terms(self, said: dict[str, Any], **_: object) -> dict[str, Any]:
        """Return the terms and the reason."""
        reason = said.pop("reason")
        marks = tuple(said.pop(name) for name in ("first", "second", "third"))
        return {"terms": Terms(**said, marks=marks), "reason": reason}


class TargetDecision(Shape):
    """What the director says to a drafted target."""

    approve = fields.Boolean(required=True)
    opinion = text()


class TargetEnd(Shape):
    """Why a target is taken out of force."""

    reason = text(required=True)
