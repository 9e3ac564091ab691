"""The clock against a reference that looks at one day after the other, stops included."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import SpecialDay, WorkCalendar, YearDays
from workflows.reckoning import Due, Reckoner, Span, Stop
from workflows.tables import LimitUnit, StartEvent

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2018, 1, 1), date(2021, 12, 31))
ODD_DAYS = st.dictionaries(DAYS, st.booleans(), max_size=90)
NUMBERS = {
    LimitUnit.SAME_DAY: st.just(0),
    LimitUnit.WORKING_DAYS: st.integers(1, 60),
    LimitUnit.NATURAL_DAYS: st.integers(1, 120),
    LimitUnit.MONTHS: st.integers(1, 14),
}
SPANS = st.one_of(
    [numbers.map(lambda n, unit=unit: Span(n, unit)) for unit, numbers in NUMBERS.items()]
)
CAUSES = st.sampled_from(["objection", "change", "review", "suspension"])


def works(day: date, odd: Mapping[date, bool]) -> bool:
    """Say in the plainest way whether a day is worked."""
    return odd.get(day, day.isoweekday() <= 5)


def reckoner(odd: Mapping[date, bool], *, roll: bool = False, published: bool = True) -> Reckoner:
    """Return what reckons on a calendar with these odd days."""
    special = {day: SpecialDay(day, working, "节") for day, working in odd.items()}
    calendar = WorkCalendar(lambda year: YearDays(year, special, "测试", int(published)))
    return Reckoner(calendar, roll, 30, 15)


def day_by_day(
    start: date, span: Span, odd: Mapping[date, bool], stops: list[Stop], *, roll: bool
) -> date:
    """Tick the days of a limit off, one after the other; a day in a stop isn't ticked.

    The last one isn't used up either on the day on which a stop begins.
    """
    left = span.number
    if span.unit is LimitUnit.MONTHS:
        left = (months_later(start, span.number) - start).days
    day = start
    while left or any(stop.since == day < stop.until for stop in stops):
        left = left or 1
        day += ONE_DAY
        still = any(stop.since < day <= stop.until for stop in stops)
        begins = left == 1 and any(stop.since == day < stop.until for stop in stops)
        counts = span.unit is not LimitUnit.WORKING_DAYS or works(day, odd)
        left -= counts and not still and not begins
    if roll and span.unit in (LimitUnit.NATURAL_DAYS, LimitUnit.MONTHS):
        while not works(day, odd):
            day += ONE_DAY
    return day


def months_later(start: date, number: int) -> date:
    """Go on month by month, and end on its last day where the day is missing."""
    year, month = start.year, start.month
    for _ in range(number):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def stop_and_go(due: Due, start: date, span: Span, gaps: list[int], by: Reckoner) -> Due:
    """Stop a clock for these days, each time on the first day after the last stop."""
    since = start
    for days in gaps:
        if since > due.on:  # what has run out isn't stopped
            break
        stop = Stop("objection", since, since + timedelta(days=days))
        due = by.stopped(due.why, start, due.on, stop)
        since = stop.until + ONE_DAY
    return due


@given(DAYS, SPANS, ODD_DAYS, st.booleans(), st.lists(st.integers(0, 40), max_size=4))
def test_the_clock_agrees_with_ticking_off_the_days(
    start: date,
    span: Span,
    odd: dict[date, bool],
    roll: bool,  # noqa: FBT001 (drawn)
    gaps: list[int],
) -> None:
    by = reckoner(odd, roll=roll)
    due = stop_and_go(by.due(start, span), start, span, gaps, by)

    stops = [
        Stop(part["cause"], date.fromisoformat(part["from"]), date.fromisoformat(part["to"]))
        for part in due.why
        if part["kind"] == "stopped"
    ]
    assert due.on == day_by_day(start, span, odd, stops, roll=roll)


@given(
    DAYS,
    SPANS,
    ODD_DAYS,
    st.lists(st.tuples(CAUSES, st.integers(0, 9), st.integers(0, 9)), max_size=4),
)
def test_stops_that_overlap_count_once(
    start: date, span: Span, odd: dict[date, bool], drawn: list[tuple[str, int, int]]
) -> None:
    by, span = reckoner(odd), Span(span.number + 10, LimitUnit.WORKING_DAYS)
    due = by.due(start, span)
    stops = []
    for cause, after, days in drawn:
        since = start + timedelta(days=after)
        stops.append(Stop(cause, since, since + timedelta(days=days)))
        due = by.stopped(due.why, start, due.on, stops[-1])

    assert due.on == day_by_day(start, span, odd, stops, roll=False)


@given(DAYS, SPANS, ODD_DAYS, st.booleans(), st.lists(st.integers(0, 20), max_size=3))
def test_a_log_that_is_played_again_says_the_same(
    start: date,
    span: Span,
    odd: dict[date, bool],
    roll: bool,  # noqa: FBT001 (drawn)
    gaps: list[int],
) -> None:
    by = reckoner(odd, roll=roll, published=False)
    due = stop_and_go(by.due(start, span, StartEvent.HANDED_OVER), start, span, gaps, by)

    assert by.again(due.why, start) == due


@given(DAYS, SPANS, ODD_DAYS, ODD_DAYS, st.lists(st.integers(0, 20), max_size=3))
def test_a_log_that_is_played_on_another_calendar_is_what_it_would_have_been(
    start: date, span: Span, odd: dict[date, bool], other: dict[date, bool], gaps: list[int]
) -> None:
    before, after = reckoner(odd), reckoner(other)
    due = stop_and_go(before.due(start, span), start, span, gaps, before)
    stops = [
        Stop(part["cause"], date.fromisoformat(part["from"]), date.fromisoformat(part["to"]))
        for part in due.why
        if part["kind"] == "stopped"
    ]

    again = after.again(due.why, start)

    assert again is not None
    assert again.on == day_by_day(start, span, other, stops, roll=False)


@given(DAYS, st.integers(1, 200), ODD_DAYS, ODD_DAYS)
def test_a_day_that_was_set_or_consented_to_stays_on_any_calendar(
    start: date, days: int, odd: dict[date, bool], other: dict[date, bool]
) -> None:
    on = start + timedelta(days=days)
    chosen = reckoner(odd).chosen(start, on)
    later = {
        "kind": "extended", "asked": start.isoformat(), "decided": on.isoformat(),
        "from": on.isoformat(), "to": (on + ONE_DAY).isoformat(),
    }  # fmt: skip

    for why, day in ((chosen.why, on), ([*chosen.why, later], on + ONE_DAY)):
        again = reckoner(other).again(why, start)
        assert again is not None
        assert again.on == day


def test_an_extension_isn_t_lengthened_by_the_wait_for_it() -> None:
    by, start = reckoner({}), date(2019, 3, 1)
    due = by.due(start, Span(15, LimitUnit.NATURAL_DAYS))
    extended = {
        "kind": "extended", "asked": "2019-03-05", "decided": "2019-03-08",
        "from": "2019-03-16", "to": "2019-04-01",
    }  # fmt: skip
    waited = Stop("change", date(2019, 3, 5), date(2019, 3, 8))

    after = by.stopped([*due.why, extended], start, date(2019, 4, 1), waited)
    before = by.again([*by.stopped(due.why, start, due.on, waited).why, extended], start)

    assert before is not None
    assert after.on == before.on == date(2019, 4, 1)


def test_a_stop_says_from_when_to_when_and_where_it_leads() -> None:
    by, start = reckoner({}), date(2019, 3, 1)
    due = by.due(start, Span(5, LimitUnit.WORKING_DAYS))

    moved = by.stopped(due.why, start, due.on, Stop("review", date(2019, 3, 7), date(2019, 3, 12)))

    assert due.on == date(2019, 3, 8)
    assert moved.on == date(2019, 3, 13)
    assert moved.why[-1] == {
        "kind": "stopped", "cause": "review", "from": "2019-03-07", "to": "2019-03-12",
        "days": 3, "unit": "working_days", "on": "2019-03-13", "working": True,
    }  # fmt: skip


def test_a_log_without_a_beginning_can_t_be_played_but_it_can_be_stopped() -> None:
    by, began, on = reckoner({}), date(2019, 3, 8), date(2019, 3, 20)

    assert by.again([], began) is None
    assert by.stopped([], began, on, Stop("review", began, began + 2 * ONE_DAY)).on == date(
        2019, 3, 22
    )
