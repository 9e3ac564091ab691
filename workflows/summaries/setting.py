"""A summary as a paper: its text with every figure, and annexes that say what each one counts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine import Session
from workflows import figures, settings
from workflows.actors import Actor
from workflows.calendar import office_day
from workflows.documents import Block, BlockKind, Form, Paper, plain
from workflows.figures import FrozenFigure, Measured, Row
from workflows.publications.content import Node, figures_in, filled
from workflows.publications.measured import written
from workflows.publications.papers import blocks
from workflows.summaries.writing import Reading

MEANINGS, ROWS = "数据口径", "数据明细"
MOST_ROWS = 20
"""How many rows of a figure the annex lists, unless all are asked for."""
GAP, WITHHELD = "——", "（另行送阅）"
"""What stands for a figure that can't be computed, and for a title that the reader isn't told."""
BARE, NOTED = (5, 8, 5, 5), (5, 6, 4, 5, 3)
"""How wide the columns of a list are."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How figures are said in the paper's language."""

    label: Callable[[str], str]
    definition: Callable[[str], str]
    why_not: Callable[[str], str]
    note: Callable[[Row], str]


def paper_of(
    session: Session, actor: Actor, reading: Reading, wording: Wording, most: int | None = MOST_ROWS
) -> Paper:
    """Return a summary as a paper with its annexes; ``most`` rows of each figure are listed."""
    text = text_of(session, reading, wording)
    proof = (*_meanings(reading, wording), *_all_rows(session, actor, reading, wording, most))
    return replace(text, blocks=(*text.blocks, *proof))


def text_of(session: Session, reading: Reading, wording: Wording) -> Paper:
    """Return a summary as a paper without annexes."""
    return Paper(
        form=Form.REPORT,
        title=reading.summary.title,
        blocks=blocks(filled(reading.summary.content, said_in(reading, wording))),
        signature=settings.text(session, "office.name"),
        issued_on=office_day(reading.summary.written_at),
    )


def said_in(reading: Reading, wording: Wording) -> Callable[[str, int | None], str]:
    """Return how a figure is written in the text: its value, or why there is none."""

    def said(name: str, _unit: int | None) -> str:
        found = reading.figures.get(name)
        if found is None:
            return GAP
        if found.value is None:
            return f"{GAP}（{wording.why_not(found.why_not)}）"
        return written(name, found.value)

    return said


def used(content: Node) -> list[str]:
    """Name the figures that stand in a text, in reading order."""
    return list(dict.fromkeys(each.name for each in figures_in(content)))


def _meanings(reading: Reading, wording: Wording) -> Iterator[Block]:
    said = said_in(reading, wording)
    rows = [
        (
            wording.label(name),
            said(name, None) + _out_of(reading.figures.get(name)),
            wording.definition(name),
        )
        for name in used(reading.summary.content)
    ]
    yield plain(MEANINGS, BlockKind.ANNEX)
    yield Block(BlockKind.TABLE, rows=(("数据", "数值", "统计口径"), *rows), shares=(3, 4, 8))


def _out_of(figure: FrozenFigure | None) -> str:
    shared = figure is not None and figure.value is not None and figure.of is not None
    return f"（共{figure.of}）" if figure and shared else ""


def _all_rows(
    session: Session, actor: Actor, reading: Reading, wording: Wording, most: int | None
) -> Iterator[Block]:
    yield plain(f"{ROWS}（快照{reading.snapshot.id}号）", BlockKind.ANNEX)
    for name in used(reading.summary.content):
        rows = figures.frozen_rows(session, actor, reading.snapshot.id, name)
        if rows:
            yield plain(f"{wording.label(name)}（{len(rows)}条）", BlockKind.HEADING2)
            yield _table(name, rows[:most], wording)
        if most is not None and len(rows) > most:
            yield plain(f"其余{len(rows) - most}条见系统中的快照。")


def _table(name: str, rows: Sequence[Row], wording: Wording) -> Block:
    """List rows; the last column is for what one says besides, where any does."""
    share = name in figures.FIGURES and figures.FIGURES[name].measured is Measured.PERCENT
    notes = [("是" if row.counts else "否") if share else wording.note(row) for row in rows]
    head = ("编号", "内容", "单位", "日期", "计入" if share else "备注")
    lines = [
        (row.number, row.title or WITHHELD, row.unit, row.on.isoformat() if row.on else "", note)
        for row, note in zip(rows, notes, strict=True)
    ]
    if not any(notes):
        return Block(
            BlockKind.TABLE, rows=tuple(line[: len(BARE)] for line in (head, *lines)), shares=BARE
        )
    return Block(BlockKind.TABLE, rows=(head, *lines), shares=NOTED)
