"""The story of one proposal, with everybody in it: the people's congress, two units, the office.

Registered and handed over at the session's meeting; the co-unit gives its opinion; the lead
unit talks, drafts, is reviewed and signs; one of the proposers reads it on a telephone and is
dissatisfied; met face to face and answered anew; rated, and struck off the ledger.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import plays
from tests.browser.conftest import PHONE, Picture
from tests.browser.players import Company, seated
from tests.browser.stage import Stage
from workflows import proposals
from workflows.proposals import Contact, Draft, Opinion
from workflows.tables import ContactWay, ReplyClass

TITLE = "关于加快城区农贸市场改造的建议"
SESSION = "七届人大四次会议"
NUMBER = "市交函〔2020〕3号"


@pytest.fixture
def company(browser: Browser, stage: Stage) -> Iterator[Company]:
    """Let everybody sit down; nothing is drawn for a revisit."""
    plays.revisit(stage, chance=0)
    with seated(browser, stage, "zh-CN") as company:
        yield company


def test_the_whole_story_of_one_proposal(company: Company, stage: Stage, guide: Picture) -> None:
    item_id = register(company)
    plays.approve(stage, item_id)
    hand_over(company)
    for login in ("qianjin", "yangfan"):
        plays.take_up(stage, item_id, login)
    give_an_opinion(company)
    talk(company)
    draft(company)
    review(company)
    sign(company, guide)

    dissatisfied, content = links(company)
    rate(company.stranger(), dissatisfied, "dissatisfied", "排水没有一起改造。")
    rate(company.stranger(), content, "satisfied", guide=guide)
    go_on(company)
    expect(company["qianjin"].take_up(TITLE).locator(".note")).to_contain_text("须当面沟通")

    answer_anew(company, item_id)
    for link in links(company):
        rate(company.stranger(), link, "satisfied")
    go_on(company)
    close(company, item_id, dissatisfied)
    publish(company, guide)


def register(company: Company) -> int:
    """Register it; the form asks for what a proposal has, once its source is chosen."""
    supervisor = company["liwen"]
    page = supervisor.open("/items/new")
    page.check("input[name=secret][value=false]")
    page.select_option("#source", "npc_suggestion")
    page.check("input[name=urgency][value=normal]")
    supervisor.fill(title=TITLE, basis="七届人大四次会议人大建议第1号。")
    supervisor.fill(session=SESSION, proposal_number="人大建议第1号")
    supervisor.fill(proposers="刘代表，13800000001\n马代表")
    page.check("input[name=handling][value=lead_co]")
    supervisor.send()
    return int(supervisor.arrives().url.rsplit("/", 1)[1])


def hand_over(company: Company) -> None:
    """Hand it to two units at the session's meeting; one without a unit is refused."""
    supervisor = company["liwen"]
    page = supervisor.open("/proposals/hand-over")
    supervisor.fill(minutes="三个月内答复，先见面、后答复。")
    row = page.locator(".hand-over tbody tr")
    row.locator("select[name^=others]").select_option(label="市城管局")
    supervisor.send()
    supervisor.refused("units")
    row.locator("select[name^=lead]").select_option(label="市交通运输局")
    supervisor.send()
    page.wait_for_url("**/proposals/?*")
    expect(page.locator("table.proposals")).to_contain_text(TITLE)


def give_an_opinion(company: Company) -> None:
    """Let the co-unit tell the lead unit what it thinks."""
    handler = company["yangfan"]
    handler.take_up(TITLE)
    handler.fill(said="摊位规划已调整，同意改造方案。")
    handler.answer("give")
    handler.arrives()


def talk(company: Company) -> None:
    """Talk with the proposers before anything is written."""
    handler = company["qianjin"]
    page = handler.take_up(TITLE)
    expect(page.locator(".form-body")).to_contain_text("同意改造方案")
    page.check("input[name=way][value=visit]")
    handler.fill(met_on=company.today().isoformat(), said="两位代表希望先改造排水。")
    handler.answer("recorded")
    handler.arrives()


def draft(company: Company) -> None:
    """Draft the reply; none goes without its class."""
    handler = company["qianjin"]
    page = handler.take_up(TITLE)
    handler.fill(said="四个农贸市场的摊位改造均已完工。")
    page.check("input[name=disclosed][value=true]")
    handler.answer("draft")
    handler.refused("reply_class")
    page.check("input[name=reply_class][value=a]")
    handler.answer("draft")
    handler.arrives()


