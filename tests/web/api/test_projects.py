"""Key projects by the API: as it is described, from registration to the weekly meeting."""

from tests.web.callers import Cast

PROJECT = {
    "type": "new",
    "investment": "3000",
    "year": 2020,
    "planned": "1,000.50",
    "ends_on": "2020-12-31",
    "nodes": "2020-03-01 清表\n2020-05-06 桩基",
}
FIGURES = {"year": 2020, "month": 3, "done": "120.5"}


def built(cast: Cast) -> int:
    """Register a project and bring it to its unit."""
    opened = {"source": "livelihood_project", "title": "滨江公园二期", "key_project": PROJECT}
    item_id = cast.register(**opened)
    cast.director.do("approve", "approve", {"outcome": "approve"})
    lead = {"unit_id": cast.units["市交通运输局"]}
    cast.supervisor.do("assign", "assign", {"lead": lead})
    cast.handler.do("acknowledge", "acknowledge", {})
    return item_id


def test_a_project_is_registered_reported_on_and_read(cast: Cast) -> None:
    item_id = built(cast)
    report = {"final": False, "progress": "清表", "percent": 10}
    task = f"/tasks/{cast.handler.tasks('report')[0]}/report"

    without = cast.handler.post(task, report)
    cast.handler.post(task, {**report, "figures": FIGURES})
    cast.unit_head.do("confirm", "confirm", {"sign": True})
    told = cast.foreigner.get(f"/items/{item_id}/project").status_code
    project = cast.handler.get(f"/items/{item_id}/project").get_json()

    assert (without.status_code, told) == (422, 404)
    assert (project["planned"], project["done"]) == ("1000.5", "120.5")
    assert [node["state"] for node in project["milestones"]] == ["open", "open"]
    assert [node["name"] for node in project["missed"]] == ["清表"]
    assert len(project["months"]) == 12


def test_a_meeting_is_held_and_its_decision_done(cast: Cast) -> None:
    built(cast)
    held = cast.supervisor.post("/project-meetings", {"held_on": "2020-03-02"}).get_json()
    task = {
        "text": "月底前清完",
        "unit_id": cast.units["市交通运输局"],
        "responsible_person": "钱进",
        "due_on": "2020-03-31",
    }
    path = f"/project-meetings/{held['id']}/decisions"

    decided = cast.supervisor.post(path, task).get_json()
    mine = cast.handler.get("/meeting-decisions").get_json()["decisions"]
    done = cast.handler.post(f"/meeting-decisions/{decided['id']}/finish", {"result": "清完"})

    assert [point["title"] for point in held["agenda"]] == ["滨江公园二期"]
    assert [each["id"] for each in mine] == [decided["id"]]
    assert done.get_json()["result"] == "清完"
