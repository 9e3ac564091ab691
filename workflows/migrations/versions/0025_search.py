"""Texts of reports and papers that can be searched, and what the boards count by."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            _words("subject", "report", "paper", "reply", "publication"),
            nullable=False,
        ),
        sa.Column("ref", sa.String(length=36), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_passage_item_id_item", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
        sa.UniqueConstraint("subject", "ref", "piece", name="uq_passage_subject_ref_piece"),
    )
    op.create_index("ix_passage_item_id", "passage", ["item_id"])
    op.create_table(
        "passage_gram",
        sa.Column("gram", sa.String(length=2), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passage.id"],
            name="fk_passage_gram_passage_id_passage",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("gram", "passage_id", name="pk_passage_gram"),
    )
    op.create_index("ix_passage_gram_passage_id", "passage_gram", ["passage_id"])
    op.create_table(
        "paper_text",
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            _words("textstate", "read", "empty", "refused", "unreadable"),
            nullable=False,
        ),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name="fk_paper_text_paper_id_paper", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("paper_id", name="pk_paper_text"),
    )
    op.create_index("ix_item_registered_at", "item", ["registered_at"])
    op.create_index("ix_item_closed_at", "item", ["closed_at"])
    op.create_index("ix_story_kind_at", "story_entry", ["kind", "at", "item_id"])


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
