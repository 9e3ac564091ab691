"""Starting, completing, cancelling: what a person's step does to an instance."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest

import engine
from engine import Database, MovableClock, Session
from tests.engine.conftest import House, Office
from tests.engine.drawing import (
    choice,
    diagram,
    end,
    event_sub,
    flow,
    inclusive,
    parallel,
    path,
    service,
    start,
    sub,
    user,
)

REVIEW = diagram(
    "review",
    start(),
    user("write", "send"),
    user("judge", "yes", "no", step="judge"),
    choice("good", default="end"),
    end(),
    path("begin", "write", "judge", "good", "end"),
    flow("good", "write", 'outcome == "no"'),
)


def test_starts_where_the_diagram_begins(office: Office) -> None:
    office.deploy(REVIEW)

    instance = office.start("review", key="7", colour="red")

    assert office.open("7") == ["write"]
    task = office.task("write", "7")
    assert (task.instance_id, task.business_key) == (instance.id, "7")
    assert (task.step, task.role, task.limit) == ("form", "clerk", "none")
    assert [outcome.value for outcome in task.outcomes] == ["send"]
    assert dict(task.data) == {"colour": "red"}


def test_walks_the_way_that_the_outcome_says(office: Office) -> None:
    office.deploy(REVIEW)
    office.start("review")

    office.complete("write", "send")
    office.complete("judge", "no")
    again = office.open()
    office.complete("write", "send", pages=3)
    office.complete("judge", "yes")

    assert again == ["write"]
    assert office.open() == []
    assert office.ends() == ["completed"]


def test_data_travels_with_the_token(office: Office) -> None:
    office.deploy(REVIEW)
    office.start("review", colour="red")

    office.complete("write", "send", pages=3)

    assert dict(office.task("judge").data) == {"colour": "red", "pages": 3, "outcome": "send"}


def test_tells_the_listener_in_order(office: Office, house: House) -> None:
    office.deploy(REVIEW)

    office.start("review")
    office.complete("write", "send")
    office.complete("judge", "yes")

    assert house.heard == [
        ("started", "review"),
        ("opened", "write"),
        ("closed", "write"),
        ("opened", "judge"),
        ("closed", "judge"),
        ("ended", "review completed"),
    ]


def test_a_closed_task_says_who_closed_it(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(REVIEW)
    office.start("review")
    task = office.task("write")
    clock.move(timedelta(hours=2))
    office.complete("write", "send")

    with pytest.raises(engine.TaskClosed) as refusal:
        database.write(lambda session: engine.open_task(session, task.id))

    assert refusal.value.facts == {
        "task_id": task.id,
        "closed_by": "person:1",
        "closed_at": clock.now(),
        "outcome": "send",
    }


def test_a_task_can_be_found_when_it_is_closed(office: Office, database: Database) -> None:
    office.deploy(REVIEW)
    office.start("review")
    task = office.task("write")
    office.complete("write", "send")

    with database.read() as session:
        found = engine.find_task(session, task.id)

    assert (found.closed_by, found.outcome) == ("person:1", "send")


def test_completing_a_stale_record_is_refused(office: Office, database: Database) -> None:
    office.deploy(REVIEW)
    office.start("review")
    stale = office.task("write")
    office.complete("write", "send")

    with pytest.raises(engine.TaskClosed):
        database.write(lambda session: engine.complete(session, stale, "send", by="person:2"))

    assert office.open() == ["judge"]


def test_unknown_things_are_refused(office: Office, database: Database) -> None:
    nobody = uuid4()

    with pytest.raises(engine.TaskUnknown):
        database.write(lambda session: engine.open_task(session, nobody))
    with pytest.raises(engine.ProcessUnknown):
        office.start("no_such_process")
    with pytest.raises(engine.InstanceUnknown):
        database.write(lambda session: engine.cancel(session, nobody, reason="", by="x"))


def test_an_outcome_that_is_not_offered_is_refused(office: Office) -> None:
    office.deploy(REVIEW)
    office.start("review")

    with pytest.raises(engine.OutcomeUnknown) as refusal:
        office.complete("write", "burn")

    assert refusal.value.offered == ["send"]
    assert office.open() == ["write"]


@pytest.mark.parametrize(
    "value",
    [
        {1, 2},
        (1,),
        b"x",
        object(),
        {1: 2},
        [object()],
        float("nan"),
        float("inf"),
        2**63,
        "\ud800",
        {"\udfff": 1},
        [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]],
    ],
)
def test_data_that_is_not_json_is_refused(office: Office, value: object) -> None:
    office.deploy(REVIEW)
    office.start("review")

    with pytest.raises(engine.DataUnfit):
        office.complete("write", "send", pages=value)

    assert office.open() == ["write"]


def test_one_transaction_may_take_several_steps(office: Office, database: Database) -> None:
    office.deploy(REVIEW)

    def work(session: Session) -> None:
        engine.start(session, "review", {}, key="9", by="import")
        for element, outcome in (("write", "send"), ("judge", "no"), ("write", "send")):
            (task,) = engine.open_tasks(session, "9")
            assert task.element_id == element
            engine.complete(session, engine.open_task(session, task.id), outcome, by="import")

    database.write(work)

    assert office.open("9") == ["judge"]


def test_a_cancelled_instance_stands_still(office: Office, database: Database) -> None:
    office.deploy(REVIEW)
    instance = office.start("review")

    database.write(lambda s: engine.cancel(s, instance.id, reason="twice", by="person:3"))

    assert office.open() == []
    assert office.ends() == ["cancelled"]
    with pytest.raises(engine.InstanceEnded):
        database.write(lambda s: engine.cancel(s, instance.id, reason="", by="person:3"))


def test_operations_run_in_the_step_and_write_what_they_declare(
    office: Office, house: House
) -> None:
    office.deploy(
        diagram(
            "numbering",
            start(),
            user("ask"),
            service("number", "tell", text='colour + "!"', number="2 * 3", flag="not done"),
            choice("big", default="small"),
            user("large"),
            user("small"),
            end(),
            path("begin", "ask", "number", "big", "small", "end"),
            flow("big", "large", "mark > 5"),
            flow("large", "end"),
        )
    )
    house.writes = {"mark": 7}
    office.start("numbering", colour="red", done=False)

    office.complete("ask")

    assert house.done == [("number", {"text": "red!", "number": 6, "flag": True})]
    assert office.open() == ["large"]


def test_instances_of_a_version_stay_on_it(office: Office) -> None:
    office.deploy(REVIEW)
    office.start("review", key="old")
    newer = diagram("review", start(), user("sign"), end(), path("begin", "sign", "end"))

    definition = office.deploy(newer)
    office.start("review", key="new")
    office.complete("write", "send", key="old")

    assert definition.version == 2
    assert office.open("old") == ["judge"]
    assert office.open("new") == ["sign"]


def test_the_same_bytes_are_the_same_version(office: Office, database: Database) -> None:
    first = office.deploy(REVIEW)

    again = office.deploy(REVIEW)

    assert (again.id, again.version) == (first.id, 1)
    with database.read() as session:
        assert [d.process_id for d in engine.definitions(session)] == ["review"]


def test_a_process_that_never_rests_is_stopped(office: Office, database: Database) -> None:
    office.deploy(
        diagram(
            "mill",
            start(),
            user("go"),
            choice("ever", default="turn"),
            service("turn", "note"),
            end(),
            path("begin", "go", "ever", "turn", "ever"),
            flow("ever", "end", "False"),
        )
    )
    office.start("mill")

    with pytest.raises(engine.RunawayProcess) as refusal:
        office.complete("go")

    assert refusal.value.steps == 2_001
    assert office.open() == ["go"]


def test_whoever_swallows_a_failed_step_keeps_nothing_of_it(
    office: Office, database: Database, house: House
) -> None:
    office.deploy(REVIEW)
    office.start("review")
    task = office.task("write")
    house.broken.add("listener")

    def work(session: Session) -> None:
        engine.enqueue(session, "print", {})
        with suppress(RuntimeError):
            engine.complete(session, engine.open_task(session, task.id), "send", by="person:1")

    with pytest.raises(RuntimeError, match="listener"):
        database.write(work)

    assert office.open() == ["write"]


def test_an_operation_cannot_reach_into_the_tokens_data(office: Office, house: House) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            user("ask"),
            service("log", "note"),
            user("see"),
            end(),
            path("begin", "ask", "log", "see", "end"),
        )
    )
    house.during = lambda call: call.data["list"].append(4)
    office.start("case", list=[1, 2, 3])

    office.complete("ask")

    assert office.task("see").data["list"] == [1, 2, 3]


def test_every_version_can_be_listed(office: Office, database: Database) -> None:
    office.deploy(REVIEW)
    office.deploy(REVIEW + b"\n")

    with database.read() as session:
        assert [d.version for d in engine.versions(session, "review")] == [2, 1]
        assert [d.version for d in engine.definitions(session)] == [2]


BRANCHES = (
    user("judge", "accept", "return") + service("tell", "mail"),
    path("fork", "judge") + path("fork", "tell"),
)
BESIDE = {
    "a parallel join": (
        parallel("fork"),
        parallel("join"),
        *BRANCHES,
        path("ask", "fork"),
        path("judge", "join", "which"),
        path("tell", "join"),
    ),
    "an inclusive join": (
        parallel("fork"),
        inclusive("join"),
        *BRANCHES,
        path("ask", "fork"),
        path("judge", "join", "which"),
        path("tell", "join"),
    ),
    "a sub-process": (
        sub(
            "both",
            start("b"),
            parallel("fork"),
            *BRANCHES,
            end("judged"),
            end("told"),
            path("b", "fork"),
            path("judge", "judged"),
            path("tell", "told"),
        ),
        path("ask", "both", "which"),
    ),
}


@pytest.mark.parametrize("place", BESIDE)
def test_an_outcome_holds_though_a_branch_without_one_comes_later(
    office: Office, database: Database, place: str
) -> None:
    office.deploy(
        diagram(
            "case",
            start(),
            user("ask", "go"),
            *BESIDE[place],
            choice("which", default="no"),
            user("no"),
            user("yes"),
            end(),
            path("begin", "ask"),
            path("which", "no", "end"),
            flow("which", "yes", 'outcome == "accept"'),
            flow("yes", "end"),
        )
    )
    office.start("case")
    office.complete("ask", "go")
    office.complete("judge", "accept")

    engine.work_once(database)

    assert office.open() == ["yes"]


def test_what_is_handled_beside_says_nothing_of_how_a_sub_process_ended(office: Office) -> None:
    asked = event_sub(
        "asked",
        start("ask", interrupting=False, message="more"),
        user("consent", "refuse"),
        end("answered"),
        path("ask", "consent", "answered"),
    )
    judged = path("b", "judge", "judged")
    office.deploy(
        diagram(
            "case",
            start(),
            sub("work", start("b"), user("judge", "accept"), end("judged"), judged, asked),
            choice("which", default="no"),
            user("no"),
            user("yes"),
            end(),
            path("begin", "work", "which", "no", "end"),
            flow("which", "yes", 'outcome == "accept"'),
            flow("yes", "end"),
        )
    )
    instance = office.start("case")
    office.send("more", instance_id=instance.id)
    office.complete("judge", "accept")

    office.complete("consent", "refuse")

    assert office.open() == ["yes"]
