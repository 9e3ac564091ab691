"""Snapshots and summaries on their pages: each figure leads to its rows as they were."""

import re
from typing import Any

import pytest

from engine import Database
from tests.web.conftest import Enter
from tests.web.forms import token
from tests.web.scenes import TRANSPORT, Scenes
from workflows import assignments
from workflows.assignments import UnitTask
from workflows.decision_tables import seed_tables
from workflows.figures import freezing


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_summary_leads_to_the_rows_of_its_figures_as_they_were(
    database: Database, enter: Enter
) -> None:
    scenes = Scenes(database)
    item_id = scenes.approved()
    office, unit = enter("liwen"), enter("qianjin")
    csrf = token(office, "/summaries/")

    sent = {"csrf_token": csrf, "kind": "month", "year": "2020", "month": "3", "quarter": "1"}
    written = office.post("/summaries/", data=sent, follow_redirects=True)
    place = re.search(r"/snapshots/(\d+)/figures/items_open", written.text)
    assert place is not None
    rows = office.get(place[0])
    snapshot = f"/snapshots/{place[1]}"

    assert "2020年3月份督查工作总结" in written.text
    assert "高铁站服务环境提升" in rows.text
    assert "期末已立项、尚未办结的台账事项" in rows.text
    assert "摘要校验一致" in office.get(snapshot).text
    assert "台账上没有一项发生变化" in office.get(f"{snapshot}?changed=1").text
    lead = UnitTask(scenes.unit(TRANSPORT))
    scenes.act("liwen", assignments.assign_item, scenes.task(item_id, "assign"), lead)
    changed = office.get(f"{snapshot}?changed=1").text.split("<tbody", 2)[1].split("</tbody>")[0]
    assert re.findall(r'data-label="变化项">(.+?)<', changed) == ["时限", "牵头单位", "各单位"]
    assert changed.count("市交通运输局") == 2, "the lead unit, and which units"
    for answer in (f"{place[0]}.xlsx", f"{snapshot}/ledger", f"{snapshot}/ledger.xlsx"):
        assert office.get(answer).status_code == 200
    assert office.get(written.request.path + "/paper.docx").data.startswith(b"PK")
    assert unit.get(written.request.path).status_code == 403
    assert "高铁站服务环境提升" not in unit.get(place[0]).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_waits_while_the_ledger_is_counted(
    database: Database, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    Scenes(database).approved()
    database.write(seed_tables)
    director = enter("zhangming")
    csrf, count, counted = token(director, "/snapshots/"), freezing.reckon, []

    def reckon(*told: Any, **more: Any) -> object:
        database.write(lambda _session: counted.append(told[1]))  # it would wait for a writer
        return count(*told, **more)

    monkeypatch.setattr(freezing, "reckon", reckon)
    march = {"first": "2020-03-01", "last": "2020-03-02", "kind": "month", "year": "2020"}
    for place, sent in (
        ("/snapshots/", {**march, "purpose": "备查"}),
        ("/summaries/", {**march, "month": "3", "quarter": "1"}),
        ("/publications/new", {**march, "what": "special:special", "span": ""}),
        ("/targets/freeze", {"year": "2020"}),
        ("/assessment/2019/4/freeze", {}),
    ):
        answer = director.post(place, data={"csrf_token": csrf, **sent})
        assert (answer.status_code, place) == (303, place)
        assert counted.pop(), place
        assert not counted, place
