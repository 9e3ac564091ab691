"""The whole story of one instruction, played by seven people through the pages.

Registered, returned, approved; handed to two units; reported, taken back, signed, returned;
urged; extended; overdue and escalated; accepted; revisited and found unsolved, so re-opened
under its number; done again, revisited, and struck off the ledger. Where a page was seen before
in the story, the step is played by its verb. At every turn the item is read in English as well.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import outcomes, plays
from tests.browser.conftest import Picture
from tests.browser.players import Company, seated
from tests.browser.stage import Stage
from workflows import results, revisits
from workflows.revisits import Finding

TITLE = "高铁站服务环境提升"
TRANSPORT, CITY = "市交通运输局", "市城管局"
BASIS = "市长批示：请陆远同志牵头，交通、城管支持，抓紧办理。"
CHECKS = ("measures_done", "problem_solved", "target_reached")

Keep = Callable[[Page, str], None]


@pytest.fixture
def company(browser: Browser, stage: Stage) -> Iterator[Company]:
    """Let everybody sit down; a lot always falls, so that the story is the same every time."""
    plays.revisit(stage, chance=100)
    with seated(browser, stage, "zh-CN") as company:
        yield company


@pytest.fixture
def keep(picture: Picture) -> Keep:
    """Give what keeps numbered pictures of the story."""
    numbers = count(1)
    return lambda page, name: picture(page, f"{next(numbers):02}-{name}")


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """Give a small picture to attach."""
    path = tmp_path / "现场.png"
    path.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
            "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
        )
    )
    return path


def test_the_whole_story_of_one_instruction(
    company: Company, keep: Keep, guide: Picture, photograph: Path
) -> None:
    address = register(company, keep)
    approve(company, keep, guide)
    hand_out(company, keep, guide)
    receive(company)
    plays.finish(company.stage, item_of(address), "yangfan", "luojing")

    report_with_a_picture(company, keep, guide, photograph)
    be_returned(company, keep, guide)
    urge(company, address, keep)
    extend(company, address, keep, guide)
    be_late(company, address, keep, guide)
    finish(company, guide)

    present(company, keep)
    fail_the_revisit(company, address, keep)
    do_it_again(company.stage, item_of(address))
    close(company, address, keep, guide)
    outcomes.assess(company, guide)


def item_of(address: str) -> int:
    """Return the number of the item whose page it is."""
    return int(address.rsplit("/", 1)[1])


def in_english(company: Company, address: str, *words: str) -> None:
    """Read an item's page in English: its light, its story, its units."""
    page = company.english("liwen").open(address)
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def register(company: Company, keep: Keep) -> str:
    """Register it, while the page explains the limit."""
    supervisor = company["liwen"]
    page = supervisor.open("/items/new")
    page.check("input[name=secret][value=false]")
    page.select_option("#source", "city_instruction")
    page.check("input[name=urgency][value=urgent]")
    expect(page.locator("#limit")).to_contain_text("3个工作日")
    page.check("input[name=urgency][value=normal]")
    expect(page.locator("#limit")).to_contain_text("15个自然日")
    supervisor.fill(title=TITLE, basis="市长批示。")
    page.select_option("#instructing_post_id", index=1)
    page.select_option("#sponsor_post_id", index=1)
    keep(page, "register")
    supervisor.send()
    return supervisor.arrives().url


def approve(company: Company, keep: Keep, guide: Picture) -> None:
    """Return the registration once, then approve it."""
    supervisor, director = company["liwen"], company["zhangming"]
    director.take_up(TITLE)
    director.answer("return")
    director.refused("reason")
    director.fill(reason="请写全批示原文。")
    keep(director.page, "return-registration")
    director.answer("return")
    director.arrives()

    page = supervisor.take_up(TITLE)
    expect(page.locator("#title")).to_have_value(TITLE)
    supervisor.fill(basis=BASIS)
    supervisor.answer("submit")
    supervisor.arrives()

    guide(director.take_up(TITLE), "director-approve")
    director.answer("approve")
    keep(director.arrives(), "approved")
    assert director.has_nothing(TITLE)


def hand_out(company: Company, keep: Keep, guide: Picture) -> None:
    """Hand it to a lead unit and a co-unit."""
    supervisor = company["liwen"]
    page = supervisor.take_up(TITLE)
    page.select_option("#lead", label=TRANSPORT)
    page.get_by_label(CITY, exact=True).check()
    keep(page, "assign")
    guide(page, "supervisor-assign")
    supervisor.answer("assign")
    page = supervisor.arrives()
    expect(page.locator("#parts tbody tr")).to_have_count(2)
    expect(page.locator("#way.drawn")).to_be_visible()
    expect(page.locator("#dia .djs-element.now")).to_have_count(1)
    expect(page.locator("#dia .bjs-powered-by")).to_be_visible()
    keep(page, "assigned")


