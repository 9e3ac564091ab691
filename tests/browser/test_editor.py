"""The editor of diagrams in a real browser: what is opened stays, what is offered runs."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import engine
from tests.browser.conftest import Picture, SignIn
from tests.browser.stage import Stage
from workflows.processes import DIAGRAMS, registry

CHINESE = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]{2,}")
NAMES = ("BPMN", "SVG", "PNG", "bpmn", "EN", "Tab")
"""What is written so in Chinese, too."""
SHIPPED = sorted(DIAGRAMS.glob("*.bpmn"))
USUAL = {
    ("isSequential", "false"),
    ("cancelActivity", "true"),
    ("isInterrupting", "true"),
    ("triggeredByEvent", "false"),
}
"""What an attribute means when it isn't written."""
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  xmlns:signavio="http://www.signavio.com" id="d" targetNamespace="urn:t">
  <bpmn:process id="p" isExecutable="true" camunda:historyTimeToLive="P30D">
    <bpmn:userTask id="t" name="登记" camunda:assignee="demo">
      <bpmn:extensionElements>
        <signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffcc" />
        <camunda:taskListener event="create">
          <camunda:script>x &gt; 1</camunda:script>
        </camunda:taskListener>
      </bpmn:extensionElements>
    </bpmn:userTask>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="dd"><bpmndi:BPMNPlane id="pp" bpmnElement="p">
    <bpmndi:BPMNShape id="t_di" bpmnElement="t">
      <dc:Bounds x="0" y="0" width="100" height="60" />
    </bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>"""

TRIP = """async xml => {
  const drawing = duban.modeler.get("drawing");
  await drawing.open(xml);
  const untouched = await drawing.text();
  return [untouched, (await duban.modeler.saveXML({format: true})).xml];
}"""
RENAME = """() => {
  const modeler = duban.modeler;
  const root = modeler.get("canvas").getRootElement();
  modeler.get("modeling").updateProperties(root, { name: "改了名" });
}"""
FORMS = """async () => {
  const get = name => duban.modeler.get(name);
  const written = [];
  const menu = get("replaceMenuProvider");
  const names = element => Object.keys(menu.getPopupMenuEntries(element));
  for (const {id} of get("elementRegistry").filter(each => each.parent && !each.labelTarget)) {
    for (const name of names(get("elementRegistry").get(id))) {
      const before = get("commandStack")._stackIdx;
      menu.getPopupMenuEntries(get("elementRegistry").get(id))[name].action();
      written.push([`${id} ${name}`, (await duban.modeler.saveXML()).xml]);
      while (get("commandStack")._stackIdx > before) get("commandStack").undo();
    }
  }
  return written;
}"""
WORDS = """choice => [...document.querySelectorAll(choice)].flatMap(place =>
  [place, ...place.querySelectorAll("*")].flatMap(each => [
    each.title, each.getAttribute("aria-label"),
    ...[...each.childNodes].filter(node => node.nodeType === 3).map(node => node.data.trim()),
  ])).filter(Boolean)"""
MENUS = """id => {
  const get = name => duban.modeler.get(name);
  const element = get("elementRegistry").get(id);
  const said = Object.values(get("contextPad").getEntries(element)).map(each => each.title);
  for (const menu of ["bpmn-replace", "duban-append"]) {
    const {entries, headerEntries} = get("popupMenu")._getContext(element, menu);
    for (const each of [...Object.values(entries), ...Object.values(headerEntries)]) {
      said.push(each.label, each.title, each.group?.name);
    }
  }
  return said.filter(Boolean);
}"""
DRAWN = """() => duban.modeler.get("elementRegistry")
  .filter(each => each.parent && !each.labelTarget).map(each => each.id)"""
UNRUN = {
    "attribute_unsupported",
    "compensation_unsupported",
    "element_unsupported",
    "error_interrupts",
    "error_unthrown",
    "escalation_unthrown",
    "event_missing",
    "event_several",
    "event_unsupported",
    "pool_several",
    "script_unsupported",
    "start_by_itself",
    "start_event_unsupported",
    "sub_start_event",
    "task_untyped",
    "transaction_unsupported",
}
"""What the gate says of a form that isn't run; the rest is about what isn't filled in yet."""


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """Give a page that says nothing to the console, whatever is done in it."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    yield page
    assert said == []


def every_place() -> str:
    """Return a diagram with an element at every place that the gate knows."""
    hosts = ("userTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask")
    gateways = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway")
    bodies = {
        **{name: f"<bpmn:{name} id='{name}'/>" for name in ("startEvent", "endEvent", *gateways)},
        "thrown": "<bpmn:intermediateThrowEvent id='thrown'/>",
        "caught": about("intermediateCatchEvent", "caught", "timer"),
        "inner": "<bpmn:startEvent id='inner'/>",
        "awaited": about("startEvent", "awaited", "message"),
    }
    sub = f"<bpmn:subProcess id='subProcess'>{bodies.pop('inner')}</bpmn:subProcess>"
    beside = bodies.pop("awaited")
    beside = f"<bpmn:subProcess id='beside' triggeredByEvent='true'>{beside}</bpmn:subProcess>"
    bodies |= {host: f"<bpmn:{host} id='{host}'/>" for host in (*hosts, "callActivity")}
    bodies |= {"subProcess": sub, "beside": beside}
    hosted = (*hosts, "callActivity", "subProcess")
    bodies |= {
        f"on_{host}": about("boundaryEvent", f"on_{host}", "message", host) for host in hosted
    }
    shapes = [*bodies, "inner", "awaited"]
    drawn = "".join(
        f"<bpmndi:BPMNShape id='{name}_di' bpmnElement='{name}' isExpanded='true'>"
        f"<dc:Bounds x='{at * 140}' y='0' width='100' height='60'/></bpmndi:BPMNShape>"
        for at, name in enumerate(shapes)
    )
    head, _, tail = FOREIGN.partition("<bpmn:userTask")
    tail = f"</bpmn:process>{tail.partition('</bpmn:process>')[2]}"
    plane, _, end = tail.partition("<bpmndi:BPMNShape")
    return (
        f"{head}{''.join(bodies.values())}{plane}{drawn}{end.partition('</bpmndi:BPMNShape>')[2]}"
    )


