"""What must not eat the machine: its work is bounded, however busy others keep it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 10
"""Of this process's own work: many times what anything needs, far less than an attack takes."""


@contextmanager
def frugal() -> Iterator[None]:
    """Let something work; it may take its time, but not the machine."""
    before = time.process_time()
    yield
    assert time.process_time() - before < SECONDS
