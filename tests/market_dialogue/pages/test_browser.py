"""The respondent's whole way in a real browser: with and without scripts, wide and narrow, by keyboard, and by axe."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.market_dialogue.pages.conftest import World
from tests.market_dialogue.pages.screens import AXE, BROWSED, WIDTHS, barriers, enter, fits, follow, judged, screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = BROWSED


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_the_whole_way(chromium: Browser, served: tuple[World, str], width: int, *, scripts: bool) -> None:
    """From the link to the receipt; the same answer whichever way it was made."""
    world, base = served
    size = {"width": width, "height": 900}
    with screen(chromium, viewport=size, java_script_enabled=scripts, locale="fi") as page:
        enter(page, base, world.link())
        follow(page, "text=kapitaatiohinnan")
        page.fill("#text", "Yhden valmentajan kustannus on 4 150 € kuukaudessa.")
        page.click("summary")
        page.fill("#reason", "Kustannusrakenne")
        if scripts:
            page.evaluate(
                "() => { const t = document.querySelector('#text'); const at = t.value.indexOf('4 150 €');"
                " t.setSelectionRange(at, at + 7); }"
            )
        else:
            page.fill("#quote", "4 150 €")
        page.click("[data-mark]")
        page.wait_for_selector(".public .secret")
        assert "4 150 €" not in page.inner_text(".public")
        follow(page, "main .row button[value=next]")
        assert page.url.endswith("/q2")
        page.goto(f"{base}/answers/question/q8")
        page.fill("#low", "600")
        page.fill("#high", "1 400")
        follow(page, "main .row button[value=next]")
        page.goto(f"{base}/answers/check")
        assert not scripts or fits(page)
        follow(page, "button[value=send]")
        assert page.url.endswith("/answers/receipt/1")
        digest = world.state.answers[0].said.digest
        assert digest in page.inner_text("main").replace("\n", "")
    replies = world.state.answers[0].said.answer.replies
    assert replies["q1"].text == "Yhden valmentajan kustannus on 4 150 € kuukaudessa."
    assert [(mark.start, mark.end, mark.reason) for mark in replies["q1"].marks] == [(31, 38, "Kustannusrakenne")]
    assert (replies["q8"].low, replies["q8"].high) == (Decimal(600), Decimal(1400))


def test_a_draft_saves_itself(chromium: Browser, served: tuple[World, str]) -> None:
    """Typed and left: it is there in another window."""
    world, base = served
    made = world.link()
    with screen(chromium, locale="en") as page:
        enter(page, base, made)
        page.goto(f"{base}/answers/question/q1")
        page.type("#text", "Typed and left")
        page.wait_for_selector("[data-state]:has-text('saved')")
        assert page.inner_text(".public") == "Typed and left"
    assert "Typed and left" in world.browser(made).get("/answers/question/q1")


def test_the_keyboard_is_enough(chromium: Browser, served: tuple[World, str]) -> None:
    """Skip link first, every stop visible and in sight, no trap, and a question answered without a mouse."""
    world, base = served
    with screen(chromium, viewport={"width": 320, "height": 700}, locale="fi") as page:
        made = world.link()
        enter(page, base, made)
        page.goto(f"{base}/answers/question/q1")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        stops = 0
        while page.evaluate("document.activeElement.id") != "text":
            page.keyboard.press("Tab")
            stops += 1
            assert stops < 30
        page.keyboard.type("Näppäimillä")
        seen = set()
        for _ in range(30):
            page.keyboard.press("Tab")
            found = page.evaluate(
                "() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);"
                " return [e.tagName, e.textContent.trim(), s.outlineStyle, r.width > 0 && r.bottom > 0"
                " && r.top < innerHeight]; }"
            )
            if found[0] == "BODY":
                break
            assert found[2] != "none", found
            assert found[3], found
            seen.add(found[1])
            if found[1] == "Tallenna ja jatka":
                page.keyboard.press("Enter")
                break
        page.wait_for_url("**/q2")
    assert {"Merkitse liikesalaisuus", "Tallenna ja jatka"} <= seen
    assert "Näppäimillä" in world.browser(made).get("/answers/question/q1")


@judged
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_barrier(chromium: Browser, served: tuple[World, str], language: str, scheme: Any) -> None:
    """Every page, its mistakes included, in every language, light and dark, wide and narrow."""
    world, base = served
    assert world.tender.dialogue
    found: list[str] = []
    settings = {"viewport": {"width": 1280, "height": 900}, "color_scheme": scheme, "locale": language}
    with screen(chromium, bypass_csp=True, **settings) as page:
        page.add_init_script(path=str(AXE))

        def judge(name: str) -> None:
            found.extend(barriers(page, name))

        made = world.link("Pohjolan Työvalmennus ja Kuntoutuspalvelut Oy")
        for path in ("/", "/documents/", "/no-such", f"/answer/{made.token}"):
            page.goto(base + path)
            judge(path)
        enter(page, base, made)
        judge("start")
        for question in world.tender.dialogue.questions:
            page.goto(f"{base}/answers/question/{question.id}")
            judge(question.id)
        page.goto(f"{base}/answers/question/q8")
        page.fill("#low", "x")
        page.fill("#text", "auki [[ ")
        follow(page, "main .row button[value=next]")
        judge("mistakes")
        page.goto(f"{base}/answers/check")
        judge("check with mistakes")
        page.goto(f"{base}/answers/question/q8")
        page.fill("#low", "1")
        page.fill("#text", "Hinta on [[12 €|syy]].")
        follow(page, "main .row button[value=save]")
        judge("saved")
        page.goto(f"{base}/answers/check")
        judge("check")
        follow(page, "button[value=send]")
        judge("receipt")
        page.goto(f"{base}/answers/sent")
        judge("sent")
    assert found == []
