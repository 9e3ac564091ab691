"""What a diagram may name, in the reader's language: each table is one list of words."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

Words = Mapping[str, LazyString]

OPERATIONS: Words = MappingProxyType(
    {
        "tell_part": _l("Tell whether the unit replies itself"),
        "issue_reply": _l("Issue the reply"),
        "remind_ratings": _l("Remind of ratings that are missing"),
        "redo_reply": _l("Have the reply written anew"),
        "look_for_promises": _l("Look for promises that are still open"),
        "bring_back": _l("Remind of a promise"),
        "record_fast_track": _l("Note the fast track"),
        "number_item": _l("Give the item its number"),
        "remind": _l("Remind the unit"),
        "remind_to_acknowledge": _l("Remind the unit to acknowledge"),
        "escalate": _l("Decide the rung of the ladder"),
        "deliver_rung": _l("Deliver the rung; a slip is numbered"),
        "open_suggestion": _l("Open a suggestion"),
        "ask_interim": _l("Ask for an interim report"),
        "apply_change": _l("Carry out the change"),
        "extend_limit": _l("Extend the limit (older diagrams)"),
        "draw_revisit": _l("Draw whether to revisit"),
        "reopen": _l("Take the item up again under its number"),
        "call_supervision": _l("Call for the week's supervision"),
        "compare_instructions": _l("See whether the instructions differ"),
        "address_result": _l("Decide to whom the result goes"),
        "start_parts": _l("Start the parts of the decision"),
        "hand_out_part": _l("Hand a part to its units"),
        "close_part": _l("Close a part"),
    }
)
"""What an operation does."""

DUE_DATES: Words = MappingProxyType(
    {
        "limit": _l("the day of the limit"),
        "acknowledge": _l("the receipt is late"),
        "warning": _l("the first warning"),
        "second_warning": _l("the second warning"),
        "overdue": _l("the first day overdue"),
        "interim": _l("the next interim report"),
        "rating": _l("the time for ratings is over"),
        "promise": _l("a promise comes back"),
        "revisit": _l("the limit of the revisit"),
        "supervision": _l("the first weekly supervision"),
    }
)
"""The dates that a timer may name."""

OWN_LIMITS: Words = MappingProxyType(
    {
        "due.limit": _l("The limit of the item or of the unit's part"),
        "due.revisit": _l("The limit that was set for the revisit"),
    }
)
"""The limits that aren't rules of the table."""

WHO: Mapping[str, tuple[LazyString, LazyString]] = MappingProxyType(
    {
        "registrar": (_l("Whoever registered it"), _l("The supervisor who registered the item.")),
        "supervisor": (_l("Supervisor"), _l("The item's supervisor in the supervision office.")),
        "director": (_l("Director"), _l("The director of the supervision office.")),
        "handler": (
            _l("Handler of the unit"),
            _l("The unit whose part this is; beside the parts, the lead unit."),
        ),
        "unit_head": (
            _l("Head of the unit"),
            _l("The principal leader of the unit whose part this is."),
        ),
        "sponsor": (_l("Sponsor"), _l("The city leader in charge of the item.")),
        "instructing_leader": (
            _l("Instructing leader"),
            _l("The city leader who gave the instruction; with several, each has one."),
        ),
        "principal_leader": (_l("Principal leader"), _l("The first of the city's leaders.")),
    }
)
"""The rules by which somebody is found, and a sentence about who that is."""

DATA: Words = MappingProxyType(
    {
        "outcome": _l("Outcome of the step before"),
        "loopCounter": _l("Which round this is"),
        "urgency": _l("Urgency"),
        "units": _l("Units that take part"),
        "interim_period": _l("Time between interim reports"),
        "several": _l("Broken down into several parts"),
        "assignment": _l("Part of a unit"),
        "final": _l("The report is final"),
        "answer": _l("Leader's answer"),
        "solved": _l("Really solved"),
        "replies": _l("The unit replies itself"),
        "promises": _l("Promises that are open"),
        "rung": _l("Rung of the ladder"),
        "cancelled": _l("The part is cancelled"),
        "revisit": _l("To be revisited"),
        "supervise": _l("Supervision is due"),
        "differing": _l("The instructions differ"),
        "leaders": _l("Leaders to whom the result goes"),
        "parts_key": _l("Key of the decision's parts"),
    }
)
"""What the names of the data stand for."""

MESSAGES: Words = MappingProxyType(
    {
        "withdraw": _l("The sender takes it back"),
        "change_asked": _l("A unit asks for a change"),
        "parts_done": _l("All parts have ended"),
        "settled": _l("The unit has reported"),
    }
)
"""The messages of the shipped diagrams."""

TYPES: Words = MappingProxyType(
    {
        "bool": _l("yes or no"),
        "int": _l("number"),
        "float": _l("number"),
        "str": _l("text"),
        "list": _l("list"),
        "date": _l("date"),
    }
)
"""What a value can be."""
