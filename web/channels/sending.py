"""The job that sends a message: worded in its reader's language, handed over once."""

import os
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from flask import Flask
from flask_babel import force_locale

from engine import Attempt, Database, JobHandler, Session
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


def jobs() -> Mapping[str, JobHandler]:
    """Return the jobs of this room, for the registry."""
    return {channels.JOB: send}


def send(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Send one message; a second try of one that has left changes nothing."""
    message_id = int(payload["message"])
    with database.read() as session:
        message = session.get(Message, message_id)
        if message is None or message.state in OVER:
            return
        adapter = ADAPTERS[message.channel]
        letter = _letter(session, message)
    database.write(lambda session: channels.close(session, message_id))
        worded = _worded(database, adapter, letter) if letter else None
        reach = adapter.reach(session, os.environ)
    if worded is None:
        _settle(database, message_id, Left(MessageState.DROPPED))
        return
    _hand_over(database, message_id, worded, reach, last=attempt.last)


def reach_of(session: Session, channel: Channel) -> Reach | None:
    """Return the way to the other side of a channel, or None where none is set up."""
    return ADAPTERS[channel].reach(session, os.environ)


def _hand_over(
    database: Database, message_id: int, worded: Worded, reach: Reach | None, *, last: bool
) -> None:
    left = {"address": worded.address, "subject": worded.subject, "body": worded.body}
    if reach is None:
        _settle(database, message_id, Left(MessageState.KEPT, **left))
        return
    try:
        reach.send(worded)
    except Exception as error:
        if last:
            said = f"{type(error).__name__}: {error}"
            _settle(database, message_id, Left(MessageState.FAILED, **left, error=said))
        raise
    _settle(database, message_id, Left(MessageState.SENT, **left))


def _settle(database: Database, message_id: int, left: Left) -> None:
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
    with _speaker(database).app_context(), force_locale(language):
        subject, body = adapter.word(letter)
    return Worded(
        message_id=letter.message.message_id,
        address=adapter.address_of(letter.person),
        subject=subject,
        body=body,
        at=database.clock.now(),
    )


@lru_cache(maxsize=4)
def _speaker(database: Database) -> Flask:
    """Return an application that has no pages, only words and the database's clock."""
    speaker = Flask(__name__)
    speaker.extensions[EXTENSION] = database
    i18n.register(speaker)
    words.register(speaker)
    return speaker
