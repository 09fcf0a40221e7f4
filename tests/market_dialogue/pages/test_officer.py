"""The officers' pages: nothing is read before closing, each audience sees its own, and only officers come in."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pyotp
import pytest
from click.testing import CliRunner

from market_dialogue.acts.desk import Pen
from market_dialogue.acts.opening import BASELINE, open_dialogue
from tender.cli.main import main
from tender.record.dialogue import Disposition
from tender.web.accounts import add_account, revoke_account
from tests.market_dialogue.pages.conftest import LATE, Browser, World

PASSWORD = "pitkä ja helppo muistaa"
SECRET = "4 150 €"


@pytest.fixture
def answered(world: World) -> World:
    """Two answers, one with a trade secret and a business id in its words."""
    one, two = world.browser(world.link("Yksi Oy")), world.browser(world.link("Kaksi Oy"))
    one.write("q1", text=f"Kustannus on [[{SECRET}|hinnoittelu]] kuussa, tunnus 0737546-2.")
    one.write("q8", low="600", high="1400")
    one.send()
    two.write("q1", text="Tarvitsemme luvut kunnittain.")
    two.send()
    two.write("q2", text="Luonnos, jota ei lähetetty")
    return world


def office(world: World, name: str = "Maija Malli") -> Browser:
    """An officer who has come in."""
    telephone = pyotp.parse_uri(add_account(world.site.desk, name, PASSWORD, world.bytes))
    assert isinstance(telephone, pyotp.TOTP)
    browser = world.browser()
    browser.post("/office/door", name=name, password=PASSWORD, code=telephone.at(int(world.now.timestamp())))
    assert browser.at == "/office/", browser.html
    return browser


@pytest.mark.slow
def test_nothing_is_read_before_closing(answered: World) -> None:
    """Counts stand there, and no word or name of any answer or draft."""
    browser = office(answered)
    html = browser.get("/office/")
    assert browser.status == 200
    assert re.findall(r"<strong>(\d)</strong>", html)[:4] == ["2", "2", "0", "1"]
    for path in (
        "/office/",
        "/office/answers",
        "/office/answers?question=q1&audience=public",
        "/office/trace",
        "/office/rulings",
        "/office/masks",
    ):
        html = browser.get(path)
        assert browser.status == (200 if path == "/office/" else 403), path
        for word in ("Kustannus", "kunnittain", "Yksi Oy", "Luonnos, jota", SECRET):
            assert word not in html, (path, word)


def test_strangers_and_respondents_stay_out(answered: World) -> None:
    """They come to the entrance, also by a form, and also after closing."""
    respondent = answered.browser(answered.link("Kolme Oy"))
    answered.now = LATE
    for browser in (answered.browser(), respondent):
        for path in ("/office/", "/office/answers", "/office/trace", "/office/rulings", "/office/masks"):
            browser.get(path)
            assert browser.at == "/office/door", path
    before = answered.state.codings
    for form in ("code", "decide"):
        respondent.press(f"/office/answers/{form}", answer="x", question="q1", code="hinta", result="noted")
        assert respondent.at == "/office/door"
    assert answered.state.dispositions == ()
    assert answered.state.codings == before


@pytest.mark.slow
def test_a_closed_account_is_out_at_once(answered: World) -> None:
    """Its session ends with it."""
    browser = office(answered)
    revoke_account(answered.site.desk, "Maija Malli", answered.now)
    browser.get("/office/")
    assert browser.at == "/office/door"


@pytest.mark.slow
def test_each_audience_sees_its_own(answered: World) -> None:
    """The secret is cut for the public and for parties; names stand for the authority only."""
    answered.now = LATE
    browser = office(answered)
    authority = browser.get("/office/answers?question=q1")
    assert SECRET in authority
    assert "Yksi Oy" in authority
    for audience in ("public", "party"):
        html = browser.get(f"/office/answers?question=q1&audience={audience}")
        assert SECRET not in html
        assert "Yksi Oy" not in html
        assert "liikesalaisuus" in html
        assert "kunnittain" in html
    assert "1" in browser.get("/office/answers?question=q8&audience=public")
    browser.get("/office/answers?question=zz&audience=zz")
    assert browser.status == 200


@pytest.mark.slow
def test_codes_are_given_on_the_page(answered: World) -> None:
    """By the officer's own name, and taken again; a code that is none is told."""
    answered.now = LATE
    browser = office(answered)
    answer = answered.state.answers[0].said.answer.id
    browser.get("/office/answers?question=q1")
    browser.press("/office/answers/code", answer=answer, question="q1", code="hinta", do="give")
    assert browser.at == f"/office/answers?question=q1#reply-{answer}"
    said = answered.state.codings[-1].said
    assert (said.code, said.given, said.by) == ("hinta", True, "Maija Malli")
    assert ">hinta</span>" in browser.html
    browser.press("/office/answers/code", answer=answer, question="q1", code="hinta", do="take")
    assert answered.state.codings[-1].said.given is False
    for bad in ({"code": "<b>"}, {"answer": "zz"}, {"question": "zz"}):
        browser.get("/office/answers?question=q1")
        browser.press("/office/answers/code", **{"answer": answer, "question": "q1", "code": "x", "do": "give", **bad})
        assert browser.status == 400, bad
    assert len(answered.state.codings) == 2


