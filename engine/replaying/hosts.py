"""The host of a replay: operations and decisions write what the history says they wrote."""

from collections import defaultdict, deque
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from engine.diagrams import DecisionStep
from engine.errors import BusinessError
from engine.machine import Token
from engine.registry import Registry
from engine.replaying.pasts import Past, Told

Lines = Mapping[str, deque[tuple[Told, Told | None]]]
"""For each element, the lines of its operations and decisions, each with the one after it."""

ASKED: Final = frozenset({"operation", "decided"})


class Memory:
    """A host that does nothing, and remembers what was done."""

    def __init__(
        self, past: Past, registry: Registry, lists: Mapping[datetime, Mapping[str, Any]]
    ) -> None:
        self._lists_at = lists
        self.at: datetime = past.instance.started_at
        self._past = past
        self._registry = registry
        self._lines: dict[str, deque[tuple[Told, Told | None]]] = defaultdict(deque)
        for line, after in pairwise([*past.lines, None]):
            if line is not None and line.kind in ASKED and line.element_id is not None:
                self._lines[line.element_id].append((line, after))

    def kept(self) -> Lines:
        """Return which lines are still to be told."""
        return {element: deque(lines) for element, lines in self._lines.items()}

    def restore(self, lines: Lines) -> None:
        """Go back to the lines that were still to be told."""
        self._lines = defaultdict(deque, {one: deque(left) for one, left in lines.items()})

    def now(self) -> datetime:
        """Return the moment that is played."""
        return self.at

    def must_be_callable(self, _process_id: str) -> None:
        """Let every process be called: nothing is started."""

    def operate(
        self, token: Token, operation: str, _parameters: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """Write what the operation wrote then, or fail as it failed."""
        known = self._registry.operations.get(operation)
        line, after = self._next(token.task_spec.node.id)
        if known is not None and known.outside:
            return None
        if after is not None and after.kind == "error" and after.at == self.at:
            raise BusinessError(after.facts.get("name", ""))
        keys = frozenset(() if known is None else known.writes)
        return {} if line is None else self._wrote(line, keys)

    def decide(
        self, step: DecisionStep, _inputs: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Write what the decision wrote then."""
        for lines in self._lines.values():
            if lines and lines[0][0].facts.get("decision") == step.decision:
                line, _ = lines.popleft()
                return self._wrote(line, frozenset({step.writes} - {""})), {}
        return {}, {}

    def _next(self, element: str) -> tuple[Told | None, Told | None]:
        lines = self._lines[element]
        return lines.popleft() if lines else (None, None)

    def _wrote(self, line: Told, keys: frozenset[str]) -> dict[str, Any]:
        """Return what a line tells, and of the rest what a task showed at the same moment."""
        shown = {**self._lists_at.get(line.at, {}), **self._past.shown_at(line.at)}
        seen = {key: shown[key] for key in keys if key in shown}
        return {**seen, **line.facts.get("wrote", {})}
