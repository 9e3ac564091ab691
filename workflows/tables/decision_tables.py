"""Rows of decision tables on their way: drafts, reviews, and why each version came."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.drawings import DrawingState, SecondWord
from workflows.tables.people import Person


class TableDraft(Base):
    """决策表草稿: a table as somebody changes it; one is open for each table.

    ``base_id`` is the version that it changes. One with an ``older_id`` brings that version
    back: it is nobody's work, so it stands beside the draft. ``revision`` counts the savings,
    so that two who edit at once don't write over each other.
    """

    __tablename__ = "table_draft"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_once_not_open"),
        CheckConstraint(
            "(state = 'deployed') = (definition_id IS NOT NULL)", name="deployed_as_a_version"
        ),
        Index(
            "uq_table_draft_open",
            "name",
            unique=True,
            sqlite_where=text("state = 'open' AND older_id IS NULL"),
            postgresql_where=text("state = 'open' AND older_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    base_id: Mapped[int] = mapped_column(ForeignKey("engine_decision.id"))
    older_id: Mapped[int | None] = mapped_column(ForeignKey("engine_decision.id"))
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[DrawingState] = mapped_column(default=DrawingState.OPEN)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    definition_id: Mapped[int | None] = mapped_column(ForeignKey("engine_decision.id"))

    saved_by: Mapped[Person] = relationship()


class TableReview(SecondWord, Base):
    """复核: a decision table's draft as a second administrator has read it."""

    __tablename__ = "table_review"

    draft_id: Mapped[int] = mapped_column(ForeignKey(TableDraft.id), index=True)


class TableNote(Base):
    """Why a version of a decision table came, who read it first, and what it brought back."""

    __tablename__ = "table_note"

    definition_id: Mapped[int] = mapped_column(
        ForeignKey("engine_decision.id"), primary_key=True, autoincrement=False
    )
    note: Mapped[str] = mapped_column(String(500))
    back_to: Mapped[int | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))


class TableFile(Base):
    """A DMN file that held more than its table, as it came: what else it held isn't lost."""

    __tablename__ = "table_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    parts: Mapped[list[str]] = mapped_column(JSON)
    kept_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    kept_at: Mapped[datetime] = mapped_column(Instant)

    kept_by: Mapped[Person] = relationship()
