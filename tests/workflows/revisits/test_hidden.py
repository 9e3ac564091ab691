"""An unannounced visit 暗访 doesn't exist for the unit until it is done."""

from io import BytesIO

import pytest
from sqlalchemy import select

import engine
from engine import Session
from tests.workflows.projects.site import PNG
from tests.workflows.revisits.closed import asked_after_closing, closed, plan, record
from tests.workflows.town import Town
from workflows import casefile, inbox, ledger, papers, revisits, steps, story, ways
from workflows.actors import Actor
from workflows.ledger_filter import LedgerFilter, Scope
from workflows.methods import Method
from workflows.papers import inspect
from workflows.revisits import room
from workflows.tables import Notice

UNIT = ("chu", "fan")


def known(town: Town, who: str, item_id: int) -> set[str]:
    """Say by which ways somebody can know of a visit to an item."""
    task = town.task(item_id, "revisit")

    def look(session: Session, actor: Actor) -> set[str]:
        case = casefile.case_of(session, actor, item_id)
        lines = story.story_of(session, actor, item_id)
        latest = story.latest(session, actor, 100)
        rows = ledger.rows(session, actor, LedgerFilter(scope=Scope.ALL))
        way = ways.way_of(session, actor, case.item)
        told = session.scalars(select(Notice).where(Notice.person_id == actor.person_id))
        ways_of_knowing = {
            "todos": any(line.todo.step == "revisit" for line in case.waiting),
            "case": bool(case.revisits),
            "room": bool(room.files_of(session, actor, item_id)),
            "visits": bool(revisits.visits(session, actor, item_id)),
            "papers": bool(casefile.shown_papers(session, actor, case)),
            "kept": bool(papers.papers_of(session, actor, item_id)),
            "story": any(line.kind.startswith(("revisit", "visit")) for line in lines),
            "feed": any(line.kind.startswith(("revisit", "visit")) for line, _ in latest),
            "ledger": any(todo.step == "revisit" for row in rows for todo in row.todos),
            "notices": any(notice.kind.startswith(("revisit", "visit")) for notice in told),
            "units": any(row.todo.step == "revisit" for row in inbox.of_my_units(session, actor)),
            "way": way is not None
            and any(stop.is_open for stop in way.stops if stop.place.calls == "revisit"),
        }
        try:
            steps.see_task(session, actor, task)
            ways_of_knowing["task"] = True
        except engine.TaskUnknown:
            pass
        return {name for name, knows in ways_of_knowing.items() if knows}

    return town.act(who, look)


def photographed(town: Town, item_id: int) -> None:
    """Let the supervisor take a photograph on the spot, before anything is recorded."""
    picture = inspect("现场.png", BytesIO(PNG))
    town.act("li", revisits.keep_photograph, town.task(item_id, "revisit"), picture)


@pytest.fixture
def data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep papers where nobody else does."""
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path_factory.mktemp("data")))


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("who", UNIT)
def test_before_it_is_planned_or_while_it_is_unannounced_the_unit_knows_nothing(
    town: Town, who: str
) -> None:
    item_id = asked_after_closing(town)
    photographed(town, item_id)
    assert known(town, who, item_id) == set()

    plan(town, item_id, Method.UNANNOUNCED)
    assert known(town, who, item_id) == set()
    assert {"todos", "case", "story", "papers", "task"} <= known(town, "zhou", item_id)

    record(town, item_id, solved=True, method="unannounced")
    with town.database.read() as session:
        (file,) = room.files_of(session, town.actor(who), item_id)
        assert (file.visit.solved, len(file.papers)) == (True, 1)
    assert "revisited" in town.story(item_id)


@pytest.mark.parametrize("who", UNIT)
def test_before_closing_the_diagram_doesnt_betray_it_either(town: Town, who: str) -> None:
    item_id = town.accepted()
    town.act("mayor", revisits.ask_for_revisit, item_id)
    town.answer(item_id)
    plan(town, item_id, Method.UNANNOUNCED)

    assert known(town, who, item_id) == set()
    assert {"way", "todos", "story"} <= known(town, "auditor", item_id)


def test_an_announced_visit_is_told_to_the_unit(town: Town) -> None:
    item_id = asked_after_closing(town)

    plan(town, item_id, Method.ON_SITE)

    assert {"todos", "case", "story", "notices", "task"} <= known(town, "chu", item_id)


def test_whether_a_lot_was_drawn_at_all_is_the_offices_affair(town: Town) -> None:
    item_id = closed(town)

    def kinds(session: Session, actor: Actor) -> set[str]:
        return {line.kind for line in story.story_of(session, actor, item_id)}

    assert "revisit_drawn" in town.look("li", kinds)
    assert "revisit_drawn" not in town.look("chu", kinds)
