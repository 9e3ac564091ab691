"""The legal clock: its days against a day-by-day reference, and the reasons that it gives."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Database, Session
from tests.workflows.offices import administrator, handler, unreviewed
from workflows import limits, settings
from workflows.calendar import SpecialDay, WorkCalendar, YearDays, seed_calendar
from workflows.errors import LimitRefused, NotYours, ReviewMissing
from workflows.limits import due_date
from workflows.reckoning import Due, Span, add_months, warning_day
from workflows.tables import LimitUnit

DAYS = st.dates(date(2018, 1, 1), date(2021, 12, 31))
ODD_DAYS = st.dictionaries(DAYS, st.booleans(), max_size=120)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Give a session with the seeded calendar and limits."""
    database.write(seed_calendar)
    database.write(limits.seed_limits)
    with database.read() as session:
        yield session


def calendar(odd: Mapping[date, bool]) -> WorkCalendar:
    """Return a calendar with these odd days."""
    special = {day: SpecialDay(day, working, "节") for day, working in odd.items()}
    return WorkCalendar(lambda year: YearDays(year, special, "测试", 1))


def is_worked(day: date, odd: Mapping[date, bool]) -> bool:
    """Say in the plainest way whether a day is worked."""
    return odd.get(day, day.isoweekday() <= 5)


@given(DAYS, st.integers(1, 60), ODD_DAYS)
def test_working_days_agree_with_counting_day_by_day(
    start: date, number: int, odd: dict[date, bool]
) -> None:
    day, counted = start, 0
    while counted < number:
        day += ONE_DAY
        if is_worked(day, odd):
            counted += 1

    assert calendar(odd).add(start, number) == day
    assert calendar(odd).between(start, day) == number


@given(DAYS, DAYS, ODD_DAYS)
def test_distances_agree_with_counting_and_change_sign(
    first: date, last: date, odd: dict[date, bool]
) -> None:
    low, high = sorted((first, last))
    counted = 0
    day = low
    while day < high:
        day += ONE_DAY
        counted += is_worked(day, odd)

    assert calendar(odd).between(low, high) == counted
    assert calendar(odd).between(high, low) == -counted


@given(DAYS, st.integers(1, 40))
def test_months_keep_the_day_or_end_with_the_month(start: date, number: int) -> None:
    end = add_months(start, number)

    months = (end.year - start.year) * 12 + end.month - start.month
    assert months == number
    assert end.day == start.day or (end.day < start.day and (end + ONE_DAY).day == 1)


