"""Publications as pages: begun, saved against others, approved, issued, read, withdrawn."""

import shutil
from pathlib import Path
from typing import Any

import pytest
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


def test_an_issue_goes_from_hand_to_hand_to_its_readers(enter: Enter) -> None:
    people = {who: enter(who) for who in ("liwen", "zhangming", "qianjin")}

    begun = send(people["liwen"], "/publications/new", **NEW)
    page = begun.location.removesuffix("/edit")
    assert begun.status_code == 303

    def save(revision: int) -> TestResponse:
        told: dict[str, Any] = {"content": TEXT, "title": "二月政务督查", "addressee": ""}
        headers = {
            "If-Match": f'"{revision}"',
            "X-CSRF-Token": token(people["liwen"], "/me"),
        }
        return people["liwen"].put(f"{page}/content", json=told, headers=headers)

    assert save(9).status_code == 412
    saved = save(1).get_json()
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
