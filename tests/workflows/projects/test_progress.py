"""The arithmetic of projects, to the point and to the day."""

from datetime import date
from decimal import Decimal

import pytest

from workflows.projects import progress
from workflows.projects.progress import Month, Thresholds, Turns, Year

RULE = Thresholds(yellow=10, red=30, grace=15)
WHOLE_YEAR = (date(2020, 1, 1), date(2020, 12, 31))


def year(
    planned: int = 1200,
    carried: int = 0,
    months: dict[int, tuple[int | None, int | None]] | None = None,
) -> Year:
    """Return a year's money, month by month as plan and done."""
    told = {
        number: Month(
            None if plan is None else Decimal(plan), None if done is None else Decimal(done)
        )
        for number, (plan, done) in (months or {}).items()
    }
    return Year(2020, Decimal(planned), *WHOLE_YEAR, carried=Decimal(carried), months=told)


def test_exactly_ten_points_behind_is_yellow_and_not_a_point_less() -> None:
    money = year(1000, months={1: (100, 0), 2: (900, None)})

    turns = progress.turns_of_money(money, RULE)

    assert money.behind_on(date(2020, 1, 31)) == 10
    assert turns.yellow == date(2020, 1, 31)


def test_exactly_thirty_points_behind_is_yellow_still_and_more_is_red() -> None:
    money = year(1000, months={1: (300, 0), 2: (700, None)})

    turns = progress.turns_of_money(money, RULE)

    assert money.behind_on(date(2020, 1, 31)) == 30
    assert turns.red == date(2020, 2, 1)


def test_a_year_that_keeps_to_its_plan_never_turns() -> None:
    assert progress.turns_of_money(year(100, carried=95), RULE) == Turns()


def test_a_plan_without_months_is_spread_over_the_days_on_which_the_project_runs() -> None:
    money = Year(2020, Decimal(100), date(2020, 7, 1), date(2020, 9, 30))

    shares = [money.planned_by(day) for day in (date(2020, 6, 30), date(2020, 8, 15))]

    assert shares == [0, Decimal(50)]
    assert money.planned_by(date(2020, 12, 31)) == 100


def test_once_a_year_is_over_all_of_its_plan_was_due() -> None:
    money = year(1000, months={1: (1000, 600)})

    assert money.behind_on(date(2021, 3, 1)) == 40


def test_the_year_measured_is_the_last_that_has_begun_and_has_a_plan() -> None:
    years = [Year(number, Decimal(1), *WHOLE_YEAR) for number in (2018, 2019, 2021)]

    assert [
        found and found.year
        for found in (progress.measured(years, date(of, 5, 1)) for of in (2017, 2020, 2021))
    ] == [None, 2019, 2021]


def test_the_table_adds_up_month_by_month_from_what_was_carried_in() -> None:
    money = year(1000, carried=50, months={1: (100, 80), 2: (900, None), 3: (0, 20)})

    rows = progress.rows(money)

    assert [row.done_so_far for row in rows[:3]] == [130, 130, 150]
    assert [row.planned_so_far for row in rows[:2]] == [100, 1000]
    assert rows[-1].planned_so_far == money.planned


def test_a_plan_of_the_year_alone_is_shown_by_months_that_add_up_to_it() -> None:
    assert progress.rows(year(366))[1].planned == 29
    assert progress.rows(year(366))[-1].planned_so_far == 366


def test_hundredths_are_never_lost() -> None:
    money = Year(
        2020,
        Decimal("0.30"),
        *WHOLE_YEAR,
        months={number: Month(done=Decimal("0.10")) for number in (1, 2, 3)},
    )

    assert money.done == Decimal("0.30")
    assert money.share(money.done) == 100


def test_of_no_plan_there_is_no_share() -> None:
    assert year(0, months={1: (None, 5)}).share(Decimal(5)) == 0


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ([], Turns()),
        ([date(2020, 5, 1), date(2020, 4, 1)], Turns(date(2020, 4, 2), date(2020, 4, 17))),
    ],
)
def test_a_missed_node_is_yellow_the_next_day_and_red_after_its_grace(
    due: list[date], expected: Turns
) -> None:
    assert progress.turns_of_nodes(due, RULE) == expected


def test_the_sooner_of_money_and_nodes_turns_the_light() -> None:
    money, nodes = Turns(date(2020, 3, 1), None), Turns(date(2020, 4, 1), date(2020, 4, 9))

    assert progress.sooner(money, nodes) == Turns(date(2020, 3, 1), date(2020, 4, 9))


def test_a_templates_shares_become_days_of_the_period() -> None:
    days = progress.dated([0, 50, 100], date(2020, 1, 1), date(2020, 12, 31))

    assert days == [date(2020, 1, 1), date(2020, 7, 1), date(2020, 12, 31)]


def test_what_comes_in_half_way_has_its_next_nodes_ahead() -> None:
    days = progress.dated_from([20, 60, 100], 1, date(2020, 3, 1), date(2020, 5, 10))

    assert days == [date(2020, 4, 5), date(2020, 5, 10)]


def test_what_should_have_ended_before_has_its_nodes_on_the_day_when_it_should() -> None:
    days = progress.dated_from([50, 100], 1, date(2020, 3, 1), date(2019, 12, 31))

    assert days == [date(2019, 12, 31)]
