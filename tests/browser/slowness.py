"""A machine that is many times slower: what is lost there by haste was never safe."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

LATE = """(() => {
  const later = most => new Promise(done => setTimeout(done, most * (0.3 + 0.7 * Math.random())));
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = work => frame(async () => {
    await later(300);
    work(performance.now());
  });
  const ask = window.fetch.bind(window);
  window.fetch = async (...asked) => {
    await later(600);
    const answer = await ask(...asked);
    await later(600);
    return answer;
  };
})();"""
"""Draws and answers late, and not in the order that was asked for; in milliseconds."""


def slow_down(patch: pytest.MonkeyPatch, rate: float) -> None:
    """Let every page of every browser run so many times slower, with late frames and answers."""
    new_context = Browser.new_context

    def slowly(browser: Browser, **given: Any) -> BrowserContext:
        context = new_context(browser, **given)
        context.add_init_script(LATE)
        context.on("page", lambda page: throttle(page, rate))
        return context

    patch.setattr(Browser, "new_context", slowly)


def throttle(page: Page, rate: float) -> None:
    """Give a page a part of the processor."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
