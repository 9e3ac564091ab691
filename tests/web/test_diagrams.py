"""The administrator's page of diagrams: brought in, looked at, deployed, in both languages."""

import html
import re
from io import BytesIO
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

import engine
from engine import MESSAGES, Database
from tests.web.conftest import Enter
from tests.web.forms import token
from web.cli import speaking
from web.flaws import WORDS, flaws, words_of
from workflows import diagrams, drawings, processes, settings
from workflows.processes import DIAGRAMS
from workflows.tables import Setting

SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
BROKEN = SHIPPED.replace(b'duban:step="approve"', b'duban:step="nonsense"')
CHANGED = SHIPPED.replace("立项审批".encode(), "主任审批".encode())
UNNAMED = SHIPPED.replace('id="number" name="编号"'.encode(), b'id="number"')
STRANGE = SHIPPED.replace(
    b"<bpmn:process ", b'<bpmn:process xmlns:x="urn:other:tool" x:versionTag="7" '
)


@pytest.fixture
def administrator(enter: Enter) -> FlaskClient:
    """Give the browser of an administrator, in a house with the shipped diagrams."""
    return enter("hemin")


def bring(
    client: FlaskClient, xml: bytes, language: str = "en", name: str = "流程.bpmn"
) -> TestResponse:
    """Bring a file in, and look at what comes of it."""
    file = FileStorage(BytesIO(xml), name)
    # Packed here: the client would keep a large file in a temporary one, and leave that open.
    boundary, sent = encode_multipart({"csrf_token": token(client, "/diagrams"), "diagram": file})
    return client.post(
        "/diagrams/files",
        data=sent,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"Accept-Language": language},
        follow_redirects=True,
    )


def deploy(client: FlaskClient, page: TestResponse, note: str) -> TestResponse:
    """Deploy the draft of a page, with a note."""
    sent = {"csrf_token": token(client, "/diagrams"), "note": note}
    return client.post(page.request.path, data=sent, headers={"Accept-Language": "en"})


@pytest.fixture
def unreviewed(database: Database) -> None:
    """Let nobody review what is deployed."""
    database.write(lambda s: s.add(Setting(name="diagrams.review", value=settings.NO)))


def versions(database: Database) -> list[int]:
    with database.read() as session:
        return [each.version for each in diagrams.versions(session, "instruction")]


def test_the_processes_are_listed_with_their_versions(administrator: FlaskClient) -> None:
    page = administrator.get("/diagrams", headers={"Accept-Language": "zh-CN"}).text

    assert "领导批示督办" in page
    assert "单位办理" in page
    assert "第1版" in page


@pytest.mark.parametrize(
    ("language", "called", "words"),
    [
        ("en", "Approve", "No step is called nonsense."),
        ("zh-CN", "立项审批", "没有名为nonsense的步骤。"),
    ],
)
def test_flaws_are_told_by_the_elements_name_and_nothing_is_deployed(
    administrator: FlaskClient,
    database: Database,
    unreviewed: None,
    language: str,
    called: str,
    words: str,
) -> None:
    page = bring(administrator, BROKEN, language)

    assert f">{called}</dt>" in page.text
    assert words in page.text
    assert 'name="note"' not in page.text
    assert deploy(administrator, page, "按新规").status_code == 422
    assert versions(database) == [1]


def test_a_file_is_a_draft_first_and_deployed_with_a_note(
    administrator: FlaskClient, database: Database, unreviewed: None
) -> None:
    page = bring(administrator, CHANGED)

    silent = deploy(administrator, page, " ")
    deployed = deploy(administrator, page, "按新规改名")

    assert (silent.status_code, "Please fill this in." in silent.text) == (422, True)
    assert (deployed.status_code, versions(database)) == (303, [2, 1])
    history = administrator.get(deployed.headers["Location"]).text
    assert "按新规改名" in history
    assert "何敏" in history


