"""Rows of disclosure 公示: replies that the public reads, as they were released, and figures."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.items import Item
from workflows.tables.people import Person, Unit
from workflows.tables.proposals import Reply, ReplyClass

STANDS = text("withdrawn_at IS NULL")


class Disclosure(Base):
    """公示: a reply as the public reads it, frozen and masked; withdrawn, its record stays.

    ``masked`` are the words that were hidden and ``shown`` those that a reviewer let stand,
    for the office alone. ``search`` holds the folded text.
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawal_has_an_author"
        ),
        CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason <> ''", name="withdrawal_has_a_reason"
        ),
        Index(
            "uq_disclosure_stands",
            "reply_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey(Reply.id), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), index=True)
    source: Mapped[str] = mapped_column(String(40))
    session: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(400))
    proposers: Mapped[str]
    unit_name: Mapped[str] = mapped_column(String(80))
    reply_class: Mapped[ReplyClass]
    document_number: Mapped[str] = mapped_column(String(60))
    issued_on: Mapped[date] = mapped_column(index=True)
    said: Mapped[str]
    promise: Mapped[str] = mapped_column(default="")
    masked: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    shown: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    search: Mapped[str] = mapped_column(default="")
    released_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    released_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str] = mapped_column(default="")

    item: Mapped[Item] = relationship()
    reply: Mapped[Reply] = relationship()
    released_by: Mapped[Person] = relationship(foreign_keys=[released_by_id])
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=[withdrawn_by_id])


class DisclosureGram(Base):
    """A pair of neighbouring characters, and a released reply whose text holds it."""

    __tablename__ = "disclosure_gram"

    gram: Mapped[str] = mapped_column(String(2), primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(
        ForeignKey(Disclosure.id, ondelete="CASCADE"), primary_key=True, index=True
    )


class DisclosedFigures(Base):
    """The figures of a session as they were released: a line for each proposal counted."""

    __tablename__ = "disclosed_figures"

    id: Mapped[int] = mapped_column(primary_key=True)
    session: Mapped[str] = mapped_column(String(60), index=True)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    released_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    released_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    released_by: Mapped[Person] = relationship()
