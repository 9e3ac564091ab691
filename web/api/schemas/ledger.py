"""The ledger, its kept views, and a workbook on its way in, as the API shows them."""

from typing import Any

from marshmallow import fields

from web.api.schemas.items import AssignmentSchema, ItemSchema
from web.api.schemas.kinds import NamedSchema, one_of
from web.api.schemas.tasks import TaskSchema
from web.shapes import Schema
from workflows.imports.matching import Field
from workflows.imports.rows import Verdict
from workflows.lights import Light


class LedgerRowSchema(ItemSchema):
    """An item as the ledger shows it: with its light and whoever has it now."""

    light = one_of(Light)
    days_left = fields.Integer(
        allow_none=True, metadata={"description": "Working days; negative ones have passed."}
    )
    tasks = fields.List(fields.Nested(TaskSchema), attribute="todos")
    assignments = fields.List(fields.Nested(AssignmentSchema), attribute="parts")

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:  # noqa: ANN401 (marshmallow's)
        """Look at the row, and for what any item shows at its item."""
        source = obj if attr in LEDGER_ONLY else obj.item
        return super().get_attribute(source, attr, default)


LEDGER_ONLY = frozenset({"light", "days_left", "todos", "parts"})


class LedgerSchema(Schema):
    """A page of the ledger, and what all of its pages add up to."""

    items = fields.List(fields.Nested(LedgerRowSchema))
    page = fields.Integer()
    pages = fields.Integer()
    count = fields.Integer()
    lights = fields.Dict(keys=fields.String(), values=fields.Integer())


class BatchSchema(Schema):
    """A ledger file on its way in: uploaded, running, done or failed."""

    id = fields.Integer(attribute="batch.id")
    name = fields.String(attribute="batch.name")
    sha256 = fields.String(attribute="batch.sha256")
    sheet = fields.String(attribute="batch.sheet")
    state = fields.String()
    done = fields.Integer()
    total = fields.Integer(attribute="batch.total")
    started_at = fields.AwareDateTime(attribute="batch.started_at")
    finished_at = fields.AwareDateTime(attribute="batch.finished_at", allow_none=True)


class SheetSchema(Schema):
    """A sheet of the workbook; only one with a header can be read as a ledger."""

    name = fields.String()
    readable = fields.Boolean()


class ColumnSchema(Schema):
    """A column of the sheet, with an example of what stands in it."""

    place = fields.Integer()
    letter = fields.String()
    title = fields.String()
    example = fields.String()


class NoteSchema(Schema):
    """Something to say about a row, and the cell that it is about."""

    code = fields.String()
    cell = fields.String()
    facts = fields.Dict()
    words = fields.String(metadata={"description": "In the reader's language."})


class RowSchema(Schema):
    """A row of the ledger as it would come in, or why it doesn't."""

    row = fields.Integer()
    verdict = fields.String(metadata={"enum": list(Verdict)})
    title = fields.String()
    number = fields.String()
    problems = fields.List(fields.Nested(NoteSchema))
    notes = fields.List(fields.Nested(NoteSchema))


class AnswersSchema(Schema):
    """What the person decided: units by their name in the sheet, leads and limits by row."""

    units = fields.Dict(keys=fields.String(), values=fields.Integer())
    leads = fields.Dict(keys=fields.String(), values=fields.Integer())
    limits = fields.Dict(keys=fields.String(), values=fields.String())


class ImportSchema(BatchSchema):
    """An import with its rows; its preview has a seal that binds file, matching and verdicts."""

    sheets = fields.List(fields.Nested(SheetSchema))
    columns = fields.List(fields.Nested(ColumnSchema))
    matching = fields.Dict(keys=fields.String(), values=one_of(Field))
    template = fields.Nested(NamedSchema, allow_none=True)
    templates = fields.List(fields.Nested(NamedSchema))
    answers = fields.Nested(AnswersSchema)
    rows = fields.List(fields.Nested(RowSchema))
    seal = fields.String()


class ViewSchema(Schema):
    """A kept view of the ledger: the query of its page's address."""

    id = fields.Integer()
    name = fields.String()
    query = fields.String()
