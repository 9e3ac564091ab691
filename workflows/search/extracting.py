"""The text of a file, read by another process: a hostile file only kills that one."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from workflows import paper_kinds
from workflows.archives import must_be_harmless
from workflows.errors import PaperRefused
from workflows.tables import TextState

EXTRACTOR = Path(__file__).with_name("extractor.py")
MOST_CHARACTERS = 400_000
PATIENCE = 40
ARCHIVES = frozenset({"docx", "xlsx"})
KINDS: Mapping[str, str] = MappingProxyType(
    {
        paper_kinds.PDF.media_type: "pdf",
        paper_kinds.DOCX.media_type: "docx",
        paper_kinds.XLSX.media_type: "xlsx",
        paper_kinds.TXT.media_type: "txt",
    }
)
"""The kinds of files whose text is read."""


class Extract(NamedTuple):
    """A file's text, or why there is none; ``cut`` if only its beginning was read."""

    state: TextState
    text: str = ""
    why: str = ""
    cut: bool = False


def extract(path: Path, media_type: str) -> Extract:
    """Read a file's text; a bomb isn't opened, and whatever takes too long is given up."""
    kind = KINDS.get(media_type)
    if kind is None:
        return Extract(TextState.UNREADABLE, why="kind")
    if kind in ARCHIVES:
        try:
            with path.open("rb") as file:
                must_be_harmless(file)
        except PaperRefused as refusal:
            return Extract(TextState.REFUSED, why=str(refusal.facts["why"]))
    return _told(path, kind)


def _told(path: Path, kind: str) -> Extract:
    try:
        with path.open("rb") as file:
            done = subprocess.run(  # noqa: S603 (our own program; the file is only its input)
                [sys.executable, "-I", str(EXTRACTOR), kind, str(MOST_CHARACTERS)],
                stdin=file,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
    except subprocess.TimeoutExpired:
        return Extract(TextState.UNREADABLE, why="too_heavy")
    if done.returncode != 0:
        return Extract(TextState.UNREADABLE, why="too_heavy")
    told = json.loads(done.stdout)
    if "why" in told:
        return Extract(TextState.UNREADABLE, why=told["why"])
    if not told["text"].strip():
        return Extract(TextState.EMPTY)
    return Extract(TextState.READ, told["text"], cut=told["cut"])