def review(company: Company) -> None:
    """Accept the draft, and with it that all may read it."""
    supervisor = company["liwen"]
    page = supervisor.take_up(TITLE)
    expect(page.locator("input[name=disclosed][value=true]")).to_be_checked()
    supervisor.answer("accept")
    supervisor.arrives()


def sign(company: Company, guide: Picture) -> None:
    """Sign it under its document number: it goes out."""
    head = company["zhouju"]
    page = head.take_up(TITLE)
    head.fill(document_number=NUMBER)
    guide(page, "unit-head-sign-reply")
    head.answer("sign")
    head.arrives()


def links(company: Company) -> list[str]:
    """Make each proposer a link of their own."""
    page = company["liwen"].take_up(TITLE)
    page.locator("#outcome a.btn").click()
    page.locator('#links form[action$="/links"] button').click()
    made = page.locator("#links input[readonly]")
    expect(made).to_have_count(2)
    return [field.input_value() for field in made.all()]


def rate(phone: Page, link: str, answer: str, why: str = "", guide: Picture | None = None) -> None:
    """Open a link on a telephone, without an account, and say how one takes the reply."""
    phone.goto(link)
    expect(phone.locator("h1")).to_have_text(TITLE)
    expect(phone.locator("nav.side, .top")).to_have_count(0)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.check(f"input[name=satisfaction][value={answer}]")
    if why:
        phone.locator("button.primary").click()
        expect(phone.locator(".field.bad, .note.bad").first).to_be_visible()
        phone.fill("#why", why)
    if guide:
        guide(phone, "delegate-rate")
    phone.locator("button.primary").click()
    expect(phone.locator(".note.ok")).to_be_visible()
    if guide:
        guide(phone, "delegate-thanks")


def go_on(company: Company) -> None:
    """Go on by the ratings."""
    supervisor = company["liwen"]
    supervisor.take_up(TITLE)
    supervisor.answer("settle")
    supervisor.arrives()


def answer_anew(company: Company, item_id: int) -> None:
    """Meet the proposers face to face, and answer once more."""
    stage = company.stage
    met = Contact(ContactWay.VISIT, company.today(), "当面查看排水改造，代表同意。")
    plays.do(stage, "qianjin", item_id, proposals.record_contact, met)
    said = Draft("排水改造也已完工，四个市场全部开业。", ReplyClass.A, disclosed=True)
    plays.do(stage, "qianjin", item_id, proposals.draft_reply, said)
    plays.do(stage, "liwen", item_id, proposals.review_reply, Opinion(accept=True, disclosed=True))
    number = "市交函〔2020〕9号"
    plays.do(stage, "zhouju", item_id, proposals.sign_reply, sign=True, document_number=number)


def close(company: Company, item_id: int, old_link: str) -> None:
    """Strike it off; its page tells both replies, and no link takes an answer any more."""
    director = company["zhangming"]
    director.take_up(TITLE)
    director.answer("close")
    page = director.arrives()
    expect(page.locator(".head .light.done")).to_be_visible()
    expect(page.locator("#proposal")).to_contain_text(NUMBER)
    expect(page.locator("#proposal")).to_contain_text("排水没有一起改造")

    phone = company.stranger()
    phone.goto(old_link)
    expect(phone.locator("form[action*='/rate/']")).to_have_count(0)
    page = company["shenji"].open("/proposals/")
    expect(page.locator("table.proposals")).to_contain_text("满意")
    page.goto(f"/items/{item_id}")
    expect(page.locator("#story")).to_contain_text("不满意")


def publish(company: Company, guide: Picture) -> None:
    """Look at what the public would read and release it; anybody finds it, without names."""
    page = company["liwen"].open("/disclosure/")
    page.locator("table .btn.small").first.click()
    expect(page.locator(".masked")).to_contain_text("四个市场全部开业")
    guide(page, "supervisor-discloses")
    page.locator("button[name=deed][value=release]").click()
    page.wait_for_url("**/disclosure/*")

    page.goto("/search/?q=市场 改造")
    expect(page.locator("#reply .hit")).to_have_count(2)
    expect(page.locator("#item mark")).to_have_text(["市场", "改造"])
    guide(page, "supervisor-finds")

    phone = company.stranger()
    phone.goto("/public/?q=农贸市场")
    phone.locator(".rows a").click()
    expect(phone.locator("article")).to_contain_text("刘某某")
    expect(phone.locator("body")).not_to_contain_text("13800000001")
    guide(phone, "public-reply")
