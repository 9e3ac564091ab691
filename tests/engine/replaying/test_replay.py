"""Past instances on another version: where they would have gone, from their history alone."""

import random
from datetime import timedelta
from typing import Any

import pytest

import engine
from engine import Database, MovableClock, Way, store
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
    parallel,
    path,
    service,
    start,
    user,
)
from tests.engine.migration.drafts import ABC, both, judged, row
from tests.engine.migration.trees import Gardener, drawn
from tests.engine.test_kills import everything
from tests.engine.test_operating import by_hand, given_up, incident


def smuggled(office: Office, xml: bytes) -> int:
    """Store a version that the gate of today would refuse."""
    values = {
        "process_id": "p", "version": 99, "name": "p", "name_en": "", "xml": xml,
        "checksum": "-", "deployed_at": MONDAY_MORNING, "deployed_by": "admin",
    }  # fmt: skip
    return office.database.write(lambda session: store.definitions.add(session, values))


def replayed(office: Office, xml: bytes, key: str = "1") -> engine.Replayed:
    """Deploy a version and play the root instance of a key on it."""
    return played(office, office.deploy(xml).id, key)


def played(office: Office, definition_id: int, key: str = "1") -> engine.Replayed:
    """Play the root instance of a key on a version; nothing is changed by it."""
    before = everything(office.database)
    with office.database.read() as session:
        (found,) = engine.replay(session, definition_id, instances=[office.instances(key)[0].id])
    assert everything(office.database) == before
    return found


def walked(office: Office, xml: bytes, *steps: str, **data: Any) -> None:
    """Deploy a version and walk it."""
    office.deploy(xml)
    office.start("p", **data)
    for step in steps:
        element, _, outcome = step.partition("=")
        office.complete(element, outcome or None)


@pytest.mark.parametrize(
    ("new", "way", "was", "would"),
    [
        (ABC, Way.SAME, None, None),
        (row("a", "b", "x", "c"), Way.LONGER, None, "x"),
        (row("a", "c"), Way.ELSEWHERE, "b", "c"),
        (row("a", "b", "c", "x"), Way.LONGER, None, "x"),
        (row("a", "b").replace(b'"end"', b'"over"'), Way.EARLIER, "c", None),
        (row("a", "z", "c"), Way.ELSEWHERE, "b", "z"),
    ],
    ids=["nothing changes", "added", "removed", "added last", "removed last", "another id"],
)
def test_a_row_of_steps(
    office: Office, new: bytes, way: Way, was: str | None, would: str | None
) -> None:
    walked(office, ABC, "a", "b", "c")

    found = replayed(office, new).found

    assert (found.way, found.was, found.would) == (way, was, would)


def test_where_everything_is_new_it_gives_up_in_time(office: Office) -> None:
    walked(office, ABC, "a", "b", "c")
    names = [f"n{number}" for number in range(12)]
    steps = (user(name, "x", "y", "z") for name in names)
    new = diagram("p", start(), *steps, end("over"), path("begin", *names, "over"))

    found = replayed(office, new).found

    assert (found.way, found.reason) == (Way.UNKNOWN, "too_new")


def test_one_that_still_runs_is_played_as_far_as_it_has_come(office: Office) -> None:
    walked(office, ABC, "a")

    assert replayed(office, row("a", "b", "x")).found.way is Way.SAME


def test_the_list_that_something_was_called_for_is_known_by_whom_was_called(
    office: Office,
) -> None:
    office.deploy(diagram("q", start(), user("report"), end(), path("begin", "report", "end")))
    parts = (start(), user("share"), call("units", "q", items="units", item="unit"), user("b"))
    drawn_ = diagram("p", *parts, end(), path("begin", "share", "units", "b", "end"))
    office.deploy(drawn_)
    office.start("p")
    office.complete("share", units=["x", "y"])

    found = replayed(office, drawn_.replace(b'name="b"', b'name="c"')).found

    assert found.way is Way.SAME


def test_whoever_is_new_on_the_way_is_passed_by_the_outcome_that_leads_back(
    office: Office,
) -> None:
    walked(office, ABC, "a", "b", "c")
    judge = (
        start(), user("a"), user("x", "no", "yes"), choice("which", default="over"), user("b"),
        user("c"), end(), end("over"), path("begin", "a", "x", "which", "over"),
        flow("which", "b", 'outcome == "yes"'), path("b", "c", "end"),
    )  # fmt: skip

    found = replayed(office, diagram("p", *judge)).found

    assert (found.way, found.would) == (Way.LONGER, "x")


