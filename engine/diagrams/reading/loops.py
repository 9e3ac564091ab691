"""Reads how often an activity is done: for each of a list, so many times, or on a condition."""

import re
from typing import Final

from lxml import etree

from engine.diagrams.expressions import Expression
from engine.diagrams.model import Loop, LoopKind
from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.parts import expression_in
from engine.diagrams.reading.tags import BPMN, text_in
from engine.errors import Fault

SEVERAL: Final = BPMN + "multiInstanceLoopCharacteristics"
STANDARD: Final = BPMN + "standardLoopCharacteristics"
MOST: Final = re.compile(r"[1-9][0-9]{0,8}")


def read_loop(element: etree._Element, problems: Problems) -> Loop | None:
    """Read the mark of an activity that is done several times, if it has one."""
    marks = [child for child in element if child.tag in {SEVERAL, STANDARD}]
    if len(marks) > 1:
        problems.note("loop_several", element)
    if not marks:
        return None
    return (_several if marks[0].tag == SEVERAL else _standard)(marks[0], problems)


def _several(mark: etree._Element, problems: Problems) -> Loop:
    """Read a multi-instance mark: one instance for each element, or so many."""
    items, item = text_in(mark, "loopDataInputRef"), _item(mark, "inputDataItem")
    output, output_item = text_in(mark, "loopDataOutputRef"), _item(mark, "outputDataItem")
    counted = mark.find(BPMN + "loopCardinality") is not None
    if counted == bool(items or item) or bool(items) != bool(item):
        problems.note("several_incomplete", mark)
    if bool(output) != bool(output_item):
        problems.note("output_incomplete", mark)
    return Loop(
        LoopKind.SEQUENTIAL if mark.get("isSequential") == "true" else LoopKind.PARALLEL,
        items=items or None,
        item=item or None,
        count=_count(mark, problems),
        output=output or None,
        output_item=output_item or None,
        until=expression_in(mark, "completionCondition", problems),
    )


def _item(mark: etree._Element, name: str) -> str:
    """Return the key of one element of a list: the item's name, or its id if it has none."""
    drawn = mark.find(BPMN + name)
    return "" if drawn is None else drawn.get("name") or drawn.get("id") or ""


def _count(mark: etree._Element, problems: Problems) -> Expression | None:
    count = expression_in(mark, "loopCardinality", problems)
    if count is not None and not count.names and not _is_count(count):
        problems.note("count_unfit", mark, count=count.text)
    return count


def _is_count(count: Expression) -> bool:
    """Tell whether an expression that reads no data gives a whole number that isn't negative."""
    try:
        value = count.value({})
    except Fault:
        return False
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _standard(mark: etree._Element, problems: Problems) -> Loop:
    """Read a standard loop: while a condition holds, and so many times at most."""
    condition, most = expression_in(mark, "loopCondition", problems), mark.get("loopMaximum")
    if mark.find(BPMN + "loopCondition") is None and most is None:
        problems.note("loop_endless", mark)
    if most is not None and not MOST.fullmatch(most):
        problems.note("most_unfit", mark, most=most)
        most = None
    return Loop(
        LoopKind.STANDARD,
        condition=condition,
        before=mark.get("testBefore") == "true",
        most=None if most is None else int(most),
    )
