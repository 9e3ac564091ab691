"""Stations 驻点督查: a log of problems that each have an owner, a limit and an end."""

from datetime import date

import pytest
from sqlalchemy import select

from engine import Session
from tests.workflows.town import NOT_THEIRS, Town
from workflows import actions, figures
from workflows.actions import Problem, StationPlan, months, room
from workflows.actors import Actor
from workflows.errors import ActionUnknown, LimitInPast, NotNow, TextMissing, UnitUnknown
from workflows.figures import Span
from workflows.lights import Light
from workflows.tables import Notice, Station, StationProblem

START, LIMIT = date(2020, 2, 20), date(2020, 3, 20)


def stationed(town: Town, **changed: object) -> Station:
    """Let the director send a team."""
    usual: dict[str, object] = {
        "title": "园博园驻点督查",
        "place": "园博园工地",
        "started_on": START,
        "team": [town.people["li"]],
    }
    return town.act("zhang", actions.open_station, StationPlan(**{**usual, **changed}))  # type: ignore[arg-type] # a test's own


def problem(town: Town, **changed: object) -> Problem:
    """Return a problem, but for what a test changes."""
    usual: dict[str, object] = {
        "text": "三号路积水",
        "owner_unit_id": town.units["parks"],
        "owner_person": "范志国",
        "due_on": LIMIT,
    }
    return Problem(**{**usual, **changed})  # type: ignore[arg-type] # a test's own


def lights(town: Town, who: str, station_id: int) -> list[tuple[int, Light]]:
    """Return the problems that somebody sees in a log, each with its light."""

    def look(session: Session, actor: Actor) -> list[tuple[int, Light]]:
        file = room.station_file(session, actor, station_id)
        return [(line.problem.number, line.light) for line in file.lines]

    return town.look(who, look)


def test_each_problem_has_an_owner_a_limit_and_an_end(town: Town) -> None:
    station = stationed(town)
    first = town.act("li", actions.add_problem, station.id, problem(town))
    second = town.act(
        "li", actions.add_problem, station.id, problem(town, owner_unit_id=town.units["finance"])
    )
    assert (first.number, second.number) == (1, 2)
    assert town.rows(select(Notice.person_id).where(Notice.kind == "problem_found"))

    town.act("li", actions.settle_problem, second.id, "资金已拨付")
    assert lights(town, "li", station.id) == [(1, Light.GREEN), (2, Light.DONE)]
    town.set_clock(date(2020, 3, 18))
    assert lights(town, "li", station.id)[0] == (1, Light.YELLOW)
    town.set_clock(date(2020, 3, 21))
    assert lights(town, "li", station.id)[0] == (1, Light.RED)

    year = Span.year(2020)
    assert town.look("li", figures.measure, "station_problems", year).value == 1
    with pytest.raises(NotNow):
        town.act("li", actions.settle_problem, second.id, "再次")


def test_none_of_these_may_be_missing(town: Town) -> None:
    station = stationed(town)

    for changed, refusal in (
        ({"text": " "}, TextMissing),
        ({"owner_person": ""}, TextMissing),
        ({"owner_unit_id": 4711}, UnitUnknown),
        ({"due_on": date(2020, 1, 1)}, LimitInPast),
    ):
        with pytest.raises(refusal):
            town.act("li", actions.add_problem, station.id, problem(town, **changed))
    assert town.rows(select(StationProblem)) == []


def test_a_team_comes_home_when_its_log_is_settled(town: Town) -> None:
    station = stationed(town)
    found = town.act("li", actions.add_problem, station.id, problem(town))
    with pytest.raises(NotNow):
        town.act("li", actions.close_station, station.id, date(2020, 3, 2), "完工")
    town.act("li", actions.settle_problem, found.id, "已排水")

    town.act("li", actions.close_station, station.id, date(2020, 3, 2), "完工")

    with pytest.raises(NotNow):
        town.act("li", actions.add_problem, station.id, problem(town))


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        (date(2020, 3, 15), date(2020, 3, 15), 1),
        (date(2020, 3, 15), date(2020, 4, 14), 1),
        (date(2020, 3, 15), date(2020, 4, 15), 2),
        (date(2019, 12, 1), date(2020, 2, 29), 3),
        (date(2020, 3, 2), date(2020, 3, 1), 0),
    ],
)
def test_a_month_that_was_begun_counts(first: date, last: date, number: int) -> None:
    assert months(first, last) == number


def test_a_years_months_are_counted_station_by_station(town: Town) -> None:
    stationed(town, started_on=date(2019, 11, 10))
    stationed(town, started_on=START)

    def spent(year: int) -> object:
        return town.look("li", figures.measure, "station_months", Span.year(year)).value

    assert [spent(year) for year in (2019, 2020, 2021)] == [2, 4, 0]


def test_a_unit_sees_its_own_problems_only(town: Town) -> None:
    station = stationed(town)
    town.act("li", actions.add_problem, station.id, problem(town))
    town.act(
        "li", actions.add_problem, station.id, problem(town, owner_unit_id=town.units["finance"])
    )

    assert [number for number, _ in lights(town, "fan", station.id)] == [1]
    assert [number for number, _ in lights(town, "yang", station.id)] == [2]
    assert [number for number, _ in lights(town, "auditor", station.id)] == [1, 2]
    with pytest.raises(ActionUnknown):
        lights(town, "luo", station.id)


def test_only_the_office_keeps_the_log(town: Town) -> None:
    station = stationed(town, unit_id=town.units["parks"])
    found = town.act("li", actions.add_problem, station.id, problem(town))

    for who in ("chu", "fan", "mayor", "auditor", "admin"):
        with pytest.raises(NOT_THEIRS):
            town.act(who, actions.add_problem, station.id, problem(town))
        with pytest.raises(NOT_THEIRS):
            town.act(who, actions.settle_problem, found.id, "好了")
        with pytest.raises(NOT_THEIRS):
            town.act(who, actions.close_station, station.id, START, "好了")
        with pytest.raises(NOT_THEIRS):
            town.act(who, actions.open_station, StationPlan("驻点", "工地", START))
