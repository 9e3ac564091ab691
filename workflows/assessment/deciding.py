"""A quarter's way: its rules chosen, frozen, published, final. What is frozen never changes."""

from sqlalchemy import func, select

import engine
from engine import Session, now
from workflows import figures, notices, rules, settings, store
from workflows.actors import Actor
from workflows.assessment import quarters
from workflows.assessment.quarters import Quarter, known_quarter
from workflows.assessment.standings import Standing, standings
from workflows.assessment.table import SHAPE
from workflows.calendar import add_working_days, today
from workflows.errors import AssessmentRefused, QuarterFrozen
from workflows.figures import Reckoned, Span
from workflows.tables import (
    Appeal,
    Assessment,
    AssessmentState,
    Ranking,
    Role,
    ScoreEntry,
)

NOTE = 400


def choose_table(
    session: Session, actor: Actor, year: int, number: int, definition_id: int, note: str
) -> Assessment:
    """Let a quarter use another version of the rules than the one in force when it began."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    said = rules.must_say("note", note, NOTE)
    quarter = known_quarter(session, year, number)
    row = _running(session, quarter)
    if definition_id not in {each.id for each in engine.decision_versions(session, SHAPE.name)}:
        raise AssessmentRefused("no_table")
    row.table_id, row.table_note, row.table_by_id = definition_id, said, actor.person_id
    session.flush()
    return row


def prepare(session: Session, actor: Actor, year: int, number: int) -> Reckoned | None:
    """Count the ledger of a quarter, before anything is written; nothing if it was kept."""
    rules.must_have(actor, Role.DIRECTOR)
    quarter = known_quarter(session, year, number)
    _must_wait_to_be_frozen(session, quarter, quarters.row_of(session, quarter))
    return figures.count_for(session, actor, _span(quarter), _purpose(quarter))


def freeze(
    session: Session, actor: Actor, year: int, number: int, counted: Reckoned | None = None
) -> Assessment:
    """Write a quarter's entries down with its ledger, once it is over; only appeals correct it."""
    rules.must_have(actor, Role.DIRECTOR)
    quarter = known_quarter(session, year, number)
    row = quarters.row_to_change(session, quarter)
    _must_wait_to_be_frozen(session, quarter, row)
    deployed = quarters.table_of(session, quarter, row)
    if deployed is None:
        raise AssessmentRefused("no_table")
    found = standings(session, quarter, row)
    _keep_entries(session, row, found)
    _keep_ranks(session, row, found, final=False)
    ledger = figures.ledger_for(session, actor, _span(quarter), _purpose(quarter), counted)
    base = quarters.scoring(session, quarter, row).base
    row.table_id, row.base, row.snapshot_id = deployed.id, base, ledger.id
    row.frozen_at, row.frozen_by_id = now(session), actor.person_id
    row.state = AssessmentState.FROZEN
    session.flush()
    return row


def publish(session: Session, actor: Actor, year: int, number: int) -> Assessment:
    """Make a frozen quarter's ranking known, and open the window for appeals."""
    rules.must_have(actor, Role.DIRECTOR)
    quarter = known_quarter(session, year, number)
    row = quarters.row_to_change(session, quarter)
    if row.state is AssessmentState.RUNNING:
        raise AssessmentRefused("not_frozen")
    if row.state is not AssessmentState.FROZEN:
        raise QuarterFrozen(year, number, row.state.value)
    days = settings.number(session, "assessment.appeal_days")
    row.appeal_until = add_working_days(session, today(session), days)
    row.published_at, row.published_by_id = now(session), actor.person_id
    row.state = AssessmentState.PUBLISHED
    session.flush()
    for each in standings(session, quarter, row):
        facts = {
            "year": year,
            "quarter": number,
            "score": str(each.score),
            "rank": each.rank,
            "until": row.appeal_until.isoformat(),
        }
        heads = store.people_of_unit(session, each.unit.id, (Role.UNIT_HEAD,))
        notices.notify(session, heads, "quarter_published", facts=facts)
    return row


def conclude(session: Session, actor: Actor, year: int, number: int) -> Assessment:
    """Make a quarter final: its window has closed, and every appeal is decided."""
    rules.must_have(actor, Role.DIRECTOR)
    quarter = known_quarter(session, year, number)
    row = quarters.row_to_change(session, quarter)
    if row.state is AssessmentState.FINAL:
        raise QuarterFrozen(year, number, row.state.value)
    if row.state is not AssessmentState.PUBLISHED or row.appeal_until is None:
        raise AssessmentRefused("not_published")
    if today(session) <= row.appeal_until:
        raise AssessmentRefused("window_open", until=row.appeal_until)
    pending = select(func.count()).where(
        Appeal.assessment_id == row.id, Appeal.decided_at.is_(None)
    )
    if count := session.scalar(pending):
        raise AssessmentRefused("pending", count=count)
    _keep_ranks(session, row, standings(session, quarter, row), final=True)
    row.final_at, row.final_by_id = now(session), actor.person_id
    row.state = AssessmentState.FINAL
    session.flush()
    return row


def _span(quarter: Quarter) -> Span:
    return Span.quarter(quarter.year, quarter.number)


def _purpose(quarter: Quarter) -> str:
    return f"{quarter.year}-Q{quarter.number}"


def _must_wait_to_be_frozen(session: Session, quarter: Quarter, row: Assessment | None) -> None:
    """Refuse a quarter that is frozen, or that isn't over."""
    if (state := quarters.state_of(row)) is not AssessmentState.RUNNING:
        raise QuarterFrozen(quarter.year, quarter.number, state.value)
    if today(session) <= quarter.last:
        raise AssessmentRefused("running", last=quarter.last)


def _running(session: Session, quarter: Quarter) -> Assessment:
    """Return the row of a quarter that isn't frozen, locked."""
    row = quarters.row_to_change(session, quarter)
    if row.state is not AssessmentState.RUNNING:
        raise QuarterFrozen(quarter.year, quarter.number, row.state.value)
    return row


def _keep_entries(session: Session, row: Assessment, found: list[Standing]) -> None:
    at = now(session)
    session.add_all(
        ScoreEntry(
            assessment_id=row.id,
            unit_id=entry.unit_id,
            event=entry.event,
            cause=entry.cause,
            points=entry.points,
            on=entry.on,
            part=entry.part,
            item_id=entry.item_id,
            assignment_id=entry.assignment_id,
            by_id=entry.by_id,
            facts=dict(entry.facts),
            written_at=at,
        )
        for each in found
        for entry in each.entries
    )
    session.flush()


def _keep_ranks(session: Session, row: Assessment, found: list[Standing], *, final: bool) -> None:
    session.add_all(
        Ranking(
            assessment_id=row.id,
            final=final,
            unit_id=each.unit.id,
            group_id=each.group.id,
            score=each.score,
            tasks=each.tasks.had,
            due=each.tasks.due,
            done=each.tasks.done,
            rank=each.rank,
        )
        for each in found
    )
    session.flush()
