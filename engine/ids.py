"""Ids that sort in the order in which this process made them."""

import secrets
import threading
import time
from typing import Final
from uuid import UUID


class _Ids:
    """Gives each id a later moment than the one before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> UUID:
        """Return an id with the time in front and chance behind (UUID version 8)."""
        with self._lock:
            self._last = moment = max(time.time_ns() >> 1, self._last + 1)
        high, low = moment >> 12, moment & 0xFFF
        return UUID(int=high << 80 | 0x8 << 76 | low << 64 | 0x2 << 62 | secrets.randbits(62))


_ids: Final = _Ids()


def new_id() -> UUID:
    """Return a new id.

    What is made together lies together in every index, children are found in the
    order of their list, and instances are locked in the order of their making.
    """
    return _ids.next()
