"""What fails by rule is kept, shown and mended; what else waits isn't held up by it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

import engine
from engine import Call, Database, MovableClock
from engine.tables import DEFINITION, TIMER
from tests.engine.conftest import House, Office
from tests.engine.drawing import (
    boundary,
    choice,
    diagram,
    end,
    flow,
    path,
    service,
    start,
    sub,
    user,
)

CASE = diagram(
    "case",
    start(),
    user("write", "send"),
    service("log", "note"),
    choice("big", default="small"),
    user("large"),
    user("small"),
    end(),
    path("begin", "write", "log", "big", "small", "end"),
    flow("big", "large", "pages > 10"),
    flow("large", "end"),
)


def incident(database: Database) -> engine.Incident:
    """Return the one open incident."""
    with database.read() as session:
        (found,) = engine.incidents(session)
    return found


def mend(database: Database) -> None:
    """Try the one open incident again."""
    wanted = incident(database).id
    database.write(lambda session: engine.retry_incident(session, wanted, by="person:9"))


def test_a_persons_step_is_kept_when_an_operation_fails(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(CASE)
    office.start("case")
    task = office.task("write")
    house.broken.add("note")

    office.complete("write", "send", pages=3)

    with database.read() as session:
        assert engine.find_task(session, task.id).outcome == "send"
    found = incident(database)
    with database.read() as session:
        assert engine.count_incidents(session) == 1
    assert (found.kind, found.element_id, found.business_key) == ("operation", "log", "1")
    assert "the house is on fire" in found.error
    assert office.open() == []
    assert office.ends() == [None]


def test_trying_again_goes_on_where_it_stood(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(CASE)
    office.start("case")
    house.broken.add("note")
    office.complete("write", "send", pages=30)

    house.broken.clear()
    mend(database)

    assert office.open() == ["large"]
    with database.read() as session:
        assert engine.incidents(session) == []
        assert engine.count_incidents(session) == 0
        (old,) = engine.incidents(session, resolved=True)
    assert old.resolved_by == "person:9"


def test_what_fails_again_is_a_new_incident(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(CASE)
    office.start("case")
    house.broken.add("note")
    office.complete("write", "send")
    first = incident(database).id

    mend(database)

    assert incident(database).id != first
    with pytest.raises(engine.IncidentUnknown):
        database.write(lambda session: engine.retry_incident(session, first, by="person:9"))


def test_what_an_operation_did_before_it_failed_is_undone(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(CASE)
    office.start("case")
    house.broken.add("note")
    house.during = lambda call: engine.enqueue(call.session, "print", {})

    office.complete("write", "send")

    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM engine_job")).scalar_one() == 0
    assert incident(database).element_id == "log"


def test_a_condition_without_its_data_is_an_incident(office: Office, database: Database) -> None:
    office.deploy(CASE)
    office.start("case")

    office.complete("write", "send")

    found = incident(database)
    assert (found.kind, found.element_id) == ("expression", "big")
    assert "pages" in found.error


def test_an_operation_may_only_write_what_it_declares(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(CASE)
    office.start("case")
    house.writes = {"salary": 1_000_000}

    office.complete("write", "send")

    assert "salary" in incident(database).error


def test_a_parameter_of_another_type_is_an_incident(office: Office, database: Database) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            service("log", "tell", text="name", number="1", flag="True"),
            end(),
            path("begin", "log", "end"),
        )
    )

    office.start("case", name=12)

    assert "'text' is a int" in incident(database).error


def test_an_operation_cannot_move_its_own_instance(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(CASE)
    instance = office.start("case")

    def meddle(call: Call) -> None:
        engine.cancel(call.session, instance.id, reason="", by="operation")

    house.during = meddle
    office.complete("write", "send")

    assert "InstanceBusy" in incident(database).error
    assert office.ends() == [None]


def test_a_task_in_error_does_not_outlive_its_scope(office: Office, database: Database) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            sub(
                "work",
                start("in"),
                choice("way", default="out"),
                end("out"),
                user("never"),
                path("in", "way", "out"),
                flow("way", "never", "missing"),
                flow("never", "out"),
            ),
            boundary("stopped", "work", interrupting=True, message="stop"),
            end(),
            path("begin", "work", "end"),
            flow("stopped", "end"),
            messages=["stop"],
        )
    )
    instance = office.start("case")
    standing = incident(database).element_id

    office.send("stop", instance_id=instance.id)

    assert standing == "way"
    assert office.ends() == ["completed"]
    with database.read() as session:
        assert engine.incidents(session) == []


def test_a_poisoned_timer_does_not_stop_the_others(
    office: Office, database: Database, house: House, clock: MovableClock
) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            user("work"),
            boundary("over", "work", interrupting=True, duration="P1D"),
            user("rescue"),
            end(),
            path("begin", "work", "end"),
            path("over", "rescue", "end"),
        )
    )
    office.start("case", key="poisoned")
    clock.move(timedelta(hours=1))
    office.start("case", key="healthy")
    clock.move(timedelta(days=2))

    house.broken.add("listener")
    database.write(engine.wake_due)
    house.broken.clear()
    office.wake()

    assert office.open("poisoned") == ["work"]
    assert office.open("healthy") == ["rescue"]
    mend(database)
    office.wake()
    assert office.open("poisoned") == ["rescue"]


def test_a_delivery_that_keeps_failing_becomes_an_incident(
    office: Office, database: Database, house: House, clock: MovableClock
) -> None:
    house.due["soon"] = clock.now() + timedelta(days=1)
    office.deploy(
        diagram(
            "case",
            start(),
            user("work"),
            boundary("over", "work", date="due.soon"),
            end(),
            path("begin", "work", "end"),
            flow("over", "end"),
        )
    )
    office.start("case")

    def broken(_session: object, _place: object) -> None:
        raise RuntimeError("the calendar is gone")

    dates = database.registry.due_dates
    database.registry = engine.Registry(due_dates=dict.fromkeys(dates, broken))
    database.write(lambda session: engine.reschedule(session, "1"))
    for _ in range(4):
        clock.move(timedelta(minutes=1))
        engine.work_once(database)
    found = incident(database)

    database.registry = engine.Registry(due_dates=dates)
    mend(database)
    engine.work_once(database)

    assert found.kind == "delivery"
    assert "reschedule" in found.error
    with database.read() as session:
        assert len(session.execute(TIMER.select()).all()) == 1
        assert session.execute(text("SELECT count(*) FROM engine_delivery")).scalar_one() == 0


def test_an_instance_whose_diagram_nobody_can_read_stops_no_other(
    office: Office, database: Database, clock: MovableClock
) -> None:
    for name in ("lost", "healthy"):
        office.deploy(
            diagram(
                name,
                start(),
                user("work"),
                boundary("over", "work", interrupting=True, duration="P1D"),
                user("rescue"),
                end(),
                path("begin", "work", "end"),
                path("over", "rescue", "end"),
            )
        )
        office.start(name, key=name)
        clock.move(timedelta(hours=1))
    spoil = DEFINITION.update().where(DEFINITION.c.process_id == "lost").values(xml=b"<lost/>")
    database.write(lambda session: session.execute(spoil))
    database.plans.clear()
    clock.move(timedelta(days=2))

    while engine.work_once(database):
        pass

    assert office.open("healthy") == ["rescue"]
    assert incident(database).kind == "timer"


def test_what_fails_in_the_worker_stops_nothing_else(
    office: Office, database: Database, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.deploy(
        diagram("case", start(), service("tell", "mail"), end(), path("begin", "tell", "end"))
    )
    office.start("case")

    def broken(*_: object) -> list[int]:
        raise RuntimeError("the index is gone")

    monkeypatch.setattr("engine.store.timers.due_instances", broken)
    with pytest.raises(RuntimeError):
        engine.work_once(database)

    assert house.done == [("mail 1", {})]
    assert office.ends("1") == ["completed"]
