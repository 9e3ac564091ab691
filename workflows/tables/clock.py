"""Rows of the legal clock: the calendar, the limits and the ladder, all data."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engine import Base, Instant


class LimitUnit(StrEnum):
    """What a limit counts."""

    SAME_DAY = "same_day"
    WORKING_DAYS = "working_days"
    NATURAL_DAYS = "natural_days"
    MONTHS = "months"


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


class Limit(Base):
    """A named time limit (domain section 5); an administrator edits the number."""

    __tablename__ = "limit_rule"
    __table_args__ = (CheckConstraint("number >= 0", name="not_negative"),)

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]
    unit: Mapped[LimitUnit]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


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


class LadderRule(Base):
    """From how many working days overdue, at which urgency, a rung is due."""

    __tablename__ = "ladder_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    rung: Mapped[Rung]
    urgency: Mapped[str | None] = mapped_column(String(20))
    days_overdue: Mapped[int]
    times_before: Mapped[int] = mapped_column(default=0)


class Setting(Base):
    """A named value of the office: its name, the sampling rate, the mail sender."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(400))


class Sequence(Base):
    """The last number given in a series and year; numbers have no gaps."""

    __tablename__ = "number_sequence"

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class SentMail(Base):
    """A mail as it left the house; the demo prints these to a page."""

    __tablename__ = "sent_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(400))
    body: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(Instant)
