"""Entries of a quarter: events with their points. Reckoned while it runs, kept once it is frozen.

A running quarter has no rows: whoever looks gets the entries reckoned from the history, so they
can't differ from it and nothing counts twice. Freezing writes them down; from then on only the
corrections of appeals are added. A score is the base and the sum of its entries, always.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from engine import Session
from workflows.assessment import events, quarters, table
from workflows.assessment.events import Event, Wanted
from workflows.assessment.quarters import Quarter, quarter_of
from workflows.assessment.table import Scoring
from workflows.tables import Assessment, AssessmentState, Part, ScoreEntry

LONG_AGO = date(2000, 1, 1)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """Points of a unit, and the event that they come from."""

    unit_id: int
    event: str
    cause: str
    points: Decimal
    on: date
    part: Part | None = None
    item_id: int | None = None
    assignment_id: int | None = None
    by_id: int | None = None
    appeal_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def entries(
    session: Session, quarter: Quarter, row: Assessment | None, rules: Scoring | None = None
) -> list[Entry]:
    """Return a quarter's entries; other rules than its own can be tried on what happened."""
    if quarters.state_of(row) is not AssessmentState.RUNNING and row is not None and rules is None:
        return list(_kept(session, row))
    return reckoned(session, quarter, rules or quarters.scoring(session, quarter, row))


def reckoned(session: Session, quarter: Quarter, rules: Scoring) -> list[Entry]:
    """Reckon a quarter's entries from the history, whatever is written down about it."""
    happened = events.events(Wanted(session, quarter.first, quarter.last))
    elsewhere = _counted_elsewhere(session, quarter, [event.cause for event in happened])
    fresh = [each for each in happened if (each.unit_id, each.cause) not in elsewhere]
    found = [entry for event in fresh if (entry := _entry(event, rules)) is not None]
    failed = [event for event in fresh if event.name == table.REVISIT_FAILED]
    back = _taken_back(session, quarter, failed, rules)
    return sorted([*found, *back], key=lambda entry: (entry.on, entry.cause, entry.unit_id))


def _entry(event: Event, rules: Scoring) -> Entry | None:
    """Return what an event is worth; what is worth nothing is no entry."""
    points = rules.points(event.name, event.part, event.days)
    if not points:
        return None
    return Entry(
        event.unit_id,
        event.name,
        event.cause,
        points,
        event.on,
        event.part,
        event.item_id,
        event.assignment_id,
        event.by_id,
        facts=event.facts,
    )


# -- taken back ---------------------------------------------------------------------------


def _taken_back(
    session: Session, quarter: Quarter, failed: Sequence[Event], rules: Scoring
) -> Iterator[Entry]:
    """Yield the points for an item that a failed revisit takes back, each only once."""
    item_ids = {event.item_id for event in failed if event.item_id is not None}
    if not item_ids:
        return
    before = Wanted(session, LONG_AGO, quarter.last, item_ids)
    visits = events.failures(before)
    for gain in events.gains(before):
        visit = next((each for each in visits if _takes(each, gain)), None)
        if visit is None or not quarter.first <= visit.on <= quarter.last:
            continue
        points = _points_of(session, gain, quarter, rules)
        if points > 0:
            yield Entry(
                gain.unit_id,
                table.TAKEN_BACK,
                f"back:{visit.cause}:{gain.cause}",
                -points,
                visit.on,
                gain.part,
                gain.item_id,
                gain.assignment_id,
                visit.by_id,
                facts={"of": gain.name, "on": gain.on.isoformat(), **visit.facts},
            )


def _takes(visit: Event, gain: Event) -> bool:
    own = (visit.unit_id, visit.item_id) == (gain.unit_id, gain.item_id)
    return own and gain.on <= visit.on


def _points_of(session: Session, gain: Event, quarter: Quarter, rules: Scoring) -> Decimal:
    """Return what an earlier gain came to: as it was frozen, or by the rules of its quarter."""
    then = quarter_of(gain.on)
    if then == quarter:
        return rules.points(gain.name, gain.part)
    row = quarters.row_of(session, then)
    if quarters.state_of(row) is AssessmentState.RUNNING:
        return quarters.scoring(session, then, row).points(gain.name, gain.part)
    kept = select(ScoreEntry.points).where(
        ScoreEntry.unit_id == gain.unit_id, ScoreEntry.cause == gain.cause
    )
    return session.scalars(kept).one_or_none() or Decimal(0)


# -- what is written down -----------------------------------------------------------------


def _kept(session: Session, row: Assessment) -> Iterator[Entry]:
    wanted = select(ScoreEntry).where(ScoreEntry.assessment_id == row.id)
    for kept in session.scalars(wanted.order_by(ScoreEntry.on, ScoreEntry.id)):
        yield Entry(
            kept.unit_id,
            kept.event,
            kept.cause,
            kept.points,
            kept.on,
            kept.part,
            kept.item_id,
            kept.assignment_id,
            kept.by_id,
            kept.appeal_id,
            kept.facts,
        )


def _counted_elsewhere(
    session: Session, quarter: Quarter, causes: Iterable[str]
) -> set[tuple[int, str]]:
    """Return the events that are written down in another quarter already."""
    found: set[tuple[int, str]] = set()
    asked = sorted(set(causes))
    for begin in range(0, len(asked), AT_ONCE):
        some = asked[begin : begin + AT_ONCE]
        wanted = (
            select(ScoreEntry.unit_id, ScoreEntry.cause)
            .join(Assessment, Assessment.id == ScoreEntry.assessment_id)
            .where(
                ScoreEntry.cause.in_(some),
                (Assessment.year != quarter.year) | (Assessment.quarter != quarter.number),
            )
        )
        found.update((unit_id, cause) for unit_id, cause in session.execute(wanted))
    return found
