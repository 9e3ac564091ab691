"""The templates that the house ships: short texts, set in the frames of their forms."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from workflows.documents import Block, BlockKind, Form, Paper, block_of, template_of
from workflows.paper_templates.kinds import TemplateKind

FOLDER = Path(__file__).with_name("shipped")
ANNEX, CELL = "附件：", "|"
SOME_DAY = date(2020, 1, 1)
"""A frame has a line for the date if its paper has one."""


@cache
def shipped_file(kind: TemplateKind) -> bytes:
    """Return the template that the house ships for a kind."""
    source = (FOLDER / f"{kind.source}.txt").read_text("utf-8")
    heads, _, text = source.partition("\n\n") if source[0] != "\n" else ("", "", source)
    suggested = dict(line.split(": ", 1) for line in heads.splitlines())
    paper = Paper(
        form=kind.form,
        head=kind.head or ("{{head}}" if "head" in kind.elements else ""),
        label=kind.label,
        ink=kind.ink,
        title=suggested.get("title", ""),
        addressee=suggested.get("addressee", ""),
        organ="{{organ}}",
        signature="{{signature}}" if "signature" in kind.elements else "",
        issued_on=SOME_DAY,
        blocks=tuple(_blocks(text.strip().splitlines())),
    )
    said = {"head", "label"} if kind.form is Form.NOTICE else set()
    return template_of(paper, set(kind.elements + kind.optional) - said - set(suggested))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        if line.startswith(CELL):
            rows.append(tuple(cell.strip() for cell in line.strip(CELL).split(CELL)))
            continue
        if rows:
            yield Block(BlockKind.TABLE, rows=tuple(rows), headed=False)
            rows = []
        if line.startswith(ANNEX):
            yield block_of(line.removeprefix(ANNEX), BlockKind.ANNEX)
        elif line:
            yield block_of(line)
