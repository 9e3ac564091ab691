"""A paper without the signs that no file can hold."""

import re
from dataclasses import replace
from typing import Any

from workflows.documents.paper import Block, Paper

UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
TEXTS = (
    "title", "head", "label", "number", "organ", "addressee", "signature", "remark",
    "copies_to", "printer", "secrecy", "urgency", "copy_number", "signer",
)  # fmt: skip


def written(paper: Paper) -> Paper:
    """Return a paper whose every text can be written into a file."""
    texts: dict[str, Any] = {name: _clean(getattr(paper, name)) for name in TEXTS}
    blocks = tuple(map(_block, paper.blocks))
    return replace(paper, blocks=blocks, annexes=tuple(map(_clean, paper.annexes)), **texts)


def _block(block: Block) -> Block:
    return replace(
        block,
        runs=tuple(replace(run, text=_clean(run.text)) for run in block.runs),
        rows=tuple(tuple(map(_clean, row)) for row in block.rows),
    )


def _clean(text: str) -> str:
    return UNWRITABLE.sub("", text)