def parts(why: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Return a reason's parts of one kind."""
    return [part for part in why if part["kind"] == kind]


def test_fifteen_working_days_over_a_festival_say_why(session: Session) -> None:
    due = due_date(session, date(2019, 6, 3), Span(15, LimitUnit.WORKING_DAYS))

    assert due.on == date(2019, 6, 25)
    assert parts(due.why, "start") == [{"kind": "start", "on": "2019-06-03", "first": "2019-06-04"}]
    assert parts(due.why, "holiday") == [
        {
            "kind": "holiday",
            "name": "端午节",
            "first": "2019-06-07",
            "last": "2019-06-07",
            "days": 1,
        }
    ]
    assert parts(due.why, "end")[0]["count"] == 15
    assert not due.provisional


def test_make_up_days_are_named_with_the_holiday_they_belong_to(session: Session) -> None:
    due = due_date(session, date(2019, 9, 18), Span(15, LimitUnit.WORKING_DAYS))

    holiday = parts(due.why, "holiday")[0]
    makeup = parts(due.why, "makeup")[0]

    assert due.on == date(2019, 10, 14)
    assert (holiday["name"], holiday["days"]) == ("国庆节", 7)
    assert makeup["days"] == ["2019-09-29", "2019-10-12"]


def test_natural_days_that_end_on_a_sunday_are_not_moved(session: Session) -> None:
    due = due_date(session, date(2019, 8, 1), Span(24, LimitUnit.NATURAL_DAYS))

    end = parts(due.why, "end")[0]

    assert due.on == date(2019, 8, 25)
    assert (end["working"], end["holiday"]) == (False, "")
    assert not parts(due.why, "moved")


def test_natural_days_move_where_the_office_has_decided_so(database: Database) -> None:
    database.write(seed_calendar)

    def moved(session: Session) -> Due:
        settings.change(session, administrator(), "limit.roll", "yes")
        return due_date(session, date(2019, 9, 16), Span(15, LimitUnit.NATURAL_DAYS))

    due = database.write(moved)

    assert due.on == date(2019, 10, 8)
    assert parts(due.why, "moved") == [{"kind": "moved", "from": "2019-10-01", "to": "2019-10-08"}]
    assert parts(due.why, "end")[0]["holiday"] == "国庆节"


def test_a_month_without_the_day_ends_on_its_last(session: Session) -> None:
    due = due_date(session, date(2020, 1, 31), Span(1, LimitUnit.MONTHS))

    assert due.on == date(2020, 2, 29)
    assert parts(due.why, "clamped") == [{"kind": "clamped", "wanted": 31, "on": "2020-02-29"}]


def test_a_flash_instruction_is_due_the_same_day(session: Session) -> None:
    due = due_date(session, date(2019, 9, 18), "instruction.flash")

    assert (due.on, due.warn_on) == (date(2019, 9, 18), date(2019, 9, 18))
    assert parts(due.why, "start")[0]["first"] == "2019-09-18"


def test_a_date_in_an_unpublished_year_is_provisional(session: Session) -> None:
    due = due_date(session, date(2030, 12, 30), Span(5, LimitUnit.WORKING_DAYS))

    assert due.provisional
    assert parts(due.why, "provisional") == [{"kind": "provisional", "years": [2030, 2031]}]


def test_a_date_set_by_hand_says_so(session: Session) -> None:
    due = limits.chosen_date(session, date(2019, 8, 12), date(2019, 9, 25))

    assert due.why == [{"kind": "chosen", "on": "2019-09-25", "working": True}]
    assert due.warn_on == date(2019, 9, 12)
    assert due.warn_again_on == date(2019, 9, 19)


@given(start=DAYS, number=st.integers(1, 200))
def test_warnings_come_in_order_inside_the_time(start: date, number: int) -> None:
    due = start + timedelta(days=number)
    plain = calendar({})

    first, second = (warning_day(plain, start, due, percent) for percent in (30, 15))

    assert start <= first <= second <= due
    assert (due - first).days >= number * 30 // 100 or first == start
    assert is_worked(first, {}) or first == start


def test_every_default_limit_can_be_reckoned(session: Session) -> None:
    start = date(2019, 3, 1)

    ends = {name: due_date(session, start, name).on for name in limits.DEFAULTS}

    assert all(end >= start for end in ends.values())
    assert ends["instruction.normal"] == date(2019, 3, 16)
    assert ends["proposal"] == date(2019, 6, 1)


def test_an_administrator_changes_a_limit_and_others_do_not(database: Database) -> None:
    span = Span(20, LimitUnit.WORKING_DAYS)
    database.write(limits.seed_limits)
    with pytest.raises(ReviewMissing):
        database.write(lambda s: limits.change_limit(s, administrator(), "document", span))
    database.write(unreviewed)

    database.write(lambda s: limits.change_limit(s, administrator(), "instruction.normal", span))
    with pytest.raises(NotYours):
        database.write(lambda s: limits.change_limit(s, handler(), "instruction.normal", span))

    with database.read() as session:
        assert limits.span_of(session, "instruction.normal").number == 20


@pytest.mark.parametrize(
    ("name", "number", "why"),
    [("review", 0, "number"), ("review", 5000, "number"), ("lunch", 1, "unknown")],
)
def test_a_limit_that_cannot_be_is_refused(
    database: Database, name: str, number: int, why: str
) -> None:
    span = Span(number, LimitUnit.WORKING_DAYS)

    with pytest.raises(LimitRefused) as refusal:
        database.write(lambda s: limits.change_limit(s, administrator(), name, span))

    assert refusal.value.facts["why"] == why


def test_a_name_that_nobody_defined_is_refused(session: Session) -> None:
    with pytest.raises(LimitRefused):
        due_date(session, date(2019, 3, 1), "lunch")
