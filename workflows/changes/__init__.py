"""Changes 变更 of a unit's part: a later limit, another target, or none of it any more.

The unit asks before the limit runs out, its head signs, the supervisor passes it on with an
opinion, and the leader decides. What was agreed takes effect as the diagram says so.
"""

from workflows.changes.answers import advise_change, decide_change, endorse_change
from workflows.changes.asking import Wish, ask_change
from workflows.changes.effects import apply, decide, lapse, settle

__all__ = [
    "Wish",
    "advise_change",
    "apply",
    "ask_change",
    "decide",
    "decide_change",
    "endorse_change",
    "lapse",
    "settle",
]
