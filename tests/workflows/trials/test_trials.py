"""A draft is tried in an invented town: nothing of it ever reaches the real house."""

import fcntl
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import engine
from engine import Base, Database, Title
from tests.workflows.town import Town
from workflows import drawings, migrations
from workflows.errors import FormInvalid, NoTrial, TrialBusy
from workflows.tables import FormEntry, ItemState, Person, Unit, Urgency
from workflows.trials import running, towns
from workflows.trials.towns import Towns

LATE = "R/due.overdue/P1D"


@pytest.fixture
def places(tmp_path: Path, sqlite_template: Path) -> Towns:
    """Give a folder for towns in which the empty database lies already."""
    folder = tmp_path / "trials"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / f"{migrations.revisions()[-1]}.plain")
    return Towns(folder)


def everything(database: Database) -> dict[str, list[Any]]:
    """Return every row of a house."""
    with database.read() as session:
        tables = Base.metadata.sorted_tables
        return {one.name: list(session.execute(select(one))) for one in tables}


def draft_of(town: Town, process: str, *changes: tuple[str, str]) -> towns.Ground:
    """Return what a draft with some words changed is tried on."""
    draft = town.act("admin", drawings.open_draft, process)
    xml = draft.xml.decode()
    for old, new in changes:
        assert old in xml
        xml = xml.replace(old, new)
    with town.database.read() as session:
        return towns.ground(session, xml.encode(), process, draft.revision)


def waiting(town: Database) -> list[tuple[str, str]]:
    """Return the steps that wait, each with the first who would have it."""
    with town.read() as session:
        return [(one.task.element_id, one.people[0]) for one in running.view(session).steps]


def do(town: Database, path: Path, element: str, outcome: str, **fields: Any) -> None:
    """Let a step be done."""
    with town.read() as session:
        steps = running.view(session).steps
        task = next(one.task.id for one in steps if one.task.element_id == element)
    running.act(town, path, task, outcome, fields)


def test_a_copy_is_tried_with_items_that_run_on_it(town: Town, places: Towns) -> None:
    newest = town.look("admin", drawings.newest_of_process, "decision")
    title = Title("campaigns", "专项", "Campaigns")
    draft = town.act("admin", drawings.copy_diagram, newest.id, title)
    with town.database.read() as session:
        ground = towns.ground(session, draft.xml, "campaigns", draft.revision)

    path = places.path(1, draft.id)
    places.found(path, ground, town.clock.now())
    with towns.opened(path) as trial:
        running.begin(trial, ground, Urgency.NORMAL)
        with trial.read() as session:
            (task, *_) = (one.task for one in running.view(session).steps)
            version = engine.instances(session, task.business_key)[0].definition_id
            begun = engine.definition(session, version).process_id

    assert begun == "campaigns"


def test_an_item_is_walked_to_its_end_on_the_draft_and_the_house_never_hears_of_it(
    town: Town, places: Towns
) -> None:
    fields = "".join(
        f'<duban:field key="{each}" type="{each}" label="甲" required="true">{inner}</duban:field>'
        for each, inner in (
            *((each, "") for each in ("unit", "person", "file")),
            ("table", '<duban:column key="how_many" type="number" label="数"/>'),
        )
    )
    asked = (
        '<duban:outcome value="approve"',
        f'<duban:field key="why" type="text" label="理由"/>{fields}',
    )
    form = (
        ('duban:step="approve"', 'duban:step="form"'),
        (asked[0], f"{asked[1]}{asked[0]}"),
    )
    ground = draft_of(town, "instruction", *form)
    before = everything(town.database)
    path = places.path(1, 7)

    places.found(path, ground, town.clock.now())
    with towns.opened(path) as trial:
        running.begin(trial, ground, Urgency.NORMAL)
        assert [element for element, _who in waiting(trial)] == ["approve"]
        with trial.read() as session:
            unit, person = (session.scalars(select(one.id)).first() for one in (Unit, Person))
        rows = [{"how_many": "3"}, {"how_many": ""}]
        with pytest.raises(FormInvalid) as refused:
            do(trial, path, "approve", "approve", why="试一试")
        assert refused.value.facts["problems"].keys() == {"unit", "person", "table"}
        do(trial, path, "approve", "approve", why="试一试", unit=unit, person=person, table=rows)
        with trial.read() as session:
            kept = {one["key"]: one for one in session.scalars(select(FormEntry)).one().fields}
        assert (kept["unit"]["id"], kept["person"]["id"]) == (unit, person)
        assert kept["table"]["value"] == [{"how_many": 3}]
        assert [one["name"] for one in kept["file"]["value"]] == ["试办.pdf"]
        do(trial, path, "assign", "assign")
    with towns.opened(path) as trial:  # another request, perhaps of another process
        do(trial, path, "acknowledge", "accept")
        began = trial.clock.now()
        running.pass_days(trial, path, 20)
        with trial.read() as session:
            view = running.view(session)
            marks = {one["id"]: one["mark"] for one in running.marks(session, "instruction")}
        assert (view.now - began).days == 20
        assert (marks["approve"], marks["units"]) == ("way", "now")
        assert {"reminded", "assigned"} <= {told.notice.kind for told in view.notices}
        assert view.light.value == "red"
        assert not view.incidents
    with towns.opened(path) as trial:
        for _ in range(40):
            if not (left := waiting(trial)):
                break
            outcomes = {"report": "final", "confirm": "sign", "acknowledge": "accept"}
            usual = {"review": "accept", "instruct": "none", "close": "close"}
            element = left[0][0]
            do(trial, path, element, {**outcomes, **usual}.get(element, "approve"))
        with trial.read() as session:
            assert running.view(session).item.state is ItemState.CLOSED

    assert everything(town.database) == before


def test_whoever_asks_a_busy_town_is_turned_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "1-7.sqlite"
    path.touch()
    monkeypatch.setattr(towns, "PATIENCE", 0)

    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(TrialBusy), towns.opened(path):
            pass
        with pytest.raises(TrialBusy):
            towns.end(path)
    towns.end(path)

    assert not path.exists()


def test_a_town_is_one_persons_and_is_removed_when_it_is_left_alone(
    town: Town, places: Towns
) -> None:
    ground = draft_of(town, "instruction")
    path = places.path(1, 7)
    broken = towns.Ground(
        ground.draft.replace(b'duban:step="approve"', b'duban:step="nonsense"'),
        *(getattr(ground, name) for name in list(towns.Ground.__slots__)[1:]),
    )

    with pytest.raises(engine.Refused):
        places.found(path, broken, town.clock.now())
    with pytest.raises(NoTrial), towns.opened(path):
        pass
    places.found(path, ground, town.clock.now())
    with pytest.raises(NoTrial), towns.opened(places.path(2, 7)):
        pass

    long_ago = time.time() - towns.LIFE - 1
    os.utime(path, (long_ago, long_ago))
    places.sweep()

    assert [one.name for one in places.folder.iterdir() if ".sqlite" in one.name] == []
    with pytest.raises(NoTrial), towns.opened(path):
        pass
