"""Every event on the boundary of every activity."""

from collections.abc import Iterator
from typing import Final

from tests.engine.drawing import (
    boundary,
    call,
    diagram,
    end,
    path,
    receive,
    rule,
    send_task,
    service,
    start,
    sub,
    user,
)
from tests.engine.forms.form import CHILDREN, EVENTS, READ, UNDONE, Form, child
from tests.engine.forms.triggers import BESIDE, TRIGGERS, thrown_beside

HOSTS: Final = {
    "userTask": user("work"),
    "serviceTask": service("work", "note"),
    "businessRuleTask": rule("work", "grade", writes="graded"),
    "sendTask": send_task("work", "told"),
    "receiveTask": receive("work", "answer"),
    "callActivity": call("work", "child"),
    "subProcess": sub("work", start("in"), user("inside"), end("out"), path("in", "inside", "out")),
}
UNTHROWN: Final = {
    "error": frozenset({"userTask", "sendTask", "receiveTask", "businessRuleTask"}),
    "escalation": frozenset(HOSTS) - {"callActivity", "subProcess"},
}


def boundaries() -> Iterator[Form]:
    """Yield every event on the boundary of every activity, interrupting or not."""
    for host in HOSTS:
        for event in (*TRIGGERS, *UNDONE, "multiple", "none"):
            for interrupting in (True, False):
                yield Form(
                    "boundaryEvent",
                    event,
                    host,
                    bounded(host, event, interrupting=interrupting),
                    interrupting,
                    boundary_code(host, event, interrupting=interrupting),
                    also=called(host, event),
                    palette=(interrupting and event not in {"multiple", "none"}) or event in BESIDE,
                )


def boundary_code(host: str, event: str, *, interrupting: bool) -> str | None:
    """Return why a boundary event is refused, if it is."""
    if event in UNDONE:
        return UNDONE[event]
    if event in {"multiple", "none"}:
        return "event_several" if event == "multiple" else "event_missing"
    if host in UNTHROWN.get(event, ()):
        return f"{event}_unthrown"
    return "error_interrupts" if event == "error" and not interrupting else READ


def bounded(host: str, event: str, *, interrupting: bool) -> bytes:
    """Return a process with an event on the boundary of ``work``, which throws for it."""
    work = HOSTS[host]
    if host == "subProcess" and event in {"error", "escalation"}:
        work = sub("work", *thrown_beside(event, first="inside"))
    body = (
        start("begin_all"),
        work,
        boundary("x", "work", interrupting=interrupting, **EVENTS[event]),
        user("after"),
        user("caught"),
        end("end_all"),
        end("caught_end"),
    )
    flows = path("begin_all", "work", "after", "end_all") + path("x", "caught", "caught_end")
    return diagram("p", *body, flows)


def called(host: str, event: str) -> tuple[bytes, ...]:
    """Return what a call activity calls: a process that throws what its caller catches."""
    return (CHILDREN.get(event, child()),) if host == "callActivity" else ()
