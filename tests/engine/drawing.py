"""Draws small diagrams for tests: each helper returns the XML of one element."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:duban="urn:duban:bpmn:1" id="definitions" targetNamespace="urn:test">'
)
TIMERS = {"duration": "timeDuration", "date": "timeDate", "cycle": "timeCycle"}
DECLARED = re.compile(r'\b(message|signal|error|escalation)Ref="\1_([^"]+)"')
CODES = {"error": "errorCode", "escalation": "escalationCode", "message": "name", "signal": "name"}
NO_SAY: Mapping[str, str] = {}


def diagram(process_id: str, *body: str, messages: Iterable[str] = ()) -> bytes:
    """Return a file with one process, all its user tasks in one lane of the role ``clerk``.

    The messages, signals, errors and escalations that the body names are declared by it.
    """
    drawn = "".join(body)
    lanes = '<bpmn:laneSet><bpmn:lane id="lane" duban:role="clerk">' + "".join(
        f"<bpmn:flowNodeRef>{part.split(chr(34), 1)[0]}</bpmn:flowNodeRef>"
        for part in drawn.split('<bpmn:userTask id="')[1:]
    )
    wanted = dict.fromkeys([*(("message", m) for m in messages), *DECLARED.findall(drawn)])
    known = "".join(declaration(kind, name) for kind, name in wanted)
    return (
        f'{HEAD}{known}<bpmn:process id="{process_id}" name="{process_id}" isExecutable="true">'
        f"{lanes}</bpmn:lane></bpmn:laneSet>{drawn}</bpmn:process></bpmn:definitions>"
    ).encode()


def declaration(kind: str, name: str) -> str:
    """Declare a message, signal, error or escalation by its name or code."""
    return f'<bpmn:{kind} id="{kind}_{name}" {CODES[kind]}="{name}"/>'


# -- events --------------------------------------------------------------------------------
#
# ``**event`` says what an event is about, by one of: ``message``, ``signal``, ``error``,
# ``escalation`` (a name or code; "" refers to none), ``duration``, ``date``, ``cycle``,
# ``condition``, ``link``, ``terminate``. Messages may also have a ``key`` (correlation),
# ``take`` (keys, with blanks between), ``ttl``, and ``say`` (what is sent).


def start(element_id: str = "begin", *, interrupting: bool | None = None, **event: str) -> str:
    """Draw a start event."""
    more = "" if interrupting is None else f' isInterrupting="{str(interrupting).lower()}"'
    return _event_element("startEvent", element_id, more, event)


def end(element_id: str = "end", say: Mapping[str, str] = NO_SAY, **event: str) -> str:
    """Draw an end event."""
    return _event_element("endEvent", element_id, "", event, say)


def boundary(element_id: str, at: str, *, interrupting: bool = False, **event: str) -> str:
    """Draw an event on the boundary of an activity."""
    more = f' attachedToRef="{at}" cancelActivity="{str(interrupting).lower()}"'
    return _event_element("boundaryEvent", element_id, more, event)


def catch(element_id: str, **event: str) -> str:
    """Draw an intermediate event that waits."""
    return _event_element("intermediateCatchEvent", element_id, "", event)


def throw(element_id: str, say: Mapping[str, str] = NO_SAY, **event: str) -> str:
    """Draw an intermediate event that throws, or does nothing."""
    return _event_element("intermediateThrowEvent", element_id, "", event, say)


# -- activities ----------------------------------------------------------------------------


def user(
    element_id: str,
    *outcomes: str,
    step: str = "form",
    inside: str = "",
    default: str | None = None,
    loop: str = "",
) -> str:
    """Draw a user task that may end in these ways."""
    drawn = "".join(f'<duban:outcome value="{o}" label="{o}"/>' for o in outcomes)
    return (
        f'<bpmn:userTask id="{element_id}" name="{element_id}" duban:step="{step}" '
        f'duban:limit="none"{_default(element_id, default)}>'
        f"<bpmn:extensionElements>{drawn}{inside}</bpmn:extensionElements>{loop}</bpmn:userTask>"
    )


def service(
    element_id: str, operation: str, default: str | None = None, loop: str = "", **parameters: str
) -> str:
    """Draw a service task that calls an operation."""
    return (
        f'<bpmn:serviceTask id="{element_id}" name="{element_id}" duban:operation="{operation}"'
        f"{_default(element_id, default)}>{_parameters(parameters)}{loop}</bpmn:serviceTask>"
    )


def rule(element_id: str, decision: str, writes: str = "", loop: str = "", **inputs: str) -> str:
    """Draw a business rule task that asks for a decision."""
    more = f' duban:writes="{writes}"' if writes else ""
    return (
        f'<bpmn:businessRuleTask id="{element_id}" name="{element_id}" '
        f'duban:decision="{decision}"{more}>{_parameters(inputs)}{loop}</bpmn:businessRuleTask>'
    )


def send_task(
    element_id: str,
    message: str,
    key: str = '"k"',
    ttl: str = "",
    loop: str = "",
    say: Mapping[str, str] = NO_SAY,
) -> str:
    """Draw a task that sends a message."""
    return (
        f'<bpmn:sendTask id="{element_id}" name="{element_id}" messageRef="message_{message}"'
        f"{_routing(key=key, ttl=ttl)}>{_parameters(say)}{loop}</bpmn:sendTask>"
    )


def receive(element_id: str, message: str, key: str = "", take: str = "", loop: str = "") -> str:
    """Draw a task that waits for a message."""
    return (
        f'<bpmn:receiveTask id="{element_id}" name="{element_id}" messageRef="message_{message}"'
        f"{_routing(key=key, take=take)}>{loop}</bpmn:receiveTask>"
    )


def call(
    element_id: str,
    process_id: str,
    items: str = "",
    item: str = "",
    keep: str = "",
    *,
    gives: Mapping[str, str] = NO_SAY,
    takes: Mapping[str, str] = NO_SAY,
    loop: str = "",
) -> str:
    """Draw a call activity, for each element of a list if one is named."""
    drawn = "".join(
        f"<duban:{way} target={quoteattr(target)} source={quoteattr(source)}/>"
        for way, mapping in (("in", gives), ("out", takes))
        for target, source in mapping.items()
    )
    return (
        f'<bpmn:callActivity id="{element_id}" name="{element_id}" calledElement="{process_id}" '
        f'duban:pass="{keep}"><bpmn:extensionElements>{drawn}</bpmn:extensionElements>'
        f"{each(items, item) if items else loop}</bpmn:callActivity>"
    )


def sub(element_id: str, *body: str, default: str | None = None, loop: str = "") -> str:
    """Draw an embedded sub-process."""
    return (
        f'<bpmn:subProcess id="{element_id}" name="{element_id}"{_default(element_id, default)}>'
        f"{loop}{''.join(body)}</bpmn:subProcess>"
    )


def event_sub(element_id: str, *body: str) -> str:
    """Draw an event sub-process; its start event says when it happens."""
    return (
        f'<bpmn:subProcess id="{element_id}" name="{element_id}" triggeredByEvent="true">'
        f"{''.join(body)}</bpmn:subProcess>"
    )


# -- loops ---------------------------------------------------------------------------------


def each(
    items: str,
    item: str,
    *,
    sequential: bool = False,
    output: str = "",
    output_item: str = "",
    until: str = "",
) -> str:
    """Draw the mark of an activity that is done for each element of a list."""
    source, member = _text("loopDataInputRef", items), f'<bpmn:inputDataItem name="{item}"/>'
    return _several(str(sequential), (source, member), (output, output_item), until)


def times(
    count: str,
    *,
    sequential: bool = False,
    output: str = "",
    output_item: str = "",
    until: str = "",
) -> str:
    """Draw the mark of an activity that is done so many times."""
    return _several(
        str(sequential), (_text("loopCardinality", count), ""), (output, output_item), until
    )


def again(condition: str = "", *, before: bool = False, most: int | None = None) -> str:
    """Draw the mark of an activity that is done while a condition holds."""
    limit = "" if most is None else f' loopMaximum="{most}"'
    return (
        f'<bpmn:standardLoopCharacteristics testBefore="{str(before).lower()}"{limit}>'
        f"{_text('loopCondition', condition) if condition else ''}"
        "</bpmn:standardLoopCharacteristics>"
    )


# -- gateways and flows --------------------------------------------------------------------


def choice(element_id: str, default: str | None = None) -> str:
    """Draw an exclusive gateway; the default flow leads to the element named."""
    return _gateway("exclusiveGateway", element_id, default)


def parallel(element_id: str) -> str:
    """Draw a parallel gateway."""
    return _gateway("parallelGateway", element_id, None)


def inclusive(element_id: str, default: str | None = None) -> str:
    """Draw an inclusive gateway; the default flow leads to the element named."""
    return _gateway("inclusiveGateway", element_id, default)


def race(element_id: str) -> str:
    """Draw an event-based gateway."""
    return _gateway("eventBasedGateway", element_id, None)


def flow(source: str, target: str, condition: str | None = None) -> str:
    """Draw one sequence flow; its id is ``source-target``."""
    drawn = "" if condition is None else _text("conditionExpression", condition)
    return (
        f'<bpmn:sequenceFlow id="{source}-{target}" sourceRef="{source}" '
        f'targetRef="{target}">{drawn}</bpmn:sequenceFlow>'
    )


def path(*elements: str) -> str:
    """Draw the flows that join elements in a row."""
    return "".join(flow(a, b) for a, b in pairwise(elements))


# -- parts ---------------------------------------------------------------------------------


def _event_element(
    tag: str, element_id: str, more: str, event: dict[str, str], say: Mapping[str, str] = NO_SAY
) -> str:
    routing = _routing(
        **{name: event.pop(name) for name in ("key", "take", "ttl") if name in event}
    )
    inside = (_parameters(say) if say else "") + _definitions(event)
    opened = f'<bpmn:{tag} id="{element_id}"{more}{routing}'
    return f"{opened}>{inside}</bpmn:{tag}>" if inside else f"{opened}/>"


def _definitions(event: dict[str, str]) -> str:
    timers = [_text(TIMERS[kind], text) for kind, text in event.items() if kind in TIMERS]
    drawn = [_definition(kind, text) for kind, text in event.items() if kind not in TIMERS]
    if timers:
        drawn.append(_tagged("timerEventDefinition", "".join(timers)))
    return "".join(drawn)


def _definition(kind: str, text: str) -> str:
    if kind == "condition":
        return _tagged("conditionalEventDefinition", _text("condition", text))
    if kind == "link":
        return f'<bpmn:linkEventDefinition name="{text}"/>'
    reference = f' {kind}Ref="{kind}_{text}"' if text and kind in CODES else ""
    return f"<bpmn:{kind}EventDefinition{reference}/>"


def _routing(key: str = "", take: str = "", ttl: str = "") -> str:
    drawn = {"correlation": key, "take": take, "ttl": ttl}
    return "".join(f" duban:{name}={quoteattr(text)}" for name, text in drawn.items() if text)


def _parameters(parameters: Mapping[str, str]) -> str:
    drawn = "".join(
        f"<duban:parameter name={quoteattr(name)} value={quoteattr(value)}/>"
        for name, value in parameters.items()
    )
    return _tagged("extensionElements", drawn)


def _several(sequential: str, source: tuple[str, str], output: tuple[str, str], until: str) -> str:
    """Draw the parts of the mark in the order of BPMN's schema."""
    of, member = source
    results, result = output
    collected = _text("loopDataOutputRef", results) if results else ""
    named = f'<bpmn:outputDataItem name="{result}"/>' if result else ""
    ended = _text("completionCondition", until) if until else ""
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{sequential.lower()}">'
        f"{of}{collected}{member}{named}{ended}</bpmn:multiInstanceLoopCharacteristics>"
    )


def _gateway(tag: str, element_id: str, default: str | None) -> str:
    return f'<bpmn:{tag} id="{element_id}" name="{element_id}"{_default(element_id, default)}/>'


def _default(element_id: str, target: str | None) -> str:
    return "" if target is None else f' default="{element_id}-{target}"'


def _text(tag: str, text: str) -> str:
    return _tagged(tag, escape(text))


def _tagged(tag: str, inside: str) -> str:
    return f"<bpmn:{tag}>{inside}</bpmn:{tag}>"
