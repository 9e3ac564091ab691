"""Whether a diagram names only what the host knows: steps, roles, operations, dates, processes."""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from engine.diagrams.model import Diagram, Node, OperationStep, UserStep
from engine.diagrams.timers import KEY, Rule
from engine.errors import Fault, Problem
from engine.records import Field
from engine.registry import Operation, Registry
from engine.values import is_a

Deployed = Callable[[str], Diagram | None]

NO_LIMIT: Final = "none"
OUTCOME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
FIELD_TYPES: Final = frozenset({"text", "long_text", "number", "date", "yes_no", "choice"})
OUTCOME_KEY: Final = "outcome"


def check_names(diagram: Diagram, registry: Registry, deployed: Deployed | None) -> list[Problem]:
    """Return every name in the diagram that the host doesn't know."""
    problems = []
    taken = _taken(diagram, registry)
    for node in diagram.nodes.values():
        for code, facts in _node_problems(node, diagram, registry, deployed, taken):
            problems.append(Problem(code, node.id, node.name, facts))
    return problems


Found = Iterator[tuple[str, dict[str, Any]]]


def _node_problems(
    node: Node,
    diagram: Diagram,
    registry: Registry,
    deployed: Deployed | None,
    taken: frozenset[str],
) -> Found:
    if node.user is not None:
        yield from _user_problems(node.user, registry)
        yield from _outcome_problems(node.user, registry)
        yield from _form_problems(node.user.form, taken)
    if node.service is not None:
        yield from _operation_problems(node.service, registry)
    if node.timer is not None:
        yield from _timer_problems(node.timer, registry)
    if node.call is not None:
        keys = [*node.call.passes, *filter(None, (node.call.items, node.call.item))]
        yield from (("key_unfit", {"key": key}) for key in keys if not _is_key(key))
        if deployed is not None or node.call.process_id == diagram.process_id:
            yield from _call_problems(node.call.process_id, diagram, deployed)


def _user_problems(step: UserStep, registry: Registry) -> Found:
    if not step.step:
        yield "step_missing", {}
    elif step.step not in registry.steps:
        yield "step_unknown", {"step": step.step}
    if step.role and step.role not in registry.roles:
        yield "role_unknown", {"role": step.role}
    if step.assignee and step.assignee not in registry.assignees:
        yield "who_unknown", {"who": step.assignee}
    if not step.role and not step.assignee:
        yield "nobody", {}
    if not step.limit:
        yield "limit_missing", {}
    elif step.limit != NO_LIMIT and not _knows_limit(step.limit, registry):
        yield "limit_unknown", {"limit": step.limit}


def _knows_limit(limit: str, registry: Registry) -> bool:
    return limit in registry.limits or limit.removeprefix("due.") in registry.due_dates


def _outcome_problems(step: UserStep, registry: Registry) -> Found:
    kind = registry.steps.get(step.step)
    values = [outcome.value for outcome in step.outcomes]
    for value in values:
        if not OUTCOME.fullmatch(value):
            yield "outcome_unfit", {"outcome": value}
        elif values.count(value) > 1:
            yield "outcome_twice", {"outcome": value}
        elif kind is not None and kind.outcomes is not None and value not in kind.outcomes:
            yield "outcome_unknown", {"outcome": value, "step": step.step}
    if kind is not None and kind.outcomes and not values:
        yield "outcome_missing", {"step": step.step}


def _taken(diagram: Diagram, registry: Registry) -> frozenset[str]:
    """Return the keys that no form may write: steps, operations and calls decide by them."""
    calls = [node.call for node in diagram.nodes.values() if node.call is not None]
    called = [key for call in calls for key in (call.items, call.item, *call.passes) if key]
    steps = (key for step in registry.steps.values() for key in step.writes)
    operations = (key for operation in registry.operations.values() for key in operation.writes)
    return frozenset({OUTCOME_KEY, *called, *steps, *operations})


def _form_problems(form: tuple[Field, ...], taken: frozenset[str]) -> Found:
    keys = [field.key for field in form]
    for field in form:
        if not _is_key(field.key) or field.key in taken:
            yield "field_unfit", {"field": field.key}
        elif keys.count(field.key) > 1:
            yield "field_twice", {"field": field.key}
        if field.type not in FIELD_TYPES:
            yield "field_type_unknown", {"field": field.key, "type": field.type}
        elif field.type == "choice" and not field.options:
            yield "field_options_missing", {"field": field.key}


def _operation_problems(step: OperationStep, registry: Registry) -> Found:
    if not step.operation:
        yield "operation_missing", {}
        return
    known = registry.operations.get(step.operation)
    if known is None:
        yield "operation_unknown", {"operation": step.operation}
        return
    for name in _needed(known) - set(step.parameters):
        yield "parameter_missing", {"operation": known.name, "parameter": name}
    for name, value in step.parameters.items():
        wanted = known.parameters.get(name)
        if wanted is None:
            yield "parameter_unknown", {"operation": known.name, "parameter": name}
        elif not value.names and not _fits(value.value, wanted):
            yield "parameter_type", {"parameter": name, "type": wanted.__name__}


def _needed(operation: Operation) -> set[str]:
    """Return the parameters that an operation can't do without."""
    drawn = inspect.signature(operation.run).parameters
    return {
        name
        for name in operation.parameters
        if name not in drawn or drawn[name].default is inspect.Parameter.empty
    }


def _fits(value: Callable[[dict[str, Any]], Any], wanted: type) -> bool:
    """Tell whether an expression that reads no data gives a value of the wanted type."""
    try:
        return is_a(value({}), wanted)
    except Fault:
        return False


def _timer_problems(rule: Rule, registry: Registry) -> Found:
    if rule.due is not None and rule.due not in registry.due_dates:
        yield "due_unknown", {"due": rule.due}


def _call_problems(process_id: str, diagram: Diagram, deployed: Deployed | None) -> Found:
    """Check that the called process is deployed, and doesn't lead back here."""
    if not process_id:
        yield "call_missing", {}
        return
    seen: set[str] = set()
    todo = [process_id]
    while todo:
        called = todo.pop()
        if called == diagram.process_id:
            yield "call_recursive", {"process": process_id}
            return
        found = None if deployed is None else deployed(called)
        if found is None:
            yield "call_unknown", {"process": called}
        elif called not in seen:
            seen.add(called)
            todo += found.called


def _is_key(text: str) -> bool:
    return KEY.fullmatch(text) is not None
