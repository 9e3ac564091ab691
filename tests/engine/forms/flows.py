"""The ways out of an element, and what only stands in the picture."""

from collections.abc import Iterator
from typing import Final

from tests.engine.drawing import diagram, end, flow, parallel, path, start, throw, user
from tests.engine.forms.form import PROCESS, READ, Form


def flows() -> Iterator[Form]:
    """Yield the ways out of an activity and of an event."""
    body = (start(), user("a"), user("b"), end(), path("a", "end"), path("b", "end"))

    def ways(drawn: str, first: str | None, second: str | None) -> bytes:
        return diagram(
            "p", *body, drawn, flow("begin", "x"), flow("x", "a", first), flow("x", "b", second)
        )

    plain, other = user("x"), user("x", default="b")
    yield Form("sequenceFlow", "several", "userTask", ways(plain, None, None))
    yield Form("sequenceFlow", "conditional", "userTask", ways(plain, "one", None))
    yield Form("sequenceFlow", "conditional and default", "userTask", ways(other, "one", None))
    code = "default_missing"
    yield Form("sequenceFlow", "all conditional", "userTask", ways(plain, "one", "two"), code=code)
    code = "default_idle"
    yield Form("sequenceFlow", "default alone", "userTask", ways(other, None, None), code=code)
    passed = throw("x")
    yield Form("sequenceFlow", "several", "intermediateThrowEvent", ways(passed, None, None))
    code = "condition_misplaced"
    xml = ways(passed, "one", None)
    yield Form("sequenceFlow", "conditional", "intermediateThrowEvent", xml, code=code)
    xml = ways(parallel("x"), "one", None)
    yield Form("sequenceFlow", "conditional", "parallelGateway", xml, code=code)
    slow = ways(plain, None, None).replace(b'sourceRef="x"', b'isImmediate="false" sourceRef="x"')
    code = "value_unsupported"
    yield Form("sequenceFlow", "not immediate", "userTask", slow, code=code, palette=False)


PICTURE: Final = {
    "dataObjectReference": "data_unsupported",
    "dataStoreReference": "data_unsupported",
    "textAnnotation": READ,
    "group": READ,
}


def picture() -> Iterator[Form]:
    """Yield what stands beside the flow."""
    plain = (start(), user("after"), end(), path("begin", "after", "end"))
    for element, code in PICTURE.items():
        xml = diagram("p", *plain, f'<bpmn:{element} id="x"/>')
        yield Form(element, "beside the flow", PROCESS, xml, code=code)
