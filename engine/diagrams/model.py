"""A diagram as plain records, once it is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.diagrams.expressions import Expression
from engine.diagrams.timers import Rule
from engine.records import Field, Outcome


class Kind(StrEnum):
    """The elements that the gate lets in, by their BPMN names."""

    START = "startEvent"
    END = "endEvent"
    USER = "userTask"
    SERVICE = "serviceTask"
    CHOICE = "exclusiveGateway"
    CALL = "callActivity"
    SUB = "subProcess"
    BOUNDARY = "boundaryEvent"
    CATCH = "intermediateCatchEvent"


HOSTS = frozenset({Kind.USER, Kind.CALL, Kind.SUB})


@dataclass(frozen=True, slots=True)
class Flow:
    """One sequence flow."""

    id: str
    source: str
    target: str
    condition: Expression | None = None
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class UserStep:
    """What a user task is, as its diagram says."""

    step: str
    role: str | None
    assignee: str | None
    limit: str | None
    outcomes: tuple[Outcome, ...]
    form: tuple[Field, ...]
    withdrawable: bool = False


@dataclass(frozen=True, slots=True)
class OperationStep:
    """What a service task calls, and with what."""

    operation: str
    parameters: Mapping[str, Expression]


@dataclass(frozen=True, slots=True)
class CallStep:
    """What a call activity calls: once, or once for each element of a list."""

    process_id: str
    items: str | None
    item: str | None
    passes: tuple[str, ...]


@dataclass(slots=True)
class Node:
    """One element of the flow."""

    id: str
    kind: Kind
    name: str = ""
    name_en: str = ""
    scope: str = ""
    host: str | None = None
    interrupting: bool = True
    default: str | None = None
    message: str | None = None
    timer: Rule | None = None
    user: UserStep | None = None
    service: OperationStep | None = None
    call: CallStep | None = None
    outgoing: list[Flow] = field(default_factory=list)
    incoming: list[Flow] = field(default_factory=list)
    events: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Diagram:
    """One executable process with everything in it."""

    process_id: str
    name: str
    name_en: str
    nodes: dict[str, Node] = field(default_factory=dict)

    def within(self, scope: str) -> Iterator[Node]:
        """Yield the nodes that stand directly in the process or in one sub-process."""
        return (node for node in self.nodes.values() if node.scope == scope)

    @property
    def called(self) -> frozenset[str]:
        """Return the processes that it calls."""
        return frozenset(node.call.process_id for node in self.nodes.values() if node.call)

    @property
    def has_due_dates(self) -> bool:
        """Tell whether any of its timers asks the host for a date."""
        return any(node.timer is not None and node.timer.due for node in self.nodes.values())
