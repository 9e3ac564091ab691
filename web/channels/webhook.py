"""A webhook: every notice as JSON to one address, signed, for whatever the office has besides.

``Duban-Signature: t=<seconds>,v1=<hex>`` is the HMAC-SHA256 of ``<seconds>.<body>`` under the
secret in ``DUBAN_WEBHOOK_SECRET``: the receiver knows that it is ours and how old it is.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from engine import Session
from web.channels.adapter import Letter, Told, Worded
from web.channels.outgoing import post
from web.words.notices import notice_words
from workflows import settings
from workflows.tables import Person


@dataclass(frozen=True, slots=True)
class Hook:
    """Where notices are posted to, and with which secret they are signed."""

    url: str
    secret: str

    def send(self, message: Worded) -> None:
        """Post a notice; the receiver knows a second try by its id."""
        body = message.body.encode()
        at = str(int(message.at.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.message_id,
            "Duban-Signature": f"t={at},v1={signature(self.secret, at, body)}",
        }
        post(self.url, body, headers)


def signature(secret: str, at: str, body: bytes) -> str:
    """Sign a body and the second at which it was sent."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


class Webhook:
    """The channel of other systems; it is nobody's own."""

    def address_of(self, person: Person | None) -> str:
        """Return nobody's address: where it goes is a setting."""
        del person
        return "webhook"

    def word(self, letter: Letter) -> tuple[str, str]:
        """Write a notice down as JSON, with its words as a reader of the house has them."""
        first = letter.told[0]
        words = notice_words(first.notice)
        body = {
            "id": letter.message.message_id,
            "at": first.notice.at.isoformat(),
            "kind": first.notice.kind,
            "title": words.title,
            "text": words.text,
            "to": list(letter.readers),
            "item": _item(first),
            "link": first.link,
        }
        return words.title, orjson.dumps(body).decode()

    def reach(self, session: Session, environment: Mapping[str, str]) -> Hook | None:
        """Return the address, if one is set and there is a secret to sign with."""
        url, secret = settings.text(session, "webhook.url"), environment.get(SECRET, "")
        return Hook(url, secret) if url and secret else None


SECRET = "DUBAN_WEBHOOK_SECRET"  # noqa: S105 (the variable's name)


def _item(told: Told) -> dict[str, object] | None:
    item = told.item
    return None if item is None else {"id": item.id, "number": item.number, "title": item.title}
