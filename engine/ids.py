"""Ids that sort in the order in which this process made them."""

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """Return a new id (UUID version 8): the time in front, chance behind.

    What is made together lies together in every index, children are found in the
    order of their list, and instances are locked in the order of their making.
    """
    global _last  # noqa: PLW0603 (one counter for the process)
    with _lock:
        _last = moment = max(time.time_ns() >> 1, _last + 1)
    high, low = moment >> 12, moment & 0xFFF
    return UUID(int=high << 80 | 0x8 << 76 | low << 64 | 0x2 << 62 | secrets.randbits(62))