@pytest.mark.parametrize(
    ("wait", "way"), [("PT2H", Way.SAME), ("PT9H", Way.LONGER)], ids=["as before", "longer"]
)
def test_a_timer_that_is_due_later_makes_it_wait_longer(
    office: Office, clock: MovableClock, wait: str, way: Way
) -> None:
    def drawn_with(span: str) -> bytes:
        parts = (start(), user("a"), catch("rest", duration=span), user("b"), end())
        return diagram("p", *parts, path("begin", "a", "rest", "b", "end"))

    walked(office, drawn_with("PT2H"), "a")
    clock.move(timedelta(hours=2))
    office.database.write(engine.wake_due)

    found = replayed(office, drawn_with(wait)).found

    assert found.way is way


def test_a_timer_that_would_have_interrupted_earlier_leads_elsewhere(
    office: Office, clock: MovableClock
) -> None:
    def drawn_with(span: str) -> bytes:
        late = boundary("late", "a", interrupting=True, duration=span)
        parts = (start(), user("a"), late, end(), end("over"))
        return diagram("p", *parts, path("begin", "a", "end"), path("late", "over"))

    office.deploy(drawn_with("P5D"))
    office.start("p")
    clock.move(timedelta(days=3))
    office.complete("a")

    found = replayed(office, drawn_with("P1D")).found

    assert (found.way, found.was, found.would) == (Way.ELSEWHERE, "a", "late")


def test_a_draft_is_played_without_being_deployed(office: Office, clock: MovableClock) -> None:
    walked(office, ABC, "a", "b", "c")
    clock.move(timedelta(days=2))
    for key in ("2", "3"):
        office.start("p", key)
    before, heard = everything(office.database), []

    draft = row("a", "x", "b", "c")
    told = engine.replay_all(
        office.database, draft, since=MONDAY_MORNING + timedelta(days=1), most=1,
        progress=lambda so_far: heard.append(len(so_far.played)),
    )  # fmt: skip
    older = engine.replay_all(office.database, draft, until=MONDAY_MORNING + timedelta(days=1))

    assert (told.total, told.chosen, heard) == (2, 1, [1])
    assert [one.found.way for one in told.played] == [Way.SAME]
    assert [(one.found.way, one.open) for one in older.played] == [(Way.LONGER, False)]
    assert everything(office.database) == before
    with pytest.raises(engine.Refused):
        engine.replay_all(office.database, draft.replace(b"userTask", b"manualTask"))


def test_another_condition_leads_elsewhere(office: Office) -> None:
    walked(office, judged("mark > 5"), "a", mark=3)
    office.complete("b")
    office.complete("c")

    found = replayed(office, judged("mark > 2")).found

    assert (found.way, found.was, found.would) == (Way.ELSEWHERE, "c", "x")


def test_what_a_form_wrote_is_known_at_the_end_too(office: Office) -> None:
    ends = (
        start(), user("a"), choice("which", default="end"), end(), end("other"),
        path("begin", "a", "which", "end"),
    )  # fmt: skip
    walked(office, diagram("p", *ends, flow("which", "other", "mark > 5")))
    office.complete("a", mark=3)

    found = replayed(office, diagram("p", *ends, flow("which", "other", "mark > 2"))).found

    assert (found.way, found.was, found.would) == (Way.ELSEWHERE, "end", "other")


def test_a_join_that_waits_in_vain_gets_it_stuck(office: Office) -> None:
    branches = (("a1", "a2"), ("b1", "b2"))
    walked(office, both(*branches, fork="split", join="merge"), "a1", "a2", "c", final=False)
    vain = both(*branches, fork="split").replace(b'id="join"', b'id="merge"')

    found = played(office, smuggled(office, vain.replace(b"join", b"merge"))).found

    assert found.way is Way.STUCK
    assert found.would == "merge"


def test_nobody_can_tell_what_the_history_does_not_say(office: Office) -> None:
    walked(office, ABC, "a", "b", "c")

    found = replayed(office, judged("nowhere > 1")).found

    assert (found.way, found.reason, found.would) == (Way.UNKNOWN, "data_missing", "which")


