"""What a verb is told, from a page's form or from JSON alike: one shape per verb, by room."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self, cast

import marshmallow
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from marshmallow import fields, pre_load, validate

NAME = 80
LINE = 200
TEXT = 10_000

MISSING = lazy_gettext("Please fill this in.")
WRONG_KIND = lazy_gettext("This is of the wrong kind.")
NOT_ASKED = lazy_gettext("This isn't asked here.")
NOT_OFFERED = lazy_gettext("Please choose one of those offered.")
TOO_LONG = lazy_gettext("At most {max} characters.")
TOO_MANY = lazy_gettext("At most {max} of them.")
OUT_OF_RANGE = lazy_gettext("Please write a number from {min} to {max}.")
INVALID: dict[type[fields.Field[Any]], Any] = {
    fields.Date: lazy_gettext("Please write a date like 2020-03-02."),
    fields.Integer: lazy_gettext("Please write a whole number."),
    fields.Boolean: lazy_gettext("Please choose yes or no."),
}


UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that neither PostgreSQL nor a Word file can hold, and that nobody can read."""


class Worded(dict[str, Any]):
    """Messages that become words when one is asked for, in the language of that moment."""

    def __getitem__(self, key: str) -> str:
        """Return the words; marshmallow takes nothing but a true string."""
        return str(super().__getitem__(key))


class Schema(marshmallow.Schema):
    """What is sent or shown; never changed once made, so that a copy may be the thing itself.

    flask-smorest copies what an operation is told and answers with every decorator.
    """

    def __deepcopy__(self, memo: object) -> Self:
        """Return the schema itself."""
        del memo
        return self


class Shape(Schema):
    """What is sent to one verb: plain, trimmed text, empty answers left out, mistakes worded."""

    error_messages = {"unknown": NOT_ASKED, "type": WRONG_KIND}  # noqa: RUF012 - marshmallow's

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Word a field's mistakes in the reader's language."""
        del field_name
        invalid = INVALID.get(type(field_obj), WRONG_KIND)
        worded = {"required": MISSING, "null": MISSING, "type": WRONG_KIND, "invalid": invalid}
        field_obj.error_messages = Worded({**field_obj.error_messages, **worded})
        for bound in field_obj.validators:
            if isinstance(bound, (validate.Length, validate.Range)) and not bound.error:
                bound.error = cast(str, _beyond(field_obj, bound))

    @pre_load
    def trim(self, sent: object, **_: object) -> object:
        """Strip every text; an empty answer to anything but a text counts as none."""
        if not isinstance(sent, Mapping):
            return sent
        trimmed = {
            key: UNWRITABLE.sub("", value).strip() if isinstance(value, str) else value
            for key, value in sent.items()
        }
        return {key: value for key, value in trimmed.items() if value != "" or self._is_text(key)}

    def _is_text(self, key: str) -> bool:
        return isinstance(self.fields.get(key), fields.String)


def _beyond(field_obj: fields.Field[Any], bound: validate.Length | validate.Range) -> LazyString:
    """Return what is said of an answer beyond a bound that says nothing itself."""
    if isinstance(bound, validate.Range):
        return OUT_OF_RANGE
    return TOO_LONG if isinstance(field_obj, fields.String) else TOO_MANY


def name(*, required: bool = False) -> fields.String:
    """Return a field for somebody's name."""
    return limited(NAME, required=required)


def line(*, required: bool = False) -> fields.String:
    """Return a field for one line of text."""
    return limited(LINE, required=required)


def text(*, required: bool = False) -> fields.String:
    """Return a field for a text of several lines."""
    return limited(TEXT, required=required)


def limited(most: int, *, required: bool) -> fields.String:
    """Return a field for a text of so many characters at most."""
    limits: list[validate.Validator] = [validate.Length(max=most, error=TOO_LONG)]
    if required:
        limits.append(validate.Length(min=1, error=MISSING))
        return fields.String(required=True, validate=limits)
    return fields.String(load_default="", validate=limits)


def choice(*values: str) -> fields.String:
    """Return a field for one of a few answers that must be given."""
    return fields.String(required=True, validate=validate.OneOf(values, error=NOT_OFFERED))


def member(
    kind: type[StrEnum], *, required: bool = False, default: StrEnum | None = None
) -> fields.Enum[StrEnum]:
    """Return a field for one of the domain's named values."""
    words: dict[str, Any] = {"unknown": NOT_OFFERED}
    if required:
        return fields.Enum(kind, by_value=fields.String, required=True, error_messages=words)
    return fields.Enum(kind, by_value=fields.String, load_default=default, error_messages=words)


def row(*, required: bool = False) -> fields.Integer:
    """Return a field for the number of a unit, post or other row."""
    limits = validate.Range(min=1, error=NOT_OFFERED)
    if required:
        return fields.Integer(required=True, validate=limits)
    return fields.Integer(load_default=None, allow_none=True, validate=limits)


def hour() -> fields.Integer:
    """Return a field for an hour of the day, or nothing."""
    limits = validate.Range(min=0, max=23, error=NOT_OFFERED)
    return fields.Integer(load_default=None, allow_none=True, validate=limits)


def percent() -> fields.Integer:
    """Return a field for how much is done."""
    limits = validate.Range(min=0, max=100, error=OUT_OF_RANGE)
    return fields.Integer(required=True, validate=limits)


class Nothing(Shape):
    """A verb that needs no words."""
