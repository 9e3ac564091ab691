"""Reporting periods by source as a table, reasons of slips' days, daily messages that close."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OPEN_DAILY = sa.text("daily AND closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "reporting_rule",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "weekly",
                "monthly",
                "quarterly",
                name="period",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_reporting_rule"),
    )
    op.add_column(
        "escalation",
        sa.Column("answer_why", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
    )
    op.add_column("message", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        sa.text("UPDATE message SET closed_at = settled_at WHERE daily AND settled_at IS NOT NULL")
    )
    op.create_index(
        "uq_message_daily",
        "message",
        ["person_id", "channel", "due_at"],
        unique=True,
        sqlite_where=OPEN_DAILY,
        postgresql_where=OPEN_DAILY,
    )
