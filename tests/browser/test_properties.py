"""The panel of the editor: every kind of element is said what it needs, and the gate lets it in."""

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Page, expect

import engine
from tests.browser.conftest import Picture, SignIn
from tests.browser.panels import Panel, line
from tests.browser.stage import Stage
from tests.engine.decisions.drawing import column, decision, file, output

RANK: Final = file(decision("rank", [column("days", "number")], [output()], '- -> "A"'))


@pytest.fixture
def panel(page: Page, sign_in: SignIn, stage: Stage) -> Panel:
    """Open the editor, with the bare line in it."""
    stage.database.write(lambda s: engine.deploy_decision(s, RANK, by="test"))
    sign_in(page, "hemin").goto("/diagrams")
    page.locator("form[action='/diagrams/revisit/draft'] button").first.click()
    expect(page.locator(".pp")).to_be_visible()
    page.evaluate("xml => window.duban.modeler.importXML(xml)", line())
    return Panel(page, stage)


def test_each_element_is_said_what_it_needs(panel: Panel, picture: Picture) -> None:
    assert {("nobody", "ask"), ("operation_missing", "deed"), ("default_missing", "gate")} <= (
        panel.problems()
    )
    for element, say in SAID.items():
        panel.choose(element)
        say(panel)
        picture(panel.page, element)

    assert panel.problems() == set()
    assert 'duban:limit="10 working_days"' in panel.xml
    assert '<duban:outcome value="done" label="已办好" label_en="Done here" />' in panel.xml


def test_nothing_is_lost_that_is_chosen_faster_than_a_screen_is_drawn(panel: Panel) -> None:
    panel.choose("wait")

    panel.pick_at_once(("发生在", "due"), ("哪个日子", "overdue"), ("几次", "every"))

    expect(panel.place).to_contain_text("逾期第一天起，每1天一次")


def test_nothing_is_lost_that_is_typed_faster_than_a_screen_is_drawn(panel: Panel) -> None:
    panel.choose("ask")
    panel.pick("步骤类型", "form")

    panel.pick_and_write_at_once("多久", "own", "时间", "10")

    expect(panel.field("时间")).to_have_value("10")
    assert 'duban:limit="10 working_days"' in panel.xml


def lane(panel: Panel) -> None:
    panel.pick("岗位", "handler")


def ask(panel: Panel) -> None:
    panel.pick("步骤类型", "form")
    panel.press("加一个按钮")
    panel.press("加一个按钮")
    panel.pick("多久", "own")
    panel.write("时间", "10")


def tell(panel: Panel) -> None:
    panel.pick("步骤类型", "report")
    panel.pick("岗位", "unit_head")
    expect(panel.field("多久")).to_have_value("report")
    expect(panel.place).to_contain_text("例：今天开始，时限是3月17日（周二）")
    panel.pick("几次", "loop")
    panel.write("最多几次", "4")


def deed(panel: Panel) -> None:
    panel.pick("动作", "draw_revisit")
    expect(panel.place).to_contain_text("写下要回访、真正解决")


def rank(panel: Panel) -> None:
    panel.pick("表", "rank")
    panel.write("days（必填）", "loopCounter")


def send(panel: Panel) -> None:
    panel.write("名称", "told")
    panel.write("键", "1")


def hear(panel: Panel) -> None:
    panel.write("名称", "told")
    panel.write("收下什么", "opinion")


def part(panel: Panel) -> None:
    panel.pick("流程", "unit_handling")
    panel.pick("再交一项…", "interim_period")
    panel.pick("几次", "units")


def wait(panel: Panel) -> None:
    panel.pick("发生在", "due")
    panel.pick("哪个日子", "overdue")
    panel.pick("几次", "every")
    expect(panel.place).to_contain_text("逾期第一天起，每1天一次")


def hold(panel: Panel) -> None:
    panel.write("文字", "not solved")
    expect(panel.field("数据")).to_have_value("solved")
    expect(panel.field("怎么比")).to_have_value("no")


def way(panel: Panel) -> None:
    panel.press("加一条")
    panel.pick("数据", "urgency")
    panel.pick("怎么比", "in")
    panel.place.get_by_label("加急", exact=True).check()
    expect(panel.field("文字")).to_have_value('urgency in ("flash", "urgent")')


def default(panel: Panel) -> None:
    panel.place.get_by_label("其他都不走时走这条（默认走法）").check()


SAID: Final[dict[str, Callable[[Panel], None]]] = {
    "lane": lane,
    "ask": ask,
    "tell": tell,
    "deed": deed,
    "rank": rank,
    "send": send,
    "hear": hear,
    "part": part,
    "wait": wait,
    "hold": hold,
    "gate_done": way,
    "gate_gone": default,
}
"""What is done in the panel for each element."""


def test_a_condition_is_built_or_written_and_undone(panel: Panel) -> None:
    panel.choose("gate_done")
    panel.write("文字", "outcome == 'x' and len(leaders) >= 2")
    assert [panel.field("数据", at).input_value() for at in (0, 1)] == ["outcome", "leaders"]
    panel.pick("怎么合起来", "or")
    expect(panel.field("文字")).to_have_value('outcome == "x" or len(leaders) >= 2')

    panel.write("文字", "solved and (final or urgency)")
    expect(panel.field("数据")).to_have_count(0)
    expect(panel.place).to_contain_text("这个条件用行列不出来，请改文字。")

    panel.undo()
    expect(panel.field("文字")).to_have_value('outcome == "x" or len(leaders) >= 2')
    panel.write("文字", "outcome ==")
    expect(panel.place).to_contain_text("表达式“outcome ==”不在允许的写法之内。")
