"""Snapshots and summaries on their pages: each figure leads to its rows as they were."""

import re

import pytest

from engine import Database
from tests.web.conftest import Enter
from tests.web.forms import token
from tests.web.scenes import Scenes


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_summary_leads_to_the_rows_of_its_figures_as_they_were(
    database: Database, enter: Enter
) -> None:
    Scenes(database).approved()
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
    for answer in (f"{place[0]}.xlsx", f"{snapshot}/ledger", f"{snapshot}/ledger.xlsx"):
        assert office.get(answer).status_code == 200
    assert office.get(written.request.path + "/paper.docx").data.startswith(b"PK")
    assert unit.get(written.request.path).status_code == 403
    assert "高铁站服务环境提升" not in unit.get(place[0]).text
