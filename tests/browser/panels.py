"""The editor's panel, and a line of elements that say nothing yet, for the tests to say it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from playwright.sync_api import Locator, Page, expect

import engine
from tests.browser.stage import Stage
from workflows.processes import registry

BARE: Final = {
    "ask": "<bpmn:userTask {}",
    "tell": "<bpmn:userTask {}",
    "deed": "<bpmn:serviceTask {}",
    "rank": "<bpmn:businessRuleTask {}",
    "send": "<bpmn:sendTask {}",
    "hear": "<bpmn:receiveTask {}",
    "part": "<bpmn:callActivity {}",
    "wait": "<bpmn:intermediateCatchEvent {}<bpmn:timerEventDefinition/>",
    "hold": "<bpmn:intermediateCatchEvent {}<bpmn:conditionalEventDefinition/>",
    "gate": "<bpmn:exclusiveGateway {}",
}
"""The elements of a line, none of which says more than what it is."""
NAMES: Final = ["start", *BARE, "done", "gone"]
FLOWS: Final = [*pairwise(NAMES[:-1]), ("gate", "gone")]
PLACES: Final = {name: (200 + 150 * at, 200) for at, name in enumerate(NAMES)} | {
    "gone": (1700, 320)
}
NAMESPACES: Final = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "duban": "urn:duban:bpmn:1",
}


def line() -> str:
    """Draw the elements in one lane, and a second way from the gateway to an end of its own."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    lane = "".join(f"<bpmn:flowNodeRef>{name}</bpmn:flowNodeRef>" for name in NAMES)
    return (
        f'<bpmn:definitions {spaces} id="file" targetNamespace="urn:duban"><bpmn:collaboration '
        'id="both"><bpmn:participant id="pool" name="line" processRef="line"/>'
        '</bpmn:collaboration><bpmn:process id="line" name="line" isExecutable="true">'
        f'<bpmn:laneSet id="lanes"><bpmn:lane id="lane" name="lane">{lane}</bpmn:lane>'
        f"</bpmn:laneSet>{''.join(_elements())}</bpmn:process><bpmndi:BPMNDiagram id="
        f'"picture"><bpmndi:BPMNPlane id="plane" bpmnElement="both">{"".join(_shapes())}'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"
    )


def _elements() -> Iterator[str]:
    yield '<bpmn:startEvent id="start"/><bpmn:endEvent id="done"/><bpmn:endEvent id="gone"/>'
    for name, tag in BARE.items():
        kind = tag.split()[0].removeprefix("<")
        yield tag.format(f'id="{name}" name="{name}" duban:name_en="{name}">') + f"</{kind}>"
    for one, two in FLOWS:
        yield f'<bpmn:sequenceFlow id="{one}_{two}" sourceRef="{one}" targetRef="{two}"/>'


def _shapes() -> Iterator[str]:
    yield _shape("pool", 100, 100, 2000, 350)
    yield _shape("lane", 130, 100, 1970, 350)
    for name, (x, y) in PLACES.items():
        wide, high = (100, 60) if "Task" in BARE.get(name, "") or name == "part" else (36, 36)
        yield _shape(name, x, y, wide, high)
    for one, two in FLOWS:
        points = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in (PLACES[one], PLACES[two]))
        yield f'<bpmndi:BPMNEdge id="e_{one}_{two}" bpmnElement="{one}_{two}">{points}'
        yield "</bpmndi:BPMNEdge>"


def _shape(name: str, x: int, y: int, wide: int, high: int) -> str:
    return (
        f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}" isHorizontal="true"><dc:Bounds '
        f'x="{x}" y="{y}" width="{wide}" height="{high}"/></bpmndi:BPMNShape>'
    )


AT_ONCE = """async chosen => {
  const labelled = text =>
    [...document.querySelectorAll(".pp label")].find(each => each.textContent.trim() === text);
  for (const [label, value] of chosen) {
    const control = document.getElementById(labelled(label).htmlFor);
    control.value = value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
    await null;
  }
}"""

TYPED_AT_ONCE = """async ([label, value, title, text]) => {
  const labelled = text =>
    [...document.querySelectorAll(".pp label")].find(each => each.textContent.trim() === text);
  const control = text => document.getElementById(labelled(text).htmlFor);
  const say = (field, name) => field.dispatchEvent(new Event(name, { bubbles: true }));
  control(label).value = value;
  say(control(label), "change");
  await null;
  control(title).value = text;
  say(control(title), "input");
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)));
  await frame();
  await frame();
  say(control(title), "change");
}"""


class Panel:
    """The panel, and the diagram behind it."""

    def __init__(self, page: Page, stage: Stage) -> None:
        self.page, self.stage = page, stage
        self.place = page.locator(".pp")

    def choose(self, element: str) -> None:
        """Choose an element, and wait until the panel speaks of it."""
        self.page.evaluate(
            "id => { const { modeler } = window.duban;"
            " modeler.get('selection').select(modeler.get('elementRegistry').get(id)); }",
            element,
        )
        expect(self.place).to_have_attribute("data-element", element)

    def field(self, label: str, nth: int = 0) -> Locator:
        """Find the control of a line."""
        return self.place.get_by_label(label, exact=True).nth(nth)

    def pick(self, label: str, value: str) -> None:
        """Choose one of the options of a line."""
        self.field(label).select_option(value)

    def pick_at_once(self, *chosen: tuple[str, str]) -> None:
        """Choose one option after another, without a frame between them."""
        self.page.evaluate(AT_ONCE, [list(each) for each in chosen])

    def pick_and_write_at_once(self, label: str, value: str, title: str, text: str) -> None:
        """Choose an option, and type into the line that it brings before that is painted."""
        self.page.evaluate(TYPED_AT_ONCE, [label, value, title, text])

    def write(self, label: str, text: str, nth: int = 0) -> None:
        """Type a text into a line and leave it."""
        self.field(label, nth).fill(text)
        self.field(label, nth).press("Enter")

    def press(self, name: str) -> None:
        """Press a button of the panel."""
        self.place.get_by_role("button", name=name, exact=True).click()

    def undo(self) -> None:
        """Take the last change back."""
        self.page.evaluate("() => window.duban.modeler.get('commandStack').undo()")

    @property
    def xml(self) -> str:
        """The diagram as it would be saved."""
        ask = "() => window.duban.modeler.saveXML({ format: true }).then(({ xml }) => xml)"
        text: str = self.page.evaluate(ask)
        return text

    def problems(self) -> set[tuple[str, str | None]]:
        """Return what the gate refuses the diagram for, and where."""
        xml = self.xml.encode()
        with self.stage.database.read() as session:
            found = engine.check(xml, registry(), session)
        return {(each.code, each.element_id) for each in found if each.refuses}
