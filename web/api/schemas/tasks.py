"""Steps that wait, and what they ask, as the API shows them."""

from typing import Any

from marshmallow import fields

from web.api.schemas.kinds import DueWords, one_of
from web.shapes import Schema
from workflows.tables import Role


class TaskSchema(Schema):
    """One step of an item that waits for somebody, or is done."""

    id = fields.UUID()
    item_id = fields.Integer()
    assignment_id = fields.Integer(allow_none=True)
    step = fields.String()
    name = fields.String()
    name_en = fields.String()
    role = one_of(Role)
    unit_id = fields.Integer(allow_none=True)
    post_id = fields.Integer(allow_none=True)
    opened_at = fields.AwareDateTime()
    due_on = fields.Date(allow_none=True)
    warn_on = fields.Date(allow_none=True)
    due_why = fields.List(fields.Dict())
    due_words = DueWords()
    seen_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    outcome = fields.String(allow_none=True)


class OutcomeSchema(Schema):
    """One way that a step may end."""

    value = fields.String()
    label = fields.String()
    label_en = fields.String()


class FormColumnSchema(Schema):
    """One column of a table in a form."""

    key = fields.String()
    type = fields.String()
    label = fields.String()
    label_en = fields.String()
    required = fields.Boolean()
    options = fields.List(fields.String())
    options_en = fields.List(fields.String())


class FieldSchema(FormColumnSchema):
    """One field of a step of type ``form``; it is asked if its condition holds."""

    help = fields.String()
    help_en = fields.String()
    visible_if = fields.String()
    columns = fields.List(fields.Nested(FormColumnSchema))


class OpenTaskSchema(TaskSchema):
    """A step with what it asks: its outcomes, its fields, and whether the caller may act."""

    may_act = fields.Boolean()
    withdrawable = fields.Boolean()
    outcomes = fields.List(fields.Nested(OutcomeSchema), attribute="task.outcomes")
    form = fields.List(fields.Nested(FieldSchema), attribute="task.form")

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:  # noqa: ANN401 (marshmallow's)
        """Look at what was opened, and for what any task shows at its todo."""
        source = obj.todo if attr in TaskSchema._declared_fields else obj  # noqa: SLF001
        return super().get_attribute(source, attr, default)
