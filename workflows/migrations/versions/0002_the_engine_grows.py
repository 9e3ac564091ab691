"""What the engine has learnt: decision tables, and the times of its elements."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "engine_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definitions_id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("deployed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deployed_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_engine_decision"),
        sa.UniqueConstraint(
            "definitions_id", "checksum", name="uq_engine_decision_definitions_id_checksum"
        ),
        sa.UniqueConstraint(
            "definitions_id", "version", name="uq_engine_decision_definitions_id_version"
        ),
    )
    op.create_table(
        "engine_decision_part",
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["engine_decision.id"],
            name="fk_engine_decision_part_definition_id_engine_decision",
        ),
        sa.PrimaryKeyConstraint("definition_id", "decision_id", name="pk_engine_decision_part"),
    )
    op.create_index(
        "ix_engine_decision_part_decision_id",
        "engine_decision_part",
        ["decision_id", "definition_id"],
        unique=False,
    )
    op.create_index(
        "ix_engine_instance_process", "engine_instance", ["process_id", "started_at"], unique=False
    )
