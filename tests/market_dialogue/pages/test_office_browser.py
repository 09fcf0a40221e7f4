"""The officer's whole way in a real browser: with and without scripts, wide and narrow, by keyboard, and by axe."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pyotp
import pytest

from tender.web.accounts import add_account
from tests.market_dialogue.pages.conftest import LATE, World
from tests.market_dialogue.pages.screens import AXE, BROWSED, WIDTHS, barriers, fits, follow, judged, screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = BROWSED

SECRET = "4 150 €"
NAMES = ("Pohjolan Työvalmennus ja Kuntoutuspalvelut Oy", "Kaksi Oy", "Kolme Oy")
PASSWORD = "pitkä ja helppo"


@pytest.fixture
def answered(served: tuple[World, str]) -> tuple[World, str]:
    """Three respondents who say nearly the same, so that the code of one is suggested for the others."""
    world, base = served
    for name in NAMES:
        respondent = world.browser(world.link(name))
        words = f"Kustannus on [[{SECRET}|hinnoittelu]] kuukaudessa, ja hinta riippuu matkoista; tunnus 0737546-2."
        respondent.write("q1", text=words)
        respondent.write("q8", low="600", high="1400")
        respondent.send()
    world.now += timedelta(minutes=1)
    second = world.browser(world.link("Kaksi Oy"))
    second.write("q2", text="Vielä yksi asia.")
    second.send()
    return world, base


def come_in(world: World, page: Page, base: str, name: str = "Maija") -> None:
    """Make an account and use it at the door, first with a wrong password."""
    telephone = pyotp.parse_uri(add_account(world.site.desk, name, PASSWORD, world.bytes))
    assert isinstance(telephone, pyotp.TOTP)
    page.goto(f"{base}/office/")
    assert page.url == f"{base}/office/door"
    for password in ("väärä", PASSWORD):
        page.fill("#name", name)
        page.fill("#password", password)
        page.fill("#code", telephone.at(int(world.now.timestamp())))
        follow(page, "main form button")
    assert page.url == f"{base}/office/"


def tab_to(page: Page, words: str, most: int = 60) -> None:
    """Press Tab until the stop says `words`; every stop on the way can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said, outline, seen = page.evaluate(
            "() => { const e = document.activeElement, r = e.getBoundingClientRect();"
            " return [e.id || e.textContent.trim(), getComputedStyle(e).outlineStyle, r.width > 0"
            " && r.bottom > 0 && r.top < innerHeight]; }"
        )
        assert outline != "none", said
        assert seen, said
        if said == words:
            return
    pytest.fail(f"no stop says {words}")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_the_whole_way(chromium: Browser, answered: tuple[World, str], width: int, *, scripts: bool) -> None:
    """Counts before closing; then each audience's eyes, codes, a decision, and what became of it."""
    world, base = answered
    size = {"width": width, "height": 900}
    with screen(chromium, viewport=size, java_script_enabled=scripts, locale="fi") as page:
        come_in(world, page, base)
        assert fits(page)
        page.goto(f"{base}/office/answers")
        assert NAMES[0] not in page.inner_text("body")
        world.now = LATE
        page.goto(f"{base}/office/answers")
        assert page.url == f"{base}/office/door"
        come_in(world, page, base, "Matti")
        follow(page, "text=Lue vastaukset")
        assert SECRET in page.inner_text("main")
        for audience in ("public", "party"):
            page.check(f"#audience-{audience}")
            follow(page, "text=Näytä")
            shown = page.inner_text("main")
            assert SECRET not in shown
            assert NAMES[0] not in shown
            assert "liikesalaisuus" in shown
            assert fits(page)
        page.check("#audience-authority")
        follow(page, "text=Näytä")
        page.fill("#code-1", "hinta")
        follow(page, "#code-1 ~ button")
        assert page.url.split("#")[1].startswith("reply-")
        follow(page, "button:has-text('Hyväksy') >> nth=0")
        follow(page, "button:has-text('Hylkää') >> nth=0")
        page.click("summary >> nth=0")
        page.check("input[value=partly] >> nth=0")
        page.fill("#reason-1", "Kysyntä on suurempi.")
        page.fill("#targets-1", "framework.client_cap")
        assert fits(page)
        follow(page, "text=Kirjaa ratkaisu >> nth=0")
        page.goto(f"{base}/office/trace")
        assert "Hankintaa muutettiin osittain" in page.inner_text("main")
        assert "framework.client_cap" in page.inner_text("main")
        assert fits(page)
    said = [(one.said.given, one.said.suggested, one.said.by) for one in world.state.codings]
    assert said == [(True, False, "Matti"), (True, True, "Matti"), (False, True, "Matti")]
    assert len({one.said.answer for one in world.state.codings}) == len(NAMES)
    assert [(one.said.result, one.said.by) for one in world.state.dispositions] == [("partly", "Matti")]


