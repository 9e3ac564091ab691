"""Quarterly scores, their entries, appeals and rankings; praise on record."""

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
