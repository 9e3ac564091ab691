"""The inbox as its readers see it: live, sorted, and one press from the form."""

import re
from datetime import date, timedelta

from playwright.sync_api import Browser, Page, expect

from tests.browser import plays
from tests.browser.conftest import PHONE, Picture, SignIn
from tests.browser.stage import FileClock, Stage
from workflows.tables import Urgency

MONDAY = date(2020, 3, 2)


def rows(page: Page, group: str) -> list[str]:
    """Return the titles of a group in their order."""
    return page.locator(f".todo-g.{group} .title").all_inner_texts()


def test_what_is_pressing_comes_first(
    page: Page, sign_in: SignIn, stage: Stage, clock: FileClock, picture: Picture
) -> None:
    plays.register(stage, "城区新建公共停车场")
    clock.set(clock.now() + timedelta(days=2))
    plays.register(stage, "高铁站服务环境提升")
    flash = plays.register(stage, "国庆假期高速公路出口拥堵", Urgency.FLASH)

    sign_in(page, "zhangming")
    assert rows(page, "late") == ["城区新建公共停车场"]
    expect(page.locator(".todo-g.late .limit")).to_contain_text("逾期1个工作日")
    assert "高铁站服务环境提升" in rows(page, "week")
    expect(page.locator(".todo-g.late .tl-2")).to_have_text("市领导批示，一般，等审批立项。")
    picture(page, "director")

    supervisor = page.context.browser.new_context(base_url=stage.address, locale="zh-CN")
    fast = sign_in(supervisor.new_page(), "liwen")
    expect(fast.locator(".todo:has-text('国庆假期') .tl-2")).to_contain_text("快速通道")
    expect(fast.locator(".todo:has-text('国庆假期') .docno")).to_have_text("督字〔2020〕1号")
    supervisor.close()
    assert flash


def test_new_work_announces_itself_and_the_rows_stay(
    page: Page, sign_in: SignIn, stage: Stage, clock: FileClock, picture: Picture
) -> None:
    plays.register(stage, "已经在列表里的事项")
    sign_in(page, "zhangming")
    before = page.locator(".todo .title").all_inner_texts()
    count = int(page.locator("#count-mine").inner_text())

    clock.move(timedelta(minutes=1))
    plays.register(stage, "刚刚登记的事项")
    announced = page.locator(".fresh")
    expect(announced).to_contain_text("有1件新到")
    expect(page.locator("#count-mine")).to_have_text(str(count + 1))
    expect(page.locator("#nav-inbox")).to_have_text(str(count + 1))
    assert page.locator(".todo .title").all_inner_texts() == before
    picture(page, "announced")

    announced.click()
    expect(page.locator(".todo .title", has_text="刚刚登记的事项")).to_be_visible()
    expect(page.locator(".fresh")).to_have_count(0)


def test_the_keyboard_walks_the_rows(page: Page, sign_in: SignIn, stage: Stage) -> None:
    plays.register(stage, "用键盘打开的事项")
    sign_in(page, "zhangming")
    titles = page.locator(".todo .title")

    page.keyboard.press("j")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(titles.nth(0)).to_be_focused()
    wanted = titles.nth(0).get_attribute("href")
    page.keyboard.press("Enter")

    expect(page).to_have_url(str(wanted))


def test_the_slash_searches_the_ledger(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "zhangming")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("停车")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("q=%E5%81%9C%E8%BD%A6"))


def test_pills_and_days_show_what_they_count(page: Page, sign_in: SignIn, stage: Stage) -> None:
    plays.register(stage, "还没立项的事项")
    plays.assign(stage, plays.register(stage, "当天要办的事项", Urgency.FLASH), "市交通运输局")
    sign_in(page, "zhangming")

    pill = page.locator(".day-load a").nth(1)
    number = pill.locator("b").inner_text()
    pill.click()
    expect(page.locator(".todo")).to_have_count(int(number))
    page.get_by_role("link", name="全部").click()
    expect(page).to_have_url(re.compile("^[^?]*$"))


def test_the_office_urges_two_units_at_once(
    page: Page, sign_in: SignIn, stage: Stage, clock: FileClock, picture: Picture
) -> None:
    for title, unit in (("校园周边食品安全整治", "市交通运输局"), ("站前广场市容", "市城管局")):
        plays.assign(stage, plays.register(stage, title, Urgency.FLASH), unit)
    clock.set(clock.now() + timedelta(days=3))
    sign_in(page, "liwen")
    page.get_by_role("link", name="在单位").click()
    expect(page.locator(".batch")).to_be_hidden()

    for title in ("校园周边食品安全整治", "站前广场市容"):
        page.locator(f".todo:has-text('{title}') input").check()
    expect(page.locator(".batch")).to_contain_text("已选2项")
    picture(page, "chosen")
    page.locator(".batch").get_by_role("button", name="催办").click()
    expect(page.get_by_role("dialog")).to_contain_text("发出2条通知")
    picture(page, "urging")
    page.get_by_role("dialog").get_by_role("button", name="催办").click()

    expect(page.locator(".toast-u")).to_contain_text("已发出2条催办")


def test_a_foreign_rows_button_only_looks(page: Page, sign_in: SignIn, stage: Stage) -> None:
    item = plays.register(stage, "交给交通局的事项", Urgency.FLASH)
    plays.assign(stage, item, "市交通运输局")
    sign_in(page, "zhouju")
    page.get_by_role("link", name="本单位").click()

    row = page.locator(".todo:has-text('交给交通局的事项')")
    expect(row).to_contain_text("在承办人手里")
    expect(row.get_by_role("link", name="查看")).to_have_attribute("href", f"/items/{item}")


def test_an_empty_inbox_says_what_comes_next(page: Page, sign_in: SignIn, picture: Picture) -> None:
    sign_in(page, "luojing")
    expect(page.locator(".empty")).to_contain_text("该办的都办完了")
    picture(page, "empty")


def test_the_phone_shows_cards_that_fit(
    browser: Browser, sign_in: SignIn, stage: Stage, picture: Picture
) -> None:
    plays.register(stage, "高铁站服务环境提升（站前广场停车场改造、标识更新、出租车候客区优化）")
    context = browser.new_context(
        base_url=stage.address, viewport=PHONE, locale="zh-CN", has_touch=True, is_mobile=True
    )
    page = sign_in(context.new_page(), "zhangming")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    expect(page.locator(".tl-a").first).to_be_hidden()
    picture(page, "phone")

    page.locator(".todo .title").first.tap()
    page.wait_for_url("**/tasks/**")
    context.close()


def test_a_poll_answers_304_while_nothing_happens(
    page: Page, sign_in: SignIn, stage: Stage
) -> None:
    sign_in(page, "shenji")
    address = str(page.locator("#news").get_attribute("hx-get"))
    first = page.request.get(address)
    again = page.request.get(address, headers={"If-None-Match": first.headers["etag"]})

    assert (first.status, again.status) == (200, 304)
