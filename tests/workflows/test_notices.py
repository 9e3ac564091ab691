"""Notices: who is told, what is read, and the one mail that goes with each."""

import pytest
from sqlalchemy import func, select

from engine import Database, Session
from tests.workflows.offices import administrator
from workflows import notices, people
from workflows.errors import NoticeUnknown
from workflows.people import Actor, PersonForm
from workflows.tables import Notice, Person

PASSWORD = "九曲黄河万里沙 2019 loess"


@pytest.fixture
def readers(database: Database) -> tuple[Actor, Actor]:
    """Open two accounts: one with an address, one without."""

    def open_both(session: Session) -> tuple[Actor, Actor]:
        forms = (
            PersonForm("褚云", "chuyun", "chuyun@example.cn"),
            PersonForm("范志国", "fanzhiguo"),
        )
        rows = [people.add_person(session, administrator(), form, PASSWORD) for form in forms]
        return people.actor_of(session, rows[0].id), people.actor_of(session, rows[1].id)

    return database.write(open_both)


def tell(database: Database, *told: Actor, kind: str = "urged") -> list[int]:
    """Tell some people something and return the notices' numbers."""

    def work(session: Session) -> list[int]:
        rows = [session.get_one(Person, actor.person_id) for actor in told]
        return [
            notice.id for notice in notices.notify(session, rows, kind, None, {"text": "请续报"})
        ]

    return database.write(work)


def test_everybody_is_told_once(database: Database, readers: tuple[Actor, Actor]) -> None:
    first, second = readers

    tell(database, first, second, first)

    with database.read() as session:
        assert [notices.unread(session, reader) for reader in readers] == [1, 1]
        (notice,) = notices.mine(session, first)
        assert (notice.kind, notice.facts, notice.read_at) == ("urged", {"text": "请续报"}, None)


def test_a_disabled_account_is_told_nothing(
    database: Database, readers: tuple[Actor, Actor]
) -> None:
    database.write(
        lambda s: people.disable_person(s, administrator_of(readers), readers[0].person_id)
    )

    assert not tell(database, readers[0])


def administrator_of(readers: tuple[Actor, Actor]) -> Actor:
    """Return the second reader as an administrator."""
    return Actor(readers[1].person_id, "范志国", administrator().posts)


def test_reading_is_one_s_own_and_counts_once(
    database: Database, readers: tuple[Actor, Actor]
) -> None:
    first, second = readers
    (notice_id,) = tell(database, first)

    with pytest.raises(NoticeUnknown):
        database.write(lambda session: notices.read(session, second, notice_id))
    read_at = database.write(lambda session: notices.read(session, first, notice_id).read_at)

    assert database.write(lambda s: notices.read(s, first, notice_id).read_at) == read_at
    with database.read() as session:
        assert notices.unread(session, first) == 0


def test_reading_can_be_taken_back(database: Database, readers: tuple[Actor, Actor]) -> None:
    (notice_id,) = tell(database, readers[0])
    database.write(lambda session: notices.read(session, readers[0], notice_id))

    database.write(lambda session: notices.unread_again(session, readers[0], notice_id))

    with database.read() as session:
        assert notices.unread(session, readers[0]) == 1


def test_all_can_be_read_at_once(database: Database, readers: tuple[Actor, Actor]) -> None:
    tell(database, *readers)
    tell(database, *readers, kind="assigned")

    database.write(lambda session: notices.read_all(session, readers[0]))

    with database.read() as session:
        assert [notices.unread(session, reader) for reader in readers] == [0, 2]


def test_a_notice_that_is_rolled_back_was_never_there(
    database: Database, readers: tuple[Actor, Actor]
) -> None:
    def fail(session: Session) -> None:
        notices.notify(session, [session.get_one(Person, readers[0].person_id)], "urged")
        raise NoticeUnknown

    with pytest.raises(NoticeUnknown):
        database.write(fail)

    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 0
