"""What supervision asks of a diagram besides the engine's gate: pure rules over what is drawn."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from engine import Diagram, Kind, Node, Problem
from workflows import steps
from workflows.desk import NO_LIMIT, WHO
from workflows.drawings.paths import Paths
from workflows.tables import Kind as ItemKind
from workflows.tables import Role

ERROR, WARNING, ADVICE = "error", "warning", "advice"
UNIT: Final = frozenset({Role.HANDLER, Role.UNIT_HEAD})
LADDER: Final = "escalation"
"""The process of the ladder, which a unit's lateness leads to."""
OF_PART: Final = frozenset(
    {"acknowledge", "warning", "second_warning", "overdue", "interim", "rating", "promise"}
)
"""The dates that only a unit's part has; at an item's own step a timer for one would fail."""
PART: Final = "assignment"
"""What the data of whatever is done for a unit's part call it."""
CLIMBS: Final = frozenset({"escalate", "deliver_rung"})

RETURNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        steps.APPROVE: "return",
        steps.CONFIRM: "decline",
        steps.REVIEW: "return",
        steps.REVIEW_REPLY: "return",
        steps.SIGN_REPLY: "decline",
        steps.ENDORSE_SUGGESTION: "return",
        steps.ACCEPTANCE: "rework",
    }
)
"""The steps that judge somebody's work, and the outcome by which each sends it back."""

OWED: Final = frozenset(
    {
        steps.ACKNOWLEDGE,
        steps.REPORT,
        steps.CONFIRM,
        steps.CONTACT,
        steps.OPINION,
        steps.REPLY,
        steps.SIGN_REPLY,
        steps.FORM,
    }
)
"""What a unit owes the office; being late with it leads up the ladder."""

OFFICE_JUDGES: Final = frozenset({steps.REVIEW, steps.INSTRUCT, steps.CLOSE, steps.ACCEPTANCE})
"""The steps of the office that look at what the units did, all of them together."""


def advice(drawn: Diagram) -> list[Problem]:
    """Return what could be better about a diagram: what people expect of one of supervision."""
    paths = Paths(drawn)
    return [
        Problem(code, node.id, node.name, {}, severity)
        for node in drawn.nodes.values()
        for (code, severity), finds in RULES.items()
        if finds(node, drawn, paths)
    ]


def step_of(node: Node) -> str:
    """Return what kind of step a user task is; anything else is none."""
    return node.user.step if node.user else ""


def is_of_unit(node: Node) -> bool:
    """Say whether somebody in a unit does a step: by the rule, or else by the lane."""
    if node.user is None:
        return False
    if node.user.assignee:
        return WHO.get(node.user.assignee) in UNIT
    return node.user.role in {role.value for role in UNIT}


def _cannot_return(node: Node, _drawn: Diagram, _paths: Paths) -> bool:
    """Find a step that judges and doesn't offer to send the work back."""
    sends_back = RETURNS.get(step_of(node))
    offered = {outcome.value for outcome in node.user.outcomes} if node.user else set()
    return sends_back is not None and bool(offered) and sends_back not in offered


def _returns_nowhere(node: Node, drawn: Diagram, paths: Paths) -> bool:
    """Find a step that may send the work back, where no way leads back to whoever did it."""
    if node.user is None or step_of(node) not in RETURNS:
        return False
    if _cannot_return(node, drawn, paths):
        return False
    again = (other for other in paths.behind(node) if other.user and other.id != node.id)
    return not any(node in paths.after(other) for other in again)


def _never_escalates(node: Node, drawn: Diagram, paths: Paths) -> bool:
    """Find what a unit owes with a limit that nothing watches."""
    if node.user is None or not is_of_unit(node) or step_of(node) not in OWED:
        return False
    if node.user.limit in (None, "", NO_LIMIT):
        return False
    holders = [node, *paths.around(node)]
    events = [event for holder in holders for event in holder.events]
    scopes = {node.scope, *(holder.scope for holder in holders)}
    events += [sub for sub in drawn.nodes.values() if sub.triggered and sub.scope in scopes]
    return not any(
        event.timer is not None and any(map(_climbs, paths.after(event))) for event in events
    )


