"""What a form is, and the parts that many of them are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.engine.drawing import diagram, end, path, start, sub, user

PROCESS: Final = "process"
SUB: Final = "sub-process"
REFERRED: Final = "referred to"


@dataclass(frozen=True)
class Form:
    """One way to draw an element; ``code`` says why it is refused, if it is."""

    element: str
    event: str
    position: str
    xml: bytes
    interrupting: bool | None = None
    code: str | None = None
    self_starting: bool = False
    also: tuple[bytes, ...] = ()
    """Other processes that have to be deployed first."""
    palette: bool = True
    """Whether bpmn-js offers it in a menu."""

    @property
    def verdict(self) -> str:
        """Return what the gate does with it."""
        return "read" if self.code is None else "refused"

    @property
    def name(self) -> str:
        """Return the name of the form as a test is called."""
        beside = {None: "", True: " interrupting", False: " non-interrupting"}[self.interrupting]
        more = " in a self-starting house" if self.self_starting else ""
        return f"{self.element} {self.event} in/on {self.position}{beside}{more}"


EVENTS: Final[Mapping[str, Mapping[str, str]]] = {
    "none": {},
    "message": {"message": "ask"},
    "timer": {"duration": "PT1H"},
    "signal": {"signal": "go"},
    "conditional": {"condition": "ready"},
    "error": {"error": "E"},
    "escalation": {"escalation": "X"},
    "link": {"link": "L"},
    "terminate": {"terminate": ""},
    "compensate": {"compensate": ""},
    "cancel": {"cancel": ""},
    "multiple": {"message": "ask", "duration": "PT1H"},
}
UNDONE: Final = {"compensate": "compensation_unsupported", "cancel": "cancel_unsupported"}
READ: Final = None


def sent(event: str) -> dict[str, str]:
    """Return what a throwing event is about; a message also says to whom."""
    return {**EVENTS[event], **({"key": '"k"'} if event == "message" else {})}


def scoped(scope: str, *body: str, events: str = "") -> bytes:
    """Return a process with that body, or with a sub-process ``outer`` that has it."""
    if scope == PROCESS:
        return diagram("p", *body)
    whole = sub("outer", *body)
    around = path("begin_all", "outer", "after_all", "end_all")
    return diagram(
        "p", start("begin_all"), whole, user("after_all"), end("end_all"), around, events
    )


def child(last: str = "") -> bytes:
    """Return a process that may be called, with a person's task and a last event."""
    ended = last or end("child_end")
    return diagram(
        "child",
        start("child_begin"),
        user("inside"),
        ended,
        path("child_begin", "inside", "child_end"),
    )


CHILDREN: Final = {
    "error": child(end("child_end", error="E")),
    "escalation": child(end("child_end", escalation="X")),
}
