"""The story of one key project: planned by a template, built week by week, accepted and closed.

Registered with its money and its milestones; reported with figures; a milestone shown by a
photograph, sent back once and reviewed; yellow once the plan is ahead of the money; supervised
every week; reported for good, accepted, struck off the ledger.
"""

from base64 import b64decode
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from tests.browser import plays
from tests.browser.conftest import Picture
from tests.browser.players import Company, morning_of, seated
from tests.browser.stage import Stage
from workflows import papers, targets
from workflows.projects import milestones
from workflows.tables import Item, Measure, Milestone, MilestoneState

TITLE = "市域铁路一期工程"
DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one dot."""


@pytest.fixture
def company(browser: Browser, stage: Stage) -> Iterator[Company]:
    """Let everybody sit down; nothing is drawn for a revisit."""
    plays.revisit(stage, chance=0)
    with seated(browser, stage, "zh-CN") as company:
        yield company


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """Give a picture of the site."""
    path = tmp_path / "签约现场.png"
    path.write_bytes(DOT)
    return path


def test_the_whole_story_of_one_key_project(
    company: Company,
    stage: Stage,
    photograph: Path,
    guide: Picture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DUBAN_DATA", str(stage.folder))
    item_id = register(company)
    plays.approve(stage, item_id)
    plays.assign(stage, item_id, "市交通运输局")
    plays.take_up(stage, item_id, "qianjin")

    report(company, photograph, final=False, done="250")
    plays.accept(stage, item_id, "zhouju")
    reach_a_milestone(company, item_id, photograph)
    fall_behind(company, item_id, guide)
    follow_a_target(company, item_id, guide)
    supervise(company)

    reach_the_others(company, item_id)
    report(company, photograph, final=True, done="1000")
    plays.accept(stage, item_id, "zhouju")
    accept(company)
    close(company, item_id)


def register(company: Company) -> int:
    """Register it with its money, and milestones by a template."""
    supervisor = company["liwen"]
    page = supervisor.open("/items/new")
    page.check("input[name=secret][value=false]")
    page.select_option("#source", "key_project")
    page.check("input[name=type][value=new]")
    page.check("input[name=urgency][value=normal]")
    supervisor.fill(title=TITLE, basis="2020年重点项目计划。", investment="3,000", year="2020")
    supervisor.fill(planned="1000", starts_on="2020-03-02", ends_on="2020-12-31")
    supervisor.send()
    supervisor.refused("template_id")
    page.select_option("#template_id", label="招商项目")
    supervisor.send()
    page = supervisor.arrives()
    expect(page.locator("#milestones li")).to_have_count(3)
    return int(page.url.rsplit("/", 1)[1])


def report(company: Company, photograph: Path, *, final: bool, done: str) -> None:
    """Report the month's money, which no report of a project goes without, and keep a picture."""
    handler = company["qianjin"]
    page = handler.take_up(TITLE)
    page.check(f"input[name=final][value={'true' if final else 'false'}]")
    handler.fill(progress="路基完成三公里。", percent="100" if final else "10")
    handler.send()
    handler.refused("figures_done")
    page.select_option("#figures_month", index=1)
    page.set_input_files("#papers", photograph)
    expect(page.locator(".files li")).to_contain_text(photograph.name)
    expect(page.locator("[name=upload]")).to_be_hidden()  # it went up as it was chosen
    page.press("#percent", "Enter")  # a line presses none of the files' buttons
    handler.fill(figures_done=done)
    handler.send()
    expect(handler.arrives().locator("main")).to_contain_text(photograph.name)


