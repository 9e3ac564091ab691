"""Limits, the ladder and the weights of revisits become decision tables; forms keep files.

What an office has changed goes into the first version of each file; where there is nothing to
carry over, the house writes its defaults as it starts.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
STOPS = ("objection", "change", "review", "suspension")

Column = tuple[str, str, str, str]
"""input or output, name, label, type."""

LIMITS: Sequence[Column] = (
    ("input", "limit", "时限", "string"),
    ("output", "number", "多久", "number"),
    ("output", "unit", "单位", "string"),
    ("output", "starts", "起算", "string"),
    *(("output", f"stops_{cause}", cause, "boolean") for cause in STOPS),
    ("output", "objection", "退办时限", "string"),
    ("output", "extensions", "延期次数", "number"),
    ("output", "longest_number", "总共最长", "number"),
    ("output", "longest_unit", "最长的单位", "string"),
)
LADDER: Sequence[Column] = (
    ("input", "kind", "类型", "string"),
    ("input", "urgency", "紧急程度", "string"),
    ("output", "rung", "级别", "string"),
    ("output", "days_overdue", "逾期几个工作日", "number"),
    ("output", "times_before", "此前几次", "number"),
)
WEIGHTS: Sequence[Column] = (
    ("input", "risk", "因素", "string"),
    ("output", "percent", "百分比", "number"),
)


def upgrade() -> None:
    _carry_over("limits", "时限", "UNIQUE", LIMITS, _limits())
    _carry_over("ladder", "升级阶梯", "COLLECT", LADDER, _rows("ladder_rule"))
    _carry_over("sampling", "回访权重", "UNIQUE", WEIGHTS, _weights())
    for table in ("limit_rule", "ladder_rule", "revisit_weight"):
        op.drop_table(table)
    _forms()
    op.create_table(
        "table_draft",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_id"], ["engine_decision.id"], name="fk_table_draft_base_id_engine_decision"
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name="fk_table_draft_saved_by_id_person"
        ),
        sa.PrimaryKeyConstraint("name", name="pk_table_draft"),
    )
    op.create_table(
        "table_note",
        sa.Column("definition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("back_to", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["engine_decision.id"],
            name="fk_table_note_definition_id_engine_decision",
        ),
        sa.PrimaryKeyConstraint("definition_id", name="pk_table_note"),
    )


def _forms() -> None:
    """Let a form's files be known as its own."""
    op.create_table(
        "form_paper",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["form_entry.id"], name="fk_form_paper_entry_id_form_entry"
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_form_paper_paper_id_paper"),
        sa.PrimaryKeyConstraint("entry_id", "paper_id", name="pk_form_paper"),
    )


def _rows(table: str) -> list[dict[str, Any]]:
    found = op.get_bind().execute(sa.text(f"SELECT * FROM {table}"))  # noqa: S608 (our own names)
    return [dict(row) for row in found.mappings()]


def _limits() -> Iterable[dict[str, Any]]:
    for row in _rows("limit_rule"):
        stops = json.loads(row["stops"]) if isinstance(row["stops"], str) else row["stops"]
        yield row | {f"stops_{cause}": True for cause in stops} | {"limit": row["name"]}


def _weights() -> list[dict[str, Any]]:
    return [{"risk": row["name"], "percent": row["percent"]} for row in _rows("revisit_weight")]


def _carry_over(
    name: str, title: str, policy: str, columns: Sequence[Column], rows: Iterable[dict[str, Any]]
) -> None:
    """Write the rows that are there as the first version of a file."""
    body = "".join(_rule(name, place, columns, row) for place, row in enumerate(rows, 1))
    if not body:
        return
    xml = (
        f'<definitions xmlns="{DMN}" id="duban_{name}" name="{title}" '
        f'namespace="urn:duban:dmn:1"><decision id="{name}" name="{title}">'
        f'<decisionTable id="{name}_table" hitPolicy="{policy}">'
        f"{''.join(_column(name, place, each) for place, each in enumerate(columns))}"
        f"{body}</decisionTable></decision></definitions>"
    ).encode()
    made = op.get_bind().scalar(
        sa.text(
            "INSERT INTO engine_decision (definitions_id, version, name, xml, checksum,"
            " deployed_at, deployed_by) VALUES (:id, 1, :name, :xml, :checksum, :at, '')"
            " RETURNING id"
        ).bindparams(sa.bindparam("at", type_=sa.DateTime(timezone=True))),
        {
            "id": f"duban_{name}",
            "name": title,
            "xml": xml,
            "checksum": hashlib.sha256(xml).hexdigest(),
            "at": datetime.now(UTC),
        },
    )
    op.get_bind().execute(
        sa.text(
            "INSERT INTO engine_decision_part (definition_id, decision_id, name)"
            " VALUES (:made, :name, :title)"
        ),
        {"made": made, "name": name, "title": title},
    )


def _column(name: str, place: int, column: Column) -> str:
    side, own, label, type_ = column
    if side == "input":
        return (
            f'<input id="{name}_{place}" label="{label}"><inputExpression id="{name}_{place}_of" '
            f'typeRef="{type_}"><text>{own}</text></inputExpression></input>'
        )
    return f'<output id="{name}_{place}" name="{own}" label="{label}" typeRef="{type_}"/>'


def _rule(name: str, place: int, columns: Sequence[Column], row: dict[str, Any]) -> str:
    cells = "".join(_cell(f"{name}_row_{place}_{n}", each, row) for n, each in enumerate(columns))
    return f'<rule id="{name}_row_{place}">{cells}</rule>'


def _cell(id_: str, column: Column, row: dict[str, Any]) -> str:
    side, name = column[0], column[1]
    value = row.get(name)
    said = "-" if side == "input" else ""
    if value is not None:
        said = escape(json.dumps(value, ensure_ascii=False))
    return f'<{side}Entry id="{id_}"><text>{said}</text></{side}Entry>'
