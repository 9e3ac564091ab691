"""What an instruction goes through while it takes long: urged, extended, overdue, escalated."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser import phrases
from tests.browser.conftest import Picture
from tests.browser.phrases import EN, ZH, done
from tests.browser.players import Company

TITLE = "高铁站服务环境提升"
TRANSPORT = "市交通运输局"


def urge(company: Company, address: str, keep: Picture) -> None:
    """Urge the unit; the receipt comes when somebody there opens the item."""
    supervisor, handler = company["liwen"], company["qianjin"]
    company.let_pass(days=2)
    page = beside(supervisor.open(address), "a[href$='/urge']")
    supervisor.reads(phrases.URGE, ZH)
    supervisor.fill(text="")
    supervisor.send()
    supervisor.refused("text", phrases.MISSING)
    supervisor.reads(phrases.URGE, EN)
    page.select_option("#method", "telephone")
    supervisor.fill(text="请三天内报送进展。")
    keep(page, "urge")
    supervisor.send()
    supervisor.arrives(phrases.URGED)
    supervisor.finds(phrases.UNOPENED, EN, ZH, at="#parts")

    expect(handler.open(address).locator("#story")).to_contain_text("请三天内报送进展。")
    page = supervisor.open(address)
    expect(page.locator("#parts")).not_to_contain_text(phrases.UNOPENED[ZH])
    assert TITLE in page.title() or "督字" in page.title()


def extend(company: Company, address: str, keep: Picture, guide: Picture) -> None:
    """Ask for a later limit in time; the head signs, the office advises, the leader consents."""
    handler, head = company["qianjin"], company["zhouju"]
    page = beside(handler.open(address), "a[href*='/change']")
    handler.reads(phrases.CHANGE, EN)
    reasons = {"reason": "交警支队下周才能完成信号改造。", "progress": "标线已施划完毕。"}
    yesterday, later = (company.today() + timedelta(days=days) for days in (-1, 20))
    handler.fill(**reasons, new_due_on=yesterday.isoformat())
    handler.send()
    handler.refused("new_due_on", phrases.EARLIER)
    handler.reads(phrases.CHANGE, ZH)
    handler.fill(**reasons, new_due_on=later.isoformat())
    keep(page, "ask-to-extend")
    handler.send()
    handler.arrives(phrases.ASKED)

    head.take_up(TITLE)
    head.reads(phrases.ENDORSE, EN)
    head.answer("decline")
    head.refused("reason", phrases.WHY)
    head.reads(phrases.ENDORSE, ZH)
    head.answer("endorse")
    head.arrives(done(phrases.ENDORSE))
    be_heard(company, keep, guide)


def be_heard(company: Company, keep: Picture, guide: Picture) -> None:
    """Have the office pass the request on, and the leader consent."""
    supervisor, leader = company["liwen"], company["luyuan"]
    supervisor.take_up(TITLE)
    supervisor.reads(phrases.ADVISE, ZH)
    supervisor.answer("pass_on")
    supervisor.refused("opinion", phrases.MISSING)
    supervisor.reads(phrases.ADVISE, EN)
    supervisor.fill(opinion="情况属实，建议同意。")
    supervisor.answer("pass_on")
    supervisor.arrives(done(phrases.ADVISE))

    page = leader.take_up(TITLE)
    leader.reads(phrases.CONSENT, ZH)
    expect(page.locator(".form-body")).to_contain_text("交警支队下周才能完成信号改造。")
    keep(page, "consent")
    guide(page, "leader-consent")
    leader.answer("refuse")
    leader.refused("opinion", phrases.WHY)
    leader.reads(phrases.CONSENT, EN)
    leader.answer("consent")
    leader.arrives(done(phrases.CONSENT))
    leader.finds(phrases.FIRST_LIMIT, ZH, EN, at=".rail")
    keep(page, "extended")


def be_late(company: Company, address: str, keep: Picture, guide: Picture) -> None:
    """Miss the later limit too: the item turns red and climbs the ladder."""
    company.until(company.today() + timedelta(days=28))
    handler, director, supervisor = company["qianjin"], company["zhangming"], company["liwen"]
    page = handler.open("/")
    expect(page.locator(".todo-g.late")).to_contain_text(TITLE)
    keep(page, "late-inbox")

    page = director.take_up(TITLE)
    director.reads(phrases.SLIP, EN)
    director.answer("decline")
    director.refused("reason", phrases.WHY)
    director.reads(phrases.SLIP, ZH)
    director.finds(phrases.BLUE_SLIP, at=".form-body")
    guide(page, "director-slip")
    director.answer("approve")
    director.arrives(done(phrases.SLIP))

    page = supervisor.open(address)
    supervisor.finds(phrases.BLUE_SLIP, EN, at="#ladder")
    supervisor.finds(phrases.LATE, EN, at=".head .light.red")
    keep(page, "escalated-english")
    supervisor.finds(phrases.LATE, ZH, at=".head .light.red")
    supervisor.finds(phrases.BLUE_SLIP, at="#ladder")
    expect(page.locator("#dia .djs-element.wait")).to_have_count(1)
    beside(page, "form[action$='/revisit'] button")
    supervisor.arrives()
    page.locator("#way nav a", has_text=TRANSPORT).click()
    expect(page.locator("#way.drawn #dia .djs-element.wait")).to_have_count(1)
    keep(page, "escalated")


def beside(page: Page, deed: str) -> Page:
    """Choose from an item's menu what is done beside the steps."""
    page.locator(".head .menu summary").click()
    page.locator(f".acts-pop {deed}").click()
    return page
