"""What the tests of the house start as processes of their own."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from web import installation
from web.server import Server

LONG = 600
"""Seconds that a patient server gives a request or an idle connection."""


def install(told: Mapping[str, str], log: str) -> None:
    """Make the first start of a half in an environment; what it says goes into a file."""
    os.environ.update(told)
    with Path(log).open("a", encoding="utf-8") as sys.stdout:
        sys.exit(installation.main())


def serve(told: Mapping[str, str], port: int) -> None:
    """Serve the pages, and wait for ten minutes before anything is broken off."""
    os.environ.update(told)
    Server("127.0.0.1", port, graceful_timeout=LONG, keepalive=LONG).run()
