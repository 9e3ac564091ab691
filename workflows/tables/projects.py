"""Rows of key projects 重点项目: money by month, milestones, findings, photographs, meetings."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Index,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from engine import Base, Instant
from workflows.tables.changes import ChangeRequest
from workflows.tables.items import Item, Paper, Report
from workflows.tables.people import Person, Unit

HUNDREDTHS = 100


class Amount(TypeDecorator[Decimal]):
    """Money in 万元: exact in Python, whole hundredths in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Turn 万元 to hundredths."""
        del dialect
        return None if value is None else int(value * HUNDREDTHS)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ANN401 (as the base says)
        """Turn hundredths to 万元."""
        del dialect
        return None if value is None else Decimal(value) / HUNDREDTHS


class ProjectType(StrEnum):
    """新建, 续建."""

    NEW = "new"
    CONTINUED = "continued"


class MilestoneTemplate(Base):
    """节点模板: the milestones that projects of one sort have; an administrator edits them."""

    __tablename__ = "milestone_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(80), default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)

    nodes: Mapped[list["TemplateNode"]] = relationship(
        order_by="TemplateNode.position", cascade="all, delete-orphan"
    )


class TemplateNode(Base):
    """One milestone of a template, and after which share of the period it is due.

    ``aliases`` are what ledgers call it besides, so that a sheet's node is found by its name.
    """

    __tablename__ = "template_node"
    __table_args__ = (CheckConstraint("share BETWEEN 0 AND 100", name="share_in_range"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey(MilestoneTemplate.id), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80), default="")
    share: Mapped[int]
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)


class Project(Base):
    """What a key project says beside its item; money in 万元.

    ``done_before`` is what was invested before the first year on record.
    """

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("investment > 0", name="costs_something"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True)
    type: Mapped[ProjectType]
    investment: Mapped[Decimal] = mapped_column(Amount)
    done_before: Mapped[Decimal] = mapped_column(Amount, default=Decimal(0))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date]
    template_id: Mapped[int | None] = mapped_column(ForeignKey(MilestoneTemplate.id))

    item: Mapped[Item] = relationship()
    years: Mapped[list["ProjectYear"]] = relationship(
        order_by="ProjectYear.year", cascade="all, delete-orphan"
    )
    months: Mapped[list["ProjectMonth"]] = relationship(
        order_by="ProjectMonth.year, ProjectMonth.month", cascade="all, delete-orphan"
    )
    milestones: Mapped[list["Milestone"]] = relationship(
        order_by="Milestone.due_on, Milestone.position", cascade="all, delete-orphan"
    )


class ProjectYear(Base):
    """年度计划: what is to be invested in a year.

    ``carried`` was invested in the year before its months were kept here, as by an old ledger.
    """

    __tablename__ = "project_year"
    __table_args__ = (
        CheckConstraint("planned >= 0", name="plan_not_negative"),
        CheckConstraint("carried >= 0", name="carried_not_negative"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey(Project.item_id), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    planned: Mapped[Decimal] = mapped_column(Amount)
    carried: Mapped[Decimal] = mapped_column(Amount, default=Decimal(0))


class ProjectMonth(Base):
    """What was planned and what was completed in one month."""

    __tablename__ = "project_month"
    __table_args__ = (
        CheckConstraint("month BETWEEN 1 AND 12", name="month_in_range"),
        CheckConstraint("planned >= 0", name="plan_not_negative"),
        CheckConstraint("done >= 0", name="done_not_negative"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey(Project.item_id), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True)
    planned: Mapped[Decimal | None] = mapped_column(Amount)
    done: Mapped[Decimal | None] = mapped_column(Amount)


class MilestoneState(StrEnum):
    """Where a milestone stands: to be reached, said to be reached, found to be reached."""

    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"


class Milestone(Base):
    """节点: a dated target of one project; done with evidence, and reviewed.

    ``estimated`` days were worked out from a template when an old ledger came in.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        CheckConstraint(
            "(reviewed_by_id IS NULL) = (reviewed_at IS NULL)", name="reviewed_by_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey(Project.item_id), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80), default="")
    due_on: Mapped[date]
    estimated: Mapped[bool] = mapped_column(default=False)
    state: Mapped[MilestoneState] = mapped_column(default=MilestoneState.OPEN)
    done_on: Mapped[date | None]
    remark: Mapped[str] = mapped_column(default="")
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    returned_reason: Mapped[str] = mapped_column(default="")

    papers: Mapped[list[Paper]] = relationship(secondary="milestone_paper")
    moves: Mapped[list["MilestoneMove"]] = relationship(order_by="MilestoneMove.id")


class MilestonePaper(Base):
    """A paper or photograph that shows that a milestone was reached."""

    __tablename__ = "milestone_paper"

    milestone_id: Mapped[int] = mapped_column(ForeignKey(Milestone.id), primary_key=True)
    paper_id: Mapped[UUID] = mapped_column(ForeignKey(Paper.id), primary_key=True)


class MilestoneMove(Base):
    """A milestone's date that was moved: from where, where to, why, by whom, with which consent."""

    __tablename__ = "milestone_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey(Milestone.id), index=True)
    old_due_on: Mapped[date]
    new_due_on: Mapped[date]
    reason: Mapped[str]
    change_id: Mapped[int | None] = mapped_column(ForeignKey(ChangeRequest.id))
    moved_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    moved_at: Mapped[datetime] = mapped_column(Instant)


class ProjectReport(Base):
    """What a unit's report says of its project; it counts once the unit's head has signed."""

    __tablename__ = "project_report"
    __table_args__ = (
        CheckConstraint("month BETWEEN 1 AND 12", name="month_in_range"),
        CheckConstraint("done >= 0", name="done_not_negative"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey(Report.id), primary_key=True)
    year: Mapped[int]
    month: Mapped[int]
    done: Mapped[Decimal] = mapped_column(Amount)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey(Milestone.id))

    milestone: Mapped[Milestone | None] = relationship()


class WeeklyFinding(Base):
    """每周督查: what the supervisor found in one week."""

    __tablename__ = "weekly_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    method: Mapped[str] = mapped_column(String(20))
    finding: Mapped[str]
    sound: Mapped[bool]
    found_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    found_at: Mapped[datetime] = mapped_column(Instant)


class Photograph(Base):
    """A photograph of the site on a day."""

    __tablename__ = "photograph"
    __table_args__ = (Index("ix_photograph_item_day", "item_id", "taken_on"),)

    paper_id: Mapped[UUID] = mapped_column(ForeignKey(Paper.id), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id))
    taken_on: Mapped[date]
    caption: Mapped[str] = mapped_column(String(200), default="")

    paper: Mapped[Paper] = relationship()


class ProjectMeeting(Base):
    """例会: a weekly meeting about projects, with its agenda as it was that day."""

    __tablename__ = "project_meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    held_on: Mapped[date] = mapped_column(index=True)
    chair: Mapped[str] = mapped_column(String(80), default="")
    agenda: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    recorded_at: Mapped[datetime] = mapped_column(Instant)

    decisions: Mapped[list["MeetingDecision"]] = relationship(
        back_populates="meeting", order_by="MeetingDecision.id"
    )


class MeetingDecision(Base):
    """A meeting's decision as a task: what, which unit, who, by when; and how it was done.

    ``became_item_id`` is the item that it was opened as, if the office supervises it by itself.
    """

    __tablename__ = "meeting_decision"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey(ProjectMeeting.id), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id), index=True)
    text: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), index=True)
    responsible_person: Mapped[str] = mapped_column(String(80))
    due_on: Mapped[date]
    result: Mapped[str] = mapped_column(default="")
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    became_item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id))

    meeting: Mapped[ProjectMeeting] = relationship(back_populates="decisions")
    unit: Mapped[Unit] = relationship()
    item: Mapped[Item | None] = relationship(foreign_keys=[item_id])
