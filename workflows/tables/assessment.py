"""Rows of the assessment 考评排名: groups, quarters, entries, ranks, appeals; praise on record."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DDL,
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.items import Assignment, Item, Part
from workflows.tables.people import Person, Unit, UnitKind
from workflows.tables.projects import Amount

LONGEST_CAUSE = 120


class Points(Amount):
    """Points of a score: exact in Python, whole hundredths in the database."""

    cache_ok = True


class UnitGroup(Base):
    """考评分组: units that are ranked among themselves.

    ``kind`` says which units belong to it without being placed.
    """

    __tablename__ = "unit_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[UnitKind | None] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)


class GroupedUnit(Base):
    """A unit that an administrator has placed by hand; without a group it isn't assessed."""

    __tablename__ = "grouped_unit"

    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey(UnitGroup.id), index=True)


class AssessmentState(StrEnum):
    """How far a quarter is: its entries come, stand, are known, can't change any more."""

    RUNNING = "running"
    FROZEN = "frozen"
    PUBLISHED = "published"
    FINAL = "final"


class Assessment(Base):
    """考评: one quarter. A row comes once something is decided about it; before, it just runs.

    ``table_id`` is the version of the rules that holds, where that isn't the one in force when
    the quarter began, or once it is frozen.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("year", "quarter"),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter_of_a_year"),
        CheckConstraint("(state = 'running') = (frozen_at IS NULL)", name="frozen_once"),
        CheckConstraint("(frozen_at IS NULL) = (frozen_by_id IS NULL)", name="frozen_by_somebody"),
        CheckConstraint("frozen_at IS NULL OR table_id IS NOT NULL", name="frozen_by_a_table"),
        CheckConstraint("(frozen_at IS NULL) = (base IS NULL)", name="frozen_with_its_base"),
        CheckConstraint(
            "(frozen_at IS NULL) = (snapshot_id IS NULL)", name="frozen_with_its_ledger"
        ),
        CheckConstraint(
            "(state IN ('published', 'final')) = (published_at IS NOT NULL)", name="published_once"
        ),
        CheckConstraint(
            "(published_at IS NULL) = (appeal_until IS NULL)", name="published_with_a_window"
        ),
        CheckConstraint("(state = 'final') = (final_at IS NOT NULL)", name="final_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    quarter: Mapped[int]
    state: Mapped[AssessmentState] = mapped_column(default=AssessmentState.RUNNING)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("engine_decision.id"))
    table_note: Mapped[str] = mapped_column(String(400), default="")
    table_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    base: Mapped[Decimal | None] = mapped_column(Points)
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"))
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    appeal_until: Mapped[date | None]
    final_at: Mapped[datetime | None] = mapped_column(Instant)
    final_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))


class Appeal(Base):
    """申诉: a unit's head holds an entry, or its absence, to be wrong; somebody else decides.

    ``cause`` is the entry's. ``points`` is what the decision gives or takes; they become the
    entry of a correction.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        UniqueConstraint("assessment_id", "unit_id", "cause"),
        CheckConstraint("(upheld IS NULL) = (decided_at IS NULL)", name="decision_has_a_date"),
        CheckConstraint(
            "(decided_by_id IS NULL) = (decided_at IS NULL)", name="decision_has_an_author"
        ),
        CheckConstraint("(upheld IS TRUE) = (points IS NOT NULL)", name="upheld_with_points"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey(Assessment.id))
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id))
    cause: Mapped[str | None] = mapped_column(String(LONGEST_CAUSE))
    reason: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime] = mapped_column(Instant)
    upheld: Mapped[bool | None]
    points: Mapped[Decimal | None] = mapped_column(Points)
    opinion: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship()
    assessment: Mapped[Assessment] = relationship()


class ScoreEntry(Base):
    """考评记录: points of a unit in a frozen quarter, and the event that caused them.

    ``cause`` names that event, so that none counts twice for a unit, whatever the quarter.
    A correction names its appeal; nothing else comes once the quarter is frozen.
    """

    __tablename__ = "score_entry"
    __table_args__ = (
        UniqueConstraint("unit_id", "cause"),
        Index("ix_score_entry_quarter_unit", "assessment_id", "unit_id"),
        CheckConstraint("cause <> ''", name="names_its_event"),
        CheckConstraint(
            "(event = 'correction') = (appeal_id IS NOT NULL)", name="corrects_by_appeal"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey(Assessment.id))
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id))
    event: Mapped[str] = mapped_column(String(40))
    cause: Mapped[str] = mapped_column(String(LONGEST_CAUSE))
    points: Mapped[Decimal] = mapped_column(Points)
    on: Mapped[date]
    part: Mapped[Part | None]
    item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey(Assignment.id))
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey(Appeal.id), unique=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    written_at: Mapped[datetime] = mapped_column(Instant)


class Ranking(Base):
    """排名: where a unit stood when a quarter was frozen, and when it became final.

    ``tasks`` counts its parts; ``due`` and ``done`` those that it led: the completion rate.
    """

    __tablename__ = "ranking"
    __table_args__ = (UniqueConstraint("assessment_id", "final", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey(Assessment.id))
    final: Mapped[bool]
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey(UnitGroup.id))
    score: Mapped[Decimal] = mapped_column(Points)
    tasks: Mapped[int]
    due: Mapped[int]
    done: Mapped[int]
    rank: Mapped[int | None]


