"""Requests that leave the house for an address that somebody typed into a setting.

The name is resolved once, every address that it has must be a public one or stand on the list
of the operator, and the connection goes to the very address that was looked at. Redirects
aren't followed (OWASP, Server-Side Request Forgery Prevention).
"""

import http.client
import ipaddress
import os
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from web.channels.adapter import ChannelFailed

PATIENCE = 5.0
MOST = 64 * 1024
ALLOWED = "DUBAN_OUTGOING"
"""The variable that names hosts inside the house's own network, as ``host:port`` with commas."""

PORTS = {"http": 80, "https": 443}


class AddressRefused(ChannelFailed):
    """This isn't an address that the house calls."""


def post(url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Send something to an address; only a 2xx counts as taken. Return the answer's start."""
    scheme, host, port, target = _parts(url)
    place = _place(host, port)
    connection = _connection(scheme, host, port, place)
    try:
        connection.request("POST", target, body, {**headers, "User-Agent": "duban"})
        answer = connection.getresponse()
        said = answer.read(MOST)
    except (OSError, http.client.HTTPException) as error:
        message = f"{type(error).__name__}: {error}"
        raise ChannelFailed(message) from error
    finally:
        connection.close()
    if not http.client.OK <= answer.status < http.client.MULTIPLE_CHOICES:
        message = f"HTTP {answer.status}"
        raise ChannelFailed(message)
    return said


def _parts(url: str) -> tuple[str, str, int, str]:
    """Take an address apart, or refuse what isn't a plain http(s) one."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise AddressRefused(url) from error
    if not host or "@" in parts.netloc or not url.isprintable() or set(url) & set(" \\"):
        raise AddressRefused(url)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return parts.scheme, host, port, target


def _place(host: str, port: int) -> str:
    """Return the one address to connect to; all that the name has must be open to us."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        message = f"{host}: {error}"
        raise ChannelFailed(message) from error
    places = [str(info[4][0]) for info in found]
    named = f"{host}:{port}" in os.environ.get(ALLOWED, "").split(",")
    if not named and not all(_is_public(place) for place in places):
        raise AddressRefused(host)
    return places[0]


def _is_public(place: str) -> bool:
    address = ipaddress.ip_address(place.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not address.is_multicast


def _connection(scheme: str, host: str, port: int, place: str) -> http.client.HTTPConnection:
    """Return a connection that goes to a place already looked at, under the host's name."""
    if scheme == "http":
        return _To(host, port, place)
    return _ToSafely(host, port, place)


class _To(http.client.HTTPConnection):
    """A connection to one address, whatever its name means by now."""

    def __init__(self, host: str, port: int, place: str) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self.place = place

    def connect(self) -> None:
        """Connect to the place that was looked at."""
        self.sock = socket.create_connection((self.place, self.port), PATIENCE)


class _ToSafely(http.client.HTTPSConnection):
    """The same with TLS; the certificate must be the name's."""

    def __init__(self, host: str, port: int, place: str) -> None:
        self.trusted = ssl.create_default_context()
        super().__init__(host, port, timeout=PATIENCE, context=self.trusted)
        self.place = place

    def connect(self) -> None:
        """Connect to the place that was looked at, and check who answers."""
        plain = socket.create_connection((self.place, self.port), PATIENCE)
        self.sock = self.trusted.wrap_socket(plain, server_hostname=self.host)
