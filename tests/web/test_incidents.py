"""What is stuck, seen and tried again on the administrator's page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

import engine
from engine import Attempt, Call, Database, Registry
from engine.tables import JOB
from tests.web.callers import As
from tests.web.conftest import Enter
from tests.web.scenes import Scenes, send, words
from workflows import processes
from workflows.tables import Item


class Printer:
    """A job's handler that fails until it is mended."""

    def __init__(self) -> None:
        self.broken = True
        self.printed: list[Mapping[str, Any]] = []

    def print(self, _database: Database, payload: Mapping[str, Any], _attempt: Attempt) -> None:
        """Print, or fail."""
        if self.broken:
            raise OSError("out of paper")
        self.printed.append(payload)

    def number(self, call: Call) -> Mapping[str, Any] | None:
        """Give an item its number, or fail."""
        if self.broken:
            raise OSError("out of numbers")
        return processes.registry().operations["number_item"].run(call)


@pytest.fixture
def printer() -> Printer:
    """Give a printer out of paper."""
    return Printer()


@pytest.fixture
def registry(printer: Printer) -> Registry:
    """Know one kind of job more, and number items with the printer."""
    known = processes.registry({"print": printer.print})
    numbering = replace(known.operations["number_item"], run=printer.number)
    return replace(known, operations={**known.operations, "number_item": numbering})


@pytest.fixture
def scenes(app: Flask, database: Database) -> Scenes:
    """Give a city in which a job was given up."""
    scenes = Scenes(database)
    database.write(lambda session: engine.enqueue(session, "print", {"page": 1}))
    with database.sql.execution_options(writes=True).begin() as connection:
        connection.execute(update(JOB).values(attempts=2))
    engine.work_once(database)
    return scenes


def test_what_is_stuck_is_listed_and_tried_again(
    scenes: Scenes, enter: Enter, printer: Printer
) -> None:
    administrator = enter("hemin")
    page = words(administrator.get("/admin/incidents"))
    printer.broken = False

    answer = send(administrator, "/admin/incidents/1/retry")
    engine.work_once(scenes.database)

    assert "out of paper" in page
    assert "停住的步骤 1" in page
    assert answer.status_code == 303
    assert printer.printed == [{"page": 1}]
    after = words(administrator.get("/admin/incidents"))
    assert "没有停住的步骤" in after
    assert "停住的步骤 1" not in after


def test_what_is_stuck_is_listed_and_tried_again_over_the_api(
    scenes: Scenes, called: As, printer: Printer
) -> None:
    administrator = called("hemin")
    (stuck,) = administrator.get("/incidents").get_json()["incidents"]
    printer.broken = False

    after = administrator.post(f"/incidents/{stuck['id']}/retry")
    again = administrator.post(f"/incidents/{stuck['id']}/retry")
    engine.work_once(scenes.database)

    assert (stuck["kind"], "out of paper" in stuck["error"]) == ("job", True)
    assert (after.get_json(), again.status_code) == ({"incidents": []}, 404)
    assert printer.printed == [{"page": 1}]


def test_an_incident_is_tried_again_only_once(scenes: Scenes, enter: Enter) -> None:
    administrator = enter("hemin")
    send(administrator, "/admin/incidents/1/retry")

    assert send(administrator, "/admin/incidents/1/retry").status_code == 404


def test_a_step_of_an_item_is_told_by_its_name_and_goes_on(
    scenes: Scenes, enter: Enter, printer: Printer
) -> None:
    item_id = scenes.approved()
    administrator = enter("hemin")
    page = words(administrator.get("/admin/incidents"))
    printer.broken = False

    send(administrator, "/admin/incidents/2/retry")

    for told in ("未编号", "领导批示督办", "自动操作出错", "out of numbers"):
        assert told in page
    (item,) = scenes.rows(select(Item).where(Item.id == item_id))
    assert item.number
    assert scenes.task(item_id, "assign")


def test_nobody_else_is_shown_the_room(scenes: Scenes, enter: Enter) -> None:
    assert "停住的步骤" not in words(enter("zhangming").get("/inbox"))
