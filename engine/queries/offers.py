"""What the newest diagrams offer to those who draw: words of buttons, data, lists, messages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.diagrams import Diagram, Node
from engine.records import Definition, Outcome
from engine.registry import Registry, registry_of
from engine.versions import definitions, plan_of


@dataclass(frozen=True, slots=True)
class Offer:
    """The newest version of a process: what it can be asked for by those who draw others.

    ``outcomes`` are its ways out of each step type, ``rounds`` the lists that it goes
    through with the name of their elements, ``messages`` what it sends or waits for,
    ``gives`` the data that it hands to each process that it calls.
    """

    definition: Definition
    outcomes: Sequence[tuple[str, Outcome]]
    data: frozenset[str]
    rounds: Mapping[str, str]
    messages: frozenset[str]
    gives: Mapping[str, frozenset[str]]


def offers(session: Session) -> Sequence[Offer]:
    """Return what the newest version of each process offers."""
    registry = registry_of(session)
    return [
        Offer(
            found,
            tuple(_outcomes(diagram)),
            frozenset(_data(diagram, registry)),
            dict(_rounds(diagram)),
            frozenset(node.event.message for node in diagram.nodes.values() if node.event.message),
            _gives(diagram),
        )
        for found in definitions(session)
        for diagram in [plan_of(session, found.id).diagram]
    ]


def _outcomes(diagram: Diagram) -> Iterator[tuple[str, Outcome]]:
    for node in diagram.nodes.values():
        if node.user is not None:
            yield from ((node.user.step, outcome) for outcome in node.user.outcomes)


def _rounds(diagram: Diagram) -> Iterator[tuple[str, str]]:
    for node in diagram.nodes.values():
        if node.loop is not None and node.loop.items and node.loop.item:
            yield node.loop.items, node.loop.item


def _gives(diagram: Diagram) -> Mapping[str, frozenset[str]]:
    given: dict[str, frozenset[str]] = {}
    for node in diagram.nodes.values():
        if node.call is not None:
            item = () if node.loop is None or node.loop.item is None else (node.loop.item,)
            keys = frozenset((*node.call.passes, *node.call.gives, *item))
            given[node.call.process_id] = given.get(node.call.process_id, frozenset()) | keys
    return given


def _data(diagram: Diagram, registry: Registry) -> Iterator[str]:
    """Yield the keys of the data that a diagram writes."""
    for node in diagram.nodes.values():
        yield from node.awaited.event.takes
        yield from _written(node, registry)
        if node.call is not None:
            yield from node.call.takes
        if node.loop is not None and node.loop.output is not None:
            yield node.loop.output


def _written(node: Node, registry: Registry) -> Iterator[str]:
    """Yield what a task itself writes: its step, its form, its operation, its decision."""
    if node.user is not None:
        yield from (field.key for field in node.user.form)
        if step := registry.steps.get(node.user.step):
            yield from step.writes
    if node.service is not None and (known := registry.operations.get(node.service.operation)):
        yield from known.writes
    if node.rule is not None and node.rule.writes:
        yield node.rule.writes
