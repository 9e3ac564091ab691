"""The open steps of an item or part are found by an index, however many it has had."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for whose in ("item", "assignment"):
        op.drop_index(f"ix_todo_{whose}_id", "todo")
        op.create_index(f"ix_todo_{whose}_open", "todo", [f"{whose}_id", "closed_at"])