@pytest.mark.slow
def test_a_decision_is_recorded_on_the_page(answered: World) -> None:
    """In the officer's language and name; a target that is none, or no result, is told and changes nothing."""
    answered.now = LATE
    browser = office(answered)
    answer = answered.state.answers[0].said.answer.id
    filled = {
        "answer": answer,
        "question": "q8",
        "result": "changed",
        "proposal": "Suurempi katto",
        "reason": "Kysyntä",
    }
    for bad in ({"targets": "no.such"}, {"targets": "clause:x/y"}, {"result": ""}, {"answer": "zz"}):
        browser.get("/office/answers?question=q8&lang=fi")
        browser.press("/office/answers/decide", **{**filled, **bad})
        assert browser.status == 400, bad
    assert not answered.state.dispositions
    browser.get("/office/answers?question=q8")
    browser.press("/office/answers/decide", **filled, targets=" framework.client_cap  framework.client_cap ")
    assert browser.at == f"/office/answers?question=q8#reply-{answer}"
    said = answered.state.dispositions[-1].said
    assert (said.reason, said.targets, said.by) == ({"fi": "Kysyntä"}, ("framework.client_cap",), "Maija Malli")
    assert "Suurempi katto" in browser.html


@pytest.mark.slow
def test_what_waits_is_counted(answered: World) -> None:
    """Replies without a decision, until there is one; the matrix shows it with what it changed."""
    answered.now = LATE
    browser = office(answered)
    assert '<span class="nr">3</span>' in browser.get("/office/")
    answer = answered.state.answers[0].said.answer.id
    said = Disposition(answer, "q8", "changed", {"fi": "x"}, {"fi": "y"}, ("framework.client_cap",), "Maija Malli")
    from tender.record import Publicity

    answered.site.writer().submit(said.kind, said.payload(), "virkamies", Publicity.AUTHORITY)
    assert '<span class="nr">2</span>' in browser.get("/office/")
    html = browser.get("/office/trace")
    assert "framework.client_cap" in html
    assert "1 / 3" in html


@pytest.mark.slow
def test_the_trace_shows_what_differs_as_the_command_prints_it(world: World) -> None:
    """The field's change in words, a claim that does not hold, a clause's fate; touched drafts are told in place."""
    open_dialogue(world.folder, "Maija Malli", Pen(world.site.clock, world.site.salt))
    respondent = world.browser(world.link("Yksi Oy"))
    respondent.write("q8", low="600", high="1400")
    respondent.send()
    world.now = LATE
    browser = office(world)
    answer = world.state.answers[0].said.answer.id
    clause = "clause:call-for-tenders/regime"
    browser.get("/office/answers?question=q8&lang=fi")
    filled = {"answer": answer, "question": "q8", "result": "changed", "reason": "Kysyntä"}
    browser.press("/office/answers/decide", **filled, targets=f"framework.client_cap {clause}")
    html = browser.get("/office/trace")
    assert html.count("<strong>ennallaan</strong>") == 2
    assert "Korjattavaa" in html
    tender = world.folder / "tender.toml"
    text = tender.read_text(encoding="utf-8")
    tender.write_text(re.sub(r"client_cap( *)= 700", r"client_cap\1= 500", text), encoding="utf-8")
    html = unescape(browser.get("/office/trace"))
    told = ["dialogue", "follow-up", str(world.folder), "--today", "2026-12-18", "--language", "fi"]
    printed = CliRunner().invoke(main, told).output
    lines = [line.strip() for line in printed.splitlines() if "→" in line]
    assert any("500" in line for line in lines), printed
    shown = re.sub("<[^>]+>", "", html)
    assert [shown.count(line) for line in lines] == [1] * len(lines)
    assert html.count("<strong>ennallaan</strong>") == 1, "the clause does not speak of the field"
    (world.folder / BASELINE / "tender.toml").write_text("schema = 1\n", encoding="utf-8")
    html = browser.get("/office/trace")
    assert browser.status == 200
    assert BASELINE in html
    assert "Yksi Oy" in html


