"""By keyboard alone a process is changed, deployed, moved to and taken back."""

from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import plays
from tests.browser.conftest import SignIn
from tests.browser.stage import Stage
from workflows import settings
from workflows.tables import Setting

LONGEST: Final = 80
"""How often Tab is pressed before somebody would give up."""
STEP: Final = "现场踏勘"
OUTLINED: Final = """each => {
  const style = getComputedStyle(each), box = each.getBoundingClientRect();
  const drawn = style.outlineStyle !== "none" || style.boxShadow !== "none";
  return each === document.activeElement && drawn && box.width > 0;
}"""


def go(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Walk to something by Tab, and see on it that one has come there."""
    for _ in range(LONGEST):
        page.keyboard.press(key)
        if wanted.evaluate("each => each === document.activeElement"):
            assert wanted.evaluate(OUTLINED), wanted
            return
    pytest.fail(f"{wanted} can't be reached by {key}")


def press(page: Page, wanted: Locator) -> None:
    """Walk to something and press it."""
    go(page, wanted)
    page.keyboard.press("Enter")


def test_a_process_is_changed_deployed_moved_to_and_taken_back_without_a_mouse(
    page: Page, sign_in: SignIn, stage: Stage
) -> None:
    stage.database.write(lambda s: s.add(Setting(name="diagrams.review", value=settings.NO)))
    plays.register(stage, "老旧小区加装电梯")
    sign_in(page, "hemin")
    page.goto("/diagrams")
    press(page, page.locator("form[action='/diagrams/instruction/draft'] button").first)
    page.wait_for_selector("html[data-opened]")

    add_a_step_and_mend_it(page)
    simulate(page)
    compare_and_deploy(page)
    move_what_runs(page, stage)
    take_it_back(page)


def add_a_step_and_mend_it(page: Page) -> None:
    """Append a form to the hand-over, cut the old way, be stopped, and lead the new one on."""
    find(page, "交办")
    page.keyboard.press("a")
    choose(page, "自定表单")
    expect(page.locator(".djs-direct-editing-content")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(STEP)
    page.keyboard.press("Enter")
    expect(page.locator(".djs-container > svg").first).to_be_focused()
    find(page, "交办")
    page.keyboard.press("Tab")
    expect(live(page)).to_contain_text("连线")
    page.keyboard.press("Delete")
    wrong = page.locator("[data-editor=problems] tr[data-severity=error]")
    expect(wrong.filter(has_text=STEP)).not_to_have_count(0)
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    expect(live(page)).to_contain_text(STEP)

    find(page, STEP)
    page.keyboard.press("c")
    choose(page, "各单位办理")
    expect(wrong).to_have_count(0)
    page.keyboard.press("?")
    expect(page.locator("[data-editor=help]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-editor=help]")).to_be_hidden()
    expect(page.locator("[data-editor=saved][data-saved=true]")).to_be_visible()


def live(page: Page) -> Locator:
    """Return what tells those who can't see it which element is chosen."""
    return page.locator("[data-editor=live]")


def choose(page: Page, name: str) -> None:
    """Choose from a list by what is typed; it listens to keys, and Chinese comes without one."""
    expect(page.locator(".djs-popup input:focus, .djs-search-open input:focus")).to_be_visible()
    page.keyboard.type(name)
    page.keyboard.press("End")
    chosen = page.locator(".djs-popup .entry.selected, .djs-search-result-selected")
    expect(chosen).to_contain_text(name)
    page.keyboard.press("Enter")


def find(page: Page, name: str) -> None:
    """Choose an element by its name."""
    canvas = page.locator(".djs-container > svg").first
    if not canvas.evaluate("each => each === document.activeElement"):
        go(page, canvas)
    page.keyboard.press("Control+f")
    choose(page, name)
    expect(live(page)).to_contain_text(name)


def simulate(page: Page) -> None:
    """Let a token walk from the start."""
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    press(page, page.locator("[data-container-id=start] .bts-context-pad:visible").first)
    expect(page.locator(".bts-scope").first).to_be_visible()
    press(page, page.locator("[data-editor=simulate]"))


def compare_and_deploy(page: Page) -> None:
    """Read what changes, go back, and deploy with a note."""
    press(page, page.locator("[data-editor=compare]"))
    expect(page.locator("#changes")).to_contain_text(STEP)
    press(page, page.get_by_role("link", name="回到草稿"))
    page.wait_for_selector("html[data-opened]")
    press(page, page.locator("[data-editor=deploy]"))
    go(page, page.locator("#note"))
    page.keyboard.type("先踏勘再办理。")
    press(page, page.get_by_role("button", name="部署", exact=True))
    page.wait_for_url("**/history")


def move_what_runs(page: Page, stage: Stage) -> None:
    """Move all that can be moved, and have it taken back."""
    press(page, page.locator("a[href$='/migrate']").first)
    go(page, page.locator("#reason"))
    page.keyboard.type("按新规")
    press(page, page.locator("button[name=which][value=all]"))
    page.wait_for_url("**/migrations/*")
    stage.work()
    page.keyboard.press("F5")
    expect(page.locator("h1")).to_have_text("已迁移1项")
    with page.expect_navigation():
        press(page, page.locator("form[action$='/undo'] button"))
    stage.work()
    page.keyboard.press("F5")
    expect(page.locator("main")).to_contain_text("已撤回")


def take_it_back(page: Page) -> None:
    """Bring the first version back."""
    page.goto("/diagrams/instruction/history")
    press(page, page.get_by_role("button", name="回退到此版"))
    go(page, page.locator("#note"))
    page.keyboard.type("踏勘改在办理时进行。")
    press(page, page.get_by_role("button", name="部署", exact=True))
    page.wait_for_url("**/history")
    expect(page.locator(".versions li").first).to_contain_text("第1版")
