"""People in front of their own browsers, who go on where the pages lead them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
)

from tests.browser.cast import PASSWORD
from tests.browser.conftest import PHONE, WIDE, note
from tests.browser.phrases import Form, Phrase
from tests.browser.stage import Stage
from workflows.calendar import BEIJING


class Player:
    """Somebody with a browser of their own, who may change the language on any page."""

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
            self.page.goto(path)  # a leader comes in at the board
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

    def speaks(self, language: str) -> Page:
        """See the page in a language, by its own switch if it is in the other one."""
        if self._language() != language:
            self.page.locator(".top button.lang").click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)
        return self.page

    def finds(self, said: Phrase, *languages: str, at: str = "main") -> Page:
        """Read something somewhere on the page, as it is or in one language after the other."""
        for language in languages or [self._language()]:
            expect(self.speaks(language).locator(at)).to_contain_text(said[language])
        return self.page

    def reads(self, form: Form, *languages: str) -> Page:
        """Read a form: what it is called, what it asks, and the button that sends it."""
        for language in languages or [self._language()]:
            self.finds(form.name, language, at="h1")
            self.finds(form.asks, language, at="form .form-body")
            button = self.page.locator(".act-bar .btn.primary")
            expect(button).to_have_text(form.sends[language])
        return self.page

    def arrives(self, told: Phrase | None = None) -> Page:
        """Stand on the item's page after something was done, with a word that it was."""
        self.page.wait_for_url("**/items/*")
        expect(self.page.locator(".toast-u")).to_be_visible()
        return self.finds(told, at=".toast-u") if told else self.page

    def refused(self, field: str, because: Phrase | None = None) -> None:
        """Stand before the form again, with a link on top to what stands in the way."""
        link = self.page.locator(f".note.bad[role=alert] a[href='#{field}']")
        expect(link).to_be_visible()
        if because:
            expect(link).to_contain_text(because[self._language()])

    def _language(self) -> str:
        return self.page.locator("html").get_attribute("lang") or ""


class Company:
    """Everybody who plays, each in a browser of their own."""

    def __init__(self, browser: Browser, stage: Stage, language: str) -> None:
        self.stage = stage
        self._browser = browser
        self._language = language
        self._players: dict[str, Player] = {}
        self._strangers: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __getitem__(self, login: str) -> Player:
        """Return somebody; the first time they sit down at their browser."""
        if login not in self._players:
            self._players[login] = Player(self._open(WIDE), login)
        return self._players[login]

    def english(self, login: str) -> Player:
        """Return somebody at a second browser, which asks for English."""
        name = f"{login}, in English"
        if name not in self._players:
            self._players[name] = Player(self._open(WIDE, "en-US"), login)
        return self._players[name]

    def stranger(self) -> Page:
        """Return the telephone of somebody who has no account."""
        self._strangers.append(self._open(PHONE))
        return self._strangers[-1].new_page()

    def _open(self, size: ViewportSize, language: str | None = None) -> BrowserContext:
        context = self._browser.new_context(
            base_url=self.stage.address, viewport=size, locale=language or self._language
        )
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", lambda said: note(self.complaints, said.type, said.text))
        return context

    def let_pass(self, days: int = 0, hours: int = 0) -> None:
        """Let time pass, and the background worker with it every morning."""
        for _ in range(days):
            self.stage.go_to(morning_of(self.today() + timedelta(days=1)))
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
        for context in self._strangers:
            context.close()


@contextmanager
def seated(browser: Browser, stage: Stage, language: str) -> Iterator[Company]:
    """Let everybody sit down; a script that complains anywhere fails what they play."""
    company = Company(browser, stage, language)
    yield company
    company.go_home()
    assert not company.complaints, "\n".join([*company.complaints, stage.log()])


def morning_of(day: date) -> datetime:
    """Return when a day's work has begun."""
    return datetime.combine(day, time(9, 5), BEIJING)
