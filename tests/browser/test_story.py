"""The whole story of one instruction, played by seven people through the pages.

Registered, returned, approved; handed to two units; reported, taken back, signed, returned;
urged; extended; overdue and escalated; accepted; revisited and found unsolved, so re-opened
under its number; done again, revisited, and struck off the ledger. Where a page was seen before
in the story, the step is played by its verb. Everybody changes the language on the way: each form
refuses something in one language and is sent in the other, or is met twice.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import delays, outcomes, phrases, plays
from tests.browser.conftest import Picture
from tests.browser.delays import TITLE, TRANSPORT
from tests.browser.phrases import EN, ZH, done
from tests.browser.players import Company, seated
from tests.browser.stage import Stage
from workflows import results, revisits
from workflows.revisits import Finding

CITY = "市城管局"
BASIS = "市长批示：请陆远同志牵头，交通、城管支持，抓紧办理。"
CHECKS = ("measures_done", "problem_solved", "target_reached")


@pytest.fixture
def company(browser: Browser, stage: Stage) -> Iterator[Company]:
    """Let everybody sit down; a lot always falls, so that the story is the same every time."""
    plays.revisit(stage, chance=100)
    with seated(browser, stage, "zh-CN") as company:
        yield company


@pytest.fixture
def keep(picture: Picture) -> Picture:
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
    company: Company, keep: Picture, guide: Picture, photograph: Path
) -> None:
    address = register(company, keep)
    approve(company, keep, guide)
    hand_out(company, keep, guide)
    receive(company)
    plays.finish(company.stage, item_of(address), "yangfan", "luojing")

    report_with_a_picture(company, keep, guide, photograph)
    be_returned(company, keep, guide)
    delays.urge(company, address, keep)
    delays.extend(company, address, keep, guide)
    delays.be_late(company, address, keep, guide)
    finish(company, guide)

    present(company, keep)
    fail_the_revisit(company, address, keep)
    do_it_again(company.stage, item_of(address))
    close(company, address, keep, guide)
    outcomes.assess(company, guide)


def item_of(address: str) -> int:
    """Return the number of the item whose page it is."""
    return int(address.rsplit("/", 1)[1])


def register(company: Company, keep: Picture) -> str:
    """Register it, while the page explains the limit."""
    supervisor = company["liwen"]
    page = supervisor.open("/items/new")
    supervisor.reads(phrases.NEW, ZH)
    page.check("input[name=secret][value=false]")
    page.select_option("#source", "city_instruction")
    page.check("input[name=urgency][value=urgent]")
    supervisor.finds(phrases.QUICKLY, at="#limit")
    supervisor.send()
    supervisor.refused("title", phrases.MISSING)
    supervisor.reads(phrases.NEW, EN)
    page.check("input[name=secret][value=false]")
    page.select_option("#source", "city_instruction")
    page.check("input[name=urgency][value=normal]")
    supervisor.finds(phrases.USUALLY, at="#limit")
    supervisor.fill(title=TITLE, basis="市长批示。")
    page.select_option("#instructing_post_id", index=1)
    page.select_option("#sponsor_post_id", index=1)
    keep(page, "register")
    supervisor.send()
    return supervisor.arrives(phrases.REGISTERED).url


def approve(company: Company, keep: Picture, guide: Picture) -> None:
    """Return the registration once, then approve it."""
    supervisor, director = company["liwen"], company["zhangming"]
    director.take_up(TITLE)
    director.reads(phrases.APPROVE, ZH)
    director.answer("return")
    director.refused("reason", phrases.WHY)
    director.fill(reason="请写全批示原文。")
    keep(director.page, "return-registration")
    director.answer("return")
    director.arrives(done(phrases.APPROVE))

    page = supervisor.take_up(TITLE)
    supervisor.reads(phrases.REGISTER, EN)
    expect(page.locator("#title")).to_have_value(TITLE)
    supervisor.fill(basis="")
    supervisor.answer("submit")
    supervisor.refused("basis", phrases.MISSING)
    supervisor.fill(basis=BASIS)
    supervisor.answer("submit")
    supervisor.arrives(done(phrases.REGISTER))

    guide(director.take_up(TITLE), "director-approve")
    director.reads(phrases.APPROVE, EN)
    director.answer("approve")
    keep(director.arrives(done(phrases.APPROVE)), "approved")
    assert director.has_nothing(TITLE)


def hand_out(company: Company, keep: Picture, guide: Picture) -> None:
    """Hand it to a lead unit and a co-unit."""
    supervisor = company["liwen"]
    page = supervisor.take_up(TITLE)
    supervisor.reads(phrases.ASSIGN, EN)
    supervisor.answer("assign")
    supervisor.refused("lead", phrases.MISSING)
    supervisor.reads(phrases.ASSIGN, ZH)
    page.select_option("#lead", label=TRANSPORT)
    page.get_by_label(CITY, exact=True).check()
    keep(page, "assign")
    guide(page, "supervisor-assign")
    supervisor.answer("assign")
    supervisor.arrives(done(phrases.ASSIGN))
    expect(page.locator("#parts tbody tr")).to_have_count(2)
    expect(page.locator("#way.drawn")).to_be_visible()
    expect(page.locator("#dia .djs-element.now")).to_have_count(1)
    expect(page.locator("#dia .bjs-powered-by")).to_be_visible()
    keep(page, "assigned")


def receive(company: Company) -> None:
    """Let both units sign for their parts, one in each language; neither objects after all."""
    for handler, name in ((company["qianjin"], "钱进"), (company.english("yangfan"), "杨帆")):
        page = handler.take_up(TITLE)
        handler.reads(phrases.ACKNOWLEDGE)
        page.locator("#object > summary").click()
        handler.answer("object")
        handler.refused("reason", phrases.MISSING)
        handler.fill(responsible_person=name)
        handler.answer("accept")
        handler.arrives(done(phrases.ACKNOWLEDGE))


def report(company: Company, login: str, title: str, *, final: bool, progress: str) -> None:
    """Write a report and send it on."""
    handler = company[login]
    page = handler.take_up(title)
    page.check(f"input[name=final][value={'true' if final else 'false'}]")
    handler.fill(progress=progress, problems="无", percent="100" if final else "65")
    handler.send()
    handler.arrives()


def report_with_a_picture(
    company: Company, keep: Picture, guide: Picture, photograph: Path
) -> None:
    """Report with a picture, and take it back before anybody has opened it."""
    handler = company["qianjin"]
    company.let_pass(days=2)
    page = handler.take_up(TITLE)
    handler.reads(phrases.REPORT, ZH)
    handler.send()
    handler.refused("progress", phrases.MISSING)
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
    handler.arrives(done(phrases.REPORT)).locator(".toast-u form button").click()
    page.wait_for_url("**/tasks/*")


def be_returned(company: Company, keep: Picture, guide: Picture) -> None:
    """Report again; signed, and returned by the office with what is missing."""
    handler, head, supervisor = company["qianjin"], company["zhouju"], company["liwen"]
    page = handler.page
    handler.reads(phrases.REPORT, EN)
    page.check("input[name=final][value=true]")
    handler.fill(progress="标识更新完成，停车场摊铺过半。", problems="无", percent="101")
    handler.send()
    handler.refused("percent", phrases.SHARE)
    handler.fill(percent="100")
    handler.send()
    handler.arrives(done(phrases.REPORT))

    page = head.take_up(TITLE)
    keep(page, "sign")
    guide(page, "unit-head-sign")
    head.reads(phrases.SIGN, ZH)
    head.answer("decline")
    head.refused("reason", phrases.WHY)
    head.reads(phrases.SIGN, EN)
    head.answer("sign")
    head.arrives(done(phrases.SIGN))

    page = supervisor.take_up(TITLE)
    supervisor.reads(phrases.REVIEW, ZH)
    page.check("input[name=measures_done]")
    supervisor.answer("accept")
    supervisor.refused("measures_done", phrases.UNMET)
    expect(page.locator("input[name=measures_done]")).to_be_checked()
    supervisor.answer("return")
    supervisor.refused("reason", phrases.WHY)
    supervisor.fill(reason="问题没有解决：信号配时没有答复，请写明责任人和时间。")
    keep(page, "return-report")
    supervisor.answer("return")
    supervisor.arrives(done(phrases.REVIEW))

    page = handler.take_up(TITLE)
    expect(page.locator(".ctx")).to_contain_text("信号配时没有答复")


def finish(company: Company, guide: Picture) -> None:
    """Report for good after all, and be accepted by all three checks."""
    head, supervisor = company["zhouju"], company["liwen"]
    report(company, "qianjin", TITLE, final=True, progress="已全部完成，共更换标识牌126块。")
    head.take_up(TITLE)
    head.answer("sign")
    head.arrives(done(phrases.SIGN))

    page = supervisor.take_up(TITLE)
    tick(page)
    guide(page, "supervisor-review")
    supervisor.reads(phrases.REVIEW, EN)
    supervisor.answer("accept")
    supervisor.refused("measures_done", phrases.UNMET)
    tick(page)
    supervisor.answer("accept")
    supervisor.arrives(done(phrases.REVIEW))


def tick(page: Page) -> None:
    """Tick all of the three checks."""
    for check in CHECKS:
        page.check(f"input[name={check}]")


def present(company: Company, keep: Picture) -> None:
    """Lay the result before the leader, who has nothing to add."""
    leader = company["luyuan"]
    page = leader.take_up(TITLE)
    leader.reads(phrases.INSTRUCT, EN)
    expect(page.locator(".report")).to_have_count(2)
    leader.answer("new")
    leader.refused("opinion", phrases.MISSING)
    keep(page, "result")
    leader.reads(phrases.INSTRUCT, ZH)
    leader.answer("none")
    leader.arrives(done(phrases.INSTRUCT))


def fail_the_revisit(company: Company, address: str, keep: Picture) -> None:
    """Look again on the spot and find that it isn't solved: the item is re-opened."""
    supervisor = company["liwen"]
    page = supervisor.take_up(TITLE)
    supervisor.reads(phrases.REVISIT, ZH)
    supervisor.answer("unsolved")
    supervisor.refused("findings", phrases.MISSING)
    supervisor.reads(phrases.REVISIT, EN)
    page.select_option("#method", "unannounced")
    supervisor.fill(findings="4月暗访：晚高峰出口仍然拥堵，信号灯没有改。")
    keep(page, "revisit")
    supervisor.answer("unsolved")
    supervisor.arrives(done(phrases.REVISIT))
    number = supervisor.page.locator(".head .docno").inner_text()

    page = supervisor.take_up(TITLE)
    page.select_option("#lead", label=TRANSPORT)
    supervisor.answer("assign")
    supervisor.arrives(done(phrases.ASSIGN))
    assert page.url == address
    expect(page.locator(".head .docno")).to_have_text(number)
    expect(page.locator("#parts .earlier td:first-child")).to_have_count(2)
    keep(page, "reopened")
    supervisor.finds(phrases.REOPENED, EN, ZH, at=".head")


