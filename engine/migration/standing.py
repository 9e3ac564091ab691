"""Where the tokens of a run stand, element by element, in one version or in another."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from engine.diagrams import Kind, Node
from engine.machine import Plan, Run, Token
from engine.machine.gateways import FLOW
from engine.machine.parts import Split
from engine.machine.plans import SPLIT
from engine.migration.nets import Marking, Place

Scope = Any
"""A run, or one of its open sub-processes."""


def race_above(plan: Plan, token: Token) -> Node | None:
    """Return the event-based gateway whose race a token is in, if it is in one."""
    above = token.parent
    if above is None or not isinstance(above.task_spec, Split):
        return None
    node = plan.diagram.nodes[above.task_spec.name.removesuffix(SPLIT)]
    return node if node.kind is Kind.RACE else None


def stands(token: Token) -> bool:
    """Tell whether a token is one of those that walk: no mere listener, no round of a loop."""
    part = token.task_spec
    if part.shell is not None or part.node.kind is Kind.BOUNDARY:
        return False
    return not (token.waits and part.listens)


def walkers(scope: Scope) -> Iterator[Token]:
    """Yield the tokens of a scope that walk, one for all that are in the same race."""
    races = set()
    for token in scope.tasks.values():
        if token.live and stands(token):
            if race_above(scope.top_workflow.plan, token) is not None:
                if token.parent.id in races:
                    continue
                races.add(token.parent.id)
            yield token


def place_of(plan: Plan, token: Token) -> Place:
    """Return where a token stands, as the proofs name it."""
    race = race_above(plan, token)
    if race is not None:
        return race.id, ""
    return token.task_spec.node.id, token.internal_data.get(FLOW, "")


def marking_of(run: Run, scope: Scope, to: Mapping[str, str]) -> Marking:
    """Return where the tokens of one scope would stand in another version."""
    places = [place_of(run.plan, token) for token in walkers(scope)]
    return tuple(sorted((to[element], flow) for element, flow in places))


def family_of(run: Run, scope: Scope) -> list[UUID | None]:
    """Return the scopes around an open scope and those in it, and itself."""
    inner = [
        one.parent_task_id
        for one in run.scopes[1:]
        if scope is run or one in _around(run, scope) or scope in _around(run, one)
    ]
    return [None, *inner]


def elements_of(run: Run, family: list[UUID | None]) -> set[str]:
    """Return the elements at which tokens of some scopes stand."""
    scopes = (run if one is None else run.subprocesses[one] for one in family)
    live = (token for scope in scopes for token in scope.tasks.values() if token.live)
    return {token.task_spec.node.id for token in live}


def _around(run: Run, scope: Scope) -> list[Scope]:
    """Return a scope and those around it, without the process itself."""
    found = []
    while scope is not run:
        found.append(scope)
        scope = scope.owner.workflow
    return found
