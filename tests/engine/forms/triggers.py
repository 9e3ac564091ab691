"""The starts of event sub-processes."""

from collections.abc import Iterator
from typing import Final

from tests.engine.drawing import end, event_sub, parallel, path, start, user
from tests.engine.forms.form import EVENTS, PROCESS, SUB, UNDONE, Form, scoped

TRIGGERS: Final = ("message", "timer", "signal", "conditional", "error", "escalation")
BESIDE: Final = frozenset({"message", "timer", "signal", "conditional", "escalation"})


def triggers() -> Iterator[Form]:
    """Yield the starts of event sub-processes, in a process and in a sub-process."""
    codes = {**dict.fromkeys(TRIGGERS), **UNDONE, "none": "event_missing"}
    codes |= {"multiple": "event_several"}
    for scope in (PROCESS, SUB):
        for event, code in codes.items():
            for interrupting in (True, False):
                beside = code or (None if interrupting or event in BESIDE else "error_interrupts")
                yield Form(
                    "startEvent",
                    event,
                    f"event sub-process of a {scope}",
                    triggered(scope, event, interrupting=interrupting),
                    interrupting,
                    beside,
                    palette=(event in TRIGGERS and (interrupting or event in BESIDE))
                    or (event == "compensate" and interrupting),
                )


def triggered(scope: str, event: str, *, interrupting: bool) -> bytes:
    """Return a scope in which the event sub-process ``handler`` waits, and that throws for it."""
    body = event_sub(
        "handler",
        start("x", interrupting=interrupting, **EVENTS[event]),
        user("handle"),
        end("handled"),
        path("x", "handle", "handled"),
    )
    return scoped(scope, *thrown_beside(event), body)


def thrown_beside(event: str, first: str = "work") -> tuple[str, ...]:
    """Draw two branches; the first throws what is to be caught, if that comes from inside."""
    last = end("end", **(EVENTS[event] if event in {"error", "escalation"} else {}))
    return (
        start(),
        parallel("fork"),
        user(first),
        user("other"),
        last,
        end("other_end"),
        path("begin", "fork", first, "end"),
        path("fork", "other", "other_end"),
    )
