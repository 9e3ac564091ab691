"""Drafts of diagrams, who looks at them, their reviews, deployments and files."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "drawing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("older_id", sa.Integer(), nullable=True),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", _words("drawingstate", "open", "deployed", "discarded"), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("definition_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL)", name=op.f("ck_drawing_ended_once_not_open")
        ),
        sa.CheckConstraint(
            "(state = 'deployed') = (definition_id IS NOT NULL)",
            name=op.f("ck_drawing_deployed_as_a_version"),
        ),
        _of_person("drawing", "made_by_id"),
        _of_person("drawing", "saved_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drawing"),
    )
    op.create_index("ix_drawing_process_id", "drawing", ["process_id"])
    open_draft = sa.text("state = 'open' AND older_id IS NULL")
    op.create_index(
        "uq_drawing_open",
        "drawing",
        ["process_id"],
        unique=True,
        sqlite_where=open_draft,
        postgresql_where=open_draft,
    )
    op.create_table(
        "drawing_presence",
        sa.Column("drawing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=True),
        sa.Column("process", sa.String(length=200), nullable=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        _of_drawing("drawing_presence"),
        _of_person("drawing_presence", "person_id"),
        sa.PrimaryKeyConstraint("drawing_id", "person_id", name="pk_drawing_presence"),
    )
    op.create_table(
        "drawing_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drawing_id", sa.Integer(), nullable=False),
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
            name=op.f("ck_drawing_review_verdict_has_a_moment"),
        ),
        sa.CheckConstraint(
            "(reviewed_by_id IS NULL) = (reviewed_at IS NULL)",
            name=op.f("ck_drawing_review_verdict_has_an_author"),
        ),
        _of_drawing("drawing_review"),
        _of_person("drawing_review", "asked_by_id"),
        _of_person("drawing_review", "reviewed_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drawing_review"),
    )
    op.create_index("ix_drawing_review_drawing_id", "drawing_review", ["drawing_id"])
    op.create_table(
        "deployment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column(
            "how",
            _words("deployedhow", "draft", "rollback", "file", "terminal"),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("drawing_id", sa.Integer(), nullable=True),
        sa.Column("older_id", sa.Integer(), nullable=True),
        sa.Column("deployed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        _of_drawing("deployment"),
        _of_person("deployment", "deployed_by_id"),
        _of_person("deployment", "reviewed_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deployment"),
        sa.UniqueConstraint("definition_id", name="uq_deployment_definition_id"),
    )
    op.create_index("ix_deployment_process_id", "deployment", ["process_id"])
    op.create_table(
        "drawing_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drawing_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("strange", sa.JSON(), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        _of_drawing("drawing_file"),
        _of_person("drawing_file", "kept_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drawing_file"),
    )
    op.create_index("ix_drawing_file_drawing_id", "drawing_file", ["drawing_id"])


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _of_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["person.id"], name=f"fk_{table}_{column}_person")


def _of_drawing(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_drawing_id_drawing"
    return sa.ForeignKeyConstraint(["drawing_id"], ["drawing.id"], name=name)
