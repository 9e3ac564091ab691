"""Rows of an item: what it is, which units have it, what was reported and judged."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.people import Person, Post, Unit


class Kind(StrEnum):
    """Item kinds (domain section 3); each runs on the diagram of its name."""

    INSTRUCTION = "instruction"
    PROPOSAL = "proposal"
    KEY_PROJECT = "key_project"
    DECISION = "decision"


class Source(StrEnum):
    """Where items come from (domain section 3, every source that the seed names)."""

    PROVINCIAL_INSTRUCTION = "provincial_instruction"
    CITY_INSTRUCTION = "city_instruction"
    WORK_REPORT_PROVINCE = "work_report_province"
    WORK_REPORT_CITY = "work_report_city"
    LIVELIHOOD = "livelihood"
    EXECUTIVE_MEETING = "executive_meeting"
    MAYORS_COUNCIL = "mayors_council"
    MAYORS_BRIEF_MEETING = "mayors_brief_meeting"
    COORDINATION_MEETING = "coordination_meeting"
    INCENTIVES = "incentives"
    CAMPAIGN = "campaign"
    KEY_PROJECT = "key_project"
    LIVELIHOOD_PROJECT = "livelihood_project"
    MAJOR_WORK = "major_work"
    NPC_BILL = "npc_bill"
    NPC_SUGGESTION = "npc_suggestion"
    CPPCC_PROPOSAL = "cppcc_proposal"


class Urgency(StrEnum):
    """特急, 加急, 急件, 一般, 复杂, 长期."""

    FLASH = "flash"
    URGENT = "urgent"
    PRESSING = "pressing"
    NORMAL = "normal"
    COMPLEX = "complex"
    LONG_TERM = "long_term"


class ItemState(StrEnum):
    """Where an item stands as a whole; the diagram knows the details."""

    REGISTERED = "registered"
    OPEN = "open"
    CLOSED = "closed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class ClosedHow(StrEnum):
    """How an item left the ledger."""

    DONE = "done"
    ADJUSTED = "adjusted"
    CANCELLED = "cancelled"


class Period(StrEnum):
    """How often an interim report is due."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Part(StrEnum):
    """How a unit takes part: 牵头/主办, 协办/会办, 分办."""

    LEAD = "lead"
    CO = "co"
    SEPARATE = "separate"


