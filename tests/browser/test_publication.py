"""A monthly circular, from its snapshot to the file that was issued.

Its blanks are filled by typing over them, a figure is put in and opens its rows; the director,
who reads English, returns it with a comment, approves what was mended, and issues it.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser import plays
from tests.browser.conftest import Picture
from tests.browser.held import ASKS, Held
from tests.browser.players import Company, seated
from tests.browser.stage import Stage

ITEMS = ("道路贯通工程", "老旧小区加装电梯")
BLANKS = {"表扬单位": "市交通运输局", "批评单位": "市城管局", "逾期事项": "暂无"}
COMMENT = "请把表扬单位的事迹写具体。"
REASON = "表扬内容太笼统。"
LEDGER = [{"type": "paragraph", "content": [{"type": "text", "text": "市园林局"}]}]
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const how = { bubbles: true, cancelable: true, clipboardData: data };
  document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture
def company(browser: Browser, stage: Stage) -> Iterator[Company]:
    """Let everybody sit down, with two items on the ledger."""
    for title in ITEMS:
        plays.approve(stage, plays.register(stage, title))
    with seated(browser, stage, "zh-CN") as company:
        yield company


def test_a_circular_is_written_returned_mended_and_issued(company: Company, guide: Picture) -> None:
    page = begin(company)
    fill_blanks(page)
    put_in_a_figure(page)
    open_rows(page, guide)
    address = send(page)

    give_back(company, address, guide)
    mend(company, address)

    issue(company, address)
    download(company, address)


def begin(company: Company) -> Page:
    """Begin the circular of the month that is running."""
    page = company["liwen"].open("/publications/new")
    page.select_option("#span", index=1)
    page.locator(".act-bar .btn.primary").click()
    return opened(page)


def opened(page: Page) -> Page:
    """Wait until the editor stands."""
    page.wait_for_selector("html[data-opened]")
    return page


def fill_blanks(page: Page) -> None:
    """Type over every blank; the paper can't be sent before the last is filled."""
    paper, send = page.locator(".ProseMirror"), page.locator("[data-pub=send]")
    expect(paper.locator(".blank")).to_have_count(len(BLANKS))
    for label, words in BLANKS.items():
        expect(send).to_be_disabled()
        expect(page.locator("[data-pub=blocked]")).to_contain_text("没有填")
        paper.locator(f"[data-blank={label}]").click()
        page.keyboard.type(words)
    expect(paper.locator("h2").nth(1)).to_have_attribute("data-number", "二、")
    expect(paper).to_contain_text("市城管局落实不力")
    expect(page.locator("[data-pub=why]")).to_be_empty()


def put_in_a_figure(page: Page) -> None:
    """Put a figure in where the cursor is, by its name."""
    page.keyboard.type("，本月新立项")
    page.keyboard.press("/")
    page.keyboard.type("items_registered")
    page.keyboard.press("Enter")
    page.keyboard.type("项")
    expect(page.locator(".fig[data-figure=items_registered]")).to_have_text(str(len(ITEMS)))


def open_rows(page: Page, guide: Picture) -> None:
    """Press a figure: the panel shows which items it counts, as they were."""
    page.locator(".fig[data-figure=items_open]").click()
    rows = page.locator(".pub-figures .on .row")
    expect(rows).to_have_count(len(ITEMS))
    expect(rows.first).to_contain_text(ITEMS[0])
    guide(page, "supervisor-writes")


def send(page: Page) -> str:
    """Send it to the director, saved as it is; return where it is edited."""
    address = page.url
    expect(page.locator("[data-pub=send]")).to_be_enabled()
    page.locator("[data-pub=send]").click()
    page.wait_for_url(address.removesuffix("/edit"))
    return address


def give_back(company: Company, address: str, guide: Picture) -> None:
    """Comment on a passage, and return it; nothing can be written by whoever decides."""
    page = opened(company.english("zhangming").open(address))
    paper = page.locator(".ProseMirror")
    expect(paper).to_have_attribute("contenteditable", "false")
    paper.locator("p").nth(1).click(click_count=3)
    page.get_by_role("tab", name="Comments").click()
    page.fill("#remark-text", COMMENT)
    page.get_by_role("button", name="Add the comment").click()
    expect(page.locator(".pub-remark")).to_contain_text(COMMENT)
    expect(page.locator(".pub-remark .quote")).to_contain_text("市交通运输局")
    guide(page, "director-comments")
    page.get_by_role("button", name="Return …").click()
    page.fill("#reason", REASON)
    page.locator("#ask-return .btn.primary").click()
    page.wait_for_url(address.removesuffix("/edit"))


