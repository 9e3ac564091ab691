"""What is drawn isn't lost in the moments between: while it is saved, asked for, or half typed."""

from typing import Final

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import SignIn
from tests.browser.held import ASKS, Held
from tests.browser.panels import Panel, line
from tests.browser.stage import Stage
from tests.browser.test_editor import RENAME, draw

SAVE: Final = f"() => {{ ({RENAME})(); duban.modeler.get('saving').save(); }}"
KEPT: Final = "() => Object.keys(localStorage).some(key => key.startsWith('duban.draft'))"
SOON_KEPT: Final = f"""async () => {{
  for (let look = 0; look < 1000 && !({KEPT})(); look += 1)
    await new Promise(done => setTimeout(done, 20));
  return ({KEPT})();
}}"""
THEIRS: Final = "duban.modeler.get('saving').theirs()"
OPEN: Final = """part => {
  const get = name => duban.modeler.get(name);
  const calls = get("elementRegistry").find(
    ({ businessObject }) => businessObject.calledElement === part);
  get("eventBus").fire("duban.part.open", { element: calls });
}"""
NO_LIMIT: Final = """() => {
  const get = name => duban.modeler.get(name);
  const gate = get("elementRegistry").find(({ type }) => type === "bpmn:ExclusiveGateway");
  get("modeling").updateProperties(gate, { default: undefined });
  get("modeling").removeElements([get("elementRegistry").get("approve")]);
}"""
CHECKED: Final = "() => duban.modeler.get('problems').check()"


def refuse(route: Route) -> None:
    """Answer that it took too long."""
    route.fulfill(status=408, json={})


def sign_out(route: Route) -> None:
    """Answer that nobody is signed in any more."""
    route.fulfill(status=401, json={})


def saved(page: Page) -> Locator:
    """Find where the page says how saving went."""
    return page.locator("[data-editor=saved]")


@pytest.fixture
def drawn(page: Page, sign_in: SignIn) -> Page:
    """Open the draft of a diagram."""
    sign_in(page, "hemin")
    draw(page, "instruction")
    return page


@pytest.fixture
def panel(drawn: Page, stage: Stage) -> Panel:
    """Open the bare line in the editor, saved to nowhere."""
    drawn.route("**/drafts/*/xml", refuse)
    drawn.evaluate("xml => duban.modeler.importXML(xml)", line())
    return Panel(drawn, stage)


def test_nobody_is_let_go_while_it_is_being_saved(drawn: Page) -> None:
    held = Held(drawn, "**/drafts/*/xml")
    drawn.evaluate(SAVE)
    held.wait()

    expect(saved(drawn)).to_have_attribute("data-saved", "false")
    assert drawn.evaluate(ASKS)
    assert drawn.evaluate(SOON_KEPT)

    held.let_go()
    expect(saved(drawn)).to_have_attribute("data-saved", "true")
    assert not drawn.evaluate(ASKS)
    assert not drawn.evaluate(KEPT)


def test_a_half_typed_line_is_not_thrown_away(panel: Panel) -> None:
    page = panel.page
    panel.choose("ask")
    assert not page.evaluate(ASKS)

    panel.field("中文").press_sequentially("半")

    assert page.evaluate(ASKS)
    assert page.evaluate(THEIRS) is None
    panel.field("中文").press("Enter")
    page.evaluate("() => Object.assign(duban.modeler.get('saving'), { unsaved: false })")
    assert not page.evaluate(ASKS)


def test_a_name_that_is_typed_on_the_canvas_is_not_thrown_away(drawn: Page) -> None:
    drawn.evaluate(
        """() => { const get = name => duban.modeler.get(name);
        get("directEditing").activate(get("elementRegistry").get("approve")); }"""
    )

    assert drawn.evaluate(ASKS)
    assert drawn.evaluate(THEIRS) is None


def test_a_press_counts_that_ends_the_typing_of_a_field(panel: Panel) -> None:
    page = panel.page
    panel.choose("ask")
    panel.pick("步骤类型", "form")
    panel.pick("添加字段", "text")
    field = page.locator(".ff-field[open]")

    field.get_by_label("中文", exact=True).fill("路段")
    field.get_by_label("必填").click()

    expect(field.get_by_label("必填")).to_be_checked()
    expect(field.locator("summary")).to_contain_text("路段")
    assert 'label="路段" required="true"' in panel.xml


def test_tab_goes_on_from_a_field_that_was_typed(panel: Panel) -> None:
    page = panel.page
    panel.choose("ask")
    panel.pick("步骤类型", "form")
    panel.pick("添加字段", "text")
    field = page.locator(".ff-field[open]")

    field.get_by_label("中文", exact=True).fill("路段")
    page.keyboard.press("Tab")

    expect(field.get_by_label("英文", exact=True)).to_be_focused()


