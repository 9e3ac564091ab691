"""Rows of the ladder 升级: the rungs climbed, interviews, suggestions; its rules are a table."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.items import Assignment, Item
from workflows.tables.people import Person


class Rung(StrEnum):
    """The ladder of escalation (domain section 6), lowest first."""

    REMINDER = "reminder"
    URGE = "urge"
    NOTICE_BLUE = "notice_blue"
    NOTICE_YELLOW = "notice_yellow"
    NOTICE_RED = "notice_red"
    INTERVIEW = "interview"
    CRITICISM = "criticism"
    ACCOUNTABILITY = "accountability"


class RungState(StrEnum):
    """Where a rung stands: waiting for its approval, on its way, or over."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    DELIVERED = "delivered"
    LAPSED = "lapsed"


class Escalation(Base):
    """升级: a rung that an overdue part has reached, the row that said so, and what became of it.

    ``rule`` holds the row of the table as it was. A slip has its number only once it is
    issued. ``read_at`` is the receipt: when somebody of the unit opened it.
    """

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        CheckConstraint("(year IS NULL) = (serial IS NULL)", name="number_is_whole"),
        CheckConstraint("(read_at IS NULL) = (read_by_id IS NULL)", name="receipt_has_a_reader"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name="decision_has_an_author"
        ),
        CheckConstraint(
            "(state = 'delivered') = (delivered_at IS NOT NULL)", name="delivery_has_a_date"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey(Assignment.id), index=True)
    rung: Mapped[Rung]
    days_overdue: Mapped[int]
    rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[RungState]
    instance_id: Mapped[UUID | None] = mapped_column(index=True)
    demand: Mapped[str] = mapped_column(default="")
    answer_by: Mapped[date | None]
    answer_why: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    opinion: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    serial: Mapped[int | None]
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    read_at: Mapped[datetime | None] = mapped_column(Instant)

    assignment: Mapped[Assignment] = relationship()


class Interview(Base):
    """约谈: who spoke with whom, when and where, and what was said."""

    __tablename__ = "interview"

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey(Escalation.id), unique=True)
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200))
    interviewer: Mapped[str] = mapped_column(String(200))
    interviewed: Mapped[str] = mapped_column(String(200))
    record: Mapped[str]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class SuggestionBasis(Base):
    """追究依据: a regulation on which a suggestion may be based; an administrator keeps them.

    ``{city}`` in the name stands for the city's. ``articles`` are pairs of number and wording.
    """

    __tablename__ = "suggestion_basis"
    __table_args__ = (
        CheckConstraint("until IS NULL OR since IS NULL OR until > since", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    document_number: Mapped[str] = mapped_column(String(80), default="")
    since: Mapped[date | None]
    until: Mapped[date | None]
    articles: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)


class SuggestionKind(StrEnum):
    """What a competent organ can be asked to do; never more than a suggestion."""

    PRAISE = "praise"
    CRITICISM = "criticism"
    ACCOUNTABILITY = "accountability"


class SuggestionState(StrEnum):
    """Where a suggestion stands, from its evidence to its outcome."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    ENDORSED = "endorsed"
    APPROVED = "approved"
    HANDED_OVER = "handed_over"
    CONCLUDED = "concluded"
    DROPPED = "dropped"
    DECLINED = "declined"


class Suggestion(Base):
    """督查建议: praise, criticism or accountability, approved by a leader, done by an organ.

    ``facts`` is what the house knew when the evidence was submitted: rungs, urges, lateness,
    and the papers that went along. ``answer_by`` is until when the organ is asked to answer.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint(
            "(endorsed_at IS NULL) = (endorsed_by_id IS NULL)", name="endorsement_has_an_author"
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name="decision_has_an_author"
        ),
        CheckConstraint(
            "(handed_on IS NULL) = (handed_by_id IS NULL)", name="hand_over_has_an_author"
        ),
        CheckConstraint(
            "(concluded_on IS NULL) = (concluded_by_id IS NULL)", name="outcome_has_an_author"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey(Assignment.id), index=True)
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey(Escalation.id), unique=True)
    kind: Mapped[SuggestionKind]
    state: Mapped[SuggestionState] = mapped_column(index=True)
    instance_id: Mapped[UUID | None] = mapped_column(unique=True)
    suggested_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    suggested_at: Mapped[datetime] = mapped_column(Instant)
    whom: Mapped[str] = mapped_column(String(200), default="")
    basis: Mapped[str] = mapped_column(default="")
    basis_id: Mapped[int | None] = mapped_column(ForeignKey(SuggestionBasis.id))
    article: Mapped[str] = mapped_column(String(80), default="")
    wording: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    endorsed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    endorsed_at: Mapped[datetime | None] = mapped_column(Instant)
    endorsement: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    opinion: Mapped[str] = mapped_column(default="")
    organ: Mapped[str] = mapped_column(String(200), default="")
    document: Mapped[str] = mapped_column(String(200), default="")
    handed_on: Mapped[date | None]
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    answer_by: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
    concluded_on: Mapped[date | None]
    concluded_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))

    item: Mapped[Item] = relationship()
    assignment: Mapped[Assignment] = relationship()
