"""The two halves as real processes: they come up together, come back, and go together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.forking import FORKS
from tests.house import starting
from tests.postgres import PostgresServer
from web import installation

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]
PATIENCE = 60
SOON = 2
"""Seconds within which a server that takes requests answers one."""
KEY = "a key of this test alone, long enough"


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
            "DUBAN_KEY": KEY,
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


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Serve an empty house on either database, for all the tests that may stop it."""
    folder = tmp_path_factory.mktemp("served")
    url = f"sqlite:///{folder / 'duban.sqlite'}"
    if request.param == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        url = postgres.create()
    served = Served(folder, url)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.stop()
        served.log.close()


@pytest.fixture
def served(kept: Served) -> Served:
    """Give the house while it is served, whatever a test before has done to it."""
    if kept.process.poll() is not None:
        kept.process = kept.start()
    assert becomes_true(kept.answers), (kept.folder / "log").read_text()
    return kept


def test_halves_that_were_killed_come_back(served: Served) -> None:
    before = served.halves()

    for pid in before:
        os.kill(pid, signal.SIGKILL)

    assert becomes_true(
        lambda: len(served.halves()) == 2 and not set(served.halves()) & set(before)
    )
    assert becomes_true(served.answers)


def test_ctrl_c_stops_everything_and_a_second_start_finds_it_as_it_was(served: Served) -> None:
    halves = served.halves()

    code = served.stop()

    assert code == 0
    assert len(halves) == 2
    assert all(is_gone(pid) for pid in halves)

    served.process = served.start()

    assert becomes_true(served.answers)
    assert b"Traceback" not in (served.folder / "log").read_bytes()


def test_the_children_go_with_a_parent_that_was_killed(served: Served) -> None:
    halves = served.halves()

    served.process.kill()
    served.process.wait()

    assert becomes_true(lambda: all(is_gone(pid) for pid in halves))


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


# -- how the web server stops -----------------------------------------------------------


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an empty house in it."""
    folder = tmp_path_factory.mktemp("installed")
    installation.install(f"sqlite:///{folder / 'duban.sqlite'}", KEY, with_demo=False)
    return folder


@pytest.fixture
def patient(installed: Path) -> Iterator[tuple[BaseProcess, int]]:
    """Serve the pages by a server that would wait for ten minutes before it breaks anything off."""
    port = free_port()
    told = {"DUBAN_DATA": str(installed), "DUBAN_KEY": KEY}
    server = FORKS.Process(target=starting.serve, args=(told, port))
    server.start()
    try:
        assert becomes_true(lambda: bool(ask(port, b"GET /sign-in")))
        yield server, port
    finally:
        server.kill()
        server.join()


def call(port: int, patience: float = PATIENCE) -> socket.socket:
    """Open a connection to the server."""
    return socket.create_connection(("127.0.0.1", port), timeout=patience)


def ask(port: int, what: bytes) -> bytes:
    """Ask for something by a connection of its own; return what is answered, if anything is.

    While a server stops, the system still takes connections that nobody will ever answer.
    """
    try:
        with call(port, SOON) as line:
            line.sendall(what + b" HTTP/1.1\r\nHost: duban\r\nConnection: close\r\n\r\n")
            return line.recv(1000)
    except OSError:
        return b""


def test_a_long_search_in_chinese_is_answered_by_the_house(
    patient: tuple[BaseProcess, int],
) -> None:
    _, port = patient

    answer = ask(port, b"GET /ledger?q=" + quote("长" * 500).encode())

    assert answer.startswith(b"HTTP/1.1 302")


def test_connections_that_nobody_uses_dont_hold_up_the_end(
    patient: tuple[BaseProcess, int],
) -> None:
    server, port = patient
    silent, used = call(port), call(port)
    used.sendall(b"GET /sign-in HTTP/1.1\r\nHost: duban\r\n\r\n")
    assert used.recv(1000).startswith(b"HTTP/1.1 200")

    server.terminate()

    server.join(PATIENCE)
    assert server.exitcode == 0
    silent.close()
    used.close()


def test_a_request_in_flight_is_answered_before_the_end(
    patient: tuple[BaseProcess, int],
) -> None:
    server, port = patient
    head = b"POST /sign-in HTTP/1.1\r\nHost: duban\r\nContent-Length: 12\r\n"
    form = b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    with call(port) as line:
        line.sendall(head + form + b"login=")
        time.sleep(1)  # until it is read: from then on it is in flight
        server.terminate()
        assert becomes_true(lambda: not ask(port, b"GET /sign-in"))

        line.sendall(b"nobody")

        assert line.recv(1000).startswith(b"HTTP/1.1 400")
    server.join(PATIENCE)
    assert server.exitcode == 0
