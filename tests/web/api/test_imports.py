"""A ledger comes in over the API: sent, matched, looked at, and imported as it was looked at."""

from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from engine import Database, Registry, work_once
from tests.web.callers import As, Caller
from workflows import processes
from workflows.imports import batches, finishing
from workflows.workbooks import workbook

HEADER = ["编号", "督查事项", "责任单位", "完成时限", "说法"]
ROWS = [
    ["督字〔2020〕7号", "城区公交站台改造", "市交通运输局", "2020年12月1日", "年底"],
    ["督字〔2020〕8号", "河道清淤", "市水务局", "2020年12月1日", "年底"],
]


@pytest.fixture
def registry() -> Registry:
    """Know imports as jobs, as the worker does."""
    return processes.registry({batches.JOB: batches.run, finishing.JOB: finishing.finish})


def send(caller: Caller, content: bytes, key: str = "") -> TestResponse:
    """Send a file."""
    named = {"Idempotency-Key": key} if key else {}
    return caller.app.test_client().post(
        "/api/v1/imports",
        data={"file": (BytesIO(content), "台账.xlsx")},
        headers={"Authorization": f"Bearer {caller.token}", "Accept-Language": "en", **named},
    )


def test_a_ledger_is_sent_corrected_and_imported(called: As, database: Database) -> None:
    office = called("liwen")
    sent = send(office, workbook("台账", HEADER, ROWS)).get_json()
    path = f"/imports/{sent['id']}"
    assert (sent["state"], sent["matching"]["1"]) == ("uploaded", "title")
    assert [row["verdict"] for row in sent["rows"]] == ["ready", "ask"]
    assert sent["rows"][1]["problems"][0]["words"] == "“市水务局” isn't among the units."

    told = {"matching": sent["matching"], "units": {"市水务局": 0}}
    left_out = office.post(f"{path}/matching", told).get_json()
    stale = office.post(f"{path}/run", {"seal": sent["seal"]})
    assert (stale.status_code, stale.get_json()["type"]) == (409, "urn:duban:problem:PreviewStale")

    running = office.post(f"{path}/run", {"seal": left_out["seal"]}).get_json()
    assert (running["state"], running["done"]) == ("running", 0)
    while work_once(database):
        pass

    done = office.get(f"{path}/progress").get_json()
    assert (done["state"], done["done"]) == ("done", done["total"])
    assert office.get(path).get_json()["rows"]
    ledger = office.get(f"/items?scope=all&batch={sent['id']}").get_json()
    assert "城区公交站台改造" in {item["title"] for item in ledger["items"]}
    assert office.get("/imports").get_json()["imports"][0]["state"] == "done"


def test_a_ledger_sent_again_with_its_key_is_one_import(called: As) -> None:
    office = called("liwen")
    table = workbook("台账", HEADER, ROWS)

    first, again = send(office, table, "ledger-1"), send(office, table, "ledger-1")

    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert len(office.get("/imports").get_json()["imports"]) == 1


def test_a_matching_is_kept_as_a_template_and_used_again(called: As) -> None:
    office, table = called("liwen"), workbook("台账", HEADER, ROWS)
    first = send(office, table).get_json()
    told = {"name": "县里的表", "matching": {"1": "title", "2": "lead"}}

    kept = office.post(f"/imports/{first['id']}/template", told).get_json()
    again = send(office, table).get_json()
    plain = office.post(f"/imports/{again['id']}/use", {}).get_json()

    assert kept["templates"] == [{"id": 1, "name": "县里的表"}]
    assert (again["matching"], again["template"]) == (told["matching"], kept["templates"][0])
    assert (plain["matching"], plain["template"]) == (first["matching"], None)


def test_the_file_is_given_back_as_it_came(called: As) -> None:
    office = called("liwen")
    table = workbook("台账", HEADER, ROWS)
    sent = send(office, table).get_json()

    assert office.get(f"/imports/{sent['id']}/file").data == table


def test_a_sheet_that_is_not_there_and_a_file_that_is_none_are_refused(called: As) -> None:
    office = called("liwen")
    sent = send(office, workbook("台账", HEADER, ROWS)).get_json()

    for answer in (
        office.post(f"/imports/{sent['id']}/sheet", {"sheet": "附件"}),
        send(office, b"no workbook"),
    ):
        assert answer.status_code == 422
        assert answer.get_json()["type"] == "urn:duban:problem:SheetRefused"
    same = office.post(f"/imports/{sent['id']}/sheet", {"sheet": "台账"}).get_json()
    assert same["seal"] == sent["seal"]
    assert office.get("/imports/99").status_code == 404
