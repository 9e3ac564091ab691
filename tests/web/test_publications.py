"""Publications as pages: begun, saved against others, approved, issued, read, withdrawn."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import Enter
from tests.web.forms import token
from tests.web.scenes import send

NEW = {"what": "affairs:affairs", "first": "2020-02-01", "last": "2020-02-29"}
SAID = {"type": "text", "text": "二月督查事项按期推进。"}
TEXT = {"type": "doc", "content": [{"type": "paragraph", "content": [SAID]}]}


@pytest.fixture
def database_url(sqlite_city: Path, tmp_path: Path) -> str:
    """Give the address of a SQLite city: pages are the same on either."""
    path = shutil.copy(sqlite_city, tmp_path / "duban.sqlite")
    return f"sqlite:///{path}"


def begin(client: FlaskClient) -> str:
    """Begin a draft, and return the address of its page."""
    begun = send(client, "/publications/new", **NEW)
    assert begun.status_code == 303
    return begun.location.removesuffix("/edit")


def save(client: FlaskClient, page: str, revision: int) -> TestResponse:
    """Put words into a draft as its editor would."""
    told: dict[str, Any] = {"content": TEXT, "title": "二月政务督查", "addressee": ""}
    headers = {"If-Match": f'"{revision}"', "X-CSRF-Token": token(client, "/me")}
    return client.put(f"{page}/content", json=told, headers=headers)


def test_an_issue_goes_from_hand_to_hand_to_its_readers(enter: Enter) -> None:
    people = {who: enter(who) for who in ("liwen", "zhangming", "qianjin")}
    page = begin(people["liwen"])

    assert save(people["liwen"], page, 9).status_code == 412
    saved = save(people["liwen"], page, 1).get_json()
    assert (saved["revision"], saved["checks"]) == (2, [])

    for who, deed in (("liwen", "submit"), ("zhangming", "approve"), ("liwen", "issue")):
        assert send(people[who], f"{page}/{deed}", revision="2").status_code == 303

    again = [send(people["liwen"], f"{page}/urge").status_code for _ in range(2)]
    assert again == [303, 303]
    assert "一天之内都催过了" in people["liwen"].get(page).text

    read = people["qianjin"].get(page)
    assert "〔2020〕第1期" in read.text
    assert people["qianjin"].get(f"{page}/paper.pdf").data.startswith(b"%PDF")
    assert "钱进" in people["liwen"].get(page).text

    send(people["zhangming"], f"{page}/withdraw", reason="数字有误")
    assert "数字有误" in people["qianjin"].get(page).text
    assert people["qianjin"].get(f"{page}/edit").status_code == 403


def test_the_inbox_leads_whoever_is_to_mend_a_returned_draft_to_its_editor(enter: Enter) -> None:
    drafter, director = enter("liwen"), enter("zhangming")
    page = begin(drafter)
    save(drafter, page, 1)
    send(drafter, f"{page}/submit", revision="2")

    send(director, f"{page}/return", revision="2", reason="数字再核")

    own, other = drafter.get("/").text, director.get("/?tab=units").text
    assert "修改刊物" in own
    assert f'href="{page}/edit">修改</a>' in own
    assert 'id="nav-publications">1<' in own
    assert f'href="{page}">查看</a>' in other
    assert f"{page}/edit" not in other
    for address in (page, f"{page}/edit"):
        told = drafter.get(address).text
        assert "张明09:00退回" in told
        assert "数字再核" in told


def test_a_comment_is_sent_before_any_script_runs(enter: Enter) -> None:
    client = enter("liwen")
    page = begin(client)

    for path, sent in (
        ("remarks", {"text": "第一条"}),
        ("remarks/1", {"text": "", "settle": "yes"}),
    ):
        answer = send(client, f"{page}/{path}", **sent)
        assert (answer.status_code, answer.location) == (303, f"{page}/edit")

    shown = client.get(f"{page}/edit").text
    assert "第一条" in shown
    assert f'method="post" action="{page}/remarks"' in shown
