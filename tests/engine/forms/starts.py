"""The starts of processes and of embedded sub-processes."""

from collections.abc import Iterator, Mapping
from typing import Final

from tests.engine.drawing import diagram, end, path, start, user
from tests.engine.forms.form import EVENTS, PROCESS, READ, SUB, UNDONE, Form, scoped

BY_ITSELF: Final = "start_by_itself"
NO_START: Final = "start_event_unsupported"
PROCESS_STARTS: Final[Mapping[str, tuple[str | None, str | None]]] = {
    "none": (READ, READ),
    "message": (BY_ITSELF, READ),
    "timer": (BY_ITSELF, READ),
    "signal": (BY_ITSELF, READ),
    "conditional": (NO_START, NO_START),
    "error": (NO_START, NO_START),
    "escalation": (NO_START, NO_START),
    "compensate": (UNDONE["compensate"], UNDONE["compensate"]),
    "multiple": ("event_several", "event_several"),
}
"""Why a start is refused: in a house where people register items, and in one where not."""
SUB_STARTS: Final = {**UNDONE, "none": READ, "multiple": "event_several"}
STARTS_IN_PALETTE: Final = frozenset({"none", "message", "timer", "conditional", "signal"})


def starts() -> Iterator[Form]:
    """Yield the starts of processes and of embedded sub-processes."""
    for event, codes in PROCESS_STARTS.items():
        body = (start("x", **EVENTS[event]), user("after"), end(), path("x", "after", "end"))
        shown = event in STARTS_IN_PALETTE
        xml = diagram("p", *body)
        for alone, code in enumerate(codes):
            yield Form(
                "startEvent",
                event,
                PROCESS,
                xml,
                None,
                code,
                self_starting=bool(alone),
                palette=shown,
            )
        code = SUB_STARTS.get(event, "sub_start_event")
        yield Form(
            "startEvent", event, SUB, scoped(SUB, *body), None, code, palette=event == "none"
        )
