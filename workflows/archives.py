"""Zip archives from outside: how large they really are, before any reader opens them."""

from collections.abc import Iterator
from stat import S_ISLNK
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 (an exception's name)

from workflows.errors import PaperRefused

MOST_BYTES = 100 * 1024 * 1024
MOST_TIMES = 100
MOST_MEMBERS = 2000
SMALL = 1024 * 1024
CHUNK = 64 * 1024
ENCRYPTED = 0x1
MACROS = ("vbaproject.bin", "vbadata.xml")
MACRO_TYPE = b"macroEnabled"
TYPES = "[Content_Types].xml"


def must_be_harmless(file: IO[bytes]) -> frozenset[str]:
    """Return the names in an archive; refuse bombs, links, odd paths, secrets and macros."""
    size = file.seek(0, 2)
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            members = archive.infolist()
            for member in members:
                _must_be_plain(member)
            if len(members) > MOST_MEMBERS:
                raise PaperRefused(why="bomb")
            _must_stay_small(archive, members, size)
            _must_have_no_macros(archive)
            return frozenset(member.filename for member in members)
    except (BadZipFile, LargeZipFile, ZlibError, NotImplementedError, EOFError, OSError) as error:
        raise PaperRefused(why="broken") from error


def _must_be_plain(member: ZipInfo) -> None:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
        raise PaperRefused(why="path")
    if S_ISLNK(member.external_attr >> 16):
        raise PaperRefused(why="path")
    if member.flag_bits & ENCRYPTED:
        raise PaperRefused(why="encrypted")


def _must_stay_small(archive: ZipFile, members: list[ZipInfo], size: int) -> None:
    """Unpack everything and count; what the members say of themselves is no evidence."""
    most = min(MOST_BYTES, max(SMALL, size * MOST_TIMES))
    unpacked = 0
    for member in members:
        for chunk in _chunks(archive, member):
            unpacked += len(chunk)
            if unpacked > most:
                raise PaperRefused(why="bomb")


def _chunks(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _must_have_no_macros(archive: ZipFile) -> None:
    names = archive.namelist()
    if any(name.casefold().rsplit("/", 1)[-1] in MACROS for name in names):
        raise PaperRefused(why="macros")
    if TYPES in names and MACRO_TYPE in archive.read(TYPES):
        raise PaperRefused(why="macros")
