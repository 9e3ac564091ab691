"""Bills, suggestions and proposals: hand-over, contacts, replies, ratings and promises."""

import sqlalchemy as sa
from alembic import op

from workflows.migrations.words import set_words

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    set_words("assignment", "part", "part", ("lead", "co", "separate"))
    op.create_table(
        "handover_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session", sa.String(length=60), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_handover_meeting_recorded_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_meeting")),
    )
    op.create_index(
        op.f("ix_handover_meeting_session"), "handover_meeting", ["session"], unique=False
    )
    op.create_table(
        "proposal",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("session", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column(
            "handling",
            sa.Enum(
                "lead_co",
                "separate",
                "single",
                name="handling",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_proposal_item_id_item")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["handover_meeting.id"],
            name=op.f("fk_proposal_meeting_id_handover_meeting"),
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("session", "number", name=op.f("uq_proposal_session_number")),
    )
    op.create_table(
        "proposer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["proposal.item_id"], name=op.f("fk_proposer_item_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposer")),
        sa.UniqueConstraint("item_id", "place", name=op.f("uq_proposer_item_id_place")),
    )
    op.create_table(
        "proposer_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "visit",
                "talk",
                "phone",
                "letter",
                "online",
                name="contactway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("people", sa.String(length=200), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_proposer_contact_assignment_id_assignment"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_proposer_contact_recorded_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposer_contact")),
    )
    op.create_index(
        op.f("ix_proposer_contact_assignment_id"),
        "proposer_contact",
        ["assignment_id"],
        unique=False,
    )
    op.create_table(
        "co_opinion",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_co_opinion_assignment_id_assignment"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_co_opinion_author_id_person")
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_co_opinion")),
    )
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column(
            "reply_class",
            sa.Enum(
                "a",
                "b",
                "c",
                "d",
                name="replyclass",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disclosed", sa.Boolean(), nullable=False),
        sa.Column("undisclosed_reason", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(length=60), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "accepted",
                "returned",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "promised_on IS NULL OR reply_class = 'b'", name=op.f("ck_reply_only_b_promises")
        ),
        sa.CheckConstraint(
            "disclosed OR undisclosed_reason <> ''", name=op.f("ck_reply_secrecy_has_a_reason")
        ),
        sa.CheckConstraint(
            "issued_at IS NULL OR document_number <> ''", name=op.f("ck_reply_issued_with_a_number")
        ),
        sa.CheckConstraint(
            "(verdict IS NULL) = (reviewed_at IS NULL)", name=op.f("ck_reply_verdict_has_a_date")
        ),
        sa.CheckConstraint(
            "kept_at IS NULL OR reply_class = 'b'",
            name=op.f("ck_reply_kept_what_was_promised"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_reply_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_reply_author_id_person")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_reply_item_id_item")),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["person.id"], name=op.f("fk_reply_reviewed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["person.id"], name=op.f("fk_reply_signed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("assignment_id", "number", name=op.f("uq_reply_assignment_id_number")),
    )
    op.create_index(op.f("ix_reply_back_on"), "reply", ["back_on"], unique=False)
    op.create_index(op.f("ix_reply_item_id"), "reply", ["item_id"], unique=False)
    op.create_table(
        "reply_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("link_until", sa.Date(), nullable=True),
        sa.Column(
            "satisfaction",
            sa.Enum(
                "satisfied",
                "basically",
                "dissatisfied",
                "no_answer",
                name="satisfaction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column(
            "heard_by",
            sa.Enum(
                "link",
                "phone",
                "paper",
                "imported",
                name="heardby",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(link_hash IS NULL) = (link_until IS NULL)", name=op.f("ck_reply_rating_link_ends")
        ),
        sa.CheckConstraint(
            "(satisfaction IS NULL) = (rated_at IS NULL)",
            name=op.f("ck_reply_rating_rated_some_day"),
        ),
        sa.ForeignKeyConstraint(
            ["proposer_id"], ["proposer.id"], name=op.f("fk_reply_rating_proposer_id_proposer")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_reply_rating_recorded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_reply_rating_reply_id_reply")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_rating")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_reply_rating_link_hash")),
        sa.UniqueConstraint(
            "reply_id", "proposer_id", name=op.f("uq_reply_rating_reply_id_proposer_id")
        ),
    )
    op.create_index(
        op.f("ix_reply_rating_proposer_id"), "reply_rating", ["proposer_id"], unique=False
    )
    op.create_table(
        "promise_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("new_promised_on", sa.Date(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_promise_check_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_promise_check_reply_id_reply")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_check")),
    )
    op.create_index(op.f("ix_promise_check_reply_id"), "promise_check", ["reply_id"], unique=False)
    reply = sa.ForeignKey("reply.id", name="fk_paper_reply_id_reply")
    op.add_column("paper", sa.Column("reply_id", sa.Integer(), reply), inline_references=True)
    op.create_index("ix_paper_reply_id", "paper", ["reply_id"])
