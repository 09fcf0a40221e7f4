"""Officers' pages of contacts and of questions during the tender: what stands on the record, in three languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path

import pytest

from market_dialogue.acts.contacts import record_contact, share
from market_dialogue.acts.questions import Pen, approve, draft_answer, receive_question
from tender.record.dialogue import Asked, Clarification, Contact, Sharing
from tests.market_dialogue.pages.conftest import World
from tests.market_dialogue.pages.test_officer import office

TOLD = {"fi": "Alku voi siirtyä.", "sv": "Starten kan flyttas.", "en": "The start may move."}
MET = Contact(
    "", "2026-11-20T10:00:00+02:00", "Polku <b>Oy</b>", "call", "A. Aho", {"fi": "Aikataulu"}, TOLD, "Inka Rinne"
)


def meet(world: World, **change: object) -> Contact:
    """A contact on the record."""
    return record_contact(world.folder, replace(MET, **change), lambda: world.now, world.site.salt)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "told"), TOLD.items())
def test_the_log_shows_who_was_told_what_and_what_all_are_owed(world: World, language: str, told: str) -> None:
    meet(world)
    meet(world, organisation="Silta Oy", told={})
    browser = office(world)
    browser.get(f"/office/?lang={language}")
    html = browser.get("/office/contacts")
    assert told in html
    assert "<b>Oy" not in html
    assert "Polku <b>Oy</b>" in unescape(html)
    assert html.count("<article") == 2
    assert 'class="tell warm"' in html
    share(world.folder, Sharing("c1", "summary", "Inka"), date(2026, 12, 1), lambda: world.now, world.site.salt)
    html = browser.get("/office/contacts")
    assert 'class="tell warm"' not in html
    assert "<code>summary</code>" in html


def test_only_an_officer_sees_the_logs(world: World) -> None:
    meet(world)
    respondent = world.browser(world.link())
    for path in ("/office/contacts", "/office/questions"):
        assert "Polku" not in respondent.get(path)
        assert respondent.at == "/office/door"


def test_an_empty_log_says_so_and_today_leads_there_when_something_is_owed(world: World) -> None:
    browser = office(world)
    assert "<article" not in browser.get("/office/contacts")
    assert "<article" not in browser.get("/office/questions")
    assert browser.status == 200
    meet(world)
    world.now = datetime(2027, 1, 2, 9, tzinfo=world.now.tzinfo)
    html = office(world, "Matti").get("/office/")
    assert html.count('href="/office/contacts"') == 2


def test_questions_stand_with_their_answers(lean_published: Path) -> None:
    """Late ones, drafts and approved answers; the words of the asker never become a page's own."""
    folder = lean_published
    noon = datetime.fromisoformat("2018-11-20T10:00:00+02:00")
    pen = Pen(folder, lambda: noon, lambda: b"s" * 32)
    late = Asked("", "2018-12-05T10:00:00+02:00", "Silta <i>Oy</i>", "Entä viive?", "fi", "")
    receive_question(pen, Asked("", noon.isoformat(), "Polku Oy", "Lasketaanko lomat?", "fi", ""))
    receive_question(pen, late)
    draft_answer(pen, Clarification("", ("k1",), "", {"fi": "Lomat?"}, {"fi": "Kyllä."}, "", changes=False, by="Inka"))
    world = World(folder, noon)
    try:
        browser = office(world)
        browser.get("/office/?lang=fi")
        html = browser.get("/office/questions")
        assert html.count("<article") == 2
        assert "<i>Oy" not in html
        assert "(myöhässä)" in html
        assert "luonnos" in html
        approve(pen, "v1", "Oili")
        assert "hyväksytty" in browser.get("/office/questions")
    finally:
        world.site.close()