def test_what_a_newer_version_changed_is_read_and_taken_over_and_the_draft_before_it_is_kept(
    administrator: FlaskClient, database: Database, unreviewed: None
) -> None:
    mine = CHANGED.replace('name="交办"'.encode(), 'name="转办"'.encode())
    theirs = SHIPPED.replace("立项审批".encode(), "审签".encode())
    theirs = theirs.replace('name="销号"'.encode(), 'name="归档"'.encode())
    draft = bring(administrator, mine).request.path.removesuffix("/deploy")
    database.write(lambda s: drawings.deploy_at_terminal(s, theirs, "急件改为审签"))

    told = _text(administrator.get(f"{draft}/newer", headers={"Accept-Language": "zh-CN"}))
    assert "两边都改了“立项审批”改名为“审签”。" in told
    assert "可以并入“销号”改名为“归档”。" in told
    assert "保留您的“交办”改名为“转办”。" in told
    assert "急件改为审签" in told
    sent = {"csrf_token": token(administrator, "/diagrams"), "revision": "1"}
    taken = administrator.post(f"{draft}/newer", data=sent, follow_redirects=True).text
    merged = administrator.get(f"{draft}/xml").data.decode()

    assert all(f'name="{each}"' in merged for each in ("主任审批", "转办", "归档"))
    kept = re.search(r'href="(/diagrams/files/\d+)">instruction.1.bpmn', taken)
    assert kept is not None
    assert "取代草稿" in administrator.get(kept[1]).text
    sent = {"csrf_token": token(administrator, "/diagrams"), "over": "3"}
    administrator.post(f"{kept[1]}/draft", data=sent)
    assert administrator.get(f"{draft}/xml").data == mine


def _text(page: TestResponse) -> str:
    """Return a page's words, without tags and the space between them."""
    return re.sub(r"<[^>]*>|\s+", "", html.unescape(page.text))


def test_alone_one_deploys_nothing_that_is_to_be_reviewed(
    administrator: FlaskClient, database: Database
) -> None:
    page = bring(administrator, CHANGED)

    answer = deploy(administrator, page, "按新规改名")

    assert "There is no second administrator." in page.text
    assert (answer.status_code, versions(database)) == (409, [1])


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_another_tool_left_is_shown_before_it_is_a_draft(
    administrator: FlaskClient, language: str
) -> None:
    page = bring(administrator, STRANGE, language)

    assert "urn:other:tool" in page.text
    assert "versionTag" in page.text
    kept = administrator.get(f"{page.request.path}/file")
    assert kept.data == STRANGE
    sent = {"csrf_token": token(administrator, "/diagrams")}
    used = administrator.post(f"{page.request.path}/draft", data=sent)
    draft = used.headers["Location"].removesuffix("/deploy")
    assert administrator.get(f"{draft}/xml").data == STRANGE


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b"nonsense", "not well-formed XML"),
        (b"<a/>", "not a BPMN diagram"),
        (b"<" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_what_was_never_a_diagram_is_not_brought_in(
    administrator: FlaskClient, xml: bytes, words: str
) -> None:
    answer = bring(administrator, xml)

    assert (answer.status_code, words in answer.text) == (422, True)


def test_a_version_is_not_deleted_and_the_reason_is_said(
    administrator: FlaskClient, database: Database
) -> None:
    with database.read() as session:
        newest = diagrams.versions(session, "instruction")[0]
    sent = {"csrf_token": token(administrator, "/diagrams")}

    answer = administrator.post(
        f"/diagrams/{newest.id}/delete", data=sent, headers={"Accept-Language": "zh-CN"}
    )

    assert (answer.status_code, "新立事项按它办理。" in answer.text) == (409, True)


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
    administrator: FlaskClient, unreviewed: None, language: str, words: str
) -> None:
    page = bring(administrator, UNNAMED, language)

    assert words in page.text
    assert deploy(administrator, page, "按新规").status_code == 303


def test_parts_of_a_diagram_are_named_as_people_call_them() -> None:
    facts = {"event": "timer", "element": "endEvent", "allowed": "error, signal"}

    with speaking("zh_CN"):
        words = words_of(engine.Problem("event_unsupported", facts=facts))

    assert words == "这里（结束事件）不支持计时，可以用：错误, 信号。"
