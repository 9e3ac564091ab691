"""Between instances, by the verbs alone: what a called one says to its caller, and who hears it."""

from datetime import timedelta
from typing import Any

import pytest

import engine
from engine import Database, MovableClock
from engine.deliveries import deliver
from tests.engine.conftest import House, Office
from tests.engine.drawing import (
    boundary,
    call,
    choice,
    diagram,
    each,
    end,
    event_sub,
    flow,
    parallel,
    path,
    receive,
    send_task,
    service,
    start,
    sub,
    throw,
    times,
    user,
)


def child(*last: str, name: str = "child") -> bytes:
    """Return a process that may be called: one task, and how it ends."""
    ended = last or (end(),)
    return diagram(name, start(), user("do"), *ended, path("begin", "do", "end"))


FAILS = child(end("end", error="E"))
TELLS = child(throw("end", escalation="X"), user("more"), end("over"), path("end", "more", "over"))


def parent(call_: str, *more: str, name: str = "parent") -> bytes:
    """Return a process that calls as ``units``, with a task behind it."""
    row = path("begin", "units", "check", "end")
    return diagram(name, start(), call_, user("check"), end(), row, *more)


def caught(*, interrupting: bool, **event: str) -> str:
    """Draw an event on the call, and a task behind it."""
    on_it = boundary("event", "units", interrupting=interrupting, **event)
    return on_it + user("caught") + end("caught_end") + path("event", "caught", "caught_end")


def incidents(database: Database) -> list[tuple[str, str | None]]:
    """Return the open incidents, in short, oldest first."""
    with database.read() as session:
        return [(one.kind, one.element_id) for one in reversed(engine.incidents(session))]


def retry(database: Database) -> None:
    """Try the newest open incident again."""

    def work(session: engine.Session) -> None:
        engine.retry_incident(session, engine.incidents(session)[0].id, by="admin")

    database.write(work)


def complete_one(office: Office, element: str, index: int, **data: Any) -> None:
    """Complete the task of one of several called instances."""
    with office.database.read() as session:
        rounds = {one.id: one.round for one in engine.instances(session, "1")}
        tasks = engine.open_tasks(session, "1")
        task = next(t for t in tasks if t.element_id == element and rounds[t.instance_id] == index)

    def work(session: engine.Session) -> None:
        engine.complete(session, engine.open_task(session, task.id), None, data, by="person:1")

    office.database.write(work)


def test_a_call_gives_and_takes_what_is_named(office: Office) -> None:
    office.deploy(child())
    office.deploy(
        parent(call("units", "child", keep="kept", gives={"n": "m * 2"}, takes={"got": "r + 1"}))
    )
    office.start("parent", m=2, kept="k", secret="s")
    given = dict(office.task("do").data)

    office.complete("do", r=4, other="o")

    assert given == {"n": 4, "kept": "k"}
    assert dict(office.task("check").data) == {"m": 2, "kept": "k", "secret": "s", "got": 5}


def test_results_come_in_the_order_of_the_list(office: Office) -> None:
    office.deploy(child())
    loop = each("items", "item", output="outs", output_item="res")
    office.deploy(parent(call("units", "child", takes={"res": "r"}, loop=loop)))
    office.start("parent", items=["a", "b", "c"])

    for index in (2, 0, 1):
        complete_one(office, "do", index, r=index)

    assert office.task("check").data["outs"] == [0, 1, 2]


def test_enough_results_cancel_the_other_instances(office: Office) -> None:
    office.deploy(child())
    loop = times("3", until="nrOfCompletedInstances == 2")
    office.deploy(parent(call("units", "child", loop=loop)))
    office.start("parent")

    complete_one(office, "do", 2)
    complete_one(office, "do", 0)

    assert office.open() == ["check"]
    assert office.ends() == [None, "completed", "cancelled", "completed"]


def test_in_a_row_each_instance_waits_for_the_one_before(office: Office) -> None:
    office.deploy(child())
    loop = each("items", "item", sequential=True, output="outs", output_item="res")
    office.deploy(parent(call("units", "child", takes={"res": "r"}, loop=loop)))
    office.start("parent", items=["a", "b"])
    seen = []

    while office.open() == ["do"]:
        seen.append((office.instances()[-1].item, office.instances()[-1].round))
        office.complete("do", r=len(seen))

    assert seen == [("a", 0), ("b", 1)]
    assert office.task("check").data["outs"] == [1, 2]


