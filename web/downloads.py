"""Gives a file to be saved; browsers save it under its Chinese name, and ask anew each time."""

from io import BytesIO
from pathlib import Path

from flask import Response, send_file


def give(content: bytes | Path, kind: str, name: str) -> Response:
    """Answer with a file of this media type under this name."""
    file = BytesIO(content) if isinstance(content, bytes) else content
    return send_file(file, mimetype=kind, as_attachment=True, download_name=name, max_age=0)
