"""Messages by mail, SMS and webhook: what was sent, to whom, when; and how each is told."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    channels, modes = ("mail", "sms", "webhook"), ("at_once", "daily", "off")
    op.create_table(
        "notice_wish",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mail", _words("mail_mode", *modes), nullable=False),
        sa.Column("sms", _words("sms_mode", *modes), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(quiet_from IS NULL) = (quiet_until IS NULL)",
            name=op.f("ck_notice_wish_quiet_is_whole"),
        ),
        sa.CheckConstraint(
            "quiet_from BETWEEN 0 AND 23", name=op.f("ck_notice_wish_quiet_from_is_an_hour")
        ),
        sa.CheckConstraint(
            "quiet_until BETWEEN 0 AND 23", name=op.f("ck_notice_wish_quiet_until_is_an_hour")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_notice_wish_person_id_person"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_notice_wish"),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("channel", _words("channel", *channels), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("daily", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column(
            "state",
            _words("messagestate", "waiting", "sent", "kept", "failed", "dropped"),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=400), nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting') = (settled_at IS NULL)", name=op.f("ck_message_settled_has_a_date")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_message_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("message_id", name="uq_message_message_id"),
    )
    op.create_index("ix_message_settled_at", "message", ["settled_at"], unique=False)
    op.create_index(
        "ix_message_person_id", "message", ["person_id", "channel", "state"], unique=False
    )
    op.create_table(
        "message_notice",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("channel", _words("channel", *channels), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name="fk_message_notice_message_id_message",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name="fk_message_notice_notice_id_notice"
        ),
        sa.PrimaryKeyConstraint("message_id", "notice_id", name="pk_message_notice"),
        sa.UniqueConstraint("notice_id", "channel", name="uq_message_notice_notice_id_channel"),
    )
    _keep_what_was_sent()
    op.drop_table("sent_mail")
    _take_over_what_waits()


def _keep_what_was_sent() -> None:
    op.execute(
        sa.text(
            "INSERT INTO message (message_id, channel, person_id, daily, address, subject, body,"
            " state, due_at, settled_at, error) SELECT message_id, 'mail', person_id, false,"
            " address, subject, body, 'sent', sent_at, sent_at, '' FROM sent_mail"
        )
    )


def _take_over_what_waits() -> None:
    """Let the jobs of mails that haven't left yet send messages instead."""
    connection = op.get_bind()
    waiting = connection.execute(
        sa.text("SELECT id, payload, run_at FROM engine_job WHERE kind = 'mail'")
    ).all()
    for job_id, payload, run_at in waiting:
        told = json.loads(payload)
        made = {"key": told["message_id"], "notice": told["notice_id"], "at": run_at}
        connection.execute(
            sa.text(
                "INSERT INTO message (message_id, channel, person_id, daily, address, subject,"
                " body, state, due_at, error) SELECT :key, 'mail', person_id, false, '', '', '',"
                " 'waiting', :at, '' FROM notice WHERE id = :notice"
            ),
            made,
        )
        number = connection.scalar(
            sa.text("SELECT id FROM message WHERE message_id = :key"), {"key": told["message_id"]}
        )
        connection.execute(
            sa.text(
                "INSERT INTO message_notice (message_id, notice_id, channel)"
                " VALUES (:message, :notice, 'mail')"
            ),
            {"message": number, "notice": told["notice_id"]},
        )
        connection.execute(
            sa.text(
                "UPDATE engine_job SET kind = 'message', payload = :payload, job_key = :key"
                " WHERE id = :id"
            ),
            {"payload": json.dumps({"message": number}), "key": f"message:{number}", "id": job_id},
        )
