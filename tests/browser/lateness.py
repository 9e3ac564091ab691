"""Frames and answers that come late, and not in order: what is lost by haste is lost here."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

LATE = """(() => {
  const later = () => new Promise(done => setTimeout(done, MOST * (0.3 + 0.7 * Math.random())));
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = work => frame(() => later().then(() => work(performance.now())));
  const ask = window.fetch.bind(window);
  window.fetch = async (...asked) => {
    await later();
    const answer = await ask(...asked);
    await later();
    return answer;
  };
})();"""


def come_late(patch: pytest.MonkeyPatch, most: int) -> None:
    """Let what every page draws and hears come late, by so many milliseconds at most."""
    new_context = Browser.new_context

    def late(browser: Browser, **given: Any) -> BrowserContext:
        context = new_context(browser, **given)
        context.add_init_script(LATE.replace("MOST", str(most)))
        return context

    patch.setattr(Browser, "new_context", late)
