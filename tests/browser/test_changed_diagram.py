"""A changed copy of the diagrams runs through the pages without a line of code.

It has a second report step, a form step with three fields, and the revisit before the
leader's result.
"""

from collections.abc import Iterator

import pytest
from lxml import etree
from playwright.sync_api import Browser, expect

from engine import Session
from tests.bpmn.test_changed_copy import changed_instruction, changed_unit_handling
from tests.browser import plays
from tests.browser.conftest import Picture
from tests.browser.players import Company, seated
from tests.browser.stage import Stage
from tests.browser.test_story import CHECKS, report
from tests.deploying import put_in_use

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
LINE = "{http://www.omg.org/spec/DD/20100524/DI}"
TITLE = "城区新建公共停车场"


@pytest.fixture
def company(browser: Browser, stage: Stage) -> Iterator[Company]:
    """Let everybody sit down, after the administrator has deployed the changed copies."""
    plays.revisit(stage, chance=100)
    stage.database.write(deploy_changed_copies)
    with seated(browser, stage, "zh-CN") as company:
        yield company


def deploy_changed_copies(session: Session) -> None:
    """Make the changed copies the newest versions."""
    administrator = plays.actor(session, "hemin")
    for xml in (changed_unit_handling(), changed_instruction()):
        put_in_use(session, administrator, drawn(xml))


def drawn(xml: bytes) -> bytes:
    """Draw what was added, as an editor would: a box for a step, a straight line for an arrow."""
    root = etree.fromstring(xml)
    plane = next(root.iter(f"{DI}BPMNPlane"))
    pictured = {shape.get("bpmnElement") for shape in plane}
    for node in root.iter(f"{BPMN}userTask"):
        if node.get("id") not in pictured:
            shape = etree.SubElement(plane, f"{DI}BPMNShape", bpmnElement=node.get("id"))
            etree.SubElement(shape, f"{DC}Bounds", x="900", y="600", width="100", height="60")
    for flow in root.iter(f"{BPMN}sequenceFlow"):
        if flow.get("id") not in pictured:
            edge = etree.SubElement(plane, f"{DI}BPMNEdge", bpmnElement=flow.get("id"))
            for x in ("900", "1000"):
                etree.SubElement(edge, f"{LINE}waypoint", x=x, y="630")
    return etree.tostring(root)


def test_an_item_runs_on_the_changed_copy_down_to_its_close(
    company: Company, stage: Stage, picture: Picture
) -> None:
    item_id = plays.register(stage, TITLE)
    plays.approve(stage, item_id)
    plays.assign(stage, item_id, "市交通运输局")
    plays.take_up(stage, item_id, "qianjin")

    report_twice(company)
    fill_in_the_form(company, picture)
    revisit_before_the_leader(company)
    read_and_close(company, picture)


def report_twice(company: Company) -> None:
    """Report, report again at the new step; signed and accepted."""
    report(company, "qianjin", TITLE, final=True, progress="停车场已建成。")
    expect(company["qianjin"].take_up(TITLE).locator("h1")).to_contain_text("补充反馈")
    report(company, "qianjin", TITLE, final=True, progress="补充：已通过验收。")

    head, supervisor = company["zhouju"], company["liwen"]
    page = head.take_up(TITLE)
    expect(page.locator(".report").first).to_contain_text("补充：已通过验收。")
    head.answer("sign")
    head.arrives()
    page = supervisor.take_up(TITLE)
    for check in CHECKS:
        page.check(f"input[name={check}]")
    supervisor.answer("accept")
    supervisor.arrives()


def fill_in_the_form(company: Company, picture: Picture) -> None:
    """Fill in the three fields that the diagram asks, first wrongly and then rightly."""
    supervisor = company["liwen"]
    page = supervisor.take_up(TITLE)
    expect(page.locator("h1")).to_have_text("现场查看")
    page.fill("#value-people", "很多")
    supervisor.answer("seen")
    supervisor.refused("value-place")
    supervisor.refused("value-people")
    expect(page.locator("#value-people")).to_have_value("很多")
    picture(page, "form")
    page.fill("#value-place", "解放路停车场")
    page.fill("#value-people", "4")
    page.select_option("#value-grade", "好")
    supervisor.answer("seen")
    expect(supervisor.arrives().locator("#story")).to_contain_text("解放路停车场")


def revisit_before_the_leader(company: Company) -> None:
    """Revisit while the leader has nothing to read yet."""
    supervisor, leader = company["liwen"], company["luyuan"]
    assert leader.has_nothing(TITLE)
    page = supervisor.take_up(TITLE)
    page.select_option("#method", "on_site")
    supervisor.fill(findings="车位已全部开放。")
    supervisor.answer("solved")
    supervisor.arrives()


def read_and_close(company: Company, picture: Picture) -> None:
    """Let the leader read what the revisit found, and the director close it."""
    leader, director = company["luyuan"], company["zhangming"]
    expect(leader.take_up(TITLE).locator(".form-body")).to_contain_text("车位已全部开放。")
    leader.answer("none")
    leader.arrives()
    director.take_up(TITLE)
    director.answer("close")
    page = director.arrives()
    expect(page.locator(".head .light.done")).to_be_visible()
    expect(page.locator("#way.drawn .way-list")).to_contain_text("现场查看")
    picture(page, "closed")
