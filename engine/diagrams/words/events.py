"""Which events may stand where: element × what it is about × position × interrupting."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from lxml import etree

from engine.diagrams.model import EventKind
from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.tags import BPMN, EVENTS, Roots, name_of


class Position(StrEnum):
    """Where an event stands."""

    START = "startEvent"
    SUB_START = "subProcess"
    TRIGGER = "eventSubProcess"
    BOUNDARY = "boundaryEvent"
    CATCH = "intermediateCatchEvent"
    THROW = "intermediateThrowEvent"
    END = "endEvent"


AWAITED: Final = frozenset(
    {EventKind.MESSAGE, EventKind.TIMER, EventKind.SIGNAL, EventKind.CONDITION}
)
RAISED: Final = frozenset({EventKind.ERROR, EventKind.ESCALATION})
SAID: Final = frozenset({EventKind.NONE, EventKind.MESSAGE, EventKind.SIGNAL, EventKind.ESCALATION})
SELF: Final = frozenset({EventKind.MESSAGE, EventKind.TIMER, EventKind.SIGNAL})
NONE: Final = frozenset({EventKind.NONE})
ALLOWED: Final = {
    Position.START: NONE | SELF,
    Position.SUB_START: NONE,
    Position.TRIGGER: AWAITED | RAISED,
    Position.BOUNDARY: AWAITED | RAISED,
    Position.CATCH: AWAITED | {EventKind.LINK},
    Position.THROW: SAID | {EventKind.LINK},
    Position.END: SAID | {EventKind.ERROR, EventKind.TERMINATE},
}
NEVER: Final = {
    BPMN + "compensateEventDefinition": "compensation_unsupported",
    BPMN + "cancelEventDefinition": "cancel_unsupported",
}
"""Events that are run nowhere, and what to draw instead."""
INTERRUPTING: Final = frozenset({EventKind.ERROR})
"""Events that end what they hang on: nothing goes on beside them."""
UNFIT: Final = {
    Position.START: "start_event_unsupported",
    Position.SUB_START: "sub_start_event",
}
"""Why an event may not stand at a position; elsewhere the other events are named."""


def check_event(
    element: etree._Element, roots: Roots, problems: Problems, *, self_starting: bool
) -> None:
    """Check that an event is about exactly what such an event may be about."""
    drawn = roots.definitions(element)
    referred = element.findall(BPMN + "eventDefinitionRef")
    inline = sum(name_of(child).endswith("EventDefinition") for child in element)
    if len(drawn) < inline + len(referred):
        references = ", ".join((child.text or "").strip() for child in referred)
        problems.note("reference_dangling", element, reference=references)
        return
    position = _position(element)
    if len(drawn) > 1:
        problems.note("event_several", element)
    elif drawn:
        _check_definition(element, str(drawn[0].tag), problems, self_starting=self_starting)
    elif EventKind.NONE not in ALLOWED[position]:
        problems.note("event_missing", element, allowed=_names(position))
    kinds = [EVENTS.get(str(definition.tag)) for definition in drawn]
    _check_interrupting(element, position, kinds, problems)


def _check_definition(
    element: etree._Element, tag: str, problems: Problems, *, self_starting: bool
) -> None:
    position, kind = _position(element), EVENTS.get(tag)
    if tag in NEVER:
        problems.note(NEVER[tag], element)
    elif kind not in ALLOWED[position]:
        problems.note(
            UNFIT.get(position, "event_unsupported"),
            element,
            event=str(kind or etree.QName(tag).localname),
            element=position.value,
            allowed=_names(position),
        )
    elif position is Position.START and not self_starting:
        problems.note("start_by_itself", element)


def _check_interrupting(
    element: etree._Element,
    position: Position,
    kinds: Sequence[EventKind | None],
    problems: Problems,
) -> None:
    """Check that what goes on beside an event may go on."""
    leaves = "false" in {element.get("isInterrupting"), element.get("cancelActivity")}
    if leaves and position in {Position.START, Position.SUB_START}:
        problems.note("interrupting_misplaced", element)
    if leaves and not INTERRUPTING.isdisjoint(kinds):
        problems.note("error_interrupts", element)


def _position(element: etree._Element) -> Position:
    above = element.getparent()
    if element.tag != BPMN + "startEvent" or above is None or above.tag != BPMN + "subProcess":
        return Position(name_of(element))
    return Position.TRIGGER if above.get("triggeredByEvent") == "true" else Position.SUB_START


def _names(position: Position) -> str:
    return ", ".join(sorted(ALLOWED[position] - NONE))
