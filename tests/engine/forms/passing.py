"""The events that stand between others, or at the end."""

from collections.abc import Iterator, Mapping
from typing import Final

from tests.engine.drawing import boundary, catch, end, parallel, path, start, throw, user
from tests.engine.forms.form import EVENTS, PROCESS, SUB, UNDONE, Form, scoped, sent

CATCHES: Final[Mapping[str, str | None]] = {
    **dict.fromkeys(("message", "timer", "signal", "conditional", "link")),
    **dict.fromkeys(("error", "escalation", "terminate"), "event_unsupported"),
    **UNDONE,
    "multiple": "event_several",
    "none": "event_missing",
}
THROWS: Final[Mapping[str, str | None]] = {
    **dict.fromkeys(("none", "message", "signal", "escalation", "link")),
    **dict.fromkeys(("timer", "conditional", "error", "terminate"), "event_unsupported"),
    **UNDONE,
    "multiple": "event_several",
}
ENDS: Final[Mapping[str, str | None]] = {
    **dict.fromkeys(("none", "message", "signal", "error", "escalation", "terminate")),
    **dict.fromkeys(("timer", "conditional", "link"), "event_unsupported"),
    **UNDONE,
    "multiple": "event_several",
}
CATCHES_IN_PALETTE: Final = frozenset({"message", "timer", "conditional", "link", "signal"})
THROWS_IN_PALETTE: Final = frozenset(
    {"none", "message", "escalation", "link", "compensate", "signal"}
)
ENDS_IN_PALETTE: Final = frozenset(ENDS) - {"timer", "conditional", "link", "multiple"}


def in_the_flow() -> Iterator[Form]:
    """Yield every event that stands between others or at the end, in both kinds of scope."""
    for scope in (PROCESS, SUB):
        for event, code in CATCHES.items():
            shown = event in CATCHES_IN_PALETTE
            xml = scoped(scope, *passing(catch("x", **EVENTS[event]), event, "throw"))
            yield Form("intermediateCatchEvent", event, scope, xml, code=code, palette=shown)
        for event, code in THROWS.items():
            shown = event in THROWS_IN_PALETTE
            xml = scoped(
                scope,
                *passing(throw("x", **sent(event)), event, "catch"),
                events=outside(scope, event),
            )
            yield Form("intermediateThrowEvent", event, scope, xml, code=code, palette=shown)
        for event, code in ENDS.items():
            xml = scoped(scope, *ending(event), events=outside(scope, event))
            yield Form("endEvent", event, scope, xml, code=code, palette=event in ENDS_IN_PALETTE)


def passing(drawn: str, event: str, partner: str) -> tuple[str, ...]:
    """Draw a row of two tasks with an event between them; a link has a partner there."""
    row = (start(), user("work"), user("after"), end(), drawn)
    if event == "link" and partner == "throw":
        other = throw("partner", link="L")
        return (*row, other, path("begin", "work", "partner"), path("x", "after", "end"))
    if event == "link":
        other = catch("partner", link="L")
        return (*row, other, path("begin", "work", "x"), path("partner", "after", "end"))
    return (*row, path("begin", "work", "x", "after", "end"))


def ending(event: str) -> tuple[str, ...]:
    """Draw two branches, of which the first ends with an event."""
    return (
        start(),
        parallel("fork"),
        user("work"),
        user("other"),
        end("x", **sent(event)),
        end("other_end"),
        path("begin", "fork", "work", "x"),
        path("fork", "other", "other_end"),
    )


def outside(scope: str, event: str) -> str:
    """Draw who catches on the sub-process what was thrown inside, if anybody could."""
    if scope == PROCESS or event not in {"error", "escalation"}:
        return ""
    caught = boundary("catcher", "outer", interrupting=True, **EVENTS[event])
    return "".join(
        (caught, user("caught"), end("caught_end"), path("catcher", "caught", "caught_end"))
    )
