"""A real ledger comes in through the page, and is found, narrowed and taken out again."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from engine import Session
from tests.browser.conftest import Picture, SignIn
from tests.browser.stage import Stage
from workflows.demo.cast import UNITS
from workflows.tables import Unit
from workflows.units import names, plain_name

LEDGER = Path(__file__).parents[1] / "data" / "ledger-2019.xlsx"


def found_units(session: Session) -> None:
    """Bring on every unit that the ledger rightly names."""
    known = names(session)
    for name, kind, aliases in UNITS:
        if plain_name(name) not in known:
            session.add(Unit(name=name, kind=kind, aliases=list(aliases)))


def test_a_ledger_comes_in_and_goes_out(
    page: Page, sign_in: SignIn, stage: Stage, picture: Picture, guide: Picture
) -> None:
    stage.clock.set(datetime(2020, 3, 2, 2, tzinfo=UTC))
    stage.database.write(found_units)
    sign_in(page, "liwen")

    page.goto("/imports")
    page.set_input_files("input[type=file]", LEDGER)
    page.click("main .btn.primary")
    expect(page.locator(".sum4 b")).to_have_text(["17", "2", "2", "2"])
    expect(page.locator("#rows")).to_contain_text("“市环保督察组”不在单位名录里。")
    picture(page, "preview")

    page.click(".go .btn.primary, form[action$='/run'] .btn.primary")
    expect(page.locator("main")).to_contain_text("正在导入")
    stage.work()
    expect(page.locator("h1")).to_have_text("导入了17项")
    picture(page, "imported")

    page.goto("/ledger?scope=all")
    expect(page.locator("main")).to_contain_text("督字〔2019〕12号")
    page.goto("/ledger?scope=all&q=园林")
    expect(page.locator("main")).to_contain_text("市园林绿化处经费形式变更")
    expect(page.locator("main")).not_to_contain_text("监狱整体搬迁")
    picture(page, "found")

    with page.expect_download() as download:
        page.click("a:has-text('导出这')")
    book = CalamineWorkbook.from_filelike(BytesIO(Path(download.value.path()).read_bytes()))
    header, *lines = book.get_sheet_by_index(0).to_python()
    assert "编号" in header
    assert any("市园林绿化处经费形式变更" in line for line in lines)
    assert not any("监狱整体搬迁" in line for line in lines)

    page.context.clear_cookies()
    sign_in(page, "luyuan")
    expect(page.locator(".brief")).to_contain_text("逾期14项")
    expect(page.locator(".fetched")).to_have_count(0)
    guide(page, "leader-board")


def test_the_same_ledger_again_brings_nothing_new(
    page: Page, sign_in: SignIn, stage: Stage
) -> None:
    sign_in(page, "liwen")

    page.goto("/imports")
    page.set_input_files("input[type=file]", LEDGER)
    page.click("main .btn.primary")

    expect(page.locator(".sum4 b").first).to_have_text("0")
    expect(page.locator("#rows")).to_contain_text("台账里已经有了，不再导入。")
