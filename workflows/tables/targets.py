"""Rows of yearly targets 目标: what a unit or an item is to reach, and how far it had come."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.figures import Snapshot
from workflows.tables.items import Item
from workflows.tables.people import Person, Unit
from workflows.tables.projects import Amount


class Measure(StrEnum):
    """What is measured: a figure of the ledger, or something of one item."""

    FIGURE = "figure"
    PERCENT = "percent"
    MILESTONES = "milestones"
    INVESTMENT = "investment"


class Direction(StrEnum):
    """Whether more is better, or less."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Path(StrEnum):
    """How a target is to be reached over the year; level: it holds on every day alike."""

    LEVEL = "level"
    STRAIGHT = "straight"
    QUARTERS = "quarters"


class TargetState(StrEnum):
    """Where a target stands: with the director, given back, in force, or past."""

    DRAFTED = "drafted"
    RETURNED = "returned"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    ENDED = "ended"


class Target(Base):
    """目标: an amount that a unit, an item or the whole city is to reach in a year.

    A change is a target of its own that names the ``older`` one and why; once it is in
    force the older one is replaced, and stays. ``counted_in`` is the unit of measure.
    """

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("(measure = 'figure') = (figure <> '')", name="figure_is_named"),
        CheckConstraint("measure = 'figure' OR item_id IS NOT NULL", name="of_an_item"),
        CheckConstraint("unit_id IS NULL OR item_id IS NULL", name="of_one_thing"),
        CheckConstraint("amount >= 0", name="not_negative"),
        CheckConstraint(
            "(path = 'quarters') = (first IS NOT NULL AND second IS NOT NULL"
            " AND third IS NOT NULL)",
            name="marks_by_quarter",
        ),
        CheckConstraint("older_id IS NULL OR reason <> ''", name="change_has_a_reason"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name="decision_has_an_author"
        ),
        Index("ix_target_year_state", "year", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey(Unit.id), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id), index=True)
    measure: Mapped[Measure]
    figure: Mapped[str] = mapped_column(String(60), default="")
    direction: Mapped[Direction]
    amount: Mapped[Decimal] = mapped_column(Amount)
    counted_in: Mapped[str] = mapped_column(String(20))
    path: Mapped[Path]
    first: Mapped[Decimal | None] = mapped_column(Amount)
    second: Mapped[Decimal | None] = mapped_column(Amount)
    third: Mapped[Decimal | None] = mapped_column(Amount)
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[TargetState]
    older_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    drafted_at: Mapped[datetime] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    opinion: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit | None] = relationship()
    item: Mapped[Item | None] = relationship()
    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    readings: Mapped[list["TargetReading"]] = relationship(order_by="TargetReading.id")


class TargetReading(Base):
    """How far a target had come when the ledger was frozen; ``of`` is what a rate is out of."""

    __tablename__ = "target_reading"
    __table_args__ = (
        CheckConstraint("value IS NOT NULL OR why_not <> ''", name="a_value_or_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey(Target.id), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey(Snapshot.id), index=True)
    on: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Amount)
    of: Mapped[int | None]
    why_not: Mapped[str] = mapped_column(String(60), default="")
