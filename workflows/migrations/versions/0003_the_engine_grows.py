"""What the engine has learnt: decision tables, messages, starts, and the times of elements."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
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
    op.add_column("engine_instance", sa.Column("round", sa.Integer(), nullable=True))
    op.add_column(
        "engine_instance", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("engine_delivery", sa.Column("payload", sa.Text(), nullable=True))
    op.create_table(
        "engine_awaited",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("element_id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["engine_instance.id"],
            name="fk_engine_awaited_instance_id_engine_instance",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_engine_awaited"),
    )
    op.create_index(
        "ix_engine_awaited_instance_id", "engine_awaited", ["instance_id"], unique=False
    )
    op.create_index("ix_engine_awaited_name", "engine_awaited", ["name", "key"], unique=False)
    op.create_table(
        "engine_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_engine_message"),
    )
    op.create_index("ix_engine_message_expires_at", "engine_message", ["expires_at"], unique=False)
    op.create_index("ix_engine_message_name", "engine_message", ["name", "key"], unique=False)
    op.create_table(
        "engine_start",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("element_id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["engine_definition.id"],
            name="fk_engine_start_definition_id_engine_definition",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_engine_start"),
    )
    op.create_index("ix_engine_start_due_at", "engine_start", ["due_at"], unique=False)
    op.create_index("ix_engine_start_name", "engine_start", ["name"], unique=False)
    op.create_index("ix_engine_start_process_id", "engine_start", ["process_id"], unique=False)
    op.create_table(
        "engine_migration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("old_state", sa.LargeBinary(), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["engine_definition.id"],
            name="fk_engine_migration_from_id_engine_definition",
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["engine_instance.id"],
            name="fk_engine_migration_instance_id_engine_instance",
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["engine_definition.id"],
            name="fk_engine_migration_to_id_engine_definition",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_engine_migration"),
    )
    op.create_index(
        "ix_engine_migration_instance_id", "engine_migration", ["instance_id"], unique=False
    )
