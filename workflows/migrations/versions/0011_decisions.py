"""Decisions broken down, differing instructions, common reports, and what comes before an item."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SAYS = "words <> ''"


def words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    parent = sa.ForeignKey("item.id", name="fk_item_parent_id_item")
    op.add_column("item", sa.Column("parent_id", sa.Integer(), parent), inline_references=True)
    op.add_column(
        "item",
        sa.Column("parent_number", sa.String(length=40), server_default="", nullable=False),
    )
    op.add_column("item", sa.Column("part_no", sa.Integer(), nullable=True))
    op.add_column("item", sa.Column("weight", sa.Integer(), server_default="1", nullable=False))
    op.create_index("ix_item_part", "item", ["parent_id", "part_no"], unique=True)
    op.create_table(
        "decision_basis",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "meeting <> '' OR document <> ''", name=op.f("ck_decision_basis_rests_on_something")
        ),
        sa.CheckConstraint(
            "(meeting = '') = (held_on IS NULL)", name=op.f("ck_decision_basis_meeting_has_a_date")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_decision_basis_item_id_item"),
        sa.PrimaryKeyConstraint("item_id", name="pk_decision_basis"),
    )
    op.create_table(
        "planned_unit",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("part", words("lead", "co", name="part"), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_planned_unit_item_id_item"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_planned_unit_unit_id_unit"),
        sa.PrimaryKeyConstraint("item_id", "unit_id", name="pk_planned_unit"),
    )
    op.create_table(
        "common_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_common_report_unit_id_unit"),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name="fk_common_report_author_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_common_report"),
    )
    op.create_index("ix_common_report_unit_id", "common_report", ["unit_id"], unique=False)
    common = sa.ForeignKey("common_report.id", name="fk_report_common_id_common_report")
    op.add_column("report", sa.Column("common_id", sa.Integer(), common), inline_references=True)
    op.create_index("ix_report_common_id", "report", ["common_id"], unique=False)
    op.create_table(
        "leader_instruction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.CheckConstraint(SAYS, name=op.f("ck_leader_instruction_says_something")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_leader_instruction_item_id_item"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_leader_instruction_post_id_post"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_leader_instruction"),
        sa.UniqueConstraint("item_id", "post_id", name="uq_leader_instruction_item_id_post_id"),
    )
    op.create_index(
        "ix_leader_instruction_item_id", "leader_instruction", ["item_id"], unique=False
    )
    op.create_table(
        "resolution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("referred", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(SAYS, name=op.f("ck_resolution_says_something")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_resolution_item_id_item"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_resolution_person_id_person"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_resolution_post_id_post"),
        sa.PrimaryKeyConstraint("id", name="pk_resolution"),
    )
    op.create_index("ix_resolution_item_id", "resolution", ["item_id"], unique=False)
    op.create_table(
        "opening_plan",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on <= until_on", name=op.f("ck_opening_plan_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_opening_plan_item_id_item"),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name="fk_opening_plan_written_by_id_person"
        ),
        sa.PrimaryKeyConstraint("item_id", name="pk_opening_plan"),
    )
    op.create_table(
        "look_alike_answer",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("answer", words("different", "linked", name="likeness"), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("item_id <> other_id", name=op.f("ck_look_alike_answer_two_items")),
        sa.CheckConstraint(
            "answer <> 'different' OR reason <> ''",
            name=op.f("ck_look_alike_answer_difference_has_a_reason"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_look_alike_answer_item_id_item"),
        sa.ForeignKeyConstraint(
            ["other_id"], ["item.id"], name="fk_look_alike_answer_other_id_item"
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name="fk_look_alike_answer_answered_by_id_person"
        ),
        sa.PrimaryKeyConstraint("item_id", "other_id", name="pk_look_alike_answer"),
    )
    op.create_index(
        "ix_look_alike_answer_other_id", "look_alike_answer", ["other_id"], unique=False
    )
