"""Saved states: what is in one, and that those of earlier releases still open."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from engine.errors import StateUnreadable
from engine.machine import Run, freeze, thaw
from engine.machine.states import FORMAT
from tests.engine.drawing import boundary, diagram, end, flow, path, start, sub, user
from tests.engine.saved import FOLDER, offers_of
from tests.engine.shapes import SHAPES
from tests.engine.walking import Hours, Walker, planned

PLAN: Final = planned(
    diagram(
        "p",
        start(),
        sub(
            "work",
            start("in"),
            user("write"),
            boundary("nag", "write", cycle="R3/PT1H"),
            end("nagged"),
            flow("nag", "nagged"),
            user("read"),
            boundary("back", "read", interrupting=True, message="withdraw"),
            flow("back", "write"),
            end("out"),
            path("in", "write", "read", "out"),
        ),
        boundary("asked", "work", message="ask"),
        user("answer"),
        end(),
        path("begin", "work", "end"),
        path("asked", "answer", "end"),
        messages=["withdraw", "ask"],
    )
)
# As format 1 wrote it in release 0.1, with the branch "answer" open and "nag" fired once.
RELEASE_0_1: Final = (
    b'[1,1,[{"n":0},{"n":0,"days":3},{}],[["p",null,1,'
    b'[["00000000000080008000000000000001",-1,6,64,0],["00000000000080008000000000000002",'
    b'0,5,32,0],["00000000000080008000000000000003",0,2,8,0],'
    b'["00000000000080008000000000000004",-1,1,16,1]]],["work",'
    b'"00000000000080008000000000000002",2,[["00000000000080008000000000000005",-1,9,64,'
    b'0],["00000000000080008000000000000006",0,8,16,0],'
    b'["00000000000080008000000000000007",0,3,8,0,{"since":"2020-01-01T00:00:00+00:00",'
    b'"left":2,"fired":"2020-01-01T01:00:00+00:00"}]]]]]'
)


def started(shape: str = "a loop") -> Run:
    """Return a run at its first waits."""
    run = Run(planned(SHAPES[shape]), Hours())
    run.begin({"n": 1})
    run.go()
    return run


def test_a_state_of_release_0_1_goes_on() -> None:
    walker = Walker(PLAN, forgetful=True, data={})
    walker.run = thaw(PLAN, walker.host, RELEASE_0_1)

    offers = [name for (name, _), _ in walker.offers()]
    assert offers == [
        "message asked",
        "scope work",
        "timer nag",
        "user answer",
        "user write",
    ]
    for name in ("timer nag", "timer nag", "user write", "message back", "user write"):
        names = [offer for (offer, _), _ in walker.offers()]
        walker.take(names.index(name), {"outcome": None})
    for name in ("user read", "user answer"):
        names = [offer for (offer, _), _ in walker.offers()]
        walker.take(names.index(name), {"outcome": None})
    assert walker.completed


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: file.stem)
def test_the_saved_states_of_each_format_go_on(file: Path) -> None:
    for shape in json.loads(file.read_text(encoding="utf-8")):
        plan = planned(shape["diagram"].encode())
        for saved in shape["states"]:
            walker = Walker(plan, forgetful=True, data={})
            walker.run = thaw(plan, walker.host, saved["state"].encode())
            assert offers_of(walker) == saved["offers"], shape["shape"]
            walker.take(0, {"outcome": "again"})


def test_a_state_holds_each_data_only_once() -> None:
    state = json.loads(freeze(started("a loop with reminders")))

    assert state[0] == FORMAT
    assert state[2] == [{}, {"n": 1}]


@pytest.mark.parametrize(
    "change",
    [
        lambda state: state.__setitem__(0, FORMAT + 1),
        lambda state: state.__setitem__(1, 99),
        lambda state: state[3][0].__setitem__(2, 7),
        lambda state: state[3][0][3][0].__setitem__(2, 99),
        lambda state: state[3][0][3][0].__setitem__(0, "x"),
        lambda state: state.pop(),
    ],
)
def test_a_state_that_is_not_ours_is_refused(change: Any) -> None:
    run = started()
    state = json.loads(freeze(run))
    change(state)

    with pytest.raises(StateUnreadable):
        thaw(run.plan, Hours(), json.dumps(state).encode())


@pytest.mark.parametrize("garbage", [b"", b"null", b"{}", b"[]", b"\xff", b"[1,2"])
def test_garbage_is_refused(garbage: bytes) -> None:
    with pytest.raises(StateUnreadable):
        thaw(PLAN, Hours(), garbage)


def test_a_run_that_still_walks_is_not_frozen() -> None:
    run = Run(PLAN, Hours())
    run.begin({})

    with pytest.raises(StateUnreadable):
        freeze(run)


def test_a_run_without_any_token_left_is_an_alarm_and_never_over() -> None:
    run = started()
    for token in list(run.tokens()):
        token.cancel()

    with pytest.raises(StateUnreadable, match="no token"):
        run.go()

    assert not run.completed
