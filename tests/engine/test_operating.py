"""What an administrator does by hand: suspend, resume, skip, move; each told by the history."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

import engine
from engine import InstanceSuspended, MovableClock, NotMovable, Session
from engine.tables import DELIVERY, INSTANCE, JOB, TASK
from tests.engine.conftest import House, Office
from tests.engine.drawing import (
    again,
    boundary,
    call,
    catch,
    choice,
    diagram,
    each,
    end,
    flow,
    parallel,
    path,
    receive,
    service,
    start,
    sub,
    times,
    user,
)

WAITS = diagram(
    "p",
    start(),
    user("work"),
    boundary("late", "work", duration="P2D"),
    user("hurry"),
    end(),
    path("begin", "work", "end"),
    path("late", "hurry", "end"),
)


def by_hand(office: Office, verb: str, *what: object, reason: str = "because") -> None:
    """Let the administrator do something."""

    def work(session: Session) -> None:
        getattr(engine, verb)(session, *what, reason=reason, by="admin")

    office.database.write(work)


def incident(office: Office) -> engine.Incident:
    """Return the one open incident."""
    with office.database.read() as session:
        (found,) = engine.incidents(session)
    return found


def test_nothing_moves_a_suspended_instance(office: Office) -> None:
    office.deploy(WAITS)
    instance = office.start("p")

    by_hand(office, "suspend", instance.id)

    with pytest.raises(InstanceSuspended):
        office.complete("work")
    assert office.open() == ["work"]


def test_a_suspended_clock_stands_still(office: Office, clock: MovableClock) -> None:
    office.deploy(WAITS)
    instance = office.start("p")
    clock.move(timedelta(days=1))
    by_hand(office, "suspend", instance.id)
    clock.move(timedelta(days=10))
    assert office.wake() == 0

    by_hand(office, "resume", instance.id)

    clock.move(timedelta(hours=23))
    assert office.wake() == 0
    clock.move(timedelta(hours=1))
    assert office.wake() == 1


def test_what_is_sent_to_a_suspended_instance_comes_when_it_is_resumed(office: Office) -> None:
    office.deploy(
        diagram(
            "p",
            start(),
            catch("rings", signal="bell"),
            user("go"),
            end(),
            path("begin", "rings", "go", "end"),
        )
    )
    instance = office.start("p")
    by_hand(office, "suspend", instance.id)
    office.database.write(lambda session: engine.broadcast(session, "bell", by="person:1"))
    assert office.open() == []

    by_hand(office, "resume", instance.id)
    engine.work_once(office.database)

    assert office.open() == ["go"]


def test_what_an_operation_outside_tells_a_suspended_instance_is_kept(office: Office) -> None:
    office.deploy(
        diagram(
            "p",
            start(),
            service("tell", "mail"),
            user("go"),
            end(),
            path("begin", "tell", "go", "end"),
        )
    )
    instance = office.start("p")
    by_hand(office, "suspend", instance.id)
    engine.work_once(office.database)
    assert office.open() == []

    by_hand(office, "resume", instance.id)
    engine.work_once(office.database)

    assert office.task("go").data["sent"] is True


def test_a_message_held_back_for_an_instance_goes_on_when_that_is_cancelled(
    office: Office,
) -> None:
    office.deploy(
        diagram(
            "p",
            start(),
            receive("hear", "word", key='"k"', take="said"),
            user("go"),
            end(),
            path("begin", "hear", "go", "end"),
        )
    )
    first = office.start("p", key="first")
    by_hand(office, "suspend", first.id)
    office.database.write(
        lambda session: engine.publish(session, "word", key="k", data={"said": "yes"}, by="one")
    )
    office.start("p", key="second")

    by_hand(office, "cancel", first.id)
    engine.work_once(office.database)

    assert office.task("go", "second").data["said"] == "yes"
    with office.database.read() as session:
        assert session.execute(DELIVERY.select()).all() == []


def test_what_was_called_is_suspended_too(office: Office) -> None:
    office.deploy(WAITS)
    office.deploy(diagram("q", start(), call("handle", "p"), end(), path("begin", "handle", "end")))
    caller = office.start("q")

    by_hand(office, "suspend", caller.id)

    assert [one.suspended_at is not None for one in office.instances()] == [True, True]
    with pytest.raises(InstanceSuspended):
        office.complete("work")


def test_what_fails_can_be_skipped(office: Office, house: House) -> None:
    house.broken.add("note")
    office.deploy(
        diagram(
            "p",
            start(),
            service("act", "note"),
            user("go"),
            end(),
            path("begin", "act", "go", "end"),
        )
    )
    office.start("p")

    by_hand(office, "skip", incident(office).id)

    assert office.open() == ["go"]
    assert "skipped act" in office.kinds()
    with office.database.read() as session:
        assert engine.incidents(session) == []


def test_a_task_can_be_moved(office: Office) -> None:
    office.deploy(WAITS)
    instance = office.start("p")

    by_hand(office, "move", instance.id, office.task("work").id, "hurry")

    assert office.open() == ["hurry"]
    assert office.wake() == 0
    assert "moved work" in office.kinds()


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("late", "no token can be put there"),
        ("begin", "no token can be put there"),
        ("both", "it waits for tokens from elsewhere"),
        ("deep", "it isn't in the same process or sub-process"),
        ("nowhere", "it isn't in the same process or sub-process"),
    ],
)
def test_a_token_is_moved_only_where_it_can_go_on(office: Office, target: str, reason: str) -> None:
    office.deploy(
        diagram(
            "p",
            start(),
            parallel("split"),
            user("work"),
            user("other"),
            boundary("late", "work", duration="P1D"),
            sub("box", start("b"), user("deep"), end("e"), path("b", "deep", "e")),
            parallel("both"),
            end(),
            end("gone"),
            path("begin", "split", "work", "box", "both", "end"),
            path("split", "other", "both"),
            path("late", "gone"),
        )
    )
    instance = office.start("p")

    with pytest.raises(NotMovable, match=reason):
        by_hand(office, "move", instance.id, office.task("work").id, target)

    assert office.open() == ["other", "work"]


def test_a_token_is_not_moved_away_from_others_that_wait_for_it(office: Office) -> None:
    office.deploy(
        diagram(
            "p",
            start(),
            parallel("fork"),
            user("a"),
            user("b"),
            parallel("join"),
            user("after"),
            end(),
            path("begin", "fork", "a", "join", "after", "end"),
            path("fork", "b", "join"),
        )
    )
    instance = office.start("p")

    with pytest.raises(NotMovable, match="never come to its end"):
        by_hand(office, "move", instance.id, office.task("a").id, "after")

    assert office.open() == ["a", "b"]
    by_hand(office, "move", instance.id, office.task("a").id, "a")
    assert office.open() == ["a", "b"]


def test_a_round_can_be_added_and_withdrawn(office: Office) -> None:
    office.deploy(
        diagram(
            "p",
            start(),
            user("each", loop=each("units", "unit")),
            end(),
            path("begin", "each", "end"),
        )
    )
    instance = office.start("p", units=["a"])

    office.database.write(
        lambda session: engine.add_round(session, instance.id, "each", "b", by="admin")
    )
    assert office.open() == ["each", "each"]
    office.complete("each")
    task = office.task("each")
    office.database.write(lambda session: engine.withdraw_round(session, task, by="admin"))

    assert office.ends() == ["completed"]


def test_a_unit_can_be_added_to_those_that_were_called(office: Office) -> None:
    office.deploy(WAITS)
    office.deploy(
        diagram(
            "q",
            start(),
            call("handle", "p", items="units", item="unit"),
            end(),
            path("begin", "handle", "end"),
        )
    )
    caller = office.start("q", units=["a"])

    office.database.write(
        lambda session: engine.add_round(session, caller.id, "handle", "b", by="admin")
    )

    assert [one.item for one in office.instances()] == [None, "a", "b"]
    office.complete("work")
    office.complete("work")
    assert office.ends() == ["completed"] * 3


def test_a_whole_version_is_suspended_and_resumed(office: Office) -> None:
    version = office.deploy(WAITS)
    for key in "ab":
        office.start("p", key=key)
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    engine.suspend_all(office.database, version.id, reason="r", by="admin", progress=tell)
    assert all(i.suspended_at for key in "ab" for i in office.instances(key))
    engine.resume_all(office.database, version.id, reason="r", by="admin", progress=tell)

    assert told == [(1, 2), (2, 2)] * 2
    assert isinstance(office.task("work", "a").id, UUID)
    office.complete("work", key="a")


def test_only_what_nothing_can_move_stands_still(office: Office) -> None:
    office.deploy(WAITS)
    office.deploy(
        diagram("told", start(), catch("word", message="word"), end(), path("begin", "word", "end"))
    )
    office.deploy(
        diagram("sends", start(), service("send", "mail"), end(), path("begin", "send", "end"))
    )
    office.deploy(diagram("asks", start(), user("one"), end(), path("begin", "one", "end")))
    for process, key in (("p", "a"), ("told", "b"), ("sends", "c"), ("asks", "d")):
        office.start(process, key=key)
    with office.database.read() as session:
        assert engine.standing_still(session) == []

    lost = update(TASK).where(TASK.c.business_key == "d").values(closed_at=datetime.now(UTC))
    office.database.write(lambda session: session.execute(lost))

    with office.database.read() as session:
        assert [one.business_key for one in engine.standing_still(session)] == ["d"]


def given_up(office: Office, clock: MovableClock) -> engine.Incident:
    """Let the worker try its job until it gives up."""
    for _ in range(4):
        engine.work_once(office.database)
        clock.move(timedelta(minutes=5))
    return incident(office)


MAILS = diagram(
    "p",
    start(),
    service("act", "mail"),
    boundary("late", "act", interrupting=True, duration="P2D"),
    user("go"),
    user("hurry"),
    end(),
    path("begin", "act", "go", "end"),
    path("late", "hurry", "end"),
)


def test_what_a_worker_has_given_up_can_be_skipped(
    office: Office, house: House, clock: MovableClock
) -> None:
    house.broken.add("mail")
    office.deploy(MAILS)
    office.start("p")

    by_hand(office, "skip", given_up(office, clock).id)

    assert office.open() == ["go"]
    assert nothing_left(office)


@pytest.mark.parametrize("way", ["late", "moved"])
def test_nobody_need_mend_what_nobody_waits_for(
    office: Office, house: House, clock: MovableClock, way: str
) -> None:
    house.broken.add("mail")
    office.deploy(MAILS)
    instance = office.start("p")
    found = given_up(office, clock)

    if way == "late":
        clock.move(timedelta(days=2))
        office.wake()
    else:
        by_hand(office, "move", instance.id, found.task_id, "hurry")

    assert office.open() == ["hurry"]
    assert nothing_left(office)


def nothing_left(office: Office) -> bool:
    """Tell whether there is no incident and no job."""
    with office.database.read() as session:
        return not engine.incidents(session) and not session.execute(JOB.select()).all()


BADLY_TIMED = diagram(
    "p",
    start(),
    user("work"),
    boundary("late", "work", cycle="R/often"),
    catch("pause", duration="PT1H"),
    catch("rest", cycle="R/often"),
    user("hurry"),
    end(),
    path("begin", "work", "pause", "rest", "end"),
    path("late", "hurry", "end"),
)


def test_a_timer_without_a_date_is_skipped_by_where_it_waits(
    office: Office, clock: MovableClock
) -> None:
    office.deploy(BADLY_TIMED)
    office.start("p", often="never")
    by_hand(office, "skip", incident(office).id)
    beside = office.open()
    office.complete("work")
    clock.move(timedelta(hours=1))
    office.wake()

    by_hand(office, "skip", incident(office).id)

    assert beside == ["work"]
    assert office.ends() == ["completed"]


def test_the_incident_of_a_timer_goes_with_the_timer(office: Office) -> None:
    office.deploy(BADLY_TIMED)
    office.start("p", often="never")

    office.complete("work")

    assert nothing_left(office)


@pytest.mark.parametrize(
    ("element", "target", "reason"),
    [
        ("first", "second.body", "it isn't in the same process or sub-process"),
        ("late", "second", "what waits there is part of something larger"),
    ],
)
def test_what_is_only_a_part_is_neither_moved_nor_moved_to(
    office: Office, element: str, target: str, reason: str
) -> None:
    office.deploy(
        diagram(
            "p",
            start(),
            user("first"),
            boundary("late", "first", cycle="R/often"),
            user("second", loop=times("2")),
            end("over"),
            end(),
            path("begin", "first", "second", "end"),
            path("late", "over"),
        )
    )
    instance = office.start("p", often="never")
    tokens = {"first": office.task("first").id, "late": incident(office).task_id}

    with pytest.raises(NotMovable, match=reason):
        by_hand(office, "move", instance.id, tokens[element], target)

    assert office.open() == ["first"]


def test_a_round_of_a_standard_loop_cannot_be_withdrawn(office: Office) -> None:
    office.deploy(
        diagram("p", start(), user("work", loop=again(most=3)), end(), path("begin", "work", "end"))
    )
    office.start("p")
    task = office.task("work")

    with pytest.raises(engine.NothingRepeats):
        office.database.write(lambda session: engine.withdraw_round(session, task, by="admin"))

    assert office.open() == ["work"]


def test_a_message_to_a_task_reaches_only_what_waits_beside_it(office: Office) -> None:
    office.deploy(
        diagram(
            "p",
            start(),
            parallel("split"),
            user("one"),
            catch("two", message="word"),
            end("a"),
            end("b"),
            path("begin", "split", "one", "a"),
            path("split", "two", "b"),
        )
    )
    office.start("p")

    with pytest.raises(engine.NobodyWaits):
        office.send("word", task_id=office.task("one").id)


@pytest.mark.parametrize("loop", [again("n < 3"), times("1", until="n > 3")])
def test_a_loop_that_cannot_tell_whether_it_ends_is_left_when_that_is_skipped(
    office: Office, loop: str
) -> None:
    office.deploy(
        diagram(
            "p",
            start(),
            user("work", loop=loop),
            user("go"),
            end(),
            path("begin", "work", "go", "end"),
        )
    )
    office.start("p")
    office.complete("work")

    by_hand(office, "skip", incident(office).id)

    assert office.open() == ["go"]
    assert nothing_left(office)


def test_what_fails_again_when_it_is_skipped_is_one_incident(office: Office) -> None:
    office.deploy(
        diagram(
            "p",
            start(),
            user("work"),
            choice("which", default="end"),
            user("go"),
            end(),
            path("begin", "work", "which", "end"),
            flow("which", "go", "n > 3"),
            path("go", "end"),
        )
    )
    office.start("p")
    office.complete("work")

    by_hand(office, "skip", incident(office).id)

    assert incident(office).element_id == "which"


def test_what_nobody_can_read_any_more_can_still_be_cancelled(office: Office) -> None:
    office.deploy(WAITS)
    office.deploy(diagram("q", start(), call("handle", "p"), end(), path("begin", "handle", "end")))
    caller = office.start("q")
    torn = update(INSTANCE).where(INSTANCE.c.id == caller.id).values(state=b"torn")
    office.database.write(lambda session: session.execute(torn))

    by_hand(office, "cancel", caller.id)

    assert office.ends() == ["cancelled", "cancelled"]
    assert office.open() == []
