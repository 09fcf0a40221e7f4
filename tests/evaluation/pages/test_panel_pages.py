"""The evaluators' pages: from the declaration to the consensus, without scripts; who sees what, and never a price."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from evaluation.acts.bids import open_bids
from evaluation.acts.demo import OPENERS
from evaluation.acts.panel import appoint, give, seat_of
from evaluation.intake import SCORES
from evaluation.pages.panel import panel
from tender.publishing.folder import record_state
from tender.web.app import create_app
from tests.evaluation.acts.panels import (
    APPOINTED,
    MEMBERS,
    all_free,
    all_given,
    later,
    marks,
    moment,
    received,
    two_forms,
)

HOME = "https://localhost"
BIDDER = "9900001-8"


@pytest.fixture(scope="module")
def received_once(lean_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bids and a panel that has declared nothing; never touch it, copy it."""
    folder = Path(shutil.copytree(lean_once, tmp_path_factory.mktemp("sivut") / "kunta"))
    received(folder, two_forms(folder))
    (folder / SCORES).unlink()
    appoint(folder, APPOINTED, later(folder))
    return folder


class Office:
    """The pages of a folder, and browsers of those who are in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0
        self.app = create_app(folder, lambda: moment(folder), self._bytes, houses=(panel,))
        self.app.extensions["valinta"].desk.write(
            "INSERT INTO accounts VALUES (?, ?, ?, 0, NULL)", ("Vieras Virkailija", "x", "y")
        )
        for one in MEMBERS:
            self.app.extensions["valinta"].desk.write(
                "INSERT INTO accounts VALUES (?, ?, ?, 0, NULL)", (one.name, "x", "y")
            )

    def _bytes(self, count: int) -> bytes:
        self._count += 1
        return self._count.to_bytes(count, "big")

    def browser(self, name: str) -> FlaskClient:
        """A browser in which `name` is signed in."""
        client = self.app.test_client()
        with client.session_transaction(base_url=HOME) as session:
            session.update({"account": name, "since": moment(self.folder).isoformat()})
        return client


@pytest.fixture
def office(received_once: Path, tmp_path: Path) -> Iterator[Office]:
    """Pages of one's own."""
    made = Office(Path(shutil.copytree(received_once, tmp_path / "kunta")))
    yield made
    made.app.extensions["valinta"].close()


def get(client: FlaskClient, path: str, status: int = 200) -> str:
    """A page."""
    found = client.get(path, base_url=HOME)
    assert found.status_code == status, found.text
    return found.text


def post(client: FlaskClient, at: str, to: str, status: int = 303, /, **typed: str) -> str:
    """Send the form on the page `at` to `to`."""
    html = get(client, at)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', html)[0]
    found = client.post(to, data={"csrf_token": token, **typed}, base_url=HOME)
    assert found.status_code == status, found.text
    return unescape(found.text)


def test_nobody_comes_in_who_is_not_a_member(office: Office) -> None:
    """The door for strangers, a refusal for officers who are no evaluators."""
    assert office.app.test_client().get("/panel/", base_url=HOME).status_code == 303
    assert "ei ole arviointiryhmän jäsen" in get(office.browser("Vieras Virkailija"), "/panel/", 403)


@pytest.mark.slow
def test_an_evaluator_declares_judges_and_signs(office: Office) -> None:
    """Every step is on the record under the evaluator's id; a page after it shows what was kept."""
    aino = office.browser(MEMBERS[0].name)
    post(aino, "/panel/", "/panel/declare", **{"stand-0": "free", "stand-1": "free"})
    assert len(record_state(office.folder).panel.declarations) == 2
    assert "Tarjouksia ei ole vielä avattu" in get(aino, "/panel/")
    all_free(office.folder, "a2", "a3")
    open_bids(office.folder, OPENERS, later(office.folder), "tests")
    give(office.folder, marks(seat_of(office.folder).board, "a1")[1:], later(office.folder))
    at = "/panel/score/impact-plan"
    post(aino, at, at, bidder=BIDDER, level="3", reason="Kohta impact-plan.")
    html = get(aino, "/panel/")
    digest = re.findall(r'name="digest" value="([0-9a-f]{64})"', html)[0]
    post(aino, "/panel/", "/panel/sign", digest=digest)
    assert "Olet allekirjoittanut" in get(aino, "/panel/")
    assert seat_of(office.folder).board.done(MEMBERS[0])
    assert "Kohta impact-plan." in get(aino, "/panel/score/impact-plan")


