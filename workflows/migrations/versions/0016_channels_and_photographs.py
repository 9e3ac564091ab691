"""Where proposers are reached and the links sent to them; when a photograph was taken."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("proposer", _words("email", 200))
    op.add_column("proposer", _words("phone", 40))
    op.add_column("paper", sa.Column("taken_at", MOMENT, nullable=True))
    op.add_column("action_photograph", sa.Column("taken_at", MOMENT, nullable=True))
    op.add_column("action_photograph", _words("caption", 200))
    op.create_table(
        "rating_letter",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name="fk_rating_letter_asked_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_rating_letter_message_id_message"
        ),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["reply_rating.id"], name="fk_rating_letter_rating_id_reply_rating"
        ),
        sa.PrimaryKeyConstraint("message_id", name="pk_rating_letter"),
    )
    op.create_index("ix_rating_letter_rating_id", "rating_letter", ["rating_id"])
    op.create_table(
        "rating_link",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["rating_letter.message_id"],
            name="fk_rating_link_message_id_rating_letter",
        ),
        sa.PrimaryKeyConstraint("hash", name="pk_rating_link"),
    )
    op.create_index("ix_rating_link_message_id", "rating_link", ["message_id"])


def _words(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default="")