def migrated(office: Office, xml: bytes, **renamed: str) -> None:
    """Move the one instance to a new version."""
    new, (instance,) = office.deploy(xml), office.instances()
    office.database.write(
        lambda s: engine.migrate(s, instance.id, new.id, renamed=renamed, by="admin")
    )


MOVED_ON = row("a", "x", "b", "c", "y")
"""A version that asks for more before and behind where an instance of ABC stands."""


@pytest.mark.parametrize(
    ("new", "way", "was", "would"),
    [
        (MOVED_ON, Way.LONGER, None, "x"),
        (row("a", "b", "c", "y"), Way.SAME, None, None),
        (ABC, Way.EARLIER, "y", None),
        (row("a", "b", "z", "c", "y"), Way.LONGER, None, "z"),
        (row("a", "c", "y"), Way.ELSEWHERE, "b", "c"),
    ],
    ids=["on the new", "as it went", "on the old", "added behind", "removed before"],
)
def test_one_that_was_moved_to_another_version_is_played_past_it(
    office: Office, new: bytes, way: Way, was: str | None, would: str | None
) -> None:
    walked(office, ABC, "a")
    migrated(office, MOVED_ON)
    for step in ("b", "c", "y"):
        office.complete(step)

    found = replayed(office, new).found

    assert (found.way, found.was, found.would) == (way, was, would)


def test_what_was_renamed_as_it_was_moved_is_known_by_either_name(office: Office) -> None:
    walked(office, ABC, "a")
    migrated(office, row("a", "b2", "c"), b="b2")
    office.complete("b2")
    office.complete("c")

    for new in (row("a", "b2", "c"), ABC):
        assert replayed(office, new).found.way is Way.SAME
    found = replayed(office, row("a", "c")).found
    assert (found.way, found.was) == (Way.ELSEWHERE, "b")


def test_a_move_that_was_taken_back_changes_nothing(office: Office) -> None:
    walked(office, ABC, "a")
    migrated(office, row("a", "b2", "c"), b="b2")
    (instance,) = office.instances()
    office.database.write(lambda s: engine.unmigrate(s, instance.id, by="admin"))
    office.complete("b")
    office.complete("c")

    assert replayed(office, ABC).found.way is Way.SAME
    assert replayed(office, row("a", "b", "x", "c")).found.would == "x"


def test_what_was_moved_by_hand_is_moved_again_where_that_can_be(office: Office) -> None:
    walked(office, ABC)
    (instance,), task = office.instances(), office.task("a")
    by_hand(office, "move", instance.id, task.id, "c")
    office.complete("c")

    assert replayed(office, ABC).found.way is Way.SAME
    assert replayed(office, row("a", "b", "c", "x")).found.would == "x"
    found = replayed(office, row("a", "b")).found
    assert (found.way, found.reason, found.was, found.would) == (Way.UNKNOWN, "moved", "a", "c")


@pytest.mark.parametrize("operation", ["note", "mail"], ids=["in the house", "outside"])
def test_what_was_skipped_by_hand_is_skipped_again(
    office: Office, house: House, clock: MovableClock, operation: str
) -> None:
    act = service("act", operation)
    drawn_ = row("a", "act", "c", act=act)
    house.broken.add(operation)
    walked(office, drawn_, "a")
    if operation == "mail":
        given_up(office, clock)
    by_hand(office, "skip", incident(office).id)
    office.complete("c")

    assert replayed(office, drawn_).found.way is Way.SAME
    assert replayed(office, row("a", "act", "x", "c", act=act)).found.would == "x"
    assert replayed(office, row("a", "c")).found.way is not Way.SAME


@pytest.mark.parametrize(
    ("resumed", "way"), [(True, Way.SAME), (False, Way.ELSEWHERE)], ids=["rested", "went on"]
)
def test_a_rest_makes_no_timer_late(
    office: Office, clock: MovableClock, *, resumed: bool, way: Way
) -> None:
    def drawn_with(span: str) -> bytes:
        late = boundary("late", "a", interrupting=True, duration=span)
        parts = (start(), user("a"), late, end(), end("over"))
        return diagram("p", *parts, path("begin", "a", "end"), path("late", "over"))

    walked(office, drawn_with("P9D"))
    (instance,) = office.instances()
    if resumed:
        by_hand(office, "suspend", instance.id)
    clock.move(timedelta(days=5))
    if resumed:
        by_hand(office, "resume", instance.id)
    office.complete("a")

    assert replayed(office, drawn_with("P2D")).found.way is way


