"""How a problem of a diagram is mended where one property says it all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import engine
from engine import Diagram, Node, Problem
from workflows.desk import NO_LIMIT, SPONSOR
from workflows.limits import DEFAULTS
from workflows.steps import STEPS
from workflows.tables import Role

PART_LIMIT: Final = "due.limit"
"""The limit of the unit's part itself: what whoever works in a unit goes by."""
UNIT: Final = frozenset({Role.HANDLER, Role.UNIT_HEAD})


@dataclass(frozen=True, slots=True)
class Fix:
    """One property of one element, by its name in the file, and the value that mends it."""

    element: str
    property: str
    value: str | None


Mender = Callable[[Problem, Node, Diagram], Fix | None]


def fixes(xml: bytes, problems: list[Problem]) -> list[Fix | None]:
    """Return for each problem what mends it, or nothing where somebody has to think."""
    try:
        drawn = engine.outline(xml)
    except engine.Refused:
        drawn = None
    return [None if drawn is None else _fix(problem, drawn) for problem in problems]


def _fix(problem: Problem, drawn: Diagram) -> Fix | None:
    whole = WHOLE.get(problem.code)
    if whole is not None:
        return Fix(drawn.process_id, whole, str(problem.facts.get("process", "true")))
    node = drawn.nodes.get(problem.element_id or "")
    mender = MENDERS.get(problem.code)
    return None if node is None or mender is None else mender(problem, node, drawn)


def _limit(_problem: Problem, node: Node, _drawn: Diagram) -> Fix | None:
    """Give a task the limit that its step has elsewhere."""
    step = STEPS.get(node.user.step) if node.user else None
    if step is None:
        return None
    usual = PART_LIMIT if step.role in UNIT else NO_LIMIT
    return Fix(node.id, "duban:limit", step.name if step.name in DEFAULTS else usual)


def _who(_problem: Problem, node: Node, _drawn: Diagram) -> Fix | None:
    """Give a task to whoever does its step elsewhere."""
    step = STEPS.get(node.user.step) if node.user else None
    if step is None:
        return None
    return Fix(node.id, "duban:who", SPONSOR if step.role is Role.LEADER else step.role.value)


def _name(problem: Problem, node: Node, _drawn: Diagram) -> Fix | None:
    """Call a task as its step is called; the page words it."""
    if node.user is None or node.user.step not in STEPS:
        return None
    return Fix(node.id, NAMES[problem.code], node.user.step)


def _default(_problem: Problem, node: Node, _drawn: Diagram) -> Fix | None:
    """Make the one flow that has no condition the default."""
    bare = [flow for flow in node.outgoing if not flow.conditional]
    return Fix(node.id, "default", bare[0].id) if len(bare) == 1 else None


def _no_default(_problem: Problem, node: Node, _drawn: Diagram) -> Fix:
    return Fix(node.id, "default", None)


def _interrupting(_problem: Problem, node: Node, _drawn: Diagram) -> Fix:
    return Fix(node.id, "cancelActivity", "true")


NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"name_missing": "name", "no_english": "duban:name_en"}
)
"""The names that an element has, by what is told where one is missing."""

WHOLE: Final[Mapping[str, str]] = MappingProxyType(
    {"not_executable": "isExecutable", "process_renamed": "id"}
)
"""The property of the process itself that mends a problem."""

MENDERS: Final[Mapping[str, Mender]] = MappingProxyType(
    {
        "limit_missing": _limit,
        "limit_unknown": _limit,
        "no_limit": _limit,
        "nobody": _who,
        "who_unknown": _who,
        "name_missing": _name,
        "no_english": _name,
        "default_missing": _default,
        "default_idle": _no_default,
        "default_unknown": _no_default,
        "error_interrupts": _interrupting,
    }
)
