"""What leaves the house of a notice: by which channel, when, and what became of it.

A message is written down in the notice's own transaction, with its identity fixed, and sent by
a job. Quiet hours put it off until they end; a daily one gathers what happens until its hour.
What is urgent waits for neither.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

from sqlalchemy import func, select

import engine
from engine import Session, now
from workflows import rules, settings, store
from workflows.calendar import instant_of, office_day
from workflows.errors import ChoiceUnknown
from workflows.rules import Acting
from workflows.tables import (
    Channel,
    Item,
    Message,
    MessageNotice,
    MessageState,
    Mode,
    Notice,
    NoticeWish,
    Person,
    Role,
    Urgency,
)
from workflows.turns import wait_for_turn

JOB = "message"
"""The job that sends a message; ``web/channels`` words it."""

HOURS = 24
SHOWN = 200
URGENT_KINDS = frozenset({"urged", "escalated"})
"""Notices that wait for no quiet hour when their item is top urgent."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the office's day in which nobody is disturbed; 21 to 8 spans the night."""

    begins: int
    ends: int

    def end_after(self, at: datetime) -> datetime:
        """Return the moment itself, or the end of the quiet hours that it falls into."""
        if self.begins == self.ends:
            return at
        day = office_day(at)
        for first in (day - timedelta(days=1), day):
            since = instant_of(first, time(self.begins))
            last = first if self.ends > self.begins else first + timedelta(days=1)
            until = instant_of(last, time(self.ends))
            if since <= at < until:
                return until
        return at


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody is told: when by mail, when by SMS, and what is quiet for each."""

    mail: Mode
    sms: Mode
    quiet: Quiet | None
    office_quiet: Quiet

    def mode(self, channel: Channel) -> Mode:
        """Return when somebody wants the messages of a channel."""
        return self.sms if channel is Channel.SMS else self.mail

    def quiet_for(self, channel: Channel) -> Quiet | None:
        """Return a channel's quiet hours; the office's own concern the telephone only."""
        if self.quiet is not None:
            return self.quiet
        return self.office_quiet if channel is Channel.SMS else None


# -- wishes -----------------------------------------------------------------------------


def wish_of(session: Session, person_id: int) -> Wish:
    """Return how somebody wants to be told, or the office's rule."""
    row = session.get(NoticeWish, person_id)
    office = _office_quiet(session)
    if row is None:
        return Wish(Mode.AT_ONCE, Mode.OFF, None, office)
    quiet = None
    if row.quiet_from is not None and row.quiet_until is not None:
        quiet = Quiet(row.quiet_from, row.quiet_until)
    return Wish(row.mail, row.sms, quiet, office)


def _office_quiet(session: Session) -> Quiet:
    """Return the hours in which the office sends nobody an SMS."""
    begins, ends = (settings.number(session, f"notice.quiet_{name}") for name in ("from", "until"))
    return Quiet(begins, ends)


def wish(session: Session, actor: Acting, mail: Mode, sms: Mode, quiet: Quiet | None) -> None:
    """Say how one wants to be told from now on; what waits already keeps its hour."""
    if quiet is not None:
        for name, hour in (("quiet_from", quiet.begins), ("quiet_until", quiet.ends)):
            if not 0 <= hour < HOURS:
                raise ChoiceUnknown(name, str(hour), [str(each) for each in range(HOURS)])
    row = NoticeWish(
        person_id=actor.person_id,
        mail=mail,
        sms=sms,
        quiet_from=quiet.begins if quiet else None,
        quiet_until=quiet.ends if quiet else None,
    )
    session.merge(row)
    session.flush()


# -- posting ----------------------------------------------------------------------------


def post(session: Session, notices: Sequence[Notice], people: Sequence[Person]) -> None:
    """Have notices sent to their readers by the channels that each of them wants."""
    readers = {person.id: person for person in people}
    for notice in notices:
        person = readers[notice.person_id]
        for channel in _channels(session, person):
            _post(session, notice, person, channel)
    if notices and settings.text(session, "webhook.url"):
        at = now(session)
        message = _message(session, Channel.WEBHOOK, None, at)
        _tell(session, message, notices)


def _channels(session: Session, person: Person) -> Iterator[Channel]:
    if person.email:
        yield Channel.MAIL
    if person.phone and settings.text(session, "sms.url"):
        yield Channel.SMS


def _post(session: Session, notice: Notice, person: Person, channel: Channel) -> None:
    wanted = wish_of(session, person.id)
    mode, urgent = wanted.mode(channel), _is_urgent(session, notice)
    if mode is Mode.OFF:
        return
    at = now(session)
    if mode is Mode.DAILY and not urgent:
        message = _daily(session, channel, person, _next(session, at))
    else:
        quiet = None if urgent else wanted.quiet_for(channel)
        message = _message(session, channel, person, quiet.end_after(at) if quiet else at)
    _tell(session, message, [notice])


def _is_urgent(session: Session, notice: Notice) -> bool:
    if notice.kind not in URGENT_KINDS or notice.item_id is None:
        return False
    return session.get_one(Item, notice.item_id).urgency is Urgency.FLASH


def _next(session: Session, at: datetime) -> datetime:
    """Return the next hour of the daily messages."""
    hour = time(settings.number(session, "notice.daily_at"))
    due = instant_of(office_day(at), hour)
    return due if due > at else instant_of(office_day(at) + timedelta(days=1), hour)


