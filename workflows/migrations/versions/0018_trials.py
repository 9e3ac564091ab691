"""Migrations of running items, and replays of past ones on a draft."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ENDED = "(state = 'running') = (ended_at IS NULL)"


def upgrade() -> None:
    op.create_table(
        "migration_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", _state(), nullable=False),
        sa.Column("undoing", sa.Boolean(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.CheckConstraint(ENDED, name=op.f("ck_migration_run_ended_once_not_running")),
        _of("migration_run", "asked_by_id", "person"),
        _of("migration_run", "undone_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_migration_run"),
    )
    op.create_index("ix_migration_run_process_id", "migration_run", ["process_id"])
    op.create_table(
        "migration_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _words("movestate", "waiting", "moved", "stayed", "passed", "undone", "kept"),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        _of("migration_move", "run_id", "migration_run"),
        sa.PrimaryKeyConstraint("id", name="pk_migration_move"),
    )
    op.create_index("ix_migration_move_run_id", "migration_move", ["run_id"])
    op.create_table(
        "replay_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drawing_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("state", _state(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.CheckConstraint(ENDED, name=op.f("ck_replay_run_ended_once_not_running")),
        _of("replay_run", "drawing_id", "drawing"),
        _of("replay_run", "asked_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_replay_run"),
    )
    op.create_index("ix_replay_run_drawing_id", "replay_run", ["drawing_id"])


def _state() -> sa.Enum:
    return _words("runstate", "running", "done", "failed")


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