def test_a_field_that_changes_its_kind_or_place_says_what_it_is(panel: Panel) -> None:
    page = panel.page
    panel.choose("ask")
    panel.pick("步骤类型", "form")
    panel.pick("添加字段", "text")
    panel.pick("添加字段", "choice")
    field = page.locator(".ff-field[open]")
    field.get_by_label("中文", exact=True).fill("方式")
    field.get_by_label("选项，用 | 隔开").fill("甲|乙")
    panel.press("上移: 方式")
    page.locator(".ff-field").nth(1).locator("summary").click()
    lower = page.locator(".ff-field").nth(1)
    lower.get_by_label("何时显示").select_option(index=1)
    lower.locator("select").nth(3).select_option("乙")

    expect(page.locator(".ff-field").first.locator("summary")).to_contain_text("方式")
    assert 'visible_if="field_2 == &#34;乙&#34;"' in panel.xml
    panel.undo()
    expect(lower.locator("select").nth(3)).to_have_value("甲")


def test_a_part_that_comes_late_is_shown_to_nobody(drawn: Page) -> None:
    first = drawn.evaluate("JSON.parse(document.getElementById('editor-told').textContent).parts")
    address = next(part["xml"] for part in first if part["id"] == "unit_handling")
    held = Held(drawn, f"**{address}")
    layer = drawn.locator("[data-editor=part]")

    drawn.evaluate(OPEN, "unit_handling")
    held.wait()
    drawn.locator("[data-crumb='0']").click()
    expect(layer).to_be_hidden()
    drawn.evaluate(OPEN, "revisit")
    expect(layer.locator(".djs-shape").first).to_be_visible()
    shapes = layer.locator(".djs-shape").count()
    held.let_go()

    expect(layer.locator(".djs-shape")).to_have_count(shapes)
    drawn.locator("[data-crumb='0']").click()
    drawn.evaluate(OPEN, "unit_handling")
    held.wait()
    drawn.locator("[data-crumb='0']").click()
    held.let_go()
    expect(layer).to_be_hidden()


def test_a_part_that_is_refused_says_so(drawn: Page) -> None:
    drawn.route("**/diagrams/**", refuse)
    drawn.evaluate(OPEN, "unit_handling")

    expect(drawn.locator("[data-part-name]")).to_have_text("单位办理：现在打不开")


@pytest.mark.parametrize("what", ["**/catalogue*", "**/drafts/*/xml"])
def test_what_was_lost_on_the_way_is_asked_for_again(
    page: Page, sign_in: SignIn, what: str
) -> None:
    sign_in(page, "hemin")
    page.route(what, refuse)
    page.goto("/diagrams")
    page.locator('form[action$="/suggestion/draft"] button').first.click()
    expect(saved(page)).to_have_text("还没有全部取到，正在重试……")

    page.unroute(what)

    expect(page.locator(".pp")).to_be_visible()
    expect(saved(page)).to_contain_text("已保存")


@pytest.mark.parametrize("what", ["**/catalogue*", "**/drafts/*/xml"])
def test_whoever_is_signed_out_while_it_opens_is_told_and_goes_on_once_back(
    page: Page, sign_in: SignIn, what: str
) -> None:
    sign_in(page, "hemin")
    page.clock.install()
    page.route(what, sign_out)
    page.goto("/diagrams")
    page.locator('form[action$="/suggestion/draft"] button').first.click()
    expect(saved(page)).to_have_text("还没有取到：请重新登录")

    page.unroute(what)
    with page.expect_request(what) as asked:
        page.clock.run_for(10_000)
        page.evaluate("window.dispatchEvent(new Event('focus'))")

    assert asked.value.headers["x-poll"] == "yes"
    expect(page.locator(".pp")).to_be_visible()
    expect(saved(page)).to_contain_text("已保存")


def test_nothing_is_drawn_that_theirs_would_overwrite(drawn: Page) -> None:
    drawn.route("**/drafts/*/xml", lambda route: route.fulfill(status=412, json={}))
    drawn.evaluate(SAVE)
    dialog = drawn.locator("[data-editor=conflict]")
    expect(dialog).to_be_visible()
    drawn.unroute("**/drafts/*/xml")
    held = Held(drawn, "**/drafts/*/xml")

    dialog.locator("button[value=theirs]").click()
    held.wait()

    room = drawn.locator("[data-editor=editor]")
    expect(room).to_have_js_property("inert", True)  # noqa: FBT003
    assert drawn.evaluate(KEPT)
    held.let_go()
    expect(room).to_have_js_property("inert", False)  # noqa: FBT003
    expect(saved(drawn)).to_have_text("已保存")
    assert not drawn.evaluate(KEPT)


def test_a_file_can_be_chosen_again_when_saving_failed(drawn: Page) -> None:
    drawn.route("**/drafts/*/xml", refuse)
    drawn.evaluate(RENAME)

    file = drawn.locator("[data-editor=file]")
    file.set_input_files({"name": "a.bpmn", "mimeType": "text/xml", "buffer": b"<a/>"})

    expect(saved(drawn)).to_contain_text("没有保存")
    expect(file).to_have_value("")


def test_a_problem_that_stays_can_be_pressed_while_it_is_checked(drawn: Page) -> None:
    page = drawn
    page.route("**/drafts/*/xml", refuse)
    page.evaluate(NO_LIMIT)
    hints = page.locator("[data-editor=problems] button", has_text="怎么画")
    expect(hints.first).to_be_visible()
    hints.first.hover()
    page.mouse.down()
    page.evaluate(CHECKED)
    page.mouse.up()

    expect(page.locator(".ed-problems .hint")).to_have_count(1)
    page.evaluate(CHECKED)
    expect(page.locator(".ed-problems .hint")).to_have_count(1)
