"""What was late already when it came in: summed up once, and then the ladder goes on."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

import engine
from engine import Database, MovableClock
from tests import ledgers
from tests.workflows.imports.office import Office
from workflows.calendar import instant_of
from workflows.imports.batches import IMPORTED
from workflows.tables import Assignment, Escalation, Item, Notice, Person, Rung

LATE = ("河道清淤", "2019/8/30", "市水利局", 35, "", "2019.6.3", "", "", "", "")
NEAR = ("公交站台改造", "2019/9/24", "市交通运输局", 80, "", "2019.6.3", "", "", "", "")
FAR = ("老旧小区改造", "2019/12/31", "市城管局", 10, "", "2019.9.2", "", "", "", "")
DONE = ("教师工资", "2019/8/30", "市教体局", "100%", "", "2019.6.3", "", "", "已办结", "")
FRIDAY = date(2019, 9, 20)


@pytest.fixture
def ledger(office: Office) -> Office:
    """Import a late matter, one near its limit, one far from it, and one that is done."""
    office.brought(ledgers.made_up([LATE, NEAR, FAR, DONE]))
    return office


def wait_until(office: Office, clock: MovableClock, day: date) -> None:
    """Let the days go by, each with its timers of the morning and the evening."""
    today = FRIDAY
    while (today := today + timedelta(days=1)) <= day:
        clock.set(instant_of(today) + timedelta(hours=9, minutes=1))
        tick(office.database)


def tick(database: Database) -> None:
    """Fire whatever is due."""
    while database.write(engine.wake_due):
        pass


def told(office: Office) -> Counter[tuple[str, str]]:
    """Return who was told of what."""
    with office.database.read() as session:
        rows = session.execute(select(Person.login, Notice.kind).join(Person))
        return Counter((login, kind) for login, kind in rows)


def rungs(office: Office) -> list[tuple[str, Rung, int]]:
    """Return the rungs climbed, with the working days that were counted for each."""
    wanted = (
        select(Item.title, Escalation.rung, Escalation.days_overdue)
        .join(Assignment, Assignment.id == Escalation.assignment_id)
        .join(Item, Item.id == Assignment.item_id)
        .order_by(Escalation.id)
    )
    with office.database.read() as session:
        return [(title, rung, days) for title, rung, days in session.execute(wanted)]


def test_the_import_itself_reminds_and_escalates_nobody(ledger: Office) -> None:
    tick(ledger.database)

    assert told(ledger) == {("liwen", IMPORTED): 1}
    assert rungs(ledger) == []


def test_one_notice_sums_up_what_came_in(ledger: Office) -> None:
    with ledger.database.read() as session:
        notice = session.scalars(select(Notice)).one()

    counted = {name: notice.facts[name] for name in ("items", "overdue", "near")}
    assert counted == {"items": 4, "overdue": 1, "near": 1}


def test_a_real_ledger_floods_nobody_even_years_later(office: Office, clock: MovableClock) -> None:
    clock.set(instant_of(date(2026, 11, 24)) + timedelta(hours=10))

    office.brought(ledgers.real())
    tick(office.database)

    assert told(office) == {("liwen", IMPORTED): 1}


def test_the_ladder_goes_on_with_the_next_working_day_once(
    ledger: Office, clock: MovableClock
) -> None:
    wait_until(ledger, clock, date(2019, 9, 22))
    assert rungs(ledger) == []

    wait_until(ledger, clock, date(2019, 9, 23))
    tick(ledger.database)

    assert rungs(ledger) == [("河道清淤", Rung.REMINDER, 1)]


def test_the_first_rung_is_told_to_the_unit_and_not_to_the_supervisor_again(
    ledger: Office, clock: MovableClock
) -> None:
    wait_until(ledger, clock, date(2019, 9, 23))
    assert told(ledger)["shenliang", "escalated"] == 1
    assert told(ledger)["liwen", "escalated"] == 0

    wait_until(ledger, clock, date(2019, 9, 24))

    assert told(ledger)["liwen", "escalated"] == 1


def test_a_rung_says_from_which_day_it_counts(ledger: Office, clock: MovableClock) -> None:
    wait_until(ledger, clock, date(2019, 9, 23))

    with ledger.database.read() as session:
        notice = session.scalars(select(Notice).where(Notice.kind == "escalated").limit(1)).one()

    assert notice.facts["counted_from"] == "2019-09-20"
    assert notice.facts["rule"]["due_on"] == "2019-08-30"


def test_what_is_near_its_limit_is_reminded_of_on_the_day_after_the_import(
    ledger: Office, clock: MovableClock
) -> None:
    wait_until(ledger, clock, date(2019, 9, 21))

    assert told(ledger)["qianjin", "reminded"] == 1


def test_what_becomes_late_after_the_import_climbs_as_any_other(
    ledger: Office, clock: MovableClock
) -> None:
    wait_until(ledger, clock, date(2019, 9, 25))

    assert ("公交站台改造", Rung.REMINDER, 1) in rungs(ledger)
    assert told(ledger)["liwen", "escalated"] > 0
