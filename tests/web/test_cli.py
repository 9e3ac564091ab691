"""The command line, run as a person would: by its words, with one database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import text

import engine
from engine import Database, MovableClock
from tests.conftest import KEY
from tests.web.callers import Cast
from web import cli
from web.cli import wording
from workflows import accounts, migrations, people
from workflows.processes import DIAGRAMS
from workflows.tables import Role

TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
 id="limits" name="limits" namespace="urn:x">
 <decision id="d" name="d"><decisionTable id="t" hitPolicy="FIRST">
 <input id="i"><inputExpression id="e" typeRef="number"><text>days</text></inputExpression></input>
 <output id="o" name="out" typeRef="number"/>
 <rule id="r"><inputEntry id="c"><text>CELL</text></inputEntry>
 <outputEntry id="u"><text>1</text></outputEntry></rule>
 </decisionTable></decision></definitions>"""


@pytest.fixture
def terminal(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Stand at a terminal that speaks English, before a database of the newest revision."""
    monkeypatch.setenv("DUBAN_DATABASE", database.url)
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
    monkeypatch.setenv("DUBAN_KEY", KEY.decode())
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    stamp(database, migrations.revisions()[-1])
    return database


def stamp(database: Database, revision: str | None) -> None:
    """Say of which revision a database is, or that no migration ever saw it."""
    with database.sql.execution_options(writes=True).begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        if revision is not None:
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
            connection.execute(text(f"INSERT INTO alembic_version VALUES ('{revision}')"))


def test_a_diagram_in_order_is_said_to_be(
    terminal: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(["check", str(DIAGRAMS / "revisit.bpmn")])

    assert (code, capsys.readouterr().out.strip().endswith("in order")) == (0, True)


def test_a_warning_is_told_and_the_diagram_is_in_order(
    terminal: Database,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    unnamed = tmp_path / "unnamed.bpmn"
    shipped = (DIAGRAMS / "instruction.bpmn").read_bytes()
    unnamed.write_bytes(shipped.replace('id="number" name="编号"'.encode(), b'id="number"'))

    code = cli.main(["check", str(unnamed)])

    told = capsys.readouterr().out
    assert code == 0
    assert "in order; warnings: 1" in told
    assert "number: warning: It has no name" in told


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("en_US.UTF-8", "Approve: No step is called nonsense."),
        ("zh_CN.UTF-8", "立项审批: 没有名为nonsense的步骤。"),
    ],
)
def test_flaws_are_told_in_the_terminals_language(
    terminal: Database,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    spoken: str,
    words: str,
) -> None:
    monkeypatch.setenv("LC_ALL", spoken)
    broken = tmp_path / "broken.bpmn"
    shipped = (DIAGRAMS / "instruction.bpmn").read_bytes()
    broken.write_bytes(shipped.replace(b'duban:step="approve"', b'duban:step="nonsense"'))

    code = cli.main(["check", str(broken)])

    told = capsys.readouterr().out
    assert code == 1
    assert words in told


def test_diagrams_are_deployed_one_after_the_other(
    terminal: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    called = ("change_request", "escalation", "unit_handling", "revisit")
    files = [str(DIAGRAMS / f"{name}.bpmn") for name in (*called, "instruction")]

    code = cli.main(["deploy", "--note", "as shipped", *files])

    assert code == 0
    assert "instruction.bpmn is version 1 of instruction" in capsys.readouterr().out


def test_a_refused_diagram_is_told_and_not_deployed(
    terminal: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.bpmn"
    broken.write_text("nonsense")

    code = cli.main(["deploy", "--note", "as drawn", str(broken)])

    told = capsys.readouterr().err
    assert code == 1
    assert "This diagram can't be deployed" in told
    assert "not well-formed XML" in told


def test_a_file_that_is_not_there_is_told(
    terminal: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(["check", "nowhere.bpmn"])

    assert (code, capsys.readouterr().err) == (1, "There is no file nowhere.bpmn.\n")


def test_a_whole_history_is_said_to_be_whole(
    terminal: Database, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    cast.report()

    code = cli.main(["verify"])

    assert (code, capsys.readouterr().out.strip()) == (0, "The history is whole")


def test_a_history_under_another_seal_is_found(
    terminal: Database,
    cast: Cast,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast.report()
    monkeypatch.setenv("DUBAN_KEY", "another key than the one that sealed it")

    code = cli.main(["verify"])

    assert (code, "breaks in the history" in capsys.readouterr().out) == (1, True)


def test_the_first_administrator_comes_from_the_terminal(
    terminal: Database, clock: MovableClock, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(["administrator", "root", "何敏"])

    password = capsys.readouterr().out.split()[3]
    clock.set(datetime.now(UTC))  # the command knows no clock but the machine's
    actor = accounts.sign_in(terminal, "root", password, "127.0.0.1")
    assert (code, actor.name, actor.roles) == (0, "何敏", {Role.ADMINISTRATOR})


def test_an_account_gets_a_new_token(
    terminal: Database, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(["token", "qianjin"])

    token = capsys.readouterr().out.split()[3]
    with terminal.read() as session:
        actor = people.actor_of_token(session, token)
    assert (code, actor and actor.name) == (0, "钱进")


def test_an_unknown_account_is_refused(
    terminal: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["token", "nobody"]) == 1
    assert capsys.readouterr().err == "Nobody signs in as nobody.\n"


def test_a_database_that_cannot_be_reached_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_DATABASE", "postgresql+psycopg://duban:secret@127.0.0.1:1/duban")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    code = cli.main(["verify"])

    told = capsys.readouterr().err
    assert (code, told.startswith("The database can't be reached\npostgresql")) == (1, True)
    assert "secret" not in told


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        ("9999", "The database belongs to a newer version\nIt is of revision 9999.\n"),
        (None, "The database must be brought up to date first\n“duban migrate” brings it"),
    ],
)
def test_a_database_of_another_version_is_told(
    terminal: Database, capsys: pytest.CaptureFixture[str], revision: str | None, words: str
) -> None:
    stamp(terminal, revision)

    code = cli.main(["verify"])

    assert (code, capsys.readouterr().err.startswith(words)) == (1, True)


def test_a_command_that_does_not_exist_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["nonsense"])

    assert left.value.code == 2


def test_what_is_stuck_is_told_and_tried_again(
    terminal: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.write(lambda session: engine.enqueue(session, "nobody knows", {}))
    with terminal.sql.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE engine_job SET attempts = 2"))
    engine.work_once(terminal)

    codes = [cli.main(["incidents"]), cli.main(["incidents", "--retry", "1"])]

    told = capsys.readouterr().out
    assert codes == [1, 0]
    assert "#1 " in told
    assert "nobody knows jobs of kind" in told
    assert told.endswith("Incident 1 was tried again\nNothing is stuck\n")


def test_what_is_stuck_is_skipped_only_with_a_reason(
    terminal: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = [cli.main(["incidents", "--skip", "1"])]
    codes.append(cli.main(["incidents", "--skip", "1", "--reason", "tested"]))

    told = capsys.readouterr().err
    assert codes == [1, 1]
    assert told.startswith("Say why it is skipped")
    assert told.endswith("\nNot found: 1\n")


def test_decision_tables_are_checked_and_deployed(
    terminal: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "limits.dmn", tmp_path / "bad.dmn"
    good.write_text(TABLE.replace("CELL", "&lt; 3"), encoding="utf-8")
    bad.write_text(TABLE.replace("CELL", "&lt; &lt;"), encoding="utf-8")

    verbs = (["check"], ["deploy", "--note", "as decided"])
    codes = [cli.main([*verb, str(file)]) for verb in verbs for file in (good, bad)]

    assert codes == [0, 1, 0, 1]
    with terminal.read() as session:
        assert [each.version for each in engine.decisions(session)] == [1]
    assert "limits.dmn is version 1 of limits" in capsys.readouterr().out


def test_the_ends_of_the_history_are_exported_and_missed_when_they_are_cut_off(
    terminal: Database, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cast.report()
    exported = tmp_path / "heads"
    assert cli.main(["heads"]) == 0
    exported.write_text(capsys.readouterr().out)
    assert cli.main(["verify", "--heads", str(exported)]) == 0
    capsys.readouterr()

    with terminal.sql.execution_options(writes=True).begin() as connection:
        for statement in (
            "ALTER TABLE engine_history DISABLE TRIGGER ALL"
            if terminal.dialect == "postgresql"
            else "DROP TRIGGER engine_history_no_delete",
            "DELETE FROM engine_history WHERE number = 2",
        ):
            connection.execute(text(statement))
    code = cli.main(["verify", "--heads", str(exported)])

    told = capsys.readouterr().out
    assert code == 1
    assert "#2: a line is missing" in told


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("en_US.UTF-8", ("The file isn't whole", "\nAt line 1.\n")),
        ("zh_CN.UTF-8", ("文件不完整", "\n在第1行。\n")),
    ],
)
def test_an_export_that_is_not_whole_is_told(
    terminal: Database,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    spoken: str,
    words: tuple[str, str],
) -> None:
    monkeypatch.setenv("LC_ALL", spoken)
    torn = tmp_path / "torn"
    torn.write_bytes(b"duban-heads 1 \xff\n")

    code = cli.main(["verify", "--heads", str(torn)])

    said = capsys.readouterr().err
    first, last = words
    assert (code, said.startswith(first), said.endswith(last)) == (1, True, True)


def test_a_hint_that_speaks_of_no_element_is_told_whole() -> None:
    with cli.speaking("en"):
        lines = wording.told(engine.RenameUnknown("old", "new"))

    assert lines[-1] == "old → new"


def test_the_event_log_of_a_process_is_written_to_the_terminal(
    terminal: Database, cast: Cast, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    cast.report()

    code = cli.main(["xes", "unit_handling"])

    log = etree.fromstring(capfdbinary.readouterr().out)
    assert code == 0
    assert len(log.findall("{*}trace/{*}event")) > 3


def test_the_event_log_of_an_unknown_process_is_refused(
    terminal: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(["xes", "nonsense"])

    assert (code, capsys.readouterr().err) == (1, "Not found: nonsense\n")
