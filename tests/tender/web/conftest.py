"""A served folder, a clock that stands, chance that counts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from tender.web.app import create_app
from tender.web.site import Site

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@dataclass(slots=True)
class Counter:
    """Chance that counts, and a clock that may be set."""

    now: datetime = NOW
    rolled: int = field(default=0)

    def bytes(self, count: int) -> bytes:
        """Other bytes each time."""
        self.rolled += 1
        return self.rolled.to_bytes(count, "big")

    def clock(self) -> datetime:
        """The moment that was set."""
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tender folder with a dialogue, nothing published."""
    target = tmp_path / "kunta"
    target.mkdir()
    example = ROOT / "examples" / "tyollisyysalue"
    shutil.copy(example / "tender.toml", target)
    shutil.copytree(example / "texts", target / "texts")
    return target


def trial_pages(_: Site) -> Blueprint:
    """A house with a form, a page that fails and a full disk."""
    pages = Blueprint("trial", __name__)

    @pages.get("/fails")
    def fails() -> str:
        raise RuntimeError("<script>secret</script>")

    @pages.get("/full")
    def full() -> str:
        raise OSError(28, "No space left on device")

    @pages.post("/form")
    def form() -> str:
        from flask import request

        return str(sorted(request.form))

    return pages


@pytest.fixture
def app(folder: Path) -> Iterator[Flask]:
    """The application with the trial house."""
    chance = Counter()
    made = create_app(folder, chance.clock, chance.bytes, houses=(trial_pages,))
    yield made
    made.extensions["valinta"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts on a secure line."""
    return app.test_client()
