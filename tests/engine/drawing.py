"""Draws small diagrams for tests: each helper returns the XML of one element."""

from collections.abc import Iterable
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:duban="urn:duban:bpmn:1" id="definitions" targetNamespace="urn:test">'
)
TIMERS = {"duration": "timeDuration", "date": "timeDate", "cycle": "timeCycle"}


def diagram(process_id: str, *body: str, messages: Iterable[str] = ()) -> bytes:
    """Return a file with one process, all its user tasks in one lane of the role ``clerk``."""
    drawn = "".join(body)
    lanes = '<bpmn:laneSet><bpmn:lane id="lane" duban:role="clerk">' + "".join(
        f"<bpmn:flowNodeRef>{part.split(chr(34), 1)[0]}</bpmn:flowNodeRef>"
        for part in drawn.split('<bpmn:userTask id="')[1:]
    )
    known = "".join(f'<bpmn:message id="message_{m}" name="{m}"/>' for m in messages)
    return (
        f'{HEAD}{known}<bpmn:process id="{process_id}" name="{process_id}" isExecutable="true">'
        f"{lanes}</bpmn:lane></bpmn:laneSet>{drawn}</bpmn:process></bpmn:definitions>"
    ).encode()


def start(element_id: str = "begin") -> str:
    """Draw a start event."""
    return f'<bpmn:startEvent id="{element_id}"/>'


def end(element_id: str = "end") -> str:
    """Draw an end event."""
    return f'<bpmn:endEvent id="{element_id}"/>'


def user(element_id: str, *outcomes: str, step: str = "form", inside: str = "") -> str:
    """Draw a user task that may end in these ways."""
    drawn = "".join(f'<duban:outcome value="{o}" label="{o}"/>' for o in outcomes)
    return (
        f'<bpmn:userTask id="{element_id}" name="{element_id}" duban:step="{step}" '
        f'duban:limit="none"><bpmn:extensionElements>{drawn}{inside}</bpmn:extensionElements>'
        "</bpmn:userTask>"
    )


def service(element_id: str, operation: str, **parameters: str) -> str:
    """Draw a service task that calls an operation."""
    drawn = "".join(
        f"<duban:parameter name={quoteattr(name)} value={quoteattr(value)}/>"
        for name, value in parameters.items()
    )
    return (
        f'<bpmn:serviceTask id="{element_id}" duban:operation="{operation}">'
        f"<bpmn:extensionElements>{drawn}</bpmn:extensionElements></bpmn:serviceTask>"
    )


def choice(element_id: str, default: str | None = None) -> str:
    """Draw an exclusive gateway; the default flow leads to the element named."""
    default = "" if default is None else f' default="{element_id}-{default}"'
    return f'<bpmn:exclusiveGateway id="{element_id}"{default}/>'


def call(element_id: str, process_id: str, items: str = "", item: str = "", keep: str = "") -> str:
    """Draw a call activity, for each element of a list if one is named."""
    several = (
        '<bpmn:multiInstanceLoopCharacteristics isSequential="false">'
        f"<bpmn:loopDataInputRef>{items}</bpmn:loopDataInputRef>"
        f'<bpmn:inputDataItem id="{element_id}_item" name="{item}"/>'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    return (
        f'<bpmn:callActivity id="{element_id}" calledElement="{process_id}" duban:pass="{keep}">'
        f"{several if items else ''}</bpmn:callActivity>"
    )


def sub(element_id: str, *body: str) -> str:
    """Draw an embedded sub-process."""
    return f'<bpmn:subProcess id="{element_id}">{"".join(body)}</bpmn:subProcess>'


def boundary(
    element_id: str, at: str, *, interrupting: bool = False, message: str = "", **timer: str
) -> str:
    """Draw a boundary event: a message, or a duration, date or cycle."""
    return (
        f'<bpmn:boundaryEvent id="{element_id}" attachedToRef="{at}" '
        f'cancelActivity="{str(interrupting).lower()}">{_event(message, timer)}'
        "</bpmn:boundaryEvent>"
    )


def catch(element_id: str, **timer: str) -> str:
    """Draw an intermediate timer."""
    return (
        f'<bpmn:intermediateCatchEvent id="{element_id}">{_event("", timer)}'
        "</bpmn:intermediateCatchEvent>"
    )


def flow(source: str, target: str, condition: str | None = None) -> str:
    """Draw one sequence flow; its id is ``source-target``."""
    drawn = (
        ""
        if condition is None
        else f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>"
    )
    return (
        f'<bpmn:sequenceFlow id="{source}-{target}" sourceRef="{source}" '
        f'targetRef="{target}">{drawn}</bpmn:sequenceFlow>'
    )


def path(*elements: str) -> str:
    """Draw the flows that join elements in a row."""
    return "".join(flow(a, b) for a, b in pairwise(elements))


def _event(message: str, timer: dict[str, str]) -> str:
    if message:
        return f'<bpmn:messageEventDefinition messageRef="message_{message}"/>'
    drawn = "".join(
        f"<bpmn:{TIMERS[kind]}>{text}</bpmn:{TIMERS[kind]}>" for kind, text in timer.items()
    )
    return f"<bpmn:timerEventDefinition>{drawn}</bpmn:timerEventDefinition>"
