"""The respondent's whole way in a real browser: with and without scripts, wide and narrow, by keyboard, and by axe."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyotp
import pytest

from tender.web.accounts import add_account
from tender.web.links import Made
from tests.market_dialogue.pages.conftest import LATE, World, make_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(os.environ.get("VALINTA_AXE", Path.home() / ".cache/valinta-judges/node_modules/axe-core/axe.min.js"))
"""Where the accessibility judge lies, when it lies anywhere."""

WIDTHS = (1280, 320)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
AXE_RUN = """async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice']})).violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' '))"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[World, str]]:
    """The pages on a port of this machine."""
    from waitress.server import create_server

    world = World(make_folder(tmp_path / "kunta"))
    server = create_server(world.app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield world, f"http://127.0.0.1:{server.effective_port}"
    server.close()
    world.site.close()


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


def enter(page: Page, base: str, made: Made) -> None:
    """Type the code of a link."""
    page.goto(f"{base}/answer/{made.token}")
    page.fill("#code", made.code)
    page.click("main form button")
    assert page.url == f"{base}/"


def fits(page: Page) -> bool:
    """Whether nothing must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_the_whole_way(chromium: Browser, served: tuple[World, str], width: int, *, scripts: bool) -> None:
    """From the link to the receipt; the same answer whichever way it was made."""
    world, base = served
    size = {"width": width, "height": 900}
    with screen(chromium, viewport=size, java_script_enabled=scripts, locale="fi") as page:
        enter(page, base, world.link())
        page.click("text=kapitaatiohinnan")
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
        page.click("main .row button[value=next]")
        assert page.url.endswith("/q2")
        page.goto(f"{base}/answers/question/q8")
        page.fill("#low", "600")
        page.fill("#high", "1 400")
        page.click("main .row button[value=next]")
        page.goto(f"{base}/answers/check")
        assert not scripts or fits(page)
        page.click("button[value=send]")
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


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not on this machine")
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
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                found.extend(f"{name} {width}: {one}" for one in page.evaluate(AXE_RUN))
                if not fits(page):
                    found.append(f"{name} {width}: wider than the screen")

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
        page.click("main .row button[value=next]")
        judge("mistakes")
        page.goto(f"{base}/answers/check")
        judge("check with mistakes")
        page.goto(f"{base}/answers/question/q8")
        page.fill("#low", "1")
        page.fill("#text", "Hinta on [[12 €|syy]].")
        page.click("main .row button[value=save]")
        judge("saved")
        page.goto(f"{base}/answers/check")
        judge("check")
        page.click("button[value=send]")
        judge("receipt")
        page.goto(f"{base}/answers/sent")
        judge("sent")
    assert found == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not on this machine")
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_page_of_the_office_has_a_barrier(chromium: Browser, served: tuple[World, str], language: str) -> None:
    """The entrance, today, before and after closing, reading with each audience's eyes, the matrix."""
    world, base = served
    respondent = world.browser(world.link("Pohjolan Työvalmennus ja Kuntoutuspalvelut Oy"))
    respondent.write("q1", text="Kustannus on [[4 150 €|hinnoittelu]] kuussa.")
    respondent.send()
    found: list[str] = []
    with screen(chromium, bypass_csp=True, locale=language) as page:
        page.add_init_script(path=str(AXE))

        def judge(name: str) -> None:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                found.extend(f"{name} {width}: {one}" for one in page.evaluate(AXE_RUN))
                if not fits(page):
                    found.append(f"{name} {width}: wider than the screen")

        telephone = pyotp.parse_uri(add_account(world.site.desk, "Maija", "pitkä ja helppo", world.bytes))
        assert isinstance(telephone, pyotp.TOTP)
        page.goto(f"{base}/office/")
        judge("door")
        page.fill("#name", "Maija")
        page.fill("#password", "pitkä ja helppo")
        page.fill("#code", telephone.at(int(world.now.timestamp())))
        page.click("main form button")
        judge("today, open")
        page.goto(f"{base}/office/answers")
        judge("not yet")
        world.now = LATE
        telephone = pyotp.parse_uri(add_account(world.site.desk, "Matti", "pitkä ja helppo", world.bytes))
        assert isinstance(telephone, pyotp.TOTP)
        page.goto(f"{base}/office/door")
        page.fill("#name", "Matti")
        page.fill("#password", "pitkä ja helppo")
        page.fill("#code", telephone.at(int(world.now.timestamp())))
        page.click("main form button")
        for path in ("/office/", "/office/answers", "/office/answers?audience=public", "/office/trace"):
            page.goto(base + path)
            for summary in page.query_selector_all("summary"):
                summary.click()
            judge(path)
    assert found == []
