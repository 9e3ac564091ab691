"""Rows of the legal clock: the calendar, its stops, settings; limits are a decision table."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.items import Period
from workflows.tables.people import Person


class LimitUnit(StrEnum):
    """What a limit counts."""

    SAME_DAY = "same_day"
    WORKING_DAYS = "working_days"
    NATURAL_DAYS = "natural_days"
    MONTHS = "months"


class StartEvent(StrEnum):
    """Which event sets a limit running; it counts from the day after 次日起算."""

    OPENED = "opened"
    REGISTERED = "registered"
    HANDED_OVER = "handed_over"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class StopCause(StrEnum):
    """During what the clock of a unit's part can stand still."""

    OBJECTION = "objection"
    CHANGE = "change"
    REVIEW = "review"
    SUSPENSION = "suspension"


class CalendarYear(Base):
    """A year whose official holiday table is known; others are provisional."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CalendarDay(Base):
    """A day that isn't what its weekday says: a holiday, or a make-up day 调休."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str] = mapped_column(String(80))


class ReportingRule(Base):
    """How often units report about items of a source, or in the long term; none: not at all."""

    __tablename__ = "reporting_rule"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[Period | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ClockStop(Base):
    """A time in which the clock of a unit's part stands still, or stood."""

    __tablename__ = "clock_stop"
    __table_args__ = (CheckConstraint("until >= since", name="ends_after_it_began"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    cause: Mapped[StopCause]
    since: Mapped[date]
    until: Mapped[date | None]


class Setting(Base):
    """A named value of the office: its name, the sampling rate, the mail sender."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(400))


class SettingChange(Base):
    """What a setting said before and after, and who changed it: the story of the settings.

    A guarded one waits for a second administrator: until then ``agreed`` says nothing.
    """

    __tablename__ = "setting_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), index=True)
    old: Mapped[str] = mapped_column(String(400))
    new: Mapped[str] = mapped_column(String(400))
    by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[datetime] = mapped_column(Instant)
    agreed: Mapped[bool | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)

    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    settled_by: Mapped[Person | None] = relationship(foreign_keys=[settled_by_id])


class Sequence(Base):
    """The last number given in a series and year; numbers have no gaps."""

    __tablename__ = "number_sequence"

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
