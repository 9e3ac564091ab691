"""Eight issue publications at once, and half of them are killed: nothing is half issued."""

import random
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection

import pytest
from sqlalchemy import func, select

from engine import Database, MovableClock, Registry, Session
from tests.faults import issuer
from tests.forking import FORKS
from tests.workflows.publications.test_story import written
from tests.workflows.town import Town, found_town
from workflows import processes, publications
from workflows.tables import Delivery, Notice, Publication, PublicationPaper, PublicationState

pytestmark = pytest.mark.faults

ISSUERS, KILLED, EACH, ENDLESS = 8, 4, 4, 12
"""Who is killed has more to issue than he gets to, however late the kill comes."""
PATIENCE = 60
SEED = 20200302


@pytest.fixture
def registry() -> Registry:
    """Give the registry of the house."""
    return processes.registry()


@pytest.fixture
def town(database: Database, clock: MovableClock) -> Town:
    """Found the town."""
    return found_town(database, clock)


def approved(town: Town) -> list[int]:
    """Bring one draft to where it waits for nothing but its issue, and copy it."""
    first = written(town)
    for who, verb in (("li", publications.submit), ("zhang", publications.approve)):
        first = town.act(who, verb, first.id, first.revision)

    def copied(session: Session) -> list[int]:
        columns = [each.key for each in Publication.__mapper__.column_attrs if each.key != "id"]
        model = session.get_one(Publication, first.id)
        told = {name: getattr(model, name) for name in columns}
        units = [each.unit_id for each in model.deliveries]
        wanted = KILLED * ENDLESS + (ISSUERS - KILLED) * EACH
        copies = [Publication(**told) for _ in range(wanted - 1)]
        for each in copies:
            each.deliveries = [Delivery(unit_id=unit) for unit in units]
        session.add_all(copies)
        session.flush()
        return [first.id, *(each.id for each in copies)]

    return town.database.write(copied)


def heard(ear: Connection) -> Iterator[tuple[int, int]]:
    """Yield what an issuer has told, until its end of the pipe is gone."""
    with suppress(EOFError, OSError):
        while ear.poll(PATIENCE):
            yield ear.recv()


def test_eight_who_issue_at_once_leave_nothing_half_done_though_half_are_killed(
    town: Town,
) -> None:
    drafts, chance = approved(town), random.Random(SEED)
    ears, people, left = [], [], iter(drafts)
    for place in range(ISSUERS):
        ear, mouth = FORKS.Pipe(duplex=False)
        mine = list(islice(left, ENDLESS if place < KILLED else EACH))
        told_to = (town.database.url, town.people["li"], mine, mouth)
        people.append(FORKS.Process(target=issuer.labour, args=told_to))
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

    with town.database.read() as session:
        issues = session.scalars(select(Publication)).all()
        kept = {(one.id, one.number) for one in issues if one.state is PublicationState.ISSUED}
        assert sorted(number or 0 for _, number in kept) == list(range(1, len(kept) + 1))
        assert set(told) <= kept
        assert len(told) >= (ISSUERS - KILLED) * EACH
        assert len(kept) < len(drafts), "nobody was killed in time"

        whole = {id_ for id_, _ in kept}
        files = select(PublicationPaper.publication_id, func.count()).group_by(
            PublicationPaper.publication_id
        )
        assert dict(session.execute(files).all()) == dict.fromkeys(whole, 2)
        for one in issues:
            reached = [each.delivered_at is not None for each in one.deliveries]
            assert reached == [one.id in whole] * len(reached) != []
        notices = select(Notice).where(Notice.kind == "issue_delivered")
        heard_of = [each.facts["publication"] for each in session.scalars(notices)]
        readers = {heard_of.count(id_) for id_ in whole}
        assert set(heard_of) == whole
        assert len(readers) == 1, "somebody's delivery was told by half"
