"""Document numbers: one series a year, no gaps, no leading zeros, as in 督字〔2020〕1号."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine import Session
from workflows.tables import Item, Sequence

ITEMS = "item"


def next_number(session: Session, series: str, year: int) -> int:
    """Give the next number of a series; whoever asks meanwhile waits for our commit.

    A transaction that is rolled back gives its number back: the series has no gaps.
    """
    row = _series(session, series, year)
    row.last += 1
    session.flush()
    return row.last


def last_number(session: Session, series: str, year: int) -> int:
    """Return the number that was given last, or 0; another one may be given at any time."""
    row = session.get(Sequence, (series, year))
    return 0 if row is None else row.last


def _series(session: Session, series: str, year: int) -> Sequence:
    """Return a series' row, locked; the first who asks makes it."""
    key = {"series": series, "year": year}
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql_insert if on_postgresql else sqlite_insert
    session.execute(insert(Sequence).values(**key, last=0).on_conflict_do_nothing())
    return session.scalars(select(Sequence).filter_by(**key).with_for_update()).one()


def number_item(session: Session, item: Item, year: int) -> None:
    """Give an item its number; a second approval keeps the one that it has."""
    if item.serial is None:
        item.year, item.serial = year, next_number(session, ITEMS, year)


def keep_above(session: Session, taken: Iterable[tuple[int, int]]) -> None:
    """Let each year's series go on above the numbers that came in from elsewhere."""
    highest: dict[int, int] = {}
    for year, serial in taken:
        highest[year] = max(serial, highest.get(year, 0))
    for year, serial in highest.items():
        row = _series(session, ITEMS, year)
        row.last = max(row.last, serial)
    session.flush()
