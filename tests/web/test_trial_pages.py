"""The pages on which a change is replayed, tried and migrated to, in both languages."""

import shutil
from pathlib import Path

from sqlalchemy import select

import engine
from engine import Attempt, Database
from tests.web.conftest import Enter
from tests.web.forms import token
from workflows import drawings, migrations, processes
from workflows.actors import actor_of
from workflows.processes import DIAGRAMS
from workflows.tables import Person
from workflows.trials import replays

SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
CHINESE, ENGLISH = ({"Accept-Language": tongue} for tongue in ("zh-CN", "en"))
FIRST = Attempt(1, 1, last=False)


def test_an_administrator_replays_a_draft_tries_it_and_moves_what_runs(
    enter: Enter, database: Database, sqlite_template: Path
) -> None:
    database.write(processes.deploy_shipped)
    client = enter("hemin")
    folder = Path(client.application.config["DATA"]) / "trials"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(sqlite_template, folder / f"{migrations.revisions()[-1]}.plain")

    def begin(session: engine.Session) -> int:
        person = session.scalars(select(Person.id).where(Person.login == "hemin")).one()
        return drawings.open_draft(session, actor_of(session, person), "instruction").id

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
    assert 'value="approve"' in page
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