def do_it_again(stage: Stage, item_id: int) -> None:
    """Do it again under the same number, down to a revisit that finds it solved."""
    plays.take_up(stage, item_id, "qianjin")
    plays.finish(stage, item_id, "qianjin", "zhouju")
    plays.do(stage, "luyuan", item_id, results.record_instruction, new_instruction=False)
    seen = Finding("on_site", "现场查看：晚高峰通行顺畅。", solved=True)
    plays.do(stage, "liwen", item_id, revisits.record_revisit, seen)


def close(company: Company, address: str, keep: Picture, guide: Picture) -> None:
    """Strike it off the ledger; nothing waits for anybody any more."""
    director = company["zhangming"]
    page = director.take_up(TITLE)
    director.reads(phrases.CLOSE, ZH, EN)
    keep(page, "close")
    director.answer("close")
    director.arrives(done(phrases.CLOSE))
    assert page.url == address
    expect(page.locator("#dia .djs-element.now")).to_have_count(0)
    expect(page.locator(".nowbar")).not_to_contain_text("Now with")
    page.locator("#story > .in > a").click()
    expect(page.locator("#story .ev")).not_to_have_count(12)
    keep(page, "closed")
    auditor = company["shenji"].open(address)
    expect(auditor.locator("#way.drawn")).to_be_visible()
    guide(auditor, "auditor-item")
    director.finds(phrases.CLOSED, EN, ZH, at=".head .light.done")
    assert plays.waiting(company.stage) == []