def test_an_error_of_a_called_instance_goes_to_its_callers_handler(office: Office) -> None:
    office.deploy(FAILS)
    office.deploy(parent(call("units", "child"), caught(interrupting=True, error="E")))
    office.start("parent")

    office.complete("do")

    assert office.open() == ["caught"]
    assert office.ends() == [None, "error"]


@pytest.mark.parametrize("event", ["error", "escalation"])
def test_what_nobody_hears_on_the_way_is_heard_levels_above(office: Office, event: str) -> None:
    office.deploy(child(end("end", **{event: "E"})))
    office.deploy(parent(call("units", "child"), name="middle"))
    office.deploy(
        parent(call("units", "middle"), caught(interrupting=event == "error", **{event: "E"}))
    )
    office.start("parent")

    office.complete("do")

    ended = "error" if event == "error" else "completed"
    assert office.open() == (["caught"] if event == "error" else ["caught", "check"])
    assert office.ends() == [None, "error" if event == "error" else None, ended]


def test_an_error_of_one_instance_cancels_the_others_where_it_is_handled(office: Office) -> None:
    office.deploy(FAILS)
    loop = times("3")
    office.deploy(parent(call("units", "child", loop=loop), caught(interrupting=True, error="")))
    office.start("parent")

    complete_one(office, "do", 1)

    assert office.open() == ["caught"]
    assert office.ends() == [None, "cancelled", "error", "cancelled"]


def test_an_error_that_nobody_handles_is_an_incident_and_the_next_try_calls_again(
    office: Office, database: Database
) -> None:
    office.deploy(FAILS)
    office.deploy(parent(call("units", "child")))
    office.start("parent")
    office.complete("do")
    failed = incidents(database)
    office.deploy(child())

    retry(database)
    office.complete("do")

    assert failed == [("uncaught_error", "units")]
    assert office.open() == ["check"]
    assert incidents(database) == []
    assert office.ends() == [None, "error", "completed"]


@pytest.mark.parametrize("counted", [True, False])
def test_an_instance_that_fails_leaves_its_siblings_alone(
    office: Office, database: Database, *, counted: bool
) -> None:
    drawn = (
        choice("well", default="end"),
        end(),
        end("bad", error="E"),
        flow("do", "well"),
        flow("well", "end"),
        flow("well", "bad", "not r"),
    )
    office.deploy(diagram("child", start(), user("do"), flow("begin", "do"), *drawn))
    loop = times("3", output="outs", output_item="res") if counted else times("3")
    office.deploy(parent(call("units", "child", takes={"res": "r"}, loop=loop)))
    office.start("parent")
    complete_one(office, "do", 0, r=0)
    beside = office.open()

    complete_one(office, "do", 1, r=1)
    complete_one(office, "do", 2, r=0)
    waiting = office.open()
    retry(database)
    for index in (2, 0):
        complete_one(office, "do", index, r=index + 5)

    assert beside == ["do", "do"]
    assert waiting == []
    assert office.open() == ["check"]
    assert office.task("check").data.get("outs") == ([5, 1, 7] if counted else None)
    assert incidents(database) == []


def test_what_cannot_be_taken_is_tried_again_without_calling_again(
    office: Office, database: Database
) -> None:
    office.deploy(child())
    office.deploy(parent(call("units", "child", takes={"res": "1 / r"})))
    office.start("parent")
    office.complete("do", r=0)
    failed = incidents(database)

    retry(database)

    assert len(failed) == len(incidents(database)) == 1
    assert len(office.instances()) == 2


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_escalation_of_a_called_instance_is_heard_while_it_runs(
    office: Office, *, interrupting: bool
) -> None:
    office.deploy(TELLS)
    office.deploy(parent(call("units", "child"), caught(interrupting=interrupting, escalation="X")))
    office.start("parent")

    office.complete("do")

    assert office.open() == (["caught"] if interrupting else ["caught", "more"])
    assert office.ends() == [None, "cancelled" if interrupting else None]


