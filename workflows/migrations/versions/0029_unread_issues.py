"""What nobody has read yet is found by itself; drafts of issues say who has them open."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
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
    op.create_table(
        "publication_presence",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_presence_publication_id_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_publication_presence_person_id_person")
        ),
        sa.PrimaryKeyConstraint(
            "publication_id", "person_id", name=op.f("pk_publication_presence")
        ),
    )
