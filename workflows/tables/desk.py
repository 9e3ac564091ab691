"""Rows of the desk: what waits for whom, notices, drafts, views and imports."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine import Base, Instant
from workflows.tables.items import Assignment, Item
from workflows.tables.people import Person, Post, Role, Unit


class Todo(Base):
    """待办: one open user task, addressed to a role of a unit or to one post.

    Written when the engine opens a task and closed when it closes; the inbox and
    the ledger read only this. ``seen_at`` is when its addressee first opened it:
    until then the sender may withdraw. ``delegate_id`` is the colleague who does it instead.
    """

    __tablename__ = "todo"
    __table_args__ = (
        Index("ix_todo_item_open", "item_id", "closed_at"),
        Index("ix_todo_assignment_open", "assignment_id", "closed_at"),
        Index("ix_todo_unit_open", "unit_id", "role", "closed_at"),
        Index("ix_todo_post_open", "post_id", "closed_at"),
        Index("ix_todo_done_by", "closed_by_id", "closed_at"),
    )

    task_id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey(Assignment.id))
    step: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[Role]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey(Unit.id))
    post_id: Mapped[int | None] = mapped_column(ForeignKey(Post.id))
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    due_on: Mapped[date | None]
    warn_on: Mapped[date | None]
    due_why: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, default=list, server_default=text("'[]'")
    )
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    outcome: Mapped[str | None] = mapped_column(String(40))

    @property
    def id(self) -> UUID:
        """Return the task's id, which is the todo's own."""
        return self.task_id


class Draft(Base):
    """What somebody typed into a step and didn't send yet."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("task_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)


class Notice(Base):
    """A message in the house; ``kind`` and ``facts`` are worded in the reader's language."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_person_read", "person_id", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[str] = mapped_column(String(40))
    item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey(Assignment.id))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)


class SavedView(Base):
    """A ledger view that somebody keeps: its name and the query of its address."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(2000))


class ImportBatch(Base):
    """A ledger file on its way in: the very bytes, the matching, what became of it."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sheet: Mapped[str] = mapped_column(String(120), default="")
    matching: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(20), default="uploaded")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    started_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    started_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)


class ImportTemplate(Base):
    """How the office matched the columns of a ledger with this header, under a name."""

    __tablename__ = "import_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    header: Mapped[str] = mapped_column(String(64), index=True)
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    saved_at: Mapped[datetime] = mapped_column(Instant)
