"""The ladder as a decision table: days overdue × urgency × times before × kind → rung.

A row without a kind or an urgency holds for any. Rows for the item's own kind and urgency
come first, then those for its urgency, for its kind, and for all; each layer goes on above
the highest rung of the one before. So an office writes down only what differs.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, NamedTuple

from sqlalchemy import delete, select

from engine import Session
from workflows import rules
from workflows.errors import LimitRefused
from workflows.rules import Acting
from workflows.tables import Kind, LadderRule, Role, Rung, Urgency

ORDER = tuple(Rung)
LONGEST = rules.FURTHEST.days


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table; ``times_before`` counts rungs and urges that reached the unit."""

    rung: Rung
    urgency: Urgency | None
    days_overdue: int
    times_before: int
    kind: Kind | None = None

    @property
    def told(self) -> dict[str, Any]:
        """Return the row as a rung keeps it."""
        return {
            "days_overdue": self.days_overdue,
            "times_before": self.times_before,
            "urgency": None if self.urgency is None else self.urgency.value,
            "kind": None if self.kind is None else self.kind.value,
        }


DEFAULT: tuple[Rule, ...] = (
    Rule(Rung.REMINDER, None, 1, 0),
    Rule(Rung.URGE, None, 2, 0),
    Rule(Rung.NOTICE_BLUE, None, 3, 1),
    Rule(Rung.NOTICE_YELLOW, None, 5, 1),
    Rule(Rung.NOTICE_RED, None, 10, 2),
    Rule(Rung.INTERVIEW, None, 15, 2),
    Rule(Rung.CRITICISM, None, 20, 3),
    Rule(Rung.ACCOUNTABILITY, None, 30, 3),
    Rule(Rung.URGE, Urgency.FLASH, 1, 0),
    Rule(Rung.NOTICE_YELLOW, Urgency.FLASH, 2, 0),
    Rule(Rung.NOTICE_RED, Urgency.FLASH, 3, 1),
    Rule(Rung.INTERVIEW, Urgency.FLASH, 5, 1),
)
"""The table of domain section 6; an administrator edits it."""


class Case(NamedTuple):
    """What the table is asked about."""

    kind: Kind
    urgency: Urgency
    days: int
    times: int
    climbed: Collection[Rung] = ()


# -- what the table says ----------------------------------------------------------------


def height(rung: Rung) -> int:
    """Say how high a rung is."""
    return ORDER.index(rung)


def rows_for(table: Iterable[Rule], kind: Kind, urgency: Urgency) -> list[Rule]:
    """Return the ladder of one kind and urgency, the lowest rung first."""
    rows = [row for row in table if row.kind in (None, kind) and row.urgency in (None, urgency)]
    found: list[Rule] = []
    for layer in ((kind, urgency), (None, urgency), (kind, None), (None, None)):
        top = height(found[-1].rung) if found else -1
        own = [row for row in rows if (row.kind, row.urgency) == layer]
        found += sorted(
            (row for row in own if height(row.rung) > top), key=lambda row: height(row.rung)
        )
    return found


def following(
    table: Iterable[Rule], kind: Kind, urgency: Urgency, climbed: Collection[Rung]
) -> Rule | None:
    """Return the row of the next rung above those climbed in this overdue period."""
    top = max((height(rung) for rung in climbed), default=-1)
    rows = rows_for(table, kind, urgency)
    return next((row for row in rows if height(row.rung) > top), None)


def decide(table: Iterable[Rule], case: Case) -> Rule | None:
    """Return the row that says which rung is due today; rungs are never skipped."""
    row = following(table, case.kind, case.urgency, case.climbed)
    if row is None or row.days_overdue > case.days or row.times_before > case.times:
        return None
    return row


# -- what a table must be ---------------------------------------------------------------


def must_climb(table: Sequence[Rule]) -> None:
    """Refuse a table with a bad number, an overlap, a gap, or a way down."""
    if not table:
        raise LimitRefused(why="empty_ladder", name="")
    for row in table:
        if not 1 <= row.days_overdue <= LONGEST or not 0 <= row.times_before <= LONGEST:
            raise LimitRefused(why="number", name=row.rung)
    seen = set()
    for row in table:
        if (row.kind, row.urgency, row.rung) in seen:
            raise LimitRefused(why="rung_twice", name=row.rung)
        seen.add((row.kind, row.urgency, row.rung))
    for kind, urgency in product(Kind, Urgency):
        _must_lead_up(rows_for(table, kind, urgency), kind, urgency)


def _must_lead_up(rows: Sequence[Rule], kind: Kind, urgency: Urgency) -> None:
    where = {"kind": kind, "urgency": urgency}
    if not rows:
        raise LimitRefused("ladder_gap", "", **where)
    for lower, higher in pairwise(rows):
        if higher.days_overdue < lower.days_overdue or higher.times_before < lower.times_before:
            raise LimitRefused("goes_down", higher.rung, **where)
    for below, row in enumerate(rows):
        if row.times_before > below:
            raise LimitRefused("out_of_reach", row.rung, **where)


# -- the table as it is kept ------------------------------------------------------------


def table(session: Session) -> list[Rule]:
    """Return the table, by kind, urgency and rung."""
    found = [
        Rule(
            row.rung,
            Urgency(row.urgency) if row.urgency else None,
            row.days_overdue,
            row.times_before,
            Kind(row.kind) if row.kind else None,
        )
        for row in session.scalars(select(LadderRule))
    ]
    return sorted(found, key=_place)


def change_ladder(session: Session, actor: Acting, lines: Iterable[Rule]) -> None:
    """Replace the table; a higher rung never comes before a lower one."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wanted = sorted(lines, key=_place)
    must_climb(wanted)
    session.execute(delete(LadderRule))
    _write(session, wanted)


def seed_ladder(session: Session) -> None:
    """Write the default table where there is none."""
    if session.scalars(select(LadderRule.id).limit(1)).first() is None:
        _write(session, DEFAULT)


def spread(rows: Sequence[Rule]) -> Iterator[tuple[Kind, Urgency, list[Rule]]]:
    """Tell for every kind and urgency which ladder the table comes to."""
    for kind, urgency in product(Kind, Urgency):
        yield kind, urgency, rows_for(rows, kind, urgency)


def _write(session: Session, rows: Iterable[Rule]) -> None:
    for row in rows:
        session.add(LadderRule(rung=row.rung, **row.told))
    session.flush()


def _place(row: Rule) -> tuple[str, str, int]:
    return row.kind or "", row.urgency or "", height(row.rung)
