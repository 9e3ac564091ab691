"""What a change moves, and what stays on a day off: which day of an item it is."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

WHAT: Mapping[str, LazyString] = {
    "part": _l("Limit of the unit's part"),
    "step": _l("Limit of a step"),
    "report": _l("Next interim report"),
    "period": _l("Next interim report"),
    "visit": _l("Revisit"),
    "answer": _l("Answer to a slip"),
    "window": _l("Window for objecting to the hand-over"),
    "conclusion": _l("Window for objecting to a conclusion"),
    "rating": _l("Proposers' ratings"),
    "rung": _l("Next rung of the ladder"),
    "limit": _l("Limit that was set by hand"),
    "milestone": _l("Milestone"),
    "task": _l("Task of a meeting"),
    "problem": _l("Problem on the spot"),
}


def day_name(what: str) -> str:
    """Return which of an item's days it is."""
    return str(WHAT.get(what, what))
