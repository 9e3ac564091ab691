"""When a notice leaves the house: at once, after the quiet hours, or once a day; never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from engine import Database, MovableClock, Session
from tests.workflows.offices import actor, administrator
from tests.workflows.test_together import at_once
from workflows import channels, notices, people
from workflows.calendar import instant_of, office_day
from workflows.channels import MessageFilter, Quiet
from workflows.errors import ChoiceUnknown, NotYours
from workflows.people import PersonForm, actor_of
from workflows.tables import Channel, Message, MessageNotice, Mode, Notice, Person, Role

HOURS = st.integers(0, 23)
PASSWORD = "九曲黄河万里沙 2019 loess"


def told(database: Database, times: int = 1) -> list[Message]:
    """Tell 杨帆 something some times, and return the messages that came of it."""

    def work(session: Session) -> None:
        person = session.scalars(select(Person).where(Person.login == "yangfan")).one()
        for _ in range(times):
            notices.notify(session, [person], "imported")

    database.write(work)
    with database.read() as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


@pytest.fixture(autouse=True)
def yangfan(database: Database) -> None:
    """Give 杨帆 an account with a mail address."""
    form = PersonForm("杨帆", "yangfan", "yangfan@example.cn")
    database.write(lambda s: people.add_person(s, administrator(), form, PASSWORD))


def wishes(database: Database, mail: Mode, quiet: Quiet | None = None) -> None:
    """Let 杨帆 say how to be told."""

    def work(session: Session) -> None:
        person = session.scalars(select(Person).where(Person.login == "yangfan")).one()
        channels.wish(session, actor_of(session, person.id), mail, Mode.OFF, quiet)

    database.write(work)


def test_a_mail_leaves_at_once(database: Database, clock: MovableClock) -> None:
    (message,) = told(database)

    assert (message.channel, message.due_at) == (Channel.MAIL, clock.now())


def test_whoever_wants_none_gets_none(database: Database) -> None:
    wishes(database, Mode.OFF)

    assert told(database) == []


def test_a_day_s_notices_leave_in_one_message(database: Database, clock: MovableClock) -> None:
    wishes(database, Mode.DAILY)
    day = office_day(clock.now())

    (first,) = told(database, 3)
    clock.set(instant_of(day + timedelta(days=1)) + timedelta(hours=9))
    _, second = told(database)

    assert first.due_at == instant_of(day + timedelta(days=1)) + timedelta(hours=8)
    assert second.due_at == first.due_at + timedelta(days=1)
    with database.read() as session:
        assert len(channels.notices_in(session, first)) == 3


def test_what_comes_while_a_day_s_message_leaves_has_another_one(database: Database) -> None:
    wishes(database, Mode.DAILY)
    (leaving,) = told(database)

    database.write(lambda session: channels.close(session, leaving.id))
    first, second = told(database)

    assert (second.due_at, second.closed_at) == (first.due_at, None)
    with database.read() as session:
        assert [len(channels.notices_in(session, each)) for each in (first, second)] == [1, 1]


def test_two_who_tell_somebody_together_fill_one_message_a_day(database: Database) -> None:
    wishes(database, Mode.DAILY)

    at_once(lambda: told(database), lambda: told(database), lambda: told(database))

    with database.read() as session:
        (message,) = session.scalars(select(Message)).all()
        assert len(channels.notices_in(session, message)) == 3

    def another(session: Session) -> None:
        row = {"channel": Channel.MAIL, "person_id": message.person_id, "due_at": message.due_at}
        session.add(Message(message_id="x", daily=True, **row))

    with pytest.raises(IntegrityError):
        database.write(another)


def test_quiet_hours_of_one_s_own_put_a_mail_off(database: Database, clock: MovableClock) -> None:
    wishes(database, Mode.AT_ONCE, Quiet(12, 14))
    day = instant_of(office_day(clock.now()))
    clock.set(day + timedelta(hours=12, minutes=30))

    (message,) = told(database)

    assert message.due_at == day + timedelta(hours=14)


def test_no_notice_leaves_twice_by_one_channel(database: Database) -> None:
    (message,) = told(database)

    def again(session: Session) -> None:
        notice_id = session.scalars(select(Notice.id)).one()
        other = Message(message_id="x", channel=Channel.MAIL, due_at=message.due_at)
        session.add(other)
        session.flush()
        session.add(MessageNotice(message_id=other.id, notice_id=notice_id, channel=Channel.MAIL))

    with pytest.raises(IntegrityError):
        database.write(again)


def test_an_hour_is_one_of_the_day(database: Database) -> None:
    with pytest.raises(ChoiceUnknown):
        wishes(database, Mode.AT_ONCE, Quiet(8, 24))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.AUDITOR}))
def test_what_was_sent_isn_t_everybody_s(database: Database, role: Role) -> None:
    with database.read() as session, pytest.raises(NotYours):
        channels.messages(session, actor(role), MessageFilter())


@given(HOURS, HOURS, st.integers(0, 60 * 24 * 20))
def test_the_quiet_hours_are_those_of_a_clock(begins: int, ends: int, minutes: int) -> None:
    """Compare with a walk minute by minute along the office's clock."""
    at = datetime(2019, 9, 20, tzinfo=UTC) + timedelta(minutes=minutes)

    def is_quiet(moment: datetime) -> bool:
        hour = int((moment - instant_of(office_day(moment))).total_seconds() // 3600)
        return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends

    expected = at
    while is_quiet(expected):
        expected += timedelta(minutes=1)

    assert Quiet(begins, ends).end_after(at) == expected
