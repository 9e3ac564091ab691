"""Events that wait beside a running host: kept, newly armed, or disarmed by the move.

An event of both versions keeps since when it waits, when it last fired and how often it
still may; one that has fired for the last time stays spent. One that is new is armed as
if it had been there when its host was reached, where that is known, and from now on
where it isn't. One that is gone waits no longer.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.diagrams import Event, EventKind, Node
from engine.diagrams.timers import Armed, Rule
from engine.errors import Fault
from engine.machine import KEY, Run, Token, key_in
from engine.machine.parts import Part, arm
from engine.machine.runs import WAS
from engine.migration.checks import stays

SINCE = "since"
LEFT = "left"


@dataclass(frozen=True, slots=True)
class Moments:
    """When the instance was started, and when its tokens have reached where they stand."""

    now: datetime
    started: datetime | None = None
    reached: dict[UUID, datetime] = field(default_factory=dict)


def same_event(old: Node, new: Node) -> bool:
    """Tell whether an event waits for the same kind of thing in both versions."""
    return old.awaited.event.kind is new.awaited.event.kind


def kept_waiting(token: Token, old: Node) -> bool:
    """Bring what a waiting event remembers in line with its new element; false if it is spent."""
    new = token.task_spec.node.awaited.event
    was = old.awaited.event
    if new.timer is not None and was.timer is not None:
        return _left_over(token.internal_data, was.timer, new.timer)
    if _text(was.condition) != _text(new.condition):
        token.internal_data.pop(WAS, None)
    if (was.name, _text(was.correlation)) != (new.name, _text(new.correlation)):
        token.internal_data.pop(KEY, None)
        find_key(token, new)
    return True


def newly_armed(above: Token, part: Part, since: datetime | None) -> Token:
    """Let an event wait that the old version didn't have."""
    token = arm(above, part)
    if since is not None and SINCE in token.internal_data:
        token.internal_data[SINCE] = since.isoformat()
    find_key(token, part.node.awaited.event)
    return token


def find_key(token: Token, event: Event) -> None:
    """Compute the key under which a token waits for a message."""
    if event.kind is not EventKind.MESSAGE or event.correlation is None:
        return
    try:
        token.internal_data[KEY] = key_in(event.correlation, token.data)
    except Fault as fault:
        raise stays("key_unknown", token.task_spec.node) from fault


def since_of(siblings: list[Token]) -> datetime | None:
    """Return when an activity was reached, by what its other timers remember."""
    known = [one.internal_data[SINCE] for one in siblings if SINCE in one.internal_data]
    return datetime.fromisoformat(min(known)) if known else None


def check_moment(run: Run, token: Token) -> None:
    """Refuse a timer whose moment can't be computed from the data."""
    node, known = token.task_spec.node, token.internal_data
    fired = datetime.fromisoformat(known["fired"]) if "fired" in known else None
    try:
        armed = Armed(datetime.fromisoformat(known[SINCE]), fired)
        node.timer.next(armed, run.seen_by(token), lambda _: None)
    except Fault as fault:
        raise stays("timer_unknown", node, reason=fault.reason) from fault


def _left_over(remembered: dict[str, Any], old: Rule, new: Rule) -> bool:
    """Count what a cycle may still do: what it has done already counts in the new one too."""
    if not new.cycles or new.repeats is None:
        remembered.pop(LEFT, None)
        return True
    done = 0 if old.repeats is None else old.repeats - remembered.get(LEFT, old.repeats)
    left: int = new.repeats - done
    remembered[LEFT] = left
    return left > 0


def _text(value: object) -> object:
    return getattr(value, "text", None)
