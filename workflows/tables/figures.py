"""Rows of snapshots 快照: the ledger and its figures, frozen at a moment and never changed again.

A row that was frozen before is kept once, however many snapshots hold it. The database itself
refuses to change or delete any of it (:data:`TABLES`, :func:`refusing`).
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    CheckConstraint,
    ForeignKey,
    String,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from engine import Base, Instant
from workflows.tables.people import Person
from workflows.tables.projects import Amount


class FrozenRow(Base):
    """What a line of the ledger, or a thing that a figure counted, was; kept by its digest."""

    __tablename__ = "frozen_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class Snapshot(Base):
    """快照: the ledger, or a part of it, as it stood at the end of a span.

    ``period`` names those that the worker takes by itself, one for each month, quarter and year.
    ``ledger`` holds the numbers of its frozen rows, and ``digest`` proves them and every figure.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        CheckConstraint("last >= first", name="ends_after_start"),
        CheckConstraint(
            "(taken_by_id IS NULL) = (period IS NOT NULL)", name="taken_by_hand_or_for_a_period"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[date]
    last: Mapped[date] = mapped_column(index=True)
    stood_on: Mapped[date]
    purpose: Mapped[str] = mapped_column(String(200))
    unit_ids: Mapped[list[int]] = mapped_column(JSON)
    kinds: Mapped[list[str]] = mapped_column(JSON)
    sources: Mapped[list[str]] = mapped_column(JSON)
    period: Mapped[str | None] = mapped_column(String(10), unique=True)
    taken_at: Mapped[datetime] = mapped_column(Instant)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    ledger: Mapped[list[int]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))


class FrozenFigure(Base):
    """A figure of a snapshot: its value or why there is none, and the rows that made it."""

    __tablename__ = "frozen_figure"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "name"),
        CheckConstraint("(value IS NULL) = (why_not <> '')", name="value_or_why_not"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey(Snapshot.id))
    name: Mapped[str] = mapped_column(String(40))
    measured: Mapped[str] = mapped_column(String(20))
    value: Mapped[Decimal | None] = mapped_column(Amount)
    out_of: Mapped[int | None]
    why_not: Mapped[str] = mapped_column(String(40), default="")
    count_of_rows: Mapped[int]
    rows: Mapped[list[int]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))


class Summary(Base):
    """总结: a year, quarter or month of the office in words, with a snapshot's figures in them."""

    __tablename__ = "summary"

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey(Snapshot.id), index=True)
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    template: Mapped[str] = mapped_column(String(40))
    template_version: Mapped[int]
    written_by_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    written_at: Mapped[datetime] = mapped_column(Instant)


TABLES = (FrozenRow, Snapshot, FrozenFigure)


def refusing(product: str, table: str) -> Iterator[str]:
    """Yield the statements after which a database refuses to change what a table holds."""
    if product == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
            )
        return
    yield (
        f"CREATE OR REPLACE FUNCTION {table}_is_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{table} is frozen' USING ERRCODE = '23001'; END$$"
    )
    yield (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_frozen()"
    )


for _model in TABLES:
    for _product in ("sqlite", "postgresql"):
        for _statement in refusing(_product, _model.__tablename__):
            event.listen(
                _model.__table__,
                "after_create",
                DDL(_statement).execute_if(dialect=_product),  # type: ignore[no-untyped-call] # SQLAlchemy's own
            )
