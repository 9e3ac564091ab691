"""Boundary events and timers in a flow, as they run in an office."""

from datetime import UTC, datetime, timedelta

import pytest

import engine
from engine import Call, Database, MovableClock
from tests.engine.conftest import House, Office
from tests.engine.drawing import (
    boundary,
    catch,
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


def with_event(*event: str, messages: tuple[str, ...] = ()) -> bytes:
    """Return a process whose one task has an event that leads to a note."""
    return diagram(
        "case",
        start(),
        user("work"),
        end(),
        path("begin", "work", "end"),
        *event,
        service("ring", "note"),
        end("rung"),
        path("event", "ring", "rung"),
        messages=messages,
    )


def test_a_timer_fires_when_it_is_due(office: Office, house: House, clock: MovableClock) -> None:
    office.deploy(with_event(boundary("event", "work", duration="P2D")))
    office.start("case")

    early = office.wake()
    clock.move(timedelta(days=2))

    assert (early, office.wake(), office.wake()) == (0, 1, 0)
    assert house.done == [("ring", {})]
    assert office.open() == ["work"]


def test_a_due_date_of_the_host_is_asked_for(
    office: Office, house: House, clock: MovableClock
) -> None:
    house.due["soon"] = clock.now() + timedelta(days=3)
    office.deploy(with_event(boundary("event", "work", date="due.soon")))
    office.start("case")

    clock.move(timedelta(days=4))

    assert office.wake() == 1


def test_a_timer_without_a_date_waits_until_it_gets_one(
    office: Office, house: House, database: Database, clock: MovableClock
) -> None:
    office.deploy(with_event(boundary("event", "work", date="due.soon")))
    office.start("case")
    clock.move(timedelta(days=400))
    nothing = office.wake()

    house.due["soon"] = clock.now() - timedelta(days=1)
    database.write(lambda session: engine.reschedule(session, "1"))

    assert (nothing, office.wake()) == (0, 1)


def test_a_date_that_moves_takes_its_timer_along(
    office: Office, house: House, database: Database, clock: MovableClock
) -> None:
    house.due["soon"] = clock.now() + timedelta(days=1)
    office.deploy(with_event(boundary("event", "work", cycle="R/due.soon/P1D")))
    office.start("case")
    clock.move(timedelta(days=2))
    before = office.wake()

    house.due["soon"] = clock.now() + timedelta(days=10)
    database.write(lambda session: engine.reschedule(session, "1"))
    clock.move(timedelta(days=9))
    during = office.wake()
    clock.move(timedelta(days=1))

    assert (before, during, office.wake()) == (1, 0, 1)


def test_a_date_that_moves_in_a_step_takes_effect_with_it(
    office: Office, house: House, clock: MovableClock
) -> None:
    house.due["soon"] = clock.now() + timedelta(days=1)
    office.deploy(
        diagram(
            "case",
            start(),
            user("work"),
            boundary("event", "work", date="due.soon"),
            end("late"),
            flow("event", "late"),
            boundary("asked", "work", message="ask"),
            service("extend", "note"),
            end("extended"),
            path("asked", "extend", "extended"),
            end(),
            path("begin", "work", "end"),
            messages=["ask"],
        )
    )
    instance = office.start("case")

    def extend(call: Call) -> None:
        house.due["soon"] = clock.now() + timedelta(days=5)
        engine.reschedule(call.session, "1")

    house.during = extend
    office.send("ask", instance_id=instance.id)
    clock.move(timedelta(days=4))
    early = office.wake()
    clock.move(timedelta(days=1))

    assert (early, office.wake()) == (0, 1)


def test_missed_rings_of_a_cycle_are_one(office: Office, house: House, clock: MovableClock) -> None:
    house.due["soon"] = clock.now() + timedelta(days=1)
    office.deploy(with_event(boundary("event", "work", cycle="R/due.soon/P1D")))
    office.start("case")

    clock.move(timedelta(days=10, hours=5))
    first = office.wake()
    clock.move(timedelta(hours=18))
    too_soon = office.wake()
    clock.move(timedelta(hours=1))

    assert (first, too_soon, office.wake()) == (1, 0, 1)


def test_a_cycle_rings_as_often_as_it_says(office: Office, clock: MovableClock) -> None:
    office.deploy(with_event(boundary("event", "work", cycle="R3/PT1H")))
    office.start("case")

    rung = []
    for _ in range(5):
        clock.move(timedelta(hours=1))
        rung.append(office.wake())

    assert rung == [1, 1, 1, 0, 0]


def test_the_step_of_a_cycle_may_stand_in_the_data(office: Office, clock: MovableClock) -> None:
    office.deploy(with_event(boundary("event", "work", cycle="R/period")))
    office.start("case", period="P1W")

    clock.move(timedelta(days=7))
    first = office.wake()
    clock.move(timedelta(days=6))

    assert (first, office.wake()) == (1, 0)


def test_a_step_that_is_no_duration_is_an_incident(office: Office, database: Database) -> None:
    office.deploy(with_event(boundary("event", "work", cycle="R/period")))

    office.start("case", period="weekly")

    with database.read() as session:
        (incident,) = engine.incidents(session)
    assert (incident.kind, incident.element_id) == ("timer", "event")
    assert office.open() == ["work"]


def test_a_timer_that_still_has_no_date_is_one_incident_not_two(
    office: Office, house: House, database: Database, clock: MovableClock
) -> None:
    house.due["soon"] = clock.now()
    office.deploy(with_event(boundary("event", "work", cycle="R/due.soon/period")))
    office.start("case", period="weekly")
    office.wake()

    database.write(lambda session: engine.reschedule(session, "1"))

    with database.read() as session:
        assert len(engine.incidents(session)) == 1


def test_the_end_of_an_instance_is_the_end_of_its_incidents(
    office: Office, database: Database
) -> None:
    office.deploy(with_event(boundary("event", "work", cycle="R/period")))
    office.start("case", period="weekly")

    office.complete("work")

    with database.read() as session:
        assert engine.incidents(session) == []


def test_a_moment_in_the_past_fires_at_the_next_wake(office: Office) -> None:
    office.deploy(with_event(boundary("event", "work", date="2019-12-31T09:00:00+08:00")))
    office.start("case")

    assert office.wake() == 1


def test_a_timer_goes_with_its_task(office: Office, house: House, clock: MovableClock) -> None:
    office.deploy(with_event(boundary("event", "work", cycle="R/P1D")))
    office.start("case")

    office.complete("work")
    clock.move(timedelta(days=30))

    assert office.wake() == 0
    assert house.done == []
    assert office.ends() == ["completed"]


def test_a_timer_in_the_flow_holds_it_up(office: Office, clock: MovableClock) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            catch("pause", duration="PT4H"),
            user("work"),
            end(),
            path("begin", "pause", "work", "end"),
        )
    )
    office.start("case")

    before = office.open()
    clock.move(timedelta(hours=4))
    office.wake()

    assert before == []
    assert office.open() == ["work"]