def _climbs(node: Node) -> bool:
    if node.call is not None:
        return node.call.process_id == LADDER
    return node.service is not None and node.service.operation in CLIMBS


def _leaves_unsigned(node: Node, _drawn: Diagram, paths: Paths) -> bool:
    """Find a report or reply that leaves the unit without its head's signature."""
    if step_of(node) == steps.REPORT:
        signed, leaves = steps.CONFIRM, _is_looked_at
    elif step_of(node) == steps.REPLY:
        signed, leaves = steps.SIGN_REPLY, _is_issued
    else:
        return False
    behind = paths.behind(node, lambda other: step_of(other) == signed)
    return any(leaves(other) for other in behind)


def _is_looked_at(node: Node) -> bool:
    return step_of(node) in OFFICE_JUDGES


def _is_issued(node: Node) -> bool:
    return node.service is not None and node.service.operation == "issue_reply"


def _judged_before_all_are_done(node: Node, drawn: Diagram, paths: Paths) -> bool:
    """Find a step of the office that is reached while other units still work.

    They work side by side behind a gateway that splits; what joins them is one that waits.
    """
    if step_of(node) not in OFFICE_JUDGES:
        return False
    return any(
        node in paths.behind(split, _joins)
        for split in drawn.nodes.values()
        if _splits(split) and _units_behind(split, drawn, paths) > 1
    )


def _splits(node: Node) -> bool:
    return node.kind in {Kind.FORK, Kind.INCLUSIVE} and len(node.outgoing) > 1


def _joins(node: Node) -> bool:
    return node.kind in {Kind.FORK, Kind.INCLUSIVE} and len(node.incoming) > 1


def _units_behind(split: Node, drawn: Diagram, paths: Paths) -> int:
    """Count the branches behind a gateway in which a unit does something."""
    branches = [drawn.nodes[flow.target] for flow in split.outgoing if flow.target in drawn.nodes]
    return sum(
        any(map(_is_unit_work, [branch, *paths.after(branch, _joins)])) for branch in branches
    )


def _is_unit_work(node: Node) -> bool:
    return is_of_unit(node) or (node.call is not None and node.call.process_id in HANDLING)


def _waits_for_ever(node: Node, _drawn: Diagram, _paths: Paths) -> bool:
    """Find what a unit owes without any limit."""
    owes = is_of_unit(node) and step_of(node) in OWED
    return owes and node.user is not None and node.user.limit == NO_LIMIT


def _waits_for_no_part(node: Node, drawn: Diagram, _paths: Paths) -> bool:
    """Find a timer for a day of a unit's part in an item's own process, where there is none.

    A sub-process that is done for each part has one. Another process may be called with a part
    or without one: its drawing doesn't tell.
    """
    if drawn.process_id not in set(ItemKind) or node.timer is None or node.timer.due not in OF_PART:
        return False
    around = drawn.nodes.get(node.scope)
    while around is not None and not (around.loop and around.loop.item == PART):
        around = drawn.nodes.get(around.scope)
    return around is None


def _has_no_english(node: Node, _drawn: Diagram, _paths: Paths) -> bool:
    return node.user is not None and bool(node.name) and not node.name_en


HANDLING: Final = frozenset({"unit_handling", "proposal_handling", "decision_part"})
"""The shipped processes by which units work."""

Rule = Callable[[Node, Diagram, Paths], bool]

RULES: Final[Mapping[tuple[str, str], Rule]] = MappingProxyType(
    {
        ("no_part", ERROR): _waits_for_no_part,
        ("no_return", WARNING): _cannot_return,
        ("returns_nowhere", WARNING): _returns_nowhere,
        ("no_escalation", WARNING): _never_escalates,
        ("unsigned", WARNING): _leaves_unsigned,
        ("judged_early", WARNING): _judged_before_all_are_done,
        ("no_limit", ADVICE): _waits_for_ever,
        ("no_english", ADVICE): _has_no_english,
    }
)


def codes() -> Iterator[str]:
    """Yield the code of each rule: each is worded in the web."""
    return (code for code, _ in RULES)
