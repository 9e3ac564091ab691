"""One step of an instance under its lock, from its row and back into the tables."""

from engine.steps.cancelling import cancel_held
from engine.steps.hands import Onlooker
from engine.steps.held import Held, hold, keep
from engine.steps.posting import HOPS_SO_FAR, Letter, post
from engine.steps.routing import KEPT, route_message, route_signal
from engine.steps.step import Step
from engine.steps.stepping import begin, begin_by, stepping
from engine.steps.tasks import task_of
from engine.steps.writing import OPERATION
from engine.steps.written import tell_written

__all__ = [
    "HOPS_SO_FAR",
    "KEPT",
    "OPERATION",
    "Held",
    "Letter",
    "Onlooker",
    "Step",
    "begin",
    "begin_by",
    "cancel_held",
    "hold",
    "keep",
    "post",
    "route_message",
    "route_signal",
    "stepping",
    "task_of",
    "tell_written",
]
