"""Rows about templates of papers: the files that administrators bring, and which one counts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine import Base, Instant
from workflows.tables.people import Person


class PaperTemplate(Base):
    """公文模板: one version of a kind's template, as it was brought; it is never changed."""

    __tablename__ = "paper_template"
    __table_args__ = (
        UniqueConstraint("kind", "version"),
        CheckConstraint("version > 0", name="shipped_is_no_row"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    brought_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    brought_at: Mapped[datetime] = mapped_column(Instant)


class TemplateChoice(Base):
    """From when on a version counts: a kind's last choice; version 0 is the shipped one."""

    __tablename__ = "template_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    version: Mapped[int]
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    chosen_at: Mapped[datetime] = mapped_column(Instant)