def test_the_keyboard_is_enough(chromium: Browser, answered: tuple[World, str]) -> None:
    """A code typed, a suggestion taken up, the next refused, and a reply decided on, without a mouse."""
    world, base = answered
    world.now = LATE
    with screen(chromium, viewport={"width": 320, "height": 700}, locale="fi") as page:
        come_in(world, page, base)
        page.goto(f"{base}/office/answers")
        tab_to(page, "code-1")
        page.keyboard.type("hinta")
        tab_to(page, "Anna", 1)
        for press in ("Hyväksy: hinta", "Hylkää: hinta"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            tab_to(page, press)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        tab_to(page, "Ratkaisu: Avoin")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        tab_to(page, page.evaluate("document.querySelector('details[open] [name=reason]').id"))
        page.keyboard.type("Siksi")
        tab_to(page, "Kirjaa ratkaisu")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert [(one.said.given, one.said.suggested) for one in world.state.codings] == [
        (True, False),
        (True, True),
        (False, True),
    ]
    decided = world.state.dispositions[-1].said
    assert decided.reason == {"fi": "Siksi"}
    assert decided.result in {"changed", "partly"}


@judged
@pytest.mark.parametrize(("language", "scheme"), [("fi", "light"), ("sv", "dark"), ("en", "light"), ("fi", "dark")])
def test_no_page_of_the_office_has_a_barrier(
    chromium: Browser, answered: tuple[World, str], language: str, scheme: Any
) -> None:
    """The door and its mistake, today before and after closing, every audience's eyes, the matrix, a refusal."""
    world, base = answered
    found: list[str] = []
    with screen(chromium, bypass_csp=True, locale=language, color_scheme=scheme) as page:
        page.add_init_script(path=str(AXE))
        page.goto(f"{base}/office/")
        found += barriers(page, "door")
        page.fill("#name", "Maija")
        page.fill("#password", "x")
        page.fill("#code", "1")
        follow(page, "main form button")
        found += barriers(page, "wrong")
        come_in(world, page, base)
        found += barriers(page, "today, open")
        page.goto(f"{base}/office/answers")
        found += barriers(page, "not yet")
        world.now = LATE
        come_in(world, page, base, "Matti")
        page.goto(f"{base}/office/answers")
        page.fill("#code-1", "hinta")
        follow(page, "#code-1 ~ button")
        page.click("summary >> nth=0")
        page.check("input[value=changed] >> nth=0")
        page.fill("#targets-1", "framework.client_cap")
        follow(page, "details[open] form button")
        paths = [
            "",
            "trace",
            "rulings",
            "masks",
            *(f"answers?audience={one}" for one in ("public", "party", "authority")),
        ]
        for path in paths:
            page.goto(f"{base}/office/{path}")
            for summary in page.query_selector_all("summary"):
                summary.click()
            found += barriers(page, path)
        page.fill("#targets-2", "no.such")
        page.check("input[value=noted] >> nth=1")
        follow(page, "details[open] form button >> nth=1")
        found += barriers(page, "refused")
    assert found == []
