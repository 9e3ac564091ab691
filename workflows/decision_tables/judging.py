"""What is wrong with a decision table, and at which cell: the gate's checks and the domain's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import engine
from engine import DecisionTable, Problem
from workflows import ladder_rules, limits, rule_tables
from workflows.assessment import table as scores
from workflows.errors import LimitRefused, Refusal, SettingRefused, TableUnknown
from workflows.revisits import risk
from workflows.rule_tables import OUTPUT, Record, Shape

ERROR, WARNING = "error", "warning"
WHOLE_NUMBERS = frozenset(
    {"number", "extensions", "longest_number", "days_overdue", "times_before", "percent"}
)
BROKEN_PROMISES = frozenset({"rules_gap", "rules_overlap"})
"""Warnings of the gate that a table of rules can't live with."""
MOST_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong, or odd: what, and at which row and column, as far as it goes.

    ``refusal`` is the domain's own, where it is the domain that says no.
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    row: int | None = None
    column: str | None = None
    severity: str = ERROR
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A table that was looked at; nothing if the file isn't one of these columns."""

    table: DecisionTable | None
    flaws: Sequence[Flaw]

    @property
    def wrong(self) -> list[Flaw]:
        """Return what keeps it from being deployed."""
        return [flaw for flaw in self.flaws if flaw.severity == ERROR]


@dataclass(frozen=True, slots=True)
class Table:
    """One of the house's decision tables: its columns, its first rows, and its own rules."""

    shape: Shape
    default: Callable[[], DecisionTable]
    judge: Callable[[Sequence[Record]], Iterator[Flaw]]


def table_named(name: str) -> Table:
    """Return one of the house's tables."""
    if name not in TABLES:
        raise TableUnknown(name)
    return TABLES[name]


def judge(own: Table, xml: bytes) -> Judged:
    """Look at a file: is it this table, can it be decided, does it hold together."""
    try:
        read = engine.read_decision_table(xml)
    except engine.Refused as refused:
        return Judged(None, [_of_file(problem) for problem in refused.problems])
    if not rule_tables.fits(read, own.shape):
        wanted = ", ".join(own.shape.names)
        return Judged(None, [Flaw("table_columns", {"columns": wanted})])
    return judged(own, rule_tables.with_columns(read, own.shape))


def judged(own: Table, table: DecisionTable) -> Judged:
    """Look at a table that has the right columns."""
    flaws = [*_of_engine(own.shape, table), *_of_cells(own.shape, table)]
    if not any(flaw.severity == ERROR and flaw.code not in BROKEN_PROMISES for flaw in flaws):
        flaws += own.judge(rule_tables.records(table))
    return Judged(table, flaws)


def _of_file(problem: Problem) -> Flaw:
    return Flaw(problem.code, problem.facts)


def _of_engine(shape: Shape, table: DecisionTable) -> Iterator[Flaw]:
    """Yield what the gate says, at the cell that it is about."""
    findings = engine.check_decision(engine.write_decision_table(table))
    rows = {row.id: (place, None) for place, row in enumerate(table.rows)}
    cells = {
        f"{row.id}_{own}": (place, column.name)
        for place, row in enumerate(table.rows)
        for own, column in enumerate(shape.columns)
    }
    places: Mapping[str, tuple[int, str | None]] = {**cells, **rows}
    labels = {column.label: column.name for column in shape.columns}
    for problem in (*findings.problems, *findings.warnings):
        _decision, _, place = (problem.element_name or "").partition(" · ")
        row, known = places.get(problem.element_id or "", (None, None))
        column = known or labels.get(place.rpartition(" · ")[2])
        severity = problem.severity
        if problem.code == "output_empty":
            if column in shape.optional:
                continue
            severity = ERROR
        if problem.code in BROKEN_PROMISES:
            severity = ERROR
        if problem.code == "rules_overlap":
            row, column = int(str(problem.facts["rules"]).rpartition(", ")[2]) - 1, shape.names[0]
        yield Flaw(problem.code, problem.facts, row, column, severity)


