"""Mail: handed to the office's SMTP server.

Where none is set, as in the demo, a mail is only kept and shown on a page.
"""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from engine import Session
from web.channels.adapter import Letter, Told, Worded
from web.words.notices import notice_words
from workflows import settings
from workflows.tables import Item, Person

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

    def send(self, message: Worded) -> None:
        """Hand a mail to the server; it keeps its Message-ID at every try."""
        letter = EmailMessage()
        letter["Subject"] = message.subject
        letter["From"] = self.sender
        letter["To"] = message.address
        letter["Date"] = format_datetime(message.at)
        letter["Message-ID"] = f"<{message.message_id}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.body)
        with self._connection() as connection:
            if self.user:
                connection.login(self.user, self.password)
            connection.send_message(letter)

    def _connection(self) -> smtplib.SMTP:
        trusted = ssl.create_default_context()
        if self.tls and self.port == TLS_PORT:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=trusted)
        connection = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        if self.tls:
            connection.starttls(context=trusted)
        return connection


class Mail:
    """The channel that everybody with a mail address has."""

    def address_of(self, person: Person | None) -> str:
        """Return somebody's mail address."""
        return (person.email if person else None) or ""

    def word(self, letter: Letter) -> tuple[str, str]:
        """Word one notice as a letter, or what happened since yesterday as a list."""
        first, *others = letter.told
        if not others:
            subject, lines = _one(first)
        else:
            number = len(letter.told)
            subject = ngettext("One notice of today", "%(num)d notices of today", number)
            lines = [line for told in letter.told for line in (*_one(told)[1], "")]
        name = letter.person.name if letter.person else ""
        body = [_("%(name)s,", name=name), "", *lines, "", letter.office]
        return " ".join(subject.split())[:LONGEST_SUBJECT], "\n".join(body) + "\n"

    def reach(self, session: Session, environment: Mapping[str, str]) -> Server | None:
        """Return the server, if there is one."""
        server = server_of(session, environment)
        return server if server.host else None


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


def _one(told: Told) -> tuple[str, list[str]]:
    """Return a subject and the lines of one notice."""
    words = notice_words(told.notice)
    subject, lines = words.title, []
    if told.item is not None:
        subject = _("%(title)s: %(item)s", title=words.title, item=told.item.title)
        lines += [_item_line(told.item), words.title]
    lines += [words.text, "", _("Open it: %(link)s", link=told.link)]
    return subject, lines


def _item_line(item: Item) -> str:
    return f"{item.number} {item.title}".strip()
