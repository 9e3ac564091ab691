"""Call activities: instances of their own, which the parent waits for."""

import pytest

import engine
from engine import Database
from tests.engine.conftest import House, Office
from tests.engine.drawing import (
    boundary,
    call,
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

CHILD = diagram("child", start(), user("do"), end(), path("begin", "do", "end"))


def parent(*more: str, items: str = "units", keep: str = "") -> bytes:
    """Return a process that calls ``child`` for each unit."""
    return diagram(
        "parent",
        start(),
        user("plan"),
        call("units", "child", items=items, item="unit", keep=keep),
        user("check"),
        end(),
        path("begin", "plan", "units", "check", "end"),
        *more,
        messages=["stop", "ask"],
    )


def test_each_element_gets_an_instance_of_its_own(office: Office) -> None:
    office.deploy(CHILD)
    office.deploy(parent(keep="period"))
    office.start("parent", period="P1W", secret=1)

    office.complete("plan", units=["a", "b", "c"])

    root, *children = office.instances()
    assert [child.item for child in children] == ["a", "b", "c"]
    assert {child.parent_id for child in children} == {root.id}
    assert office.open() == ["do", "do", "do"]
    assert dict(office.task("do").data) == {"unit": "a", "period": "P1W"}


def test_the_parent_goes_on_when_the_last_child_has_ended(office: Office) -> None:
    office.deploy(CHILD)
    office.deploy(parent())
    office.start("parent")
    office.complete("plan", units=[1, 2])

    office.complete("do")
    after_one = office.open()
    office.complete("do")

    assert after_one == ["do"]
    assert office.open() == ["check"]
    office.complete("check")
    assert office.ends() == ["completed"] * 3


def test_an_empty_list_calls_nobody(office: Office) -> None:
    office.deploy(CHILD)
    office.deploy(parent())
    office.start("parent")

    office.complete("plan", units=[])

    assert office.open() == ["check"]
    assert len(office.instances()) == 1


@pytest.mark.parametrize("units", ["ab", 3, None, list(range(1001))])
def test_what_is_no_list_is_an_incident(office: Office, database: Database, units: object) -> None:
    office.deploy(CHILD)
    office.deploy(parent())
    office.start("parent")

    office.complete("plan", units=units)

    assert office.open() == []
    with database.read() as session:
        (incident,) = engine.incidents(session, "1")
    assert (incident.kind, incident.element_id) == ("several", "units")


def test_the_newest_version_is_called_when_the_call_is_reached(office: Office) -> None:
    office.deploy(CHILD)
    office.deploy(parent())
    office.start("parent")
    office.deploy(diagram("child", start(), user("sign"), end(), path("begin", "sign", "end")))

    office.complete("plan", units=[1])

    assert office.open() == ["sign"]


def test_a_child_may_end_at_once(office: Office) -> None:
    office.deploy(
        diagram("child", start(), service("log", "note"), end(), path("begin", "log", "end"))
    )
    office.deploy(parent())
    office.start("parent")

    office.complete("plan", units=[1, 2, 3])

    assert office.open() == ["check"]


def test_cancelling_the_parent_cancels_its_children(office: Office, database: Database) -> None:
    office.deploy(CHILD)
    office.deploy(
        diagram("middle", start(), call("deep", "child"), end(), path("begin", "deep", "end"))
    )
    office.deploy(
        diagram(
            "parent",
            start(),
            call("units", "middle", items="units", item="unit"),
            end(),
            path("begin", "units", "end"),
        )
    )
    root = office.start("parent", units=[1, 2])
    assert office.open() == ["do", "do"]

    database.write(lambda s: engine.cancel(s, root.id, reason="over", by="person:1"))

    assert office.open() == []
    assert office.ends() == ["cancelled"] * 5


def test_an_event_on_the_call_ends_it_with_its_children(office: Office, house: House) -> None:
    office.deploy(CHILD)
    office.deploy(
        parent(
            boundary("stopped", "units", interrupting=True, message="stop"),
            boundary("asked", "units", message="ask"),
            service("answer", "note"),
            user("why"),
            end("answered"),
            path("asked", "answer", "answered"),
            path("stopped", "why", "check"),
        )
    )
    root = office.start("parent")
    office.complete("plan", units=[1, 2])

    office.send("ask", instance_id=root.id)
    office.send("ask", instance_id=root.id)
    still = office.open()
    office.send("stop", instance_id=root.id)

    assert [element for element, _ in house.done] == ["answer", "answer"]
    assert still == ["do", "do"]
    assert office.open() == ["why"]
    assert office.ends() == [None, "cancelled", "cancelled"]


def test_a_call_in_a_subprocess_is_cancelled_with_it(office: Office) -> None:
    office.deploy(CHILD)
    office.deploy(
        diagram(
            "parent",
            start(),
            sub(
                "work", start("in"), call("units", "child"), end("out"), path("in", "units", "out")
            ),
            boundary("stopped", "work", interrupting=True, message="stop"),
            end(),
            path("begin", "work", "end"),
            flow("stopped", "end"),
            messages=["stop"],
        )
    )
    root = office.start("parent")

    office.send("stop", instance_id=root.id)

    assert office.ends() == ["completed", "cancelled"]


def test_calling_again_in_a_loop_starts_new_children(office: Office) -> None:
    office.deploy(CHILD)
    office.deploy(
        diagram(
            "parent",
            start(),
            user("plan"),
            call("units", "child", items="units", item="unit"),
            end(),
            path("begin", "plan", "units", "end"),
            boundary("again", "units", interrupting=True, message="again"),
            flow("again", "plan"),
            messages=["again"],
        )
    )
    root = office.start("parent")
    office.complete("plan", units=[1])
    office.send("again", instance_id=root.id)
    office.complete("plan", units=[2, 3])

    office.complete("do")
    office.complete("do")

    assert office.ends() == ["completed", "cancelled", "completed", "completed"]


def test_what_a_crash_left_undelivered_is_delivered_by_the_worker(
    office: Office, database: Database
) -> None:
    office.deploy(CHILD)
    office.deploy(parent())
    office.start("parent")
    office.complete("plan", units=[1])
    courier, database.courier = database.courier, None
    office.complete("do")
    lost = office.open()
    database.courier = courier

    while engine.work_once(database):
        pass

    assert lost == []
    assert office.open() == ["check"]


def test_the_parent_stays_small_with_many_children(office: Office, database: Database) -> None:
    office.deploy(CHILD)
    office.deploy(parent())
    root = office.start("parent")

    office.complete("plan", units=list(range(200)))

    with database.sql.connect() as sql:
        size = sql.exec_driver_sql(
            f"SELECT max(length(state)) FROM engine_instance WHERE id = '{root.id.hex}'"
            if database.dialect == "sqlite"
            else f"SELECT max(length(state)) FROM engine_instance WHERE id = '{root.id}'"
        ).scalar_one()
    assert size < 2_000
    assert len(office.open()) == 200


def test_a_call_in_a_loop_without_a_wait_becomes_an_incident(
    office: Office, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.deliveries.HOPS", 100)
    office.deploy(diagram("empty", start(), end(), path("begin", "end")))
    office.deploy(
        diagram(
            "endless",
            start(),
            user("go"),
            call("again", "empty"),
            choice("enough", "again"),
            end(),
            path("begin", "go", "again", "enough"),
            flow("enough", "end", "False"),
            flow("enough", "again"),
        )
    )
    root = office.start("endless")

    office.complete("go")
    for _ in range(20):
        engine.work_once(database)

    with database.read() as session:
        found = engine.incidents(session, root.business_key)
        assert [incident.kind for incident in found] == ["delivery"]
        assert len(engine.instances(session, root.business_key)) < 150
