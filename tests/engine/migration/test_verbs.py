"""The verbs of migration on a database: what moves, what stays, and what is kept."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select

import engine
from engine import Database, InstanceStays, MovableClock, NothingToTakeBack
from engine.tables import AWAITED, INSTANCE, MIGRATION, TASK, TIMER
from tests.engine.conftest import Office
from tests.engine.drawing import (
    boundary,
    call,
    diagram,
    end,
    event_sub,
    path,
    receive,
    service,
    start,
    user,
)
from tests.engine.migration.versions import ABC, ASIDE, LATE, calling, row

DAY = timedelta(days=1)


def deployed(office: Office, *versions: bytes) -> list[int]:
    """Deploy versions, and return their numbers; the first is started before the next."""
    return [office.deploy(xml).id for xml in versions]


def migrate(
    office: Office, instance: engine.Instance, to: int, renamed: Mapping[str, str] | None = None
) -> engine.Instance:
    """Move an instance in a transaction of its own."""
    return office.database.write(
        lambda session: engine.migrate(
            session, instance.id, to, renamed=renamed or {}, by="admin", reason="the law"
        )
    )


def unmigrate(office: Office, instance: engine.Instance) -> engine.Instance:
    """Take a move back."""
    return office.database.write(lambda s: engine.unmigrate(s, instance.id, by="admin"))


def rows(office: Office, table: object) -> list[object]:
    """Return the rows of a table."""
    with office.database.read() as session:
        return list(session.execute(select(table)).all())  # type: ignore[call-overload]


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


def test_what_stays_is_refused_with_its_reason_and_left_as_it_is(office: Office) -> None:
    (old,) = deployed(office, ABC)
    instance = office.start("p")
    office.complete("a")
    (new,) = deployed(office, ASIDE)
    before = rows(office, INSTANCE)

    with pytest.raises(InstanceStays) as refused:
        migrate(office, instance, new)

    assert refused.value.reason.code == "marking_impossible"
    assert rows(office, INSTANCE) == before
    assert office.instances()[0].definition_id == old


def test_a_plan_says_of_each_instance_whether_it_moves(office: Office) -> None:
    (old,) = deployed(office, ABC)
    for key in "12345":
        office.start("p", key)
    office.complete("a", key="2")
    office.complete("a", key="5")
    office.complete("b", key="5")
    (new,) = deployed(office, row("a", "x", "c"))

    with office.database.read() as session:
        plan = engine.plan_migration(session, old, new)

    assert [one.business_key for one in plan.moves] == ["1", "3", "4", "5"]
    assert [(one.business_key, one.reason.code) for one in plan.stays if one.reason] == [
        ("2", "element_gone")
    ]
    assert (plan.gone, plan.new) == (("b",), ("x",))
    assert plan.elements["c"] == "c"


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


def test_mail_under_way_keeps_it_where_it_is(office: Office) -> None:
    deployed(office, row("a", "b", b=service("b", "mail")))
    instance = office.start("p")
    office.complete("a")
    (new,) = deployed(office, row("a", "b", "c", b=service("b", "mail")))

    with pytest.raises(InstanceStays, match="errand"):
        migrate(office, instance, new)


def test_so_does_an_incident(office: Office, house: object) -> None:
    deployed(office, row("a", "b", b=service("b", "note")))
    instance = office.start("p")
    house.broken.add("note")  # type: ignore[attr-defined]
    office.complete("a")
    (new,) = deployed(office, row("a", "b", "c", b=service("b", "note")))

    with pytest.raises(InstanceStays, match="incident"):
        migrate(office, instance, new)


def test_so_does_a_letter_that_is_under_way(office: Office) -> None:
    office.deploy(diagram("q", start(), user("inner"), end(), path("begin", "inner", "end")))
    deployed(office, calling())
    instance = office.start("p")
    office.complete("a")
    (new,) = deployed(office, row("a", "b", "x", "c", b=call("b", "q")))
    office.database.courier = None
    office.complete("inner")

    with pytest.raises(InstanceStays, match="letters"):
        migrate(office, instance, new)


def test_so_does_a_suspension(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    (new,) = deployed(office, row("a", "b", "x", "c"))
    office.database.write(lambda s: engine.suspend(s, instance.id, reason="r", by="admin"))

    with pytest.raises(InstanceStays, match="suspended"):
        migrate(office, instance, new)


def test_one_that_has_ended_is_refused(office: Office) -> None:
    deployed(office, row("a"))
    instance = office.start("p")
    office.complete("a")
    (new,) = deployed(office, ABC)

    with pytest.raises(engine.InstanceEnded):
        migrate(office, instance, new)


def test_a_move_again_changes_nothing(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    (new,) = deployed(office, row("a", "b", "x", "c"))
    migrate(office, instance, new)
    before = rows(office, INSTANCE)

    migrate(office, instance, new)

    assert rows(office, INSTANCE) == before


def test_a_hint_that_speaks_of_nothing_is_refused(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    (new,) = deployed(office, row("a", "b", "x", "c"))

    with pytest.raises(engine.RenameUnknown):
        migrate(office, instance, new, {"b": "nowhere"})


def test_a_move_is_taken_back_wholly(office: Office, clock: MovableClock) -> None:
    deployed(office, LATE)
    instance = office.start("p", k="7")
    office.complete("a")
    tables = (TASK, TIMER, AWAITED)
    before = [rows(office, table) for table in tables]
    state = rows(office, INSTANCE)[0].state  # type: ignore[attr-defined]
    (new,) = deployed(office, row("a", "z", "c", extra=boundary("s", "z", signal="all") + end("e2") + path("s", "e2")))  # fmt: skip
    clock.move(timedelta(hours=1))

    migrate(office, instance, new, {"b": "z"})
    assert [rows(office, table) for table in tables] != before
    there = unmigrate(office, instance)

    assert there.definition_id == instance.definition_id
    assert [rows(office, table) for table in tables] == before
    assert rows(office, INSTANCE)[0].state == state  # type: ignore[attr-defined]
    assert rows(office, MIGRATION) == []


def test_it_is_not_taken_back_once_it_has_gone_on(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")
    (new,) = deployed(office, row("a", "b", "x", "c"))
    migrate(office, instance, new)
    office.complete("a")

    with pytest.raises(NothingToTakeBack):
        unmigrate(office, instance)

    assert office.open() == ["b"]


def test_nothing_is_taken_back_that_was_never_moved(office: Office) -> None:
    deployed(office, ABC)
    instance = office.start("p")

    with pytest.raises(NothingToTakeBack):
        unmigrate(office, instance)


def test_all_are_moved_that_can_be_and_the_rest_is_told(office: Office) -> None:
    (old,) = deployed(office, ABC)
    for key in range(7):
        office.start("p", str(key))
    office.complete("a", key="3")
    office.complete("a", key="4")
    (new,) = deployed(office, row("a", "x", "c"))
    heard: list[tuple[int, int]] = []

    told = engine.migrate_all(
        office.database, old, new, by="admin", progress=lambda one: heard.append((one.seen, one.total))
    )  # fmt: skip

    assert (told.total, told.moved, told.passed) == (7, 5, 0)
    assert {one.code for one in told.stayed.values()} == {"element_gone"}
    assert heard == [(7, 7)]
    assert {office.instances(str(key))[0].definition_id for key in (3, 4)} == {old}
    assert {office.instances(str(key))[0].definition_id for key in (0, 6)} == {new}


def test_done_again_it_goes_on_with_those_that_are_left(
    office: Office, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.migration.bulk.BATCH", 2)
    (old,) = deployed(office, ABC)
    for key in range(6):
        office.start("p", str(key))
    (new,) = deployed(office, row("a", "b", "x", "c"))

    def killed(told: engine.Migrated) -> None:
        if told.moved == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.migrate_all(database, old, new, by="admin", progress=killed)
    told = engine.migrate_all(database, old, new, by="admin")

    assert (told.total, told.moved) == (2, 2)
    for key in range(6):
        for step in ("a", "b", "x", "c"):
            office.complete(step, key=str(key))
        assert office.ends(str(key)) == ["completed"]
    with database.read() as session:
        assert engine.verify_history(session) == []
