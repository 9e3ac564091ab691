"""How often elements were reached and left, and how long that took."""

from datetime import timedelta

import pytest
from sqlalchemy import event

import engine
from engine import Database, ElementTime, MovableClock
from tests.conftest import MONDAY_MORNING
from tests.engine.conftest import House, Office
from tests.engine.drawing import (
    boundary,
    call,
    catch,
    choice,
    diagram,
    end,
    flow,
    path,
    service,
    start,
    user,
)

WRITTEN = diagram(
    "written",
    start(),
    user("write"),
    boundary("taken_back", "write", interrupting=True, message="withdraw"),
    boundary("late", "write", cycle="R/P1D"),
    service("remind", "note"),
    end("reminded"),
    service("log", "note"),
    choice("again", default="end"),
    end(),
    path("begin", "write", "log", "again", "end"),
    flow("again", "write", 'outcome == "again"'),
    path("taken_back", "end"),
    path("late", "remind", "reminded"),
    messages=["withdraw"],
)
PAUSED = diagram(
    "paused", start(), catch("pause", duration="P1D"), end(), path("begin", "pause", "end")
)
CHILD = diagram("child", start(), user("do"), end(), path("begin", "do", "end"))
PARENT = diagram(
    "parent",
    start(),
    call("units", "child", items="units", item="unit"),
    boundary("over", "units", interrupting=True, duration="P9D"),
    end(),
    path("begin", "units", "end"),
    path("over", "end"),
)


def times_of(database: Database, process: str, **within: object) -> dict[str, ElementTime]:
    """Return the times of a process by element."""
    with database.read() as session:
        found = engine.element_times(session, process, **within)  # type: ignore[arg-type]
    return {each.element_id: each for each in found}


def later(clock: MovableClock, **distance: float) -> None:
    clock.move(timedelta(**distance))


