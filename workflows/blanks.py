"""Blank papers, where nobody has a file at hand: in a trial, in the demo, in a simulated year."""

from io import BytesIO
from typing import Final

from workflows import papers

BLANK: Final = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
"""The smallest PDF that is let in."""


def blank(name: str) -> papers.Checked:
    """Return a blank PDF to be kept, under a name that says what it stands for."""
    return papers.inspect(name, BytesIO(BLANK))
