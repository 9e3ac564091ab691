"""What is known of an instance that has run: its lines, and the data that its tasks showed."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.records import Instance
from engine.store import Found as Row

WROTE: Final = "wrote"


@dataclass(frozen=True)
class Past:
    """An instance as its rows tell of it."""

    instance: Instance
    lines: Sequence[Row]
    tasks: Sequence[Row]
    children: Sequence[Row] = ()

    def called_with(self) -> list[tuple[Row, list[Any]]]:
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

    def written_at(self, line: Row) -> dict[str, Any]:
        """Return what is known to have been written with a line."""
        said: Mapping[str, Any] = line.facts.get(WROTE, {})
        return {**self.shown_at(line.at), **said}
