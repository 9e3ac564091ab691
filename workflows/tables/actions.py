"""Rows of supervision actions 督查活动: actions by method, stations with their logs, letters."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.items import Item
from workflows.tables.people import Person, Unit


class ActionState(StrEnum):
    """Where a supervision action stands."""

    PLANNED = "planned"
    DONE = "done"
    CALLED_OFF = "called_off"


class Party(StrEnum):
    """With whom the office supervises jointly 联合督查."""

    PARTY_COMMITTEE = "party_committee"
    NPC = "npc"
    CPPCC = "cppcc"
    DISCIPLINE = "discipline"
    MEDIA = "media"
    DEPARTMENT = "department"


class SupervisionAction(Base):
    """督查活动: one action by its method, about one item, several, or none.

    ``special`` marks a special supervision 专项督查, which is counted at the year's end.
    """

    __tablename__ = "supervision_action"
    __table_args__ = (
        CheckConstraint("(state = 'done') = (held_on IS NOT NULL)", name="done_on_a_day"),
        CheckConstraint(
            "(recorded_by_id IS NULL) = (recorded_at IS NULL)", name="record_has_an_author"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    method: Mapped[str] = mapped_column(String(20), index=True)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[ActionState] = mapped_column(default=ActionState.PLANNED)
    special: Mapped[bool] = mapped_column(default=False)
    planned_on: Mapped[date] = mapped_column(index=True)
    held_on: Mapped[date | None]
    team: Mapped[list[int]] = mapped_column(JSON, default=list)
    guests: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    joint: Mapped[list[str]] = mapped_column(JSON, default=list)
    findings: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    planned_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    planned_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    recorded_at: Mapped[datetime | None] = mapped_column(Instant)

    items: Mapped[list[Item]] = relationship(secondary="action_item", order_by=Item.id)
    units: Mapped[list[Unit]] = relationship(secondary="action_unit", order_by=Unit.position)


class ActionItem(Base):
    """An item that an action is about."""

    __tablename__ = "action_item"

    action_id: Mapped[int] = mapped_column(ForeignKey(SupervisionAction.id), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True, index=True)


class ActionUnit(Base):
    """A unit that an action is about."""

    __tablename__ = "action_unit"

    action_id: Mapped[int] = mapped_column(ForeignKey(SupervisionAction.id), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), primary_key=True, index=True)


class ActionPhotograph(Base):
    """A photograph of an action; it lies where papers lie, though it may be about no item."""

    __tablename__ = "action_photograph"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey(SupervisionAction.id), index=True)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    caption: Mapped[str] = mapped_column(String(200), default="")
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)


class Station(Base):
    """驻点督查: a team on the spot for some time, with a log of problems."""

    __tablename__ = "station"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey(Unit.id), index=True)
    team: Mapped[list[int]] = mapped_column(JSON, default=list)
    guests: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
    opened_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    opened_at: Mapped[datetime] = mapped_column(Instant)

    item: Mapped[Item | None] = relationship()
    unit: Mapped[Unit | None] = relationship()


class StationProblem(Base):
    """One problem of a station's log: whose it is, until when, and how it came to its end."""

    __tablename__ = "station_problem"
    __table_args__ = (
        UniqueConstraint("station_id", "number"),
        CheckConstraint("due_on >= found_on", name="due_after_found"),
        CheckConstraint(
            "(settled_on IS NULL) = (settled_by_id IS NULL)", name="settled_by_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey(Station.id))
    number: Mapped[int]
    text: Mapped[str]
    owner_unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), index=True)
    owner_person: Mapped[str] = mapped_column(String(80))
    found_on: Mapped[date]
    due_on: Mapped[date]
    warn_on: Mapped[date]
    settled_on: Mapped[date | None] = mapped_column(index=True)
    settlement: Mapped[str] = mapped_column(default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    added_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    added_at: Mapped[datetime] = mapped_column(Instant)

    station: Mapped[Station] = relationship()
    owner_unit: Mapped[Unit] = relationship()


class LetterKind(StrEnum):
    """点对点, one matter or problem to one unit; 高位, to its principal leader."""

    POINT_TO_POINT = "point_to_point"
    HIGH_LEVEL = "high_level"


class Letter(Base):
    """A letter to a unit's principal leader, delivered in the house with a receipt."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("(read_at IS NULL) = (read_by_id IS NULL)", name="receipt_has_a_reader"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LetterKind]
    number: Mapped[str] = mapped_column(String(40), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str]
    addressee: Mapped[str] = mapped_column(String(80))
    answer_by: Mapped[date | None]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    sent_at: Mapped[datetime] = mapped_column(Instant)
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    read_at: Mapped[datetime | None] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship()
    item: Mapped[Item | None] = relationship()
