"""Rows of decisions, of several leaders' instructions, and of what is asked before an opening."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.items import Item, Part
from workflows.tables.people import Person, Post, Unit


class DecisionBasis(Base):
    """What a decision rests on: a meeting by number and date, or a document."""

    __tablename__ = "decision_basis"
    __table_args__ = (
        CheckConstraint("meeting <> '' OR document <> ''", name="rests_on_something"),
        CheckConstraint("(meeting = '') = (held_on IS NULL)", name="meeting_has_a_date"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True)
    meeting: Mapped[str] = mapped_column(String(80), default="")
    held_on: Mapped[date | None]
    document: Mapped[str] = mapped_column(String(200), default="")


class PlannedUnit(Base):
    """A unit that an item is meant for before it is handed out, and how it will take part."""

    __tablename__ = "planned_unit"

    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), primary_key=True)
    part: Mapped[Part]

    unit: Mapped[Unit] = relationship()


class CommonReport(Base):
    """One report that a unit wrote for several of its parts; each part has a row of its own."""

    __tablename__ = "common_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[datetime] = mapped_column(Instant)


class LeaderInstruction(Base):
    """One leader's words on a paper; those that say something else than the others differ."""

    __tablename__ = "leader_instruction"
    __table_args__ = (
        UniqueConstraint("item_id", "post_id"),
        CheckConstraint("words <> ''", name="says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id))
    given_on: Mapped[date | None]
    words: Mapped[str]
    differs: Mapped[bool] = mapped_column(default=False)

    post: Mapped[Post] = relationship()


class Resolution(Base):
    """What holds where leaders' instructions differ, and who said so."""

    __tablename__ = "resolution"
    __table_args__ = (CheckConstraint("words <> ''", name="says_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    words: Mapped[str]
    referred: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    post_id: Mapped[int | None] = mapped_column(ForeignKey(Post.id))
    at: Mapped[datetime] = mapped_column(Instant)


class OpeningPlan(Base):
    """督查方案: what is supervised, how far, by which methods, from when until when."""

    __tablename__ = "opening_plan"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR from_on <= until_on", name="ends_after_start"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True)
    content: Mapped[str]
    scope: Mapped[str] = mapped_column(default="")
    methods: Mapped[list[Any]] = mapped_column(JSON, default=list)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    written_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    written_at: Mapped[datetime] = mapped_column(Instant)


class Likeness(StrEnum):
    """What the office says to a matter that looks alike."""

    DIFFERENT = "different"
    LINKED = "linked"


class LookAlikeAnswer(Base):
    """What the office said to a look-alike when it opened an item, and why."""

    __tablename__ = "look_alike_answer"
    __table_args__ = (
        CheckConstraint("item_id <> other_id", name="two_items"),
        CheckConstraint("answer <> 'different' OR reason <> ''", name="difference_has_a_reason"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True, index=True)
    answer: Mapped[Likeness]
    percent: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    answered_at: Mapped[datetime] = mapped_column(Instant)

    other: Mapped[Item] = relationship(foreign_keys=[other_id])