def mend(company: Company, address: str) -> None:
    """Write what was asked for, settle the comment, and send it again."""
    page = opened(company["liwen"].open(address))
    expect(page.locator(".pub-desk > .note.warn")).to_contain_text(REASON)
    page.locator(".ProseMirror p").nth(1).click()
    page.keyboard.press("Home")
    page.keyboard.type("打通断头路的")
    page.get_by_role("tab", name="批注").click()
    page.locator(".pub-remark summary").click()
    page.locator(".pub-remark button[value=yes]").click()
    expect(page.locator(".pub-remark.settled")).to_be_visible()
    send(page)


def issue(company: Company, address: str) -> None:
    """Approve it and issue it."""
    director = company.english("zhangming")
    page = opened(director.open(address))
    expect(page.locator(".ProseMirror")).to_contain_text("打通断头路的市交通运输局")
    page.get_by_role("button", name="Approve").click()
    page.wait_for_url(address.removesuffix("/edit"))
    page = opened(director.open(address))
    page.get_by_role("button", name="Issue …").click()
    page.locator("#ask-issue .btn.primary").click()
    page.wait_for_url(address.removesuffix("/edit"))


def download(company: Company, address: str) -> None:
    """See that the file has the number and the figures, and can't be edited any more."""
    page = opened(company["liwen"].open(address))
    expect(page.locator("[data-pub=send]")).to_have_count(0)
    with page.expect_download() as download:
        page.locator("a", has_text="PDF").click()
    text = "".join(part.extract_text() for part in PdfReader(download.value.path()).pages)
    plain = "".join(text.split())
    year = company.today().year
    assert f"〔{year}〕第1期" in plain
    assert f"在办督查事项{len(ITEMS)}项" in plain
    assert f"本月新立项{len(ITEMS)}项" in plain


def test_what_the_ledger_says_late_comes_to_its_blank_only(company: Company) -> None:
    page = begin(company)
    held = Held(page, "**/known?*")
    first, line = page.locator(".ProseMirror p").all()[:2]
    said, blank = line.inner_text(), line.locator(".blank").inner_text()
    fill = page.get_by_role("button", name="按台账填").first
    fill.click()
    fill.click()
    held.wait()
    first.click()
    page.keyboard.type("另外")
    before = first.inner_text()

    held.let_go(LEDGER)

    expect(line).to_have_text(said.replace(blank, "市园林局"))
    expect(first).to_have_text(before)


def test_what_comes_late_takes_nobody_away_from_what_they_type(company: Company) -> None:
    page = begin(company)
    held = Held(page, "**/known?*")
    page.get_by_role("button", name="按台账填").first.click()
    held.wait()
    page.get_by_role("tab", name="批注").click()
    page.locator("#remark-text").click()

    held.let_go(LEDGER)

    expect(page.locator(".ProseMirror")).to_contain_text("市园林局")
    page.keyboard.type("再看看")
    expect(page.locator("#remark-text")).to_have_value("再看看")


def test_a_blank_is_filled_while_another_still_waits(company: Company) -> None:
    page = begin(company)
    page.route("**/known?*", lambda route: route.fulfill(json=LEDGER))
    page.get_by_role("tab", name="检查").click()
    fills = page.locator("[data-pub=checks]").get_by_role("button", name="按台账填")
    held = Held(page, "**/known?*", most=1)
    fills.first.click()
    held.wait()

    fills.nth(1).click()

    filled = page.locator(".ProseMirror").get_by_text("市园林局")
    expect(filled).to_have_count(1)
    held.let_go(LEDGER)
    expect(filled).to_have_count(2)


def test_a_blank_that_waits_is_told_from_another_of_its_label(company: Company) -> None:
    page = begin(company)
    held = Held(page, "**/known?*")
    label = page.locator(".ProseMirror .blank").first.inner_text()
    lines = page.locator(".ProseMirror p", has_text=label)
    expect(lines).to_have_count(1)
    page.get_by_role("button", name="按台账填").first.click()
    held.wait()
    lines.click(position={"x": 60, "y": 8})
    copy = lines.inner_html()
    page.keyboard.press("Home")
    page.keyboard.type("另")
    expect(lines).to_have_text(re.compile("^另"))  # the editor has heard where the caret is
    page.evaluate(PASTE, copy)
    page.keyboard.press("Enter")
    expect(lines).to_have_count(2)

    held.let_go(LEDGER)

    expect(lines).to_have_count(1)
    expect(page.locator(".ProseMirror p").nth(2)).to_contain_text("市园林局")


def test_whoever_is_about_to_insert_something_is_not_let_go(company: Company) -> None:
    page = begin(company)
    page.locator(".ProseMirror p").last.click()
    page.keyboard.press("End")
    assert not page.evaluate(ASKS)

    page.keyboard.press("/")

    assert page.evaluate(ASKS)
