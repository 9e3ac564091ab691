"""What a timer says, as moments: months, cycles, and rows of missed firings."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.diagrams import Armed, Rule
from engine.diagrams.timers import (
    TimerRefused,
    duration,
    read_cycle,
    read_date,
    read_duration,
    zone_of,
)

START = datetime(2020, 1, 31, 9, tzinfo=UTC)
AFTER = {
    "PT1H": datetime(2020, 1, 31, 10, tzinfo=UTC),
    "P1D": datetime(2020, 2, 1, 9, tzinfo=UTC),
    "P2W": datetime(2020, 2, 14, 9, tzinfo=UTC),
    "P1M": datetime(2020, 2, 29, 9, tzinfo=UTC),
    "P2M": datetime(2020, 3, 31, 9, tzinfo=UTC),
    "P13M": datetime(2021, 2, 28, 9, tzinfo=UTC),
    "P1Y": datetime(2021, 1, 31, 9, tzinfo=UTC),
    "P1Y1M1DT1H1M1S": datetime(2021, 3, 1, 10, 1, 1, tzinfo=UTC),
    "PT90S": datetime(2020, 1, 31, 9, 1, 30, tzinfo=UTC),
}


def nobody(_name: str) -> None:
    """Know no due date."""


@pytest.mark.parametrize("text", AFTER)
def test_durations(text: str) -> None:
    assert duration(text).after(START) == AFTER[text]


def test_months_do_not_drift() -> None:
    row = [duration("P1M").after(START, times).day for times in range(6)]

    assert row == [31, 29, 31, 30, 31, 30]


@pytest.mark.parametrize("text", ["", "P", "PT", "1H", "-PT1H", "P1.5D", "PT0S", "P0D", "P1H"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(TimerRefused):
        duration(text)


def test_a_duration_counts_from_when_it_was_armed() -> None:
    assert read_duration("P3D").next(Armed(START), {}, nobody) == START + timedelta(days=3)


def test_a_date_is_a_date() -> None:
    assert read_date("2020-03-02T09:00:00+08:00").next(Armed(START), {}, nobody) == datetime(
        2020, 3, 2, 1, tzinfo=UTC
    )


def test_a_due_date_is_asked_for_by_name() -> None:
    asked: list[str] = []

    def due(name: str) -> datetime:
        asked.append(name)
        return START

    assert read_date("due.soon").next(Armed(START), {}, due) == START
    assert asked == ["soon"]


def test_a_cycle_begins_at_its_first_moment() -> None:
    rule = read_cycle("R/2020-02-05T00:00:00Z/P1D")

    assert rule.next(Armed(START), {}, nobody) == datetime(2020, 2, 5, tzinfo=UTC)


def test_a_cycle_without_a_first_moment_begins_a_step_later() -> None:
    assert read_cycle("R/PT2H").next(Armed(START), {}, nobody) == START + timedelta(hours=2)


def test_a_due_date_that_moves_back_goes_on_after_the_last_firing() -> None:
    rule = read_cycle("R/due.soon/P7D")
    fired = datetime(2020, 3, 3, 12, tzinfo=UTC)

    def due(_name: str) -> datetime:
        return datetime(2020, 2, 3, tzinfo=UTC)

    assert rule.next(Armed(START, fired), {}, due) == datetime(2020, 3, 9, tzinfo=UTC)


def test_a_cycle_without_its_due_date_waits() -> None:
    assert read_cycle("R/due.soon/period").next(Armed(START), {}, nobody) is None


@pytest.mark.parametrize("text", ["R/P1D", "R5/PT1H", "R/P1M", "R/2020-01-05T00:00:00Z/P2W"])
@given(late=st.timedeltas(timedelta(), timedelta(days=2000)))
def test_the_next_moment_lies_ahead_and_is_the_first_that_does(text: str, late: timedelta) -> None:
    rule: Rule = read_cycle(text)
    first = rule.next(Armed(START), {}, nobody)
    assert first is not None
    fired = first + late

    moment = rule.next(Armed(START, fired), {}, nobody)

    assert moment is not None
    assert moment > fired
    assert moment - fired <= timedelta(days=31)


def test_a_day_in_a_zone_is_a_day_of_its_calendar() -> None:
    eve = datetime(2026, 3, 7, 14, tzinfo=UTC)  # nine in the morning in New York
    rule = read_duration("P1D", zone_of("America/New_York"))

    assert rule.next(Armed(eve), {}, nobody) == datetime(2026, 3, 8, 13, tzinfo=UTC)
    assert read_duration("PT24H").next(Armed(eve), {}, nobody) == eve + timedelta(days=1)


def test_a_moment_without_an_offset_is_one_of_its_zone() -> None:
    rule = read_date("2020-03-02T09:00:00", zone_of("Asia/Shanghai"))

    assert rule.at == datetime(2020, 3, 2, 1, tzinfo=UTC)
    with pytest.raises(TimerRefused):
        read_date("2020-03-02T09:00:00")
    with pytest.raises(TimerRefused):
        zone_of("Nowhere/Land")


def test_a_month_from_its_last_day_ends_on_the_last_day_of_the_zone() -> None:
    rule = read_cycle("R/P1M", zone_of("Asia/Shanghai"))
    late = datetime(2020, 1, 30, 17, tzinfo=UTC)  # the 31st in Shanghai

    assert rule.next(Armed(late), {}, nobody) == datetime(2020, 2, 28, 17, tzinfo=UTC)
