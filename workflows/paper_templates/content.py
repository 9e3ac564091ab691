"""What a template says before anybody has written a word, with values in the place of marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workflows.documents import MARK, Block, BlockKind, Run
from workflows.figures import FIGURES
from workflows.paper_templates.known import Template

Node = dict[str, Any]

LEVELS: Mapping[BlockKind, int] = {
    BlockKind.HEADING1: 1,
    BlockKind.HEADING2: 2,
    BlockKind.HEADING3: 3,
    BlockKind.HEADING4: 4,
}


def first_content(template: Template, values: Mapping[str, str] | None = None) -> Node:
    """Return a template's text as a draft's first content: a document of the editor.

    Marks that name figures become figures; those of ``values`` become words; what is left is a
    blank that somebody has to fill in.
    """
    return content_of(template.sketch.blocks, values)


def content_of(blocks: Sequence[Block], values: Mapping[str, str] | None = None) -> Node:
    """Return blocks as a document of the editor."""
    return {"type": "doc", "content": [_node(block, values or {}) for block in blocks]}


def first_title(template: Template, values: Mapping[str, str]) -> str:
    """Return the title that a template suggests; one that lacks a value is nobody's title yet."""
    return _whole(template.sketch.title, values)


def first_addressee(template: Template, values: Mapping[str, str]) -> str:
    """Return whom a template suggests to send the paper to."""
    return _whole(template.sketch.addressee, values)


def filled(template: Template, values: Mapping[str, str]) -> tuple[Block, ...]:
    """Return a template's text as blocks; lines and rows with nothing in their marks go."""
    return tuple(_filled(template.sketch.blocks, values))


def _whole(text: str, values: Mapping[str, str]) -> str:
    lacks = any(not values.get(mark[1] or "") for mark in MARK.finditer(text))
    return "" if lacks else put(text, values)


def put(text: str, values: Mapping[str, str]) -> str:
    """Return a text with values in the place of its marks; a mark without one stays."""
    return MARK.sub(lambda mark: values.get((mark[1] or "").strip(), mark[0]), text)


def _filled(blocks: Sequence[Block], values: Mapping[str, str]) -> Iterator[Block]:
    for block in blocks:
        rows = tuple(
            tuple(put(cell, values) for cell in row)
            for row in block.rows
            if not _says_nothing("".join(row), values)
        )
        if block.rows and rows:
            yield replace(block, rows=rows)
        elif not block.rows and not _says_nothing(block.text, values):
            yield replace(block, runs=(Run(put(block.text, values)),))


def _says_nothing(text: str, values: Mapping[str, str]) -> bool:
    marks = [values.get((mark[1] or "").strip()) for mark in MARK.finditer(text)]
    return bool(marks) and all(value == "" for value in marks)


# -- nodes of the editor --------------------------------------------------------------------


def _node(block: Block, values: Mapping[str, str]) -> Node:
    if block.kind is BlockKind.ANNEX:
        return {"type": "annex", "attrs": {"title": put(block.text, values)}}
    if block.kind is BlockKind.TABLE:
        rows = [
            _row(row, values, header=block.headed and not at) for at, row in enumerate(block.rows)
        ]
        return {"type": "table", "content": rows}
    inline = _inline(block.text, values)
    content = {"content": inline} if inline else {}
    if block.kind in LEVELS:
        return {"type": "heading", "attrs": {"level": LEVELS[block.kind]}, **content}
    return {"type": "paragraph", **content}


def _row(row: Sequence[str], values: Mapping[str, str], *, header: bool) -> Node:
    cells = [
        {
            "type": "table_cell",
            "attrs": {"header": header},
            **({"content": inline} if (inline := _inline(cell, values)) else {}),
        }
        for cell in row
    ]
    return {"type": "table_row", "content": cells}


def _inline(text: str, values: Mapping[str, str]) -> list[Node]:
    """Return a line's words, figures and blanks; words beside each other are one node."""
    nodes: list[Node] = []
    for node in _pieces(text, values):
        if nodes and node["type"] == nodes[-1]["type"] == "text":
            nodes[-1] = {"type": "text", "text": nodes[-1]["text"] + node["text"]}
        else:
            nodes.append(node)
    return nodes


def _pieces(text: str, values: Mapping[str, str]) -> Iterator[Node]:
    at = 0
    for mark in MARK.finditer(text):
        if mark.start() > at:
            yield {"type": "text", "text": text[at : mark.start()]}
        yield from _marked((mark[1] or "").strip(), mark[2], values)
        at = mark.end()
    if at < len(text):
        yield {"type": "text", "text": text[at:]}


def _marked(name: str, label: str | None, values: Mapping[str, str]) -> Iterator[Node]:
    if label is not None:
        yield {"type": "blank", "attrs": {"label": label.strip()}}
    elif name in FIGURES:
        yield {"type": "figure", "attrs": {"name": name, "unit": None, "value": ""}}
    elif value := values.get(name):
        yield {"type": "text", "text": value}
    else:
        yield {"type": "blank", "attrs": {"label": name}}
