"""Reads what an event waits for or throws, written in it or at the root of the file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from lxml import etree

from engine.diagrams.model import NOTHING, Event, EventKind, Kind
from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.parts import expression, expression_in, keys, parameters
from engine.diagrams.reading.tags import BPMN, DUBAN, EVENTS, Roots, text_in
from engine.diagrams.timers import (
    Duration,
    Rule,
    TimerRefused,
    duration,
    read_cycle,
    read_date,
    read_duration,
    zone_of,
)

THROWERS: Final = frozenset({Kind.THROW, Kind.END, Kind.SEND})
EVENT_NODES: Final = frozenset({Kind.START, Kind.END, Kind.BOUNDARY, Kind.CATCH, Kind.THROW})
TIMERS: Final[dict[str, Callable[[str, tzinfo | None], Rule]]] = {
    BPMN + "timeDuration": read_duration,
    BPMN + "timeDate": read_date,
    BPMN + "timeCycle": read_cycle,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event is drawn: its element, what it is about, and what it may refer to."""

    element: etree._Element
    definition: etree._Element
    kind: Kind
    roots: Roots
    problems: Problems

    @property
    def throws(self) -> bool:
        """Tell whether it says something rather than waits for it."""
        return self.kind in THROWERS


def read_event(element: etree._Element, kind: Kind, roots: Roots, problems: Problems) -> Event:
    """Read an event; one that is about nothing, or about too much, is read as about nothing."""
    drawn = roots.definitions(element)
    if len(drawn) != 1 or drawn[0].tag not in EVENTS:
        return Event()
    event_kind = EVENTS[drawn[0].tag]
    return READERS[event_kind](Place(element, drawn[0], kind, roots, problems))


def read_message_task(
    element: etree._Element, kind: Kind, roots: Roots, problems: Problems
) -> Event:
    """Read the message that a task sends or waits for."""
    return _message(Place(element, element, kind, roots, problems))


def _message(place: Place) -> Event:
    element, problems = place.element, place.problems
    routed = element.get(DUBAN + "correlation")
    if routed is None and place.throws:
        problems.note("correlation_missing", element)
    return Event(
        EventKind.MESSAGE,
        _name(place, "message"),
        correlation=None if routed is None else expression(element, routed, problems),
        payload=parameters(element, problems) if place.throws else NOTHING,
        takes=keys(element.get(DUBAN + "take", "")),
        lives=_lives(element, problems),
    )


def _lives(element: etree._Element, problems: Problems) -> Duration | None:
    text = element.get(DUBAN + "ttl")
    if text is None:
        return None
    try:
        return duration(text)
    except (TimerRefused, OverflowError) as error:
        problems.note("timer_unreadable", element, timer=text, reason=str(error))
        return None


def _signal(place: Place) -> Event:
    return Event(EventKind.SIGNAL, _name(place, "signal"))


def _name(place: Place, kind: str) -> str | None:
    """Return the name of the message or signal that is referred to."""
    found = place.roots.find(kind, place.definition.get(f"{kind}Ref", ""))
    name = None if found is None else found.get("name")
    if not name:
        place.problems.note(f"{kind}_missing", place.element)
    return name or None


def _error(place: Place) -> Event:
    return Event(EventKind.ERROR, _code(place, "error"))


def _escalation(place: Place) -> Event:
    return Event(EventKind.ESCALATION, _code(place, "escalation"))


def _code(place: Place, kind: str) -> str | None:
    """Return the code that is referred to; without one, a catcher catches all."""
    reference = place.definition.get(f"{kind}Ref")
    found = place.roots.find(kind, reference or "")
    if reference and found is None:
        place.problems.note("reference_dangling", place.element, reference=reference)
        return None
    code = None if found is None else found.get(f"{kind}Code") or found.get("name")
    if not code and place.throws:
        place.problems.note("code_missing", place.element)
    return code or None


def _condition(place: Place) -> Event:
    if not text_in(place.definition, "condition"):
        place.problems.note("condition_unsaid", place.element)
        return Event(EventKind.CONDITION)
    condition = expression_in(place.definition, "condition", place.problems)
    return Event(EventKind.CONDITION, condition=condition)


def _link(place: Place) -> Event:
    name = place.definition.get("name")
    if not name:
        place.problems.note("link_unnamed", place.element)
    return Event(EventKind.LINK, name or None)


def _terminate(_place: Place) -> Event:
    return Event(EventKind.TERMINATE)


def _timer(place: Place) -> Event:
    drawn = [(str(child.tag), child) for child in place.definition if child.tag in TIMERS]
    if len(drawn) != 1:
        place.problems.note("timer_incomplete", place.element)
        return Event(EventKind.TIMER)
    tag, timer = drawn[0]
    text = (timer.text or "").strip()
    try:
        named = place.element.get(DUBAN + "zone")
        zone = None if named is None else zone_of(named)
        return Event(EventKind.TIMER, timer=TIMERS[tag](text, zone))
    except (TimerRefused, OverflowError) as error:
        place.problems.note("timer_unreadable", place.element, timer=text, reason=str(error))
        return Event(EventKind.TIMER)


READERS: Final[dict[EventKind, Callable[[Place], Event]]] = {
    EventKind.MESSAGE: _message,
    EventKind.TIMER: _timer,
    EventKind.SIGNAL: _signal,
    EventKind.ERROR: _error,
    EventKind.ESCALATION: _escalation,
    EventKind.CONDITION: _condition,
    EventKind.LINK: _link,
    EventKind.TERMINATE: _terminate,
}
