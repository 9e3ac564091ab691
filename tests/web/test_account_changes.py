"""What an administrator does to another's account, as its page, a notice and a draft tell it."""

import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from engine import Database
from tests.web.conftest import Enter
from tests.web.forms import token
from tests.web.test_drawing_board import CHANGED, appoint, begun, save
from workflows import settings, terminal
from workflows.tables import Holding, Person, Post, Role
from workflows.terminal import TERMINAL

ZH = "给张明发新令牌。双方账号可能由同一人使用，在"
EN = "张明: new API token, by 何敏 at "


ENGLISH = {"Accept-Language": "en"}


def send(
    client: FlaskClient, path: str, headers: Mapping[str, str] | None = None, **typed: str
) -> tuple[int, str]:
    """Send a form with its token."""
    form = {"csrf_token": token(client, "/me"), **typed}
    answer = client.post(path, data=form, headers=headers)
    return answer.status_code, answer.text


def number_of(database: Database, login: str) -> int:
    """Return somebody's number."""
    with database.read() as session:
        return session.scalars(select(Person.id).where(Person.login == login)).one()


def test_a_draft_says_whose_word_does_not_count_yet(enter: Enter, database: Database) -> None:
    database.write(appoint)
    hemin, zhang = enter("hemin"), enter("zhangming")
    person_id = number_of(database, "zhangming")
    draft = begun(hemin)
    save(hemin, draft, CHANGED, '"1"')
    send(hemin, f"{draft}/review", note="按新规改名")
    before = zhang.get(f"{draft}/deploy").text

    send(hemin, f"/admin/people/{person_id}/token")

    assert 'value="approve"' in before
    page = zhang.get(f"{draft}/deploy").text
    assert 'value="approve"' not in page
    assert ZH in page
    status, refused = send(zhang, f"{draft}/verdict", verdict="approve")
    assert (status, ZH in refused) == (403, True)
    assert "张明：发新令牌（何敏）。" in zhang.get("/notices/").text
    assert EN in send(zhang, f"{draft}/verdict", ENGLISH, verdict="approve")[1]
    assert "张明: new API token, by 何敏." in zhang.get("/notices/", headers=ENGLISH).text


def test_the_page_of_a_person_tells_what_was_done_to_the_account(
    enter: Enter, database: Database
) -> None:
    database.write(appoint)
    database.write(lambda session: terminal.reset_password(session, "zhangming"))
    hemin = enter("hemin")
    person_id = number_of(database, "zhangming")

    page, _story, record = hemin.get(f"/admin/people/{person_id}").text.partition('id="story"')
    own = hemin.get(f"/admin/people/{number_of(database, 'hemin')}").text
    assert ("您和张明在7天内" in page, "7天内" in own) == (True, False)

    assert "换新密码" in record
    assert "有人在服务器终端" in record
    assert "张明：换新密码（有人在服务器终端）。" in hemin.get("/notices/").text


def test_what_was_done_before_the_latest_is_a_page_further(
    enter: Enter, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.account_changes.SHOWN", 2)
    hemin = enter("hemin")
    for login in ("zhangming", "liwen", "qianjin"):
        send(hemin, f"/admin/people/{number_of(database, login)}/token")

    first = hemin.get("/admin/accounts/").text
    (further,) = re.findall(r'rel="next" href="([^"]+)"', first)
    rest = hemin.get(further).text

    assert [name in first for name in ("钱进", "李文", "张明")] == [True, True, False]
    assert [name in rest for name in ("钱进", "李文", "张明")] == [False, False, True]
    assert 'rel="next"' not in rest


def test_the_settings_say_beforehand_who_cannot_agree_yet(enter: Enter, database: Database) -> None:
    database.write(appoint)
    hemin, zhang = enter("hemin"), enter("zhangming")
    send(hemin, "/admin/settings/diagrams", **{settings.REVIEWED: settings.NO})
    offered = re.findall(r"/admin/settings/changes/\d+/agree", zhang.get("/admin/settings/").text)
    limits = "/admin/limits/minutes"

    send(hemin, f"/admin/people/{number_of(database, 'zhangming')}/token")

    for page in (zhang.get("/admin/settings/").text, hemin.get("/admin/settings/").text):
        assert ZH in page
        assert "/agree" not in page
    assert "/decline" in zhang.get("/admin/settings/").text
    assert ZH in hemin.get(limits).text
    [agree] = offered
    assert ZH in send(zhang, agree)[1]


def test_whoever_is_relieved_hears_of_it_and_sees_it_among_their_own(
    enter: Enter, database: Database
) -> None:
    database.write(appoint)
    database.write(
        lambda session: settings.change(session, TERMINAL, settings.REVIEWED, settings.NO)
    )
    hemin, zhang = enter("hemin"), enter("zhangming")
    with database.read() as session:
        of_zhang = select(Holding).join(Post).where(Post.role == Role.ADMINISTRATOR)
        person_id = number_of(database, "zhangming")
        held = session.scalars(of_zhang.where(Holding.person_id == person_id)).one()
        path = f"/admin/units/{held.post.unit_id}/holdings/{held.id}/end"
    send(hemin, path)

    [notice] = re.findall(r'href="(/notices/\d+)"', zhang.get("/notices/").text)
    place = zhang.get(notice).headers["Location"]
    assert place == "/me#account"
    assert "收回管理员岗位" in zhang.get("/me").text.partition('id="account"')[2]
    for overseer in (hemin, enter("shenji")):
        assert "收回管理员岗位" in overseer.get("/admin/accounts/").text
