"""Forms that a diagram draws: every type of field, asked, kept and shown."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from engine import Database
from tests.bpmn.test_changed_copy import changed_instruction
from tests.deploying import put_in_use
from tests.web.conftest import Enter
from tests.web.forms import token
from tests.web.scenes import Scenes, send, words
from workflows.tables import FormEntry, Person, StoryEntry, Unit

FIELDS = """
<duban:field key="place" type="text" label="地点" label_en="Place" required="true" help="写到门牌号" help_en="With its number"/>
<duban:field key="grade" type="choice" label="等次" label_en="Grade" options="好|差" options_en="Good|Poor"/>
<duban:field key="why" type="long_text" label="差在哪里" label_en="Why poor" required="true" visible_if="grade == &quot;差&quot;"/>
<duban:field key="day" type="date" label="日期" label_en="Day"/>
<duban:field key="whose" type="unit" label="责任单位" label_en="Unit" required="true"/>
<duban:field key="guide" type="person" label="陪同" label_en="Guide"/>
<duban:field key="proof" type="file" label="照片" label_en="Proof" required="true"/>
<duban:field key="counts" type="table" label="清点" label_en="Counts">
  <duban:column key="what" type="text" label="物品" label_en="What" required="true"/>
  <duban:column key="number" type="number" label="数量" label_en="Number"/>
</duban:field>
""".strip()  # noqa: E501 (a diagram's own words)
PNG = Path(__file__).parent.parent.parent / "docs/pictures/administrator-sound.png"


def drawn(fields: str = FIELDS) -> bytes:
    """Return the changed instruction with other fields in its form step."""
    xml = changed_instruction().decode()
    start, end = xml.index("<duban:field"), xml.rindex("<duban:field")
    end = xml.index("/>", end) + 2
    return (xml[:start] + fields + xml[end:]).encode()


@pytest.fixture
def scenes(
    app: Flask, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Scenes:
    """Give a city whose diagrams are deployed, with a folder for its papers."""
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
    return Scenes(database)


@pytest.fixture
def path(scenes: Scenes) -> tuple[int, str]:
    """Return an item that waits at the drawn form, and the form's address."""
    scenes.act("hemin", put_in_use, drawn())
    item_id = scenes.accepted()
    return item_id, scenes.path(item_id, "form")


def test_every_type_is_asked_checked_kept_and_shown(
    scenes: Scenes, enter: Enter, path: tuple[int, str]
) -> None:
    (item_id, address), client = path, enter("liwen")
    unit = scenes.rows(select(Unit))[0]
    person = scenes.rows(select(Person))[0]
    english = words(client.get(address, headers={"Accept-Language": "en"}))

    bad = send(
        client, address,
        **{
            "value-grade": "差", "value-whose": "999999", "value-counts.0.number": "很多",
            "outcome": "seen",
        },
    )  # fmt: skip
    uploaded = client.post(
        address,
        data={
            "csrf_token": token(client, "/me"), "upload": "yes", "value-place": "站前广场",
            "file-proof": (BytesIO(PNG.read_bytes()), "现场.png"),
        },
    )  # fmt: skip
    paper = uploaded.text.partition('name="value-proof" value="')[2].partition('"')[0]
    asked = send(client, f"{address}/hidden", **{"value-grade": "好"}).json
    good = send(
        client, address,
        **{
            "value-place": "站前广场", "value-grade": "好", "value-why": "不该留下",
            "value-day": "2020-03-02",
            "value-whose": str(unit.id), "value-guide": str(person.id), "value-proof": paper,
            "value-counts.0.what": "灭火器", "value-counts.0.number": "4",
            "value-counts.1.what": "", "outcome": "seen",
        },
    )  # fmt: skip

    assert 'name="file-proof"' in uploaded.text
    assert all(word in english for word in ("With its number", "Poor", "Proof", "Number"))
    assert all(f"#value-{key}" in bad.text for key in ("place", "why", "whose", "proof", "counts"))
    assert asked == {"hidden": ["why"]}
    assert good.status_code == 303
    (entry,) = scenes.rows(select(FormEntry))
    kept = {field["key"]: field["value"] for field in entry.fields}
    assert kept == {
        "place": "站前广场", "grade": "好", "day": "2020-03-02", "whose": unit.name,
        "guide": person.name, "proof": [{"id": paper, "name": "现场.png"}],
        "counts": [{"what": "灭火器", "number": 4}],
    }  # fmt: skip
    told = [each.facts for each in scenes.rows(select(StoryEntry)) if each.kind == "form_filled"]
    assert "why" not in {field["key"] for field in told[0]["fields"]}
    shown = words(enter("liwen").get(f"/items/{item_id}"))
    assert all(word in shown for word in (unit.name, "现场.png", "1 行"))
    gone = send(client, f"/papers/{paper}/remove")
    assert gone.status_code in {404, 405, 409, 422}


def test_an_item_finds_the_form_that_it_was_started_with(
    scenes: Scenes, enter: Enter, path: tuple[int, str]
) -> None:
    other = '<duban:field key="later" type="text" label="后来的" label_en="Later"/>'
    scenes.act("hemin", put_in_use, drawn(other))

    page = words(enter("liwen").get(path[1]))

    assert "后来的" not in page
    assert "差在哪里" in page


def test_an_administrator_sees_a_form_before_it_is_there(enter: Enter) -> None:
    fields = [
        {"key": "grade", "type": "choice", "label": "等次", "options": "好|差"},
        {"key": "why", "type": "long_text", "label": "差在哪里", "visible_if": 'grade == "差"'},
        {"key": "t", "type": "table", "label": "表", "columns": [{"key": "a", "label": "列"}]},
    ]
    client = enter("hemin")
    headers = {"X-CSRF-Token": token(client, "/me")}
    sent = {"fields": fields, "typed": [["value-grade", "差"]]}

    page = client.post("/diagrams/forms/preview", json=sent, headers=headers).text
    plain = client.post("/diagrams/forms/preview", json={"fields": fields}, headers=headers).text
    half = [{**fields[1], "visible_if": "grade =="}]
    unfinished = client.post("/diagrams/forms/preview", json={"fields": half}, headers=headers).text
    other = enter("liwen")
    refused = other.post(
        "/diagrams/forms/preview", json=sent, headers={"X-CSRF-Token": token(other, "/me")}
    )

    assert 'data-field="why" hidden' in plain
    assert 'data-field="why" hidden' in unfinished
    assert 'data-field="why" hidden' not in page
    assert "列" in page
    assert refused.status_code == 403
