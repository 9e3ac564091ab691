"""What is typed into a form isn't lost: by a late answer, a refusal, a second press, or haste."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, FilePayload, Locator, Page, expect

from tests.browser import plays
from tests.browser.conftest import Picture, SignIn
from tests.browser.held import PATIENCE, Held
from tests.browser.stage import Stage
from workflows.tables import Urgency

UNIT = "市交通运输局"
WORDS = "标线已施划完毕，正在改造信号。"
OPENED = "html[data-opened]"
HIDDEN = "Object.defineProperty(document, 'hidden', { get: () => window.seen !== true });"
PRESSES = """() => {
  const form = document.querySelector("form:has(#method)");
  const sent = [];
  window.addEventListener("submit", event => {
    sent.push(!event.defaultPrevented);
    event.preventDefault();
  });
  form.requestSubmit();
  form.requestSubmit();
  return sent;
}"""
PAUSE = 500
"""How many milliseconds lie between two looks at what is on its way."""
COUNTS_WHAT_IT_HEARS = """() => {
  const ask = window.fetch;
  const heard = () => {
    const { dataset } = document.documentElement;
    dataset.heard = Number(dataset.heard ?? 0) + 1;
  };
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    const read = answer.json.bind(answer);
    answer.json = async () => {
      const told = await read();
      setTimeout(heard); // by then the page has done what it does about it
      return told;
    };
    return answer;
  };
}"""
HELD_UP = (
    """() => window.addEventListener("submit", event => event.preventDefault(), { once: true })"""
)
"""Lets the next form stay on its way; Playwright looks at no page that is going elsewhere."""


def told(page: Page) -> Locator:
    """Find what is said in the corner about a request that was refused."""
    return page.locator(".toast-dock [data-told]")


def sign_out(page: Page) -> None:
    """End the session as time does: the browser stays the same."""
    page.context.clear_cookies(name="duban")


def reporting(stage: Stage, title: str) -> str:
    """Have an item come to its unit, which has to report now; return where."""
    item = plays.register(stage, title, Urgency.FLASH)
    plays.assign(stage, item, UNIT)
    plays.take_up(stage, item, "qianjin")
    with stage.database.read() as session:
        return f"/tasks/{plays.task_of(session, plays.actor(session, 'qianjin'), item)}"


def go_to(page: Page, path: str) -> None:
    """Go to a page and wait until its scripts listen."""
    page.goto(path)
    page.wait_for_load_state("load")


# -- who is signed out meanwhile ------------------------------------------------------------


def test_a_form_that_is_being_filled_in_stays_when_its_reader_is_signed_out(
    page: Page, sign_in: SignIn, picture: Picture
) -> None:
    sign_in(page, "liwen")
    go_to(page, "/items/new")
    page.fill("#title", "高铁站服务环境提升")
    sign_out(page)

    page.select_option("#source", "cppcc_proposal")
    expect(told(page)).to_contain_text("请先登录")
    expect(page.locator("#title")).to_have_value("高铁站服务环境提升")
    picture(page, "signed-out")

    with page.expect_popup() as tab:
        told(page).get_by_role("link").click()
    tab.value.fill("#login", "liwen")
    tab.value.close()
    sign_in(page.context.new_page(), "liwen")
    page.select_option("#source", "city_instruction")
    expect(page.locator("#kind-fields")).not_to_have_attribute("inert", "")
    expect(told(page)).to_have_count(0)
    expect(page.locator("#title")).to_have_value("高铁站服务环境提升")


def test_what_is_typed_into_a_step_is_kept_once_its_reader_is_signed_in_again(
    page: Page, sign_in: SignIn, stage: Stage, picture: Picture
) -> None:
    sign_in(page, "qianjin")
    go_to(page, reporting(stage, "登录失效时还在填写的进展"))
    sign_out(page)

    page.locator("#progress").press_sequentially(WORDS)
    expect(page.locator("#saved")).to_have_text("还没有保存")
    expect(told(page)).to_contain_text("仍在本页")
    picture(page, "not-kept")

    sign_in(page.context.new_page(), "qianjin")
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    expect(told(page)).to_have_count(0)


def test_nothing_is_kept_in_the_name_of_somebody_else(
    page: Page, sign_in: SignIn, stage: Stage
) -> None:
    sign_in(page, "qianjin")
    address = reporting(stage, "换了人登录时还在填写的进展")
    go_to(page, address)
    sign_out(page)
    sign_in(page.context.new_page(), "zhouju")

    page.fill("#progress", WORDS)

    expect(told(page)).to_contain_text("现已由其他人登录")
    expect(page.locator("#saved")).to_have_text("还没有保存")


# -- steps ------------------------------------------------------------------------------------


def test_whoever_follows_a_link_at_once_leaves_nothing_behind(
    page: Page, sign_in: SignIn, stage: Stage
) -> None:
    sign_in(page, "qianjin")
    address = reporting(stage, "刚写完就离开的进展")
    go_to(page, address)

    page.fill("#progress", WORDS)
    page.get_by_role("link", name="待办").first.click()

    page.wait_for_url("**/")
    page.wait_for_load_state("load")
    comes_along(page, address, WORDS)
    expect(page.locator(".toast-u")).to_have_count(0)


def comes_along(page: Page, address: str, words: str) -> None:
    """Open a form until what was sent along by whoever left it stands there."""
    for _ in range(PATIENCE // PAUSE):
        go_to(page, address)
        if page.locator("#progress").input_value() == words:
            return
        page.wait_for_timeout(PAUSE)
    pytest.fail("what was typed last never came")


def test_what_is_typed_while_a_draft_waits_its_turn_comes_along(
    page: Page, sign_in: SignIn, stage: Stage
) -> None:
    sign_in(page, "qianjin")
    address = reporting(stage, "两次存草稿之间又写了一句")
    go_to(page, address)
    page.clock.install()
    held = Held(page, "**/draft", "POST")
    for words in ("一", "一二"):
        page.fill("#progress", words)
        page.clock.run_for(2_000)  # the second one waits for the first
    page.fill("#progress", "一二三")

    held.wait(1).continue_()
    held.wait(2).continue_()
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    page.goto("/")  # nobody leaves the line first

    comes_along(page, address, "一二三")


def test_a_form_holds_still_while_its_file_is_on_its_way(
    page: Page, sign_in: SignIn, stage: Stage, picture: Picture
) -> None:
    sign_in(page, "qianjin")
    address = reporting(stage, "附件上传时的进展")
    go_to(page, address)
    body, files = page.locator(".form-body"), page.locator("#papers")
    file: FilePayload = {"name": "现场.txt", "mimeType": "text/plain", "buffer": b"1"}
    page.evaluate(HELD_UP)

    page.fill("#progress", WORDS)
    files.set_input_files([file])
    stop = page.get_by_role("button", name="停止")
    expect(stop).to_be_visible()
    expect(body).to_have_js_property("inert", value=True)
    picture(page, "uploading")

    stop.click()
    expect(stop).to_be_hidden()
    expect(body).to_have_js_property("inert", value=False)
    expect(page.locator("#progress")).to_have_value(WORDS)

    files.set_input_files([file])
    expect(page.locator(".files li")).to_have_count(1)
    expect(page.locator("#progress")).to_have_value(WORDS)


def test_the_last_answer_says_which_fields_are_asked(
    page: Page, sign_in: SignIn, stage: Stage
) -> None:
    sign_in(page, "qianjin")
    address = reporting(stage, "按条件显示的字段")
    go_to(page, address)
    field = page.locator("#field-problems")
    page.locator(".form-body").evaluate("place => { place.dataset.asks = '/asked'; }")
    field.evaluate("field => { field.dataset.field = 'problems'; }")
    page.evaluate(COUNTS_WHAT_IT_HEARS)
    held = Held(page, "**/asked", "POST")

    page.locator("#progress").fill("一")
    page.locator("#progress").press("Tab")
    held.wait(1)
    page.locator("#next_steps").fill("二")
    page.locator("#next_steps").press("Tab")
    held.wait(2)

    held.routes[1].fulfill(json={"hidden": ["problems"]})
    expect(field).to_be_hidden()
    held.routes[0].fulfill(json={"hidden": []})
    expect(page.locator("html")).to_have_attribute("data-heard", "2")
    expect(field).to_be_hidden()


def test_a_slider_that_was_moved_early_is_what_is_sent(
    page: Page, sign_in: SignIn, stage: Stage
) -> None:
    sign_in(page, "qianjin")
    address = reporting(stage, "滑块先动了的进展")
    held = Held(page, "**/assets/steps-*.js")

    page.goto(address, wait_until="commit")
    page.locator("[data-mirrors]").evaluate("slider => { slider.value = 40; }")
    held.wait().continue_()

    expect(page.locator("#percent")).to_have_value("40")


def test_a_slider_corrects_nobody_s_number(page: Page, sign_in: SignIn, stage: Stage) -> None:
    sign_in(page, "qianjin")
    go_to(page, reporting(stage, "完成百分之一百五十的进展"))

    page.fill("#percent", "150")
    page.fill("#progress", WORDS)
    page.locator(".act-bar .btn.primary").click()

    expect(page.locator("a[href='#percent']")).to_be_visible()
    page.wait_for_load_state("load")
    expect(page.locator("#percent")).to_have_value("150")


# -- forms of every page ----------------------------------------------------------------------


def test_a_form_with_a_field_called_method_is_sent_once(
    page: Page, sign_in: SignIn, stage: Stage
) -> None:
    item = plays.register(stage, "只催办一次的事项", Urgency.FLASH)
    plays.assign(stage, item, UNIT)
    sign_in(page, "liwen")
    go_to(page, f"/items/{item}/urge")
    page.locator("form:has(#method)").evaluate("form => { form.noValidate = true; }")

    assert page.evaluate(PRESSES) == [True, False]


def test_nothing_is_typed_under_an_answer_that_comes_late(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "liwen")
    go_to(page, "/items/new")
    page.select_option("#source", "cppcc_proposal")
    fields = page.locator("#kind-fields")
    words = fields.locator("textarea, input.form-control").first
    words.fill(WORDS)
    held = Held(page, "**/items/kind-fields*")

    page.select_option("#source", "city_instruction")
    held.wait()
    expect(fields).to_have_js_property("inert", value=True)
    held.routes[0].fulfill(status=429, body="")

    expect(told(page)).to_contain_text("系统没有响应")
    expect(fields).to_have_js_property("inert", value=False)
    expect(words).to_have_value(WORDS)


def test_of_two_quick_choices_the_second_is_shown(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "luyuan")
    go_to(page, "/board/")
    choice = page.locator("#process")
    expect(choice).to_be_visible()
    first, second = [
        str(option.get_attribute("value"))
        for option in choice.locator("option:not([selected])").all()[:2]
    ]
    held = Held(page, "**/board/parts/steps*", most=1)

    choice.select_option(first)
    held.wait()
    choice.select_option(second)
    with suppress(Error):  # nobody waits for it any more
        held.routes[0].continue_()

    expect(page.locator("#board-steps a[href*='process=']")).to_have_attribute(
        "href", re.compile(f"process={second}(&|$)")
    )
    expect(choice).to_have_value(second)


def test_a_toast_waits_until_it_is_seen(page: Page, sign_in: SignIn, stage: Stage) -> None:
    page.add_init_script(HIDDEN)
    sign_in(page, "qianjin")
    go_to(page, reporting(stage, "草稿存下时没人在看"))
    page.clock.install()
    page.get_by_role("button", name="存草稿").click()
    toast = page.locator(".toast-u")
    expect(toast).to_be_visible()

    page.clock.run_for(20_000)
    expect(toast).to_be_visible()
    page.evaluate("() => { window.seen = true; }")
    page.clock.run_for(9_000)

    expect(toast).to_have_count(0)


# -- remarks ----------------------------------------------------------------------------------


@pytest.fixture
def remarks(page: Page, sign_in: SignIn) -> Locator:
    """Open the comments on a publication that was begun now."""
    sign_in(page, "liwen")
    page.goto("/publications/new")
    page.select_option("#span", index=1)
    page.locator(".act-bar .btn.primary").click()
    page.wait_for_selector(OPENED)
    page.get_by_role("tab", name="批注").click()
    return page.locator("#remarks")


def add(remarks: Locator, words: str) -> None:
    """Comment on the draft."""
    remarks.locator("#remark-text").fill(words)
    remarks.get_by_role("button", name="加批注").click()


def test_a_comment_is_sent_once_and_nothing_else_typed_is_lost(
    page: Page, remarks: Locator, picture: Picture
) -> None:
    add(remarks, "第一条")
    expect(remarks.locator(".pub-remark")).to_have_count(1)
    expect(remarks.locator("#remark-text")).to_have_value("")
    remarks.locator("summary").click()
    answer = remarks.locator(".pub-remark textarea")
    answer.fill("写到一半的答复")

    held = Held(page, "**/remarks", "POST")
    add(remarks, "第二条")
    remarks.locator("#remark-text").evaluate("field => field.form.requestSubmit()")
    held.wait().continue_()

    expect(remarks.locator(".pub-remark")).to_have_count(2)
    expect(answer.first).to_have_value("写到一半的答复")
    expect(answer.first).to_be_visible()
    expect(remarks.locator("#remark-text")).to_have_value("")
    assert len(held.routes) == 1
    picture(page, "remarks")


def test_a_comment_that_is_refused_stays_to_be_mended(
    page: Page, remarks: Locator, sign_in: SignIn, picture: Picture
) -> None:
    add(remarks, "第一条")
    expect(remarks.locator(".pub-remark")).to_have_count(1)
    sign_out(page)

    add(remarks, "第二条")
    expect(remarks.locator("#remarking [data-told]")).to_contain_text("请先登录")
    expect(remarks.locator("#remark-text")).to_have_value("第二条")
    expect(remarks.locator(".pub-remark")).to_have_count(1)
    picture(page, "remark-refused")

    sign_in(page.context.new_page(), "liwen")
    remarks.get_by_role("button", name="加批注").click()
    expect(remarks.locator(".pub-remark")).to_have_count(2)
    expect(remarks.locator("[data-told]")).to_have_count(0)
