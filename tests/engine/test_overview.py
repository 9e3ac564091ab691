"""What waits in the whole house, over all keys and versions."""

from datetime import UTC, datetime, timedelta

import engine
from engine import Database
from tests.conftest import MONDAY_MORNING
from tests.engine.conftest import House, Office
from tests.engine.drawing import boundary, catch, diagram, end, path, receive, start, user

ASKED = diagram(
    "asked",
    start(),
    user("write"),
    boundary("late", "write", duration="P2D"),
    end(),
    path("begin", "write", "end"),
    path("late", "end"),
)
PAUSED = diagram(
    "paused", start(), catch("pause", duration="P1D"), end(), path("begin", "pause", "end")
)


def test_the_timers_of_all_keys_come_in_the_order_of_their_dates(
    office: Office, database: Database
) -> None:
    office.deploy(ASKED)
    office.deploy(PAUSED)
    office.start("asked", key="1")
    paused = office.start("paused", key="2")

    with database.read() as session:
        everywhere = engine.waiting_timers(session)
        (pause,) = engine.waiting_timers(session, "2")

    assert [(t.business_key, t.element_id) for t in everywhere] == [("2", "pause"), ("1", "late")]
    assert (pause.instance_id, pause.process_id) == (paused.id, "paused")
    assert pause.due_at == MONDAY_MORNING + timedelta(days=1)


def test_a_timer_has_the_name_that_its_own_version_gives_it(
    office: Office, database: Database
) -> None:
    office.deploy(PAUSED.replace(b'id="pause"', b'id="pause" name="old" duban:name_en="O"'))
    office.start("paused", key="1")
    office.deploy(PAUSED.replace(b'id="pause"', b'id="pause" name="new" duban:name_en="N"'))
    office.start("paused", key="2")

    with database.read() as session:
        found = engine.waiting_timers(session)

    assert [(timer.name, timer.name_en) for timer in found] == [("old", "O"), ("new", "N")]


def test_timers_that_are_due_together_are_paged_one_by_one(
    office: Office, database: Database
) -> None:
    office.deploy(PAUSED)
    for key in "12345":
        office.start("paused", key=key)

    with database.read() as session:
        first = engine.waiting_timers(session, limit=2)
        second = engine.waiting_timers(session, after=first[-1], limit=2)
        third = engine.waiting_timers(session, after=second[-1], limit=2)

    assert len({timer.id for timer in (*first, *second, *third)}) == 5
    assert {timer.due_at for timer in (*first, *third)} == {datetime(2020, 3, 3, 1, tzinfo=UTC)}


def test_the_open_tasks_of_all_keys_are_paged_the_oldest_first(
    office: Office, database: Database
) -> None:
    office.deploy(ASKED)
    for key in "12345":
        office.start("asked", key=key)
    office.complete("write", key="3")

    with database.read() as session:
        first = engine.all_open_tasks(session, limit=3)
        rest = engine.all_open_tasks(session, limit=3, after=first[-1].id)

    assert [task.business_key for task in (*first, *rest)] == ["1", "2", "4", "5"]


def test_open_tasks_are_asked_for_by_process_and_element_over_all_versions(
    office: Office, database: Database
) -> None:
    office.deploy(ASKED)
    office.start("asked", key="1")
    office.deploy(ASKED.replace(b'name="write"', b'name="sign"'))
    office.start("asked", key="2")
    office.deploy(ASKED.replace(b'"asked"', b'"other"'))
    office.start("other", key="3")

    with database.read() as session:
        of_process = engine.all_open_tasks(session, process_id="asked")
        of_element = engine.all_open_tasks(session, element_id="write")
        nowhere = engine.all_open_tasks(session, process_id="asked", element_id="late")

    assert [task.name for task in of_process] == ["write", "sign"]
    assert len(of_element) == 3
    assert nowhere == []


def test_running_instances_are_asked_for_by_version(office: Office, database: Database) -> None:
    first = office.deploy(ASKED)
    old = office.start("asked", key="1")
    ended = office.start("asked", key="2")
    second = office.deploy(ASKED.replace(b'name="write"', b'name="sign"'))
    new = office.start("asked", key="3")
    database.write(lambda s: engine.cancel(s, ended.id, reason="moot", by="person:1"))

    with database.read() as session:
        all_of_them = engine.running(session, "asked")
        of_first = engine.running(session, "asked", definition_id=first.id)
        page = engine.running(session, "asked", after=old.id)
        loads = engine.loads(session, "asked")

    assert [instance.id for instance in all_of_them] == [old.id, new.id]
    assert [instance.id for instance in of_first] == [old.id]
    assert [instance.id for instance in page] == [new.id]
    assert [(e.definition_id, e.version, e.running, e.completed, e.cancelled) for e in loads] == [
        (second.id, 2, 1, 0, 0),
        (first.id, 1, 1, 0, 1),
    ]


def test_a_version_that_nobody_uses_carries_nothing(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(ASKED)
    office.deploy(PAUSED)
    office.start("paused")

    with database.read() as session:
        loads = {load.process_id: load.running for load in engine.loads(session)}

    assert loads == {"asked": 0, "paused": 1}


def test_signals_and_addressed_messages_are_told_to_be_awaited(
    office: Office, database: Database
) -> None:
    office.deploy(
        diagram("told", start(), catch("hear", signal="go"), end(), path("begin", "hear", "end"))
    )
    office.deploy(
        diagram(
            "met",
            start(),
            receive("meet", "reply", key="number"),
            end(),
            path("begin", "meet", "end"),
        )
    )
    office.start("told", key="1")
    office.start("met", key="2", number="17")

    with database.read() as session:
        hear, meet = engine.awaited(session)
        (of_key,) = engine.awaited(session, "2")
        (rest,) = engine.awaited(session, after=hear.id)

    assert (hear.element_id, hear.kind, hear.event, hear.address) == ("hear", "signal", "go", None)
    assert (meet.element_id, meet.kind, meet.event) == ("meet", "message", "reply")
    assert "17" in str(meet.address)
    assert of_key == rest == meet
    assert (meet.business_key, meet.process_id, meet.since) == ("2", "met", MONDAY_MORNING)
