"""Whether tokens grow without bound: the same way has made more and more of them."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from engine.diagrams.soundness.forms import DONE, Forms
from engine.diagrams.soundness.moves import Edge

TIMES: Final = 3
"""So many times a state must hold all of an earlier one, and more."""


def grows(forms: Forms, came: Mapping[int, Edge | None], state: int) -> int | None:
    """Return where tokens grow, if the way to a state has made more and more of them."""
    last = forms.counted(state)
    place = max(last, key=lambda spot: (last[spot], -spot[0]))
    held, times = last, 0
    edge = came[state]
    while edge is not None and edge.source != DONE:
        earlier = forms.counted(edge.source)
        if _is_less(earlier, held, place):
            held, times = earlier, times + 1
            if times == TIMES:
                return place[0]
        edge = came[edge.source]
    return None


Spot = tuple[int, tuple[int, ...], int]


def _is_less(earlier: Counter[Spot], later: Counter[Spot], place: Spot) -> bool:
    return earlier[place] < later[place] and earlier <= later
