"""The administrator's page of diagrams: looked at, checked, deployed, in both languages."""

import re
from io import BytesIO
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import engine
from engine import MESSAGES, Database
from tests.web.conftest import Enter
from tests.web.forms import token
from web.cli import speaking
from web.flaws import WORDS, flaws, words_of
from workflows import diagrams, processes
from workflows.processes import DIAGRAMS

SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
BROKEN = SHIPPED.replace(b'duban:step="approve"', b'duban:step="nonsense"')
CHANGED = SHIPPED.replace("立项审批".encode(), "主任审批".encode())
UNNAMED = SHIPPED.replace('id="number" name="编号"'.encode(), b'id="number"')
PACKED = re.compile(r'name="diagram" value="([^"]+)"')


@pytest.fixture
def administrator(enter: Enter, database: Database) -> FlaskClient:
    """Give the browser of an administrator, in a house with the shipped diagrams."""
    database.write(processes.deploy_shipped)
    return enter("hemin")


def check(client: FlaskClient, xml: bytes, language: str = "en") -> TestResponse:
    """Send a diagram to be checked."""
    return client.post(
        "/diagrams/check",
        data={
            "csrf_token": token(client, "/diagrams"),
            "diagram": (BytesIO(xml), "流程.bpmn"),
        },
        headers={"Accept-Language": language},
    )


def versions(database: Database) -> list[int]:
    with database.read() as session:
        return [each.version for each in diagrams.versions(session, "instruction")]


def test_the_processes_are_listed_with_their_versions(administrator: FlaskClient) -> None:
    page = administrator.get("/diagrams", headers={"Accept-Language": "zh-CN"}).text

    assert "领导批示督办" in page
    assert "单位办理" in page
    assert "新事项用" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "No step is called nonsense."), ("zh-CN", "没有名为nonsense的步骤。")],
)
def test_flaws_are_told_by_the_elements_name(
    administrator: FlaskClient, database: Database, language: str, words: str
) -> None:
    answer = check(administrator, BROKEN, language)

    assert answer.status_code == 422
    assert "立项审批" in answer.text
    assert words in answer.text
    assert not PACKED.search(answer.text)
    assert versions(database) == [1]


def test_a_sound_diagram_is_checked_first_and_deployed_then(
    administrator: FlaskClient, database: Database
) -> None:
    checked = check(administrator, CHANGED)
    packed = PACKED.search(checked.text)
    before = versions(database)
    form = {
        "csrf_token": token(administrator, "/diagrams"),
        "name": "流程.bpmn",
        "diagram": packed[1] if packed else "",
    }
    deployed = administrator.post("/diagrams", data=form)

    assert (checked.status_code, before) == (200, [1])
    assert (deployed.status_code, versions(database)) == (303, [2, 1])
    with database.read() as session:
        newest = diagrams.versions(session, "instruction")[0]
        assert newest.xml == CHANGED
        assert diagrams.deployer(session, newest) == "何敏"


@pytest.mark.parametrize("packed", ["", "not base64", "bm9uc2Vuc2U="])
def test_what_was_never_a_diagram_is_not_deployed(
    administrator: FlaskClient, database: Database, packed: str
) -> None:
    form = {"csrf_token": token(administrator, "/diagrams"), "diagram": packed}

    answer = administrator.post("/diagrams", data=form)

    assert (answer.status_code, versions(database)) == (422, [1])


def test_a_version_is_shown_as_a_picture_and_saved_as_a_file(
    administrator: FlaskClient, database: Database
) -> None:
    with database.read() as session:
        newest = diagrams.versions(session, "instruction")[0]

    page = administrator.get(f"/diagrams/{newest.id}")
    picture = administrator.get(f"/diagrams/{newest.id}/picture").get_json()
    file = administrator.get(f"/diagrams/{newest.id}/file")

    assert f'data-diagram="/diagrams/{newest.id}/picture"' in page.text
    assert picture["xml"].encode() == SHIPPED
    assert file.data == SHIPPED
    assert file.headers["Content-Disposition"] == "attachment; filename=instruction-1.bpmn"


def test_a_diagram_whose_process_has_a_chinese_id_is_saved_as_a_file(
    administrator: FlaskClient, database: Database
) -> None:
    renamed = SHIPPED.replace(b'"instruction"', '"督办"'.encode())
    deployed = database.write(lambda session: engine.deploy(session, renamed, by="test"))

    file = administrator.get(f"/diagrams/{deployed.id}/file")

    assert file.data == renamed
    assert quote("督办-1.bpmn") in file.headers["Content-Disposition"]


def test_every_code_of_the_gate_has_the_engines_own_words() -> None:
    with speaking("en"):
        words = {code: str(told) for code, told in WORDS.items()}

    assert words == MESSAGES


@pytest.mark.parametrize(
    ("language", "words"), [("zh_CN", "文件超过2MB。"), ("en", "The file is larger than 2 MB.")]
)
def test_a_file_that_is_too_large_is_told_in_megabytes(language: str, words: str) -> None:
    with speaking(language):
        (flaw,) = flaws(engine.check(b"<" * 2_000_001, processes.registry()))

    assert flaw.words == words


def test_every_code_of_the_gate_is_worded_in_chinese_too() -> None:
    with speaking("zh_CN"):
        words = {code: str(told) for code, told in WORDS.items()}

    assert [code for code in words if words[code] == MESSAGES[code]] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "It has no name: people will not know what it is."),
        ("zh-CN", "没有名称，看图的人不知道这是什么。"),
    ],
)
def test_a_warning_is_told_and_refuses_nothing(
    administrator: FlaskClient, language: str, words: str
) -> None:
    answer = check(administrator, UNNAMED, language)

    assert answer.status_code == 200
    assert words in answer.text
    assert PACKED.search(answer.text)


def test_a_warning_beside_a_problem_is_told_apart(administrator: FlaskClient) -> None:
    both = UNNAMED.replace(b'duban:step="approve"', b'duban:step="nonsense"')

    page = check(administrator, both).text

    assert "1 problem<" in page
    assert "1 warning<" in page
    assert not PACKED.search(page)


def test_parts_of_a_diagram_are_named_as_people_call_them() -> None:
    facts = {"event": "timer", "element": "endEvent", "allowed": "error, signal"}

    with speaking("zh_CN"):
        words = words_of(engine.Problem("event_unsupported", facts=facts))

    assert words == "这里（结束事件）不支持计时，可以用：错误, 信号。"
