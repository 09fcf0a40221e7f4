"""Attachments beside a draft: guarded, renamed, counted, and on the record by their bytes only when sent."""

from __future__ import annotations

import hashlib
from io import BytesIO

from market_dialogue.pages.uploads import MOST_FILES, UPLOADS
from tests.market_dialogue.pages.conftest import Browser, World
from tests.tender.test_attachments import open_document, pdf


def attach(browser: Browser, name: str, data: bytes, question: str = "q4", secret: str = "") -> None:
    """Choose a file and press attach."""
    browser.get(f"/answers/question/{question}")
    browser.press(f"/answers/question/{question}", do="attach", file=(BytesIO(data), name), **{"file-reason": secret})


def test_a_file_travels_to_the_record(world: World) -> None:
    """Its name and bytes, its question and why it is secret."""
    browser = world.browser(world.link())
    data = pdf()
    attach(browser, "malli.pdf", data, secret="Menetelmämme")
    assert browser.status == 200
    assert "malli.pdf" in browser.html
    browser.send()
    one = world.state.answers[0].said.answer.attachments[0]
    assert (one.name, one.question, one.secret) == ("malli.pdf", "q4", "Menetelmämme")
    kept = world.folder / "private/dialogue/attachments" / one.digest
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == one.digest
    assert kept.read_bytes() == data


def test_a_hostile_file_changes_nothing(world: World) -> None:
    """Active, bomb, wrong name, other format: told on the page, nothing kept."""
    browser = world.browser(world.link())
    bomb = open_document(more={"Pictures/a.png": b"0" * 30_000_000})
    for name, data in (("a.pdf", pdf("open")), ("a.odt", bomb), ("a.exe", b"MZ"), ("a.pdf", b""), ("a.docx", pdf())):
        attach(browser, name, data)
        assert browser.status == 400, name
        assert 'role="alert"' in browser.html
    uploads = world.folder / UPLOADS
    assert not uploads.exists() or not list(uploads.iterdir())


def test_a_name_never_leaves_its_folder(world: World) -> None:
    """Paths are cut, and the bytes lie under a random name in any case."""
    browser = world.browser(world.link())
    attach(browser, "../../../tender.pdf", pdf())
    kept = [path.name for path in (world.folder / UPLOADS).iterdir()]
    assert len(kept) == 1
    assert len(kept[0]) == 32
    assert "tender.pdf" in browser.html
    browser.get(f"/documents/{kept[0]}")
    assert browser.status == 404


def test_files_are_counted_and_taken_away(world: World) -> None:
    """Ten, no two of a name; another's file cannot be dropped."""
    browser, other = world.browser(world.link("Yksi")), world.browser(world.link("Kaksi"))
    for number in range(MOST_FILES):
        attach(browser, f"{number}.pdf", pdf())
    attach(browser, "11.pdf", pdf())
    assert browser.status == 400
    found = next(iter(path.name for path in (world.folder / UPLOADS).iterdir()))
    other.post("/answers/question/q4", do=f"drop:{found}")
    assert len(list((world.folder / UPLOADS).iterdir())) == MOST_FILES
    browser.post("/answers/question/q4", do=f"drop:{found}")
    assert len(list((world.folder / UPLOADS).iterdir())) == MOST_FILES - 1
    attach(browser, "1.pdf", pdf())
    assert browser.status == 400 or found


def test_a_question_that_invites_none_takes_none(world: World) -> None:
    """The box is not there, and a file sent all the same is left."""
    browser = world.browser(world.link())
    attach(browser, "a.pdf", pdf(), question="q1")
    assert 'type="file"' not in browser.html
    assert not (world.folder / UPLOADS).exists()
