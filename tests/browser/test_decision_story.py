"""The story of one decision of a meeting: broken down, done part by part, closed as a whole.

Registered with its meeting; a breakdown with a hole refused, and the whole one handed out to two
units; one report for two parts of the same unit; the decision goes to its leader and is closed
once every part has ended.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from tests.browser import plays
from tests.browser.conftest import Picture
from tests.browser.players import Company, seated
from tests.browser.stage import Stage
from workflows import reviews
from workflows.tables import Item

TITLE = "老旧小区改造"
TASKS = (
    ("打通小区周边断头路", "市交通运输局", "钱进"),
    ("增设小区公交站点", "市交通运输局", "钱进"),
    ("整治小区外占道经营", "市城管局", "杨帆"),
)


@pytest.fixture
def company(browser: Browser, stage: Stage) -> Iterator[Company]:
    """Let everybody sit down; nothing is drawn for a revisit."""
    plays.revisit(stage, chance=0)
    with seated(browser, stage, "zh-CN") as company:
        yield company


def test_the_whole_story_of_one_decision(company: Company, stage: Stage, guide: Picture) -> None:
    whole = register(company)
    plays.approve(stage, whole)
    break_down(company, guide)
    parts = parts_of(stage, whole)
    for part, login in zip(parts, ("qianjin", "qianjin", "yangfan"), strict=True):
        plays.take_up(stage, part, login)

    report_for_two(company, guide)
    sign_once(company)
    for part in parts[:2]:
        plays.do(stage, "liwen", part, reviews.review_report, plays.SOUND)
    wait_for_the_last(company, whole)
    plays.finish(stage, parts[2], "yangfan", "luojing")

    present(company, guide)
    close(company, guide)


def register(company: Company) -> int:
    """Register it with its meeting, which has a day."""
    supervisor = company["liwen"]
    page = supervisor.open("/items/new")
    page.check("input[name=secret][value=false]")
    page.select_option("#source", "executive_meeting")
    page.check("input[name=urgency][value=normal]")
    supervisor.fill(title=TITLE, basis="会议要求年内完成三项任务。", meeting="第23次常务会议")
    page.select_option("#sponsor_post_id", index=1)
    supervisor.send()
    supervisor.refused("held_on")
    supervisor.fill(held_on=company.today().isoformat())
    supervisor.send()
    return int(supervisor.arrives().url.rsplit("/", 1)[1])


def break_down(company: Company, guide: Picture) -> None:
    """Break it down into three; a row without a responsible person is refused by its name."""
    supervisor = company["liwen"]
    page = supervisor.take_up(TITLE)
    due_on = (company.today() + timedelta(days=60)).isoformat()
    while page.locator("[data-row]").count() < len(TASKS):
        rows = page.locator("[data-row]").count()
        page.locator("button[name=rows][value=add]").click()
        expect(page.locator("[data-row]")).to_have_count(rows + 1)
    for at, (title, unit, person) in enumerate(TASKS):
        page.fill(f"#row-{at}-title", title)
        page.select_option(f"#row-{at}-sponsor_post_id", index=1)
        page.select_option(f"#row-{at}-lead_unit_id", label=unit)
        page.fill(f"#row-{at}-responsible_person", "" if at == 1 else person)
        page.fill(f"#row-{at}-due_on", due_on)
    supervisor.answer("decompose")
    supervisor.refused("row-1-responsible_person")
    guide(page, "supervisor-break-down")
    page.fill("#row-1-responsible_person", TASKS[1][2])
    supervisor.answer("decompose")
    page = supervisor.arrives()
    expect(page.locator("#breakdown tbody tr")).to_have_count(len(TASKS))


def parts_of(stage: Stage, whole: int) -> Sequence[int]:
    """Return the numbers of the decision's parts, in their order."""
    wanted = select(Item.id).where(Item.parent_id == whole).order_by(Item.part_no)
    with stage.database.read() as session:
        return session.scalars(wanted).all()


def report_for_two(company: Company, guide: Picture) -> None:
    """Write one report for both parts of the unit."""
    handler = company["qianjin"]
    page = handler.take_up(TASKS[0][0])
    page.locator("a[href*='/reports/common?']").click()
    boxes = page.locator("#part input[name=part]")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.check()
        task = box.input_value()
        page.fill(f"#percent-{task}", "100")
        page.select_option(f"select[name='final-{task}']", "true")
    handler.fill(progress="断头路打通两条，公交站点增设五处。")
    guide(page, "handler-common-report")
    handler.send()
    page.wait_for_url(lambda address: "/reports/" not in address)
    expect(page.locator(".toast-u")).to_be_visible()


def sign_once(company: Company) -> None:
    """Sign the one report; nothing more waits for the head."""
    head = company["zhouju"]
    head.take_up(TASKS[1][0])
    head.answer("sign")
    head.arrives()
    assert head.has_nothing(TASKS[0][0])


def wait_for_the_last(company: Company, whole: int) -> None:
    """See that the decision is open as long as one of its parts is."""
    page = company["liwen"].open(f"/items/{whole}")
    expect(page.locator("#breakdown .light.done")).to_have_count(2)
    expect(page.locator(".head .light.done")).to_have_count(0)
    assert company["luyuan"].has_nothing(TITLE)


def present(company: Company, guide: Picture) -> None:
    """Lay the result before the leader, who has nothing to add."""
    leader = company["luyuan"]
    page = leader.take_up(TITLE)
    expect(page.locator("article.report")).to_have_count(len(TASKS))
    expect(page.locator("article.report").first).to_contain_text("断头路打通两条")
    guide(page, "leader-result")
    leader.answer("none")
    leader.arrives()


def close(company: Company, guide: Picture) -> None:
    """Strike the decision off; its parts were struck off before it."""
    director = company["zhangming"]
    page = director.take_up(TITLE)
    guide(page, "director-close")
    director.answer("close")
    page = director.arrives()
    expect(page.locator(".head .light.done")).to_be_visible()
    expect(page.locator("#breakdown .light.done")).to_have_count(len(TASKS))
    assert plays.waiting(company.stage) == []
