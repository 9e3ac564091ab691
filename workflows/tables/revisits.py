"""Rows of the revisit 回访核实: the visits, the samples that chose them, what units object."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from engine import Base, Instant
from workflows.tables.items import Assignment, Item
from workflows.tables.people import Person

PENDING = text("done_at IS NULL")


class Cause(StrEnum):
    """Why an item is revisited: by lot, on request, by a sample, or to check a rectification."""

    LOT = "lot"
    ASKED = "asked"
    SAMPLE = "sample"
    RECTIFICATION = "rectification"


class RevisitSample(Base):
    """抽样: closed items of a period, frozen with their weights, drawn once by a recorded seed."""

    __tablename__ = "revisit_sample"
    __table_args__ = (
        CheckConstraint("until >= since", name="ends_after_start"),
        CheckConstraint("size >= 1", name="draws_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[date]
    until: Mapped[date]
    kinds: Mapped[list[str]] = mapped_column(JSON)
    size: Mapped[int]
    seed: Mapped[str] = mapped_column(String(80))
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    drawn_at: Mapped[datetime] = mapped_column(Instant)


class RevisitSampleLine(Base):
    """One closing in a sample's pool; ``closing`` counts an item's closings from 0.

    A closing takes part in one sample only: whoever doesn't like a result can't draw again.
    """

    __tablename__ = "revisit_sample_line"
    __table_args__ = (UniqueConstraint("item_id", "closing"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey(RevisitSample.id), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id))
    closing: Mapped[int]
    weight: Mapped[float]
    factors: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    drawn: Mapped[bool]


class Revisit(Base):
    """回访核实: why, by which method and by whom, and whether it is really solved.

    One that is unannounced, or not planned yet, is hidden from the units until it is done.
    """

    __tablename__ = "revisit"
    __table_args__ = (
        CheckConstraint("(solved IS NULL) = (done_at IS NULL)", name="finding_has_a_date"),
        CheckConstraint(
            "(planned_on IS NULL) = (planned_by_id IS NULL)", name="plan_has_a_planner"
        ),
        Index(
            "uq_revisit_pending",
            "item_id",
            unique=True,
            sqlite_where=PENDING,
            postgresql_where=PENDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    cause: Mapped[Cause]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    sample_id: Mapped[int | None] = mapped_column(ForeignKey(RevisitSample.id), index=True)
    seed: Mapped[str] = mapped_column(String(80))
    chance: Mapped[float]
    factors: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    round: Mapped[int] = mapped_column(default=0)
    ordered_at: Mapped[datetime] = mapped_column(Instant)
    due_on: Mapped[date | None]
    warn_on: Mapped[date | None]
    due_why: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    planned_on: Mapped[date | None]
    planned_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    method: Mapped[str | None] = mapped_column(String(20))
    team: Mapped[list[int]] = mapped_column(JSON, default=list)
    guests: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    checklist: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    findings: Mapped[str] = mapped_column(default="")
    solved: Mapped[bool | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    done_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def drawn(self) -> bool:
        """Say whether a lot chose it, before the item closed or after."""
        return self.cause in (Cause.LOT, Cause.SAMPLE)


class RevisitObjection(Base):
    """A unit's objection to a revisit's conclusion; somebody who wasn't there decides."""

    __tablename__ = "revisit_objection"
    __table_args__ = (
        UniqueConstraint("revisit_id", "assignment_id"),
        CheckConstraint("(upheld IS NULL) = (decided_at IS NULL)", name="decision_has_a_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revisit_id: Mapped[int] = mapped_column(ForeignKey(Revisit.id))
    assignment_id: Mapped[int] = mapped_column(ForeignKey(Assignment.id))
    reason: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime] = mapped_column(Instant)
    upheld: Mapped[bool | None]
    opinion: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)


class RevisitQuestion(Base):
    """One line of the checklist that every visit answers; an administrator changes it."""

    __tablename__ = "revisit_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(200))
    text_en: Mapped[str] = mapped_column(String(200), default="")
    decisive: Mapped[bool] = mapped_column(default=False)
