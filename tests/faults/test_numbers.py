"""Eight issue publications at once, and half of them are killed: numbers have no gap."""

import multiprocessing
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import islice
from multiprocessing.connection import Connection

import pytest
from sqlalchemy import select

from engine import Database, Registry, Session, now
from tests.faults import issuer
from workflows import processes, serials
from workflows.tables import Publication, PublicationKind, PublicationState

pytestmark = pytest.mark.faults

ISSUERS, KILLED, EACH = 8, 4, 12
PATIENCE = 60
SEED = 20200302
FEBRUARY = (date(2020, 2, 1), date(2020, 2, 29))


@pytest.fixture
def registry() -> Registry:
    """Give the registry of the house."""
    return processes.registry()


def approved(session: Session) -> list[int]:
    """Lay down drafts that wait for nothing but their issue."""
    serials.seed_serials(session)
    first, last = FEBRUARY
    drafts = [
        Publication(
            serial_name=serials.CIRCULAR,
            kind=PublicationKind.CIRCULAR,
            state=PublicationState.APPROVED,
            first=first,
            last=last,
            title="通报",
            content={"type": "doc", "content": []},
            made_at=now(session),
            saved_at=now(session),
        )
        for _ in range(ISSUERS * EACH)
    ]
    session.add_all(drafts)
    session.flush()
    return [draft.id for draft in drafts]


def heard(ear: Connection) -> Iterator[tuple[int, int]]:
    """Yield what an issuer has told, until its end of the pipe is gone."""
    with suppress(EOFError):
        while ear.poll(PATIENCE):
            yield ear.recv()


def test_eight_who_issue_at_once_leave_no_gap_though_half_are_killed(database: Database) -> None:
    drafts, chance = database.write(approved), random.Random(SEED)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.issuer"])
    ears, people = [], []
    for place in range(ISSUERS):
        ear, mouth = context.Pipe(duplex=False)
        mine = drafts[place * EACH : (place + 1) * EACH]
        people.append(context.Process(target=issuer.labour, args=(database.url, mine, mouth)))
        people[-1].start()
        mouth.close()
        ears.append(heard(ear))

    told: list[tuple[int, int]] = []
    for place in range(KILLED):  # each while it is at its next one
        told += islice(ears[place], chance.randint(1, EACH // 2))
        people[place].kill()
    for ear, person in zip(ears, people, strict=True):
        told += ear
        person.join(PATIENCE)

    with database.read() as session:
        wanted = select(Publication.id, Publication.number).where(Publication.number.is_not(None))
        kept = {(one, number) for one, number in session.execute(wanted)}
    assert sorted(number for _, number in kept) == list(range(1, len(kept) + 1))
    assert set(told) <= kept
    assert len(told) >= (ISSUERS - KILLED) * EACH
    assert len(kept) < len(drafts), "nobody was killed in time"