def receive(company: Company) -> None:
    """Let both units sign for their parts."""
    for login, name in (("qianjin", "钱进"), ("yangfan", "杨帆")):
        handler = company[login]
        handler.take_up(TITLE)
        handler.fill(responsible_person=name)
        handler.answer("accept")
        handler.arrives()


def finish(company: Company, guide: Picture) -> None:
    """Report for good after all, and be accepted by all three checks."""
    progress = "已全部完成，共更换标识牌126块。"
    report(company, "qianjin", TITLE, final=True, progress=progress)
    company["zhouju"].take_up(TITLE)
    company["zhouju"].answer("sign")
    company["zhouju"].arrives()
    supervisor = company["liwen"]
    page = supervisor.take_up(TITLE)
    for check in CHECKS:
        page.check(f"input[name={check}]")
    guide(page, "supervisor-review")
    supervisor.answer("accept")
    supervisor.arrives()


def report(company: Company, login: str, title: str, *, final: bool, progress: str) -> None:
    """Write a report and send it on."""
    handler = company[login]
    page = handler.take_up(title)
    page.check(f"input[name=final][value={'true' if final else 'false'}]")
    handler.fill(progress=progress, problems="无", percent="100" if final else "65")
    handler.send()
    handler.arrives()


def report_with_a_picture(company: Company, keep: Keep, guide: Picture, photograph: Path) -> None:
    """Report with a picture, and take it back before anybody has opened it."""
    handler = company["qianjin"]
    company.let_pass(days=2)
    page = handler.take_up(TITLE)
    handler.send()
    handler.refused("progress")
    page.check("input[name=final][value=true]")
    handler.fill(progress="标识更新完成，停车场摊铺8200平方米。", problems="信号配时没有答复。")
    handler.fill(percent="82")
    expect(page.locator("#saved")).to_contain_text("自动保存")
    page.set_input_files("#papers", photograph)
    expect(page.locator(".files")).to_contain_text("现场.png")
    expect(page.locator("#progress")).to_have_value("标识更新完成，停车场摊铺8200平方米。")
    keep(page, "report")
    guide(page, "handler-report")
    handler.send()
    handler.arrives().locator(".toast-u form button").click()
    page.wait_for_url("**/tasks/*")


def be_returned(company: Company, keep: Keep, guide: Picture) -> None:
    """Report again; signed, and returned by the office with what is missing."""
    handler, head, supervisor = company["qianjin"], company["zhouju"], company["liwen"]
    report(company, "qianjin", TITLE, final=True, progress="标识更新完成，停车场摊铺过半。")
    page = head.take_up(TITLE)
    keep(page, "sign")
    guide(page, "unit-head-sign")
    head.answer("sign")
    head.arrives()

    page = supervisor.take_up(TITLE)
    page.check("input[name=measures_done]")
    supervisor.answer("accept")
    supervisor.refused("measures_done")
    expect(page.locator("input[name=measures_done]")).to_be_checked()
    supervisor.answer("return")
    supervisor.refused("reason")
    supervisor.fill(reason="问题没有解决：信号配时没有答复，请写明责任人和时间。")
    keep(page, "return-report")
    supervisor.answer("return")
    supervisor.arrives()

    page = handler.take_up(TITLE)
    expect(page.locator(".ctx")).to_contain_text("信号配时没有答复")


def urge(company: Company, address: str, keep: Keep) -> None:
    """Urge the unit; the receipt comes when somebody there opens the item."""
    supervisor, handler = company["liwen"], company["qianjin"]
    company.let_pass(days=2)
    page = supervisor.open(address)
    page.locator(".head .menu summary").click()
    page.locator(".acts-pop a[href$='/urge']").click()
    page.select_option("#method", "telephone")
    supervisor.fill(text="请三天内报送进展。")
    keep(page, "urge")
    supervisor.send()
    page = supervisor.arrives()
    expect(page.locator("#parts")).to_contain_text("还没有打开")
    in_english(company, address, "not opened yet")

    expect(handler.open(address).locator("#story")).to_contain_text("请三天内报送进展。")
    expect(supervisor.open(address).locator("#parts")).not_to_contain_text("还没有打开")
    assert TITLE in page.title() or "督字" in page.title()


