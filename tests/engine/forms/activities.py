"""Every activity, plain and with every mark."""

from collections.abc import Iterator
from typing import Final

from tests.engine.drawing import again, diagram, each, end, path, start, times, user
from tests.engine.forms.boundaries import HOSTS, called
from tests.engine.forms.form import PROCESS, Form

NOT_RUN: Final = {
    "task": "task_untyped",
    "manualTask": "task_untyped",
    "scriptTask": "script_unsupported",
    "transaction": "transaction_unsupported",
    "adHocSubProcess": "ad_hoc_unsupported",
}
MARKS: Final = {
    "parallel, a list": each("units", "unit"),
    "sequential, a list": each("units", "unit", sequential=True),
    "parallel, a number": times("3"),
    "sequential, a number": times("3", sequential=True),
    "parallel, with results": each("units", "unit", output="results", output_item="result"),
    "sequential, with results": times("3", sequential=True, output="results", output_item="result"),
    "parallel, until": each("units", "unit", until="nrOfCompletedInstances == 2"),
    "sequential, until": times("3", sequential=True, until="loopCounter == 2"),
    "loop, tested after": again("more", most=3),
    "loop, tested before": again("more", before=True),
    "loop, so many times": again(most=3),
}
MARKS_REFUSED: Final = {
    "both marks": (each("units", "unit") + again("more"), "loop_several"),
    "a list and a number": (
        each("units", "unit").replace(
            "<bpmn:loopDataInputRef>",
            "<bpmn:loopCardinality>3</bpmn:loopCardinality><bpmn:loopDataInputRef>",
        ),
        "several_incomplete",
    ),
    "neither list nor number": (
        "<bpmn:multiInstanceLoopCharacteristics/>",
        "several_incomplete",
    ),
    "a list without an item": (each("units", ""), "several_incomplete"),
    "results without an item": (times("3", output="results"), "output_incomplete"),
    "a negative number": (times("-1"), "count_unfit"),
    "half a number": (times("1.5"), "count_unfit"),
    "a loop without an end": (again(), "loop_endless"),
    "a loop of no times": (again("more", most=0), "most_unfit"),
    **{
        f"behaviour {behavior}": (
            times("3").replace("isSequential", f'behavior="{behavior}" isSequential'),
            "behavior_unsupported",
        )
        for behavior in ("None", "One", "Complex")
    },
}


def marked(host: str, mark: str = "") -> str:
    """Draw an activity with a mark, called ``x``."""
    drawn = HOSTS[host].replace('"work"', '"x"')
    opened, closed = drawn.split(">", 1)
    if closed.startswith("<bpmn:extensionElements>"):
        said, rest = closed.split("</bpmn:extensionElements>", 1)
        return f"{opened}>{said}</bpmn:extensionElements>{mark}{rest}"
    return f"{opened}>{mark}{closed}"


def around(drawn: str) -> bytes:
    """Return a process in which ``x`` stands between the start and a task."""
    return diagram("p", start(), drawn, user("after"), end(), path("begin", "x", "after", "end"))


def activities() -> Iterator[Form]:
    """Yield every activity, plain and with every mark."""
    for host in HOSTS:
        also = called(host, "none")
        yield Form(host, "plain", PROCESS, around(marked(host)), also=also)
        for name, mark in MARKS.items():
            yield Form(host, name, PROCESS, around(marked(host, mark)), also=also)
        for name, (mark, code) in MARKS_REFUSED.items():
            xml = around(marked(host, mark))
            yield Form(host, name, PROCESS, xml, code=code, also=also, palette=False)
        undone = marked(host).replace('id="x"', 'id="x" isForCompensation="true"', 1)
        code = "compensation_unsupported"
        yield Form(host, "for compensation", PROCESS, around(undone), code=code, also=also)
        many = marked(host).replace('id="x"', 'id="x" startQuantity="2"', 1)
        code = "quantity_unsupported"
        yield Form(host, "of two", PROCESS, around(many), code=code, also=also, palette=False)
    for element, code in NOT_RUN.items():
        xml = around(f'<bpmn:{element} id="x" name="x"/>')
        yield Form(element, "plain", PROCESS, xml, code=code)
