"""Rows of what is tried before it is live, and of running items that move to another version."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.drawings import Drawing
from workflows.tables.people import Person

NAME = 200
KEY = 200


class RunState(StrEnum):
    """How far a long work has come."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class MoveState(StrEnum):
    """What became of one item that was to move."""

    WAITING = "waiting"
    MOVED = "moved"
    STAYED = "stayed"
    PASSED = "passed"
    UNDONE = "undone"
    KEPT = "kept"


class MigrationRun(Base):
    """迁移: running items that were to move to a version, by whom, why, and what came of it."""

    __tablename__ = "migration_run"
    __table_args__ = (
        CheckConstraint("(state = 'running') = (ended_at IS NULL)", name="ended_once_not_running"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[str] = mapped_column(String(NAME), index=True)
    to_id: Mapped[int]
    reason: Mapped[str]
    state: Mapped[RunState] = mapped_column(default=RunState.RUNNING)
    undoing: Mapped[bool] = mapped_column(default=False)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    undone_at: Mapped[datetime | None] = mapped_column(Instant)

    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])
    moves: Mapped[list["MigrationMove"]] = relationship(
        order_by="MigrationMove.id", cascade="all, delete-orphan"
    )


class MigrationMove(Base):
    """One instance of a migration: from which version, whether it moved, and why not."""

    __tablename__ = "migration_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey(MigrationRun.id), index=True)
    instance_id: Mapped[UUID]
    business_key: Mapped[str] = mapped_column(String(KEY))
    from_id: Mapped[int]
    state: Mapped[MoveState] = mapped_column(default=MoveState.WAITING)
    code: Mapped[str] = mapped_column(String(40), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ReplayRun(Base):
    """回放: past and open items played on a draft at one revision, and how they fared."""

    __tablename__ = "replay_run"
    __table_args__ = (
        CheckConstraint("(state = 'running') = (ended_at IS NULL)", name="ended_once_not_running"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drawing_id: Mapped[int] = mapped_column(ForeignKey(Drawing.id), index=True)
    revision: Mapped[int]
    since: Mapped[date | None]
    until: Mapped[date | None]
    most: Mapped[int]
    state: Mapped[RunState] = mapped_column(default=RunState.RUNNING)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    total: Mapped[int] = mapped_column(default=0)
    chosen: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    report: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    asked_by: Mapped[Person] = relationship()
