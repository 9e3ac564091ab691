"""Somebody tries a thousand passwords from two processes; ten are looked at, the rest are not."""

from collections import Counter

import pytest

from engine import Database, MovableClock, open_database
from tests.conftest import MONDAY_MORNING
from tests.faults.crowd import WORKERS, crowd
from workflows import people, processes
from workflows.accounts import TRIES
from workflows.actors import Actor
from workflows.tables import Person

pytestmark = pytest.mark.faults

THOUSAND = 1_000


def opened(url: str) -> Database:
    """Open the database as each of the processes does."""
    return open_database(url, processes.registry(), clock=MovableClock(MONDAY_MORNING))


def guess(database: Database, worker: int, number: int) -> Actor:
    """Try one password, each time from another address."""
    address = f"192.0.2.{worker}:{number}"
    return people.sign_in(database, "liwen", f"guess {worker} {number}", address)


def test_of_a_thousand_tries_from_two_processes_ten_are_evaluated(
    database: Database, database_url: str
) -> None:
    database.write(lambda session: session.add(Person(name="李文", login="liwen", password="-")))

    deeds = crowd(database_url, opened, guess, range(-(-THOUSAND // WORKERS)))

    told = Counter(deed.refusal for deed in deeds)
    assert len(deeds) >= THOUSAND
    assert told == {"SignInRefused": TRIES, "TooManyTries": len(deeds) - TRIES}
