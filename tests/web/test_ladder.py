"""The ladder's pages: a slip from draft to paper, a suggestion from idea to hand-over."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from flask.testing import FlaskClient
from sqlalchemy import select

from engine import Database
from tests.web.conftest import Enter
from tests.web.places import Place
from tests.web.rights import OWN
from tests.web.scenes import send, words
from workflows import ladder_rules
from workflows.tables import Escalation, Rung, RungState, Setting, Suggestion, SuggestionState


@pytest.fixture
def database_url(sqlite_city: Path, tmp_path: Path) -> str:
    """Give the address of a SQLite city: pages are the same on either."""
    path = shutil.copy(sqlite_city, tmp_path / "duban.sqlite")
    return f"sqlite:///{path}"


@pytest.fixture
def place(app: object, database: Database) -> Place:
    """Bring an item to where a slip waits for the director."""
    late = Place(database, *OWN)
    late.slipped()
    return late


def latest(place: Place) -> Escalation:
    """Return the latest rung."""
    with place.database.read() as session:
        return session.scalars(select(Escalation).order_by(Escalation.id.desc()).limit(1)).one()


def issued(place: Place, enter: Enter) -> Escalation:
    """Let the director issue the slip on its page."""
    path = f"/tasks/{place.task('approve_rung')}"
    answer = send(enter("zhangming"), path, outcome="approve", demand="请三日内书面说明")
    assert answer.status_code == 303
    return latest(place)


def test_the_director_sees_why_and_issues_the_slip(place: Place, enter: Enter) -> None:
    page = words(enter("zhangming").get(f"/tasks/{place.task('approve_rung')}"))
    assert "逾期满3个工作日" in page

    rung = issued(place, enter)

    assert (rung.state, rung.serial, rung.demand) == (RungState.DELIVERED, 1, "请三日内书面说明")
    page = words(enter("qianjin").get(f"/rungs/{rung.id}"))
    assert "督查通知〔2020〕第1期" in page
    assert "蓝色督办单" in page
    assert "请三日内书面说明" in page


def test_a_slip_that_is_declined_without_a_reason_is_asked_for_it(
    place: Place, enter: Enter
) -> None:
    path = f"/tasks/{place.task('approve_rung')}"

    answer = send(enter("zhangming"), path, outcome="decline", demand="说明")

    assert answer.status_code == 422
    assert latest(place).state is RungState.WAITING


def test_the_slip_is_a_word_file_that_says_all_and_names_its_chinese_faces(
    place: Place, enter: Enter
) -> None:
    rung = issued(place, enter)

    answer = enter("qianjin").get(f"/rungs/{rung.id}/slip.docx")

    paper = Document(BytesIO(answer.data))
    said = "\n".join(line.text for line in paper.paragraphs)
    cells = {row.cells[0].text: row.cells[1].text for row in paper.tables[0].rows}
    assert "督查通知〔2020〕第1期" in said
    assert "市交通运输局：" in said
    assert cells["督办要求"] == "请三日内书面说明"
    assert cells["签　　发"] == "张明"
    assert 'w:eastAsia="方正小标宋简体"' in paper.paragraphs[0]._p.xml  # noqa: SLF001


def test_a_draft_is_no_business_of_the_unit(place: Place, enter: Enter) -> None:
    rung = latest(place)

    assert enter("qianjin").get(f"/rungs/{rung.id}").status_code == 404
    assert enter("qianjin").get(f"/rungs/{rung.id}/slip.docx").status_code == 404
    assert "（签发后编号）" in enter("zhangming").get(f"/rungs/{rung.id}").text


def test_opening_the_item_leaves_the_receipt_and_shows_the_ladder(
    place: Place, enter: Enter
) -> None:
    rung = issued(place, enter)

    page = words(enter("qianjin").get(f"/items/{place.item_id}"))

    assert latest(place).read_at is not None
    assert "下一级：黄单" in page
    assert "签阅" in words(enter("liwen").get(f"/rungs/{rung.id}"))


def test_a_suggestion_goes_by_hand_from_the_item_to_the_organ(place: Place, enter: Enter) -> None:
    office, director, leader = enter("liwen"), enter("zhangming"), enter("luyuan")
    part = str(place.part())

    opened = send(office, f"/items/{place.item_id}/suggest", part=part, kind="praise")
    assert opened.headers["Location"].endswith(str(place.task("evidence")))
    step(office, place, "evidence", outcome="submit", whom="市交通运输局", evidence="提前办结")
    step(director, place, "endorse_suggestion", outcome="approve")
    assert "表扬" in words(leader.get("/"))
    step(leader, place, "approve_suggestion", outcome="approve", opinion="同意")
    facts = {"organ": "市政府办公室", "document": "云督函〔2020〕1号", "on": "2020-03-02"}
    step(office, place, "hand_over", outcome="done", **facts)

    with place.database.read() as session:
        found = session.scalars(select(Suggestion)).one()
    assert found.state is SuggestionState.HANDED_OVER
    for who in ("liwen", "luyuan", "shenji"):
        assert "云督函〔2020〕1号" in words(enter(who).get("/suggestions"))
        assert "提前办结" in words(enter(who).get(f"/suggestions/{found.id}"))
    assert enter("qianjin").get("/suggestions").status_code == 403


def test_criticism_without_its_basis_is_asked_for_it(place: Place, enter: Enter) -> None:
    office = enter("liwen")
    send(office, f"/items/{place.item_id}/suggest", part=str(place.part()), kind="criticism")
    path = f"/tasks/{place.task('evidence')}"
    assert "懒政怠政为官不为行为责任追究暂行办法" in office.get(path).text

    answer = send(office, path, outcome="submit", whom="市交通运输局", evidence="多次催办未办结")

    assert answer.status_code == 422
    assert 'id="basis-why"' in answer.text


def test_an_urge_too_soon_is_refused_with_who_and_when(place: Place, enter: Enter) -> None:
    office = enter("liwen")
    form = {"assignment_ids": str(place.part()), "method": "telephone", "text": "请抓紧"}
    path = f"/items/{place.item_id}/urge"
    assert send(office, path, **form).status_code == 303

    answer = send(enter("zhangming"), path, **form)

    assert answer.status_code == 409
    assert "李文已于" in answer.text
    assert "3月4日" in answer.text


# -- the administrator's table --------------------------------------------------------------


@pytest.mark.usefixtures("unreviewed")
def test_the_table_is_replaced_by_what_was_typed(enter: Enter, database: Database) -> None:
    form = {
        "rung-0": "urge", "days-0": "2", "times-0": "0",
        "rung-1": "", "days-1": "9", "times-1": "0",
        "rung-2": "interview", "kind-2": "proposal", "days-2": "4", "times-2": "0",
    }  # fmt: skip

    assert send(enter("hemin"), "/admin/ladder/", **form).status_code == 303

    with database.read() as session:
        rows = [(row.rung, row.days_overdue) for row in ladder_rules.table(session)]
    assert rows == [(Rung.URGE, 2), (Rung.INTERVIEW, 4)]


def test_a_table_that_goes_down_is_refused_says_where_and_is_kept(enter: Enter) -> None:
    form = {
        "rung-0": "reminder", "days-0": "7", "times-0": "0",
        "rung-1": "urge", "kind-1": "", "days-1": "2", "times-1": "0",
    }  # fmt: skip

    answer = send(enter("hemin"), "/admin/ladder/", **form)

    assert answer.status_code == 422
    assert 'name="days-0" value="7"' in answer.text
    assert "较高级别不能早于较低级别" in answer.text


def test_how_often_may_be_urged_is_a_setting(enter: Enter, database: Database) -> None:
    admin: FlaskClient = enter("hemin")
    good = {
        "urge.most": "2", "urge.again_after_days": "3", "slip.number": "督查通知",
        "slip.demand": "请反馈", "suggestion.organs": "丙",
    }  # fmt: skip

    assert send(admin, "/admin/ladder/settings", **good).status_code == 303
    assert send(admin, "/admin/ladder/settings", **{**good, "urge.most": "oft"}).status_code == 422

    with database.read() as session:
        assert session.get_one(Setting, "urge.most").value == "2"


def step(client: FlaskClient, place: Place, name: str, **fields: str) -> None:
    """Do a step on its page."""
    answer = send(client, f"/tasks/{place.task(name)}", **fields)
    assert answer.status_code == 303, words(answer)