def test_an_interrupting_timer_takes_the_task_away(office: Office, clock: MovableClock) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            user("work"),
            boundary("over", "work", interrupting=True, duration="P1D"),
            boundary("nag", "work", duration="P1D"),
            end("nagged"),
            flow("nag", "nagged"),
            user("rescue"),
            end(),
            path("begin", "work", "end"),
            path("over", "rescue", "end"),
        )
    )
    office.start("case")

    clock.move(timedelta(days=5))
    office.wake()

    assert office.open() == ["rescue"]
    office.complete("rescue")
    assert office.ends() == ["completed"]


def test_a_message_may_come_as_often_as_it_likes(office: Office, house: House) -> None:
    office.deploy(with_event(boundary("event", "work", message="ask"), messages=("ask",)))
    instance = office.start("case")

    for _ in range(3):
        office.send("ask", instance_id=instance.id)

    assert len(house.done) == 3
    assert office.open() == ["work"]


def test_a_message_that_nobody_waits_for_is_refused(office: Office) -> None:
    office.deploy(with_event(boundary("event", "work", message="ask"), messages=("ask", "shout")))
    instance = office.start("case")

    with pytest.raises(engine.NobodyWaits):
        office.send("shout", instance_id=instance.id)
    office.complete("work")
    with pytest.raises(engine.InstanceEnded):
        office.send("ask", instance_id=instance.id)


def test_what_is_submitted_can_be_taken_back(office: Office) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            user("write"),
            user("read"),
            boundary("back", "read", interrupting=True, message="withdraw"),
            end(),
            path("begin", "write", "read", "end"),
            flow("back", "write"),
            messages=["withdraw"],
        )
    )
    office.start("case")
    assert not office.task("write").withdrawable
    office.complete("write")
    task = office.task("read")

    office.send("withdraw", task_id=task.id)

    assert task.withdrawable
    assert office.open() == ["write"]
    with pytest.raises(engine.TaskClosed):
        office.send("withdraw", task_id=task.id)


def test_a_message_finds_the_event_of_the_task_that_is_named(office: Office) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            user("first"),
            boundary("fork", "first", message="fork"),
            user("second"),
            boundary("back", "second", interrupting=True, message="withdraw"),
            user("gone"),
            end(),
            path("begin", "first", "end"),
            path("fork", "second", "end"),
            path("back", "gone", "end"),
            messages=["fork", "withdraw"],
        )
    )
    instance = office.start("case")
    office.send("fork", instance_id=instance.id, data={"n": 1})
    office.send("fork", instance_id=instance.id, data={"n": 2})
    with office.database.read() as session:
        later = max(engine.open_tasks(session, "1"), key=lambda task: task.data.get("n", 0))

    office.send("withdraw", task_id=later.id)

    assert office.open() == ["first", "gone", "second"]
    assert office.task("gone").data["n"] == 2
    assert office.task("second").data["n"] == 1


