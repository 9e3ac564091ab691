"""The job that sends a message: worded in its reader's language, handed over once."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from flask import Flask
from flask_babel import force_locale

from engine import Attempt, Database, Session
from web import i18n, words
from web.address import address
from web.channels.adapter import Adapter, Letter, Reach, Told, Worded
from web.channels.mail import Mail
from web.channels.sms import Sms
from web.channels.webhook import Webhook
from web.transaction import EXTENSION
from workflows import channels, settings
from workflows.channels import Left
from workflows.tables import Channel, Item, Message, MessageState, Notice, Person

ADAPTERS: Mapping[Channel, Adapter] = MappingProxyType(
    {Channel.MAIL: Mail(), Channel.SMS: Sms(), Channel.WEBHOOK: Webhook()}
)
OVER = frozenset({MessageState.SENT, MessageState.KEPT, MessageState.DROPPED})


@dataclass(frozen=True, slots=True)
class Kept:
    """What is written down of a message: its words as anybody may see them later."""

    message_id: int
    worded: Worded
    last: bool


def send(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Send one message; a second try of one that has left changes nothing."""
    message_id = int(payload["message"])
    database.write(lambda session: channels.close(session, message_id))
    with database.read() as session:
        message = session.get(Message, message_id)
        if message is None or message.state in OVER:
            return
        adapter = ADAPTERS[message.channel]
        letter = _letter(session, message)
        worded = _worded(database, adapter, letter) if letter else None
        reach = adapter.reach(session, os.environ)
    if worded is None:
        settle(database, message_id, Left(MessageState.DROPPED))
        return
    hand_over(database, worded, reach, Kept(message_id, worded, attempt.last))


def reach_of(session: Session, channel: Channel) -> Reach | None:
    """Return the way to the other side of a channel, or None where none is set up."""
    return ADAPTERS[channel].reach(session, os.environ)


def hand_over(database: Database, worded: Worded, reach: Reach | None, kept: Kept) -> None:
    """Hand a message to the other side, and write down what became of it."""
    shown = kept.worded
    left = {"address": shown.address, "subject": shown.subject, "body": shown.body}
    if reach is None:
        settle(database, kept.message_id, Left(MessageState.KEPT, **left))
        return
    try:
        reach.send(worded)
    except Exception as error:
        if kept.last:
            said = type(error).__name__ if shown != worded else f"{type(error).__name__}: {error}"
            settle(database, kept.message_id, Left(MessageState.FAILED, **left, error=said))
        raise
    settle(database, kept.message_id, Left(MessageState.SENT, **left))


def settle(database: Database, message_id: int, left: Left) -> None:
    """Write down what became of a message."""
    database.write(lambda session: channels.settle(session, message_id, left))


def _letter(session: Session, message: Message) -> Letter | None:
    """Gather a letter, unless its reader has gone or has no such address any more."""
    person, adapter = message.person, ADAPTERS[message.channel]
    gone = person is not None and not person.active
    found = channels.notices_in(session, message)
    if gone or not found or not adapter.address_of(person):
        return None
    base = address(session, os.environ)
    english = person is not None and person.language == i18n.ENGLISH
    return Letter(
        message=message,
        person=person,
        told=[_told(session, notice, base) for notice in found],
        readers=[session.get_one(Person, notice.person_id).login for notice in found],
        office=settings.text(session, "office.name_en" if english else "office.name"),
        sign=settings.text(session, "sms.sign"),
    )


def _told(session: Session, notice: Notice, base: str) -> Told:
    item = session.get(Item, notice.item_id) if notice.item_id else None
    return Told(notice, item, f"{base}/items/{item.id}" if item else f"{base}/notices")


def _worded(database: Database, adapter: Adapter, letter: Letter) -> Worded:
    language = (letter.person.language if letter.person else None) or i18n.CHINESE
    with speaking(database, language):
        subject, body = adapter.word(letter)
    return Worded(
        message_id=letter.message.message_id,
        address=adapter.address_of(letter.person),
        subject=subject,
        body=body,
        at=database.clock.now(),
    )


@contextmanager
def speaking(database: Database, language: str = i18n.CHINESE) -> Iterator[None]:
    """Have words in a language, though no page is asked for."""
    with _speaker(database).app_context(), force_locale(language):
        yield


@lru_cache(maxsize=4)
def _speaker(database: Database) -> Flask:
    """Return an application that has no pages, only words and the database's clock."""
    speaker = Flask(__name__)
    speaker.extensions[EXTENSION] = database
    i18n.register(speaker)
    words.register(speaker)
    return speaker
