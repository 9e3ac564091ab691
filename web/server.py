"""The web server: a few processes of many threads, and how their threads wait and stop.

Browsers open connections that they never use, and keep used ones for later. gunicorn waits for
both when it is told to stop, up to its whole patience; only a request in flight deserves that.
"""

import time
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers import gthread

from web import create_app
from web.address import joined

SPEECHLESS = 0.5
"""Seconds that a thread waits for the first byte before the connection waits by itself."""
LINGER = 0.5
"""Seconds that a stopping server still answers on a connection that was used before."""
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (heartbeats belong where no disk can stall)


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


SETTINGS = {
    "worker_class": ThreadWorker,
    "workers": 2,
    "threads": 16,
    "keepalive": 30,
    "limit_request_line": 8190,  # a long search in Chinese, each character as nine signs
    "timeout": 60,
    "graceful_timeout": 10,
    "loglevel": "warning",
    "control_socket_disable": True,
    "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
}


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """The pages at one address; every process of the server builds them anew."""

    def __init__(self, host: str, port: int, **more: Any) -> None:  # noqa: ANN401 (gunicorn's own settings)
        self._told = {**SETTINGS, "bind": joined(host, port), **more}
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn how to serve."""
        for name, value in self._told.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the pages."""
        return create_app()
