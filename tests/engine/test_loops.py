"""A case that goes round for years costs the same in the last round as in the first."""

from typing import Final

import pytest

import engine
from engine import Database, Session
from tests.engine.conftest import Office
from tests.engine.drawing import (
    boundary,
    choice,
    diagram,
    end,
    flow,
    path,
    service,
    start,
    sub,
    times,
    user,
)
from tests.engine.shapes import SHIPPED
from tests.engine.walking import Walker, planned

ROUNDS: Final = 2_000


def test_two_thousand_rounds_end_where_they_should(office: Office, database: Database) -> None:
    office.deploy(
        diagram(
            "loop",
            start(),
            user("report"),
            boundary("reminder", "report", cycle="R/P1D"),
            end("reminded"),
            flow("reminder", "reminded"),
            choice("enough", default="report"),
            user("close"),
            end(),
            path("begin", "report", "enough", "report"),
            flow("enough", "close", f"round == {ROUNDS}"),
            path("close", "end"),
        )
    )
    office.start("loop")
    sizes = [_round(database, number + 1) for number in range(ROUNDS)]

    last = office.open()
    office.complete("close")

    assert last == ["close"]
    assert office.ends() == ["completed"]
    assert max(sizes[100:-1]) - min(sizes[100:-1]) < 20
    with database.read() as session:
        assert engine.verify_history(session) == []


@pytest.mark.parametrize("rounds", [1, 5_000])
def test_five_thousand_rounds_of_the_shipped_handling(rounds: int) -> None:
    plan = planned((SHIPPED / "unit_handling.bpmn").read_bytes())
    walker = Walker(plan, forgetful=True, data={"interim_period": "P1W", "final": False})
    _take(walker, "acknowledge", "accept")

    for number in range(rounds):
        _take(walker, "report", "final", final=number == rounds - 1)
        _take(walker, "confirm", "sign")
        last = number == rounds - 1
        _take(walker, "review", "accept" if last else "return")
        assert walker.completed == last

    assert max(walker.sizes) < 1_500


def _round(database: Database, number: int) -> int:
    """Complete the one open task and return how large the state is then."""

    def work(session: Session) -> int:
        (task,) = engine.open_tasks(session, "1")
        task = engine.open_task(session, task.id)
        engine.complete(session, task, None, {"round": number}, by="person:1")
        return len(session.info["held"][task.instance_id].state)

    return database.write(work)


def _take(walker: Walker, element: str, outcome: str, **values: object) -> None:
    names = [name for (name, _), _ in walker.offers()]
    walker.take(names.index(f"user {element}"), {"outcome": outcome, **values})


def test_many_sub_processes_side_by_side_are_no_runaway() -> None:
    inside = (start("b"), service("note", "note"), user("work"), end("e"))
    box = sub("box", *inside, path("b", "note", "work", "e"), loop=times("900"))

    walker = Walker(
        planned(diagram("p", start(), box, end(), path("begin", "box", "end"))),
        forgetful=False,
        data={},
    )

    assert sum(name == "user work" for (name, _), _ in walker.offers()) == 900
