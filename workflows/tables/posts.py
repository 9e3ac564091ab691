"""Rows about posts that outlive their holders: deputies, delegations, hand-overs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.desk import Todo
from workflows.tables.people import Person, Post


class Deputy(Base):
    """代理: who acts in a post while its holder is away; ``until`` is the first day back."""

    __tablename__ = "deputy"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="ends_after_start"),
        Index("ix_deputy_person_id", "person_id", "until"),
        Index("ix_deputy_post_id", "post_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    appointed_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    appointed_at: Mapped[datetime] = mapped_column(Instant)

    post: Mapped[Post] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Delegation(Base):
    """转办: one todo given to a colleague, and how it came back."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="end_has_an_author"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[UUID] = mapped_column(ForeignKey(Todo.task_id), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    to_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    answer: Mapped[str] = mapped_column(default="")


class HandOver(Base):
    """工作交接: a post changes hands, with the list of its open work as it was that day."""

    __tablename__ = "hand_over"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id), index=True)
    from_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    to_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    on: Mapped[date]
    remarks: Mapped[str] = mapped_column(default="")
    work: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime | None] = mapped_column(Instant)

    post: Mapped[Post] = relationship()
