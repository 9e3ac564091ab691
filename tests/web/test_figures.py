"""Snapshots and summaries on their pages: each figure leads to its rows as they were."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from engine import Database
from tests.web.conftest import Enter
from tests.web.forms import token
from tests.web.scenes import TRANSPORT, Scenes
from workflows import assignments, targets
from workflows.assignments import UnitTask
from workflows.decision_tables import seed_tables
from workflows.figures import freezing
from workflows.tables import Measure
from workflows.workbooks import workbook


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
def test_the_columns_of_targets_have_names_of_their_own_and_come_in_again(
    database: Database, enter: Enter
) -> None:
    closed = targets.Entry(2020, Measure.FIGURE, Decimal(6), "items_closed")
    Scenes(database).act("liwen", targets.draft, closed)
    office = enter("liwen")
    csrf = token(office, "/targets/")

    heads, row = rows_of(office, "zh")
    words, _row = rows_of(office, "en")
    before = [head.replace("审定", "").replace("进度", "") for head in heads]
    assert {"审定状态", "进度状态"} <= {*heads}
    assert len({*heads}) == len(heads)
    assert len({*words}) == len(words)
    for year, header in (("2021", heads), ("2022", before)):
        file = BytesIO(workbook("目标", header, [row])), "targets.xlsx"
        sent = {"csrf_token": csrf, "year": year, "file": file}
        assert office.post("/targets/import", data=sent).status_code == 303
    assert before.count("状态") == 2, "as they were once"


def rows_of(office: FlaskClient, language: str) -> list[list[str]]:
    """Return the rows of the targets' workbook in a language."""
    with office.get(
        "/targets/targets.xlsx?year=2020", headers={"Accept-Language": language}
    ) as file:
        sheet = load_workbook(BytesIO(file.data)).active
        return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


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
