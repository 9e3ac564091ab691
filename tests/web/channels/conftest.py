"""Somebody to tell, the worker to send it, and servers on loopback that it goes to."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import select

import engine
from engine import Database, Registry, Session
from tests.workflows.offices import administrator
from web import channels
from web.channels.outgoing import ALLOWED
from workflows import notices, people, processes, settings
from workflows.people import PersonForm
from workflows.tables import Message, Person

PASSWORD = "九曲黄河万里沙 2019 loess"
Tell = Callable[..., None]


@pytest.fixture
def registry() -> Registry:
    """Give the registry with the jobs of this room, as the worker has it."""
    return processes.registry(channels.jobs())


@pytest.fixture
def tell(database: Database) -> Tell:
    """Return how to tell somebody something."""

    def add(session: Session) -> int:
        form = PersonForm("褚云", "chuyun", "chuyun@example.cn", "13800000000")
        return people.add_person(session, administrator(), form, PASSWORD).id

    person_id = database.write(add)

    def work(kind: str, language: str | None = None, **facts: object) -> None:
        def told(session: Session) -> None:
            person = session.get_one(Person, person_id)
            person.language = language
            notices.notify(session, [person], kind, None, facts)

        database.write(told)

    return work


def work_all(database: Database) -> None:
    """Let the worker do whatever is due."""
    while engine.work_once(database):
        pass


def kept(database: Database) -> Sequence[Message]:
    """Return the messages, the newest first."""
    with database.read() as session:
        return session.scalars(select(Message).order_by(Message.id.desc())).all()


def set_to(database: Database, name: str, value: str) -> None:
    """Change a setting as the administrator."""
    database.write(lambda session: settings.change(session, administrator(), name, value))


@dataclass
class Ear:
    """A real HTTP server's memory: what it was sent, and what it answers."""

    url: str = ""
    answer: int = 200
    goes_to: str = ""
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def told(self) -> list[Any]:
        """Return the bodies as JSON."""
        return [json.loads(body) for _, body in self.heard]


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    """Run an HTTP server on loopback that the operator allows."""
    ear = Ear()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            headers = {name.title(): value for name, value in self.headers.items()}
            ear.heard.append((headers, self.rfile.read(length)))
            self.send_response(ear.answer)
            if ear.goes_to:
                self.send_header("Location", ear.goes_to)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its base's)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    ear.url = f"http://127.0.0.1:{server.server_port}/in"
    monkeypatch.setenv(ALLOWED, f"127.0.0.1:{server.server_port}")
    yield ear
    server.shutdown()
    thread.join()
    server.server_close()
