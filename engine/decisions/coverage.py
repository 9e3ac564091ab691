"""Warns of rules that never decide, of values that no rule matches, and of rules that clash."""

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Final

from engine.decisions.compute import constant
from engine.decisions.kinds import Value
from engine.decisions.model import Decision, HitPolicy, Table
from engine.decisions.notes import Notes
from engine.decisions.plan import ranks_of
from engine.decisions.policies import rank
from engine.decisions.regions import Region, Space, TooLarge, space_of
from engine.decisions.syntax import is_fixed, names_in
from engine.decisions.wording import cell_for

LISTED: Final = 10
SINGLE: Final = frozenset({HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.ANY, HitPolicy.PRIORITY})
"""Hit policies that promise one result."""


def warn(decision: Decision, table: Table, warnings: Notes) -> None:
    """Note what a person should look at, though the table can be decided."""
    _Warner(decision, table, warnings).warn()


class _Warner:
    """Looks for what is odd in one table."""

    def __init__(self, decision: Decision, table: Table, warnings: Notes) -> None:
        self._name = decision.name or decision.id
        self._table = table
        self._warnings = warnings

    def warn(self) -> None:
        """Note all warnings of the table."""
        self._warn_of_empty_cells()
        cells = [cell for rule in self._table.rules for cell in rule.tests if cell]
        if not all(is_fixed(cell) for cell in cells):
            self._note("coverage_unknown", self._table.id)
            return
        try:
            space = space_of(self._table)
            regions, _ = space.regions(nothing=True)
            gaps = space.regions(nothing=False)[1] if self._needs_cover() else []
        except TooLarge:
            self._note("coverage_capped", self._table.id)
            return
        clashes = list(islice(self._clashes(regions), LISTED + 1))
        for region in gaps[:LISTED]:
            self._note("rules_gap", self._table.id, example=_example(space, region))
        for first, second, region in clashes[:LISTED]:
            rows = f"{first + 1}, {second + 1}"
            self._note("rules_overlap", self._table.id, rules=rows, example=_example(space, region))
        if len(gaps) > LISTED or len(clashes) > LISTED:
            self._note("coverage_partial", self._table.id)
        self._warn_of_idle_rules(regions)

    def _note(self, code: str, element_id: str, *where: object, **facts: object) -> None:
        self._warnings.note_at(code, element_id, self._name, *where, **facts)

    def _warn_of_empty_cells(self) -> None:
        for row, rule in enumerate(self._table.rules, 1):
            for result, output in zip(rule.results, self._table.outputs, strict=True):
                if result is None:
                    self._note("output_empty", rule.id, row, output.label)

    def _needs_cover(self) -> bool:
        """Tell whether a gap leaves the table without the result that it promises."""
        default = any(output.default for output in self._table.outputs)
        return self._table.hit_policy in SINGLE and not default

    def _clashes(self, regions: dict[int, Region]) -> Iterator[tuple[int, int, Region]]:
        """Return pairs of rules that match together, though the hit policy forbids it."""
        seen: set[tuple[int, int]] = set()
        for mask, region in regions.items():
            for pair in self._pairs(rows_of(mask)):
                if pair not in seen:
                    seen.add(pair)
                    yield *pair, region

    def _pairs(self, rows: list[int]) -> Iterator[tuple[int, int]]:
        """Return the pairs that clash among rules that match together."""
        if self._table.hit_policy is HitPolicy.UNIQUE:
            yield from combinations(rows, 2)
        elif self._table.hit_policy is HitPolicy.ANY:
            results = [self._results(row) for row in rows]
            for row, own in zip(rows, results, strict=True):
                if own is not None and results[0] is not None and own != results[0]:
                    yield rows[0], row

    def _results(self, row: int) -> tuple[Value, ...] | None:
        """Return what a rule gives, if that doesn't depend on the data."""
        results = self._table.rules[row].results
        if any(result and names_in(result) for result in results):
            return None
        return tuple(constant(result) if result else None for result in results)

    def _warn_of_idle_rules(self, regions: dict[int, Region]) -> None:
        winners: dict[int, set[int]] = {row: set() for row in range(len(self._table.rules))}
        for mask in regions:
            rows = rows_of(mask)
            best = self._best(rows)
            for row in rows:
                winners[row].add(row if best is None else best)
        for row, before in winners.items():
            rule = self._table.rules[row]
            if not before:
                self._note("rule_unmatchable", rule.id, row + 1)
            elif row not in before:
                others = ", ".join(str(each + 1) for each in sorted(before)[:LISTED])
                self._note("rule_covered", rule.id, row + 1, rules=others)

    def _best(self, rows: list[int]) -> int | None:
        """Return the rule that decides among those that match; nothing if all do."""
        if not rows or self._table.hit_policy not in SINGLE - {HitPolicy.ANY}:
            return None
        if self._table.hit_policy is not HitPolicy.PRIORITY:
            return rows[0]
        ranks = [ranks_of(output.allowed) for output in self._table.outputs]
        results = {row: self._results(row) for row in rows}
        ranked = {row: rank(found, ranks) for row, found in results.items() if found is not None}
        return min(rows, key=lambda row: ranked[row]) if len(ranked) == len(rows) else None


def rows_of(mask: int) -> list[int]:
    """Return the rules of a set, from nought on."""
    rows = []
    while mask:
        lowest = mask & -mask
        rows.append(lowest.bit_length() - 1)
        mask ^= lowest
    return rows


def _example(space: Space, region: Region) -> str:
    """Write a region as the cells of a row; what is left out may be anything."""
    cells = zip(space.labels, space.axes, region, strict=False)
    written = ((label, cell_for(axis, places)) for label, axis, places in cells)
    return "; ".join(f"{label}: {cell}" for label, cell in written if cell != "-") or "-"