def _of_cells(shape: Shape, table: DecisionTable) -> Iterator[Flaw]:
    """Yield the cells that decide well, but say what these rules can't be read from."""
    for place, row in enumerate(table.rows):
        for cell, column in zip(row.cells, shape.columns, strict=True):
            value = cell.values[0] if cell.values else None
            if not cell.plain:
                yield Flaw("cell_plain", {"text": cell.text}, place, column.name)
            elif column.name in WHOLE_NUMBERS and isinstance(value, float):
                yield Flaw("cell_whole", {}, place, column.name)
            elif column.allowed and column.side != OUTPUT:
                odd = [str(each) for each in cell.values or () if each not in column.allowed]
                if odd:
                    yield Flaw("value_not_allowed", {"value": ", ".join(odd)}, place, column.name)


# -- the rules of each table ------------------------------------------------------------

LIMIT_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "number": "number",
        "rhythm": "unit",
        "starts": "starts",
        "window": "objection",
        "extensions": "extensions",
        "no_part": "extensions",
        "longest": "longest_number",
    }
)


def _limits(records: Sequence[Record]) -> Iterator[Flaw]:
    for record in records:
        says = record.says
        if says["limit"] is None or len(says["limit"]) != 1:
            yield Flaw("limit_single", {}, record.row, "limit")
        elif (says["longest_number"] is None) != (says["longest_unit"] is None):
            yield Flaw("longest_whole", {}, record.row, "longest_unit")
        else:
            rule = limits.rule_from(record)
            try:
                limits.must_be_sound(rule.name, rule.span, rule.clause)
            except LimitRefused as refusal:
                column = LIMIT_COLUMNS.get(str(refusal.facts["why"]), "limit")
                yield Flaw("refused", {}, record.row, column, refusal=refusal)


def _ladder(records: Sequence[Record]) -> Iterator[Flaw]:
    rules = [rule for record in records for rule in ladder_rules.rules_from(record)]
    try:
        ladder_rules.must_climb(rules)
    except LimitRefused as refusal:
        yield Flaw("refused", {}, _rung_row(records, refusal), "rung", refusal=refusal)


def _rung_row(records: Sequence[Record], refusal: LimitRefused) -> int | None:
    """Return the last row with the rung that a refusal is about, for its kind and urgency."""
    facts = refusal.facts
    found = [
        record.row
        for record in records
        if record.says["rung"] == facts["name"]
        and facts.get("kind") in (None, *(record.says["kind"] or (facts.get("kind"),)))
        and facts.get("urgency") in (None, *(record.says["urgency"] or (facts.get("urgency"),)))
    ]
    return found[-1] if found else None


def _sampling(records: Sequence[Record]) -> Iterator[Flaw]:
    for record in records:
        for name in record.says["risk"] or ():
            try:
                risk.must_weigh(name, record.says["percent"])
            except SettingRefused as refusal:
                yield Flaw("percent_range", {"most": risk.LARGEST}, record.row, "percent",
                           refusal=refusal)  # fmt: skip


def _scores(records: Sequence[Record]) -> Iterator[Flaw]:
    for record in records:
        for column in ("points", "most"):
            value = record.says[column]
            if value is not None and abs(value) > MOST_POINTS:
                yield Flaw("points_range", {"most": MOST_POINTS}, record.row, column)
            elif value is not None and round(value, 2) != value:
                yield Flaw("points_fine", {}, record.row, column)


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        own.shape.name: own
        for own in (
            Table(limits.SHAPE, limits.default_table, _limits),
            Table(ladder_rules.SHAPE, ladder_rules.default_table, _ladder),
            Table(risk.SHAPE, risk.default_table, _sampling),
            Table(scores.SHAPE, scores.default_table, _scores),
        )
    }
)
"""The decision tables that an administrator keeps."""
