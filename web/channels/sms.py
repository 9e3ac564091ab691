"""SMS by an HTTP gateway: JSON with the number, the text and an id that makes a retry harmless.

The gateway's address is a setting, its token comes from the environment only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from flask_babel import gettext as _
from flask_babel import ngettext

from engine import Session
from web.channels.adapter import Letter, Worded
from web.channels.outgoing import post
from web.words.notices import notice_words
from workflows import settings
from workflows.tables import Person

LONGEST = 200
"""Characters; a Chinese message of more than 70 is charged as several (GSM 03.38, UCS-2)."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where messages are handed in."""

    url: str
    token: str

    def send(self, message: Worded) -> None:
        """Hand a message in; the gateway knows a second try by its id."""
        sent = {"id": message.message_id, "phone": message.address, "text": message.body}
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.message_id,
            **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
        }
        post(self.url, orjson.dumps(sent), headers)


class Sms:
    """The channel of whoever has a telephone number and wishes for it."""

    def address_of(self, person: Person | None) -> str:
        """Return somebody's number."""
        return (person.phone if person else None) or ""

    def word(self, letter: Letter) -> tuple[str, str]:
        """Word a notice in a line: what, about what, and where to look."""
        first, *others = letter.told
        told = notice_words(first.notice)
        title = first.item.title if first.item else told.text
        said = _("%(title)s: %(item)s", title=told.title, item=title) if title else told.title
        if others:
            said = ngettext("One notice of today", "%(num)d notices of today", len(letter.told))
        link = first.link if not others else first.link.rpartition("/items/")[0] or first.link
        room = LONGEST - len(link) - len(letter.sign) - 3
        short = said if len(said) <= room else f"{said[: room - 1]}…"
        return said, f"【{letter.sign}】{' '.join(short.split())} {link}"

    def reach(self, session: Session, environment: Mapping[str, str]) -> Gateway | None:
        """Return the gateway, if there is one."""
        url = settings.text(session, "sms.url")
        return Gateway(url, environment.get("DUBAN_SMS_TOKEN", "")) if url else None
