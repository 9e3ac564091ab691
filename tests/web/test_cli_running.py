"""What an administrator does from the terminal about what runs, and about what has run."""

from collections.abc import Iterator
from uuid import UUID

import pytest

import engine
from engine import Database, Registry, StepType
from tests.conftest import KEY
from tests.engine.drawing import catch, diagram, end, path, start, user
from tests.web.test_cli import terminal
from web import cli

__all__ = ["terminal"]


WAITS = catch("one", message="go")
"""A step at which nobody has anything on their desk: these processes are no items."""
ONE = diagram("p", start(), WAITS, end(), path("begin", "one", "end"))
TWO = diagram("p", start(), WAITS, user("two"), end(), path("begin", "one", "two", "end"))
GONE = diagram("p", start(), user("two"), end(), path("begin", "two", "end"))
PLAIN = Registry(steps={"form": StepType("form")}, roles=frozenset({"clerk"}))


@pytest.fixture
def plain(terminal: Database) -> Iterator[Database]:
    """Open the terminal's database for processes that are no items."""
    database = engine.open_database(terminal.url, PLAIN, key=KEY)
    yield database
    database.sql.dispose()


def put(database: Database, xml: bytes) -> int:
    """Deploy a version and return its number."""
    return database.write(lambda session: engine.deploy(session, xml, by="admin").id)


def begun(database: Database) -> UUID:
    """Start an instance of the newest version under the key ``k``."""
    return database.write(
        lambda session: engine.start(session, "p", {"n": 1}, key="k", by="person:1").id
    )


def version(database: Database) -> int:
    """Return the version that the instance is on."""
    with database.read() as session:
        return engine.instances(session, "k")[0].definition_id


def test_what_runs_is_suspended_and_resumed(
    plain: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    put(plain, ONE)
    begun(plain)

    codes = [cli.main([verb, "k", "--reason", "leave"]) for verb in ("suspend", "resume")]
    codes.append(cli.main(["suspend", "nothing", "--reason", "leave"]))

    told = capsys.readouterr()
    assert codes == [0, 0, 1]
    assert told.out == "1 suspended\n1 resumed\n"
    assert told.err == "Nothing runs under nothing\n"


def test_what_can_move_is_moved_and_taken_back(
    plain: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    old = put(plain, ONE)
    instance = begun(plain)
    new = put(plain, TWO)

    codes = [cli.main(["move", str(old), str(new), "--reason", "better", "--yes"])]
    on = [version(plain)]
    codes.append(cli.main(["take-back", str(instance)]))
    on.append(version(plain))
    codes.append(cli.main(["versions", "p"]))

    assert codes == [0, 0, 0]
    assert on == [new, old]
    told = capsys.readouterr().out
    assert told.startswith("1 move, 0 stay\n")
    assert f"#{old} p 1: 1 running, 0 ended" in told


def test_what_stays_is_told_with_its_reason(
    plain: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    old = put(plain, ONE)
    begun(plain)
    new = put(plain, GONE)

    code = cli.main(["move", str(old), str(new), "--reason", "better", "--yes"])

    told = capsys.readouterr().out
    assert (code, version(plain)) == (1, old)
    assert "0 move, 1 stay" in told
    assert "It stands at one, which the new version does not have." in told


def test_the_past_is_replayed(plain: Database, capsys: pytest.CaptureFixture[str]) -> None:
    put(plain, ONE)
    begun(plain)
    other = put(plain, GONE)

    code = cli.main(["replay", str(other), "--key", "k"])

    assert code == 0
    assert capsys.readouterr().out.splitlines()[-1] == "elsewhere: 1"
