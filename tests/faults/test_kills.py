"""`kill -9` in the middle of steps: what was acknowledged stays, what wasn't is whole or absent."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

import engine
from engine import Database, MovableClock, Session, open_database
from tests.diagrams import deploy_loop
from tests.faults import labourer
from tests.faults.labourer import JOBS_TOO, KEY, complete, waiting
from tests.forking import FORKS

pytestmark = pytest.mark.faults

ROUNDS = 8
SEED = 20200302
LONGEST = 0.6


@dataclass
class Told:
    """What the killed processes had told before."""

    started: set[str] = field(default_factory=set)
    completed: set[UUID] = field(default_factory=set)

    def hear(self, word: str, about: Any) -> None:
        """Note what one of them says."""
        if word == "started":
            self.started.add(about)
        elif word == "completed":
            self.completed.add(about)


class Killable:
    """A process at work, and what it tells."""

    def __init__(self, url: str, name: str) -> None:
        self._ear, mouth = FORKS.Pipe(duplex=False)
        self._process = FORKS.Process(target=labourer.run, args=(url, name, mouth))
        self._process.start()
        mouth.close()

    def hear(self, told: Told) -> None:
        """Wait for its next word."""
        told.hear(*self._ear.recv())

    def kill(self) -> None:
        """Kill it."""
        self._process.kill()

    def hear_out(self, told: Told) -> None:
        """Hear what it had said before it was killed; it may have been in the middle of a word."""
        with suppress(EOFError, OSError), self._ear:
            while True:
                self.hear(told)
        self._process.join()


def kill_in_rounds(url: str) -> Told:
    """Start a labourer and a worker and kill both at a moment that nobody chose, many times."""
    chance, told = random.Random(SEED), Told()
    for number in range(ROUNDS):
        both = [Killable(url, f"labourer-{number}"), Killable(url, labourer.WORKER)]
        for each in both:
            each.hear(told)
        time.sleep(chance.uniform(0.02, LONGEST))
        for each in both:
            each.kill()
        for each in both:
            each.hear_out(told)
    return told


@pytest.fixture
def survived(database: Database) -> Iterator[tuple[Database, Told]]:
    """Kill, then open the database again, at a time when every lease has run out."""
    database.write(deploy_loop)
    told = kill_in_rounds(database.url)
    later = MovableClock(datetime.now(UTC) + timedelta(hours=1))
    reopened = open_database(database.url, JOBS_TOO, clock=later, key=KEY)
    yield reopened, told
    reopened.sql.dispose()


def test_a_kill_loses_nothing_acknowledged_and_leaves_nothing_half_done(
    survived: tuple[Database, Told],
) -> None:
    database, told = survived

    work_off(database)

    assert len(told.completed) > ROUNDS
    with database.read() as session:
        assert all(engine.find_task(session, task).closed_at for task in told.completed)
        assert engine.verify_history(session) == []
        assert list(engine.incidents(session)) == []

        begun = set(session.scalars(text(KEYS)))
        assert told.started <= begun
        assert len(begun - told.started) <= ROUNDS, "a labourer begins the next when one is told"

    play_to_the_end(database, begun)

    with database.read() as session:
        instances = [one for key in begun for one in engine.instances(session, key)]
        assert {one.end for one in instances} == {"completed"}
        assert len(instances) == len(begun) * INSTANCES_EACH
        assert session.scalar(text(ENDS)) == len(instances)
        assert ids(session, NOTED) == ids(session, CLOSED)
        assert session.scalar(text(JOBS)) == 0


def work_off(database: Database) -> None:
    """Let the worker do everything that is left."""
    while engine.work_once(database):
        pass


def play_to_the_end(database: Database, keys: set[str]) -> None:
    """Complete whatever is open, and let the worker do the rest."""
    for key in keys:
        while tasks := waiting(database, key):
            for task_id in tasks:
                database.write(lambda session, one=task_id: complete(session, one))
    work_off(database)


def ids(session: Session, query: str) -> Counter[UUID]:
    """Return ids as either database keeps them, with how often each is there."""
    return Counter(UUID(str(found)) for found in session.scalars(text(query)))


INSTANCES_EACH = 3  # the item and its two units
KEYS = "SELECT DISTINCT business_key FROM engine_instance"
ENDS = "SELECT count(*) FROM engine_history WHERE kind = 'ended'"
NOTED = "SELECT key FROM engine_answer WHERE owner = 'note'"
CLOSED = "SELECT id FROM engine_task"
JOBS = "SELECT count(*) FROM engine_job"
