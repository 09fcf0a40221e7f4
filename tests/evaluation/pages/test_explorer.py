"""The scenario explorer: for officers, by its address alone, in three languages, and deaf to nonsense."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from evaluation.pages.explorer import asked_of, changed, explorer, levers
from tender.language import Language
from tender.web.accounts import add_account
from tender.web.app import create_app
from tender.web.site import Site
from tender.words import words
from tests.house.sources import ROOT
from tests.sample import sample_tender

HOME = "https://localhost"
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
TENDER = sample_tender()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A served folder and an officer who is in."""
    folder = tmp_path_factory.mktemp("explorer") / "town"
    folder.mkdir()
    example = ROOT / "examples" / "pohjois-savo"
    shutil.copy(example / "tender.toml", folder)
    shutil.copytree(example / "texts", folder / "texts")
    app = create_app(folder, lambda: NOW, bytes, houses=(explorer,))
    site: Site = app.extensions["valinta"]
    add_account(site.desk, "Elli", "a long enough password", bytes)
    client = app.test_client()
    with client.session_transaction(base_url=HOME) as session:
        session.update({"account": "Elli", "since": NOW.isoformat()})
    yield client
    site.close()


def text_of(client: FlaskClient, address: str) -> str:
    response = client.get(address, base_url=HOME)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_nobody_sees_it_without_coming_in(office: FlaskClient) -> None:
    """A stranger is led to the door."""
    stranger = office.application.test_client()
    response = stranger.get("/scenario/?cap=500", base_url=HOME)
    assert (response.status_code, response.headers["Location"]) == (303, "/office/door")


def test_the_address_is_the_scenario(office: FlaskClient) -> None:
    """The same address gives the same page, with the typed value in the form and figures that differ."""
    page = text_of(office, "/scenario/?cap=500&lang=en")
    assert page == text_of(office, "/scenario/?cap=500&lang=en")
    assert 'value="500"' in page
    assert page.count('<tr class="other">') >= 3
    assert page.count("<svg") == 4
    assert page.count("<details>") == 4


@pytest.mark.parametrize("language", Language)
def test_every_language_has_the_page(office: FlaskClient, language: Language) -> None:
    """Title, hints and figures in the visitor's language; as it stands nothing differs."""
    page = text_of(office, f"/scenario/?lang={language.value}")
    assert words(language).term("web-scenario.title") in page
    assert words(language).term("scenario-line.full").replace("'", "&#39;") in page
    assert '<tr class="other">' not in page


@pytest.mark.parametrize("typed", ["-5", "0", "1e3", "7.5", "٧٠٠", "<script>", "9" * 30, "NaN"])
def test_nonsense_is_told_and_nothing_is_reckoned_with_it(office: FlaskClient, typed: str) -> None:
    """The page says that a value does not fit, keeps what was typed, and escapes it."""
    response = office.get("/scenario/", query_string={"cap": typed, "lang": "en"}, base_url=HOME)
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert words(Language.EN).term("web-scenario.problem") in page
    assert "<script>" not in page.replace('<script src="/looks/web.js" defer></script>', "")
    assert '<tr class="other">' not in page


def test_values_of_the_tender_are_no_change() -> None:
    """What is left empty or typed as it is stays; a group of digits may have spaces."""
    cap = TENDER.framework.client_cap
    assert asked_of(TENDER, {"cap": str(cap), "providers": ""}).values == {}
    assert asked_of(TENDER, {"cap": "1 200", "other": "3"}).values == {"cap": 1200}
    assert asked_of(TENDER, {"cap": "x"}).problems == ("cap",)


def test_every_lever_moves_its_field() -> None:
    """Each of them changes the tender, and back to its own value gives the tender itself."""
    for lever in levers(TENDER):
        other = changed(TENDER, {lever.name: 7})
        assert other != TENDER
        back = next(one for one in levers(other) if one.name == lever.name)
        assert back.now == 7
    assert changed(TENDER, {}) == TENDER


def test_another_language_keeps_the_scenario(office: FlaskClient) -> None:
    """The links to the languages ask the same, escaped."""
    page = text_of(office, "/scenario/?cap=500&lang=fi&x=%22%3E")
    assert 'href="/scenario/?cap=500&amp;x=%22%3E&amp;lang=sv"' in page
