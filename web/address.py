"""Under which address readers reach the house: for the links of its mails."""

import socket
from collections.abc import Mapping

from engine import Session
from workflows import settings

EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 (listening there is the operator's choice)
HOST, PORT = "127.0.0.1", 8000


def address(session: Session, environment: Mapping[str, str]) -> str:
    """Return the address that was set for the office, or else the one that is served."""
    told = environment.get("DUBAN_ADDRESS") or settings.text(session, "office.address")
    return told.rstrip("/") or served(environment)


def served(environment: Mapping[str, str]) -> str:
    """Return the address that the web server listens at; everywhere is this machine by name."""
    host = environment.get("DUBAN_HOST") or HOST
    scheme = "https" if environment.get("DUBAN_HTTPS") == "1" else "http"
    named = socket.gethostname() if host in EVERYWHERE else host
    return f"{scheme}://{joined(named, int(environment.get('DUBAN_PORT') or PORT))}"


def joined(host: str, port: int) -> str:
    """Write a host and a port as an address does."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
