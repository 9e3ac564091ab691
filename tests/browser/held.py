"""Answers that are held back until a test wants them, and whether a page lets one go."""

from typing import Final

from playwright.sync_api import Page, Route

ASKS: Final = """() => {
  const leaves = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leaves);
  return leaves.defaultPrevented;
}"""
"""Whether the page asks before it lets somebody go."""


class Held:
    """Requests that wait until they are let go."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.routes: list[Route] = []
        page.route(address, self.hold)

    def hold(self, route: Route) -> None:
        """Let a request wait."""
        self.routes.append(route)

    def wait(self) -> None:
        """Wait until something is held."""
        while not self.routes:
            self.page.evaluate("() => new Promise(requestAnimationFrame)")

    def let_go(self, json: object = None) -> None:
        """Let all go on, or answer them with something; come back when the page has heard."""
        while self.routes:
            route = self.routes.pop()
            with self.page.expect_event("requestfinished", lambda of, own=route: of == own.request):
                route.fulfill(json=json) if json else route.continue_()
        self.page.evaluate("() => new Promise(done => setTimeout(done))")
