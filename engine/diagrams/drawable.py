"""What may be drawn: the elements that run, and which event may stand where, for an editor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.diagrams.model import ACTIVITIES, EventKind, Kind
from engine.diagrams.rules.events import THROWN
from engine.diagrams.words.events import ALLOWED, INTERRUPTING, SELF, Position


@dataclass(frozen=True, slots=True)
class Drawable:
    """Everything that the gate lets in, by BPMN's names.

    ``events`` says what an event may be about at each position; ``hosts`` on what each
    event may hang; ``interrupting`` which events never leave the work beside them alone.
    """

    elements: frozenset[str]
    events: Mapping[str, frozenset[str]]
    hosts: Mapping[str, frozenset[str]]
    interrupting: frozenset[str]


def _names(kinds: frozenset[Kind] | frozenset[EventKind]) -> frozenset[str]:
    return frozenset(kind.value for kind in kinds)


DRAWABLE: Final = Drawable(
    elements=_names(frozenset(Kind)),
    events={
        **{position.value: _names(kinds) for position, kinds in ALLOWED.items()},
        Position.START.value: _names(ALLOWED[Position.START] - SELF),
    },
    hosts={kind.value: _names(THROWN.get(kind, ACTIVITIES)) for kind in ALLOWED[Position.BOUNDARY]},
    interrupting=_names(INTERRUPTING),
)