def test_an_interest_is_said_in_words_and_closes_the_judging(office: Office) -> None:
    """Without words it is refused and nothing is recorded; with them the pages say thank you."""
    aino = office.browser(MEMBERS[0].name)
    refused = post(aino, "/panel/", "/panel/declare", 400, **{"stand-0": "interest", "stand-1": "free"})
    assert "kertomatta" in refused
    assert record_state(office.folder).panel.declarations == ()
    post(aino, "/panel/", "/panel/declare", **{"stand-0": "interest", "interest-0": "Osakas.", "stand-1": "free"})
    assert "et arvioi tarjouksia" in get(aino, "/panel/")


@pytest.fixture
def judged(office: Office) -> Office:
    """All have judged and signed."""
    all_free(office.folder, "a1", "a2", "a3")
    open_bids(office.folder, OPENERS, later(office.folder), "tests")
    all_given(office.folder)
    return office


def test_levels_stay_hidden_and_what_was_typed_stays_in_the_form(office: Office) -> None:
    """A refused form keeps its words; other evaluators' levels and prices are nowhere."""
    all_free(office.folder, "a1", "a2", "a3")
    open_bids(office.folder, OPENERS, later(office.folder), "tests")
    aino, bo = office.browser(MEMBERS[0].name), office.browser(MEMBERS[1].name)
    at = "/panel/score/impact-plan"
    post(bo, at, at, bidder=BIDDER, level="1", reason="Bon salainen perustelu.")
    html = post(aino, at, at, 400, bidder=BIDDER, level="9", reason="Pitkään mietitty perustelu.")
    assert "Pitkään mietitty perustelu." in html
    assert "ilmoitetulla asteikolla" in html
    assert "Bon salainen" not in html
    assert "€" not in html
    assert "Odotetaan vielä" in get(aino, "/panel/consensus", 403)
    get(aino, "/panel/score/price", 404)


def test_the_chair_writes_the_consensus(judged: Office) -> None:
    """Spread and reasons are shown; a move without its reason is refused with the words kept; others only read."""
    aino, bo = judged.browser(MEMBERS[0].name), judged.browser(MEMBERS[1].name)
    assert "omat tasot 2–3" in get(bo, "/panel/consensus")
    assert "Kirjaa yhteinen arvio" not in get(bo, "/panel/consensus")
    words = {"bidder": BIDDER, "criterion": "impact-plan", "level": "3", "reason": "Kohta 2 näyttää mittarit."}
    html = post(aino, "/panel/consensus", "/panel/consensus", 400, **words)
    assert "siirtymän syy puuttuu" in html
    assert "Kohta 2 näyttää mittarit." in html
    post(aino, "/panel/consensus", "/panel/consensus", **words, **{"moved-a2": "Luki liitteen."})
    agreed = record_state(judged.folder).panel.agreed[BIDDER, "impact-plan"]
    assert (agreed.level, dict(agreed.moved)) == (3, {"a2": "Luki liitteen."})
    assert "Luki liitteen." in get(bo, "/panel/consensus")
    token = re.findall(r'name="csrf_token" value="([^"]+)"', get(bo, "/panel/"))[0]
    assert bo.post("/panel/consensus", data={"csrf_token": token, **words}, base_url=HOME).status_code == 403


@pytest.mark.slow
def test_the_pages_speak_three_languages(judged: Office) -> None:
    """No blank is left unfilled."""
    aino = judged.browser(MEMBERS[0].name)
    for language, path in product(("fi", "sv", "en"), ("/panel/", "/panel/score/impact-plan", "/panel/consensus")):
        html = get(aino, f"{path}?lang={language}")
        assert f'<html lang="{language}">' in html
        assert "{" not in html
