"""The calendar: what its table says, what it guesses, and what it refuses."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from engine import Database, Session
from tests.workflows.offices import administrator, handler
from workflows.calendar import (
    SpecialDay,
    add_working_days,
    import_year,
    instant_of,
    is_working,
    known_years,
    office_day,
    seed_calendar,
    working_days_between,
    year_table,
)
from workflows.errors import CalendarRefused, NotYours


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Give a session with the seeded calendar."""
    database.write(seed_calendar)
    with database.read() as session:
        yield session


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2019, 6, 6), True),
        (date(2019, 6, 7), False),  # 端午节, a Friday
        (date(2019, 9, 29), True),  # a Sunday that is worked for 国庆节
        (date(2019, 10, 12), True),
        (date(2019, 10, 13), False),
        (date(2018, 12, 29), True),  # came with the notice for 2019
    ],
)
def test_holidays_and_make_up_days_are_what_the_notice_says(
    session: Session,
    day: date,
    working: bool,  # noqa: FBT001 (a case of the table above)
) -> None:
    assert is_working(session, day) is working


def test_the_mock_ups_distances_come_out(session: Session) -> None:
    today = date(2019, 9, 18)

    overdue = working_days_between(session, today, date(2019, 8, 30))
    left = working_days_between(session, today, date(2019, 9, 25))
    on_a_sunday = working_days_between(session, today, date(2019, 8, 25))

    assert (overdue, left, on_a_sunday) == (-12, 5, -17)


def test_adding_goes_both_ways_over_a_holiday(session: Session) -> None:
    assert add_working_days(session, date(2019, 9, 30), 1) == date(2019, 10, 8)
    assert add_working_days(session, date(2019, 10, 8), -1) == date(2019, 9, 30)
    assert add_working_days(session, date(2019, 10, 8), 0) == date(2019, 10, 8)


def test_a_year_without_a_table_is_provisional_and_knows_only_weekends(session: Session) -> None:
    table = year_table(session, 2031)

    assert table.provisional
    assert not table.special
    assert is_working(session, date(2031, 10, 1))
    assert not is_working(session, date(2031, 10, 4))


def test_the_library_is_believed_only_for_years_that_it_has(session: Session) -> None:
    years = [row.year for row in known_years(session)]

    assert years[-1] == 2004
    assert all(
        any(not day.working for day in year_table(session, y).special.values()) for y in years
    )
    assert not year_table(session, 2019).provisional


def test_seeding_twice_changes_nothing(database: Database) -> None:
    database.write(seed_calendar)

    database.write(seed_calendar)

    with database.read() as session:
        assert year_table(session, 2019).version == 1


NOTICE = [
    SpecialDay(date(2030, 12, 28), working=True, name="元旦"),
    SpecialDay(date(2031, 1, 1), working=False, name="元旦"),
    SpecialDay(date(2031, 10, 1), working=False, name="国庆节"),
]


def test_an_imported_table_takes_the_guess_s_place(database: Database) -> None:
    database.write(seed_calendar)

    def bring_in(session: Session) -> None:
        assert is_working(session, date(2031, 10, 1))
        import_year(session, administrator(), 2031, NOTICE, "国办发明电〔2030〕7号")
        assert not is_working(session, date(2031, 10, 1))

    database.write(bring_in)

    with database.read() as session:
        table = year_table(session, 2031)
        assert (table.source, table.provisional) == ("国办发明电〔2030〕7号", False)
        assert is_working(session, date(2030, 12, 28))


def test_a_second_import_replaces_the_first(database: Database) -> None:
    corrected = [SpecialDay(date(2031, 10, 2), working=False, name="国庆节")]

    def bring_in_twice(session: Session) -> None:
        import_year(session, administrator(), 2031, NOTICE, "第一次")
        import_year(session, administrator(), 2031, corrected, "更正")

    database.write(bring_in_twice)

    with database.read() as session:
        assert list(year_table(session, 2031).special) == [date(2031, 10, 2)]
        assert not year_table(session, 2030).special
        assert year_table(session, 2031).version == 2


def test_the_next_year_s_december_days_survive_a_correction(database: Database) -> None:
    def bring_in(session: Session) -> None:
        import_year(session, administrator(), 2031, NOTICE, "2031")
        days = [SpecialDay(date(2030, 10, 1), working=False, name="国庆节")]
        import_year(session, administrator(), 2030, days, "2030")

    database.write(bring_in)

    with database.read() as session:
        assert is_working(session, date(2030, 12, 28))


@pytest.mark.parametrize(
    ("days", "source", "code"),
    [
        ([], "通知", "empty"),
        (NOTICE, " ", "source"),
        ([*NOTICE, NOTICE[1]], "通知", "twice"),
        ([SpecialDay(date(2032, 1, 1), working=False, name="元旦")], "通知", "other_year"),
        ([SpecialDay(date(2031, 1, 2), working=True, name="元旦")], "通知", "works_anyway"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused(
    database: Database, days: list[SpecialDay], source: str, code: str
) -> None:
    with pytest.raises(CalendarRefused) as refusal:
        database.write(lambda session: import_year(session, administrator(), 2031, days, source))

    assert [problem["code"] for problem in refusal.value.facts["problems"]] == [code]


def test_only_an_administrator_imports(database: Database) -> None:
    with pytest.raises(NotYours):
        database.write(lambda session: import_year(session, handler(), 2031, NOTICE, "通知"))


def test_a_day_begins_at_midnight_in_beijing() -> None:
    late = datetime(2019, 9, 17, 16, tzinfo=UTC)

    assert office_day(late) == date(2019, 9, 18)
    assert instant_of(date(2019, 9, 18)) == late
