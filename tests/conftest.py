"""What many tests share: one published tender and one whole story, made once and copied for each test."""

from __future__ import annotations

import hashlib
import pickle
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import tomlkit
from hypothesis import settings

from tender.annexes.formats.package import write_package
from tender.documents import pages
from tender.documents.document import Document
from tender.language import Language
from tender.model.publication import Publication
from tender.publishing import annex_files, versions
from tender.publishing.orders import Format, Order
from tender.publishing.release import Chance
from tender.publishing.workshop import Workshop

# How long a single example takes depends on the machine; speed is measured in benchmarks/.
settings.register_profile("valinta", deadline=None)
settings.load_profile("valinta")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse ids that hold an address in memory: two workers would then collect different tests."""
    moving = [item.nodeid for item in items if " at 0x" in item.nodeid]
    if moving:
        raise pytest.UsageError("these tests have another id on every run: " + "; ".join(moving))


PUBLISHED_ON = date(2018, 11, 5)
SPOKEN = 'languages     = ["fi", "sv", "en"]'
"""How the examples declare their languages."""


@dataclass(slots=True)
class Dice:
    """Salts and seeds that count, so that every test sees the same chance."""

    rolled: int = 0

    def salt(self) -> bytes:
        """A salt of 32 bytes, another each time."""
        self.rolled += 1
        return self.rolled.to_bytes(32, "big")


def chance_at(moment: datetime) -> Chance:
    """A clock that stands still at `moment`, and counting dice."""
    dice = Dice()
    return Chance(lambda: moment, dice.salt, lambda: "5eed" * 16)


def unpressed_bytes(order: Order) -> bytes:
    """What a file would be made from, in the place of the file."""
    kind = "" if order.format is Format.HTML else f"{order.format.value} {order.created.isoformat()} "
    return f"{kind}{order.html}".encode()


_remembered: dict[bytes, tuple[pages.Section, ...]] = {}
_render = pages.rendered_sections


def remembered_sections(
    document: Document, context: object, publication: Publication, language: Language, overrides: Mapping[str, str]
) -> tuple[pages.Section, ...]:
    """The clauses of a page that was rendered from equal values before; many tests publish the same tender."""
    said = pickle.dumps((document.id, context, publication, language, sorted(overrides.items())))
    key = hashlib.sha256(said).digest()
    if key not in _remembered:
        _remembered[key] = _render(document, context, publication, language, overrides)
    return _remembered[key]


def rest_press(patch: pytest.MonkeyPatch) -> None:
    """Let pages stand for files: most tests ask what is published and when, and a press takes seconds a document."""
    patch.setattr(Workshop, "_fresh", lambda _, orders: map(unpressed_bytes, orders))
    patch.setattr(pages, "rendered_sections", remembered_sections)
    patch.setattr(versions, "rendered_sections", remembered_sections)
    patch.setattr(annex_files, "write_all", lambda annex, *_: write_package(annex))


@pytest.fixture(autouse=True)
def resting_press(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test presses pages into PDF or DOCX unless it is marked ``pressed``."""
    if request.node.get_closest_marker("pressed") is None:
        rest_press(monkeypatch)


@pytest.fixture(scope="session")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Pohjois-Savo example in Finnish, published; never touch it, copy it (`published`)."""
    from tender.publishing.release import publish
    from tender.starting import start_folder

    folder = finnish(start_folder(tmp_path_factory.mktemp("published") / "kunta", "pohjois-savo", None, synthetic=True))
    with pytest.MonkeyPatch.context() as patch:
        rest_press(patch)
        publish(folder, PUBLISHED_ON, chance_at(datetime(2018, 11, 5, 10, tzinfo=UTC)), "tests", lambda _: None)
    return folder


def finnish(folder: Path) -> Path:
    """`folder` in Finnish only; tests of the whole set in three languages are slow and marked so."""
    path = folder / "tender.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(SPOKEN) == 1
    path.write_text(text.replace(SPOKEN, 'languages     = ["fi"]'), encoding="utf-8")
    return folder


def lean(folder: Path) -> Path:
    """`folder` in Finnish with three documents and no annex, for tests that publish for themselves."""
    return without_annex(few_documents(folder))


def few_documents(folder: Path) -> Path:
    """`folder` in Finnish with the three documents that must be."""
    path = finnish(folder) / "tender.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("documents     = [")
    end = text.index("]", start) + 1
    path.write_text(
        f'{text[:start]}documents     = ["call-for-tenders", "payment-annex", "framework-agreement"]{text[end:]}',
        encoding="utf-8",
    )
    return folder


def without_annex(folder: Path) -> Path:
    """`folder` without its open data: they are an example's, and no real tender may publish them."""
    path = folder / "tender.toml"
    declared = tomlkit.parse(path.read_text(encoding="utf-8"))
    del declared["open_data"]
    path.write_text(tomlkit.dumps(declared), encoding="utf-8")
    shutil.rmtree(folder / "open-data", ignore_errors=True)
    return folder


@pytest.fixture(scope="session")
def lean_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Pohjois-Savo example with three documents, published; never touch it, copy it (`lean_published`)."""
    from tender.publishing.release import publish
    from tender.starting import start_folder

    folder = lean(start_folder(tmp_path_factory.mktemp("lean") / "kunta", "pohjois-savo", None, synthetic=True))
    with pytest.MonkeyPatch.context() as patch:
        rest_press(patch)
        publish(folder, PUBLISHED_ON, chance_at(datetime(2018, 11, 5, 10, tzinfo=UTC)), "tests", lambda _: None)
    return folder


@pytest.fixture(scope="session")
def pressed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as `lean_once`, with real PDF and DOCX files, for tests marked ``pressed``; never touch it."""
    from tender.publishing.release import publish
    from tender.starting import start_folder

    folder = lean(start_folder(tmp_path_factory.mktemp("pressed") / "kunta", "pohjois-savo", None, synthetic=True))
    publish(folder, PUBLISHED_ON, chance_at(datetime(2018, 11, 5, 10, tzinfo=UTC)), "tests", lambda _: None)
    return folder


@pytest.fixture
def lean_published(lean_once: Path, tmp_path: Path) -> Path:
    """A published tender with two documents, of one's own."""
    return Path(shutil.copytree(lean_once, tmp_path / "kunta"))


@pytest.fixture
def published(published_once: Path, tmp_path: Path) -> Path:
    """A published tender of one's own."""
    return Path(shutil.copytree(published_once, tmp_path / "kunta"))


@pytest.fixture(scope="session")
def story_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo on the Pohjois-Savo example without the dialogue's chapter; never touch it, copy it (`story`)."""
    from evaluation.acts import demo
    from evaluation.acts.demo import Teller, tell

    folder = tmp_path_factory.mktemp("story") / "kunta"
    with pytest.MonkeyPatch.context() as patch:
        rest_press(patch)
        patch.setattr(demo, "chapters_of", lambda _: ())
        tell(folder, "pohjois-savo", Teller(lambda _: None, lambda _: None), (Language.FI,))
    return folder


@pytest.fixture
def story(story_once: Path, tmp_path: Path) -> Path:
    """A whole story of one's own."""
    return Path(shutil.copytree(story_once, tmp_path / "kunta"))


@pytest.fixture
def edit(request: pytest.FixtureRequest) -> Callable[[Path, str, str], None]:
    """Replace a piece of a text file that must be there exactly once."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
