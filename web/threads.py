"""The web server's threads: how they wait for a request, and how they stop.

Browsers open connections that they never use, and keep used ones for later. gunicorn waits for
both when it is told to stop, up to its whole patience; only a request in flight deserves that.
"""

import time

from gunicorn.workers import gthread

SPEECHLESS = 0.5
"""Seconds that a thread waits for the first byte before the connection waits by itself."""
LINGER = 0.5
"""Seconds that a stopping server still answers on a connection that was used before."""


class ThreadWorker(gthread.ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """gunicorn's threads, which let nothing but requests in flight hold up the end."""

    def handle(self, conn: gthread.TConn) -> object:
        """Handle a request, once there is one."""
        spoken = conn.initialized or conn.wait_for_data(SPEECHLESS)
        return super().handle(conn) if spoken else gthread._DEFER  # noqa: SLF001

    def _cap_keepalive(self, deadline: float) -> None:
        """Let go of what waits: connections that said nothing now, used ones in a moment."""
        for conn in self.pending_conns:
            conn.timeout = 0.0
        self.murder_pending()
        super()._cap_keepalive(min(deadline, time.monotonic() + LINGER))
