"""Yearly targets, the bases of accountability, and replies that the public may read."""

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
