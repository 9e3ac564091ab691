"""What is known of an instance that has run: its lines, and the data that its tasks showed."""

from collections import defaultdict, deque
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.diagrams import Node
from engine.records import Instance
from engine.store import Found as Row

WROTE: Final = "wrote"
MIGRATED: Final = "migrated"
UNMIGRATED: Final = "unmigrated"
MOVED: Final = "moved"

Nodes = Mapping[str, Node]
NodesOf = Callable[[int], Nodes]
"""Tells which elements a version has."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the past, by the names that the version has on which it is played."""

    kind: str
    at: datetime
    element_id: str | None
    facts: Mapping[str, Any]
    known: Nodes | None = None
    """Which elements the past may come to from here on, where it goes on with a version."""


@dataclass(frozen=True)
class Past:
    """An instance as its rows tell of it."""

    instance: Instance
    lines: Sequence[Told]
    tasks: Sequence[Row]
    children: Sequence[Row] = ()

    def called_with(self) -> list[tuple[Told, list[Any]]]:
        """Return the lines of calls, each with what it was done for."""
        groups: dict[str, dict[Any, list[Any]]] = defaultdict(dict)
        for child in self.children:
            items = groups[child.process_id].setdefault(child.parent_task_id, [])
            items.append(child.item)
        left = {process: deque(calls.values()) for process, calls in groups.items()}
        calls = [line for line in self.lines if line.kind == "called"]
        return [
            (line, left[process].popleft())
            for line in calls
            if left.get(process := line.facts.get("process", ""))
        ]

    def shown_at(self, at: datetime) -> dict[str, Any]:
        """Return the data that the tasks showed which were opened at that moment."""
        shown: dict[str, Any] = {}
        for task in self.tasks:
            if task.opened_at == at:
                shown |= task.data
        return shown

    def written_at(self, line: Told) -> dict[str, Any]:
        """Return what is known to have been written with a line."""
        said: Mapping[str, Any] = line.facts.get(WROTE, {})
        return {**self.shown_at(line.at), **said}


def told(
    rows: Sequence[Row], last: int, nodes_of: NodesOf, played: Container[str]
) -> Sequence[Told]:
    """Return the lines of a past, by the names that the played version has.

    ``last`` is the version that the instance has ended on, or stands on now.
    """
    names = _Names(rows, played)
    first = next((row.facts["from"] for row in rows if row.kind == MIGRATED), last)
    found = []
    for place, row in enumerate(rows):
        definition_id = first if place == 0 else None
        facts = row.facts
        if row.kind in {MIGRATED, UNMIGRATED}:
            definition_id = facts["to"]
        elif row.kind == MOVED:
            facts = {**facts, "to": names.at(place, facts["to"])}
        known = None
        if definition_id is not None:
            nodes = nodes_of(definition_id)
            known = {names.at(place, each): node for each, node in nodes.items()}
        element = None if row.element_id is None else names.at(place, row.element_id)
        found.append(Told(row.kind, row.at, element, facts, known))
    return found


class _Names:
    """What an element of the past is called in the played version, as its migrations tell."""

    def __init__(self, rows: Sequence[Row], played: Container[str]) -> None:
        self._played = played
        self._moves: list[tuple[int, Mapping[str, str]]] = []
        for place, row in enumerate(rows):
            if row.kind == MIGRATED:
                self._moves.append((place, row.facts.get("renamed", {})))
            elif row.kind == UNMIGRATED:
                self._moves.pop()

    def at(self, place: int, element: str) -> str:
        """Return the name of an element that a line has told; the later name comes first."""
        later, earlier = [element], [element]
        for moved, renamed in self._moves:
            if moved > place:
                later.append(renamed.get(later[-1], later[-1]))
        for moved, renamed in reversed(self._moves):
            if moved <= place:
                back = {after: before for before, after in renamed.items()}
                earlier.append(back.get(earlier[-1], earlier[-1]))
        names = [*reversed(later), *earlier]
        return next((name for name in names if name in self._played), element)
