"""Signing in, the languages and the colours, as a person sees them."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.cast import PASSWORD
from tests.browser.conftest import PHONE, WIDE, Picture, SignIn
from tests.browser.stage import Stage


def test_somebody_signs_in_and_out(page: Page, sign_in: SignIn, picture: Picture) -> None:
    page.goto("/sign-in")
    expect(page.locator("#login")).to_be_focused()
    picture(page, "sign-in")

    sign_in(page, "liwen")
    expect(page.locator("h1")).to_have_text("待办")

    page.locator("summary.who").click()
    page.get_by_role("button", name="退出").click()
    expect(page.locator("h1")).to_have_text("登录")
    page.goto("/")
    expect(page).to_have_url("/sign-in")


def test_a_wrong_password_keeps_the_account(page: Page, picture: Picture) -> None:
    page.goto("/sign-in?next=/me")
    page.fill("#login", "liwen")
    page.fill("#password", "not this one")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    expect(page.locator("#login")).to_have_value("liwen")
    expect(page.locator("#password")).to_be_focused()
    picture(page, "refused")

    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    expect(page.locator("h1")).to_have_text("我的")


def test_the_password_can_be_shown(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("显示密码").click()
    expect(page.locator("#password")).to_have_attribute("type", "text")

    page.get_by_label("显示密码").click()
    expect(page.locator("#password")).to_have_attribute("type", "password")


def test_one_press_changes_the_language_and_back(
    page: Page, sign_in: SignIn, picture: Picture
) -> None:
    sign_in(page, "zhangming")
    page.get_by_role("button", name="EN").click()
    expect(page.locator("h1")).to_have_text("To do")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    picture(page, "english")

    page.get_by_role("button", name="中", exact=True).click()
    expect(page.locator("h1")).to_have_text("待办")


def test_colours_follow_the_system_until_somebody_chooses(
    browser: Browser, stage: Stage, sign_in: SignIn, picture: Picture
) -> None:
    context = browser.new_context(
        base_url=stage.address, viewport=WIDE, locale="zh-CN", color_scheme="dark"
    )
    page = sign_in(context.new_page(), "liwen")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(21, 25, 29)")
    picture(page, "dark")

    page.locator("summary.who").click()
    page.get_by_role("button", name="浅色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    expect(page.locator("body")).to_have_css("background-color", "rgb(243, 244, 242)")
    context.close()


def test_the_phone_has_a_bar_at_the_bottom(
    browser: Browser, stage: Stage, sign_in: SignIn, picture: Picture
) -> None:
    context = browser.new_context(
        base_url=stage.address, viewport=PHONE, locale="zh-CN", has_touch=True, is_mobile=True
    )
    page = sign_in(context.new_page(), "qianjin")
    bar = page.get_by_label("手机导航")
    expect(bar).to_be_visible()
    expect(page.get_by_label("主导航")).to_be_hidden()

    bar.get_by_role("link", name="我的").click()
    expect(page.locator("h1")).to_have_text("我的")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    picture(page, "phone-me")
    context.close()


def test_a_keyboard_gets_past_the_navigation(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "liwen")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")

    inside = page.evaluate("document.activeElement.closest('main') !== null")
    assert inside
