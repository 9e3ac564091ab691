"""People in front of their own browsers, who go on where the pages lead them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.cast import PASSWORD
from tests.browser.conftest import WIDE, note
from tests.browser.stage import Stage
from workflows.calendar import BEIJING


class Player:
    """Somebody with a browser of their own, in one language."""

    def __init__(self, context: BrowserContext, login: str) -> None:
        self.login = login
        self.page: Page = context.new_page()

    def open(self, path: str) -> Page:
        """Go to a page; whoever was away too long signs in again and gets there."""
        self.page.goto(path)
        if "/sign-in" in self.page.url:
            self.page.fill("#login", self.login)
            self.page.fill("#password", PASSWORD)
            self.page.press("#password", "Enter")
            self.page.wait_for_url(lambda address: "/sign-in" not in address)
        return self.page

    def take_up(self, title: str) -> Page:
        """Press what the inbox has about an item, and come to its form."""
        page = self.open("/")
        page.locator(".todo", has_text=title).first.locator("a.title").click()
        page.wait_for_url("**/tasks/*")
        return page

    def has_nothing(self, title: str) -> bool:
        """Say whether nothing about an item waits."""
        return self.open("/").locator(".todo", has_text=title).count() == 0

    def fill(self, **fields: str) -> None:
        """Fill in fields by their names."""
        for name, value in fields.items():
            self.page.fill(f"#{name}", value)

    def answer(self, outcome: str) -> Page:
        """Press one of the outcomes that the diagram names."""
        self.page.locator(f"button[name=outcome][value={outcome}]").click()
        return self.page

    def send(self) -> Page:
        """Press the page's one primary button."""
        self.page.locator(".act-bar .btn.primary").click()
        return self.page

    def arrives(self) -> Page:
        """Stand on the item's page after something was done, with a word that it was."""
        self.page.wait_for_url("**/items/*")
        expect(self.page.locator(".toast-u")).to_be_visible()
        return self.page

    def refused(self, field: str) -> Locator:
        """Stand before the form again, with a link on top to what stands in the way."""
        summary = self.page.locator(".note.bad[role=alert]")
        expect(summary.locator(f"a[href='#{field}']")).to_be_visible()
        return summary


class Company:
    """Everybody who plays, each in a browser of their own."""

    def __init__(self, browser: Browser, stage: Stage, language: str) -> None:
        self.stage = stage
        self._open: Callable[[], BrowserContext] = lambda: browser.new_context(
            base_url=stage.address, viewport=WIDE, locale=language
        )
        self._players: dict[str, Player] = {}
        self.complaints: list[str] = []

    def __getitem__(self, login: str) -> Player:
        """Return somebody; the first time they sit down at their browser."""
        if login not in self._players:
            context = self._open()
            context.on("weberror", lambda error: self.complaints.append(str(error.error)))
            context.on("console", lambda said: note(self.complaints, said.type, said.text))
            self._players[login] = Player(context, login)
        return self._players[login]

    def let_pass(self, days: int = 0, hours: int = 0) -> None:
        """Let time pass, and the background worker with it every morning."""
        for _ in range(days):
            self.stage.go_to(_morning_after(self.stage.clock.now()))
        self.stage.go_to(self.stage.clock.now() + timedelta(hours=hours))

    def until(self, day: date) -> None:
        """Let time pass until a day, morning by morning."""
        while self.today() < day:
            self.let_pass(days=1)

    def today(self) -> date:
        """Return the office's today."""
        return self.stage.clock.now().astimezone(BEIJING).date()

    def go_home(self) -> None:
        """Close every browser."""
        for player in self._players.values():
            player.page.context.close()


def _morning_after(moment: datetime) -> datetime:
    here = moment.astimezone(BEIJING) + timedelta(days=1)
    return here.replace(hour=9, minute=5, second=0, microsecond=0)
