"""What an item's end is followed by: a quarter's ranking and an appeal against an entry of it."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser import plays
from tests.browser.conftest import Picture
from tests.browser.players import Company, morning_of
from workflows import assessment
from workflows.assessment import quarter_of
from workflows.decision_tables import seed_tables

WHY = "扣分当日该事项已批准延期，材料附后。"
OPINION = "经查，延期在扣分之前已获批准，申诉成立。"


def assess(company: Company, guide: Picture) -> None:
    """Freeze the quarter and publish it; a unit appeals, and somebody else decides."""
    quarter = quarter_of(company.today())
    company.stage.clock.set(morning_of(quarter.last + timedelta(days=2)))
    company.stage.database.write(seed_tables)
    company.stage.database.write(assessment.seed_groups)
    address = f"/assessment/{quarter.year}/{quarter.number}"
    plays.act(company.stage, "zhangming", assessment.freeze, quarter.year, quarter.number)
    plays.act(company.stage, "zhangming", assessment.publish, quarter.year, quarter.number)
    guide(company["zhangming"].open(address), "director-ranking")

    page = company["zhouju"].open(address)
    guide(page, "unit-head-score")
    page.locator("a[href*='/appeal?cause=']").first.click()
    page.fill("#reason", WHY)
    page.locator(".act-bar .btn.primary").click()
    page.wait_for_url("**/assessment/appeals/*")

    page = company["luyuan"].open(page.url)
    page.check("input[name=upheld][value=true]")
    page.fill("#opinion", OPINION)
    guide(page, "leader-appeal")
    page.locator(".end-bar .btn.primary").click()
    expect(page.locator("main")).to_contain_text(OPINION)
