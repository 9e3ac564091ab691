"""People who use the API: each with a token, and an item brought to where a test needs it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from engine import Database
from tests.web.described import must_be_as_described
from workflows import terminal

REGISTRATION: Mapping[str, Any] = {
    "secret": False,
    "source": "city_instruction",
    "basis": "市长批示：请交通运输局抓紧办理。",
    "title": "城区公交站台改造",
    "target": "年底前完成全部站台",
    "urgency": "normal",
}
REPORT: Mapping[str, Any] = {
    "final": True,
    "progress": "三十座站台已全部改造。",
    "percent": 100,
}
SOUND = {"measures_done": True, "problem_solved": True, "target_reached": True}


@dataclass(frozen=True)
class Caller:
    """Somebody who calls the API with a token."""

    app: Flask
    token: str

    def get(self, path: str, **headers: str) -> TestResponse:
        """Read something."""
        answer = self.app.test_client().get(f"/api/v1{path}", headers=self._headers(headers))
        must_be_as_described(self.app, answer)
        return answer

    def post(self, path: str, sent: object = None, **headers: str) -> TestResponse:
        """Do something; whatever was read before counts, unless the test says otherwise."""
        headers = self._headers({"If_Match": "*", **headers})
        answer = self.app.test_client().post(f"/api/v1{path}", json=sent, headers=headers)
        must_be_as_described(self.app, answer)
        return answer

    def tasks(self, step: str) -> list[str]:
        """Return the tasks of a type of step that wait for this person."""
        tasks = self.get("/tasks").get_json()["tasks"]
        return [task["id"] for task in tasks if task["step"] == step]

    def do(self, step: str, verb: str, sent: object = None) -> dict[str, Any]:
        """Do the first step of a type that waits."""
        answer = self.post(f"/tasks/{self.tasks(step)[0]}/{verb}", sent)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.get_json()
        return body

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": "en", **named}


As = Callable[[str], Caller]


@pytest.fixture
def called(app: Flask, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> As:
    """Give what makes somebody a caller, by the login."""
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))

    def call(login: str) -> Caller:
        return Caller(app, database.write(lambda session: terminal.issue_token(session, login)))

    return call


@dataclass
class Cast:
    """Everybody who has a part in an instruction, with the item that they play."""

    supervisor: Caller
    director: Caller
    handler: Caller
    unit_head: Caller
    leader: Caller
    foreigner: Caller
    units: Mapping[str, int]
    item_id: int = 0

    def register(self, **changes: object) -> int:
        """Register an item."""
        answer = self.supervisor.post("/items", {**REGISTRATION, **changes})
        assert answer.status_code == 201, answer.text
        self.item_id = answer.get_json()["id"]
        return self.item_id

    def assign(self) -> int:
        """Bring an item to its unit, and return the unit's part."""
        self.register()
        self.director.do("approve", "approve", {"outcome": "approve"})
        lead = {"unit_id": self.units["市交通运输局"]}
        self.supervisor.do("assign", "assign", {"lead": lead})
        item = self.supervisor.get(f"/items/{self.item_id}").get_json()
        part_id: int = item["assignments"][0]["id"]
        return part_id

    def report(self) -> None:
        """Bring an item to its review."""
        self.assign()
        self.handler.do("acknowledge", "acknowledge", {"responsible_person": "钱进"})
        self.handler.do("report", "report", REPORT)
        self.unit_head.do("confirm", "confirm", {"sign": True})


@pytest.fixture
def cast(called: As) -> Cast:
    """Give everybody who has a part in an instruction."""
    supervisor = called("liwen")
    units = supervisor.get("/units").get_json()["units"]
    return Cast(
        supervisor=supervisor,
        director=called("zhangming"),
        handler=called("qianjin"),
        unit_head=called("zhouju"),
        leader=called("luyuan"),
        foreigner=called("yangfan"),
        units={unit["name"]: unit["id"] for unit in units},
    )
