"""What an administrator does to another's account, as its page, a notice and a draft tell it."""

from collections.abc import Mapping

from flask.testing import FlaskClient
from sqlalchemy import select

from engine import Database
from tests.web.conftest import Enter
from tests.web.forms import token
from tests.web.test_drawing_board import CHANGED, appoint, begun, save
from workflows import terminal
from workflows.tables import Person

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


def test_a_draft_says_whose_word_does_not_count_yet(enter: Enter, database: Database) -> None:
    database.write(appoint)
    hemin, zhang = enter("hemin"), enter("zhangming")
    with database.read() as session:
        person_id = session.scalars(select(Person.id).where(Person.login == "zhangming")).one()
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
    assert "何敏给张明发新令牌。" in zhang.get("/notices/").text
    assert EN in send(zhang, f"{draft}/verdict", ENGLISH, verdict="approve")[1]
    assert "张明: new API token, by 何敏." in zhang.get("/notices/", headers=ENGLISH).text


def test_the_page_of_a_person_tells_what_was_done_to_the_account(
    enter: Enter, database: Database
) -> None:
    database.write(appoint)
    database.write(lambda session: terminal.reset_password(session, "zhangming"))
    hemin = enter("hemin")
    with database.read() as session:
        person_id = session.scalars(select(Person.id).where(Person.login == "zhangming")).one()

    record = hemin.get(f"/admin/people/{person_id}").text.partition('id="story"')[2]

    assert "换新密码" in record
    assert "有人在服务器终端" in record
    assert "有人在服务器终端给张明换新密码。" in hemin.get("/notices/").text
