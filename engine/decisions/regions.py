"""Walks through all combinations of values at once, by which rules match them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

from engine.decisions.atoms import NOTHING, Axis, axis_of
from engine.decisions.model import Input, Table
from engine.decisions.syntax import UnaryTests
from engine.decisions.unary import passing

WORK: Final = 300_000
"""The most cells that are tried, and the most combinations that are looked at, for one table."""

Region = tuple[tuple[int, ...], ...]
"""For each axis the atoms: in every combination of them the same rules match."""


class TooLarge(Exception):
    """A table has more combinations than are looked at."""


@dataclass(frozen=True, slots=True)
class Space:
    """The axes of a table, and for each the rules that match in each atom, as bits.

    Columns that look at the same thing are one axis: their values can't differ. The
    last atom of each axis is nothing.
    """

    labels: tuple[str, ...]
    axes: tuple[Axis, ...]
    masks: tuple[tuple[int | None, ...], ...]
    rules: int

    def regions(self, *, nothing: bool) -> tuple[dict[int, Region], list[Region]]:
        """Return each set of rules that match together, with one region where they do.

        Beside it stand regions where no rule matches; there the axes still to come
        don't matter. With nothing, columns may also have no value.
        """
        found: dict[int, Region] = {(1 << self.rules) - 1: ()}
        gaps: list[Region] = []
        work = 0
        for masks in self.masks:
            classes = _classes(masks if nothing else masks[:-1])
            work += len(found) * max(len(classes), self.rules // 8)
            if work > WORK:
                raise TooLarge
            further: dict[int, Region] = {}
            for mask, region in found.items():
                for own, places in classes.items():
                    if mask & own:
                        further.setdefault(mask & own, (*region, places))
                    elif len(gaps) < WORK:
                        gaps.append((*region, places))
            found = further
        return found, gaps


def space_of(table: Table) -> Space:
    """Return the space of a table whose cells compare with written values only."""
    columns: dict[tuple[object, ...], list[int]] = {}
    for place, column in enumerate(table.inputs):
        columns.setdefault((column.text, column.type), []).append(place)
    axes, masks, labels, work = [], [], [], 0
    for places in columns.values():
        inputs = [table.inputs[place] for place in places]
        cells = [_cells(table, place) for place in places]
        allowed = [column.allowed for column in inputs if column.allowed]
        axis = axis_of([cell for row in [*cells, allowed] for cell in row], inputs[0].type)
        work += len(axis.atoms) * len(table.rules) * len(places)
        if work > WORK:
            raise TooLarge
        axes.append(axis)
        masks.append(_masks(axis, cells, inputs))
        labels.append(inputs[0].label)
    return Space(tuple(labels), tuple(axes), tuple(masks), len(table.rules))


def _cells(table: Table, place: int) -> list[UnaryTests]:
    return [rule.tests[place] or UnaryTests() for rule in table.rules]


def _masks(
    axis: Axis, cells: list[list[UnaryTests]], inputs: list[Input]
) -> tuple[int | None, ...]:
    """Return for each atom the rules that match it; nothing if it isn't allowed to come."""
    kind = inputs[0].type
    allowed = [passing(each.allowed, {}, kind) for each in inputs if each.allowed]
    columns = [[passing(cell, {}, kind) for cell in column] for column in cells]
    masks: list[int | None] = []
    for atom in (*axis.atoms, NOTHING):
        if atom is not NOTHING and not all(p is None or p(atom.sample, {}) for p in allowed):
            masks.append(None)
            continue
        rows = [
            _bits([passes is None or bool(passes(atom.sample, {})) for passes in column])
            for column in columns
        ]
        masks.append(reduce(int.__and__, rows))
    return tuple(masks)


def _bits(row: Sequence[bool]) -> int:
    return sum(1 << place for place, holds in enumerate(row) if holds)


def _classes(masks: Sequence[int | None]) -> dict[int, tuple[int, ...]]:
    """Return the atoms together in which the same rules match."""
    classes: dict[int, tuple[int, ...]] = {}
    for place, mask in enumerate(masks):
        if mask is not None:
            classes[mask] = (*classes.get(mask, ()), place)
    return classes
