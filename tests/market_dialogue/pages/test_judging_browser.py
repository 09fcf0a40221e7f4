"""Rulings, masks and the officers' logs in a real browser: with and without scripts, by keyboard, and by axe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from market_dialogue.acts.contacts import record_contact
from tender.record.dialogue import Contact
from tests.market_dialogue.pages.conftest import LATE, World
from tests.market_dialogue.pages.screens import AXE, BROWSED, WIDTHS, barriers, fits, follow, judged, screen
from tests.market_dialogue.pages.test_office_browser import answered, come_in, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = BROWSED
__all__ = ["answered"]

PLACES = 3
"""Highlights in the answers: the same business id three times."""


def met(world: World) -> None:
    """Two contacts, one of whom was told what others do not know."""
    for told in ({"fi": "Siirtyy"}, {}):
        said = Contact("", "2026-11-20T10:00:00+02:00", "Polku Oy", "call", "A. Aho", {"fi": "Alku"}, told, "Inka")
        record_contact(world.folder, said, lambda: world.now, world.site.salt)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_the_whole_way(chromium: Browser, answered: tuple[World, str], width: int, *, scripts: bool) -> None:
    """From what needs me today: an answer is ruled in, two places are hidden and one is shown, and nothing is left."""
    world, base = answered
    world.now = LATE
    size = {"width": width, "height": 900}
    with screen(chromium, viewport=size, java_script_enabled=scripts, locale="fi") as page:
        come_in(world, page, base)
        follow(page, "main a[href='/office/rulings']")
        assert fits(page)
        page.fill("textarea[name=reason]", "Täydensi kysymystä 2.")
        follow(page, "button[value=counts]")
        assert page.url == f"{base}/office/rulings"
        assert page.locator("article").count() == 0
        follow(page, ".eyebrow a")
        follow(page, "main a[href='/office/masks']")
        assert fits(page)
        for left, press in ((PLACES, "hide"), (PLACES - 1, "hide"), (PLACES - 2, "show")):
            assert page.locator("article").count() == left
            page.fill("input[name=reason] >> nth=0", f"Syy {left}")
            follow(page, f"button[value={press}] >> nth=0")
        assert page.locator("article").count() == 0
        page.goto(f"{base}/office/answers?question=q1&audience=public")
        assert page.inner_text("main").count("0737546-2") == 1
    assert [(one.said.counts, one.said.reason) for one in world.state.rulings] == [(True, "Täydensi kysymystä 2.")]
    said = [(one.said.hidden, one.said.reason, one.said.by) for one in world.state.maskings]
    assert said == [(True, "Syy 3", "Maija"), (True, "Syy 2", "Maija"), (False, "Syy 1", "Maija")]


def test_the_keyboard_is_enough(chromium: Browser, answered: tuple[World, str]) -> None:
    """A reason typed and a place hidden, a ruling set aside, every stop in sight at 320 px."""
    world, base = answered
    world.now = LATE
    with screen(chromium, viewport={"width": 320, "height": 700}, locale="fi") as page:
        come_in(world, page, base)
        page.goto(f"{base}/office/masks")
        tab_to(page, "reason-1")
        page.keyboard.type("Tunnus")
        tab_to(page, "Peitä", 1)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.goto(f"{base}/office/rulings")
        tab_to(page, page.evaluate("document.querySelector('textarea[name=reason]').id"))
        page.keyboard.type("Sama asia kahdesti")
        tab_to(page, page.inner_text("button[value=aside]"), 2)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert [(one.said.hidden, one.said.reason) for one in world.state.maskings] == [(True, "Tunnus")]
    assert [(one.said.counts, one.said.reason) for one in world.state.rulings] == [(False, "Sama asia kahdesti")]


@judged
@pytest.mark.parametrize(("language", "scheme"), [("fi", "light"), ("sv", "dark"), ("en", "light")])
def test_no_log_has_a_barrier(chromium: Browser, answered: tuple[World, str], language: str, scheme: Any) -> None:
    """Rulings, masks with a refusal, contacts with what is owed, and questions, wide and narrow."""
    world, base = answered
    met(world)
    world.now = LATE
    found: list[str] = []
    with screen(chromium, bypass_csp=True, locale=language, color_scheme=scheme) as page:
        page.add_init_script(path=str(AXE))
        come_in(world, page, base)
        for path in ("", "rulings", "masks", "contacts", "questions"):
            page.goto(f"{base}/office/{path}")
            found += barriers(page, path)
        page.goto(f"{base}/office/masks")
        page.evaluate("document.querySelector('input[name=place]').value = 'x'")
        page.fill("input[name=reason] >> nth=0", "Syy")
        follow(page, "button[value=hide] >> nth=0")
        found += barriers(page, "refused")
    assert found == []
