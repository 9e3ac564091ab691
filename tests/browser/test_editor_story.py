"""An administrator changes the running process without fear, and without a line of code.

A step is drawn, stopped by a mistake, mended, simulated, replayed, tried, compared, reviewed by
somebody who reads English, deployed, followed by what runs, and taken back.
"""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from engine import Session
from tests.browser import cast, plays
from tests.browser.conftest import Picture
from tests.browser.panels import Panel
from tests.browser.players import Company, seated
from tests.browser.stage import Stage
from workflows import people
from workflows.tables import Holding, Person, Post, Role

TITLE: Final = "老旧小区加装电梯"
LEADS_ON: Final = "duban.modeler.get('elementRegistry').get('form').outgoing[0].id"
WHY: Final = "市长要求立项后先到现场看过再交办。"
STEP: Final = "现场踏勘"
MIDDLE: Final = """id => {
  const canvas = duban.modeler.get("canvas"), box = canvas.viewbox();
  const [one, two] = duban.modeler.get("elementRegistry").get(id).waypoints;
  const place = canvas.getContainer().getBoundingClientRect();
  const at = axis => ((one[axis] + two[axis]) / 2 - box[axis]) * box.scale;
  return [place.left + at("x"), place.top + at("y")];
}"""


@pytest.fixture
def company(browser: Browser, stage: Stage) -> Iterator[Company]:
    """Let everybody sit down, a second administrator among them."""
    stage.database.write(second_administrator)
    with seated(browser, stage, "zh-CN") as company:
        yield company


def second_administrator(session: Session) -> None:
    """Bring somebody on stage who reviews what the first one draws."""
    first = next(each for each in people.persons(session) if each.login == "hemin")
    unit_id = plays.actor(session, "hemin").posts[0].unit_id
    person = Person(name="周岚", login="zhoulan", password=first.password)
    post = Post(unit_id=unit_id, name="系统管理员", role=Role.ADMINISTRATOR)
    session.add_all([person, post])
    session.flush()
    session.add(Holding(post_id=post.id, person_id=person.id, since=cast.SINCE))


def test_an_administrator_changes_the_process_and_takes_it_back(
    company: Company, stage: Stage, guide: Picture
) -> None:
    waiting = plays.register(stage, TITLE)

    draw_a_step(company, guide)
    mend_what_stops_it(company, guide)
    try_it(company, guide)
    compare_and_deploy(company, guide)
    move_what_runs(company, stage, waiting, guide)
    take_it_back(company)


def draw_a_step(company: Company, guide: Picture) -> None:
    """Drop a step of an own form onto the arrow from the hand-over to the units."""
    page = company["hemin"].open("/diagrams")
    page.locator("form[action='/diagrams/instruction/draft'] button").first.click()
    page.wait_for_selector("html[data-opened]")
    page.locator("[data-entry=step-form]").click()
    x, y = middle_of(page, "to_units")
    while not page.locator(".djs-drag-active").count():
        page.mouse.move(x + 4, y + 4)
        page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(page.locator(".pp h2")).to_have_text("填写表单")
    guide(page, "administrator-draws")


def middle_of(page: Page, flow: str) -> tuple[float, float]:
    """Return where the middle of an arrow's first line is on the screen."""
    x, y = page.evaluate(MIDDLE, flow)
    return x, y


def mend_what_stops_it(company: Company, guide: Picture) -> None:
    """Lose the arrow that leads on: the editor says so, deploying is stopped; draw it again."""
    page = company["hemin"].page
    panel = Panel(page, company.stage)
    panel.write("中文", STEP)
    panel.write("English", "Look on the spot")
    panel.pick("添加字段", "text")
    panel.press("加一个按钮")
    panel.choose(page.evaluate(LEADS_ON))
    page.locator(".djs-container > svg").first.focus()
    page.keyboard.press("Delete")
    wrong = page.locator("[data-editor=problems] tr[data-severity=error]")
    expect(wrong.first).to_contain_text(STEP)
    guide(page, "administrator-is-stopped")
    deploy = page.locator("[data-editor=deploy]")
    expect(deploy).to_have_attribute("aria-disabled", "true")

    panel.choose("form")
    page.locator(".djs-container > svg").first.focus()
    page.keyboard.press("c")
    page.locator(".djs-popup .entry", has_text="各单位办理").click()
    expect(wrong).to_have_count(0)
    expect(page.locator("[data-editor=saved][data-saved=true]")).to_be_visible()


