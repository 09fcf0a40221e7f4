"""A served dialogue, a respondent with a link, and forms that are filled as a browser fills them."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from market_dialogue.pages.officer import office
from market_dialogue.pages.supplier import pages
from tender.model.tender import Tender
from tender.publishing.folder import record_state
from tender.record.state import DialogueState
from tender.web.app import create_app
from tender.web.links import Made, make_link
from tender.web.site import Site
from tests.market_dialogue.pages.screens import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

ROOT = Path(__file__).parents[3]
HOME = "https://localhost"
OPEN = datetime(2026, 12, 1, 9, tzinfo=UTC)
"""While answers are open."""

LATE = datetime(2026, 12, 18, 14, 0, 1, tzinfo=UTC)
"""One second after the deadline of the example."""

_QUESTION = """
[[dialogue.questions]]
id = "{id}"
number = {number}
model = {{ fi = "Katto", sv = "Tak", en = "Cap" }}
context = {{ fi = "Katto on 700.", sv = "Taket är 700.", en = "The cap is 700." }}
wording = {wording}
kind = "{kind}"
purpose = {{ fi = "Katto.", sv = "Taket.", en = "The cap." }}
affects = ["framework.client_cap"]
{more}
"""
_CAPS = (("a", 500), ("b", 700))
_LABELS = ", ".join(f'{{ id = "{one}", label = {{ fi = "{cap}", sv = "{cap}", en = "{cap}" }} }}' for one, cap in _CAPS)
_MEASURE = """
measure.unit = { fi = "asiakasta", sv = "kunder", en = "clients" }
measure.field = "framework.client_cap"
measure.least = 1
measure.most = 2000
"""
_MORE = "".join(
    _QUESTION.format(id=f"q{number}", number=number, kind=kind, wording=wording, more=more)
    for number, kind, wording, more in (
        (9, "choice", '{ fi = "Mikä katto?", sv = "Vilket tak?", en = "Which cap?" }', f"choices = [{_LABELS}]"),
        (
            11,
            "number",
            '{ fi = "Montako asiakasta?", sv = "Hur många kunder?", en = "How many clients?" }',
            _MEASURE,
        ),
        (
            10,
            "table",
            '{ fi = "Mitkä hinnat?", sv = "Vilka priser?", en = "Which prices?" }',
            'columns = [{ fi = "Ryhmä", sv = "Grupp", en = "Group" }, { fi = "Hinta", sv = "Pris", en = "Price" }]',
        ),
    )
)
"""A question of every kind that the example has not."""


@dataclass(slots=True)
class World:
    """A folder, its application, chance that counts, and a clock that may be set."""

    folder: Path
    now: datetime = OPEN
    rolled: int = 0
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        """Open the application."""
        self.app = create_app(self.folder, lambda: self.now, self.bytes, houses=(pages, office))

    def bytes(self, count: int) -> bytes:
        """Other bytes each time."""
        self.rolled += 1
        return self.rolled.to_bytes(count, "big")

    @property
    def site(self) -> Site:
        """What the pages know."""
        found: Site = self.app.extensions["valinta"]
        return found

    @property
    def tender(self) -> Tender:
        """The tender."""
        return self.site.tender

    @property
    def state(self) -> DialogueState:
        """What the record says of the dialogue."""
        return record_state(self.folder).dialogue

    def link(self, name: str = "Tuottaja Oy") -> Made:
        """A new link."""
        return make_link(self.site.desk, name, self.now, self.bytes)

    def browser(self, made: Made | None = None) -> Browser:
        """A browser, let in by `made`."""
        browser = Browser(self.app.test_client())
        if made:
            browser.enter(made)
        return browser


@dataclass(slots=True)
class Browser:
    """A browser without scripts: sends what the page's form holds, and what is typed into it."""

    client: FlaskClient
    at: str = ""
    html: str = ""
    status: int = 0

    def get(self, path: str) -> str:
        """Open a page."""
        return self._came(self.client.get(path, base_url=HOME), path)

    def post(self, path: str, **typed: object) -> str:
        """Open the page of the form and send it."""
        self.get(path)
        return self.press(path, **typed)

    def press(self, path: str, **typed: object) -> str:
        """Send the form that is on the screen."""
        data = {**self.hidden(), **typed}
        return self._came(self.client.post(path, data=data, base_url=HOME), path)

    def hidden(self) -> dict[str, str]:
        """What the hidden boxes hold."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.html)
        return {name: unescape(value) for name, value in found}

    def enter(self, made: Made) -> None:
        """Type the code of a link."""
        self.post(f"/answer/{made.token}", code=made.code)
        assert self.status == 200, self.html

    def write(self, question: str, **typed: object) -> str:
        """Fill a question and press save."""
        return self.post(f"/answers/question/{question}", **{"do": "save", **typed})

    def send(self, **typed: object) -> str:
        """Check and send."""
        return self.post("/answers/check", **{"do": "send", **typed})

    def _came(self, response: TestResponse, path: str) -> str:
        while response.status_code in {302, 303}:
            path = response.headers["Location"]
            response = self.client.get(path, base_url=HOME)
        self.at, self.html, self.status = path, response.text, response.status_code
        return self.html


def make_folder(target: Path) -> Path:
    """A tender folder whose dialogue has questions of every kind, in three languages."""
    example = ROOT / "examples" / "tyollisyysalue"
    target.mkdir()
    shutil.copytree(example / "texts", target / "texts")
    text = (example / "tender.toml").read_text(encoding="utf-8")
    (target / "tender.toml").write_text(text + _MORE, encoding="utf-8")
    return target


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A served folder."""
    found = World(make_folder(tmp_path / "kunta"))
    yield found
    found.site.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """Debian's browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def served(world: World) -> Iterator[tuple[World, str]]:
    """The pages on a port of this machine."""
    from waitress.server import create_server

    server = create_server(world.app, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    yield world, f"http://127.0.0.1:{server.effective_port}"
    server.close()


@contextmanager
def no_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that is full for the record."""
    from tender.errors import RecordError
    from tender.record import Record

    def full(*_: object, **__: object) -> None:
        raise RecordError("record.disk-full")

    with monkeypatch.context() as patch:
        patch.setattr(Record, "append_each", full)
        yield
