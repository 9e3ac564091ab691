"""Reading targets from a workbook: one on each row, all of them or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sqlalchemy import select

from engine import Session
from workflows import rules
from workflows.actors import Actor
from workflows.errors import Refusal, TargetRefused
from workflows.imports.book import as_text, read_cells
from workflows.tables import Direction, Item, Measure, Path, Role, Target
from workflows.targets.setting import Entry, draft
from workflows.units import find_unit

UNIT, ITEM, MEASURE, AMOUNT = "单位", "事项编号", "指标", "目标值"
DIRECTION, FIRST, SECOND, THIRD, NOTE = "方向", "一季度", "二季度", "三季度", "备注"
HEADS = (UNIT, ITEM, MEASURE, DIRECTION, AMOUNT, FIRST, SECOND, THIRD, NOTE)
NEEDED = (MEASURE, AMOUNT)
AT_MOST = frozenset({"至多", "不超过", "不高于", "以下", "≤", "<="})
LEVEL = frozenset({"percent"})
OF_ITEMS: Mapping[str, Measure] = {
    "完成进度": Measure.PERCENT,
    "完成节点": Measure.MILESTONES,
    "完成投资": Measure.INVESTMENT,
}


@dataclass(frozen=True, slots=True)
class Named:
    """A figure by what a sheet calls it; ``level`` says that it holds on every day alike."""

    figure: str
    level: bool


def take_in(
    session: Session, actor: Actor, year: int, content: bytes, names: Mapping[str, Named]
) -> list[Target]:
    """Draft every target of a workbook's first sheet; ``names`` says which figure is meant."""
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    lines = [[as_text(cell) for cell in row] for row in read_cells(content)[0].cells]
    header = next((at for at, line in enumerate(lines) if {*NEEDED} <= {*line}), None)
    if header is None:
        raise TargetRefused("heads", columns="、".join(NEEDED))
    places = {title: place for place, title in enumerate(lines[header]) if title in HEADS}
    numbers = _numbers(session)
    made = []
    for number, line in enumerate(lines[header + 1 :], start=header + 2):
        if any(line):
            cells = _Cells(number, line, places)
            made.append(
                _drafted(session, actor, number, _entry(session, year, cells, names, numbers))
            )
    return made


@dataclass(frozen=True, slots=True)
class _Cells:
    row: int
    line: Sequence[str]
    places: Mapping[str, int]

    def text(self, head: str) -> str:
        place = self.places.get(head)
        return self.line[place] if place is not None and place < len(self.line) else ""

    def must(self, head: str, found: object) -> None:
        if found is None:
            what = f"{head} {self.text(head)}"
            raise TargetRefused("row", row=self.row, what=what)

    def number(self, head: str) -> Decimal | None:
        text = self.text(head).rstrip("%％").replace(",", "")
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        self.must(head, number if number.is_finite() else None)
        return number


def _entry(
    session: Session,
    year: int,
    cells: _Cells,
    names: Mapping[str, Named],
    numbers: Mapping[str, int],
) -> Entry:
    unit = find_unit(session, cells.text(UNIT)) if cells.text(UNIT) else None
    item_id = numbers.get(cells.text(ITEM))
    cells.must(UNIT, unit if cells.text(UNIT) else "")
    cells.must(ITEM, item_id if cells.text(ITEM) else "")
    named = names.get(cells.text(MEASURE))
    measure = Measure.FIGURE if named else OF_ITEMS.get(cells.text(MEASURE))
    amount = cells.number(AMOUNT)
    cells.must(MEASURE, measure)
    cells.must(AMOUNT, amount)
    marks = [cells.number(head) for head in (FIRST, SECOND, THIRD)]
    return Entry(
        year=year,
        measure=measure or Measure.FIGURE,
        amount=amount or Decimal(0),
        figure=named.figure if named else "",
        unit_id=unit.id if unit else None,
        item_id=item_id,
        direction=Direction.AT_MOST if cells.text(DIRECTION) in AT_MOST else Direction.AT_LEAST,
        path=_path(marks, level=named is not None and named.level),
        marks=tuple(marks),
        note=cells.text(NOTE),
    )


def _path(marks: Sequence[Decimal | None], *, level: bool) -> Path:
    if all(mark is not None for mark in marks):
        return Path.QUARTERS
    return Path.LEVEL if level else Path.STRAIGHT


def _drafted(session: Session, actor: Actor, row: int, entry: Entry) -> Target:
    try:
        return draft(session, actor, entry)
    except Refusal as refusal:
        refusal.facts = {**refusal.facts, "row": row}
        raise


def _numbers(session: Session) -> Mapping[str, int]:
    """Return the items by their numbers."""
    items: Iterable[Item] = session.scalars(select(Item))
    return {item.number: item.id for item in items if item.number}