@pytest.mark.parametrize("failed", [True, False])
def test_an_event_on_a_call_cancels_what_it_has_called(
    office: Office, clock: MovableClock, *, failed: bool
) -> None:
    office.deploy(FAILS)
    loop = times("2")
    event = caught(interrupting=True, duration="P1D")
    office.deploy(parent(call("units", "child", loop=loop), event))
    office.start("parent")
    if failed:
        complete_one(office, "do", 0)

    clock.move(timedelta(days=2))
    office.wake()

    assert office.open() == ["caught"]
    assert office.ends() == [None, "error" if failed else "cancelled", "cancelled"]


def test_cancelling_a_caller_whose_call_has_failed_cancels_what_it_has_called(
    office: Office, database: Database
) -> None:
    office.deploy(FAILS)
    office.deploy(parent(call("units", "child", loop=times("2"))))
    root = office.start("parent")
    complete_one(office, "do", 0)

    database.write(lambda session: engine.cancel(session, root.id, reason="moot", by="admin"))

    assert office.ends() == ["cancelled", "error", "cancelled"]
    assert office.open() == []
    assert incidents(database) == []


def test_an_operation_of_a_called_instance_may_end_it_with_an_error(
    office: Office, house: House
) -> None:
    def refuse(_call: engine.Call) -> None:
        raise engine.BusinessError("E")

    house.during = refuse
    office.deploy(
        diagram("child", start(), service("do", "note"), end(), path("begin", "do", "end"))
    )
    office.deploy(parent(call("units", "child"), caught(interrupting=True, error="E")))

    office.start("parent")

    assert office.open() == ["caught"]
    assert office.ends() == [None, "error"]


def test_a_handler_of_the_process_hears_what_a_called_instance_throws(office: Office) -> None:
    office.deploy(FAILS)
    handler = event_sub(
        "es",
        start("heard", interrupting=True, error="E"),
        user("caught"),
        end("handled"),
        path("heard", "caught", "handled"),
    )
    office.deploy(parent(call("units", "child"), handler))
    office.start("parent")

    office.complete("do")

    assert office.open() == ["caught"]


# ── Messages and signals ───────────────────────────────────────────────────────────────

ASKS = diagram(
    "asks",
    start(),
    receive("answer", "said", key="no", take="word"),
    user("go"),
    end(),
    path("begin", "answer", "go", "end"),
)


def publish(office: Office, message: str, key: str, **data: object) -> None:
    """Send a message from outside."""
    office.database.write(
        lambda session: engine.publish(session, message, key=key, data=data, by="person:1")
    )


def test_a_message_reaches_the_instance_that_has_waited_longest(office: Office) -> None:
    office.deploy(ASKS)
    for key in ("a", "b"):
        office.start("asks", key=key, no=7)

    publish(office, "said", "7")
    first = (office.open("a"), office.open("b"))
    publish(office, "said", "7")

    assert first == (["go"], [])
    assert office.open("b") == ["go"]


def test_two_messages_sent_at_once_reach_two(office: Office) -> None:
    office.deploy(ASKS)
    says = (send_task("say", "said", key="7"), send_task("again", "said", key="7"))
    office.deploy(
        diagram("says", start(), user("w"), *says, end(), path("begin", "w", "say", "again", "end"))
    )
    for key in ("a", "b"):
        office.start("asks", key=key, no=7)
    office.start("says", key="c")

    office.complete("w", key="c")

    assert (office.open("a"), office.open("b")) == (["go"], ["go"])


def test_a_message_whose_receiver_has_ended_meanwhile_goes_to_the_next(
    office: Office, database: Database
) -> None:
    office.deploy(ASKS)
    first = office.start("asks", key="a", no=7)
    office.start("asks", key="b", no=7)

    def both(session: engine.Session) -> None:
        engine.publish(session, "said", key="7", data={"word": "w"}, by="person:1")
        engine.cancel(session, first.id, reason="moot", by="admin")

    database.write(both)

    assert office.ends("a") == ["cancelled"]
    assert office.open("b") == ["go"]
    assert office.task("go", "b").data["word"] == "w"


@pytest.mark.parametrize("swept", [True, False])
def test_a_kept_message_dies_when_its_time_is_over(
    office: Office, database: Database, clock: MovableClock, *, swept: bool
) -> None:
    office.deploy(ASKS)
    publish(office, "said", "7", word="late")

    clock.move(timedelta(days=2))
    if swept:
        engine.work_once(database)
    office.start("asks", no=7)

    assert office.open() == []


