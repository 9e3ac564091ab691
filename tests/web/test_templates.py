"""Templates of papers on their page: brought, refused in words, looked at, chosen."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from tests.web.conftest import Enter, token
from workflows.paper_templates import shipped

PATH = "/admin/templates/monthly"


@pytest.fixture
def database_url(sqlite_city: Path, tmp_path: Path) -> str:
    """Give a city on SQLite alone; nothing here depends on the product."""
    return f"sqlite:///{shutil.copy(sqlite_city, tmp_path / 'duban.sqlite')}"


def without_number() -> bytes:
    """Return the monthly template without a place for its number, and with a strange mark."""
    file = Document(BytesIO(shipped("monthly").file))
    for line in file.paragraphs:
        if "{{number}}" in line.text:
            line.text = "{{issue}}"
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def test_a_template_is_refused_in_words_or_kept_seen_and_chosen(enter: Enter) -> None:
    hemin = enter("hemin")

    def send(path: str, content: bytes | None = None) -> tuple[int, str]:
        form: dict[str, object] = {"csrf_token": token(hemin, PATH)}
        if content is not None:
            form["file"] = (BytesIO(content), "月报.docx")
        answer = hemin.post(path, data=form, content_type="multipart/form-data")
        return answer.status_code, answer.text

    status, page = send(PATH, without_number())
    assert status == 422
    assert "缺少要素：文号 {{number}}" in page
    assert "不认识的标记：{{issue}}" in page

    assert send(PATH, shipped("quarterly").file)[0] == 303
    page = hemin.get(f"{PATH}?version=1").text
    assert "启用这一版" in page
    assert hemin.get(f"{PATH}/1/1.png").data.startswith(b"\x89PNG")
    assert hemin.get(f"{PATH}/1.docx").data == shipped("quarterly").file

    assert send(f"{PATH}/1")[0] == 303
    assert "启用这一版" not in hemin.get(PATH).text
    assert "月报.docx" in hemin.get("/admin/templates/").text