def test_a_task_is_counted_and_measured_over_all_its_visits(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(WRITTEN.replace(b"R/P1D", b"R/P99D"))
    for key, minutes in enumerate([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]):
        office.start("written", key=str(key))
        later(clock, minutes=minutes)
        office.complete("write", key=str(key))
    office.start("written", key="open")

    write = times_of(database, "written")["write"]

    assert (write.reached, write.completed, write.cancelled, write.open) == (11, 10, 0, 1)
    assert (write.measured, write.seconds) == (10, 550 * 60)
    assert (write.median, write.p90) == (50 * 60, 90 * 60)


def test_what_was_cancelled_is_counted_apart(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(WRITTEN)
    taken_back, ended = office.start("written", key="1"), office.start("written", key="2")
    later(clock, hours=1)
    office.send("withdraw", instance_id=taken_back.id)
    database.write(lambda s: engine.cancel(s, ended.id, reason="moot", by="person:1"))

    times = times_of(database, "written")

    write, event_ = times["write"], times["taken_back"]
    assert (write.reached, write.completed, write.cancelled, write.open) == (2, 0, 2, 0)
    assert (write.measured, write.median) == (2, 3600)
    assert (event_.reached, event_.completed, event_.open) == (1, 1, 0)


def test_an_event_at_a_boundary_is_reached_when_it_happens(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(WRITTEN)
    office.start("written")
    for _ in range(3):
        later(clock, days=1)
        office.wake()

    times = times_of(database, "written")

    assert (times["late"].reached, times["late"].completed, times["late"].open) == (3, 3, 0)
    assert (times["late"].measured, times["late"].median) == (0, None)
    assert (times["remind"].reached, times["remind"].completed) == (3, 3)


def test_an_event_in_the_flow_is_reached_when_the_wait_begins(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(PAUSED)
    office.start("paused", key="1")
    later(clock, days=1)
    office.wake()
    office.start("paused", key="2")

    pause = times_of(database, "paused")["pause"]

    assert (pause.reached, pause.completed, pause.open) == (2, 1, 1)
    assert (pause.measured, pause.seconds) == (1, 86_400)


def test_a_call_lasts_until_its_last_child_has_ended(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(CHILD)
    office.deploy(PARENT)
    office.start("parent", key="1", units=["a", "b"])
    office.start("parent", key="2", units=["a"])
    office.start("parent", key="3", units=[])
    later(clock, hours=1)
    office.complete("do", key="1")
    later(clock, hours=1)
    office.complete("do", key="1")

    units = times_of(database, "parent")["units"]

    assert (units.reached, units.completed, units.cancelled, units.open) == (3, 1, 0, 1)
    assert (units.measured, units.seconds) == (1, 7200)


def test_a_call_that_was_cut_off_counts_as_cancelled(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(CHILD)
    office.deploy(PARENT)
    office.start("parent", units=["a", "b"])
    office.complete("do")
    later(clock, days=9)
    office.wake()

    units = times_of(database, "parent")["units"]

    assert (units.reached, units.completed, units.cancelled, units.open) == (1, 0, 1, 0)
    assert units.seconds == 9 * 86_400


def test_calls_of_one_moment_are_told_apart(
    office: Office, database: Database, clock: MovableClock
) -> None:
    row = diagram(
        "row",
        start(),
        call("first", "quick"),
        call("second", "quick"),
        call("third", "child"),
        end(),
        path("begin", "first", "second", "third", "end"),
    )
    office.deploy(diagram("quick", start(), end(), path("begin", "end")))
    office.deploy(CHILD)
    office.deploy(row)
    office.start("row")
    later(clock, hours=3)
    office.complete("do")

    times = times_of(database, "row")

    assert [times[e].completed for e in ("first", "second", "third")] == [1, 1, 1]
    assert [times[e].seconds for e in ("first", "second", "third")] == [0, 0, 3 * 3600]


def test_all_versions_count_and_the_newest_name_is_told(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(WRITTEN)
    office.start("written", key="1")
    office.deploy(WRITTEN.replace(b'name="write"', b'name="sign"'))
    office.start("written", key="2")

    write = times_of(database, "written")["write"]

    assert (write.name, write.reached, write.open) == ("sign", 2, 2)


def test_another_process_does_not_count(office: Office, database: Database) -> None:
    office.deploy(WRITTEN)
    office.deploy(WRITTEN.replace(b'"written"', b'"other"'))
    office.start("other")

    assert times_of(database, "written") == {}


def test_only_what_was_written_down_in_the_time_asked_for_counts(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(WRITTEN.replace(b"R/P1D", b"R/P99D"))
    for key in "123":
        office.start("written", key=key)
        later(clock, hours=10)
        office.complete("write", key=key)

    first_day = times_of(database, "written", until=MONDAY_MORNING + timedelta(hours=15))["write"]
    rest = times_of(database, "written", since=MONDAY_MORNING + timedelta(hours=15))["write"]

    assert (first_day.reached, first_day.completed, first_day.measured) == (2, 1, 1)
    assert (rest.reached, rest.completed, rest.measured) == (1, 2, 2)
    assert rest.seconds == 20 * 3600


def test_tokens_in_error_and_errands_stand_where_they_are(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(
        diagram("posted", start(), service("post", "mail"), end(), path("begin", "post", "end"))
    )
    office.deploy(WRITTEN)
    house.broken = {"note"}
    office.start("written", key="1")
    office.complete("write", key="1")
    office.start("posted", key="2")

    assert times_of(database, "written")["log"].open == 1
    assert times_of(database, "posted")["post"].open == 1
    engine.work_once(database)
    assert times_of(database, "posted")["post"].open == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_statement_reads_the_whole_history(office: Office, database: Database) -> None:
    office.deploy(WRITTEN)
    office.start("written")
    asked: list[tuple[str, object]] = []
    event.listen(
        database.sql, "before_cursor_execute", lambda *call: asked.append((call[2], call[3]))
    )

    times_of(database, "written", since=MONDAY_MORNING)
    with database.read() as session:
        plans = [
            " | ".join(
                row.detail
                for row in session.connection().exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}",
                    parameters,  # type: ignore[arg-type]
                )
            )
            for statement, parameters in list(asked)
            if "engine_history" in statement and "JOIN engine_instance" in statement
        ]

    narrow = ("ix_engine_instance_process", "ix_engine_history_arrivals")
    assert len(plans) >= 4
    assert all(any(index in plan for index in narrow) for plan in plans)
    for whole in ("engine_history", "arrival", "event", "line"):
        assert not any(f"SCAN {whole}" in plan.replace("SCAN lines", "") for plan in plans)
