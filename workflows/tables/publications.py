"""Rows about the office's serials: their issues, how these came about and whom they reached."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.figures import refusing
from workflows.tables.items import Item, Part
from workflows.tables.ladder import Escalation, Suggestion
from workflows.tables.people import Person, Post, Unit


class Audience(StrEnum):
    """Whom the issues of a serial are for, unless a draft says otherwise."""

    EVERYBODY = "everybody"
    UNITS = "units"
    LEADERS = "leaders"


class PublicationKind(StrEnum):
    """What an issue is about, and so which template it begins with."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    CIRCULAR = "circular"
    SPECIAL = "special"
    NOTICE = "notice"
    SLIP = "slip"
    AFFAIRS = "affairs"
    INSTRUCTION = "instruction"


class PublicationState(StrEnum):
    """Where an issue stands, from its draft until it is taken back."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class PaperFormat(StrEnum):
    """As which file an issue is kept."""

    DOCX = "docx"
    PDF = "pdf"


class Named(StrEnum):
    """For what an issue names a unit."""

    PRAISE = "praise"
    CRITICISM = "criticism"


class Serial(Base):
    """刊物: one of the office's serials; its issues are numbered by year.

    ``number_style`` is how a number is written, with ``{year}`` and ``{number}`` in it.
    """

    __tablename__ = "serial"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    title: Mapped[str] = mapped_column(String(40), unique=True)
    title_en: Mapped[str] = mapped_column(String(80), default="")
    number_style: Mapped[str] = mapped_column(String(60))
    audience: Mapped[Audience]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


RETURNED = text("returned_at IS NOT NULL")


class Publication(Base):
    """期: one issue of a serial, from its draft on.

    ``year`` and ``number`` are taken when it is issued and never again; a withdrawn issue keeps
    them. ``revision`` counts the savings, so that two who edit at once don't write over each
    other. ``for_all`` lets everybody read it once it is issued. That a draft was returned
    stays on it until it is submitted again; of some old ones nobody knows by whom.
    """

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("serial_name", "year", "number"),
        CheckConstraint("(year IS NULL) = (number IS NULL)", name="number_is_whole"),
        CheckConstraint(
            "(state IN ('issued', 'withdrawn')) = (number IS NOT NULL)", name="issued_has_a_number"
        ),
        CheckConstraint("(issued_at IS NULL) = (number IS NULL)", name="issued_at_some_time"),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_at_some_time"
        ),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawal_has_an_author"
        ),
        CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name="approval_has_an_author"
        ),
        CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by_id IS NULL)", name="submission_has_an_author"
        ),
        CheckConstraint(
            "(returned_at IS NULL) = (returned_reason = '')", name="return_has_a_reason"
        ),
        CheckConstraint(
            "returned_by_id IS NULL OR returned_at IS NOT NULL", name="return_has_a_moment"
        ),
        CheckConstraint("last >= first", name="ends_after_it_began"),
        Index("ix_publication_serial_state", "serial_name", "state"),
        Index(
            "ix_publication_returned",
            "state",
            sqlite_where=RETURNED,
            postgresql_where=RETURNED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    serial_name: Mapped[str] = mapped_column(ForeignKey(Serial.name))
    kind: Mapped[PublicationKind]
    state: Mapped[PublicationState] = mapped_column(index=True)
    first: Mapped[date]
    last: Mapped[date]
    year: Mapped[int | None]
    number: Mapped[int | None]
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey(Item.id), index=True)
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey(Escalation.id), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    addressee: Mapped[str] = mapped_column(String(400), default="")
    copies_to: Mapped[str] = mapped_column(String(400), default="")
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    for_all: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime] = mapped_column(Instant)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    saved_at: Mapped[datetime] = mapped_column(Instant)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    returned_at: Mapped[datetime | None] = mapped_column(Instant)
    returned_reason: Mapped[str] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    issued_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str] = mapped_column(default="")

    serial: Mapped[Serial] = relationship()
    made_by: Mapped[Person | None] = relationship(foreign_keys=[made_by_id])
    saved_by: Mapped[Person | None] = relationship(foreign_keys=[saved_by_id])
    returned_by: Mapped[Person | None] = relationship(foreign_keys=[returned_by_id])
    deliveries: Mapped[list["Delivery"]] = relationship(
        back_populates="publication", order_by="Delivery.id"
    )


class PublicationVersion(Base):
    """What a draft said at a revision: kept as it is handed on, and now and then while edited.

    ``begun_at`` is when the sitting began whose savings this version is the last of.
    """

    __tablename__ = "publication_version"

    publication_id: Mapped[int] = mapped_column(ForeignKey(Publication.id), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(200))
    addressee: Mapped[str] = mapped_column(String(400))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    saved_at: Mapped[datetime] = mapped_column(Instant)
    begun_at: Mapped[datetime] = mapped_column(Instant)
    kept: Mapped[bool] = mapped_column(default=False)

    saved_by: Mapped[Person | None] = relationship()


class PublicationPresence(Base):
    """Who has a draft open in the editor of publications."""

    __tablename__ = "publication_presence"

    publication_id: Mapped[int] = mapped_column(ForeignKey(Publication.id), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship()


class PublicationRemark(Base):
    """批注: what somebody remarks on a draft, or answers; ``quote`` is the passage it is about."""

    __tablename__ = "publication_remark"
    __table_args__ = (
        CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey(Publication.id), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("publication_remark.id"), index=True)
    text: Mapped[str]
    quote: Mapped[str] = mapped_column(String(200), default="")
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    at: Mapped[datetime] = mapped_column(Instant)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)

    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    answers: Mapped[list["PublicationRemark"]] = relationship(order_by="PublicationRemark.id")


UNREAD = text("read_at IS NULL")


class Delivery(Base):
    """分送: a unit or a post that an issue is for; ``read_at`` is its receipt."""

    __tablename__ = "publication_delivery"
    __table_args__ = (
        UniqueConstraint("publication_id", "unit_id"),
        UniqueConstraint("publication_id", "post_id"),
        CheckConstraint("(unit_id IS NULL) <> (post_id IS NULL)", name="to_a_unit_or_a_post"),
        CheckConstraint("(read_at IS NULL) = (read_by_id IS NULL)", name="receipt_has_a_reader"),
        CheckConstraint("read_at IS NULL OR delivered_at IS NOT NULL", name="read_once_delivered"),
        Index(
            "ix_publication_delivery_unread_unit",
            "unit_id",
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
        Index(
            "ix_publication_delivery_unread_post",
            "post_id",
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey(Publication.id))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey(Unit.id), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey(Post.id), index=True)
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    urged_at: Mapped[datetime | None] = mapped_column(Instant)
    times_urged: Mapped[int] = mapped_column(default=0)

    publication: Mapped[Publication] = relationship(back_populates="deliveries")
    unit: Mapped[Unit | None] = relationship()
    post: Mapped[Post | None] = relationship()
    read_by: Mapped[Person | None] = relationship()


class PublicationUnit(Base):
    """A unit that an issue praises or criticises, by a suggestion that a leader has approved."""

    __tablename__ = "publication_unit"
    __table_args__ = (UniqueConstraint("publication_id", "suggestion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey(Publication.id))
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id), index=True)
    part: Mapped[Part]
    named: Mapped[Named]
    suggestion_id: Mapped[int] = mapped_column(ForeignKey(Suggestion.id), index=True)

    publication: Mapped[Publication] = relationship()
    unit: Mapped[Unit] = relationship()
    suggestion: Mapped[Suggestion] = relationship()


class PublicationPaper(Base):
    """An issue as the very file that was issued, with its hash; it never changes."""

    __tablename__ = "publication_paper"

    publication_id: Mapped[int] = mapped_column(ForeignKey(Publication.id), primary_key=True)
    format: Mapped[PaperFormat] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


for _product in ("sqlite", "postgresql"):
    for _statement in refusing(_product, PublicationPaper.__tablename__):
        event.listen(
            PublicationPaper.__table__,
            "after_create",
            DDL(_statement).execute_if(dialect=_product),  # type: ignore[no-untyped-call] # SQLAlchemy's own
        )