def test_kept_messages_come_to_one_listener_one_after_the_other(office: Office) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            user("work"),
            end(),
            path("begin", "work", "end"),
            event_sub(
                "es",
                start("heard", interrupting=False, message="said", key="no", take="word"),
                user("h"),
                end("handled"),
                path("heard", "h", "handled"),
            ),
        )
    )
    for word in ("one", "two"):
        publish(office, "said", "7", word=word)

    office.start("case", no=7)

    assert office.open() == ["h", "h", "work"]


def test_a_signal_reaches_instances_and_listeners_alike(office: Office) -> None:
    office.deploy(
        diagram(
            "waits",
            start(),
            user("work"),
            boundary("heard", "work", signal="go"),
            user("h"),
            end(),
            path("begin", "work", "end"),
            path("heard", "h", "end"),
        )
    )
    office.deploy(
        diagram(
            "sends",
            start(),
            parallel("fork"),
            user("w"),
            end("end", signal="go"),
            path("begin", "fork", "w", "end"),
            flow("fork", "end"),
        )
    )
    office.start("waits", key="a")
    office.start("waits", key="b")

    office.start("sends", key="c")

    assert (office.open("a"), office.open("b")) == (["h", "work"], ["h", "work"])
    office.complete("w", key="c")
    assert office.open("a") == ["h", "h", "work"]


def test_a_timer_in_an_event_sub_process_is_found_when_it_is_due(
    office: Office, clock: MovableClock
) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            user("work"),
            end(),
            path("begin", "work", "end"),
            event_sub(
                "es",
                start("late", interrupting=True, duration="P1D"),
                user("h"),
                end("handled"),
                path("late", "h", "handled"),
            ),
        )
    )
    office.start("case")
    clock.move(timedelta(days=2))

    fired = office.wake()

    assert fired == 1
    assert office.open() == ["h"]


def test_a_message_at_one_of_several_tasks_reaches_the_event_on_them(
    office: Office, database: Database
) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            user("work", loop=times("2")),
            boundary("back", "work", interrupting=True, message="withdraw"),
            user("again"),
            end(),
            path("begin", "work", "end"),
            path("back", "again", "end"),
        )
    )
    office.start("case")

    office.send("withdraw", task_id=office.task("work").id)

    assert office.open() == ["again"]


def test_rounds_are_added_and_withdrawn_while_others_run(
    office: Office, database: Database
) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            user("work", loop=each("items", "item", output="outs", output_item="res")),
            user("check"),
            end(),
            path("begin", "work", "check", "end"),
        )
    )
    instance = office.start("case", items=["A", "B", "C"])

    def find(session: engine.Session, item: str) -> engine.Task:
        return next(t for t in engine.open_tasks(session, "1") if t.data.get("item") == item)

    def change(session: engine.Session) -> None:
        engine.withdraw_round(session, find(session, "B"), by="admin")
        engine.add_round(session, instance.id, "work", "D", by="admin")

    def finish(session: engine.Session, item: str) -> None:
        task = engine.open_task(session, find(session, item).id)
        engine.complete(session, task, None, {"res": item}, by="person:1")

    database.write(change)
    for item in "DCA":
        database.write(lambda session, item=item: finish(session, item))

    assert office.task("check").data["outs"] == ["A", "C", "D"]


def test_an_instance_is_added_while_its_call_is_an_incident(
    office: Office, database: Database
) -> None:
    office.deploy(FAILS)
    loop = each("items", "item", output="outs", output_item="res")
    office.deploy(parent(call("units", "child", takes={"res": "r"}, loop=loop)))
    root = office.start("parent", items=["A"])
    office.complete("do")
    office.deploy(child())

    database.write(lambda session: engine.add_round(session, root.id, "units", "B", by="admin"))
    complete_one(office, "do", 1, r=1)
    retry(database)
    complete_one(office, "do", 0, r=0)

    assert office.task("check").data["outs"] == [0, 1]