class PraiseLevel(StrEnum):
    """Who praises: the state, the province, the city, or a leader with words of his own."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    LEADER = "leader"


class Praised(StrEnum):
    """Who is praised."""

    OFFICE = "office"
    UNIT = "unit"
    PERSONS = "persons"


class Praise(Base):
    """表扬: praise on record, with the document that says it.

    ``counted_on`` is the day on which it counts for the score: its own, unless that quarter
    was frozen already when it was recorded. The paper lies where all papers do.
    """

    __tablename__ = "praise"
    __table_args__ = (
        CheckConstraint("whom <> 'unit' OR unit_id IS NOT NULL", name="unit_is_named"),
        CheckConstraint("whom <> 'persons' OR persons > 0", name="persons_are_counted"),
        CheckConstraint("persons >= 0", name="persons_in_range"),
        CheckConstraint("(paper_id IS NULL) = (paper_name = '')", name="paper_has_a_name"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[PraiseLevel]
    whom: Mapped[Praised]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey(Unit.id), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id), index=True)
    title: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(String(200), default="")
    on: Mapped[date] = mapped_column(index=True)
    counted_on: Mapped[date] = mapped_column(index=True)
    persons: Mapped[int] = mapped_column(default=0)
    names: Mapped[str] = mapped_column(default="")
    paper_id: Mapped[UUID | None]
    paper_name: Mapped[str] = mapped_column(String(255), default="")
    paper_type: Mapped[str] = mapped_column(String(120), default="")
    paper_size: Mapped[int] = mapped_column(default=0)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_why: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit | None] = relationship()
    item: Mapped[Item | None] = relationship()


class CommendationState(StrEnum):
    """Where a list of units to be commended stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"


STANDING = text("state <> 'declined'")


class Commendation(Base):
    """年度表扬名单: the units that the office proposes for a year; a leader approves."""

    __tablename__ = "commendation"
    __table_args__ = (
        Index(
            "uq_commendation_standing",
            "year",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decision_has_a_date"),
        CheckConstraint(
            "(decided_by_id IS NULL) = (decided_at IS NULL)", name="decision_has_an_author"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    state: Mapped[CommendationState] = mapped_column(default=CommendationState.PROPOSED)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    opinion: Mapped[str] = mapped_column(default="")

    lines: Mapped[list["CommendationLine"]] = relationship(order_by="CommendationLine.id")


class CommendationLine(Base):
    """A unit on the list with its year's score, or one that was left out in spite of its rank."""

    __tablename__ = "commendation_line"
    __table_args__ = (UniqueConstraint("commendation_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commendation_id: Mapped[int] = mapped_column(ForeignKey(Commendation.id))
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id))
    group_id: Mapped[int] = mapped_column(ForeignKey(UnitGroup.id))
    score: Mapped[Decimal] = mapped_column(Points)
    rank: Mapped[int]
    left_out: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit] = relationship()


# -- what the database refuses as well ----------------------------------------------------

STATE = "(SELECT state FROM assessment WHERE id = NEW.assessment_id)"
LATE_ENTRY = (
    f"({STATE} <> 'running' AND NEW.appeal_id IS NULL)"
    f" OR ({STATE} <> 'published' AND NEW.appeal_id IS NOT NULL)"
)
THAWED = (
    "OLD.state <> 'running' AND (NEW.state = 'running' OR OLD.state = 'final'"
    " OR NEW.base <> OLD.base OR NEW.table_id <> OLD.table_id)"
)
FUNCTION = "CREATE OR REPLACE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} END $$"
STAYS = "a frozen quarter stays frozen"
CORRECTED = "a frozen quarter takes corrections only"


def _refusing(name: str, when: str, says: str = STAYS) -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"


def _guarding(name: str, when: str, function: str = "assessment_guard") -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION {function}()"


GUARDS: dict[str, dict[str, tuple[str, ...]]] = {
    "assessment": {
        "sqlite": (
            _refusing("assessment_stays", f"UPDATE ON assessment WHEN {THAWED}"),
            _refusing("assessment_no_delete", "DELETE ON assessment WHEN OLD.state <> 'running'"),
        ),
        "postgresql": (
            FUNCTION.format("assessment_guard", f"RAISE EXCEPTION '{STAYS}';"),
            _guarding("assessment_stays", f"UPDATE ON assessment FOR EACH ROW WHEN ({THAWED})"),
            _guarding(
                "assessment_no_delete",
                "DELETE ON assessment FOR EACH ROW WHEN (OLD.state <> 'running')",
            ),
        ),
    },
    "score_entry": {
        "sqlite": (
            _refusing("score_entry_no_update", "UPDATE ON score_entry"),
            _refusing("score_entry_no_delete", "DELETE ON score_entry"),
            _refusing("score_entry_in_time", f"INSERT ON score_entry WHEN {LATE_ENTRY}", CORRECTED),
        ),
        "postgresql": (
            _guarding("score_entry_no_change", "UPDATE OR DELETE ON score_entry FOR EACH ROW"),
            FUNCTION.format(
                "score_entry_guard",
                f"IF {LATE_ENTRY} THEN RAISE EXCEPTION '{CORRECTED}'; END IF; RETURN NEW;",
            ),
            _guarding(
                "score_entry_in_time", "INSERT ON score_entry FOR EACH ROW", "score_entry_guard"
            ),
        ),
    },
    "ranking": {
        "sqlite": (
            _refusing("ranking_no_update", "UPDATE ON ranking"),
            _refusing("ranking_no_delete", "DELETE ON ranking"),
        ),
        "postgresql": (_guarding("ranking_no_change", "UPDATE OR DELETE ON ranking FOR EACH ROW"),),
    },
}
"""By table and kind of database: a frozen quarter doesn't change, whoever asks."""


def assessment_guards(dialect: str) -> list[str]:
    """Return the statements, for a migration, that keep a frozen quarter from being changed."""
    return [statement for guards in GUARDS.values() for statement in guards[dialect]]


for _table, _guards in GUARDS.items():
    for _dialect, _statements in _guards.items():
        for _statement in _statements:
            _guard = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
            event.listen(Base.metadata.tables[_table], "after_create", _guard)
