"""Rows of what is done about an item: urges, changes, results."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine import Base, Instant
from workflows.tables.items import Assignment, Item, Paper
from workflows.tables.people import Person, Post, Unit


class Urge(Base):
    """催办: a reminder sent by hand, with its receipt."""

    __tablename__ = "urge"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey(Assignment.id), index=True)
    method: Mapped[str] = mapped_column(String(20))
    text: Mapped[str]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    sent_at: Mapped[datetime] = mapped_column(Instant)
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    read_at: Mapped[datetime | None] = mapped_column(Instant)


class Objection(Base):
    """退办: a unit says that it isn't the right addressee; the office decides."""

    __tablename__ = "objection"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey(Assignment.id), index=True)
    reason: Mapped[str]
    belongs_to_id: Mapped[int | None] = mapped_column(ForeignKey(Unit.id))
    made_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime] = mapped_column(Instant)
    decision: Mapped[str | None] = mapped_column(String(20))
    decision_reason: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)


class LeaderDecision(Base):
    """What the instructing leader said to the result: nothing new, or a new one."""

    __tablename__ = "leader_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey(Post.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[datetime] = mapped_column(Instant)
    opinion: Mapped[str]
    new_instruction: Mapped[bool]


class FormEntry(Base):
    """What was typed into a step of type ``form``, with the labels of that day."""

    __tablename__ = "form_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey(Assignment.id))
    task_id: Mapped[UUID] = mapped_column(unique=True)
    step_name: Mapped[str] = mapped_column(String(200))
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    filled_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    filled_at: Mapped[datetime] = mapped_column(Instant)


class FormPaper(Base):
    """A file that was given with a form."""

    __tablename__ = "form_paper"

    entry_id: Mapped[int] = mapped_column(ForeignKey(FormEntry.id), primary_key=True)
    paper_id: Mapped[UUID] = mapped_column(ForeignKey(Paper.id), primary_key=True)


class StoryEntry(Base):
    """One line of an item's story: what happened, by whom, in which post."""

    __tablename__ = "story_entry"
    __table_args__ = (
        Index("ix_story_item_at", "item_id", "at"),
        Index("ix_story_kind_at", "kind", "at", "item_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey(Assignment.id))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("revisit.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    kind: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    post_id: Mapped[int | None] = mapped_column(ForeignKey(Post.id))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