HANDLING = diagram(
    "case",
    start(),
    sub(
        "handling",
        start("in"),
        user("report"),
        user("review", "yes", "no"),
        choice("good", default="report"),
        end("out"),
        path("in", "report", "review", "good", "report"),
        flow("good", "out", 'outcome == "yes"'),
    ),
    boundary("asked", "handling", message="ask"),
    user("consent", "yes", "no"),
    service("extend", "note"),
    end("decided"),
    path("asked", "consent", "extend", "decided"),
    boundary("stopped", "handling", interrupting=True, message="stop"),
    user("mop_up"),
    user("close"),
    end(),
    path("begin", "handling", "close", "end"),
    path("stopped", "mop_up", "end"),
    messages=["ask", "stop"],
)


def test_a_branch_from_a_subprocess_outlives_it(office: Office) -> None:
    office.deploy(HANDLING)
    instance = office.start("case")
    office.send("ask", instance_id=instance.id)
    office.complete("report")
    office.complete("review", "yes")
    with_branch = office.open()

    office.complete("close")
    waiting = office.ends()
    office.complete("consent", "yes")

    assert with_branch == ["close", "consent"]
    assert waiting == [None]
    assert office.ends() == ["completed"]


def test_an_interrupted_subprocess_keeps_the_branches_beside_it(office: Office) -> None:
    office.deploy(HANDLING)
    instance = office.start("case")
    office.send("ask", instance_id=instance.id)
    office.complete("report")

    office.send("stop", instance_id=instance.id)

    assert office.open() == ["consent", "mop_up"]


def test_an_event_sees_what_was_written_inside(office: Office) -> None:
    office.deploy(HANDLING)
    instance = office.start("case", percent=0)
    office.complete("report", percent=40)

    office.send("ask", instance_id=instance.id, data={"days": 3})

    seen = office.task("consent").data
    assert (seen["percent"], seen["days"]) == (40, 3)


def test_branches_do_not_mix_their_outcomes(office: Office) -> None:
    office.deploy(HANDLING)
    instance = office.start("case")
    office.complete("report")
    office.send("ask", instance_id=instance.id)
    office.complete("consent", "no")

    office.complete("review", "yes")

    assert office.open() == ["close"]
    assert office.task("close").data["outcome"] == "yes"


def test_the_last_writer_wins_when_a_subprocess_ends(office: Office) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            sub(
                "work",
                start("in"),
                user("a"),
                boundary("side", "a", message="side"),
                user("b"),
                end("out"),
                path("in", "a", "out"),
                path("side", "b", "out"),
            ),
            user("after"),
            end(),
            path("begin", "work", "after", "end"),
            messages=["side"],
        )
    )
    instance = office.start("case", mark=0, note="old")
    office.send("side", instance_id=instance.id)
    office.complete("a", mark=1)

    office.complete("b", note="new")

    data = office.task("after").data
    assert (data["mark"], data["note"]) == (1, "new")


def test_several_timers_of_one_instance_fire_in_their_order(
    office: Office, house: House, clock: MovableClock
) -> None:
    house.due.update(soon=datetime(2020, 3, 4, tzinfo=UTC), late=datetime(2020, 3, 5, tzinfo=UTC))
    office.deploy(
        diagram(
            "case",
            start(),
            user("work"),
            boundary("second", "work", date="due.late"),
            service("shout", "note"),
            boundary("first", "work", date="due.soon"),
            service("whisper", "note"),
            end(),
            path("begin", "work", "end"),
            path("first", "whisper", "end"),
            path("second", "shout", "end"),
        )
    )
    office.start("case")
    clock.move(timedelta(days=20))

    assert office.wake() == 2
    assert [element for element, _ in house.done] == ["whisper", "shout"]


def test_one_and_true_stay_apart_in_what_is_saved(office: Office) -> None:
    office.deploy(
        diagram(
            "truth",
            start(),
            user("go"),
            boundary("said", "go", interrupting=False, message="said"),
            user("look"),
            choice("which", "number"),
            user("number"),
            user("truth_value"),
            end(),
            path("begin", "go", "end"),
            path("said", "look", "which"),
            flow("which", "truth_value", "n is True"),
            flow("which", "number"),
            path("truth_value", "end"),
            path("number", "end"),
            messages=["said"],
        )
    )
    root = office.start("truth", n=1)
    office.send("said", instance_id=root.id, data={"n": True})

    office.complete("look")

    assert office.open() == ["go", "truth_value"]
