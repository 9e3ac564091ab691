"""The import's pages, without a browser: upload, look, answer, import, and what came of it."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select, update
from werkzeug.test import TestResponse

import engine
from engine import Registry
from engine.tables import JOB
from tests import ledgers
from tests.web.conftest import Enter
from tests.web.forms import token
from tests.web.scenes import Scenes, send, words
from workflows import processes
from workflows.imports import batches, book, finishing
from workflows.imports.sheets import RawSheet
from workflows.tables import Item

ROWS = (
    ("公交站台改造", "2020/10/31", "市交通运输局，东城区政府", 35, "督字〔2020〕7号", "2020.2.3",
     "市长碰头会", "加急", "已完成招标", ""),
    ("市容整治", "年底前", "市无名局", "", "督字〔2020〕8号", "2020.2.3", "领导批示", "", "", ""),
    ("某涉密工作", "年底前", "市城管局", "", "", "2020.2.3", "领导批示", "", "", "机密"),
)  # fmt: skip


@pytest.fixture
def registry() -> Registry:
    """Know imports as jobs, as the worker does."""
    return processes.registry({batches.JOB: batches.run, finishing.JOB: finishing.finish})


@pytest.fixture
def office(scenes: Scenes, enter: Enter) -> FlaskClient:
    """Give the browser of a supervisor."""
    return enter("liwen")


def upload(
    client: FlaskClient, content: bytes | None = None, name: str = "台账.xlsx"
) -> TestResponse:
    """Upload a file as the page would."""
    file = (BytesIO(ledgers.made_up(ROWS) if content is None else content), name)
    return client.post("/imports", data={"csrf_token": token(client, "/me"), "file": file})


def seal(page: TestResponse) -> str:
    """Return what binds an import to its preview."""
    (found,) = re.findall(r'name="seal" value="([0-9a-f]{64})"', page.text)
    return found


def test_an_upload_leads_to_its_preview(office: FlaskClient) -> None:
    answer = upload(office)

    page = words(office.get(answer.location))

    assert answer.status_code == 303
    assert "公交站台改造" in page
    assert "导入1项" in page


def test_every_problem_is_named_by_its_cell(office: FlaskClient) -> None:
    page = words(office.get(upload(office).location))

    assert "“市无名局”不在单位名录里。 C3" in page
    assert "这一行标为涉密" in page


def test_what_no_column_means_is_said_once_and_above_the_rows(office: FlaskClient) -> None:
    preview = upload(office).location
    before = office.get(preview)
    matched = re.findall(r'name="(column-\d+)".*?value="(\w+)" selected', before.text)

    kept = {name: field for name, field in matched if field not in {"limit", "title"}}
    send(office, f"{preview}/matching", **kept)

    assert "没有一列是" not in words(before)
    assert len(re.findall("没有一列是(?:时限、事项|事项、时限)。", words(office.get(preview)))) == 1


def test_nothing_of_a_secret_row_is_shown(office: FlaskClient) -> None:
    place = upload(office).location

    for path in (place, f"{place}/problems.xlsx", f"{place}/file"):
        assert "某涉密工作".encode() not in office.get(path).data


def test_the_preview_speaks_english(office: FlaskClient) -> None:
    place = upload(office).location

    page = words(office.get(place, headers={"Accept-Language": "en"}))

    assert "among the units. C3" in page


def test_an_answer_makes_a_row_ready(scenes: Scenes, office: FlaskClient) -> None:
    place = upload(office).location
    columns = {
        f"column-{number}": field
        for number, field in enumerate(
            (
                "title", "limit", "units", "percent", "number", "assigned_on", "source",
                "urgency", "progress", "remarks",
            )
        )
    }  # fmt: skip
    unit = scenes.unit("市城管局")

    send(office, f"{place}/matching", **columns, **{"named-1": "市无名局", "unit-1": unit})

    assert "导入2项" in words(office.get(place))


def test_what_was_previewed_comes_in(scenes: Scenes, office: FlaskClient) -> None:
    place = upload(office).location

    ordered = send(office, f"{place}/run", seal=seal(office.get(place)))
    engine.work_once(scenes.database)

    assert ordered.status_code == 303
    assert [item.title for item in scenes.rows(select(Item))] == ["公交站台改造"]
    page = office.get(place)
    assert "督字〔2020〕7号" in words(page)
    assert "/ledger?batch=1" in page.text


def test_progress_is_shown_until_the_worker_is_done(scenes: Scenes, office: FlaskClient) -> None:
    place = upload(office).location
    send(office, f"{place}/run", seal=seal(office.get(place)))
    waiting = office.get(f"{place}/progress")

    engine.work_once(scenes.database)
    done = office.get(f"{place}/progress")

    assert (waiting.status_code, "HX-Refresh" in waiting.headers) == (200, False)
    assert done.headers["HX-Refresh"] == "true"


def test_another_preview_than_the_one_seen_is_refused(scenes: Scenes, office: FlaskClient) -> None:
    place = upload(office).location

    answer = send(office, f"{place}/run", seal="0" * 64)

    assert answer.status_code == 409
    assert scenes.rows(select(Item)) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "xlsx"),
        ("编号,事项\n".encode("gb18030"), "xlsx"),
        (ledgers.made_up([], ("甲", "乙", "丙")), "没有"),
    ],
)
def test_a_file_that_is_no_ledger_is_turned_away_in_words(
    office: FlaskClient, content: bytes, said: str
) -> None:
    answer = upload(office, content)

    assert answer.status_code == 422
    assert said in words(answer)


def test_the_list_of_problems_can_be_taken_along(office: FlaskClient) -> None:
    place = upload(office).location

    book = load_workbook(BytesIO(office.get(f"{place}/problems.xlsx").data))

    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    assert [(row[0], row[3]) for row in rows] == [("3", "C3"), ("4", "A4")]


@pytest.mark.parametrize("login", ["qianjin", "luyuan", "shenji"])
def test_only_the_office_comes_in(scenes: Scenes, enter: Enter, login: str) -> None:
    assert enter(login).get("/imports").status_code == 403


def test_no_file_is_read_while_other_writers_wait(
    scenes: Scenes, office: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, reads = book.read_cells, []

    def read(content: bytes) -> list[RawSheet]:
        scenes.database.write(lambda _: reads.append(content))  # refused inside a transaction
        return real(content)

    monkeypatch.setattr(book, "read_cells", read)
    place = upload(office).location
    send(office, f"{place}/sheet", sheet="台账")
    send(office, f"{place}/run", seal=seal(office.get(place)))
    engine.work_once(scenes.database)

    assert len(reads) >= 4
    assert [item.title for item in scenes.rows(select(Item))] == ["公交站台改造"]


def test_an_import_that_was_broken_off_is_offered_again(
    scenes: Scenes, office: FlaskClient
) -> None:
    place = upload(office).location
    send(office, f"{place}/run", seal=seal(office.get(place)))
    with scenes.database.sql.execution_options(writes=True).begin() as connection:
        connection.execute(update(JOB).values(attempts=3))  # three workers died of it
    engine.work_once(scenes.database)

    assert office.get(f"{place}/progress").headers["HX-Refresh"] == "true"
    assert "没有导入" in words(office.get("/imports"))
    again = office.get(place)
    assert "上次导入中途停下了" in words(again)
    assert send(office, f"{place}/run", seal=seal(again)).status_code == 303
    engine.work_once(scenes.database)
    assert [item.title for item in scenes.rows(select(Item))] == ["公交站台改造"]
