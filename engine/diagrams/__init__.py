"""What a diagram says: read, checked and compiled, before anything runs."""

from engine.diagrams.expressions import Expression
from engine.diagrams.gate import check, passed, reread
from engine.diagrams.messages import MESSAGES
from engine.diagrams.model import (
    CallStep,
    DecisionStep,
    Diagram,
    Event,
    EventKind,
    Flow,
    Kind,
    Loop,
    LoopKind,
    Node,
    OperationStep,
    UserStep,
)
from engine.diagrams.timers import Armed, Rule

__all__ = [
    "MESSAGES",
    "Armed",
    "CallStep",
    "DecisionStep",
    "Diagram",
    "Event",
    "EventKind",
    "Expression",
    "Flow",
    "Kind",
    "Loop",
    "LoopKind",
    "Node",
    "OperationStep",
    "Rule",
    "UserStep",
    "check",
    "passed",
    "reread",
]
