"""A draft that a director returned waits for its drafter: who returned it, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
RETURNED = sa.text("returned_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("publication", sa.Column("returned_at", MOMENT, nullable=True))
    _date_what_was_returned()
    # Either database takes with a new column what holds of a whole row, so no table is copied.
    op.execute(
        sa.text(
            "ALTER TABLE publication ADD COLUMN returned_by_id INTEGER "
            "CONSTRAINT fk_publication_returned_by_id_person REFERENCES person (id) "
            "CONSTRAINT ck_publication_return_has_a_reason "
            "CHECK ((returned_at IS NULL) = (returned_reason = '')) "
            "CONSTRAINT ck_publication_return_has_a_moment "
            "CHECK (returned_by_id IS NULL OR returned_at IS NOT NULL)"
        )
    )
    op.create_index(
        "ix_publication_returned",
        "publication",
        ["state"],
        sqlite_where=RETURNED,
        postgresql_where=RETURNED,
    )


def _date_what_was_returned() -> None:
    """Say when: as its drafter was told or, if nobody was, as it was saved; by whom, none knows."""
    connection = op.get_bind()
    issue = sa.table("publication", *map(sa.column, ("id", "returned_reason", "saved_at")),
                     sa.column("returned_at", MOMENT))  # fmt: skip
    notice = sa.table("notice", sa.column("kind"), sa.column("facts", sa.JSON),
                      sa.column("at", MOMENT))  # fmt: skip
    returned = issue.update().where(issue.c.returned_reason != "")
    connection.execute(returned.values(returned_at=issue.c.saved_at))
    told = sa.select(notice.c.facts, notice.c.at).where(notice.c.kind == "issue_returned")
    for facts, at in connection.execute(told.order_by(notice.c.at)).all():
        connection.execute(
            returned.where(issue.c.id == facts["publication"]).values(returned_at=at)
        )
