"""Photographs: nothing of the place or the device stays, and no picture is a bomb."""

import io
import struct
import zlib
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image, PngImagePlugin
from sqlalchemy import select

from engine import Attempt, Database
from tests.workflows.town import Town
from workflows import papers, pictures
from workflows.errors import PaperRefused
from workflows.tables import Paper

SECRETS = (b"Phone X", b"a comment", b"<x:xmpmeta>", b"GPS")
SIDEWAYS = 6
CHINA = timezone(timedelta(hours=8))


def taken(format_: str, **changed: Any) -> io.BytesIO:
    """Return a photograph as a telephone takes it: with a place, a device and a time."""
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "Phone X", SIDEWAYS
    exif.get_ifd(0x8769)[0x9003] = "2020:03:02 10:15:00"
    exif.get_ifd(0x8769)[0x9011] = changed.pop("offset", "")
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 2.0, 3.0)})
    buffer = io.BytesIO()
    Image.new("RGB", (600, 400), (90, 120, 60)).save(buffer, format_, exif=exif, **changed)
    buffer.write(b"GPS behind the end")
    return buffer


def text() -> PngImagePlugin.PngInfo:
    """Return words that lie in a PNG."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "a comment")
    return info


@pytest.mark.parametrize(
    ("format_", "media_type", "more"),
    [
        ("JPEG", "image/jpeg", {"comment": b"a comment", "xmp": b"<x:xmpmeta>"}),
        ("PNG", "image/png", {"pnginfo": text()}),
        ("WEBP", "image/webp", {"xmp": b"<x:xmpmeta>"}),
    ],
)
def test_a_photograph_keeps_its_points_and_time_and_nothing_else(
    format_: str, media_type: str, more: dict[str, Any]
) -> None:
    sent = taken(format_, **more)
    assert any(secret in sent.getvalue() for secret in SECRETS)

    kept = pictures.cleaned(sent, media_type)

    assert kept.taken_at == datetime(2020, 3, 2, 10, 15, tzinfo=CHINA)
    for content in (kept.content.getvalue(), kept.small):
        assert not [secret for secret in SECRETS if secret in content]
        image = Image.open(io.BytesIO(content))
        assert not dict(image.getexif())
        assert image.height > image.width  # turned as the telephone was held
        assert max(image.size) <= 600


def test_a_time_with_a_zone_is_that_zones() -> None:
    kept = pictures.cleaned(taken("JPEG", offset="+09:00"), "image/jpeg")

    assert kept.taken_at == datetime(2020, 3, 2, 9, 15, tzinfo=CHINA)


def bomb(width: int, height: int) -> bytes:
    """Return a PNG whose head claims to be large; a few bytes long."""

    def chunk(kind: bytes, told: bytes) -> bytes:
        return (
            struct.pack("!I", len(told)) + kind + told + struct.pack("!I", zlib.crc32(kind + told))
        )

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(50_000, 50_000), (30_000, 2), (8_001, 8_001)])
def test_a_bomb_is_refused_before_it_is_decoded(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda _: pytest.fail("it was decoded"))
    with pytest.raises(PaperRefused) as refused:
        papers.inspect("a.png", io.BytesIO(bomb(*size)))

    assert refused.value.facts["why"] == "pixels"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9"),
        ("a.png", bomb(40, 40)),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 " + bytes(40)),
    ],
)
def test_what_only_looks_like_a_picture_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(PaperRefused) as refused:
        papers.inspect(name, io.BytesIO(content))

    assert refused.value.facts["why"] == "broken"


def test_another_format_in_its_name_is_refused() -> None:
    with pytest.raises(PaperRefused):
        papers.inspect("a.png", taken("JPEG"))
    for format_ in ("GIF", "TIFF", "BMP"):
        buffer = io.BytesIO()
        Image.new("RGB", (2, 2)).save(buffer, format_)
        with pytest.raises(PaperRefused):
            papers.inspect("a.jpg", buffer)


def test_the_sweep_leaves_the_small_one_of_what_is_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
    number = uuid4()
    papers.keep_file(papers.inspect("a.jpg", taken("JPEG")), number)

    opened = papers.OpenedPaper("a.jpg", "image/jpeg", 1, papers.path_of(number))

    assert papers.small(opened).media_type == "image/webp"
    assert papers.sweep(database) == 0  # too young to be an orphan


def test_a_picture_that_was_kept_before_is_written_anew_without_place_and_device(
    small_town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
    item_id, sent = small_town.registered(), taken("JPEG").getvalue()
    checked = papers.inspect("a.jpg", io.BytesIO(sent))
    kept = small_town.act("li", papers.keep_paper, item_id, checked)
    path = papers.path_of(kept.id)
    path.write_bytes(sent)  # as an earlier version kept it
    papers.small_path(path).unlink()

    papers.make_small(small_town.database, {}, Attempt(1, 1, last=True))

    (row,) = small_town.rows(select(Paper))
    content = path.read_bytes()
    assert not [secret for secret in SECRETS if secret in content]
    assert (row.size, row.sha256) == (len(content), sha256(content).hexdigest())
    assert papers.small_path(path).is_file()
