"""The job that sends a notice's mail: worded in the reader's language, sent once.

Where no SMTP server is set, as in the demo, the mail is only kept and shown on a page.
"""

import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _

from engine import Attempt, Database, JobHandler, Session
from web import i18n, words
from web.address import address
from web.notice_words import notice_words
from web.transaction import EXTENSION
from workflows import notices, settings
from workflows.tables import Item, Notice, Person, SentMail

PATIENCE = 20.0
TLS_PORT = 465
LONGEST_SUBJECT = 400


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in; the password comes from the environment only."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    sender: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What is told to one person, before it has words."""

    notice: Notice
    person: Person
    item: Item | None
    link: str
    office: str


def jobs() -> Mapping[str, JobHandler]:
    """Return the jobs of this room, for the registry."""
    return {notices.MAIL: send}


def send(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Send one mail; a second try of a mail that has left changes nothing."""
    del attempt
    message_id = str(payload["message_id"])
    with database.read() as session:
        letter = _letter(session, int(payload["notice_id"]))
        if letter is None or notices.is_sent(session, message_id):
            return
        mail = _worded(database, letter, message_id)
        server = server_of(session, os.environ)
    if server.host:
        transmit(server, mail, database)
    database.write(lambda session: notices.keep_mail(session, _copy(mail)))


def server_of(session: Session, environment: Mapping[str, str]) -> Server:
    """Read where mail is handed in; the environment wins over the settings."""

    def told(name: str) -> str:
        return environment.get(f"DUBAN_SMTP_{name.upper()}") or settings.text(
            session, f"mail.{name}"
        )

    return Server(
        host=told("host"),
        port=int(told("port")),
        user=told("user"),
        password=environment.get("DUBAN_SMTP_PASSWORD", ""),
        tls=told("tls") == settings.YES,
        sender=told("sender"),
    )


def transmit(server: Server, mail: SentMail, database: Database) -> None:
    """Hand a mail to the server; whatever goes wrong makes the job try again."""
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = server.sender
    message["To"] = mail.address
    message["Date"] = format_datetime(database.clock.now())
    message["Message-ID"] = f"<{mail.message_id}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    with _connection(server) as connection:
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(message)


def _connection(server: Server) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if server.tls and server.port == TLS_PORT:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=trusted)
    connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    if server.tls:
        connection.starttls(context=trusted)
    return connection


def _letter(session: Session, notice_id: int) -> Letter | None:
    """Gather a letter, unless its reader has gone or takes no mail any more."""
    notice = session.get(Notice, notice_id)
    person = session.get(Person, notice.person_id) if notice else None
    if notice is None or person is None or not (person.active and person.email):
        return None
    item = session.get(Item, notice.item_id) if notice.item_id else None
    base = address(session, os.environ)
    link = f"{base}/items/{item.id}" if item else f"{base}/notices"
    english = person.language == i18n.ENGLISH
    office = settings.text(session, "office.name_en" if english else "office.name")
    return Letter(notice, person, item, link, office)


def _worded(database: Database, letter: Letter, message_id: str) -> SentMail:
    speaker = _speaker(database)
    with speaker.app_context(), force_locale(letter.person.language or i18n.CHINESE):
        told = notice_words(letter.notice)
        subject = told.title
        lines = [_("%(name)s,", name=letter.person.name), ""]
        if letter.item is not None:
            subject = _("%(title)s: %(item)s", title=told.title, item=letter.item.title)
            lines += [_item_line(letter.item), told.title]
        lines += [told.text, "", _("Open it: %(link)s", link=letter.link), "", letter.office]
    return SentMail(
        message_id=message_id,
        person_id=letter.person.id,
        address=letter.person.email or "",
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body="\n".join(lines) + "\n",
    )


def _item_line(item: Item) -> str:
    return f"{words.docno(item)} {item.title}" if item.serial else item.title


def _copy(mail: SentMail) -> SentMail:
    """Return a mail that a transaction may keep, and its retry once more."""
    return SentMail(
        message_id=mail.message_id,
        person_id=mail.person_id,
        address=mail.address,
        subject=mail.subject,
        body=mail.body,
    )


@lru_cache(maxsize=4)
def _speaker(database: Database) -> Flask:
    """Return an application that has no pages, only words and the database's clock."""
    speaker = Flask(__name__)
    speaker.extensions[EXTENSION] = database
    i18n.register(speaker)
    words.register(speaker)
    return speaker
