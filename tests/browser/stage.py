"""The real application on a stage: its own database, its own clock, a real web server."""

import os
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from flask import Flask

import engine
from engine import Database, open_database
from tests.forking import FORKS
from web import create_app, worker
from web.config import Config
from web.server import Server
from web.transaction import EXTENSION
from workflows import processes

ROOT = Path(__file__).parents[2]
KEY = "the stage's own key, known to nobody else"
PATIENCE = 60
HOST = "127.0.0.1"
ADDRESS, CLOCK = "address", "now"
"""What lies in the folder of a stage: where its database is, and what time it has there."""


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


def furnish(folder: Path, address: str) -> Database:
    """Let a folder be a stage with the database at an address, and open it."""
    (folder / ADDRESS).write_text(address, "utf-8")
    return database_in(folder)


def address_in(folder: Path) -> str:
    """Return where a stage's database is."""
    return (folder / ADDRESS).read_text("utf-8")


def database_in(folder: Path) -> Database:
    """Open the stage's database with the stage's clock."""
    house, clock = processes.registry(worker.jobs()), FileClock(folder / CLOCK)
    return open_database(address_in(folder), house, clock=clock, key=KEY.encode())


@cache
def built() -> Flask:
    """Build the application over no database that stays; every stage's server is forked with it."""
    with TemporaryDirectory() as folder:
        nowhere = furnish(Path(folder), f"sqlite:///{folder}/nowhere.sqlite")
        app = create_app(Config(database=nowhere.url, data=Path(folder), key=KEY), nowhere)
        nowhere.sql.dispose()
        return app


class StageServer(Server):
    """The web server of one stage."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        super().__init__(HOST, port, workers=1, threads=8)

    def load(self) -> Flask:
        """Put the application over the stage's database."""
        app = built()
        app.config["DATA"] = self._folder
        app.extensions[EXTENSION] = database_in(self._folder)
        return app


def serve(folder: Path, port: int) -> None:
    """Serve a stage in a process of its own, which says everything to its log."""
    with (folder / "server.log").open("wb") as log:
        for said in (1, 2):
            os.dup2(log.fileno(), said)
    os.environ["DUBAN_DATA"] = str(folder)
    StageServer(folder, port).run()


class Stage:
    """A running server with its address, its database and its clock."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.database = database
        self.clock = FileClock(folder / CLOCK)
        self.port = free_port()
        self.address = f"http://{HOST}:{self.port}"
        self._server = FORKS.Process(target=serve, args=(folder, self.port))
        self._server.start()

    def wait(self) -> None:
        """Wait until the server answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(URLError, ConnectionError), urlopen(f"{self.address}/sign-in"):  # noqa: S310
                return
            if self._server.exitcode is not None:
                break
            time.sleep(0.02)
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
        self._server.join(PATIENCE)
        self.database.sql.dispose()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
