"""The verbs of migration on a database: what moves, what stays, and what is kept."""

from datetime import timedelta

import pytest

import engine
from engine import MovableClock
from engine.tables import AWAITED, INSTANCE, MIGRATION, TASK, TIMER
from tests.engine.conftest import Office
from tests.engine.drawing import (
    boundary,
    diagram,
    end,
    event_sub,
    path,
    receive,
    start,
    user,
)
from tests.engine.migration.drafts import ABC, LATE, row
from tests.engine.migration.moving import deployed, migrate, rows, unmigrate
from tests.engine.migration.others import calling

DAY = timedelta(days=1)


def test_an_open_task_keeps_its_id_and_goes_on_with_the_new_version(office: Office) -> None:
    (old,) = deployed(office, ABC)
    instance = office.start("p")
    office.complete("a")
    task = office.task("b")
    (new,) = deployed(office, row("a", "b", "x", "c"))

    there = migrate(office, instance, new)
    office.complete("b")

    assert (instance.definition_id, there.definition_id) == (old, new)
    assert office.open() == ["x"]
    with office.database.read() as session:
        assert engine.find_task(session, task.id).closed_by == "person:1"


def test_a_renamed_task_is_told_by_its_new_name(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    office.complete("a")
    before = office.task("b")
    (new,) = deployed(office, row("a", "z", "c"))

    migrate(office, instance, new, {"b": "z"})

    assert office.task("z").id == before.id
    office.complete("z")
    office.complete("c")
    assert office.ends() == ["completed"]


def test_the_history_tells_of_it_and_its_seals_hold(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    (new,) = deployed(office, row("a", "b", "x", "c"))

    migrate(office, instance, new)
    unmigrate(office, instance)

    with office.database.read() as session:
        told = [one for one in engine.history(session, "1") if one.kind.endswith("migrated")]
        assert engine.verify_history(session) == []
    assert [one.kind for one in told] == ["migrated", "unmigrated"]
    assert told[0].facts == {
        "from": instance.definition_id,
        "to": new,
        "from_version": 1,
        "to_version": 2,
        "reason": "the law",
    }


def test_a_reminder_that_is_new_counts_from_when_the_task_was_opened(
    office: Office, clock: MovableClock
) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    office.complete("a")
    opened = clock.now()
    clock.move(timedelta(hours=5))
    (new,) = deployed(office, LATE)

    migrate(office, instance, new)

    (timer,) = rows(office, TIMER)
    assert timer.due_at == opened + DAY  # type: ignore[attr-defined]
    clock.move(timedelta(hours=20))
    assert office.wake() == 1
    assert office.open() == ["b", "urge"]


def test_a_reminder_that_stays_keeps_its_time_and_one_that_goes_is_forgotten(
    office: Office, clock: MovableClock
) -> None:
    deployed(office, LATE)
    instance = office.start("p")
    office.complete("a")
    before = rows(office, TIMER)
    clock.move(timedelta(hours=5))
    kept, gone = deployed(office, LATE.replace(b'name="urge"', b'name="urge more"'), ABC)

    migrate(office, instance, kept)
    after = rows(office, TIMER)
    migrate(office, instance, gone)

    assert after == before
    assert rows(office, TIMER) == []


def waiting(name: str, key: str = "k", *more: str) -> bytes:
    """Draw a process that waits for a message."""
    return diagram(
        "p", start(), receive("wait", name, key=key, take="k"), user("c"), end(),
        path("begin", "wait", "c", "end"), *more,
    )  # fmt: skip


def test_what_is_awaited_follows(office: Office) -> None:
    deployed(office, waiting("old"))
    instance = office.start("p", k="7")
    (new,) = deployed(office, waiting("new", 'k + "1"'))

    migrate(office, instance, new)
    office.database.write(lambda s: engine.publish(s, "new", key="71", by="person:2"))

    assert [one.name for one in rows(office, AWAITED)] == []  # type: ignore[attr-defined]
    assert office.open() == ["c"]


def test_a_listener_that_is_new_is_awaited(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p", k="7")
    ask = event_sub(
        "asking", start("asked", message="ask", key="k", interrupting=False), user("answer"),
        end("told"), path("asked", "answer", "told"),
    )  # fmt: skip
    (new,) = deployed(office, row("a", "b", "c", extra=ask))

    migrate(office, instance, new)
    office.database.write(lambda s: engine.publish(s, "ask", key="7", by="person:2"))

    assert office.open() == ["a", "answer"]


def test_what_was_called_goes_on_by_itself(office: Office) -> None:
    office.deploy(diagram("q", start(), user("inner"), end(), path("begin", "inner", "end")))
    office.deploy(diagram("other", start(), end(), path("begin", "end")))
    deployed(office, calling())
    instance = office.start("p")
    office.complete("a")
    (new,) = deployed(office, calling("other"))

    migrate(office, instance, new)
    office.complete("inner")
    office.complete("c")

    assert office.ends() == ["completed", "completed"]


def test_a_child_moves_as_well_as_anybody(office: Office) -> None:
    inner = [user("inner"), user("more")]
    ends = path("begin", "inner", "end")
    office.deploy(diagram("q", start(), inner[0], end(), ends))
    deployed(office, calling())
    office.start("p")
    office.complete("a")
    child = office.instances()[1]
    new = office.deploy(diagram("q", start(), *inner, end(), path("begin", "inner", "more", "end")))

    migrate(office, child, new.id)
    office.complete("inner")
    office.complete("more")
    office.complete("c")

    assert office.ends() == ["completed", "completed"]


def test_a_move_again_changes_nothing(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    (new,) = deployed(office, row("a", "b", "x", "c"))
    migrate(office, instance, new)
    before = rows(office, INSTANCE)

    migrate(office, instance, new)

    assert rows(office, INSTANCE) == before


def test_a_move_is_taken_back_wholly(office: Office, clock: MovableClock) -> None:
    deployed(office, LATE)
    instance = office.start("p", k="7")
    office.complete("a")
    tables = (TASK, TIMER, AWAITED)
    before = [rows(office, table) for table in tables]
    state = rows(office, INSTANCE)[0].state  # type: ignore[attr-defined]
    signal = boundary("s", "z", signal="all") + end("e2") + path("s", "e2")
    (new,) = deployed(office, row("a", "z", "c", extra=signal))
    clock.move(timedelta(hours=1))

    migrate(office, instance, new, {"b": "z"})
    assert [rows(office, table) for table in tables] != before
    there = unmigrate(office, instance)

    assert there.definition_id == instance.definition_id
    assert [rows(office, table) for table in tables] == before
    assert rows(office, INSTANCE)[0].state == state  # type: ignore[attr-defined]
    assert rows(office, MIGRATION) == []


def test_what_was_done_under_an_earlier_name_is_not_done_again(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    office.complete("a")
    renamed, turned = deployed(office, row("first", "b", "c"), row("b", "first", "c"))
    migrate(office, instance, renamed, {"a": "first"})

    with pytest.raises(engine.InstanceStays, match="step_repeated"):
        migrate(office, instance, turned)


def test_what_is_awaited_still_has_waited_as_long(office: Office, clock: MovableClock) -> None:
    deployed(office, waiting("m"))
    instance = office.start("p", k="7")
    before = rows(office, AWAITED)
    (new,) = deployed(office, waiting("m").replace(b'name="c"', b'name="see"'))
    clock.move(timedelta(hours=5))

    migrate(office, instance, new)

    assert rows(office, AWAITED) == before
