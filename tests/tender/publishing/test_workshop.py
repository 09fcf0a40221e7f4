"""The workshop: order and bytes do not depend on how many work at it, nothing unchanged is made twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tender.documents.attachments import Attachment, Relationship
from tender.errors import InputError, UsageError
from tender.language import Language
from tender.publishing import files as files_module
from tender.publishing.orders import Format, Order, Wanted
from tender.publishing.release import draft, publish
from tender.publishing.store import STORE, Store, order_key
from tender.publishing.workshop import Workshop, made
from tender.starting import start_folder
from tests.conftest import PUBLISHED_ON, chance_at, finnish, lean
from tests.tender.publishing.test_release import NOON

pytestmark = pytest.mark.pressed

PAGE = '<!DOCTYPE html><html lang="fi"><head><title>T</title></head><body><h1>{}</h1></body></html>'
DATA = Attachment("a.csv", b"a;b\r\n", "A", Relationship.DATA, "text/csv")


def order(name: str, format_: Format = Format.PDF, word: str = "Otsikko") -> Order:
    return Order(name, format_, PAGE.format(word), PUBLISHED_ON)


ORDERS = (order("b.pdf", word="Yksi"), order("a.html", Format.HTML), order("c.pdf", word="Kaksi"))


def _quiet(_: str) -> None:
    """Nobody is told."""


@pytest.mark.slow
def test_two_processes_make_the_same_bytes_in_the_same_order() -> None:
    told: list[str] = []
    alone = list(Workshop().make(ORDERS, _quiet))
    together = list(Workshop(workers=2).make(ORDERS, told.append))
    assert together == alone
    assert [name for name, _ in alone] == told == ["b.pdf", "a.html", "c.pdf"]
    assert alone[1][1] == ORDERS[1].html.encode()


@pytest.mark.slow
def test_a_fault_comes_back_from_another_process_with_its_words() -> None:
    faulty = replace(ORDERS[0], html=PAGE.format('<a href="#nowhere">x</a>'))
    with pytest.raises(InputError, match=r"page-faulty.*nowhere"):
        list(Workshop(workers=2).make((faulty, *ORDERS), _quiet))


def test_only_what_changed_is_made_again(tmp_path: Path) -> None:
    fresh: list[str] = []
    reused: list[str] = []
    workshop = Workshop(store=Store(tmp_path), reused=reused.append)
    first = dict(workshop.make(ORDERS, fresh.append))
    assert (len(fresh), reused) == (3, [])
    again = dict(workshop.make((*ORDERS[:2], order("c.pdf", word="Kolme")), fresh.append))
    assert (fresh[3:], reused) == (["c.pdf"], ["b.pdf", "a.html"])
    assert again["b.pdf"] == first["b.pdf"]
    assert again["c.pdf"] != first["c.pdf"]


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 40, None])
def test_a_damaged_entry_is_made_again(tmp_path: Path, damage: bytes | None) -> None:
    """Cut short, overwritten, or one byte flipped: it does not prove itself, so it is not there."""
    workshop = Workshop(store=Store(tmp_path))
    [(_, first)] = workshop.make(ORDERS[:1], _quiet)
    [entry] = tmp_path.iterdir()
    flipped = bytearray(entry.read_bytes())
    flipped[-1] ^= 1
    entry.write_bytes(bytes(flipped) if damage is None else damage)
    fresh: list[str] = []
    assert list(workshop.make(ORDERS[:1], fresh.append)) == [("b.pdf", first)]
    assert fresh == ["b.pdf"]


@pytest.mark.parametrize(
    "other",
    [
        replace(ORDERS[0], html=PAGE.format("Yksi ")),
        replace(ORDERS[0], created=date(2018, 11, 6)),
        replace(ORDERS[0], format=Format.HTML),
        replace(ORDERS[0], attachments=(DATA,)),
        replace(ORDERS[0], attachments=(replace(DATA, data=b"a;c\r\n"),)),
        replace(ORDERS[0], attachments=(replace(DATA, description="B"),)),
    ],
)
def test_everything_that_decides_the_bytes_is_in_the_key(other: Order) -> None:
    keys = {order_key(ORDERS[0]), order_key(other), order_key(replace(ORDERS[0], attachments=(DATA,)))}
    assert len(keys) == (2 if other.attachments == (DATA,) else 3)
    assert order_key(replace(ORDERS[0], name="renamed.pdf")) == order_key(ORDERS[0])


def test_the_store_keeps_the_latest_used_within_its_bounds(tmp_path: Path) -> None:
    store = Store(tmp_path, most_bytes=2 * (100 + 32))
    for number, key in enumerate(("old", "used", "new")):
        store.put(key, bytes([number]) * 100)
    assert store.get("old") is not None  # using it makes it young
    store.trim()
    assert (store.get("old"), store.get("used"), store.get("new")) == (bytes(100), None, bytes([2]) * 100)


def test_a_store_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    workshop = Workshop(store=Store(tmp_path / "file" / "store"))
    assert list(workshop.make(ORDERS[:1], _quiet)) == [("b.pdf", made(ORDERS[0]))]


@pytest.mark.slow
def test_a_draft_after_one_edited_paragraph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the document that says it is made anew; the draft holds all of them."""
    monkeypatch.setattr(files_module, "PAGES", (Format.HTML,))  # the press is tested elsewhere
    folder = finnish(start_folder(tmp_path / "kunta", "pohjois-savo", None))
    reused: list[str] = []
    fresh: list[str] = []
    workshop = Workshop(store=Store(folder / STORE), reused=reused.append)
    whole = draft(folder, PUBLISHED_ON, _quiet, workshop)
    own = folder / "clauses" / "call-for-tenders" / "cap.fi.md"
    own.parent.mkdir(parents=True)
    own.write_text("Uusi kappale.\n", encoding="utf-8")
    again = draft(folder, PUBLISHED_ON, fresh.append, workshop)
    pages = {name for name in whole.files if name.endswith(".html") and not name.startswith("index")}
    assert {name for name in fresh if name in pages} == {"call-for-tenders.fi.html"}
    assert set(reused) == pages - {"call-for-tenders.fi.html"}
    assert set(again.files) - set(whole.files) == {"source/clauses/call-for-tenders/cap.fi.md"}
    assert "Uusi kappale." in (folder / "draft" / "call-for-tenders.fi.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_publishing_takes_nothing_from_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a store that answers every question is not asked."""
    monkeypatch.setattr(files_module, "PAGES", (Format.HTML,))
    monkeypatch.setattr(Store, "get", lambda *_: b"forged")
    folder = lean(start_folder(tmp_path / "kunta", "pohjois-savo", None, synthetic=True))
    drafted = draft(folder, PUBLISHED_ON, _quiet, Workshop(store=Store(folder / STORE)))
    assert (drafted.folder / "call-for-tenders.fi.html").read_bytes() == b"forged"
    written = publish(folder, PUBLISHED_ON, chance_at(NOON), "tests", _quiet)
    assert b"forged" not in (written.folder / "call-for-tenders.fi.html").read_bytes()
    assert not [name for name in written.files if STORE in name]


def test_a_draft_of_a_part(tmp_path: Path) -> None:
    folder = finnish(start_folder(tmp_path / "kunta", "pohjois-savo", None))
    wanted = Wanted(("payment-annex", "bid-form"), (Language.FI,), (Format.HTML, Format.XLSX))
    written = draft(folder, PUBLISHED_ON, _quiet, wanted=wanted)
    made_here = {name for name in written.files if "/" not in name}
    assert made_here - {"index.html", "index.fi.html"} == {"payment-annex.fi.html", "bid-form.fi.xlsx", "manifest.json"}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(("payment-anex",)), r"no-document\(document=payment-anex, known=.*call-for-tenders,.*bid-form"),
        (Wanted(languages=(Language.EN,)), r"no-language\(language=en, known="),
    ],
)
def test_what_the_tender_does_not_have_is_refused(tmp_path: Path, wanted: Wanted, words: str) -> None:
    folder = finnish(start_folder(tmp_path / "kunta", "pohjois-savo", None))
    toml = folder / "tender.toml"
    lines = toml.read_text(encoding="utf-8").splitlines()
    toml.write_text(
        "\n".join('languages = ["fi"]' if line.startswith("languages") else line for line in lines), encoding="utf-8"
    )
    with pytest.raises(UsageError, match=words):
        draft(folder, PUBLISHED_ON, _quiet, wanted=wanted)
    assert not (folder / "draft").exists()
