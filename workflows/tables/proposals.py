"""Rows of bills, suggestions and proposals 建议提案: questions, answers, ratings."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.items import Assignment, Item, Verdict
from workflows.tables.messages import Message
from workflows.tables.people import Person


class Handling(StrEnum):
    """How several units share a proposal: 主办会办, 分办, 独办."""

    LEAD_CO = "lead_co"
    SEPARATE = "separate"
    SINGLE = "single"


class ContactWay(StrEnum):
    """How a proposer was contacted before the reply."""

    VISIT = "visit"
    TALK = "talk"
    PHONE = "phone"
    LETTER = "letter"
    ONLINE = "online"


class ReplyClass(StrEnum):
    """A solved, B under way or planned, C not now, D for reference."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"


class Satisfaction(StrEnum):
    """满意, 基本满意, 不满意; no answer came within the limit."""

    SATISFIED = "satisfied"
    BASICALLY = "basically"
    DISSATISFIED = "dissatisfied"
    NO_ANSWER = "no_answer"


class HeardBy(StrEnum):
    """How the office came to know a rating."""

    LINK = "link"
    PHONE = "phone"
    PAPER = "paper"
    IMPORTED = "imported"


class HandoverMeeting(Base):
    """交办会: the meeting at which a session's proposals are handed to units."""

    __tablename__ = "handover_meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    session: Mapped[str] = mapped_column(String(60), index=True)
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(80), default="")
    minutes: Mapped[str]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class Proposal(Base):
    """What an item of this kind says beside an item's own fields."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("session", "number"),)

    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), primary_key=True)
    session: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(40))
    handling: Mapped[Handling] = mapped_column(default=Handling.LEAD_CO)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey(HandoverMeeting.id))

    item: Mapped[Item] = relationship()
    meeting: Mapped[HandoverMeeting | None] = relationship()
    proposers: Mapped[list["Proposer"]] = relationship(
        order_by="Proposer.place", cascade="all, delete-orphan"
    )


class Proposer(Base):
    """One of those who made a proposal, and how to reach them; the first one leads."""

    __tablename__ = "proposer"
    __table_args__ = (UniqueConstraint("item_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(Proposal.item_id))
    place: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    contact: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")

    @property
    def leads(self) -> bool:
        """Say whether this is the lead proposer 领衔."""
        return self.place == 0


class ProposerContact(Base):
    """面商: a talk with the proposers before a reply; ``attempt`` is the reply's number."""

    __tablename__ = "proposer_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey(Assignment.id), index=True)
    attempt: Mapped[int]
    way: Mapped[ContactWay]
    met_on: Mapped[date]
    people: Mapped[str] = mapped_column(String(200), default="")
    said: Mapped[str]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class CoOpinion(Base):
    """会办意见: what a co-unit says to the lead unit."""

    __tablename__ = "co_opinion"

    assignment_id: Mapped[int] = mapped_column(ForeignKey(Assignment.id), primary_key=True)
    said: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    given_at: Mapped[datetime] = mapped_column(Instant)


class Reply(Base):
    """答复: drafted by the unit, reviewed by the office, signed by the unit's leader, issued.

    What is promised (class B) comes back on ``back_on`` until ``kept_at``.
    """

    __tablename__ = "reply"
    __table_args__ = (
        UniqueConstraint("assignment_id", "number"),
        CheckConstraint("disclosed OR undisclosed_reason <> ''", name="secrecy_has_a_reason"),
        CheckConstraint("promised_on IS NULL OR reply_class = 'b'", name="only_b_promises"),
        CheckConstraint("(verdict IS NULL) = (reviewed_at IS NULL)", name="verdict_has_a_date"),
        CheckConstraint("issued_at IS NULL OR document_number <> ''", name="issued_with_a_number"),
        CheckConstraint("kept_at IS NULL OR reply_class = 'b'", name="kept_what_was_promised"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey(Assignment.id))
    item_id: Mapped[int] = mapped_column(ForeignKey(Item.id), index=True)
    number: Mapped[int]
    said: Mapped[str]
    reply_class: Mapped[ReplyClass]
    promise: Mapped[str] = mapped_column(default="")
    promised_on: Mapped[date | None]
    back_on: Mapped[date | None] = mapped_column(index=True)
    kept_at: Mapped[datetime | None] = mapped_column(Instant)
    disclosed: Mapped[bool]
    undisclosed_reason: Mapped[str] = mapped_column(default="")
    document_number: Mapped[str] = mapped_column(String(60), default="")
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    drafted_at: Mapped[datetime] = mapped_column(Instant)
    verdict: Mapped[Verdict | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(default="")
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    issued_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)

    assignment: Mapped[Assignment] = relationship()
    ratings: Mapped[list["ReplyRating"]] = relationship(
        back_populates="reply", order_by="ReplyRating.id"
    )


class ReplyRating(Base):
    """What one proposer says to a reply, and the link by which they may; only its hash is kept."""

    __tablename__ = "reply_rating"
    __table_args__ = (
        UniqueConstraint("reply_id", "proposer_id"),
        CheckConstraint("(satisfaction IS NULL) = (rated_at IS NULL)", name="rated_some_day"),
        CheckConstraint("(link_hash IS NULL) = (link_until IS NULL)", name="link_ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey(Reply.id))
    proposer_id: Mapped[int] = mapped_column(ForeignKey(Proposer.id), index=True)
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    link_until: Mapped[date | None]
    satisfaction: Mapped[Satisfaction | None]
    why: Mapped[str] = mapped_column(default="")
    heard_by: Mapped[HeardBy | None]
    rated_at: Mapped[datetime | None] = mapped_column(Instant)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))

    reply: Mapped[Reply] = relationship(back_populates="ratings")
    proposer: Mapped[Proposer] = relationship()


class RatingLetter(Base):
    """A message that brings a proposer a link; withdrawn, its links lead nowhere."""

    __tablename__ = "rating_letter"

    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id), primary_key=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey(ReplyRating.id), index=True)
    until: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    message: Mapped[Message] = relationship()
    rating: Mapped[ReplyRating] = relationship()
    asked_by: Mapped[Person] = relationship()


class RatingLink(Base):
    """What is kept of a link that was sent: its hash; each try of a message made its own."""

    __tablename__ = "rating_link"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey(RatingLetter.message_id), index=True)

    letter: Mapped[RatingLetter] = relationship()


class PromiseCheck(Base):
    """B 类承诺回头看: how a promise stood when it came back."""

    __tablename__ = "promise_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey(Reply.id), index=True)
    kept: Mapped[bool]
    said: Mapped[str]
    new_promised_on: Mapped[date | None]
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[datetime] = mapped_column(Instant)
