"""Rows of diagrams on their way: drafts, who looks at them, reviews, deployments, files."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    text,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.people import Person

NAME = 200
"""How long the engine lets an id or a name be."""


class DrawingState(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    DEPLOYED = "deployed"
    DISCARDED = "discarded"


class ReviewVerdict(StrEnum):
    """What the second administrator said."""

    APPROVED = "approved"
    RETURNED = "returned"


class DeployedHow(StrEnum):
    """By what way a version came."""

    DRAFT = "draft"
    ROLLBACK = "rollback"
    FILE = "file"
    TERMINAL = "terminal"


class Drawing(Base):
    """流程图草稿: what is drawn and not deployed yet; one is open for each process.

    ``base_id`` is the version that it changes, none for a process that is new. One with an
    ``older_id`` brings that version back: it is nobody's drawing, so it stands beside the draft.
    """

    __tablename__ = "drawing"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_once_not_open"),
        CheckConstraint(
            "(state = 'deployed') = (definition_id IS NOT NULL)", name="deployed_as_a_version"
        ),
        Index(
            "uq_drawing_open",
            "process_id",
            unique=True,
            sqlite_where=text("state = 'open' AND older_id IS NULL"),
            postgresql_where=text("state = 'open' AND older_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[str] = mapped_column(String(NAME), index=True)
    name: Mapped[str] = mapped_column(String(NAME))
    name_en: Mapped[str] = mapped_column(String(NAME))
    base_id: Mapped[int | None]
    older_id: Mapped[int | None]
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[DrawingState] = mapped_column(default=DrawingState.OPEN)
    made_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime] = mapped_column(Instant)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    saved_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    definition_id: Mapped[int | None]

    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
    saved_by: Mapped[Person] = relationship(foreign_keys=[saved_by_id])


class Presence(Base):
    """Who has a draft open in the editor, and which element they are at."""

    __tablename__ = "drawing_presence"

    drawing_id: Mapped[int] = mapped_column(ForeignKey(Drawing.id), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    element: Mapped[str | None] = mapped_column(String(NAME))
    process: Mapped[str | None] = mapped_column(String(NAME))
    since: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship()


class SecondWord:
    """复核: a draft as it was handed to a second administrator, why, and what they said."""

    @declared_attr.directive
    def __table_args__(cls) -> tuple[CheckConstraint, ...]:  # noqa: N805 (as SQLAlchemy asks)
        """Say what holds of every verdict."""
        return (
            CheckConstraint(
                "(verdict IS NULL) = (reviewed_at IS NULL)", name="verdict_has_a_moment"
            ),
            CheckConstraint(
                "(reviewed_by_id IS NULL) = (reviewed_at IS NULL)", name="verdict_has_an_author"
            ),
        )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    note: Mapped[str]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    verdict: Mapped[ReviewVerdict | None]
    words: Mapped[str] = mapped_column(default="")
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)

    @declared_attr
    def asked_by(cls: type) -> Mapped[Person]:  # noqa: N805
        """Whoever handed it over."""
        return relationship(Person, foreign_keys=f"{cls.__name__}.asked_by_id")

    @declared_attr
    def reviewed_by(cls: type) -> Mapped[Person | None]:  # noqa: N805
        """Whoever said a word about it."""
        return relationship(Person, foreign_keys=f"{cls.__name__}.reviewed_by_id")


class DrawingReview(SecondWord, Base):
    """复核: a diagram's draft as a second administrator has read it."""

    __tablename__ = "drawing_review"

    draft_id: Mapped[int] = mapped_column("drawing_id", ForeignKey(Drawing.id), index=True)


class Deployment(Base):
    """部署记录: how a version came, by whom, reviewed by whom, and why."""

    __tablename__ = "deployment"

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(unique=True)
    process_id: Mapped[str] = mapped_column(String(NAME), index=True)
    how: Mapped[DeployedHow]
    note: Mapped[str]
    drawing_id: Mapped[int | None] = mapped_column(ForeignKey(Drawing.id))
    older_id: Mapped[int | None]
    deployed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    at: Mapped[datetime] = mapped_column(Instant)

    deployed_by: Mapped[Person | None] = relationship(foreign_keys=[deployed_by_id])
    reviewed_by: Mapped[Person | None] = relationship(foreign_keys=[reviewed_by_id])


class DrawingFile(Base):
    """A file that was brought in, as it came, and what in it is another tool's."""

    __tablename__ = "drawing_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    drawing_id: Mapped[int | None] = mapped_column(ForeignKey(Drawing.id), index=True)
    name: Mapped[str] = mapped_column(String(255))
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    strange: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    kept_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    kept_at: Mapped[datetime] = mapped_column(Instant)

    kept_by: Mapped[Person] = relationship()
