"""What the heat map reads: the closed tasks of a version, and the arrivals in the history."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_engine_task_visits", "engine_task", ["definition_id", "closed_at"])
    few = sa.text("kind IN ('called', 'waiting')")
    op.create_index(
        "ix_engine_history_arrivals",
        "engine_history",
        ["kind", "instance_id"],
        sqlite_where=few,
        postgresql_where=few,
    )
