"""A press that presses nothing, for tests of what is published and when, not of how it looks."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tender.publishing.orders import Format, Order
from tender.publishing.release import publish
from tender.starting import start_folder
from tests.conftest import PUBLISHED_ON, chance_at, lean


def unpressed_bytes(order: Order) -> bytes:
    """What a file would be made from, in the place of the file."""
    kind = "" if order.format is Format.HTML else f"{order.format.value} {order.created.isoformat()} "
    return f"{kind}{order.html}".encode()


@pytest.fixture(scope="session")
def quick_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Pohjois-Savo example with two documents, published without pressing; never touch it (`quick`)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tender.publishing.workshop.made", unpressed_bytes)
        folder = lean(start_folder(tmp_path_factory.mktemp("quick") / "kunta", "pohjois-savo", None, synthetic=True))
        publish(folder, PUBLISHED_ON, chance_at(datetime(2018, 11, 5, 10, tzinfo=UTC)), "tests", lambda _: None)
    return folder


@pytest.fixture
def unpressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are made but not pressed into PDF."""
    monkeypatch.setattr("tender.publishing.workshop.made", unpressed_bytes)


@pytest.fixture
def quick(quick_once: Path, tmp_path: Path, unpressed: None) -> Path:
    """A published tender of one's own whose documents are not pressed."""
    return Path(shutil.copytree(quick_once, tmp_path / "kunta"))