def _daily(session: Session, channel: Channel, person: Person, due_at: datetime) -> Message:
    """Return the message that gathers somebody's notices up to an hour; there is one open."""
    _wait_to_gather(session, channel, person.id)
    wanted = select(Message).where(
        Message.person_id == person.id,
        Message.channel == channel,
        Message.daily,
        Message.due_at == due_at,
        Message.closed_at.is_(None),
    )
    found = session.scalars(wanted).first()
    return found or _message(session, channel, person, due_at, daily=True)


def close(session: Session, message_id: int) -> None:
    """Let a daily message gather nothing more, before it is worded; what comes later has another.

    Whoever adds to it at this moment is waited for: no notice falls between two messages.
    """
    message = session.get(Message, message_id)
    if message is None or not message.daily or message.closed_at is not None:
        return
    _wait_to_gather(session, message.channel, message.person_id)
    message.closed_at = now(session)
    session.flush()


def _wait_to_gather(session: Session, channel: Channel, person_id: int | None) -> None:
    wait_for_turn(session, f"daily {channel.value} {person_id}")


def to_outsider(session: Session, channel: Channel, place: str, job: str) -> Message:
    """Write down a message to somebody without an account; ``job`` words it as it leaves."""
    at = now(session)
    if channel is Channel.SMS:
        at = _office_quiet(session).end_after(at)
    message = Message(
        message_id=f"{uuid4().hex}@duban",
        channel=channel,
        address=place,
        due_at=at.astimezone(UTC),
    )
    session.add(message)
    session.flush()
    payload = {"message": message.id}
    engine.enqueue(session, job, payload, run_at=at, job_key=f"message:{message.id}")
    return message


def _message(
    session: Session,
    channel: Channel,
    person: Person | None,
    due_at: datetime,
    *,
    daily: bool = False,
) -> Message:
    message = Message(
        message_id=f"{uuid4().hex}@duban",
        channel=channel,
        person_id=person.id if person else None,
        daily=daily,
        due_at=due_at.astimezone(UTC),
    )
    session.add(message)
    session.flush()
    payload = {"message": message.id}
    engine.enqueue(session, JOB, payload, run_at=due_at, job_key=f"message:{message.id}")
    return message


def _tell(session: Session, message: Message, notices: Iterable[Notice]) -> None:
    session.add_all(
        MessageNotice(message_id=message.id, notice_id=notice.id, channel=message.channel)
        for notice in notices
    )
    session.flush()


# -- what became of it ------------------------------------------------------------------


def notices_in(session: Session, message: Message) -> Sequence[Notice]:
    """Return what a message tells, the oldest first."""
    return session.scalars(
        select(Notice)
        .join(MessageNotice, MessageNotice.notice_id == Notice.id)
        .where(MessageNotice.message_id == message.id)
        .order_by(Notice.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Left:
    """A message as it left: to whom, with which words, and how that went."""

    state: MessageState
    address: str = ""
    subject: str = ""
    body: str = ""
    error: str = ""


def settle(session: Session, message_id: int, left: Left) -> None:
    """Write down what became of a message."""
    message = session.get_one(Message, message_id)
    message.state, message.settled_at = left.state, now(session)
    message.address, message.subject, message.body = left.address, left.subject, left.body
    message.error = left.error[:400]
    session.flush()


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """Which messages are looked for; an empty answer takes all."""

    channel: Channel | None = None
    state: MessageState | None = None


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message with its reader, which items it tells of, and when it was read in the house.

    Its words are ``open`` to those only who see every item: administering gives no sight of one.
    """

    message: Message
    person: Person | None
    notices: int
    read: int
    read_at: datetime | None
    items: tuple[Item, ...]
    open: bool


def messages(
    session: Session, actor: Acting, wanted: MessageFilter, *, limit: int = SHOWN
) -> Sequence[MessageLine]:
    """Return what left the house or waits to, the newest first."""
    rules.must_have(actor, Role.ADMINISTRATOR, Role.AUDITOR)
    is_open = store.sees_all(actor)
    read = func.count(Notice.read_at)
    query = (
        select(Message, Person, func.count(Notice.id), read, func.max(Notice.read_at))
        .outerjoin(Person, Person.id == Message.person_id)
        .outerjoin(MessageNotice, MessageNotice.message_id == Message.id)
        .outerjoin(Notice, Notice.id == MessageNotice.notice_id)
        .group_by(Message.id, Person.id)
        .order_by(Message.id.desc())
        .limit(limit)
    )
    if wanted.channel is not None:
        query = query.where(Message.channel == wanted.channel)
    if wanted.state is not None:
        query = query.where(Message.state == wanted.state)
    found = session.execute(query).all()
    about = _items_in(session, [row[0].id for row in found])
    return [MessageLine(*row, tuple(about.get(row[0].id, ())), is_open) for row in found]


def _items_in(session: Session, message_ids: Sequence[int]) -> Mapping[int, list[Item]]:
    """Return the items that messages tell of."""
    about = (
        select(MessageNotice.message_id, Notice.item_id)
        .join(Notice, Notice.id == MessageNotice.notice_id)
        .where(MessageNotice.message_id.in_(message_ids))
        .distinct()
        .subquery()
    )
    told = select(about.c.message_id, Item).join(Item, Item.id == about.c.item_id).order_by(Item.id)
    found: dict[int, list[Item]] = {}
    for message_id, item in session.execute(told):
        found.setdefault(message_id, []).append(item)
    return found
