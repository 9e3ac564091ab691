"""Rows of decision tables on their way: drafts, and why each version came."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.people import Person


class TableDraft(Base):
    """决策表草稿: a table as somebody changes it; one is open for each table.

    ``base_id`` is the version that it changes. ``revision`` counts the savings, so that two
    who edit at once don't write over each other.
    """

    __tablename__ = "table_draft"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    base_id: Mapped[int] = mapped_column(ForeignKey("engine_decision.id"))
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class TableNote(Base):
    """Why a version of a decision table came, and which older one it brought back, if it did."""

    __tablename__ = "table_note"

    definition_id: Mapped[int] = mapped_column(
        ForeignKey("engine_decision.id"), primary_key=True, autoincrement=False
    )
    note: Mapped[str] = mapped_column(String(400))
    back_to: Mapped[int | None]


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
