"""A real browser's windows, what they hear, and what bars a reader; for the tests of every page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tender.web.links import Made

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(os.environ.get("VALINTA_AXE", Path.home() / ".cache/valinta-judges/node_modules/axe-core/axe.min.js"))
"""Where the accessibility judge lies, when it lies anywhere."""

WIDTHS = (1280, 320)
BROWSED = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
"""Marks of every module that opens a browser."""

judged = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not on this machine")
"""Mark of a test that needs the accessibility judge."""

AXE_RUN = """async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice']})).violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' '))"""


@contextmanager
def screen(chromium: Browser, **settings: Any) -> Iterator[Page]:
    """A window that hears every error of the page, and every request to elsewhere."""
    context = chromium.new_context(**settings)
    page = context.new_page()
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if "Security Policy" in message.text else None)
    page.on(
        "request", lambda one: None if one.url.startswith(("http://127.0.0.1:", "data:")) else heard.append(one.url)
    )
    yield page
    context.close()
    assert heard == []


def follow(page: Page, where: str) -> None:
    """Click what leads to another page and wait until that one stands; a click alone waits for nothing."""
    with page.expect_navigation():
        page.click(where)


def enter(page: Page, base: str, made: Made) -> None:
    """Type the code of a link."""
    page.goto(f"{base}/answer/{made.token}")
    page.fill("#code", made.code)
    follow(page, "main form button")
    assert page.url == f"{base}/"


def fits(page: Page) -> bool:
    """Whether nothing must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def barriers(page: Page, name: str) -> Iterator[str]:
    """What axe finds on the page wide and narrow, and where it must be scrolled sideways."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"{name} {width}: {one}" for one in page.evaluate(AXE_RUN))
        if not fits(page):
            yield f"{name} {width}: wider than the screen"