EVERYTHING = diagram(
    "p", start(), user("a"), boundary("late", "a", duration="P1D"), user("urge"), end("urged"),
    boundary("asked", "a", message="ask"), end("told"), service("count", "note"),
    service("send", "mail"), call("q1", "q"), catch("pause", duration="PT1H"),
    choice("which", default="c"), user("c"), user("d"), end(),
    path("begin", "a", "count", "send", "q1", "pause", "which", "c", "end"), path("asked", "told"),
    path("late", "urge", "urged"), flow("which", "d", "mark > 1"), path("d", "end"),
)  # fmt: skip


@pytest.mark.parametrize("mark", [1, 2])
def test_events_operations_mail_and_calls_are_brought_again(
    office: Office, house: House, clock: MovableClock, mark: int
) -> None:
    office.deploy(diagram("q", start(), user("inner"), end(), path("begin", "inner", "end")))
    walked(office, EVERYTHING)
    house.writes = {"mark": mark}
    office.send("ask", instance_id=office.instances()[0].id)
    clock.move(timedelta(days=2))
    office.wake()
    office.complete("urge")
    office.complete("a")
    engine.work_once(office.database)
    office.complete("inner")
    clock.move(timedelta(days=2))
    office.wake()
    office.complete("d" if mark > 1 else "c")
    assert office.ends() == ["completed", "completed"]
    done = list(house.done)

    same = replayed(office, EVERYTHING)
    other = replayed(office, EVERYTHING.replace(b"mark &gt; 1", b"mark &lt; 2"))

    assert same.found.way is Way.SAME
    assert (other.found.way, other.found.would) == (Way.ELSEWHERE, "c" if mark > 1 else "d")
    assert house.done == done


@pytest.mark.parametrize("seed", range(24))
def test_whoever_has_walked_a_version_walks_it_again(
    office: Office, clock: MovableClock, seed: int
) -> None:
    if office.database.dialect != "sqlite" and seed > 3:
        pytest.skip("some are enough on the other product")
    xml, chance = drawn(Gardener(seed).grow(2)), random.Random(seed)
    office.deploy(xml)
    instance = office.start(
        "p", units=["x", "y"], outcome="no", **{f"w{n}": n * 3 for n in range(8)}
    )
    for _ in range(60):
        tasks = office.open()
        if not tasks:
            break
        if chance.random() < 0.1:
            clock.move(timedelta(days=2))
            office.wake()
            continue
        office.complete(
            chance.choice(tasks), None, w1=chance.randint(0, 9), w2=chance.randint(0, 9)
        )

    with office.database.read() as session:
        (found,) = engine.replay(session, instance.definition_id, keys=["1"])

    assert found.found.way is Way.SAME


def test_the_newest_of_a_process_are_played_and_no_more_than_asked_for(office: Office) -> None:
    definition = office.deploy(ABC)
    for key in "123":
        office.start("p", key)

    with office.database.read() as session:
        found = engine.replay(session, definition.id, limit=2)
        other = engine.replay(session, definition.id, keys=["1"])

    assert [one.business_key for one in found] == ["3", "2"]
    assert [one.business_key for one in other] == ["1"]


def test_another_process_is_no_witness(office: Office) -> None:
    office.deploy(diagram("q", start(), parallel("f"), end(), path("begin", "f", "end")))
    office.start("q")

    found = replayed(office, ABC)

    assert found.found.reason == "other_process"


def test_the_history_tells_numbers_and_the_diagrams_own_words_and_no_text_of_anybody(
    office: Office, database: Database
) -> None:
    xml = judged('kind == "urgent"')
    walked(office, xml, kind="urgent", name="Li Lei", mark=3, far=1.5, ready=True, long="x" * 41)
    office.complete("a", words="call me", kind="urgent", count=7, many=[1, 2])
    office.complete("b", **{f"n{number}": 10**15 for number in range(60)})

    with database.read() as session:
        facts = [one.facts for one in engine.history(session, "1")]
    wrote = [one["wrote"] for one in facts if "wrote" in one]

    assert wrote == [
        {"kind": "urgent", "mark": 3, "far": 1.5, "ready": True},
        {"kind": "urgent", "count": 7},
    ]
