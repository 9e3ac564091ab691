"""Decision tables are read by a second administrator; settings have a story.

A draft gets a number, so that one may bring an older version back beside it, and its reviews
stay when it is deployed.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = "state = 'open' AND older_id IS NULL"


def upgrade() -> None:
    drafts = [dict(row) for row in _rows("SELECT * FROM table_draft", saved_at=MOMENT)]
    op.drop_table("table_draft")
    made = _drafts()
    if drafts:
        op.bulk_insert(made, [{**row, "state": "open"} for row in drafts])
    _reviews()
    _notes()
    _settings()


def _rows(query: str, **types: sa.types.TypeEngine[Any]) -> sa.MappingResult:
    return op.get_bind().execute(sa.text(query).columns(**types)).mappings()


def _drafts() -> sa.Table:
    states = ("open", "deployed", "discarded")
    made = op.create_table(
        "table_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("older_id", sa.Integer(), nullable=True),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", _words("drawingstate", *states), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("definition_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL)",
            name=op.f("ck_table_draft_ended_once_not_open"),
        ),
        sa.CheckConstraint(
            "(state = 'deployed') = (definition_id IS NOT NULL)",
            name=op.f("ck_table_draft_deployed_as_a_version"),
        ),
        *(_version("table_draft", column) for column in ("base_id", "older_id", "definition_id")),
        _person("table_draft", "saved_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_draft")),
    )
    op.create_index(op.f("ix_table_draft_name"), "table_draft", ["name"])
    op.create_index(
        "uq_table_draft_open",
        "table_draft",
        ["name"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    return made


def _reviews() -> None:
    op.create_table(
        "table_review",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("verdict", _words("reviewverdict", "approved", "returned"), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(verdict IS NULL) = (reviewed_at IS NULL)",
            name=op.f("ck_table_review_verdict_has_a_moment"),
        ),
        sa.CheckConstraint(
            "(reviewed_by_id IS NULL) = (reviewed_at IS NULL)",
            name=op.f("ck_table_review_verdict_has_an_author"),
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["table_draft.id"], name=op.f("fk_table_review_draft_id_table_draft")
        ),
        _person("table_review", "asked_by_id"),
        _person("table_review", "reviewed_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_review")),
    )
    op.create_index(op.f("ix_table_review_draft_id"), "table_review", ["draft_id"])


def _notes() -> None:
    """Let notes be as long as those of diagrams, and say who read the version first."""
    kept = [dict(row) for row in _rows("SELECT * FROM table_note")]
    op.drop_table("table_note")
    made = op.create_table(
        "table_note",
        sa.Column("definition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("back_to", sa.Integer(), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        _version("table_note", "definition_id"),
        _person("table_note", "reviewed_by_id"),
        sa.PrimaryKeyConstraint("definition_id", name=op.f("pk_table_note")),
    )
    if kept:
        op.bulk_insert(made, kept)


def _settings() -> None:
    op.create_table(
        "setting_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("old", sa.String(length=400), nullable=False),
        sa.Column("new", sa.String(length=400), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        _person("setting_change", "by_id"),
        _person("setting_change", "settled_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
    )
    op.create_index(op.f("ix_setting_change_name"), "setting_change", ["name"])


def _version(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_engine_decision")
    return sa.ForeignKeyConstraint([column], ["engine_decision.id"], name=name)


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{table}_{column}_person")
    )


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
