"""Reporting periods by source as a table, and what else the rest of supervision needs."""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
