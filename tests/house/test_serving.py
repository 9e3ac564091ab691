"""The two halves as real processes: they come up together, come back, and go together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.postgres import PostgresServer

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]
PATIENCE = 60


class Served:
    """Duban as `python3 run.py` serves it, without the demo unless a test wants it."""

    def __init__(self, folder: Path, database: str, *, demo: bool = False) -> None:
        self.folder, self.database, self.demo = folder, database, demo
        self.port = free_port()
        self.log = (folder / "log").open("ab")
        self.process = self.start()

    def start(self) -> "subprocess.Popen[bytes]":
        """Start both halves."""
        told = {
            "DUBAN_DATA": str(self.folder),
            "DUBAN_DATABASE": self.database,
            "DUBAN_KEY": "a key of this test alone, long enough",
            "DUBAN_HOST": "127.0.0.1",
            "DUBAN_PORT": str(self.port),
            "DUBAN_DEMO": str(int(self.demo)),
        }
        command = [sys.executable, "-m", "web.serving", "web", "worker"]
        environment = {**os.environ, **told}
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=self.log, stderr=self.log
        )

    def answers(self) -> bool:
        """Tell whether the sign-in page is served."""
        address = f"http://127.0.0.1:{self.port}/sign-in"
        try:
            with urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False

    def halves(self) -> list[int]:
        """Return the process ids of the children: the two halves, or what sets them up."""
        command = ["pgrep", "-P", str(self.process.pid)]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        return [int(pid) for pid in told.split()]

    def stop(self) -> int:
        """Stop as Ctrl-C does and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def becomes_true(question: Callable[[], bool]) -> bool:
    """Ask until the answer is yes, but not for ever."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.1)
    return False


def is_gone(pid: int) -> bool:
    """Tell whether a process is no more."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """Serve an empty house on either database."""
    url = f"sqlite:///{tmp_path / 'duban.sqlite'}"
    if request.param == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        url = postgres.create()
    served = Served(tmp_path, url)
    try:
        assert becomes_true(served.answers), (tmp_path / "log").read_text()
        yield served
    finally:
        if served.process.poll() is None:
            served.stop()
        served.log.close()


def test_ctrl_c_stops_everything_and_says_that_all_is_well(served: Served) -> None:
    halves = served.halves()

    code = served.stop()

    assert code == 0
    assert len(halves) == 2
    assert all(is_gone(pid) for pid in halves)


def test_the_children_go_with_a_parent_that_was_killed(served: Served) -> None:
    halves = served.halves()

    served.process.kill()
    served.process.wait()

    assert becomes_true(lambda: all(is_gone(pid) for pid in halves))


def test_halves_that_were_killed_come_back(served: Served) -> None:
    before = served.halves()

    for pid in before:
        os.kill(pid, signal.SIGKILL)

    assert becomes_true(
        lambda: len(served.halves()) == 2 and not set(served.halves()) & set(before)
    )
    assert becomes_true(served.answers)


def test_a_second_start_finds_everything_as_it_was(served: Served) -> None:
    served.stop()

    served.process = served.start()

    assert becomes_true(served.answers)
    assert b"Traceback" not in (served.folder / "log").read_bytes()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_during_the_set_up_ends_that_too(number: signal.Signals, tmp_path: Path) -> None:
    served = Served(tmp_path, f"sqlite:///{tmp_path / 'duban.sqlite'}", demo=True)
    assert becomes_true((tmp_path / "duban.sqlite.half").exists)
    (installer,) = served.halves()

    served.process.send_signal(number)

    code = served.process.wait(PATIENCE)
    served.log.close()
    assert code == 0
    assert becomes_true(lambda: is_gone(installer))
    assert b"Traceback" not in (tmp_path / "log").read_bytes()