def about(name: str, identifier: str, subject: str, host: str = "") -> str:
    """Draw an event about something, perhaps on the boundary of an activity."""
    attached = f" attachedToRef='{host}'" if host else ""
    definition = f"<bpmn:{subject}EventDefinition id='{identifier}_about'/>"
    return f"<bpmn:{name} id='{identifier}'{attached}>{definition}</bpmn:{name}>"


def draw(page: Page, process: str) -> None:
    """Open the draft of a process in the editor."""
    page.goto("/diagrams")
    page.locator(f'form[action$="/{process}/draft"] button').first.click()
    page.wait_for_selector("html[data-opened]")


def canonical(xml: str) -> Any:
    """Return what a file says, however it is written."""

    def said(element: ET.Element) -> tuple[Any, ...]:
        attributes = sorted(pair for pair in element.attrib.items() if pair not in USUAL)
        return element.tag, attributes, (element.text or "").strip(), [*map(said, element)]

    return said(ET.fromstring(xml))  # noqa: S314 - our own files


def test_what_is_opened_and_saved_stays_as_it_was(quiet: Page, sign_in: SignIn) -> None:
    sign_in(quiet, "hemin")
    draw(quiet, "instruction")

    for xml in [*(file.read_text("utf-8") for file in SHIPPED), FOREIGN]:
        untouched, written = quiet.evaluate(TRIP, xml)
        assert untouched == xml
        assert canonical(written) == canonical(xml)


def test_whoever_is_signed_out_meanwhile_is_told_that_nothing_is_saved(
    page: Page, sign_in: SignIn
) -> None:
    sign_in(page, "hemin")
    draw(page, "conclusion_review")
    page.context.clear_cookies()

    page.evaluate(RENAME)

    expect(page.locator("[data-editor=saved]")).to_have_text("没有保存：请重新登录")


def test_only_what_runs_is_offered(quiet: Page, sign_in: SignIn, stage: Stage) -> None:
    sign_in(quiet, "hemin")
    draw(quiet, "suggestion")
    quiet.evaluate("xml => duban.modeler.get('drawing').open(xml)", every_place())

    for name, xml in quiet.evaluate(FORMS):
        with stage.database.read() as session:
            found = engine.check(xml.encode(), registry(), session)
        codes = {problem.code for problem in found if problem.element_id == name.split()[0]}
        assert not codes & UNRUN, name


def test_by_keyboard_alone_a_step_is_added_named_connected_and_saved(
    quiet: Page, sign_in: SignIn, picture: Picture
) -> None:
    sign_in(quiet, "hemin")
    draw(quiet, "conclusion_review")
    press = quiet.keyboard.press
    live = quiet.locator("[data-editor=live]")

    quiet.locator(".djs-container > svg").first.focus()
    press("ArrowRight")
    expect(live).to_contain_text("开始")
    press("a")
    quiet.keyboard.type("反馈")
    press("Enter")
    expect(quiet.locator(".djs-direct-editing-content")).to_be_focused()
    press("Control+a")
    quiet.keyboard.type("补充说明")
    press("Enter")
    expect(live).to_contain_text("补充说明")
    expect(quiet.locator(".djs-container > svg").first).to_be_focused()  # it is so a moment later
    press("c")
    expect(quiet.locator(".djs-popup")).to_be_visible()
    press("Enter")
    expect(live).to_contain_text("连线")

    expect(quiet.locator("[data-editor=saved][data-saved=true]")).to_be_visible()
    expect(quiet.locator("[data-editor=problems] tr").first).to_be_visible()
    picture(quiet, "drawn")
    quiet.reload()
    quiet.wait_for_selector("html[data-opened]")
    expect(quiet.locator("[data-element-id=report]").first).to_contain_text("补充说明")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_word_is_left_in_the_other_language(
    quiet: Page, sign_in: SignIn, picture: Picture, language: str
) -> None:
    sign_in(quiet, "hemin")
    if language == "en":
        quiet.get_by_role("button", name="EN", exact=True).click()
    draw(quiet, "unit_handling")
    wrong = CHINESE if language == "en" else LATIN

    said = quiet.evaluate(
        WORDS, ".ed-bar, .ed-palette, .ed-zoom, .ed-problems header, .djs-minimap"
    )
    for element in quiet.evaluate(DRAWN):
        said += quiet.evaluate(MENUS, element)
    quiet.locator("[data-editor=simulate]").click()
    quiet.locator("[data-container-id=start] .bts-context-pad").first.click()
    picture(quiet, f"simulated-{language}")
    said += quiet.evaluate(WORDS, "[class*=bts-]")
    quiet.locator("[data-editor=simulate]").click()
    quiet.locator("[data-editor=keys]").click()
    said += quiet.evaluate(WORDS, ".ed-keys dd")

    strange = {word for word in said if wrong.search(plain(word))}
    assert strange == set()
    assert quiet.evaluate("[...duban.missed]") == []


def plain(word: str) -> str:
    """Return a word of the page without what is written so in every language."""
    return re.sub(rf"\b(?:[0-9a-z]{{7}}|{'|'.join(NAMES)})\b", "", word)
