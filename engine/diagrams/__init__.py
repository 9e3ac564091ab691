"""What a diagram says: read, checked and compiled, before anything runs."""

from engine.diagrams.expressions import Expression
from engine.diagrams.gate import MESSAGES, check, passed
from engine.diagrams.model import CallStep, Diagram, Flow, Kind, Node, OperationStep, UserStep
from engine.diagrams.timers import Rule

__all__ = [
    "MESSAGES",
    "CallStep",
    "Diagram",
    "Expression",
    "Flow",
    "Kind",
    "Node",
    "OperationStep",
    "Rule",
    "UserStep",
    "check",
    "passed",
]
