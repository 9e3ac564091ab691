"""Rows that say on which diagram the items of a source run, where it isn't their kind's own."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine import Base, Instant
from workflows.tables.drawings import NAME
from workflows.tables.items import Source
from workflows.tables.people import Person


class SourceRoute(Base):
    """A source whose new items run on another process than the one named like their kind."""

    __tablename__ = "source_route"

    source: Mapped[Source] = mapped_column(primary_key=True)
    process_id: Mapped[str] = mapped_column(String(NAME))
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    chosen_at: Mapped[datetime] = mapped_column(Instant)

    chosen_by: Mapped[Person] = relationship()
