"""What an issue says: a small tree of nodes, rebuilt from an allow-list, never kept as sent.

A document holds headings, paragraphs, tables and annexes; these hold text, figures and blanks.
A figure is a name whose value comes from the snapshot alone; a blank waits to be filled in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from workflows.errors import ContentUnfit
from workflows.publications.numbering import untyped

Node = dict[str, Any]
Value = Callable[[str, int | None], str]
"""Tells what stands in a figure's place: its name and unit, its words; none are a gap."""

LEVELS: Final = 4
MOST_BLOCKS: Final = 2_000
MOST_TEXT: Final = 20_000
"""How many characters one block may have."""
MOST_IN_ALL: Final = 300_000
MOST_CELLS: Final = 20_000
NAME, LABEL, ANNEX = 80, 200, 200
GAP: Final = "——"
"""What stands where a figure couldn't be computed."""


@dataclass(frozen=True, slots=True)
class Used:
    """A figure or a blank in its place: in which block it stands."""

    block: int
    name: str
    unit: int | None = None


# -- reading what was sent ----------------------------------------------------------------


def checked(sent: object) -> Node:
    """Return a document rebuilt from what was sent; refuse whatever doesn't belong in one."""
    doc = _node(sent, "doc")
    blocks = [_block(each) for each in _children(doc, MOST_BLOCKS)]
    made: Node = {"type": "doc", "content": blocks}
    if len(text_of(made)) > MOST_IN_ALL:
        _refuse("long", most=MOST_IN_ALL)
    return made


def _block(sent: object) -> Node:
    node = _node(sent)
    read = BLOCKS.get(node["type"])
    if read is None:
        _refuse("node", node=str(node["type"])[:NAME])
    return read(node)


def _heading(node: Node) -> Node:
    level = _attrs(node).get("level")
    if level not in range(1, LEVELS + 1) or not _is_whole(level):
        _refuse("level")
    line = _line(node)
    first = line.get("content", [{}])[0]
    if first.get("type") == "text":  # its number follows from its place
        first["text"] = untyped(first["text"]) or first["text"]
    return {"type": "heading", "attrs": {"level": level}, **line}


def _paragraph(node: Node) -> Node:
    return {"type": "paragraph", **_line(node)}


def _annex(node: Node) -> Node:
    return {"type": "annex", "attrs": {"title": _words(_attrs(node).get("title", ""), ANNEX)}}


def _table(node: Node) -> Node:
    rows = [_row(each) for each in _children(node, MOST_BLOCKS)]
    widths = {len(row["content"]) for row in rows}
    if len(widths) != 1 or len(rows) * max(widths) > MOST_CELLS:
        _refuse("table")
    return {"type": "table", "content": rows}


def _row(sent: object) -> Node:
    node = _node(sent, "table_row")
    cells = [_cell(each) for each in _children(node, LABEL)]
    if not cells:
        _refuse("table")
    return {"type": "table_row", "content": cells}


def _cell(sent: object) -> Node:
    node = _node(sent, "table_cell")
    header = _attrs(node).get("header") is True
    return {"type": "table_cell", "attrs": {"header": header}, **_line(node)}


BLOCKS: Mapping[str, Callable[[Node], Node]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "table": _table,
    "annex": _annex,
}


def _line(node: Node) -> Node:
    """Return the inline nodes of a block; an empty one has none, as the editor writes it."""
    inline = [_inline(each) for each in _children(node, MOST_BLOCKS)]
    if sum(len(_said(each)) for each in inline) > MOST_TEXT:
        _refuse("long", most=MOST_TEXT)
    return {"content": inline} if inline else {}


def _inline(sent: object) -> Node:
    node = _node(sent)
    if node["type"] == "text":
        return {"type": "text", "text": _words(node.get("text"), MOST_TEXT, blank=False)}
    attrs = _attrs(node)
    if node["type"] == "blank":
        return {"type": "blank", "attrs": {"label": _words(attrs.get("label"), LABEL)}}
    if node["type"] != "figure":
        _refuse("node", node=str(node["type"])[:NAME])
    unit = attrs.get("unit")
    if unit is not None and not _is_whole(unit):
        _refuse("figure")
    name = _words(attrs.get("name"), NAME, blank=False)
    return {"type": "figure", "attrs": {"name": name, "unit": unit, "value": ""}}


def _node(sent: object, type_: str | None = None) -> Node:
    if not isinstance(sent, dict) or not isinstance(sent.get("type"), str):
        _refuse("node", node="")
    if type_ is not None and sent["type"] != type_:
        _refuse("node", node=sent["type"][:NAME])
    return sent


def _children(node: Node, most: int) -> list[object]:
    found = node.get("content", [])
    if not isinstance(found, list) or len(found) > most:
        _refuse("many", most=most)
    return found


def _attrs(node: Node) -> dict[str, Any]:
    found = node.get("attrs") or {}
    if not isinstance(found, dict):
        _refuse("node", node=node["type"][:NAME])
    return found


