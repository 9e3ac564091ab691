"""How many public pages one address gets from this process before the house is asked."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workflows.disclosure import visitors
from workflows.errors import TooManyTries
from workflows.tries import MINUTE, WINDOW

MOST: Final = 10_000
"""How many visitors are remembered; whoever was away longest is forgotten first."""


@dataclass(slots=True)
class Allowance:
    """What a visitor may still have in this process, and until when that holds."""

    left: int
    until: datetime
    shut: bool = False


class Visitors:
    """What each visitor may still have: most requests cost a look here and nothing else."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Allowance] = OrderedDict()

    def let_in(self, visitor: str, at: datetime, ask: Callable[[], None]) -> None:
        """Take one page off a visitor's lot; ask for another when it is used up.

        Whoever was refused is refused from memory until the time that was said.
        """
        with self._lock:
            own = self._of(visitor, at)
            if own.shut:
                raise TooManyTries(own.until, math.ceil((own.until - at) / MINUTE))
            if own.left:
                own.left -= 1
                return
        try:
            ask()
        except TooManyTries as refusal:
            with self._lock:
                own.shut, own.until = True, refusal.facts["until"]
            raise
        with self._lock:
            own.left, own.until = own.left + visitors.LOT - 1, at + WINDOW

    def _of(self, visitor: str, at: datetime) -> Allowance:
        own = self._known.get(visitor)
        if own is None or own.until <= at:
            own = self._known[visitor] = Allowance(visitors.LOT, at + WINDOW)
        self._known.move_to_end(visitor)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return own


def pause(refusal: TooManyTries, at: datetime) -> int:
    """Return for how many seconds a visitor is asked to wait."""
    until: datetime = refusal.facts["until"]
    return max(1, math.ceil((until - at) / timedelta(seconds=1)))
