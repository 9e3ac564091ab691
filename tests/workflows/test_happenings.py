"""What the ledger says of a day that has gone by is what it said on that day."""

from collections.abc import Callable
from datetime import date, timedelta

from engine import Session
from tests.workflows.town import Town
from workflows import ledger, story
from workflows.closing import close_item
from workflows.ledger import By
from workflows.ledger_filter import LedgerFilter, Scope
from workflows.lights import Light
from workflows.story import Happened
from workflows.tables import Item, ItemState

FIRST, LAST = date(2020, 3, 2), date(2020, 4, 9)


def ids(town: Town, **wanted: object) -> set[int]:
    """Return the items that a filter shows to the office."""
    rows = town.look("li", ledger.rows, LedgerFilter(**wanted), page=None)  # type: ignore[arg-type]
    return {row.item.id for row in rows}


def closed(town: Town, item_id: int) -> None:
    """Strike an item off the ledger."""
    town.answer(item_id)
    town.act("zhang", close_item, town.task(item_id, "close"))


def test_what_was_overdue_as_a_day_ended_is_known_for_ever(small_town: Town) -> None:
    """Past the limit, done late, extended after it looked late, sent to the leader and again."""
    town = small_town
    late, done, extended, again = (town.handled(title=title) for title in "甲乙丙丁")
    town.ask(extended, new_due_on=date(2020, 3, 31))
    deeds: dict[date, list[Callable[[], object]]] = {
        date(2020, 3, 19): [lambda: town.pass_on(extended), lambda: town.consent(extended)],
        date(2020, 3, 20): [lambda: town.finish(done)],
        date(2020, 3, 24): [lambda: closed(town, done)],
        date(2020, 3, 25): [lambda: town.finish(again)],
        date(2020, 3, 26): [lambda: town.answer(again, new_instruction=True, opinion="再抓一抓")],
        date(2020, 3, 27): [lambda: town.assign(again)],
    }

    seen: dict[date, set[int]] = {}
    day = FIRST
    while day < LAST:
        for deed in deeds.get(day, ()):
            deed()
        seen[day] = ids(town, lights=(Light.RED,))
        day += timedelta(days=1)
        town.set_clock(day)

    told = {on: ids(town, scope=Scope.ALL, late_on=on) for on in seen}
    assert told == seen
    assert set().union(*seen.values()) == {late, done, extended, again}
    assert extended in seen[date(2020, 3, 18)]
    assert seen[date(2020, 3, 30)] == {late}
    assert extended in seen[date(2020, 4, 2)]


def test_closings_registrations_and_reports_are_found_by_their_days(small_town: Town) -> None:
    town = small_town
    item_id = town.accepted()
    other = town.handled(title="还在办")
    town.set_clock(date(2020, 3, 9))
    closed(town, item_id)
    town.report(other)

    week = {"closed_from": date(2020, 3, 9), "closed_to": date(2020, 3, 15)}
    assert ids(town, scope=Scope.ALL, **week) == {item_id}
    assert ids(town, scope=Scope.ALL, closed_to=date(2020, 3, 8)) == set()
    assert ids(town, scope=Scope.ALL, registered_to=FIRST) == {item_id, other}
    assert ids(town, scope=Scope.ALL, registered_from=date(2020, 3, 3)) == set()
    assert ids(town, scope=Scope.ALL, reported=True) == {item_id, other}
    assert ids(town, leads=(town.units["parks"],)) == {other}
    assert ids(town, holder_id=town.units["parks"]) == {other}
    assert town.look("li", ledger.counted_by, LedgerFilter(scope=Scope.ALL), By.REPORTED) == {
        (True,): 2
    }


def test_what_was_cancelled_is_neither_due_nor_closed_and_what_was_taken_up_again_is_open(
    small_town: Town,
) -> None:
    town = small_town
    item_id = town.handled()
    due_on = town.item(item_id).due_on
    days = {"due_from": due_on, "due_to": due_on}
    week = {"closed_from": FIRST, "closed_to": LAST}
    assert ids(town, scope=Scope.ALL, **days) == {item_id}

    tell(town, item_id, Happened.CLOSED, state=ItemState.CANCELLED)
    assert ids(town, scope=Scope.ALL, **days) == set()
    assert ids(town, scope=Scope.ALL, **week) == set()
    tell(town, item_id, Happened.CLOSED, state=ItemState.CLOSED)
    assert ids(town, scope=Scope.ALL, **week) == {item_id}
    tell(town, item_id, Happened.REOPENED, state=ItemState.OPEN, times_reopened=1)
    assert ids(town, scope=Scope.ALL, **week) == set()


def tell(town: Town, item_id: int, kind: Happened, **now: object) -> None:
    """Write a line of an item's story, and how it stands after it."""

    def work(session: Session) -> None:
        story.tell(session, item_id, kind, None, {})
        for name, value in now.items():
            setattr(session.get_one(Item, item_id), name, value)

    town.database.write(work)
