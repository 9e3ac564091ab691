"""The scanner for viruses: clamd, asked over its own protocol. It fails closed."""

import socket
from struct import pack
from typing import IO

from workflows.errors import PaperRefused

PATIENCE = 20.0
CHUNK = 64 * 1024
ANSWER = 4096


def must_be_clean(file: IO[bytes], address: str) -> None:
    """Refuse an infected file, and any file while the scanner doesn't answer clearly.

    ``address`` is ``host:port`` or the path of a socket; an empty one means no scanner.
    """
    if not address:
        return
    try:
        answer = _ask(file, address)
    except (OSError, ValueError) as error:
        raise PaperRefused(why="scanner") from error
    if answer.endswith("FOUND"):
        raise PaperRefused(why="infected")
    if not answer.endswith("OK"):
        raise PaperRefused(why="scanner")


def _ask(file: IO[bytes], address: str) -> str:
    file.seek(0)
    with _connect(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            connection.sendall(pack("!L", len(chunk)) + chunk)
        connection.sendall(pack("!L", 0))
        return connection.recv(ANSWER).rstrip(b"\0\n ").decode(errors="replace")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE)
        connection.connect(address)
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), PATIENCE)
