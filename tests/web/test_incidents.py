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
from workflows.tables import Item, Notice, StoryEntry, Todo


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
    report = words(administrator.get("/admin/incidents/1"))
    printer.broken = False

    answer = send(administrator, "/admin/incidents/1/retry")
    engine.work_once(scenes.database)

    assert "要送出系统的事试了几次" in page
    assert "out of paper" in report
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

    for told in ("未编号", "领导批示督办", "自动操作出错", "这一步什么也没有留下"):
        assert told in page
    (item,) = scenes.rows(select(Item).where(Item.id == item_id))
    assert item.number
    assert scenes.task(item_id, "assign")


def test_nobody_else_is_shown_the_room(scenes: Scenes, enter: Enter) -> None:
    assert "停住的步骤" not in words(enter("zhangming").get("/inbox"))


# -- mended by hand -----------------------------------------------------------------------


def stuck_twice(scenes: Scenes) -> list[int]:
    """Let two items stop where they get their number, and return them."""
    return [scenes.approved(), scenes.approved()]


def test_what_skipping_leads_to_is_foreseen_before_it_is_done_and_told_in_the_story(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.approved()
    administrator = enter("hemin")
    sent = {"deed": "skip", "reason": "号段另行编发"}

    page = words(administrator.get("/admin/incidents/2"))
    foreseen = words(send(administrator, "/admin/incidents/2/foresee", **sent))
    waiting = scenes.rows(
        select(Todo.step).where(Todo.item_id == item_id, Todo.closed_at.is_(None))
    )
    done = send(administrator, "/admin/incidents/2/do", **sent)

    assert "系统自动办的一步出了错" in page
    assert "out of numbers" in page
    assert "接着等办的 交办" in foreseen
    assert waiting == []  # it was tried and taken back
    assert done.status_code == 303
    assert scenes.task(item_id, "assign")
    (told,) = scenes.rows(
        select(StoryEntry).where(StoryEntry.item_id == item_id, StoryEntry.kind == "skipped")
    )
    assert told.facts["reason"] == sent["reason"]
    assert "越过出错的一步" in words(enter("liwen").get(f"/items/{item_id}"))


def test_what_is_stuck_is_moved_to_another_step_and_never_without_a_reason(
    scenes: Scenes, enter: Enter, called: As
) -> None:
    item_id = scenes.approved()
    administrator = enter("hemin")
    path = "/admin/incidents/2/do"

    refused = send(administrator, path, deed="move", to="register", reason=" ")
    nowhere = called("hemin").post(
        "/incidents/2/move", {"element_id": "nowhere", "reason": "补正要素"}
    )
    done = send(administrator, path, deed="move", to="register", reason="补正要素")

    assert (refused.status_code, nowhere.status_code, done.status_code) == (422, 409, 303)
    assert scenes.task(item_id, "register")


def test_all_of_one_cause_are_tried_again_at_once_and_administrators_hear_of_it_once(
    scenes: Scenes, enter: Enter, printer: Printer
) -> None:
    items = stuck_twice(scenes)
    administrator = enter("hemin")
    page = words(administrator.get("/admin/incidents"))
    notices = scenes.rows(select(Notice).where(Notice.kind == "stuck"))
    printer.broken = False

    answer = send(
        administrator,
        "/admin/incidents/retry",
        kind="operation",
        process="instruction",
        element="number",
    )

    assert "其中 2 个同一原因" in page
    assert len(notices) == 1  # the job that was given up said it first
    told = administrator.get(f"/notices/{notices[0].id}")
    assert told.headers["Location"] == "/admin/incidents"
    assert answer.status_code == 303
    assert all(scenes.task(item_id, "assign") for item_id in items)


def test_an_item_is_suspended_by_its_number_and_goes_on_again(
    scenes: Scenes, enter: Enter, printer: Printer
) -> None:
    printer.broken = False
    item_id = scenes.approved()
    number = scenes.item(item_id).number
    administrator = enter("hemin")

    unknown = send(administrator, "/admin/incidents/suspend", number="督字〔1999〕1号", reason="查")
    send(administrator, "/admin/incidents/suspend", number=number, reason="等上级答复")
    page = words(administrator.get("/admin/incidents"))
    send(administrator, f"/admin/incidents/resume/{item_id}", reason="答复已到")

    assert unknown.status_code == 404
    assert number in page
    story = scenes.rows(select(StoryEntry.kind).where(StoryEntry.item_id == item_id))
    assert story[-2:] == ["suspended", "resumed"]
    assert scenes.item(item_id).title not in page


def test_all_that_is_suspended_goes_on_at_once(
    scenes: Scenes, enter: Enter, printer: Printer
) -> None:
    printer.broken = False
    items = [scenes.approved(), scenes.approved()]
    administrator = enter("hemin")
    send(administrator, "/admin/incidents/suspend", process="instruction", reason="等上级答复")
    page = words(administrator.get("/admin/incidents"))

    other = send(administrator, "/admin/incidents/resume", process="proposal", reason="答复已到")
    still = words(administrator.get("/admin/incidents"))
    send(administrator, "/admin/incidents/resume", reason="答复已到")

    assert other.status_code == 303
    for told in (page, still):
        assert "一并恢复" in told
        assert all(scenes.item(item).number in told for item in items)
    assert "没有暂停的事项" in words(administrator.get("/admin/incidents"))
