"""A real Chromium in front of the real application, and somebody signed in."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.browser.cast import PASSWORD, come_on
from tests.browser.chromium import find_chromium
from tests.browser.lateness import come_late
from tests.browser.stage import CLOCK, ROOT, FileClock, Stage, address_in, furnish
from tests.conftest import BROWSE_LATE, BROWSE_ON, MONDAY_MORNING
from tests.postgres import PostgresServer, database_name
from workflows.processes import deploy_shipped

ARTEFACTS = ROOT / "var" / "artefacts"
GUIDES = ROOT / "docs" / "pictures"
WANTED = "DUBAN_PICTURES"
"""Set it to have pictures: of every page that a test shows, and those of the guides."""
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000
"""How many milliseconds a page has to come to what a test waits for; machines are busy."""
WIDE: ViewportSize = {"width": 1366, "height": 768}
TALL = 900
COLOURS = 128
"""How many colours a picture of a guide has: it stays in the repository for ever."""
PHONE: ViewportSize = {"width": 390, "height": 844}

SQLITE = "sqlite:///"

SignIn = Callable[..., Page]
Picture = Callable[[Page, str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as played in a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Start the machine's Chromium; without one the tests fail and say how to get it."""
    chromium = find_chromium()
    if chromium is None:
        pytest.fail("no Chromium: `python3 run.py test` installs it, or set DUBAN_CHROMIUM")
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        if most := request.config.getoption(BROWSE_LATE):
            come_late(patch, most)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def blank(request: pytest.FixtureRequest) -> str:
    """Return the address of a database with all tables and no rows, on the product wanted."""
    if request.config.getoption(BROWSE_ON) == "sqlite":
        return f"{SQLITE}{request.getfixturevalue('sqlite_template')}"
    postgres: PostgresServer = request.getfixturevalue("postgres")
    return postgres.address_of(request.getfixturevalue("postgres_template"))


def copied(request: pytest.FixtureRequest, address: str, folder: Path) -> str:
    """Copy a database that nobody is connected to and return the address of the copy."""
    if address.startswith(SQLITE):
        return f"{SQLITE}{shutil.copy(address.removeprefix(SQLITE), folder / 'duban.sqlite')}"
    postgres: PostgresServer = request.getfixturevalue("postgres")
    return postgres.create(template=database_name(address))


@pytest.fixture(scope="session")
def scenery(
    request: pytest.FixtureRequest, blank: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a folder with the city, its people and their diagrams on a Monday, to be copied."""
    folder = tmp_path_factory.mktemp("scenery")
    FileClock(folder / CLOCK).set(MONDAY_MORNING)
    database = furnish(folder, copied(request, blank, folder))
    database.write(come_on)
    database.write(deploy_shipped)
    database.sql.dispose()
    return folder


@pytest.fixture(scope="module")
def stage(
    request: pytest.FixtureRequest, scenery: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Run the application for one module of tests, over a database of its own."""
    folder = tmp_path_factory.mktemp("stage")
    shutil.copy(scenery / CLOCK, folder)
    stage = Stage(folder, furnish(folder, copied(request, address_in(scenery), folder)))
    try:
        stage.wait()
        yield stage
    finally:
        stage.stop()


@pytest.fixture
def clock(stage: Stage) -> FileClock:
    """Give the stage's clock; it starts on a Monday morning, and time never goes back."""
    return stage.clock


@pytest.fixture
def context(browser: Browser, stage: Stage) -> Iterator[BrowserContext]:
    """Open a Chinese browser on a wide screen; whatever it complains about fails the test."""
    context = browser.new_context(base_url=stage.address, viewport=WIDE, locale="zh-CN")
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(error.error.stack or str(error.error)))
    context.on("console", lambda said: note(complaints, said.type, said.text))
    yield context
    context.close()
    assert complaints == [], stage.log()


def note(complaints: list[str], kind: str, text: str) -> None:
    """Keep an error of a page; refused forms answer with 4xx, which Chromium tells too."""
    if kind == "error" and not re.search(r"status of 4\d\d", text):
        complaints.append(text)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Open one page."""
    return context.new_page()


@pytest.fixture
def sign_in() -> SignIn:
    """Give what signs somebody in on a page."""

    def enter(page: Page, login: str, password: str = PASSWORD) -> Page:
        page.goto("/sign-in")
        page.fill("#login", login)
        page.fill("#password", password)
        page.press("#password", "Enter")
        page.wait_for_url(lambda address: "/sign-in" not in address)
        return page

    return enter


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    """Give what keeps a picture of a whole page among the artefacts, if pictures are wanted."""
    folder = ARTEFACTS / request.path.stem.removeprefix("test_")
    return lambda page, name: shoot(page, folder / f"{name}.png", whole=True)


@pytest.fixture
def guide() -> Picture:
    """Give what keeps a picture for a guide, of a page on a screen that is tall enough."""
    return lambda page, name: shoot(page, GUIDES / f"{name}.png", whole=False, light=True)


def shoot(page: Page, path: Path, *, whole: bool, light: bool = False) -> None:
    """Take a picture of a page that has come to rest; pages move little, but they do."""
    if not os.environ.get(WANTED):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    usual = page.viewport_size or WIDE
    page.set_viewport_size({"width": usual["width"], "height": TALL})
    page.screenshot(path=path, full_page=whole, animations="disabled", caret="hide")
    if light:
        with Image.open(path) as picture:
            picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    page.set_viewport_size(usual)
