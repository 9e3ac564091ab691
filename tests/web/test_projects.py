"""The pages of key projects, without a browser: what stands there, and what can be typed."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from engine import Database, MovableClock, open_database
from tests.conftest import KEY, MONDAY_MORNING
from tests.web.conftest import Enter
from tests.web.project_places import DOT
from tests.web.scenes import CITY, TRANSPORT, Scenes, send, words
from workflows import processes
from workflows.projects.registering import OwnNode, ProjectDetails
from workflows.projects.templates import seed_templates
from workflows.tables import (
    Item,
    MeetingDecision,
    Milestone,
    MilestoneState,
    MilestoneTemplate,
    Photograph,
    Project,
    ProjectMeeting,
    ProjectReport,
    ProjectType,
    Source,
)

RAIL = "市域铁路一期工程"
FORM = {
    "secret": "false",
    "title": RAIL,
    "source": "key_project",
    "basis": "重点项目计划",
    "urgency": "normal",
    "type": "continued",
    "investment": "1,250,000",
    "done_before": "４００，０００",
    "year": "2020",
    "planned": "180000",
    "starts_on": "2018-06-01",
    "ends_on": "2021-12-31",
}


@pytest.fixture
def database(sqlite_city: Path, tmp_path: Path) -> Iterator[Database]:
    """Open a database of one product: pages know none of the two."""
    path = shutil.copy(sqlite_city, tmp_path / "projects.sqlite")
    clock = MovableClock(MONDAY_MORNING)
    database = open_database(f"sqlite:///{path}", processes.registry(), clock=clock, key=KEY)
    yield database
    database.sql.dispose()


@pytest.fixture
def scenes(
    app: Flask, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Scenes:
    """Give a city whose diagrams are deployed, with templates of milestones."""
    del app
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
    database.write(seed_templates)
    return Scenes(database)


def built(scenes: Scenes, **changed: Any) -> int:
    """Return a project that its unit builds."""
    usual: dict[str, Any] = {
        "type": ProjectType.NEW,
        "investment": Decimal(3000),
        "year": 2020,
        "planned": Decimal(1000),
        "ends_on": date(2020, 12, 31),
        "nodes": (OwnNode("清表", date(2020, 3, 1)), OwnNode("桩基", date(2020, 5, 6))),
    }
    details = ProjectDetails(**{**usual, **changed})
    return scenes.received(
        source=Source.KEY_PROJECT, title=RAIL, instructing_post_id=None, details=details
    )


def node(scenes: Scenes) -> Milestone:
    """Return the first milestone."""
    return scenes.rows(select(Milestone).order_by(Milestone.due_on))[0]


def test_the_form_asks_for_a_projects_fields_once_its_source_is_chosen(
    scenes: Scenes, enter: Enter
) -> None:
    del scenes
    browser = enter("liwen")

    chosen = browser.get("/items/kind-fields?source=major_work").text
    other = browser.get("/items/kind-fields?source=city_instruction").text

    assert 'name="investment"' in chosen
    assert "建设项目" in chosen
    assert 'name="investment"' not in other


def test_a_project_is_registered_with_amounts_as_people_type_them(
    scenes: Scenes, enter: Enter
) -> None:
    wanted = select(MilestoneTemplate.id).where(MilestoneTemplate.name == "建设项目")
    (template,) = scenes.rows(wanted)

    answer = send(enter("liwen"), "/items/new", **FORM, template_id=str(template))

    (project,) = scenes.rows(select(Project))
    assert answer.status_code == 303
    assert (project.investment, project.done_before) == (Decimal(1250000), Decimal(400000))
    assert len(scenes.rows(select(Milestone))) == 11


def test_what_is_wrong_stands_at_the_form_and_what_was_typed_is_kept(
    scenes: Scenes, enter: Enter
) -> None:
    answer = send(enter("liwen"), "/items/new", **{**FORM, "investment": "很多", "nodes": "春天"})

    assert answer.status_code == 422
    assert "请填写金额，如 1,234.50。" in words(answer)
    assert "春天" in answer.text
    assert scenes.rows(select(Item)) == []


def test_the_items_page_shows_the_money_as_a_chart_with_its_table(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = built(scenes)

    answer = enter("shenji").get(f"/items/{item_id}")

    assert re.search(r'<svg[^>]*role="img" aria-label="完成 0，计划 1,000，0.0%"', answer.text)
    assert answer.text.count('<th scope="row">') >= 13
    assert "逾期 1 天" in words(answer)
    assert "滞后" in words(answer)


def test_the_lead_unit_reports_its_figures_and_no_report_goes_without(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = built(scenes)
    path = scenes.path(item_id, "report")
    said = {"final": "false", "progress": "桩基完成一半", "percent": "30"}
    figures = {"figures_month": "2020-3", "figures_done": "1,20.5", "figures_node": ""}

    without = send(enter("qianjin"), path, **said)
    answer = send(enter("qianjin"), path, **said, **figures)

    assert without.status_code == 422
    assert "缺项目数据" in words(without)
    assert answer.status_code == 303
    assert [row.done for row in scenes.rows(select(ProjectReport))] == [Decimal("120.50")]


def test_a_milestone_is_shown_with_a_picture_and_reviewed(scenes: Scenes, enter: Enter) -> None:
    built(scenes)
    path = f"/milestones/{node(scenes).id}"

    bare = send(enter("qianjin"), f"{path}/claim", done_on="2020-03-02")
    sent = {"done_on": "2020-03-02", "papers": (BytesIO(DOT), "清表.png")}
    send(enter("qianjin"), f"{path}/claim", **sent)
    page = words(enter("liwen").get(path))
    send(enter("liwen"), f"{path}/review", outcome="accept")

    assert "缺证明材料" in words(bare)
    assert "清表.png" in page
    assert node(scenes).state is MilestoneState.DONE


def test_photographs_are_looked_at_in_the_page_and_other_papers_never(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = built(scenes)
    sent = {"photographs": (BytesIO(DOT), "现场.png"), "caption": "清表"}
    send(enter("qianjin"), f"/items/{item_id}/photographs", **sent)
    (photograph,) = scenes.rows(select(Photograph))
    send(enter("qianjin"), f"/items/{item_id}/papers", papers=(BytesIO(DOT), "别的.png"))

    answer = enter("liwen").get(f"/photographs/{photograph.paper_id}")

    answer.close()
    assert answer.mimetype == "image/png"
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
    assert str(photograph.paper_id) in enter("liwen").get(f"/items/{item_id}").text


def test_the_plan_by_month_adds_up(scenes: Scenes, enter: Enter) -> None:
    item_id = built(scenes)
    path, year = f"/items/{item_id}/project/plan", {"year": "2020", "planned": "1000"}

    uneven = send(enter("liwen"), path, **year, **{"month-3": "999"})
    even = send(enter("liwen"), path, **year, **{"month-3": "100", "month-12": "900"})

    assert "各月之和为 999" in words(uneven)
    assert 'value="999"' in uneven.text
    assert even.status_code == 303


def test_the_ledger_of_projects_is_shown_and_exported(scenes: Scenes, enter: Enter) -> None:
    built(scenes)

    page = words(enter("zhouju").get("/projects?sort=behind&down=1"))
    book = CalamineWorkbook.from_filelike(BytesIO(enter("zhouju").get("/projects.xlsx").data))

    rows = book.get_sheet_by_index(0).to_python()
    assert "节点逾期" in page
    assert rows[0][1:3] == ["项目名称", "牵头单位"]
    assert rows[1][1:3] == [RAIL, TRANSPORT]


def test_a_meeting_turns_a_decision_into_its_units_task(scenes: Scenes, enter: Enter) -> None:
    item_id = built(scenes)
    office = enter("liwen")
    agenda = words(office.get("/projects/meetings"))
    send(office, "/projects/meetings", held_on="2020-03-02", chair="常务副市长")
    (meeting,) = scenes.rows(select(ProjectMeeting))
    path = f"/projects/meetings/{meeting.id}/decisions"
    said = {"text": "月底前拆完", "unit_id": str(scenes.unit(CITY)), "item_id": str(item_id)}

    bare = send(office, path, **said)
    send(office, path, **said, responsible_person="杨帆", due_on="2020-03-31")
    (decision,) = scenes.rows(select(MeetingDecision))
    seen = words(enter("yangfan").get("/projects"))
    send(enter("yangfan"), f"/projects/decisions/{decision.id}/done", result="已拆完")

    assert "逾期节点：清表" in agenda.replace(" ", "")
    assert bare.status_code == 422
    assert "月底前拆完" in seen
    assert scenes.rows(select(MeetingDecision))[0].result == "已拆完"


def test_an_administrator_changes_templates_and_thresholds(scenes: Scenes, enter: Enter) -> None:
    (first, *_) = scenes.rows(select(MilestoneTemplate).order_by(MilestoneTemplate.position))
    admin, path = enter("hemin"), "/admin/milestones/"
    lines = {"name": "招商项目", "node-0": "签约", "share-0": "30", "node-1": "投产"}

    wrong = send(admin, f"{path}{first.id}", **lines, **{"share-1": "90"})
    right = send(admin, f"{path}{first.id}", **lines, **{"share-1": "100"})
    numbers = {"project.behind_yellow": "5", "project.behind_red": "4", "project.node_grace": "1"}
    crossed = send(admin, f"{path}thresholds", **numbers)

    assert "占比须递增" in words(wrong)
    assert 'value="90"' in wrong.text
    assert right.status_code == 303
    assert crossed.status_code == 422
