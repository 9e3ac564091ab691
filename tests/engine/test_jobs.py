"""Jobs: claimed, leased, tried again, and given up as an incident."""

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import text

import engine
from engine import Attempt, Database, MovableClock, Registry, Session, store
from tests.engine.conftest import House, Office
from tests.engine.drawing import boundary, diagram, end, flow, path, service, start, user

PATIENCE = 10.0
MAILING = diagram(
    "mailing",
    start(),
    user("write"),
    service("post", "mail"),
    user("file"),
    end(),
    path("begin", "write", "post", "file", "end"),
)


@pytest.fixture
def attempts() -> list[tuple[Mapping[str, Any], Attempt]]:
    """Give the list of what the jobs of kind ``print`` were asked."""
    return []


@pytest.fixture
def registry(registry: Registry, house: House, attempts: list[Any]) -> Registry:
    """Add a kind of job to the house."""

    def print_(_database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
        attempts.append((payload, attempt))
        if "printer" in house.broken:
            raise OSError("out of paper")

    return replace(registry, jobs={"print": print_})


def work(database: Database) -> None:
    """Do all that is due."""
    while engine.work_once(database):
        pass


def jobs(database: Database) -> int:
    """Return how many jobs there are."""
    with database.read() as session:
        return session.execute(text("SELECT count(*) FROM engine_job")).scalar_one()


def test_a_job_is_done_once(database: Database, attempts: list[Any]) -> None:
    database.write(lambda session: engine.enqueue(session, "print", {"page": 1}))

    work(database)

    assert [(payload, attempt.number) for payload, attempt in attempts] == [({"page": 1}, 1)]
    assert jobs(database) == 0


def test_a_job_goes_with_the_transaction_that_made_it(
    database: Database, attempts: list[Any]
) -> None:
    def work_that_fails(session: Session) -> None:
        engine.enqueue(session, "print", {})
        raise KeyError("no")

    with pytest.raises(KeyError):
        database.write(work_that_fails)
    work(database)

    assert attempts == []


def test_a_job_waits_for_its_time(
    database: Database, clock: MovableClock, attempts: list[Any]
) -> None:
    later = clock.now() + timedelta(hours=1)
    database.write(lambda session: engine.enqueue(session, "print", {}, run_at=later))

    work(database)
    early = len(attempts)
    clock.move(timedelta(hours=1))
    work(database)

    assert (early, len(attempts)) == (0, 1)


def test_a_key_makes_a_job_the_only_one(database: Database) -> None:
    first = database.write(lambda s: engine.enqueue(s, "print", {}, job_key="a"))
    second = database.write(lambda s: engine.enqueue(s, "print", {}, job_key="a"))
    database.write(lambda s: engine.enqueue(s, "print", {}, job_key="b"))

    assert first == second
    assert jobs(database) == 2


def test_a_job_that_fails_is_tried_again_and_then_an_incident(
    database: Database, house: House, clock: MovableClock, attempts: list[Any]
) -> None:
    house.broken.add("printer")
    database.write(lambda session: engine.enqueue(session, "print", {}))

    for _ in range(6):
        work(database)
        clock.move(timedelta(minutes=5))

    assert [(attempt.number, attempt.last) for _, attempt in attempts] == [
        (1, False),
        (2, False),
        (3, True),
    ]
    with database.read() as session:
        (incident,) = engine.incidents(session)
    assert incident.kind == "job"
    assert "out of paper" in incident.error


def test_a_job_given_up_can_be_tried_again(
    database: Database, house: House, clock: MovableClock, attempts: list[Any]
) -> None:
    house.broken.add("printer")
    database.write(lambda session: engine.enqueue(session, "print", {}))
    for _ in range(3):
        work(database)
        clock.move(timedelta(minutes=5))
    with database.read() as session:
        (incident,) = engine.incidents(session)

    house.broken.clear()
    database.write(lambda s: engine.retry_incident(s, incident.id, by="person:1"))
    work(database)

    assert len(attempts) == 4
    assert jobs(database) == 0
    with database.read() as session:
        assert engine.incidents(session) == []


def test_a_job_whose_worker_died_is_taken_over(
    database: Database, clock: MovableClock, attempts: list[Any]
) -> None:
    database.write(lambda session: engine.enqueue(session, "print", {}))
    database.write(lambda s: store.jobs.claim(s, "dead", clock.now(), timedelta(minutes=5)))

    work(database)
    during = len(attempts)
    clock.move(timedelta(minutes=6))
    work(database)

    assert during == 0
    assert [attempt.number for _, attempt in attempts] == [2]


def test_a_job_that_kills_its_workers_is_given_up(
    database: Database, clock: MovableClock, attempts: list[Any]
) -> None:
    database.write(lambda session: engine.enqueue(session, "print", {}))
    for _ in range(3):
        database.write(lambda s: store.jobs.claim(s, "dead", clock.now(), timedelta(minutes=5)))
        clock.move(timedelta(minutes=6))

    work(database)

    assert attempts == []
    with database.read() as session:
        (incident,) = engine.incidents(session)
    assert incident.kind == "job"


def test_a_kind_that_nobody_knows_is_an_incident(database: Database, clock: MovableClock) -> None:
    database.write(lambda session: engine.enqueue(session, "fly", {}))

    for _ in range(3):
        work(database)
        clock.move(timedelta(minutes=5))

    with database.read() as session:
        (incident,) = engine.incidents(session)
    assert "fly" in incident.error


def test_an_operation_that_leaves_the_house_is_a_job(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(MAILING)
    office.start("mailing")

    office.complete("write")
    before = (office.open(), list(house.done))
    work(database)

    assert before == ([], [])
    assert office.open() == ["file"]
    assert house.done == [("mail 1", {})]
    assert office.task("file").data["sent"] is True


def test_an_operation_outside_that_fails_waits_as_an_incident(
    office: Office, database: Database, house: House, clock: MovableClock
) -> None:
    office.deploy(MAILING)
    office.start("mailing")
    house.broken.add("mail")
    office.complete("write")
    for _ in range(4):
        work(database)
        clock.move(timedelta(minutes=5))
    with database.read() as session:
        (incident,) = engine.incidents(session, "1")

    house.broken.clear()
    database.write(lambda s: engine.retry_incident(s, incident.id, by="person:1"))
    work(database)

    assert incident.element_id == "post"
    assert office.open() == ["file"]


def test_a_result_that_comes_too_late_is_dropped(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(
        diagram(
            "mailing",
            start(),
            user("write"),
            boundary("stop", "write", interrupting=True, message="stop"),
            boundary("send", "write", message="send"),
            service("post", "mail"),
            end(),
            path("begin", "write", "end"),
            flow("stop", "end"),
            path("send", "post", "end"),
            messages=["stop", "send"],
        )
    )
    instance = office.start("mailing")
    office.send("send", instance_id=instance.id)
    database.write(lambda s: engine.cancel(s, instance.id, reason="", by="person:1"))

    work(database)

    assert jobs(database) == 0
    assert office.ends() == ["cancelled"]


def test_the_worker_stops_when_it_is_told(database: Database, attempts: list[Any]) -> None:
    database.write(lambda session: engine.enqueue(session, "print", {}))

    engine.work(database, stop=lambda: bool(attempts))

    assert len(attempts) == 1


def test_the_lease_of_a_job_that_takes_long_is_renewed(
    database: Database, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.jobs.BEAT", timedelta(milliseconds=5))
    free: list[bool] = []

    def lasting(database: Database, _payload: Mapping[str, Any], _attempt: Attempt) -> None:
        clock.move(timedelta(minutes=4))
        later = clock.now() + timedelta(minutes=4)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with database.read() as session:
                if not store.jobs.any_free(session, later):
                    free.append(False)
                    return

    database.registry.jobs["print"] = lasting  # type: ignore[index] # the fixture's own
    database.write(lambda session: engine.enqueue(session, "print", {}))

    work(database)

    assert free == [False]


def test_no_timer_waits_for_a_job(
    database: Database, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_on, done = Event(), Event()
    monkeypatch.setattr("engine.jobs.STEPS", (lambda _: went_on.set(),))

    def lasting(_database: Database, _payload: Mapping[str, Any], _attempt: Attempt) -> None:
        went_on.clear()
        if went_on.wait(PATIENCE):
            done.set()

    database.registry.jobs["print"] = lasting  # type: ignore[index] # the fixture's own
    database.write(lambda session: engine.enqueue(session, "print", {}))

    until = time.monotonic() + 2 * PATIENCE
    engine.work(database, stop=lambda: done.is_set() or time.monotonic() > until)

    assert done.is_set()


def test_what_left_the_house_in_vain_is_called_back(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(MAILING)
    root = office.start("mailing")
    office.complete("write")
    database.write(lambda session: engine.cancel(session, root.id, reason="moot", by="boss"))

    work(database)

    assert house.done == []
    assert jobs(database) == 0


def test_a_job_waits_until_it_is_done_or_given_up(
    database: Database, house: House, clock: MovableClock
) -> None:
    def waits(key: str) -> bool:
        with database.read() as session:
            return engine.job_waits(session, key)

    for key in ("sound", "broken"):
        database.write(lambda s, key=key: engine.enqueue(s, "print", {}, job_key=key))
        assert waits(key)
        house.broken |= {"printer"} if key == "broken" else set()
        work(database)
    assert (waits("sound"), waits("broken"), waits("unknown")) == (False, True, False)

    for _ in range(2):
        clock.move(timedelta(minutes=3))
        work(database)
    assert not waits("broken")
