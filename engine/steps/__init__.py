"""One step of an instance under its lock, from its row and back into the tables."""

from engine.steps.hands import Onlooker
from engine.steps.held import Held, hold, keep
from engine.steps.step import (
    CHILD_ENDED,
    HOPS_SO_FAR,
    OPERATION,
    Step,
    begin,
    cancel_held,
    post,
    stepping,
)
from engine.steps.tasks import task_of

__all__ = [
    "CHILD_ENDED",
    "HOPS_SO_FAR",
    "OPERATION",
    "Held",
    "Onlooker",
    "Step",
    "begin",
    "cancel_held",
    "hold",
    "keep",
    "post",
    "stepping",
    "task_of",
]
