"""Diagrams over the API: looked at, checked, deployed and run."""

import pytest
from werkzeug.test import TestResponse

from engine import Database
from tests.web.callers import As, Caller, Cast
from workflows import settings
from workflows.processes import DIAGRAMS
from workflows.tables import Setting

XML = "application/xml"
DEPLOY = "/diagrams?note=按新规"


@pytest.fixture(autouse=True)
def unreviewed(database: Database) -> None:
    """Let nobody review what is deployed: that is tried where drafts are."""
    database.write(lambda s: s.add(Setting(name="diagrams.review", value=settings.NO)))


def shipped(name: str = "instruction") -> bytes:
    return (DIAGRAMS / f"{name}.bpmn").read_bytes()


def send(
    caller: Caller, path: str, xml: bytes, language: str = "en", key: str = ""
) -> TestResponse:
    named = {"Idempotency-Key": key} if key else {}
    return caller.app.test_client().post(
        f"/api/v1{path}",
        data=xml,
        content_type=XML,
        headers={"Authorization": f"Bearer {caller.token}", "Accept-Language": language, **named},
    )


def test_the_processes_are_listed_in_their_newest_versions(called: As) -> None:
    listed = called("hemin").get("/diagrams").get_json()["definitions"]

    assert {(each["process_id"], each["version"]) for each in listed} == {
        (path.stem, 1) for path in DIAGRAMS.glob("*.bpmn")
    }


def test_a_diagram_is_given_as_it_was_deployed(called: As) -> None:
    reader = called("qianjin")
    listed = reader.get("/diagrams").get_json()["definitions"]
    (one,) = (each for each in listed if each["process_id"] == "instruction")

    answer = reader.get(f"/diagrams/{one['id']}/xml")

    assert (answer.mimetype, answer.data) == (XML, shipped())


def test_a_version_that_does_not_exist_is_not_found(called: As) -> None:
    assert called("hemin").get("/diagrams/99").status_code == 404
    assert called("hemin").get("/diagrams/99/xml").status_code == 404


def test_a_sound_diagram_has_no_flaws(called: As) -> None:
    answer = send(called("hemin"), "/diagrams/check", shipped())

    assert (answer.status_code, answer.get_json()) == (200, {"flaws": []})


def test_a_check_repeated_with_its_key_answers_as_before(called: As) -> None:
    administrator = called("hemin")

    first = send(administrator, "/diagrams/check", shipped(), key="check-1")
    again = send(administrator, "/diagrams/check", shipped(), key="check-1")
    other = send(administrator, "/diagrams/check", shipped("unit_handling"), key="check-1")

    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert other.status_code == 409


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "No step is called nonsense."), ("zh", "没有名为nonsense的步骤。")],
)
def test_flaws_are_told_by_the_elements_name_in_the_callers_language(
    called: As, language: str, words: str
) -> None:
    broken = shipped().replace(b'duban:step="approve"', b'duban:step="nonsense"')

    flaws = send(called("hemin"), "/diagrams/check", broken, language).get_json()["flaws"]

    told = {(flaw["code"], flaw["element_name"], flaw["words"]) for flaw in flaws}
    assert ("step_unknown", "立项审批", words) in told


def test_a_diagram_that_the_gate_refuses_is_not_deployed(called: As) -> None:
    administrator = called("hemin")
    broken = shipped().replace(b'duban:step="approve"', b'duban:step="nonsense"')

    answer = send(administrator, DEPLOY, broken)

    assert answer.status_code == 422
    assert answer.get_json()["type"] == "urn:duban:problem:Refused"
    assert "step_unknown" in {flaw["code"] for flaw in answer.get_json()["facts"]["flaws"]}
    listed = administrator.get("/diagrams").get_json()["definitions"]
    assert {each["version"] for each in listed} == {1}


@pytest.mark.parametrize("xml", [b"", b"nonsense", b"<a/>", b"<!DOCTYPE a><a/>"])
def test_what_is_no_diagram_is_refused(called: As, xml: bytes) -> None:
    assert send(called("hemin"), DEPLOY, xml).status_code == 422


def test_the_same_diagram_again_is_the_same_version(called: As) -> None:
    answer = send(called("hemin"), DEPLOY, shipped())

    assert (answer.status_code, answer.get_json()["version"]) == (201, 1)


def test_a_changed_copy_runs_from_the_next_item_on(cast: Cast, called: As) -> None:
    before = cast.register(title="城区公交站台改造")
    changed = shipped().replace("立项审批".encode(), "主任审批".encode())
    deployed = send(called("hemin"), DEPLOY, changed)
    after = cast.register(title="老旧小区加装电梯")

    tasks = cast.director.get("/tasks").get_json()["tasks"]
    assert deployed.get_json()["version"] == 2
    assert {task["item_id"]: task["name"] for task in tasks} == {
        before: "立项审批",
        after: "主任审批",
    }


@pytest.mark.parametrize("login", ["liwen", "zhangming", "qianjin", "luyuan", "shenji"])
def test_nobody_but_an_administrator_checks_or_deploys(called: As, login: str) -> None:
    caller = called(login)

    assert send(caller, "/diagrams/check", shipped()).status_code == 403
    assert send(caller, DEPLOY, shipped()).status_code == 403


def test_a_diagram_too_large_is_refused_unread(called: As) -> None:
    assert send(called("hemin"), DEPLOY, b"<" * 2_000_001).status_code == 413


def test_a_deployment_says_why(called: As) -> None:
    assert send(called("hemin"), "/diagrams", shipped()).status_code == 422


def test_a_draft_becomes_a_version_and_is_rolled_back(called: As) -> None:
    administrator = called("hemin")
    changed = shipped().replace("立项审批".encode(), "主任审批".encode())
    draft = send(administrator, "/drafts", changed).get_json()

    again = send(administrator, "/drafts", shipped())
    made = administrator.post(f"/drafts/{draft['id']}/deploy", {"note": "按新规"}).get_json()
    told = administrator.get("/processes/instruction/deployments").get_json()["deployments"]
    oldest = told[-1]["definition"]["id"]
    back = administrator.post(f"/diagrams/{oldest}/roll-back").get_json()
    rolled = administrator.post(f"/drafts/{back['id']}/deploy", {"note": "新版有误"})

    assert made["version"] == 2
    assert again.status_code == 409
    assert [(each["note"], each["how"]) for each in told] == [("按新规", "draft"), (None, None)]
    assert (rolled.status_code, rolled.get_json()["version"]) == (201, 3)
    assert administrator.get(f"/diagrams/{rolled.get_json()['id']}/xml").data == shipped()
    assert administrator.get("/drafts").get_json() == {"drafts": []}
