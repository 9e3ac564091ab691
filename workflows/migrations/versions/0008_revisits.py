"""Revisits with their risk, plan, team and checklist; samples; objections to conclusions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEPT = "id, item_id, seed, chance, ordered_at, method, findings, solved, done_by_id, done_at"
NEW = "cause, factors, round, due_why, team, guests, checklist"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "revisit_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", MOMENT, nullable=False),
        sa.CheckConstraint("until >= since", name=op.f("ck_revisit_sample_ends_after_start")),
        sa.CheckConstraint("size >= 1", name=op.f("ck_revisit_sample_draws_something")),
        sa.ForeignKeyConstraint(
            ["drawn_by_id"], ["person.id"], name="fk_revisit_sample_drawn_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revisit_sample"),
    )
    op.create_table(
        "revisit_sample_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("closing", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("factors", sa.JSON(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_revisit_sample_line_item_id_item"
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"],
            ["revisit_sample.id"],
            name="fk_revisit_sample_line_sample_id_revisit_sample",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revisit_sample_line"),
        sa.UniqueConstraint("item_id", "closing", name="uq_revisit_sample_line_item_id_closing"),
    )
    op.create_index("ix_revisit_sample_line_sample_id", "revisit_sample_line", ["sample_id"])
    op.create_table(
        "revisit_weight",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "percent BETWEEN 0 AND 1000", name=op.f("ck_revisit_weight_percent_in_range")
        ),
        sa.PrimaryKeyConstraint("name", name="pk_revisit_weight"),
    )
    op.create_table(
        "revisit_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("text_en", sa.String(length=200), nullable=False),
        sa.Column("decisive", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revisit_question"),
    )
    _rewrite_revisits()
    op.create_table(
        "revisit_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revisit_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(upheld IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_revisit_objection_decision_has_a_date"),
        ),
        sa.ForeignKeyConstraint(
            ["revisit_id"], ["revisit.id"], name="fk_revisit_objection_revisit_id_revisit"
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name="fk_revisit_objection_assignment_id_assignment",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name="fk_revisit_objection_made_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name="fk_revisit_objection_decided_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revisit_objection"),
        sa.UniqueConstraint(
            "revisit_id", "assignment_id", name="uq_revisit_objection_revisit_id_assignment_id"
        ),
    )
    for table in ("paper", "story_entry"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("visit_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(
                f"fk_{table}_visit_id_revisit", "revisit", ["visit_id"], ["id"]
            )
        op.create_index(f"ix_{table}_visit_id", table, ["visit_id"])


def _rewrite_revisits() -> None:
    """Make the table anew: SQLite can't add what refers to another table to one that is there."""
    op.execute(sa.text("CREATE TABLE revisit_before AS SELECT * FROM revisit"))
    op.drop_table("revisit")
    op.create_table(
        "revisit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "lot", "asked", "sample", "rectification",
                name="cause", native_enum=False, create_constraint=True, length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("sample_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("factors", sa.JSON(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("warn_on", sa.Date(), nullable=True),
        sa.Column("due_why", sa.JSON(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("planned_by_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.Column("team", sa.JSON(), nullable=False),
        sa.Column("guests", sa.JSON(), nullable=False),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(solved IS NULL) = (done_at IS NULL)", name=op.f("ck_revisit_finding_has_a_date")
        ),
        sa.CheckConstraint(
            "(planned_on IS NULL) = (planned_by_id IS NULL)",
            name=op.f("ck_revisit_plan_has_a_planner"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name="fk_revisit_asked_by_id_person"
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name="fk_revisit_done_by_id_person"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_revisit_item_id_item"),
        sa.ForeignKeyConstraint(
            ["planned_by_id"], ["person.id"], name="fk_revisit_planned_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["revisit_sample.id"], name="fk_revisit_sample_id_revisit_sample"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revisit"),
    )  # fmt: skip
    op.create_index("ix_revisit_item_id", "revisit", ["item_id"])
    op.create_index("ix_revisit_sample_id", "revisit", ["sample_id"])
    op.create_index(
        "uq_revisit_pending",
        "revisit",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.execute(
        sa.text(
            f"INSERT INTO revisit ({KEPT}, {NEW}) "  # noqa: S608 (names only)
            f"SELECT {KEPT}, CASE WHEN drawn THEN 'lot' ELSE 'asked' END, "
            "'[]', 0, '[]', '[]', '[]', '[]' FROM revisit_before"
        )
    )
    op.drop_table("revisit_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            sa.text(
                "SELECT setval(pg_get_serial_sequence('revisit', 'id'), "
                "coalesce((SELECT max(id) FROM revisit), 0) + 1, false)"
            )
        )
