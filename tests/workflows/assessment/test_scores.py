"""Scores: random histories come to what the rules say, frozen or not, appealed against or not."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine import Session
from tests.workflows.assessment.histories import FIRST, LAST, History
from tests.workflows.town import Town
from workflows import assessment
from workflows.actors import actor_of
from workflows.assessment import Decision, Quarter, Tasks, quarters, standings
from workflows.calendar import calendar_of
from workflows.tables import Kind, Part

Q1 = Quarter(2020, 1)
SCORED = ("parks", "finance", "staffing")
DAYS = st.dates(FIRST - timedelta(45), LAST + timedelta(10))

HISTORIES = st.builds(
    History,
    unit=st.sampled_from(SCORED),
    part=st.sampled_from(Part),
    kind=st.sampled_from((Kind.INSTRUCTION, Kind.DECISION)),
    due_on=DAYS,
    came_after=st.none() | st.integers(-20, 45),
    returned=st.sampled_from((None, "", "empty")),
    failed_after=st.none() | st.integers(0, 30),
    slip_on=st.none() | DAYS,
)


class Undone(Exception):
    """An example is over; what it wrote is taken back."""


@given(
    histories=st.lists(HISTORIES, max_size=8),
    appeals=st.lists(st.booleans(), max_size=3),
)
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_scores_reckoned_from_any_history_equal_the_entries_and_stay_explained(
    assessed: Town, histories: list[History], appeals: list[bool]
) -> None:
    town = assessed

    def play(session: Session) -> None:
        for history in histories:
            history.write(town, session)
        must_come_to(session, town, histories)
        must_stay_explained(session, town, appeals)
        raise Undone

    town.set_clock(date(2020, 5, 20))
    with pytest.raises(Undone):
        town.database.write(play)


def must_come_to(session: Session, town: Town, histories: list[History]) -> None:
    """Compare every score with what its histories are worth by themselves."""
    calendar = calendar_of(session)
    wanted = dict.fromkeys((town.units[unit] for unit in SCORED), Decimal(100))
    for history in histories:
        wanted[town.units[history.unit]] += history.points(calendar)

    found = standings.standings(session, Q1, None)

    assert {each.unit.id: each.score for each in found} == wanted
    zhang = actor_of(session, town.people["zhang"])
    for each in found:
        held = assessment.parts_of(session, zhang, 2020, 1, each.unit.id)
        counts = [(part.had, part.due, part.done) for part in held]
        assert Tasks(*map(sum, zip(*counts, strict=True))) == each.tasks
    causes = Counter((entry.unit_id, entry.cause) for each in found for entry in each.entries)
    assert set(causes.values()) <= {1}


def must_stay_explained(session: Session, town: Town, appeals: list[bool]) -> None:
    """Freeze, publish, appeal, decide, conclude: the sum stays, and so do the entries."""
    zhang, li = (actor_of(session, town.people[who]) for who in ("zhang", "mayor"))
    fan = actor_of(session, town.people["fan"])
    assessment.freeze(session, zhang, 2020, 1)
    row = assessment.row_of(session, Q1)
    rules = quarters.scoring(session, Q1, row)
    frozen = assessment.entries(session, Q1, row)
    assert told(frozen) == told(assessment.reckoned(session, Q1, rules))
    assessment.publish(session, zhang, 2020, 1)
    own = [entry for entry in frozen if entry.unit_id == town.units["parks"]]
    for upheld, entry in zip(appeals, own, strict=False):
        made = assessment.appeal(session, fan, Q1, entry.unit_id, "有误", entry.cause)
        assessment.decide(session, li, made.id, Decision(upheld, "查实"))
        explained(session)
    town.clock.move(timedelta(days=30))
    assessment.conclude(session, zhang, 2020, 1)

    kept = assessment.entries(session, Q1, row)
    assert [entry for entry in kept if entry.event != "correction"] == frozen
    corrected = Counter(entry.appeal_id for entry in kept if entry.appeal_id is not None)
    assert len(corrected) == sum(upheld for upheld, _ in zip(appeals, own, strict=False))
    explained(session)
    town.set_clock(date(2020, 5, 20))


def explained(session: Session) -> None:
    """See that every score is its base and the sum of its entries."""
    for each in standings.standings(session, Q1, assessment.row_of(session, Q1)):
        assert each.score == each.base + sum(entry.points for entry in each.entries)


def told(entries: list[assessment.Entry]) -> set[tuple[object, ...]]:
    """Return what entries say, whatever their order."""
    return {(each.unit_id, each.event, each.cause, each.points, each.on) for each in entries}
