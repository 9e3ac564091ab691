"""An administrator's diagrams in a real browser: looked at, brought in, deployed."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, SignIn
from tests.browser.labels import covered
from tests.browser.stage import Stage
from workflows import settings
from workflows.processes import DIAGRAMS
from workflows.tables import Setting

CHINESE = re.compile("[\u4e00-\u9fff]")
SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()


def bring(page: Page, folder: Path, xml: bytes) -> None:
    """Choose a file and bring it in."""
    file = folder / "领导批示.bpmn"
    file.write_bytes(xml)
    page.goto("/diagrams")
    page.set_input_files("#diagram", file)
    page.get_by_role("button", name="导入为草稿").click()


def test_a_changed_copy_is_corrected_and_deployed(
    page: Page, sign_in: SignIn, stage: Stage, picture: Picture, guide: Picture, tmp_path: Path
) -> None:
    stage.database.write(lambda s: s.merge(Setting(name="diagrams.review", value=settings.NO)))
    sign_in(page, "hemin")
    page.get_by_role("link", name="流程图").first.click()
    picture(page, "list")

    bring(page, tmp_path, SHIPPED.replace(b'duban:step="approve"', b'duban:step="nonsense"'))
    expect(page.locator("#flaws")).to_contain_text("立项审批")
    expect(page.locator("#flaws")).to_contain_text("没有名为nonsense的步骤。")
    picture(page, "flaws")
    guide(page, "administrator-flaws")

    bring(page, tmp_path, SHIPPED.replace("立项审批".encode(), "主任审批".encode()))
    page.get_by_role("button", name="取代草稿").click()
    expect(page.locator("#changes")).to_contain_text("主任审批")
    page.locator("#note").fill("按市政府办公室通知，改称主任审批。")
    picture(page, "sound")
    guide(page, "administrator-sound")
    page.get_by_role("button", name="部署").click()

    expect(page.locator(".toast-u")).to_contain_text("领导批示督办")
    expect(page.locator(".versions > li").first).to_contain_text("何敏")
    picture(page, "history")
    guide(page, "administrator-versions")


def test_a_version_is_drawn(page: Page, sign_in: SignIn, picture: Picture) -> None:
    sign_in(page, "hemin")
    page.goto("/diagrams")
    page.get_by_role("link", name="单位办理", exact=True).click()

    expect(page.locator(".djs-container")).to_be_visible()
    expect(page.locator(".djs-container")).to_contain_text("签收")
    picture(page, "drawn")


def test_the_drawings_read_like_pictures_in_both_languages(
    page: Page, sign_in: SignIn, picture: Picture
) -> None:
    sign_in(page, "hemin")
    page.set_viewport_size({"width": 2600, "height": 1400})
    page.goto("/diagrams")
    drawn = page.locator(".drawing h3 a")
    expect(drawn).to_have_count(len(list(DIAGRAMS.glob("*.bpmn"))))
    addresses = [str(link.get_attribute("href")) for link in drawn.all()]
    found = []
    for language in ("EN", "中"):
        page.get_by_role("button", name=language, exact=True).click()
        for address in addresses:
            page.goto(address)
            expect(page.locator("section.drawn")).to_be_visible()
            found += [f"{address} {each}" for each in covered(page)]
            words = page.locator(".djs-container svg text").all_text_contents()
            assert language == "中" or not list(filter(CHINESE.search, words)), address
            picture(page, f"{language}-{address.rpartition('/')[2]}")
    assert found == []
