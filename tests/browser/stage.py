"""The real application on a stage: its own database, its own clock, a real web server."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flask import Flask

import engine
from engine import Database, open_database
from web import create_app, worker
from web.config import Config
from workflows import processes

ROOT = Path(__file__).parents[2]
KEY = "the stage's own key, known to nobody else"
PATIENCE = 60
STAGE = "DUBAN_STAGE"


class FileClock:
    """A clock that all processes of a stage read from one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """Return the time that stands in the file."""
        return datetime.fromisoformat(self._path.read_text("ascii"))

    def set(self, moment: datetime) -> None:
        """Go to a moment, in one piece for whoever reads meanwhile."""
        half = self._path.with_suffix(".half")
        half.write_text(moment.astimezone(UTC).isoformat(), "ascii")
        half.replace(self._path)

    def move(self, distance: timedelta) -> None:
        """Go forward by a distance."""
        self.set(self.now() + distance)


def database_in(folder: Path) -> Database:
    """Open the stage's database with the stage's clock."""
    url = f"sqlite:///{folder / 'duban.sqlite'}"
    clock = FileClock(folder / "now")
    return open_database(url, processes.registry(worker.jobs()), clock=clock, key=KEY.encode())


def app() -> Flask:
    """Build the application of the stage that the environment names."""
    folder = Path(os.environ[STAGE])
    database = database_in(folder)
    return create_app(Config(database=database.url, data=folder, key=KEY), database)


class Stage:
    """A running server with its address, its database and its clock."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.database = database
        self.clock = FileClock(folder / "now")
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = (folder / "server.log").open("wb")
        self._server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "tests.browser.stage:app()"),
                *("--bind", f"127.0.0.1:{self.port}", "--worker-class", "web.server.ThreadWorker"),
                *("--threads", "8", "--log-level", "warning", "--no-control-socket"),
            ],
            cwd=ROOT,
            env={**os.environ, STAGE: str(folder), "DUBAN_DATA": str(folder)},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def wait(self) -> None:
        """Wait until the server answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(URLError, ConnectionError), urlopen(f"{self.address}/sign-in"):  # noqa: S310
                return
            if self._server.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(self.log())

    def log(self) -> str:
        """Return what the server said."""
        return (self.folder / "server.log").read_text("utf-8", "replace")

    def work(self) -> None:
        """Do what the background worker would do by now: timers, deliveries and jobs."""
        while engine.work_once(self.database):
            pass

    def go_to(self, moment: datetime) -> None:
        """Let time pass until a moment, and the worker with it."""
        self.clock.set(moment)
        self.work()

    def stop(self) -> None:
        """Stop the server and close the database."""
        self._server.terminate()
        self._server.wait(PATIENCE)
        self._log.close()
        self.database.sql.dispose()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