@pytest.mark.slow
def test_a_second_answer_is_ruled_on(answered: World) -> None:
    """With a reason only, by the officer's name; before closing by nobody; then it waits no longer."""
    answered.now += timedelta(minutes=1)
    second = answered.browser(answered.link("Kaksi Oy"))
    second.write("q1", text="Toinen kerta.")
    second.send()
    answer = answered.state.answers[-1].said.answer.id
    early = office(answered)
    early.get("/office/rulings")
    assert early.status == 403
    answered.now = LATE
    browser = office(answered, "Matti Malli")
    filled = {"answer": answer, "about": "twice", "do": "aside", "reason": "Sama vastaus kahdesti"}
    for bad in ({"reason": " "}, {"about": "late"}, {"about": "zz"}, {"do": ""}, {"answer": "zz"}):
        assert answer in browser.get("/office/rulings")
        browser.press("/office/rulings", **{**filled, **bad})
        assert browser.status == 400, bad
    assert not answered.state.rulings
    browser.post("/office/rulings", **filled)
    said = answered.state.rulings[-1].said
    assert (said.about, said.counts, said.by) == ("twice", False, "Matti Malli")
    assert answer not in browser.html


@pytest.mark.slow
def test_a_highlight_is_hidden_on_the_page(answered: World) -> None:
    """The public does not see a business id that nobody decided about; a place is decided about once, if suggested."""
    answered.now = LATE
    browser = office(answered)
    html = browser.get("/office/masks")
    assert "<mark>0737546-2</mark>" in html
    place = browser.hidden()["place"]
    for bad in ({"reason": ""}, {"place": "x/q1/0-4"}, {"do": "zz"}):
        browser.get("/office/masks")
        browser.press("/office/masks", **{"place": place, "do": "hide", "reason": "Tunnus", **bad})
        assert browser.status == 400, bad
    assert "0737546-2" not in browser.get("/office/answers?question=q1&audience=public")
    assert "0737546-2" in browser.get("/office/answers?question=q1&audience=party")
    browser.post("/office/masks", place=place, do="hide", reason="Tunnus")
    said = answered.state.maskings[-1].said
    assert (said.hidden, said.reason, said.by) == (True, "Tunnus", "Maija Malli")
    assert "0737546-2" not in browser.html
    assert "0737546-2" not in browser.get("/office/answers?question=q1&audience=public")
    browser.post("/office/masks", place=place, do="show", reason="Tunnus")
    assert len(answered.state.maskings) == 1


@pytest.mark.slow
def test_a_highlight_in_a_trade_secret_is_not_shown_by_the_way(world: World) -> None:
    """Hiding is offered, showing is not, and a made-up form that shows is refused."""
    respondent = world.browser(world.link("Yksi Oy"))
    respondent.write("q1", text="Alihankkija on [[0737546-2|sopimus]].")
    respondent.send()
    world.now = LATE
    browser = office(world)
    html = browser.get("/office/masks")
    assert 'value="hide"' in html
    assert 'value="show"' not in html
    browser.press("/office/masks", place=browser.hidden()["place"], do="show", reason="Tunnus")
    assert browser.status == 400
    assert "--ground trade-secret" in browser.html
    assert not world.state.maskings


@pytest.mark.slow
def test_a_session_ends(answered: World) -> None:
    """After twelve hours, and by leaving."""
    browser = office(answered)
    browser.get("/office/")
    browser.press("/office/leave")
    browser.get("/office/")
    assert browser.at == "/office/door"
    answered.now += timedelta(minutes=2)
    other = office(answered, "Matti Malli")
    answered.now += timedelta(hours=12, seconds=1)
    other.get("/office/")
    assert other.at == "/office/door"
