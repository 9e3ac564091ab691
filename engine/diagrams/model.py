"""A diagram as plain records, once it is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from engine.diagrams.expressions import Expression
from engine.diagrams.timers import Duration, Rule
from engine.records import Field, Outcome

NOTHING: Final[Mapping[str, Expression]] = MappingProxyType({})


class Kind(StrEnum):
    """The elements that the gate lets in, by their BPMN names."""

    START = "startEvent"
    END = "endEvent"
    USER = "userTask"
    SERVICE = "serviceTask"
    RULE = "businessRuleTask"
    SEND = "sendTask"
    RECEIVE = "receiveTask"
    CALL = "callActivity"
    SUB = "subProcess"
    CHOICE = "exclusiveGateway"
    FORK = "parallelGateway"
    INCLUSIVE = "inclusiveGateway"
    RACE = "eventBasedGateway"
    BOUNDARY = "boundaryEvent"
    CATCH = "intermediateCatchEvent"
    THROW = "intermediateThrowEvent"


TASKS: Final = frozenset({Kind.USER, Kind.SERVICE, Kind.RULE, Kind.SEND, Kind.RECEIVE})
ACTIVITIES: Final = TASKS | {Kind.CALL, Kind.SUB}
"""What may have events on its boundary, and may be done several times."""


class EventKind(StrEnum):
    """What an event is about, by the names of BPMN's event definitions."""

    NONE = "none"
    MESSAGE = "message"
    TIMER = "timer"
    SIGNAL = "signal"
    ERROR = "error"
    ESCALATION = "escalation"
    CONDITION = "conditional"
    LINK = "link"
    TERMINATE = "terminate"


@dataclass(frozen=True, slots=True)
class Event:
    """What an event waits for, or throws.

    ``name`` is the name of a message, signal or link, or the code of an error or
    escalation; a catcher of errors or escalations without one catches them all.
    A message with a ``correlation`` is routed to whoever waits for the same key;
    one without is only sent straight to an instance, by its host.
    """

    kind: EventKind = EventKind.NONE
    name: str | None = None
    timer: Rule | None = None
    condition: Expression | None = None
    correlation: Expression | None = None
    payload: Mapping[str, Expression] = field(default_factory=dict)
    takes: tuple[str, ...] = ()
    lives: Duration | None = None
    """How long a message that nobody waits for yet is kept."""

    @property
    def message(self) -> str | None:
        """Return the name of the message that it is about, if it is about one."""
        return self.name if self.kind is EventKind.MESSAGE else None


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
class DecisionStep:
    """Which decision a business rule task asks for, with which inputs, and where it writes.

    ``writes`` is the key that gets the result; empty: each output is a key of its own.
    """

    decision: str
    inputs: Mapping[str, Expression]
    writes: str


@dataclass(frozen=True, slots=True)
class CallStep:
    """What a call activity calls, and what passes between the two.

    ``gives`` is computed over the caller's data as the called one starts; ``takes``
    over the called one's data once it has ended.
    """

    process_id: str
    passes: tuple[str, ...] = ()
    gives: Mapping[str, Expression] = field(default_factory=dict)
    takes: Mapping[str, Expression] = field(default_factory=dict)


class LoopKind(StrEnum):
    """How an activity is done several times."""

    PARALLEL = "parallel"
    SEQUENTIAL = "sequential"
    STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Loop:
    """How often an activity is done: for each of a list, so many times, or on a condition."""

    kind: LoopKind
    items: str | None = None
    """The key of the list: ``loopDataInputRef``."""
    item: str | None = None
    """The key of one element of it: ``inputDataItem``."""
    count: Expression | None = None
    """``loopCardinality``, instead of a list."""
    output: str | None = None
    """The key of the list of results: ``loopDataOutputRef``."""
    output_item: str | None = None
    """The key of one result: ``outputDataItem``."""
    until: Expression | None = None
    """``completionCondition``, which also knows ``nrOfInstances`` and its like."""
    condition: Expression | None = None
    """``loopCondition`` of a standard loop; none: until ``most`` is reached."""
    before: bool = False
    """``testBefore`` of a standard loop."""
    most: int | None = None
    """``loopMaximum`` of a standard loop."""


@dataclass(slots=True)
class Node:
    """One element of the flow; a link event is read as the flow that it stands for."""

    id: str
    kind: Kind
    name: str = ""
    name_en: str = ""
    scope: str = ""
    host: str | None = None
    interrupting: bool = True
    default: str | None = None
    event: Event = field(default_factory=Event)
    triggered: bool = False
    """Whether it is an event sub-process: its ``trigger`` is its start event."""
    trigger: "Node | None" = None
    user: UserStep | None = None
    service: OperationStep | None = None
    rule: DecisionStep | None = None
    call: CallStep | None = None
    loop: Loop | None = None
    outgoing: list[Flow] = field(default_factory=list)
    incoming: list[Flow] = field(default_factory=list)
    events: list["Node"] = field(default_factory=list)
    """The events on its boundary."""

    @property
    def awaited(self) -> "Node":
        """Return the element whose event lets it happen: for an event sub-process, its start."""
        return self.trigger or self

    @property
    def timer(self) -> Rule | None:
        """Return the timer that it waits for, if it waits for one."""
        return self.awaited.event.timer

    @property
    def message(self) -> str | None:
        """Return the message that it waits for, if it waits for one."""
        return self.awaited.event.message


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
    def english(self) -> dict[str, str]:
        """Return what its elements are called in English, by their names and by their ids."""
        named = [(node.id, node.name, node.name_en) for node in self.nodes.values()]
        named += [(self.process_id, self.name, self.name_en)]
        by_name = {name: english for _, name, english in named if english}
        return by_name | {identifier: english for identifier, _, english in named if english}

    @property
    def called(self) -> frozenset[str]:
        """Return the processes that it calls."""
        return frozenset(node.call.process_id for node in self.nodes.values() if node.call)

    @property
    def has_due_dates(self) -> bool:
        """Tell whether any of its timers asks the host for a date."""
        return any(
            node.event.timer is not None and node.event.timer.due for node in self.nodes.values()
        )
