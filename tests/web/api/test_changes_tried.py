"""Over the API a change is compared, replayed, tried and migrated to, and what runs is halted."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

import engine
from engine import Attempt, Database
from tests.web.callers import As, Cast
from workflows import migrations
from workflows.processes import DIAGRAMS
from workflows.trials import moving, replays

CHANGED = (DIAGRAMS / "instruction.bpmn").read_bytes().replace("立项审批".encode(), "审签".encode())
FIRST = Attempt(1, 1, last=False)


@pytest.fixture
def draft(app: Flask, called: As, sqlite_template: Path) -> int:
    """Give the number of a draft that calls a step otherwise, and a town to try it in."""
    folder = Path(app.config["DATA"]) / "trials"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(sqlite_template, folder / f"{migrations.revisions()[-1]}.plain")
    administrator = called("hemin")
    answer = app.test_client().post(
        "/api/v1/drafts?name=x.bpmn",
        data=CHANGED,
        content_type="application/xml",
        headers={"Authorization": f"Bearer {administrator.token}"},
    )
    number: int = answer.get_json()["id"]
    return number


def test_a_draft_is_compared_replayed_and_tried(
    called: As, cast: Cast, database: Database, draft: int
) -> None:
    cast.register()
    administrator = called("hemin")
    here = f"/drafts/{draft}"

    told = administrator.get(f"{here}/differences").get_json()["differences"]
    replay = administrator.post(f"{here}/replays", {}).get_json()
    replays.work(database, {"run": replay["id"]}, FIRST)
    over = administrator.get(f"/replays/{replay['id']}").get_json()
    played = administrator.get(f"/replays/{replay['id']}/items").get_json()["items"]
    begun = administrator.post(f"{here}/trial/begin", {"urgency": "urgent"}).get_json()
    (step,) = begun["steps"]
    way = {"outcome": "approve"}
    path = f"{here}/trial/steps/{step['task_id']}"
    done = administrator.post(path, way, Idempotency_Key="once").get_json()
    again = administrator.post(path, way, Idempotency_Key="once").get_json()
    later = administrator.post(f"{here}/trial/clock", {"days": 1}).get_json()

    assert "审签" in told[0]["words"]
    assert (over["state"], over["ways"]["same"], played[0]["way"]) == ("done", 1, "same")
    assert (begun["urgency"], step["step"]) == ("urgent", "approve")
    assert [each["step"] for each in done["steps"]] == ["assign"]
    assert again == done
    assert later["now"] > done["now"]
    assert administrator.post(f"{here}/trial/clock", {"days": 1, "next": True}).status_code == 422
    assert administrator.post(f"{here}/trial/end").status_code == 200
    assert administrator.get(f"{here}/trial").status_code == 404


def test_what_runs_is_moved_and_taken_back_halted_and_let_go_on(
    called: As, cast: Cast, database: Database
) -> None:
    cast.register()
    newest = database.write(lambda session: engine.deploy(session, CHANGED, by="terminal"))
    administrator = called("hemin")
    here = f"/diagrams/{newest.id}"

    (one,) = administrator.get(f"{here}/migration-plan").get_json()["items"]
    none = administrator.post(f"{here}/migrations", {"reason": "按新规", "instances": []})
    some = {"reason": "按新规", "instances": [one["instance_id"]]}
    run = administrator.post(f"{here}/migrations", some).get_json()
    moving.work(database, {"run": run["id"], "undo": False}, FIRST)
    moved = administrator.get(f"/migrations/{run['id']}").get_json()
    administrator.post(f"/migrations/{run['id']}/undo")
    moving.work(database, {"run": run["id"], "undo": True}, FIRST)
    (kept,) = administrator.get("/processes/instruction/migrations").get_json()["migrations"]

    assert (one["moves"], one["at"][0]["id"], none.status_code) == (True, "approve", 409)
    assert (moved["counts"]["moved"], kept["counts"]["undone"]) == (1, 1)

    everything = {"process_id": "instruction", "reason": "等上级答复"}
    held = administrator.post("/suspensions", everything).get_json()["suspended"]
    after = administrator.post("/suspensions/resume", {"reason": "答复已到"}).get_json()
    assert [each["item_id"] for each in held] == [cast.item_id]
    assert after == {"suspended": []}
    assert administrator.post("/suspensions", {"reason": "无"}).status_code == 422
    assert administrator.post("/incidents/retry", {}).get_json() == {"incidents": []}
