"""SMS: short, handed to a real gateway once, and never in the quiet hours."""

from datetime import timedelta

import pytest

import engine
from engine import Database, MovableClock, Session
from tests.web.channels.conftest import Ear, Tell, kept, set_to, work_all
from workflows import actors, channels
from workflows.calendar import instant_of, office_day
from workflows.tables import MessageState, Mode, Person

URGED = {"method": "telephone", "text": "请于本周五前续报"}


@pytest.fixture
def gateway(database: Database, ear: Ear, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> Ear:
    """Set the gateway up; 褚云 wants SMS and no mail."""
    del tell  # 褚云 has to be there
    set_to(database, "sms.url", ear.url)
    monkeypatch.setenv("DUBAN_SMS_TOKEN", "from-the-environment")

    def wish(session: Session) -> None:
        actor = actors.actor_of(session, session.query(Person).one().id)
        channels.wish(session, actor, Mode.OFF, Mode.AT_ONCE, None)

    database.write(wish)
    return ear


def test_a_notice_reaches_the_telephone(database: Database, gateway: Ear, tell: Tell) -> None:
    tell("urged", **URGED)

    work_all(database)

    (headers, _), (sent,), (message,) = gateway.heard[0], gateway.told, kept(database)
    assert headers["Authorization"] == "Bearer from-the-environment"
    assert (sent["phone"], sent["id"]) == ("13800000000", message.message_id)
    assert sent["text"].startswith("【督办】督查室催办：电话：请于本周五前续报")
    assert sent["text"].endswith("/notices")


def test_a_long_text_is_cut_and_the_link_stays(
    database: Database, gateway: Ear, tell: Tell
) -> None:
    tell("urged", method="telephone", text="请尽快续报。" * 100)

    work_all(database)

    (sent,) = gateway.told
    assert len(sent["text"]) <= 200
    assert "… http" in sent["text"]


def test_at_night_nobody_is_rung_up(
    database: Database, gateway: Ear, tell: Tell, clock: MovableClock
) -> None:
    day = office_day(clock.now())
    clock.set(instant_of(day) + timedelta(hours=22))
    tell("urged", **URGED)
    work_all(database)
    assert gateway.told == []

    clock.set(instant_of(day + timedelta(days=1)) + timedelta(hours=8))
    work_all(database)

    assert len(gateway.told) == 1


def test_a_gateway_that_is_down_gets_the_same_message_later(
    database: Database, gateway: Ear, tell: Tell, clock: MovableClock
) -> None:
    gateway.answer = 503
    tell("urged", **URGED)
    work_all(database)
    gateway.answer = 200

    clock.move(engine.jobs.PAUSES[0])
    work_all(database)

    first, second = gateway.told
    assert first == second
    assert kept(database)[0].state is MessageState.SENT