def _words(sent: object, most: int, *, blank: bool = True) -> str:
    """Return some words without signs that no paper can show."""
    if not isinstance(sent, str):
        _refuse("text")
    shown = "".join(sign for sign in sent if sign.isprintable())
    if len(shown) > most:
        _refuse("long", most=most)
    if not shown and not blank:
        _refuse("text")
    return shown


def _is_whole(sent: object) -> bool:
    return isinstance(sent, int) and not isinstance(sent, bool) and 0 < sent < 2**31


def _refuse(why: str, **facts: object) -> NoReturn:
    raise ContentUnfit(why, **facts)


# -- going through a document -------------------------------------------------------------


def blocks_of(doc: Node) -> list[Node]:
    """Return the blocks of a document."""
    return doc.get("content", [])  # type: ignore[no-any-return] # as checked has built it


def inlines(block: Node) -> Iterator[Node]:
    """Walk over the inline nodes of a block, those of a table's cells too."""
    for node in block.get("content", []):
        if node["type"] in ("table_row", "table_cell"):
            yield from inlines(node)
        else:
            yield node


def figures_in(doc: Node) -> Iterator[Used]:
    """Walk over the figures of a document."""
    for place, block in enumerate(blocks_of(doc)):
        for node in inlines(block):
            if node["type"] == "figure":
                yield Used(place, node["attrs"]["name"], node["attrs"]["unit"])


def blanks_in(doc: Node) -> Iterator[Used]:
    """Walk over the blanks of a document."""
    for place, block in enumerate(blocks_of(doc)):
        for node in inlines(block):
            if node["type"] == "blank":
                yield Used(place, node["attrs"]["label"])


def without_blanks(doc: Node) -> Node:
    """Return a document without the blocks that have a blank, nor headings left with nothing."""
    kept: list[Node] = []
    for block in reversed(blocks_of(doc)):
        if any(node["type"] == "blank" for node in inlines(block)):
            continue
        if block["type"] in ("heading", "annex") and _ends(kept[-1] if kept else None, block):
            continue
        kept.append(block)
    return {**doc, "content": kept[::-1]}


def _ends(following: Node | None, heading: Node) -> bool:
    """Say whether what a heading is about ends before it has begun."""
    if following is None or following["type"] == "annex":
        return True
    if heading["type"] == "annex" or following["type"] != "heading":
        return False
    return int(heading["attrs"]["level"]) >= int(following["attrs"]["level"])


def text_of(doc: Node) -> str:
    """Return all that a document says, one block a line."""
    return "\n".join(_block_text(block) for block in blocks_of(doc))


def place_of(doc: Node, *signs: str) -> int | None:
    """Return the first block that says one of these; a title or an addressee is no block."""
    for place, block in enumerate(blocks_of(doc)):
        if any(sign in _block_text(block) for sign in signs):
            return place
    return None


def _block_text(block: Node) -> str:
    if block["type"] == "annex":
        return str(block["attrs"]["title"])
    return "".join(_said(node) for node in inlines(block))


def _said(node: Node) -> str:
    if node["type"] == "text":
        return str(node["text"])
    return str(node["attrs"]["value"]) if node["type"] == "figure" else ""


# -- making one ---------------------------------------------------------------------------


def filled(doc: Node, value: Value) -> Node:
    """Return a document with every figure's value put in its place."""
    return {**doc, "content": [_filled(block, value) for block in blocks_of(doc)]}


def _filled(node: Node, value: Value) -> Node:
    if node["type"] == "figure":
        attrs = node["attrs"]
        said = value(attrs["name"], attrs["unit"])
        return {"type": "figure", "attrs": {**attrs, "value": said}}
    if "content" not in node:
        return node
    return {**node, "content": [_filled(each, value) for each in node["content"]]}


def doc(*blocks: Node) -> Node:
    """Make a document."""
    return {"type": "doc", "content": list(blocks)}


def heading(level: int, text: str) -> Node:
    """Make a heading."""
    return {"type": "heading", "attrs": {"level": level}, "content": [said(text)]}


def paragraph(*inline: Node | str) -> Node:
    """Make a paragraph of words, figures and blanks."""
    nodes = [said(each) if isinstance(each, str) else each for each in inline if each]
    return {"type": "paragraph", **({"content": nodes} if nodes else {})}


def said(text: str) -> Node:
    """Make some words."""
    return {"type": "text", "text": text}


def figure(name: str, unit: int | None = None) -> Node:
    """Make a figure; its value comes later, from a snapshot."""
    return {"type": "figure", "attrs": {"name": name, "unit": unit, "value": ""}}


def blank(label: str) -> Node:
    """Make a blank that somebody has to fill in."""
    return {"type": "blank", "attrs": {"label": label}}


def annex(title: str) -> Node:
    """Begin an annex; what follows belongs to it."""
    return {"type": "annex", "attrs": {"title": title}}


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Node:
    """Make a table of words under a header."""
    return {
        "type": "table",
        "content": [_made_row(header, header=True), *(_made_row(row) for row in rows)],
    }


def _made_row(cells: Sequence[str], *, header: bool = False) -> Node:
    return {
        "type": "table_row",
        "content": [
            {
                "type": "table_cell",
                "attrs": {"header": header},
                **({"content": [said(each)]} if each else {}),
            }
            for each in cells
        ],
    }