def extend(company: Company, address: str, keep: Keep, guide: Picture) -> None:
    """Ask for a later limit in time; the head signs, the office advises, the leader consents."""
    handler, leader = company["qianjin"], company["luyuan"]
    page = handler.open(address)
    page.locator(".head .menu summary").click()
    page.locator(".acts-pop a[href*='/change']").click()
    handler.fill(reason="交警支队下周才能完成信号改造。", progress="标线已施划完毕。")
    page.fill("#new_due_on", (company.today() - timedelta(days=1)).isoformat())
    handler.send()
    handler.refused("new_due_on")
    page.fill("#new_due_on", (company.today() + timedelta(days=20)).isoformat())
    keep(page, "ask-to-extend")
    handler.send()
    handler.arrives()

    company["zhouju"].take_up(TITLE)
    company["zhouju"].answer("endorse")
    company["zhouju"].arrives()
    company["liwen"].take_up(TITLE)
    company["liwen"].fill(opinion="情况属实，建议同意。")
    company["liwen"].answer("pass_on")
    company["liwen"].arrives()

    page = leader.take_up(TITLE)
    expect(page.locator(".form-body")).to_contain_text("交警支队下周才能完成信号改造。")
    keep(page, "consent")
    guide(page, "leader-consent")
    leader.answer("consent")
    page = leader.arrives()
    expect(page.locator(".rail")).to_contain_text("原时限")
    in_english(company, address, "first limit")
    keep(page, "extended")


def be_late(company: Company, address: str, keep: Keep, guide: Picture) -> None:
    """Miss the later limit too: the item turns red and climbs the ladder."""
    company.until(company.today() + timedelta(days=28))
    handler, director, supervisor = company["qianjin"], company["zhangming"], company["liwen"]
    page = handler.open("/")
    expect(page.locator(".todo-g.late")).to_contain_text(TITLE)
    keep(page, "late-inbox")

    page = director.take_up(TITLE)
    expect(page.locator(".form-body")).to_contain_text("督查通知（蓝单）")
    guide(page, "director-slip")
    director.answer("approve")
    director.arrives()

    in_english(company, address, "overdue", "Supervision notice, blue slip")
    page = supervisor.open(address)
    expect(page.locator(".head .light.red")).to_contain_text("逾期")
    expect(page.locator("#ladder")).to_contain_text("督查通知（蓝单）")
    expect(page.locator("#dia .djs-element.wait")).to_have_count(1)
    page.locator(".head .menu summary").click()
    page.locator(".acts-pop form[action$='/revisit'] button").click()
    supervisor.arrives()
    page.locator("#way nav a", has_text=TRANSPORT).click()
    expect(page.locator("#way.drawn #dia .djs-element.wait")).to_have_count(1)
    keep(page, "escalated")


def present(company: Company, keep: Keep) -> None:
    """Lay the result before the leader, who has nothing to add."""
    leader = company["luyuan"]
    page = leader.take_up(TITLE)
    expect(page.locator(".report")).to_have_count(2)
    keep(page, "result")
    leader.answer("none")
    leader.arrives()


def fail_the_revisit(company: Company, address: str, keep: Keep) -> None:
    """Look again on the spot and find that it isn't solved: the item is re-opened."""
    supervisor = company["liwen"]
    page = supervisor.take_up(TITLE)
    page.select_option("#method", "unannounced")
    supervisor.fill(findings="4月暗访：晚高峰出口仍然拥堵，信号灯没有改。")
    keep(page, "revisit")
    supervisor.answer("unsolved")
    supervisor.arrives()
    number = supervisor.page.locator(".head .docno").inner_text()

    page = supervisor.take_up(TITLE)
    page.select_option("#lead", label=TRANSPORT)
    supervisor.answer("assign")
    page = supervisor.arrives()
    assert page.url == address
    expect(page.locator(".head .docno")).to_have_text(number)
    expect(page.locator(".head")).to_contain_text("原号重办1次")
    expect(page.locator("#parts .earlier td:first-child")).to_have_count(2)
    keep(page, "reopened")
    in_english(company, address, "re-opened once")


def do_it_again(stage: Stage, item_id: int) -> None:
    """Do it again under the same number, down to a revisit that finds it solved."""
    plays.take_up(stage, item_id, "qianjin")
    plays.finish(stage, item_id, "qianjin", "zhouju")
    plays.do(stage, "luyuan", item_id, results.record_instruction, new_instruction=False)
    seen = Finding("on_site", "现场查看：晚高峰通行顺畅。", solved=True)
    plays.do(stage, "liwen", item_id, revisits.record_revisit, seen)


def close(company: Company, address: str, keep: Keep, guide: Picture) -> None:
    """Strike it off the ledger; nothing waits for anybody any more."""
    director = company["zhangming"]
    page = director.take_up(TITLE)
    keep(page, "close")
    director.answer("close")
    page = director.arrives()
    assert page.url == address
    expect(page.locator(".head .light.done")).to_contain_text("已销号")
    expect(page.locator("#dia .djs-element.now")).to_have_count(0)
    expect(page.locator(".nowbar")).not_to_contain_text("现在在谁手里")
    page.locator("#story > .in > a").click()
    expect(page.locator("#story .ev")).not_to_have_count(12)
    keep(page, "closed")
    guide(company["shenji"].open(address), "auditor-item")
    in_english(company, address, "Closed")
    assert plays.waiting(company.stage) == []
