"""What the office of the demo's city knows, without a database."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from tests import ledgers
from workflows.demo.cast import PEOPLE, UNITS
from workflows.imports import book, rows
from workflows.imports.knowledge import Knowledge
from workflows.imports.matching import match
from workflows.imports.rows import Judged
from workflows.tables import Role, UnitKind
from workflows.units import plain_name

IDS = {name: number for number, (name, _, _) in enumerate(UNITS, start=1)}
KNOWN = Knowledge(
    today=date(2019, 9, 20),
    year_start=date(2019, 1, 1),
    ids={plain_name(known): IDS[name] for name, _, aliases in UNITS for known in (name, *aliases)},
    names={number: name for name, number in IDS.items()},
    groups={kind: [IDS[name] for name, of, _ in UNITS if of is kind] for kind in UnitKind},
    leaders={
        plain_name(account.post): number
        for number, account in enumerate(PEOPLE)
        if account.role is Role.LEADER
    },
    numbers={},
    titles={},
    due=lambda start, span: start + timedelta(days=span.number),
)


def judged(content: bytes) -> Mapping[int, Judged]:
    """Return what becomes of each row of a file, by its number."""
    table = book.must_have_table(book.read_book(content)[0])
    return {row.row: row for row in rows.judge(table, match(table.columns), KNOWN)}


@cache
def really() -> Mapping[int, Judged]:
    """Return what becomes of each row of the real ledger."""
    return judged(ledgers.real())


def codes(row: Judged) -> list[str]:
    """Return what is wrong with a row, by code."""
    return [note.code for note in row.problems]
