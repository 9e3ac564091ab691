"""An administrator's decision tables and forms in a real browser: changed, tried, deployed."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, SignIn
from tests.browser.stage import Stage
from workflows import settings
from workflows.tables import Setting


def test_the_ladder_is_changed_by_keyboard_tried_deployed_and_taken_back(
    page: Page, sign_in: SignIn, stage: Stage, guide: Picture
) -> None:
    stage.database.write(lambda s: s.merge(Setting(name=settings.REVIEWED, value=settings.NO)))
    sign_in(page, "hemin")
    page.get_by_role("link", name="决策表").first.click()
    page.get_by_role("link", name="升级阶梯").last.click()
    page.get_by_role("button", name="修改").click()

    days = page.get_by_label("3, 逾期工作日", exact=True)
    days.fill("40")
    days.press("Tab")
    expect(page.get_by_role("button", name="第 4 行 · 级别")).to_be_visible()
    guide(page, "administrator-table-flaw")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    expect(page.get_by_text("这张表没有问题。")).to_be_visible()
    page.get_by_role("button", name="行", exact=True).press("Enter")
    expect(page.get_by_label("4, 级别", exact=True)).to_be_visible()
    page.get_by_role("button", name="撤销").press("Enter")

    page.get_by_role("link", name="用上季度试算").click()
    expect(page.locator("#trial")).to_contain_text("只算不改")
    page.get_by_role("link", name="比较并部署").click()
    expect(page.locator("#changes")).to_contain_text("逾期工作日由3改为4")
    page.get_by_label("部署说明").fill("蓝单晚一天发。")
    guide(page, "administrator-table-deploy")
    page.get_by_role("button", name="部署").click()
    expect(page.locator(".toast-u")).to_contain_text("第 2 版已启用")

    page.get_by_role("button", name="回退…").click()
    page.get_by_label("部署说明").fill("还是原来的好。")
    page.get_by_role("button", name="部署").click()
    expect(page.locator("#versions")).to_contain_text("回到第 1 版")


def test_a_form_is_drawn_with_the_preview_that_its_step_will_be(
    page: Page, sign_in: SignIn, stage: Stage, guide: Picture
) -> None:
    sign_in(page, "hemin")
    page.goto("/diagrams")
    page.locator("form[action='/diagrams/instruction/draft'] button").click()
    expect(page.locator("[data-element-id=approve]")).to_be_visible()
    page.evaluate(
        """() => {
          const { modeler } = window.duban;
          const approve = modeler.get('elementRegistry').get('approve');
          modeler.get('modeling').updateProperties(approve, { 'duban:step': 'form' });
          modeler.get('selection').select(approve);
        }"""
    )
    add = page.get_by_label("添加字段")
    add.select_option("yes_no")
    add.select_option("long_text")
    field = page.locator(".ff-field[open]")
    field.get_by_label("中文", exact=True).fill("为什么没有解决")
    field.get_by_label("中文", exact=True).press("Tab")
    field.get_by_label("何时显示").select_option(index=1)
    page.get_by_role("button", name="预览").click()

    preview = page.get_by_role("dialog", name="表单预览")
    expect(preview.get_by_label("为什么没有解决")).to_be_hidden()
    preview.get_by_label("是", exact=True).check()
    expect(preview.get_by_label("为什么没有解决")).to_be_visible()
    page.set_viewport_size({"width": 1100, "height": 800})  # a small picture is a light one
    guide(page, "diagram-form")
