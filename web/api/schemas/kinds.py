"""Kinds of fields that the shapes of several rooms show."""

from typing import Any

from marshmallow import fields

from web.shapes import Schema
from web.words.whys import due_words


def one_of(kind: type[Any], *, null: bool = False) -> fields.Enum[Any]:
    """Return a field that shows one of the domain's named values."""
    return fields.Enum(kind, by_value=fields.String, allow_none=null)


class Docno(fields.String):
    """A field that shows an item's number, like 督字〔2020〕1号, once it has one."""

    _CHECK_ATTRIBUTE = False

    def _serialize(self, value: object, attr: str | None, obj: Any, **_: Any) -> str | None:  # noqa: ANN401, ARG002 (marshmallow's)
        item = getattr(obj, "item", obj)
        return item.number or None


class ProblemSchema(Schema):
    """A refusal, as RFC 9457 tells it."""

    type = fields.String(metadata={"description": "The refusal's name, as a reference."})
    title = fields.String(metadata={"description": "What happened, in the reader's language."})
    status = fields.Integer()
    detail = fields.String(
        metadata={"description": "Why, and the way on; left out where the title says it all."}
    )
    instance = fields.String(metadata={"description": "The path that was asked for."})
    facts = fields.Dict(metadata={"description": "The refusal's facts, to be read by programs."})
    fields_ = fields.Dict(
        data_key="fields", metadata={"description": "Mistakes in what was sent, field by field."}
    )


class NamedSchema(Schema):
    """Something with a name: a unit, a post, a person."""

    id = fields.Integer()
    name = fields.String()


class DueWords(fields.String):
    """A field that tells in the reader's language why a due date is that day."""

    _CHECK_ATTRIBUTE = False

    def _serialize(self, value: object, attr: str | None, obj: Any, **_: Any) -> str:  # noqa: ANN401, ARG002 (marshmallow's)
        row = getattr(obj, "item", obj) if not hasattr(obj, "due_why") else obj
        return due_words(row.due_why, row.due_on)
