"""What supervision asks of a diagram besides the gate, in words: the text, and how to draw it."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

WORDS: Mapping[str, LazyString] = MappingProxyType(
    {
        "process_renamed": _l("The draft is of the process %(process)s, and must keep that id."),
        "no_part": _l("It waits for a date of a unit's part, and the item itself has no part."),
        "no_return": _l("Nobody can send the work back from here."),
        "returns_nowhere": _l("It may send the work back, but no way leads back from here."),
        "no_escalation": _l("A unit owes this by a limit, and nothing happens when it is late."),
        "unsigned": _l("It leaves the unit without the signature of the unit's head."),
        "judged_early": _l("The office looks at it while other units may still be working."),
        "no_limit": _l("A unit owes this without any limit: it can wait for ever."),
        "no_english": _l("It has no English name: readers of English see the Chinese one."),
    }
)

HINTS: Mapping[str, LazyString] = MappingProxyType(
    {
        "process_renamed": _l("For a process of another id, copy the diagram in the list."),
        "no_part": _l(
            "Put the timer into the process that is called for each unit; the item itself has "
            "due.limit."
        ),
        "no_return": _l(
            "Add the outcome that returns it, and lead it back to the step whose work it judges."
        ),
        "returns_nowhere": _l(
            "Draw a flow from the gateway behind it, with the outcome as its condition, back to "
            "the step whose work it judges."
        ),
        "no_escalation": _l(
            "Put a timer on it that doesn't interrupt, with R/due.overdue/P1D, and lead it to a "
            "call of the ladder (escalation)."
        ),
        "unsigned": _l(
            "Draw a step of the kind confirm (for a reply: sign_reply), done by the unit's head, "
            "between the two."
        ),
        "judged_early": _l(
            "Let the units' branches meet in a parallel gateway, and draw this step behind it."
        ),
        "no_limit": _l("Choose a limit on the right: the part's own one is due.limit."),
        "no_english": _l("Write the English name on the right."),
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
