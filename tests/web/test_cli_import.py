"""``duban import FILE``: a preview first, and nothing without a yes."""

from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from engine import Database, MovableClock, Session
from tests import ledgers
from tests.conftest import KEY
from tests.web.test_cli import stamp
from web import cli
from workflows import demo, migrations, processes
from workflows.tables import Item, Person


@pytest.fixture
def clock() -> MovableClock:
    """Stand on the day on which the real ledger was written."""
    return MovableClock(datetime(2019, 9, 20, 1, tzinfo=UTC))


@pytest.fixture
def terminal(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Stand at a terminal that speaks English, before a city of the newest revision."""
    monkeypatch.setenv("DUBAN_DATABASE", database.url)
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
    monkeypatch.setenv("DUBAN_KEY", KEY.decode())
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    stamp(database, migrations.revisions()[-1])

    def found(session: Session) -> None:
        demo.raise_curtain(session, date(2019, 1, 1))
        processes.deploy_shipped(session)

    database.write(found)
    return database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a small ledger."""
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(ledgers.made_up())
    return path


def titles(database: Database) -> list[str]:
    """Return what is on the ledger."""
    with database.read() as session:
        return list(session.scalars(select(Item.title).order_by(Item.serial)))


def test_the_preview_of_the_real_ledger_names_each_problem(
    terminal: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))

    code = cli.main(["import", str(ledgers.REAL)])

    told = capsys.readouterr().out
    assert code == 0
    assert "重点项目: another one" in told
    assert "M23 The limit 5 Jun 2019 lies before the hand-over on 5 Jul 2019." in told
    assert all(line in told for line in ("Ready: 17", "For you to decide: 2", "Not an item: 2"))
    assert titles(terminal) == []


def test_a_sheet_that_is_no_ledger_is_said_to_stay_untouched(
    terminal: Database, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(file)
    book.create_sheet("备忘").append(["下周开会"])
    book.save(file)

    cli.main(["import", "--yes", str(file)])

    assert "备忘: not supported yet; nothing of it is touched" in capsys.readouterr().out


def test_nothing_comes_in_where_nobody_answers(
    terminal: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(""))

    assert cli.main(["import", str(file)]) == 0
    assert titles(terminal) == []


@pytest.mark.parametrize("answer", ["y\n", "是\n"])
def test_a_yes_brings_it_in(
    terminal: Database, file: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(answer))

    assert cli.main(["import", str(file)]) == 0
    assert titles(terminal) == ["河道清淤", "公交站台改造", "老旧小区改造"]


def test_a_script_says_yes_beforehand_and_sees_how_far_it_is(
    terminal: Database, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(["import", "--yes", "--by", "zhouping", str(file)])

    told = capsys.readouterr().out
    assert (code, "\r1/3\r2/3\r3/3\n3 items came in" in told) == (0, True)
    with terminal.read() as session:
        names = select(Person.login).join(Item, Item.registered_by_id == Person.id)
        assert set(session.scalars(names)) == {"zhouping"}


def test_a_second_time_nothing_is_left_to_bring_in(
    terminal: Database, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["import", "--yes", str(file)])

    code = cli.main(["import", "--yes", str(file)])

    assert (code, "Ready: 0" in capsys.readouterr().out) == (1, True)
    assert len(titles(terminal)) == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"a,b,c\n", "xlsx"), (ledgers.made_up([], ("甲", "乙", "丙")), "no row with the names")],
)
def test_a_file_that_is_no_ledger_is_refused_in_words(
    terminal: Database,
    file: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    words: str,
) -> None:
    file.write_bytes(content)

    code = cli.main(["import", str(file)])

    told = capsys.readouterr().err
    assert (code, words in told, "why:" in told) == (1, True, False)


@pytest.mark.parametrize(
    ("login", "words"),
    [
        ("chuyun", "这里不归您办\n它属于别的角色、单位或岗位。\n"),
        ("hemin", "这里不归您办\n它属于别的角色、单位或岗位。\n"),
        ("nobody", "没有登录名为nobody的账号。\n"),
    ],
)
def test_only_the_offices_people_import(
    terminal: Database,
    file: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    login: str,
    words: str,
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    assert cli.main(["import", "--yes", "--by", login, str(file)]) == 1
    assert capsys.readouterr().err == words
    assert titles(terminal) == []
