"""What the heat map reads: the closed tasks of a version, by when they were closed."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_engine_task_visits", "engine_task", ["definition_id", "closed_at"])
