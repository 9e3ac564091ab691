"""The pages on which a change is replayed, tried and migrated to, in both languages."""

import html
import re
import shutil
from pathlib import Path

from sqlalchemy import select

import engine
from engine import Attempt, Database
from tests.web.conftest import Enter
from tests.web.forms import token
from workflows import drawings, migrations
from workflows.actors import actor_of
from workflows.processes import DIAGRAMS
from workflows.tables import Person
from workflows.trials import replays

SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
ASKING = SHIPPED.replace(b'duban:step="approve"', b'duban:step="form"').replace(
    b'<duban:outcome value="approve"',
    """<duban:field key="urgent" type="yes_no" label="急" required="true"/>
    <duban:field key="why" type="text" label="何故" required="true" visible_if="urgent == True"/>
    <duban:field key="who" type="person" label="何人" required="true"/>
    <duban:field key="where" type="unit" label="何处"/>
    <duban:field key="rows" type="table" label="明细">
      <duban:column key="how_many" type="number" label="数"/></duban:field>
    <duban:outcome value="approve\"""".encode(),
    1,
)
CHINESE, ENGLISH = ({"Accept-Language": tongue} for tongue in ("zh-CN", "en"))
FIRST = Attempt(1, 1, last=False)


def test_an_administrator_replays_a_draft_tries_it_and_moves_what_runs(
    enter: Enter, database: Database, sqlite_template: Path
) -> None:
    client = enter("hemin")
    folder = Path(client.application.config["DATA"]) / "trials"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(sqlite_template, folder / f"{migrations.revisions()[-1]}.plain")

    def begin(session: engine.Session) -> int:
        person = session.scalars(select(Person.id).where(Person.login == "hemin")).one()
        actor = actor_of(session, person)
        draft = drawings.open_draft(session, actor, "instruction")
        return drawings.save_draft(session, actor, draft.id, ASKING, draft.revision).id

    draft = database.write(begin)
    here = f"/diagrams/drafts/{draft}"
    form = {"csrf_token": token(client, "/diagrams")}

    assert client.post(f"{here}/replay", data=form).status_code == 303
    replays.work(database, {"run": 1}, FIRST)
    assert "0件全部回放" in client.get(f"{here}/replay", headers=CHINESE).text

    assert "开始试办" in client.get(f"{here}/trial", headers=CHINESE).text
    assert client.post(f"{here}/trial/begin", data=form).status_code == 303
    page = client.get(f"{here}/trial", headers=ENGLISH).text
    marked = client.get(f"{here}/trial/picture").get_json()["marks"]
    assert "To what is due next" in page
    assert 'value="approve"' not in page
    asked = html.unescape(re.search(r'href="([^"]*/trial/steps/[^"]*)"', page)[1])
    shown = client.get(asked, headers=ENGLISH).text
    assert 'name="value-rows.0.how_many"' in shown
    assert '<optgroup label="' in shown
    assert '<div data-field="why" hidden>' in shown
    urgent = {**form, "value-urgent": "true"}
    assert client.post(f"{asked}/hidden", data=form).get_json() == {"hidden": ["why"]}
    assert client.post(f"{asked}/hidden", data=urgent).get_json() == {"hidden": []}
    typed = {**urgent, "value-who": "1", "value-rows.0.how_many": "3", "outcome": "approve"}
    refused = client.post(asked, data=typed, headers=ENGLISH)
    assert (refused.status_code, 'id="value-why"' in refused.text) == (422, True)
    assert 'name="value-rows.0.how_many" value="3"' in refused.text
    assert client.post(asked, data={**typed, "value-why": "试一试"}).status_code == 303
    assert 'value="assign"' in client.get(f"{here}/trial").text
    assert {"id": "approve", "mark": "now", "tag": "张明"} in marked
    moved = client.post(f"{here}/trial/clock", data={**form, "days": "1"})
    assert moved.status_code == 303
    assert client.post(f"{here}/trial/end", data=form).status_code == 303
    assert "开始试办" in client.get(f"{here}/trial", headers=CHINESE).text

    newest = database.write(
        lambda session: engine.deploy(
            session, SHIPPED.replace("立项审批".encode(), "主任审批".encode()), by="terminal"
        )
    )
    plan = client.get(f"/diagrams/{newest.id}/migrate", headers=CHINESE).text
    assert "没有在其他版本上办理的事项" in plan
    refused = client.post(f"/diagrams/{newest.id}/migrate", data={**form, "which": "all"})
    assert refused.status_code == 422
