"""Requests that are held back until a test wants them, and whether a page lets one go."""

from typing import Final

import pytest
from playwright.sync_api import Page, Route

ASKS: Final = """() => {
  const leaves = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leaves);
  return leaves.defaultPrevented;
}"""
"""Whether the page asks before it lets somebody go."""
PATIENCE: Final = 20_000
LOOK: Final = 20
"""How many milliseconds something has to come, and how often it is looked for."""


class Held:
    """Requests of a page, or so many of them, that wait until a test lets them go."""

    def __init__(self, page: Page, address: str, method: str | None = None, most: int = 9) -> None:
        self.page, self.routes = page, list[Route]()
        self._address, self._method, self._most = address, method, most
        page.route(address, self._hold)

    def _hold(self, route: Route) -> None:
        wanted = self._method in {None, route.request.method}
        if wanted and len(self.routes) < self._most:
            self.routes.append(route)
        else:
            route.fallback()

    def wait(self, number: int = 1) -> Route:
        """Wait until so many are held, and return the last of them."""
        for _ in range(PATIENCE // LOOK):
            if len(self.routes) >= number:
                return self.routes[number - 1]
            self.page.wait_for_timeout(LOOK)
        pytest.fail(f"the page never asked for {self._address}")

    def let_go(self, json: object = None) -> None:
        """Let all go on, or answer them with something; come back when the page has heard."""
        while self.routes:
            route = self.routes.pop()
            with self.page.expect_event("requestfinished", lambda of, own=route: of == own.request):
                route.fulfill(json=json) if json else route.continue_()
        self.page.evaluate("() => new Promise(done => setTimeout(done))")