def try_it(company: Company, guide: Picture) -> None:
    """Simulate it, replay what is under way, and play an invented item."""
    page = company["hemin"].page
    page.locator("[data-editor=simulate]").click()
    page.locator("[data-container-id=start] .bts-context-pad:visible").first.click()
    guide(page, "administrator-simulates")
    page.locator("[data-editor=simulate]").click()
    page.locator("[data-editor=replay]").click()
    page.wait_for_url("**/replay")
    page.locator("main form button.primary").click()
    company.stage.work()
    page.reload()
    expect(page.locator("main")).to_contain_text("走法不变")
    guide(page, "administrator-replays")
    page.goto(page.url.replace("/replay", "/trial"))
    page.locator("main .tri-begin button").click()
    page.locator("#steps button[value=approve]").click()
    page.locator("#steps button[value=assign]").click()
    expect(page.locator("#steps")).to_contain_text(STEP)
    page.wait_for_selector(".dia svg")
    guide(page, "administrator-tries")


def compare_and_deploy(company: Company, guide: Picture) -> None:
    """Read what changes, ask the second administrator, who reads English, and deploy."""
    page = company["hemin"].page
    page.goto(page.url.replace("/trial", "/deploy"))
    page.get_by_role("link", name="比较").first.click()
    expect(page.locator("#changes")).to_contain_text(STEP)
    page.wait_for_selector("[data-side=after] .djs-container")
    guide(page, "administrator-compares")
    page.go_back()
    page.fill("#note", WHY)
    page.get_by_role("button", name="送交复核").click()
    second = company.english("zhoulan").open("/diagrams")
    second.get_by_role("link", name="Review it").click()
    expect(second.locator("#changes")).to_contain_text("Look on the spot")
    guide(second, "administrator-reviews")
    second.locator("button[name=verdict][value=approve]").click()

    page.reload()
    page.get_by_role("button", name="部署", exact=True).click()
    page.wait_for_url("**/history")


def move_what_runs(company: Company, stage: Stage, item_id: int, guide: Picture) -> None:
    """Move the item that waits to the new version; the step comes to the inbox by itself."""
    page = company["hemin"].page
    page.locator("a[href$='/migrate']").first.click()
    page.wait_for_url("**/migrate")
    guide(page, "administrator-migrates")
    page.fill("#reason", WHY)
    page.locator("button[name=which][value=all]").click()
    stage.work()
    page.reload()
    expect(page.locator("h1")).to_have_text("已迁移1项")

    plays.approve(stage, item_id)
    plays.assign(stage, item_id, "市交通运输局")
    handler = company["liwen"].take_up(TITLE)
    expect(handler.locator("h1")).to_have_text(STEP)


def take_it_back(company: Company) -> None:
    """Roll back to the first version: it is reviewed and deployed as any other."""
    page = company["hemin"].open("/diagrams/instruction/history")
    page.get_by_role("button", name="回退到此版").click()
    page.fill("#note", "踏勘改在各单位办理时进行。")
    page.get_by_role("button", name="送交复核").click()
    second = company.english("zhoulan").open("/diagrams")
    second.get_by_role("link", name="Review it").click()
    second.locator("button[name=verdict][value=approve]").click()
    page.reload()
    page.get_by_role("button", name="部署", exact=True).click()
    page.wait_for_url("**/history")
    expect(page.locator(".versions li").first).to_contain_text("第3版")
    expect(page.locator(".versions li").first).to_contain_text("第1版")
    page.locator("a[href$='/migrate']").first.click()
    expect(page.locator("main .mig")).to_contain_text(STEP)
