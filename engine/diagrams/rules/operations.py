"""Whether an automatic task names an operation or a decision that the host knows."""

from collections.abc import Callable
from typing import Any

from engine.diagrams.model import DecisionStep, OperationStep
from engine.diagrams.rules.users import Found
from engine.errors import Fault
from engine.registry import Registry
from engine.values import is_a

Decides = Callable[[str], bool]
"""Tells whether a decision of that name is deployed."""


def operation_problems(step: OperationStep, registry: Registry) -> Found:
    """Yield what is wrong with the operation that a service task calls."""
    if not step.operation:
        yield "operation_missing", {}
        return
    known = registry.operations.get(step.operation)
    if known is None:
        yield "operation_unknown", {"operation": step.operation}
        return
    for name in known.required - set(step.parameters):
        yield "parameter_missing", {"operation": known.name, "parameter": name}
    for name, value in step.parameters.items():
        wanted = known.parameters.get(name)
        if wanted is None:
            yield "parameter_unknown", {"operation": known.name, "parameter": name}
        elif not value.names and not _fits(value.value, wanted):
            yield "parameter_type", {"parameter": name, "type": wanted.__name__}


def decision_problems(step: DecisionStep, decides: Decides | None) -> Found:
    """Yield what is wrong with the decision that a business rule task asks for."""
    if not step.decision:
        yield "decision_unsaid", {}
    elif decides is not None and not decides(step.decision):
        yield "decision_unknown", {"decision": step.decision}


def _fits(value: Callable[[dict[str, Any]], Any], wanted: type) -> bool:
    """Tell whether an expression that reads no data gives a value of the wanted type."""
    try:
        return is_a(value({}), wanted)
    except Fault:
        return False
