"""How the API tells decision tables, their drafts, and what differs."""

from typing import Any

from marshmallow import fields

from engine import DecisionTable
from web.api.schemas.kinds import one_of
from web.api.schemas.rules import MovesSchema
from web.shapes import Schema
from web.table_flaws import flaw_place, flaw_words
from web.words.tables import change_words, column_word, result_words, text_words
from workflows.tables import DrawingState, ReviewVerdict


class TableColumnSchema(Schema):
    """A column: a row is found by its inputs, and says its outputs."""

    side = fields.String()
    name = fields.String()
    label = fields.Function(lambda column: column_word(column.name))
    type = fields.String()
    allowed = fields.List(fields.String())


class TableRowSchema(Schema):
    """A row: its cells as FEEL and in words, by their columns."""

    cells = fields.Dict(keys=fields.String(), values=fields.String())
    words = fields.Dict(keys=fields.String(), values=fields.String())
    note = fields.String()


class TableVersionSchema(Schema):
    """A version: who deployed it when and why, and who had read it first."""

    id = fields.Integer()
    number = fields.Integer()
    at = fields.AwareDateTime()
    by = fields.String(allow_none=True)
    note = fields.String()
    back_to = fields.Integer(allow_none=True)
    reviewed_by = fields.String(allow_none=True)


class TableDraftSchema(Schema):
    """A draft of a decision table."""

    id = fields.Integer()
    name = fields.String()
    base_id = fields.Integer(metadata={"description": "The version it changes."})
    older_id = fields.Integer(
        allow_none=True, metadata={"description": "The version that it brings back."}
    )
    revision = fields.Integer()
    state = one_of(DrawingState)
    saved_by = fields.String(attribute="saved_by.name")
    saved_at = fields.AwareDateTime()
    definition_id = fields.Integer(allow_none=True)


class KeptTableSchema(Schema):
    """A table with its newest version and its open draft."""

    name = fields.String(attribute="shape.name")
    rows = fields.Integer()
    newest = fields.Nested(TableVersionSchema)
    draft = fields.Nested(TableDraftSchema, allow_none=True)


class TableSchema(Schema):
    """The rows of a version."""

    name = fields.String(attribute="decision")
    policy = fields.String()
    columns = fields.List(fields.Nested(TableColumnSchema))
    rows = fields.Method("told_rows")

    def told_rows(self, table: DecisionTable) -> list[dict[str, Any]]:
        """Return the rows, cell by cell."""
        return [
            {
                "cells": {
                    column.name: cell.text
                    for column, cell in zip(table.columns, row.cells, strict=True)
                },
                "words": {
                    column.name: text_words(column, cell.text)
                    for column, cell in zip(table.columns, row.cells, strict=True)
                },
                "note": row.note,
            }
            for row in table.rows
        ]


class TableFlawSchema(Schema):
    """Something that is wrong with a table, or odd, and where."""

    code = fields.String()
    severity = fields.String()
    row = fields.Integer(allow_none=True)
    column = fields.String(allow_none=True)
    place = fields.Function(flaw_place)
    words = fields.Function(flaw_words)


class TableChangeSchema(Schema):
    """A row that came, went or says something else."""

    what = fields.String()
    row = fields.Integer()
    words = fields.Function(change_words)


class TableReviewSchema(Schema):
    """A draft as it was handed to a second administrator, why, and what they said."""

    revision = fields.Integer()
    note = fields.String()
    asked_by = fields.String(attribute="asked_by.name")
    asked_at = fields.AwareDateTime()
    verdict = one_of(ReviewVerdict, null=True)
    words = fields.String()
    reviewed_by = fields.String(attribute="reviewed_by.name", allow_none=True)
    reviewed_at = fields.AwareDateTime(allow_none=True)


class TableReleaseSchema(Schema):
    """What stands between a draft and its deployment."""

    draft = fields.Nested(TableDraftSchema)
    changes = fields.List(fields.Nested(TableChangeSchema))
    flaws = fields.List(fields.Nested(TableFlawSchema), attribute="judged.flaws")
    review_needed = fields.Boolean(attribute="word.needed")
    review = fields.Nested(TableReviewSchema, attribute="word.review", allow_none=True)
    waits = fields.Boolean(attribute="word.waits")
    approved = fields.Boolean(attribute="word.approved")
    reviewers = fields.List(fields.String(), attribute="word.reviewers")
    moves = fields.Nested(MovesSchema)


class TableTrialLineSchema(Schema):
    """One thing that would have come out otherwise."""

    item_id = fields.Integer(attribute="item.id", allow_none=True)
    unit_id = fields.Integer(attribute="unit.id", allow_none=True)
    before = fields.Function(lambda line: result_words(line.before))
    after = fields.Function(lambda line: result_words(line.after))


class TableTrialSchema(Schema):
    """What a table would have done in the last whole quarter; nothing is written."""

    since = fields.Date()
    until = fields.Date()
    looked_at = fields.Integer()
    lines = fields.List(fields.Nested(TableTrialLineSchema))
