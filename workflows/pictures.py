"""Photographs: looked at before they are decoded, kept without where and by which device.

What a camera writes beside the picture is dropped, its place and serial number with it; the
time that it states is kept as a fact of its own. The picture is written anew, so that nothing
can lie behind it, turned as the camera was held; beside it lies a small one for pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from threading import Lock
from types import MappingProxyType
from typing import IO, Any

from PIL import Image, ImageOps

from workflows.calendar import BEIJING
from workflows.errors import PaperRefused

FORMATS: Mapping[str, str] = MappingProxyType(
    {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
)
"""What may be shown in a page, and what it is called by the library that reads it."""

MOST_PIXELS = 64_000_000
"""A telephone's largest; a few bytes can claim to be more than a machine can hold."""
LONGEST_SIDE = 20_000
Image.MAX_IMAGE_PIXELS = None  # the library would only warn, and later than this house refuses
SHOWN = ("icc_profile", "transparency")
"""What a picture needs beside its points to look as it does."""
SMALL = (480, 480)
QUALITY = 92
SMALL_QUALITY = 80
TAKEN, OFFSET, DETAILS, ORIENTATION = 0x9003, 0x9011, 0x8769, 0x0112
STATED = "%Y:%m:%d %H:%M:%S"
OLDEST = 1990
UPRIGHT = 1
_ALONE = Lock()
"""One picture at a time is unpacked: a few small files can be gigabytes of points."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: itself, a small one, and when its camera says it was taken."""

    content: BytesIO
    small: bytes
    taken_at: datetime | None


def cleaned(stream: IO[bytes], media_type: str) -> Picture:
    """Write a picture anew without what its camera wrote beside it, or refuse it."""
    stream.seek(0)
    try:
        with _ALONE, Image.open(stream, formats=[FORMATS[media_type]]) as image:
            _must_be_bounded(image)
            exif = image.getexif()
            taken_at = _taken_at(exif)
            turned = exif.get(ORIENTATION, UPRIGHT) != UPRIGHT
            image.info = {name: image.info[name] for name in SHOWN if name in image.info}
            content = _written(ImageOps.exif_transpose(image) if turned else image, media_type)
            return Picture(content, _small(image), taken_at)
    except PaperRefused:
        raise
    except Exception as error:  # a decoder may stumble in many ways over what isn't a picture
        raise PaperRefused(why="broken") from error


def _must_be_bounded(image: Image.Image) -> None:
    """Refuse a picture by its head alone, before anything of it is decoded."""
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise PaperRefused(why="pixels", most=MOST_PIXELS // 1_000_000)


def _written(image: Image.Image, media_type: str) -> BytesIO:
    content = BytesIO()
    options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile"), "exif": b""}
    if media_type == "image/jpeg":
        kept = getattr(image, "quantization", None) and image.format == "JPEG"
        options["quality"] = "keep" if kept else QUALITY
    if media_type == "image/webp":
        options["quality"] = QUALITY
    image.save(content, FORMATS[media_type], **options)
    return content


def _small(image: Image.Image) -> bytes:
    image.thumbnail(SMALL)  # in its own place: a large one isn't held twice
    small = ImageOps.exif_transpose(image)
    content = BytesIO()
    small.convert("RGB").save(content, "WEBP", quality=SMALL_QUALITY, exif=b"")
    return content.getvalue()


def _taken_at(exif: Image.Exif) -> datetime | None:
    """Read when the camera says that it was taken; without a zone the office's is meant."""
    details = exif.get_ifd(DETAILS)
    stated, offset = (str(details.get(tag, "")).strip("\0 ") for tag in (TAKEN, OFFSET))
    try:
        taken = datetime.strptime(stated, STATED).replace(tzinfo=BEIJING)
        if offset:
            taken = taken.replace(tzinfo=datetime.strptime(offset, "%z").tzinfo)
    except ValueError:
        return None
    return taken if taken.year >= OLDEST else None
