"""Messages and signals between instances, and processes that start by themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest

import engine
from engine import MovableClock, Registry
from tests.engine.conftest import House, Office
from tests.engine.drawing import catch, diagram, end, path, start, throw, user

ASKS = diagram(
    "asks",
    start(),
    catch("answer", message="said", key="no", take="word"),
    user("go"),
    end(),
    path("begin", "answer", "go", "end"),
)
SAYS = diagram(
    "says",
    start(),
    user("write"),
    throw("say", message="said", key="no", say={"word": "text"}),
    end(),
    path("begin", "write", "say", "end"),
)


def publish(office: Office, message: str, key: str, **data: object) -> None:
    """Send a message from outside."""
    office.database.write(
        lambda session: engine.publish(session, message, key=key, data=data, by="person:1")
    )


def test_a_message_goes_from_one_instance_to_the_other_with_what_it_says(office: Office) -> None:
    office.deploy(ASKS)
    office.deploy(SAYS)
    office.start("asks", key="a", no=7)
    office.start("asks", key="b", no=8)
    office.start("says", key="c", no=8)

    office.complete("write", key="c", text="yes", secret=1)

    assert office.open("a") == []
    assert office.open("b") == ["go"]
    assert office.task("go", "b").data == {"no": 8, "word": "yes"}


def test_a_message_that_comes_early_is_kept(office: Office) -> None:
    office.deploy(ASKS)

    publish(office, "said", "9", word="soon")
    office.start("asks", no=9)

    assert office.task("go").data["word"] == "soon"


def test_a_kept_message_is_met_only_once(office: Office) -> None:
    office.deploy(ASKS)
    publish(office, "said", "9", word="soon")

    office.start("asks", key="a", no=9)
    office.start("asks", key="b", no=9)

    assert office.open("a") == ["go"]
    assert office.open("b") == []


def test_a_signal_reaches_all_who_wait(office: Office) -> None:
    office.deploy(
        diagram(
            "waits",
            start(),
            catch("rings", signal="bell"),
            user("go"),
            end(),
            path("begin", "rings", "go", "end"),
        )
    )
    office.deploy(
        diagram(
            "rings",
            start(),
            user("pull"),
            end("ring", signal="bell"),
            path("begin", "pull", "ring"),
        )
    )
    for key in "ab":
        office.start("waits", key=key)
    office.start("rings", key="c")

    office.complete("pull", key="c")

    assert office.open("a") == office.open("b") == ["go"]


@pytest.fixture
def registry(registry: Registry) -> Registry:
    """Let processes start by themselves."""
    return replace(registry, self_starting=True)


def test_a_message_starts_a_process_under_its_key(office: Office) -> None:
    office.deploy(
        diagram(
            "p",
            start("told", message="news", take="word"),
            user("read"),
            end(),
            path("told", "read", "end"),
        )
    )

    publish(office, "news", "42", word="rain", more=1)

    assert office.task("read", "42").data == {"word": "rain"}


def test_two_messages_of_one_step_start_two_instances_each_with_its_own(office: Office) -> None:
    told = start("told", message="news", take="word")
    office.deploy(diagram("p", told, user("read"), end(), path("told", "read", "end")))
    office.deploy(
        diagram(
            "says",
            start(),
            throw("one", message="news", key="1", say={"word": '"rain"'}),
            throw("two", message="news", key="2", say={"word": '"snow"'}),
            end(),
            path("begin", "one", "two", "end"),
        )
    )

    office.start("says")

    assert [office.task("read", key).data["word"] for key in "12"] == ["rain", "snow"]


def test_a_signal_starts_every_process_that_waits_for_it(office: Office) -> None:
    for name in ("p", "q"):
        office.deploy(
            diagram(
                name, start("rung", signal="bell"), user("go"), end(), path("rung", "go", "end")
            )
        )

    started = office.database.write(lambda session: engine.broadcast(session, "bell", by="p:1"))

    assert sorted(instance.process_id for instance in started) == ["p", "q"]
    assert office.open(started[0].business_key) == ["go"]


def test_a_timer_starts_a_process_as_often_as_it_says(
    office: Office, house: House, clock: MovableClock
) -> None:
    office.deploy(diagram("p", start("daily", cycle="R2/P1D"), end(), path("daily", "end")))

    for _ in range(4):
        clock.move(timedelta(days=1))
        while engine.work_once(office.database):
            pass

    assert house.heard.count(("started", "p")) == 2


def test_a_start_that_has_failed_comes_again_in_its_time(
    office: Office, house: House, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.deploy(diagram("p", start("daily", cycle="R/P1D"), end(), path("daily", "end")))

    def broken(*_: object) -> None:
        raise RuntimeError("nobody listens")

    monkeypatch.setattr(house, "started", broken)
    clock.move(timedelta(days=1))
    engine.work_once(office.database)
    monkeypatch.undo()
    with office.database.read() as session:
        (failed,) = engine.incidents(session)

    office.database.write(lambda session: engine.retry_incident(session, failed.id, by="admin"))
    clock.move(timedelta(days=1))
    engine.work_once(office.database)

    assert house.heard.count(("started", "p")) == 1
    with office.database.read() as session:
        assert engine.incidents(session) == []
