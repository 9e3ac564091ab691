"""What is typed into a decision table is kept: whoever leaves, saves beside, or is signed out."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Picture, SignIn

LADDER = "/admin/tables/ladder/draft"


def days(page: Page) -> Locator:
    """Find the days of the third rung."""
    return page.get_by_label("3, 逾期工作日", exact=True)


def draw(page: Page) -> None:
    """Open the draft of the ladder, begun now if there is none."""
    page.goto(LADDER)
    if not page.url.endswith(LADDER):
        page.get_by_role("button", name="修改").click()
    expect(days(page)).to_be_visible()


def draw_rows(page: Page) -> None:
    """Open the draft, and be at its third row, as soon as rows can come and go."""
    draw(page)
    expect(page.locator("[data-table=problems] li")).not_to_have_count(0)
    days(page).focus()


def state(page: Page) -> Locator:
    """Find where the page says how saving went."""
    return page.locator("[data-table=state]")


def test_whoever_leaves_at_once_leaves_nothing_behind(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "hemin")
    draw(page)

    days(page).fill("5")
    page.get_by_role("link", name="决策表").first.click()

    page.wait_for_url("**/admin/tables")
    draw(page)
    expect(days(page)).to_have_value("5")


def test_whoever_is_signed_out_meanwhile_finds_it_again(
    page: Page, sign_in: SignIn, picture: Picture
) -> None:
    sign_in(page, "hemin")
    draw(page)
    page.context.clear_cookies()
    page.on("dialog", lambda asked: asked.accept())

    days(page).fill("6")
    days(page).press("Tab")
    expect(state(page)).to_have_text("没有保存：请重新登录")
    sign_in(page, "hemin")
    draw(page)

    offered = page.get_by_role("dialog", name="有改动没有保存")
    expect(offered).to_contain_text("没有保存")
    picture(page, "offered")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")  # a browser lets nobody be held by the first
    page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(offered).to_be_visible()
    offered.get_by_role("button", name="接着改").click()
    expect(days(page)).to_have_value("6")
    expect(state(page)).to_contain_text("已保存")
    page.reload()
    expect(days(page)).to_have_value("6")


def test_whoever_signs_in_again_in_another_tab_goes_on(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "hemin")
    draw(page)
    page.context.clear_cookies(name="duban")
    sign_in(page.context.new_page(), "hemin")

    days(page).fill("9")
    days(page).press("Tab")

    expect(state(page)).to_contain_text("已保存")


def test_of_two_who_change_one_table_the_second_chooses(
    page: Page, sign_in: SignIn, picture: Picture
) -> None:
    sign_in(page, "hemin")
    draw(page)
    beside = page.context.new_page()
    draw(beside)
    days(beside).fill("7")
    days(beside).press("Tab")
    expect(state(beside)).to_contain_text("已保存")

    days(page).fill("8")
    days(page).press("Tab")

    asked = page.get_by_role("dialog", name="别人刚刚存过")
    expect(asked).to_contain_text("何敏")
    picture(page, "asked")
    with page.expect_download() as taken:
        asked.get_by_role("button", name="把我的存成文件，用对方的").click()
    assert taken.value.suggested_filename == "ladder.dmn"
    expect(days(page)).to_have_value("7")


def test_a_new_row_takes_no_focus_from_whoever_went_on(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "hemin")
    draw_rows(page)

    page.evaluate(
        """async () => {
          document.querySelector("[data-table=add]").click();
          document.querySelector("[aria-label='1, 逾期工作日']").focus();
          const frame = () => new Promise(requestAnimationFrame);
          await frame();
          await frame();
        }"""
    )
    expect(page.get_by_label("1, 逾期工作日", exact=True)).to_be_focused()


def test_two_rows_go_that_are_removed_at_once(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "hemin")
    draw_rows(page)
    rows = page.get_by_label(re.compile(r"^\d+, 逾期工作日$"))
    before = rows.count()

    page.evaluate("for (const _ of '12') document.querySelector('[data-table=remove]').click()")

    expect(rows).to_have_count(before - 2)
    page.get_by_role("button", name="行", exact=True).click()
    expect(rows).to_have_count(before - 1)
    expect(page.locator(":focus")).to_have_attribute("aria-label", re.compile("^4, "))


def test_what_is_ticked_in_a_list_is_one_change_and_is_saved_while_it_is_open(
    page: Page, sign_in: SignIn
) -> None:
    sign_in(page, "hemin")
    draw(page)
    kinds = page.locator("details.several").first
    shown = kinds.locator("summary")

    shown.click()
    kinds.get_by_label("领导批示").check()
    page.locator("h1").click()
    expect(shown).to_have_text("领导批示")
    page.get_by_role("button", name="撤销").click()
    expect(shown).to_have_text("不限")

    shown.click()
    kinds.get_by_label("领导批示").check()
    page.keyboard.press("Control+s")
    expect(state(page)).to_have_attribute("data-saved", "true")
    page.reload()
    expect(shown).to_have_text("领导批示")
