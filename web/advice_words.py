"""What supervision asks of a diagram besides the gate, in words: the text, and how to draw it."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

WORDS: Mapping[str, LazyString] = MappingProxyType(
    {
        "process_renamed": _l("The draft is of the process %(process)s, and must keep that id."),
    }
)

HINTS: Mapping[str, LazyString] = MappingProxyType(
    {
        "process_renamed": _l("For a process of another id, copy the diagram in the list."),
        "limit_missing": _l("Choose a limit on the right, or say that there is none."),
        "limit_unknown": _l("Choose one of the limits of the list, or add it under Limits first."),
        "nobody": _l("Draw the task into a lane that has a role, or say on the right who does it."),
        "outcome_missing": _l("Add an outcome on the right for each way on from here."),
        "step_missing": _l("Choose on the right what kind of step it is; a form fits any other."),
        "default_missing": _l("Mark the flow that is taken otherwise as the default one."),
        "condition_missing": _l("Give the flow a condition, or make it the default flow."),
        "name_missing": _l("Name it as handlers would say it: a verb and what it is about."),
        "no_way_out": _l("Draw a flow on from here: to the next step, or to an end."),
        "unreachable": _l("Draw a flow to it, or delete it."),
        "operation_missing": _l("Choose on the right what is to be done of itself."),
        "call_unknown": _l("Deploy that process first, or choose another one."),
    }
)
"""How to draw it instead; most words of the gate say that themselves."""