def reach_a_milestone(company: Company, item_id: int, photograph: Path) -> None:
    """Show by a photograph that a milestone is reached; sent back once, then accepted."""
    handler, supervisor = company["qianjin"], company["liwen"]
    for outcome in ("return", "accept"):
        page = handler.open(f"/items/{item_id}")
        page.locator("#milestones li a").first.click()
        page.fill("#done_on", company.today().isoformat())
        page.set_input_files("#papers", photograph)
        page.locator("form[action$='/claim'] button.primary").click()
        expect(page.locator(".toast-u")).to_be_visible()

        page = supervisor.open(f"/items/{item_id}")
        page.locator("#milestones li a").first.click()
        expect(page.locator("main")).to_contain_text("签约现场.png")
        page.fill("#reason", "缺签约文本。" if outcome == "return" else "")
        page.locator(f"form[action$='/review'] button[value={outcome}]").click()
        expect(page.locator(".toast-u")).to_be_visible()
    expect(supervisor.open(f"/items/{item_id}").locator("#milestones li.done")).to_have_count(1)


def fall_behind(company: Company, item_id: int, guide: Picture) -> None:
    """Let weeks go by without money: the plan turns the light, on the page and in the ledger."""
    supervisor, head = company["liwen"], company["zhouju"]
    green = supervisor.open(f"/items/{item_id}")
    expect(green.locator(".head .light.green")).to_be_visible()
    with company.stage.database.read() as session:
        day = session.get_one(Item, item_id).plan_yellow_on
    assert day is not None
    company.stage.go_to(morning_of(day))

    page = supervisor.open(f"/items/{item_id}")
    expect(page.locator(".head .light.yellow")).to_be_visible()
    expect(page.locator("#money svg[role=img]")).to_be_visible()
    page = head.open("/projects")
    expect(page.locator("table.projects .light.yellow")).to_be_visible()
    guide(page, "unit-head-projects")


def follow_a_target(company: Company, item_id: int, guide: Picture) -> None:
    """See the year's target behind its path, with the months that make it."""
    entry = targets.Entry(2020, Measure.INVESTMENT, Decimal(1000), item_id=item_id)
    target = plays.act(company.stage, "liwen", targets.draft, entry)
    plays.act(company.stage, "zhangming", targets.decide, target.id, approve=True)
    page = company["zhouju"].open(f"/targets/{target.id}")
    expect(page.locator(".target-chart .now")).to_be_visible()
    expect(page.locator("main")).to_contain_text("落后进度")
    guide(page, "unit-head-target")


def supervise(company: Company) -> None:
    """Go and see, as every week; what was found stands on the item's page."""
    supervisor = company["liwen"]
    page = supervisor.take_up(TITLE)
    page.select_option("#method", "on_site")
    supervisor.fill(finding="二标段停工待料，已约材料商。")
    supervisor.answer("problem")
    expect(supervisor.arrives().locator("#weeks")).to_contain_text("停工待料")


def reach_the_others(company: Company, item_id: int) -> None:
    """Have the other milestones shown and reviewed."""
    wanted = select(Milestone.id).where(
        Milestone.project_id == item_id, Milestone.state == MilestoneState.OPEN
    )
    with company.stage.database.read() as session:
        numbers = list(session.scalars(wanted))
    for number in numbers:
        checked = papers.inspect("现场.png", BytesIO(DOT))
        paper = plays.act(company.stage, "qianjin", papers.keep_paper, item_id, checked)
        day = company.today()
        plays.act(company.stage, "qianjin", milestones.claim, number, day, [paper.id])
        plays.act(company.stage, "liwen", milestones.review, number, accepted=True)


def accept(company: Company) -> None:
    """Accept the project; sending it back would need a word."""
    supervisor = company["liwen"]
    page = supervisor.take_up(TITLE)
    expect(page.locator(".form-body ol li")).to_have_count(3)
    supervisor.answer("rework")
    supervisor.refused("opinion")
    supervisor.answer("pass")
    supervisor.arrives()


def close(company: Company, item_id: int) -> None:
    """Strike it off; it stands among the ended ones."""
    director = company["zhangming"]
    director.take_up(TITLE)
    director.answer("close")
    page = director.arrives()
    expect(page.locator(".head .light.done")).to_be_visible()
    page.goto("/projects?ended=1")
    expect(page.locator("table.projects")).to_contain_text(TITLE)
    assert company["liwen"].has_nothing(TITLE)
