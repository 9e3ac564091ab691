"""What nobody has read yet is found without reading all that was ever delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    for reader in ("unit", "post"):
        op.create_index(
            f"ix_publication_delivery_unread_{reader}",
            "publication_delivery",
            [f"{reader}_id"],
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        )
