"""The blanks of a template that the ledger itself can fill: praise, lateness, the ranking."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType
from typing import Final

from engine import Session
from workflows import assessment, figures
from workflows.actors import Actor
from workflows.assessment import Standing
from workflows.documents import chinese
from workflows.errors import QuarterUnknown
from workflows.figures import quarter_of
from workflows.publications.content import (
    Node,
    blocks_of,
    inlines,
    paragraph,
    said,
    table,
)
from workflows.publications.naming import named_in
from workflows.tables import Item, Named, Part, Publication

PRAISED, CRITICISED, LATE = "表扬单位", "批评单位", "逾期事项"
RANKING, MATTER = "排名表", "事项情况"
OVERDUE: Final = "items_overdue"
SHOWN: Final = 10
"""How many late items a text names; the rest are in the annex or behind the figure."""

Known = Callable[[Session, Actor, Publication], list[Node]]


def put_in(session: Session, actor: Actor, draft: Publication, doc: Node) -> Node:
    """Return a document with what is known in the place of its blanks; the others stay."""
    blocks: list[Node] = []
    for block in blocks_of(doc):
        blocks.extend(_block(session, actor, draft, block))
    return {**doc, "content": blocks}


def _block(session: Session, actor: Actor, draft: Publication, block: Node) -> list[Node]:
    labels = [node["attrs"]["label"] for node in inlines(block) if node["type"] == "blank"]
    if labels and labels[0] in BLOCKS:
        return BLOCKS[labels[0]](session, actor, draft) or [block]
    if not set(labels) & set(WORDS):
        return [block]
    inline: list[Node] = []
    for node in block.get("content", []):
        label = node["attrs"]["label"] if node["type"] == "blank" else ""
        words = WORDS[label](session, actor, draft) if label in WORDS else ""
        inline.append(said(words) if words else node)
    return [{**block, "content": inline}]


# -- words --------------------------------------------------------------------------------


def _praised(session: Session, _actor: Actor, draft: Publication) -> str:
    return _named(session, draft, Named.PRAISE)


def _criticised(session: Session, _actor: Actor, draft: Publication) -> str:
    return _named(session, draft, Named.CRITICISM)


def _named(session: Session, draft: Publication, why: Named) -> str:
    """Return the units with the matters for which they are named."""
    found = [one for one in named_in(session, draft.id) if one.named is why]
    return "、".join(f"{one.unit.name}（{one.suggestion.item.title}）" for one in found)


def _late(session: Session, actor: Actor, draft: Publication) -> str:
    if draft.snapshot_id is None:
        return ""
    rows = figures.frozen_rows(session, actor, draft.snapshot_id, OVERDUE)
    told = [f"{row.unit}承办的{row.title}" for row in rows[:SHOWN]]
    more = f"等{len(rows)}项" if len(rows) > SHOWN else ""
    return "；".join(told) + more


WORDS: Mapping[str, Callable[[Session, Actor, Publication], str]] = MappingProxyType(
    {PRAISED: _praised, CRITICISED: _criticised, LATE: _late}
)
"""The blanks in whose place some words stand."""


# -- blocks -------------------------------------------------------------------------------


def _matter(session: Session, _actor: Actor, draft: Publication) -> list[Node]:
    """Tell of the item that an issue is about: its basis, target, units, limit and progress."""
    if draft.item_id is None:
        return []
    item = session.get_one(Item, draft.item_id)
    lead = [part.unit.name for part in item.assignments if part.part is Part.LEAD]
    others = [part.unit.name for part in item.assignments if part.part is not Part.LEAD]
    told = [
        ("交办依据：", item.basis),
        ("目标要求：", item.target),
        ("牵头单位：", "、".join(dict.fromkeys(lead))),
        ("协办单位：", "、".join(dict.fromkeys(others))),
        ("办理时限：", _day(item.due_on)),
        ("进展情况：", item.progress),
    ]
    return [paragraph(label + words.rstrip("。") + "。") for label, words in told if words]


def _day(day: date | None) -> str:
    return chinese(day) if day else ""


def _ranking(session: Session, actor: Actor, draft: Publication) -> list[Node]:
    """Write the ranks of the quarter in which an issue's days end, group by group."""
    try:
        found = assessment.standing(session, actor, draft.last.year, quarter_of(draft.last))
    except QuarterUnknown:
        return []
    ranked = sorted((each for each in found if each.rank is not None), key=_place)
    nodes: list[Node] = []
    for _, group in groupby(ranked, key=lambda each: each.group.position):
        standings = list(group)
        rows = [(str(each.rank), each.unit.name, points(each.score)) for each in standings]
        nodes += [paragraph(f"{standings[0].group.name}："), table(("名次", "单位", "得分"), rows)]
    return nodes


def _place(standing: Standing) -> tuple[int, int, int]:
    return standing.group.position, standing.rank or 0, standing.unit.position


def points(score: Decimal) -> str:
    """Write a score as papers do, without needless noughts."""
    return f"{score.normalize():f}"


BLOCKS: Mapping[str, Known] = MappingProxyType({MATTER: _matter, RANKING: _ranking})
"""The blanks whose whole paragraph gives place to paragraphs and tables."""
