"""What a channel has to know and do; another one is another module with these two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine import Session
from workflows.tables import Item, Message, Notice, Person


class ChannelFailed(Exception):
    """The other side didn't take a message; the job tries again."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with its item and the address of its page."""

    notice: Notice
    item: Item | None
    link: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What is told in one message, before it has words."""

    message: Message
    person: Person | None
    told: Sequence[Told]
    readers: Sequence[str]
    office: str
    sign: str


@dataclass(frozen=True, slots=True)
class Worded:
    """A message with its words; ``message_id`` is the same at every try."""

    message_id: str
    address: str
    subject: str
    body: str
    at: datetime


class Reach(Protocol):
    """The way to the other side."""

    def send(self, message: Worded) -> None:
        """Hand a message over; whatever goes wrong makes the job try again."""


class Adapter(Protocol):
    """One channel."""

    def address_of(self, person: Person | None) -> str:
        """Return where somebody is reached, or nothing if they aren't any more."""

    def word(self, letter: Letter) -> tuple[str, str]:
        """Return subject and body, in the language that is in force."""

    def reach(self, session: Session, environment: Mapping[str, str]) -> Reach | None:
        """Return the way to the other side, or None where none is set up."""