def test_a_called_instance_hears_messages_like_any_other(office: Office) -> None:
    handler = event_sub(
        "es",
        start("heard", interrupting=True, message="said", key="no", take="word"),
        user("h"),
        end("handled"),
        path("heard", "h", "handled"),
    )
    office.deploy(diagram("child", start(), user("do"), end(), path("begin", "do", "end"), handler))
    office.deploy(parent(call("units", "child", keep="no", takes={"got": "word"})))
    office.start("parent", no=7)

    publish(office, "said", "7", word="w")
    heard = office.open()
    office.complete("h")

    assert heard == ["h"]
    assert office.task("check").data["got"] == "w"


def test_sub_processes_of_one_id_in_two_diagrams_are_two(office: Office, house: House) -> None:
    def boxed(does: str) -> str:
        return sub("box", start("in"), service(does, "note"), end("out"), path("in", does, "out"))

    office.deploy(diagram("child", start(), boxed("inner_q"), end(), path("begin", "box", "end")))
    office.deploy(
        diagram(
            "parent",
            start(),
            boxed("inner_p"),
            call("units", "child"),
            end(),
            path("begin", "box", "units", "end"),
        )
    )

    office.start("parent")

    assert [where for where, _ in house.done] == ["inner_p", "inner_q"]
    assert office.ends() == ["completed", "completed"]


def test_what_a_call_hears_comes_in_the_order_in_which_it_was_said(office: Office) -> None:
    office.deploy(TELLS)
    on_it = caught(interrupting=True, escalation="X")
    office.deploy(parent(call("units", "child"), on_it))
    office.start("parent")
    escalated = posted(office, "do")
    ended = posted(office, "more")

    for letter in (ended, escalated, ended):
        deliver(office.database, letter)

    assert office.open() == ["caught"]


def test_who_delivers_first_to_a_call_delivers_what_was_put_off_behind_it(office: Office) -> None:
    office.deploy(TELLS)
    on_it = caught(interrupting=False, escalation="X")
    office.deploy(parent(call("units", "child"), on_it))
    office.start("parent")
    escalated = posted(office, "do")
    ended = posted(office, "more")

    deliver(office.database, ended)
    too_early = office.open()
    deliver(office.database, escalated)

    assert too_early == []
    assert office.open() == ["caught", "check"]


def posted(office: Office, element: str) -> list[int]:
    """Complete a task and leave undelivered what that has posted."""
    wanted = office.task(element)

    def work(session: engine.Session) -> None:
        task = engine.open_task(session, wanted.id)
        engine.complete(session, task, None, {}, by="person:1")

    return office.database.commit(work)[1]


def test_a_call_may_be_done_many_times_in_a_row_though_nobody_waits(office: Office) -> None:
    office.deploy(diagram("child", start(), end(), path("begin", "end")))
    office.deploy(parent(call("units", "child", loop=times("120", sequential=True))))
    office.start("parent")

    while engine.work_once(office.database):
        pass

    assert office.open() == ["check"]


def test_instances_that_move_one_another_for_ever_are_stopped_until_somebody_looks(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.deliveries.HOPS", 5)
    office.deploy(diagram("child", start(), end(), path("begin", "end")))
    office.deploy(parent(call("units", "child", loop=times("8", sequential=True))))
    office.start("parent")
    stopped = incidents(office.database)

    retry(office.database)
    engine.work_once(office.database)

    assert stopped == [("delivery", None)]
    assert office.open() == ["check"]


def test_a_caller_may_take_how_the_last_task_of_a_called_instance_ended(office: Office) -> None:
    ends = diagram("child", start(), user("do", "good", "bad"), end(), path("begin", "do", "end"))
    office.deploy(ends)
    office.deploy(parent(call("units", "child", takes={"got": "outcome"})))
    office.start("parent")

    office.complete("do", "good")

    assert dict(office.task("check").data) == {"got": "good"}


@pytest.mark.parametrize("key", [None, "", "x" * 201, "a\0"])
def test_what_is_no_key_meets_nobody(office: Office, key: str | None) -> None:
    office.deploy(
        diagram(
            "hears", start(), receive("hear", "word", key="k"), end(), path("begin", "hear", "end")
        )
    )
    office.deploy(
        diagram(
            "says", start(), send_task("say", "word", key="k"), end(), path("begin", "say", "end")
        )
    )

    office.start("hears", k=key)
    office.start("says", k=key)

    assert incidents(office.database) == [("expression", "hear"), ("expression", "say")]
