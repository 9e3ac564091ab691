"""What must be the same of an element in both versions while a token stands at it."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from engine.diagrams import Diagram, Kind, Loop, Node
from engine.machine import Run, Token
from engine.machine.gateways import FLOW
from engine.migration.pairs import Pairs
from engine.migration.records import Stays
from engine.migration.standing import race_above, stands

Check = Callable[["Meeting"], str | None]


class Unmoved(Exception):
    """The run stays where it is, for this reason."""

    def __init__(self, reason: Stays) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Meeting:
    """A token, its element, and the same element in the new version."""

    run: Run
    token: Token
    old: Node
    new: Node
    pairs: Pairs


def stays(code: str, node: Node, **facts: str) -> Unmoved:
    """Return that a run stays because of one element."""
    told = {"element": node.name or node.id, **facts}
    return Unmoved(Stays(code, node.id, node.name, told))


def check_tokens(run: Run, new: Diagram, pairs: Pairs) -> None:
    """Refuse to move a run with a token that couldn't go on at the same element."""
    shape = run.shape()
    for token in shape.faults.values():
        raise stays("incident", token.task_spec.node)
    for token in shape.errands.values():
        raise stays("errand", token.task_spec.node)
    for token in run.tokens():
        if stands(token) or token.task_spec.shell is not None:
            _check(run, token, new, pairs)
        race = race_above(run.plan, token)
        if race is not None:
            twin = twin_of(race, new, pairs)
            if _targets(twin) != {pairs.to.get(one, "") for one in _targets(race)}:
                raise stays("race_changed", race)


def twin_of(node: Node, new: Diagram, pairs: Pairs) -> Node:
    """Return the same element in the new version, or refuse."""
    twin = new.nodes.get(pairs.to.get(node.id, ""))
    if twin is None:
        raise stays("element_gone", node)
    if (twin.kind, twin.triggered) != (node.kind, node.triggered):
        raise stays("element_kind", node)
    if pairs.to.get(node.scope) != twin.scope:
        raise stays("scope_changed", node)
    return twin


def _check(run: Run, token: Token, new: Diagram, pairs: Pairs) -> None:
    node = token.task_spec.node
    meeting = Meeting(run, token, node, twin_of(node, new, pairs), pairs)
    for check in CHECKS:
        code = check(meeting)
        if code is not None:
            raise stays(code, node)


def _loop(meeting: Meeting) -> str | None:
    return None if _text(meeting.old.loop) == _text(meeting.new.loop) else "loop_changed"


def _join(meeting: Meeting) -> str | None:
    """Compare the flows into a join: its tokens remember by which they came."""
    if FLOW not in meeting.token.internal_data:
        return None
    to = meeting.pairs.to
    old = {(flow.id, to.get(flow.source)) for flow in meeting.old.incoming}
    new = {(flow.id, flow.source) for flow in meeting.new.incoming}
    return None if old == new else "join_changed"


def _event(meeting: Meeting) -> str | None:
    if meeting.old.kind not in {Kind.CATCH, Kind.RECEIVE}:
        return None
    return None if meeting.old.event.kind is meeting.new.event.kind else "event_changed"


def _interrupting(meeting: Meeting) -> str | None:
    """Compare whether an event sub-process under way has ended all else in its scope."""
    same = meeting.old.interrupting == meeting.new.interrupting
    return None if same or not meeting.old.triggered else "interrupting_changed"


def _user(meeting: Meeting) -> str | None:
    """Compare what the host was told of an open task, and has put before somebody."""
    old, new = meeting.old.user, meeting.new.user
    if old is None or new is None or meeting.token.id not in meeting.run.shape().tasks:
        return None
    if old.step != new.step:
        return "step_changed"
    return None if (old.role, old.assignee) == (new.role, new.assignee) else "hands_changed"


CHECKS: tuple[Check, ...] = (_loop, _join, _event, _interrupting, _user)


def _targets(race: Node) -> set[str]:
    return {flow.target for flow in race.outgoing}


def _text(loop: Loop | None) -> list[Any] | None:
    if loop is None:
        return None
    values = (getattr(loop, one.name) for one in fields(loop))
    return [getattr(value, "text", value) for value in values]
