"""Posts outlive their holders: deputies, delegations and hand-overs."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deputy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("appointed_by_id", sa.Integer(), nullable=False),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "until IS NULL OR until >= since", name=op.f("ck_deputy_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_deputy_post_id_post"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_deputy_person_id_person"),
        sa.ForeignKeyConstraint(
            ["appointed_by_id"], ["person.id"], name="fk_deputy_appointed_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deputy"),
    )
    op.create_index("ix_deputy_person_id", "deputy", ["person_id", "until"], unique=False)
    op.create_index("ix_deputy_post_id", "deputy", ["post_id", "until"], unique=False)
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)",
            name=op.f("ck_delegation_end_has_an_author"),
        ),
        sa.ForeignKeyConstraint(["task_id"], ["todo.task_id"], name="fk_delegation_task_id_todo"),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name="fk_delegation_from_id_person"),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name="fk_delegation_to_id_person"),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name="fk_delegation_ended_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delegation"),
    )
    op.create_index("ix_delegation_task_id", "delegation", ["task_id"], unique=False)
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.Column("work", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_hand_over_post_id_post"),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name="fk_hand_over_from_id_person"),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name="fk_hand_over_to_id_person"),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name="fk_hand_over_made_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hand_over"),
    )
    op.create_index("ix_hand_over_post_id", "hand_over", ["post_id"], unique=False)
    op.create_index("ix_hand_over_to_id", "hand_over", ["to_id"], unique=False)
    delegate = sa.ForeignKey("person.id", name="fk_todo_delegate_id_person")
    op.add_column("todo", sa.Column("delegate_id", sa.Integer(), delegate), inline_references=True)
    op.create_index("ix_todo_delegate_id", "todo", ["delegate_id"], unique=False)
