"""The ladder as a decision table: days overdue × urgency × times before × kind → rung.

A row without a kind or an urgency holds for any. Rows for the item's own kind and urgency
come first, then those for its urgency, for its kind, and for all; each layer goes on above
the highest rung of the one before. So an office writes down only what differs.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import Any, NamedTuple

from engine import DecisionTable, Session
from workflows import rule_tables, rules, settings
from workflows.errors import LimitRefused
from workflows.rule_tables import Record, Shape, Values, asks, gives
from workflows.rules import Acting
from workflows.tables import Kind, Role, Rung, Urgency

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


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is written: for some kinds and urgencies alike; for any if it names none."""

    rung: Rung
    days_overdue: int
    times_before: int
    kinds: tuple[Kind, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    note: str = ""

    @property
    def rules(self) -> Iterator[Rule]:
        """Yield what it comes to, for each kind and urgency that it names."""
        for kind, urgency in product(self.kinds or (None,), self.urgencies or (None,)):
            yield Rule(self.rung, urgency, self.days_overdue, self.times_before, kind)


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


def table(session: Session) -> Sequence[Rule]:
    """Return the table, by kind, urgency and rung."""
    found = rule_tables.newest(session, SHAPE)
    return rules_in(found) if found else ()


def change_ladder(session: Session, actor: Acting, rows: Iterable[Row]) -> None:
    """Replace the table; a higher rung never comes before a lower one."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wanted = table_of(rows)
    settings.must_need_no_review(session)
    rule_tables.my_turn(session, SHAPE)
    rule_tables.keep(session, actor, wanted, "")


def seed_ladder(session: Session) -> None:
    """Write the default table where there is none."""
    if rule_tables.newest(session, SHAPE) is None:
        rule_tables.keep(session, None, default_table(), "")


def spread(rows: Sequence[Rule]) -> Iterator[tuple[Kind, Urgency, list[Rule]]]:
    """Tell for every kind and urgency which ladder the table comes to."""
    for kind, urgency in product(Kind, Urgency):
        yield kind, urgency, rows_for(rows, kind, urgency)


def _place(row: Rule) -> tuple[str, str, int]:
    return row.kind or "", row.urgency or "", height(row.rung)


SHAPE = Shape(
    "ladder",
    "升级阶梯",
    rule_tables.COLLECT,
    (
        asks("kind", "类型", Kind),
        asks("urgency", "紧急程度", Urgency),
        gives("rung", "级别", allowed=Rung),
        gives("days_overdue", "逾期几个工作日", "number"),
        gives("times_before", "此前几次", "number"),
    ),
)


@lru_cache(maxsize=64)
def rules_in(table: DecisionTable) -> Sequence[Rule]:
    """Return the rows that a table says; one for several kinds or urgencies is several."""
    found = [rule for record in rule_tables.records(table) for rule in rules_from(record)]
    return sorted(found, key=_place)


def rules_from(record: Record) -> Iterator[Rule]:
    """Return what one row says, for each kind and urgency that it names."""
    return row_from(record).rules


def row_from(record: Record) -> Row:
    """Return one row as it is written."""
    says = record.says
    return Row(
        Rung(says["rung"]),
        says["days_overdue"],
        says["times_before"],
        tuple(Kind(each) for each in says["kind"] or ()),
        tuple(Urgency(each) for each in says["urgency"] or ()),
        record.note,
    )


def rows_in(table: DecisionTable) -> Sequence[Row]:
    """Return the rows of a table as they are written."""
    return [row_from(record) for record in rule_tables.records(table)]


def row_of(rule: Rule) -> Row:
    """Return a row that says one rule."""
    kinds = (rule.kind,) if rule.kind else ()
    urgencies = (rule.urgency,) if rule.urgency else ()
    return Row(rule.rung, rule.days_overdue, rule.times_before, kinds, urgencies)


def table_of(rows: Iterable[Row]) -> DecisionTable:
    """Return the rows as a decision table; refuse what is no ladder."""
    wanted = sorted(rows, key=lambda row: (row.kinds, row.urgencies, height(row.rung)))
    must_climb([rule for row in wanted for rule in row.rules])
    return rule_tables.table_of(SHAPE, [(_says(row), row.note) for row in wanted])


def default_table() -> DecisionTable:
    """Return the table as it is before anybody changed it."""
    return table_of(row_of(rule) for rule in DEFAULT)


def _says(row: Row) -> Values:
    return {
        "kind": row.kinds or None,
        "urgency": row.urgencies or None,
        "rung": row.rung,
        "days_overdue": row.days_overdue,
        "times_before": row.times_before,
    }
