"""The page of one's notices."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from engine import Database, Session
from tests.web.conftest import Enter, token
from workflows import notices
from workflows.tables import Notice, Person

EVERY_KIND = {
    "assigned": {"due_on": "2019-09-25"},
    "objection_decided": {"decision": "insist", "reason": "职责明确"},
    "change_decided": {
        "change": "extend",
        "decision": "consented",
        "old": "2019-09-25",
        "new": "2019-10-25",
    },
    "item_cancelled": {},
    "unit_withdrawn": {"reason": "职能已划转"},
    "escalated": {"rung": "notice_yellow", "days_overdue": 5, "rule": {}},
    "reminded": {"due_on": "2019-09-25"},
    "interim_due": {"due_on": "2019-09-25"},
    "declined": {"number": 2, "reason": "数字不准"},
    "returned": {"number": 2, "reason": "措施没有写清"},
    "urged": {"method": "telephone", "text": "请续报"},
    "from_a_later_version": {"what": "ever"},
}


@pytest.fixture
def qianjin(enter: Enter, database: Database) -> FlaskClient:
    """Tell a handler something of every kind, and sign him in."""

    def tell(session: Session) -> None:
        person = session.scalars(select(Person).where(Person.login == "qianjin")).one()
        for kind, facts in EVERY_KIND.items():
            notices.notify(session, [person], kind, None, facts)

    client = enter("qianjin")
    database.write(tell)
    return client


def first(database: Database) -> int:
    """Return the number of the first notice."""
    with database.read() as session:
        return session.scalars(select(Notice.id).order_by(Notice.id)).all()[0]


def test_every_kind_has_words_in_both_languages(qianjin: FlaskClient) -> None:
    chinese = qianjin.get("/notices/", headers={"Accept-Language": "zh-CN"}).text
    english = qianjin.get("/notices/", headers={"Accept-Language": "en"}).text

    assert "逾期5个工作日。已升级到：督查通知（黄单）。反馈仍须报送。" in chinese
    assert "理由：措施没有写清" in chinese
    assert "Rung reached: Supervision notice, yellow slip." in english
    assert "Something happened to an item" in english
    assert chinese.count('class="notice-l') == english.count('class="notice-l') == len(EVERY_KIND)


def test_reading_one_can_be_undone(qianjin: FlaskClient, database: Database) -> None:
    notice_id = first(database)
    form = {"csrf_token": token(qianjin, "/notices/")}

    qianjin.post(f"/notices/{notice_id}/read", data=form)
    page = qianjin.get("/notices/").text

    assert page.count("fresh-n") == len(EVERY_KIND) - 1
    assert f'action="/notices/{notice_id}/unread"' in page
    qianjin.post(f"/notices/{notice_id}/unread", data=form)
    assert qianjin.get("/notices/").text.count("fresh-n") == len(EVERY_KIND)


def test_all_are_read_at_once(qianjin: FlaskClient) -> None:
    qianjin.post("/notices/read", data={"csrf_token": token(qianjin, "/notices/")})

    assert "fresh-n" not in qianjin.get("/notices/").text


def test_following_a_notice_reads_it(qianjin: FlaskClient, database: Database) -> None:
    answer = qianjin.get(f"/notices/{first(database)}")

    assert answer.status_code == 303
    assert qianjin.get("/notices/").text.count("fresh-n") == len(EVERY_KIND) - 1


def test_another_s_notice_is_not_there(
    qianjin: FlaskClient, enter: Enter, database: Database
) -> None:
    yangfan = enter("yangfan")
    form = {"csrf_token": token(yangfan, "/notices/")}

    assert yangfan.get(f"/notices/{first(database)}").status_code == 404
    assert yangfan.post(f"/notices/{first(database)}/read", data=form).status_code == 404


def test_a_notice_s_text_is_never_markup(qianjin: FlaskClient, database: Database) -> None:
    def tell(session: Session) -> None:
        person = session.scalars(select(Person).where(Person.login == "qianjin")).one()
        notices.notify(session, [person], "returned", None, {"reason": "<img src=x onerror=x>"})

    database.write(tell)

    assert "<img" not in qianjin.get("/notices/").text