class Item(Base):
    """One matter under supervision; runs as one BPMN process instance.

    ``year`` and ``serial`` make 督字〔2019〕12号 and are given at approval.
    ``due_on``, ``warn_on``, ``stopped_on`` and ``due_why`` repeat the lead unit's limit,
    so that the ledger sorts and lights by index. ``plan_yellow_on`` and ``plan_red_on`` are the
    days from which the item's own plan turns its light, worked out as facts come in (see
    workflows/projects/lights.py). ``search`` holds the bigrams.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        CheckConstraint("(year IS NULL) = (serial IS NULL)", name="number_is_whole"),
        CheckConstraint("(closed_at IS NULL) = (closed_how IS NULL)", name="closed_somehow"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),
        Index("ix_item_state_due", "state", "due_on"),
        Index("ix_item_part", "parent_id", "part_no", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int | None]
    serial: Mapped[int | None]
    kind: Mapped[Kind] = mapped_column(default=Kind.INSTRUCTION)
    source: Mapped[Source]
    state: Mapped[ItemState] = mapped_column(default=ItemState.REGISTERED)
    basis: Mapped[str]
    title: Mapped[str] = mapped_column(String(200))
    target: Mapped[str] = mapped_column(default="")
    urgency: Mapped[Urgency]
    instructing_post_id: Mapped[int | None] = mapped_column(ForeignKey(Post.id))
    sponsor_post_id: Mapped[int | None] = mapped_column(ForeignKey(Post.id))
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    registered_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    registered_at: Mapped[datetime] = mapped_column(Instant, index=True)
    fast_track_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    assigned_on: Mapped[date | None]
    planned_due_on: Mapped[date | None]
    due_on: Mapped[date | None]
    warn_on: Mapped[date | None]
    stopped_on: Mapped[date | None]
    due_why: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    plan_yellow_on: Mapped[date | None]
    plan_red_on: Mapped[date | None]
    reporting_period: Mapped[Period | None]
    responsible_person: Mapped[str] = mapped_column(String(80), default="")
    contact: Mapped[str] = mapped_column(String(80), default="")
    progress: Mapped[str] = mapped_column(default="")
    problems: Mapped[str] = mapped_column(default="")
    next_steps: Mapped[str] = mapped_column(default="")
    percent: Mapped[int] = mapped_column(default=0)
    times_urged: Mapped[int] = mapped_column(default=0)
    times_returned: Mapped[int] = mapped_column(default=0)
    times_extended: Mapped[int] = mapped_column(default=0)
    times_reopened: Mapped[int] = mapped_column(default=0)
    revisit_asked: Mapped[bool] = mapped_column(default=False)
    round: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    closed_how: Mapped[ClosedHow | None]
    remarks: Mapped[str] = mapped_column(default="")
    imported_light: Mapped[str] = mapped_column(String(20), default="")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))
    instance_id: Mapped[UUID | None] = mapped_column(unique=True)
    search: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    parent_number: Mapped[str] = mapped_column(String(40), default="")
    part_no: Mapped[int | None]
    weight: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)

    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="item", order_by="Assignment.id"
    )
    sponsor: Mapped[Post | None] = relationship(foreign_keys=[sponsor_post_id])
    instructing: Mapped[Post | None] = relationship(foreign_keys=[instructing_post_id])
    supervisor: Mapped[Person | None] = relationship(foreign_keys=[supervisor_id])

    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> str:
        """Return the document number, or nothing while there is none."""
        if self.parent_number:
            return f"{self.parent_number}-{self.part_no}"
        return "" if self.serial is None else f"督字〔{self.year}〕{self.serial}号"


class AssignmentState(StrEnum):
    """Where one unit stands with its part of an item."""

    ASSIGNED = "assigned"
    OBJECTED = "objected"
    HANDLING = "handling"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    RELEASED = "released"


class Assignment(Base):
    """One unit's part of an item: lead or co, its limit, and its own instance.

    ``round`` counts the hand-overs of the item (a new instruction or a re-opening
    hands it over again). ``due_why`` is the due date's reason, a list of parts that
    web turns into sentences (see workflows/reckoning.py). ``stopped_on`` is since when
    its clock stands still, if it does.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),
        Index("ix_assignment_unit_state", "unit_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id))
    part: Mapped[Part]
    round: Mapped[int]
    state: Mapped[AssignmentState] = mapped_column(default=AssignmentState.ASSIGNED)
    assigned_at: Mapped[datetime] = mapped_column(Instant)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    responsible_person: Mapped[str] = mapped_column(String(80), default="")
    due_on: Mapped[date | None]
    original_due_on: Mapped[date | None]
    warn_on: Mapped[date | None]
    warn_again_on: Mapped[date | None]
    stopped_on: Mapped[date | None]
    due_why: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    percent: Mapped[int] = mapped_column(default=0)
    reports_made: Mapped[int] = mapped_column(default=0)
    interim_due_on: Mapped[date | None]
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    instance_id: Mapped[UUID | None] = mapped_column(unique=True)

    item: Mapped[Item] = relationship(back_populates="assignments")
    unit: Mapped[Unit] = relationship()


class Verdict(StrEnum):
    """What a reviewer can decide about a report."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


class Report(Base):
    """One report of a unit: signed by its head, then reviewed by the office.

    The three checks are the three no-let-goes 三个不放过; None until reviewed.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("assignment_id", "number"),
        CheckConstraint("(verdict IS NULL) = (reviewed_at IS NULL)", name="verdict_has_a_date"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="signature_has_a_signer"
        ),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey(Assignment.id))
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    number: Mapped[int]
    final: Mapped[bool]
    progress: Mapped[str]
    problems: Mapped[str] = mapped_column(default="")
    next_steps: Mapped[str] = mapped_column(default="")
    percent: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    declined_reason: Mapped[str] = mapped_column(default="")
    verdict: Mapped[Verdict | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    measures_done: Mapped[bool | None]
    problem_solved: Mapped[bool | None]
    target_reached: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")
    fault: Mapped[str] = mapped_column(String(20), default="", server_default="")
    common_id: Mapped[int | None] = mapped_column(ForeignKey("common_report.id"), index=True)


class Paper(Base):
    """An attached file; it lies under its id outside the web root."""

    __tablename__ = "paper"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey(Report.id), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("revisit.id"), index=True)
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id"), index=True)
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
