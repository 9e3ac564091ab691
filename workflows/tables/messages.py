"""Rows of what leaves the house: messages by mail, SMS and webhook, and who wants which."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.desk import Notice
from workflows.tables.people import Person

OPEN_DAILY = text("daily AND closed_at IS NULL")


class Channel(StrEnum):
    """By what a notice leaves the house."""

    MAIL = "mail"
    SMS = "sms"
    WEBHOOK = "webhook"


class Mode(StrEnum):
    """When somebody wants their notices: each at once, one message a day, or none."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    OFF = "off"


class MessageState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"
    DROPPED = "dropped"


def _modes(name: str) -> Enum:
    """Return the type of a column of modes; of two in one table each has its own check."""
    return Enum(
        Mode,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda kind: [one.value for one in kind],
    )


class NoticeWish(Base):
    """How somebody wants to be told; hours are the office's, None is the office's own rule."""

    __tablename__ = "notice_wish"
    __table_args__ = (
        CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet_is_whole"),
        CheckConstraint("quiet_from BETWEEN 0 AND 23", name="quiet_from_is_an_hour"),
        CheckConstraint("quiet_until BETWEEN 0 AND 23", name="quiet_until_is_an_hour"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    mail: Mapped[Mode] = mapped_column(_modes("mail_mode"), default=Mode.AT_ONCE)
    sms: Mapped[Mode] = mapped_column(_modes("sms_mode"), default=Mode.OFF)
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]


class Message(Base):
    """One message to one address; its ``message_id`` is fixed before it is first tried.

    ``subject`` and ``body`` are written as it leaves. ``kept`` is one that had no server to go
    to and is only shown on a page; ``dropped`` one whose reader had gone or taken off the address.
    A daily one gathers notices until it is closed, before it is worded; of those that gather up to
    an hour each reader has one.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled_has_a_date"),
        Index("ix_message_settled_at", "settled_at"),
        Index("ix_message_person_id", "person_id", "channel", "state"),
        Index(
            "uq_message_daily",
            "person_id",
            "channel",
            "due_at",
            unique=True,
            sqlite_where=OPEN_DAILY,
            postgresql_where=OPEN_DAILY,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    channel: Mapped[Channel]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    daily: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(String(400), default="")
    body: Mapped[str] = mapped_column(default="")
    state: Mapped[MessageState] = mapped_column(default=MessageState.WAITING)
    due_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str] = mapped_column(String(400), default="")

    person: Mapped[Person | None] = relationship()


class MessageNotice(Base):
    """Which notices a message tells; no notice leaves twice by the same channel."""

    __tablename__ = "message_notice"
    __table_args__ = (UniqueConstraint("notice_id", "channel"),)

    message_id: Mapped[int] = mapped_column(
        ForeignKey(Message.id, ondelete="CASCADE"), primary_key=True
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id), primary_key=True)
    channel: Mapped[Channel]
