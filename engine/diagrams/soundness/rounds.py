"""How often an activity with a mark may be done: whether not at all, and whether once."""

from engine.diagrams.model import Loop, LoopKind
from engine.errors import Fault


def rounds(loop: Loop) -> tuple[bool, bool]:
    """Tell whether an activity is done at least once, and whether it may be done at all.

    More than one round is looked at as one: what a round does to tokens, each does.
    """
    if loop.kind is LoopKind.STANDARD:
        return not loop.before, True
    if loop.count is None or loop.count.names:
        return False, True
    try:
        count = loop.count.value({})
    except Fault:
        return False, True
    return bool(count), bool(count)
