"""The opening page of a publication lists every file with its size and hash, in every language of the tender."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from tender.documents.catalogue import CALL_FOR_TENDERS, PAYMENT_ANNEX
from tender.documents.document import Document
from tender.language import Language
from tender.publishing.index import index_pages
from tests.sample import sample_tender
from tests.tender.documents.house import publication_of
from tests.tender.documents.plain import cells, plain

DOCUMENTS: tuple[Document, ...] = (CALL_FOR_TENDERS, PAYMENT_ANNEX)
FILES = {
    "call-for-tenders.fi.pdf": b"1",
    "call-for-tenders.sv.pdf": b"22",
    "bid-form.fi.xlsx": b"333",
    "redline/call-for-tenders.fi.docx": b"55555",
    "method/award_method.json": b"4444",
    "data/announced-volumes.fi.csv": b"5" * 1001,
    "source/tender.toml": b"",
    "source/texts/ä & b.fi.md": b"x",
}
LANGUAGES = (Language.FI, Language.SV)


def pages() -> dict[str, str]:
    made = index_pages(publication_of(sample_tender(), draft=False), FILES, DOCUMENTS, LANGUAGES)
    return {name: page.decode().replace("<br>", " ") for name, page in made.items()}


def test_every_page_lists_every_file_with_its_hash() -> None:
    made = pages()
    assert list(made) == ["index.fi.html", "index.sv.html", "index.html"]
    assert made["index.html"] == made["index.fi.html"]
    for page in made.values():
        printed = cells(page)
        for name, data in FILES.items():
            [at] = [place for place, cell in enumerate(printed) if cell.endswith(name)]
            assert printed[at + 1] == f"{-(-len(data) // 1000)} kB"
            assert printed[at + 2] == hashlib.sha256(data).hexdigest()


def test_titles_stand_in_the_language_of_the_file() -> None:
    made = pages()
    for page in made.values():
        assert "Tarjouspyyntö call-for-tenders.fi.pdf" in cells(page)
        assert "Anbudsförfrågan call-for-tenders.sv.pdf" in cells(page)
    assert plain(made["index.fi.html"]).index("Asiakirjat suomeksi") < plain(made["index.fi.html"]).index("på svenska")
    assert plain(made["index.sv.html"]).index("på svenska") < plain(made["index.sv.html"]).index("Asiakirjat suomeksi")


def test_links_lead_to_the_files() -> None:
    page = pages()["index.fi.html"]
    assert 'href="source/texts/%C3%A4%20%26%20b.fi.md"' in page
    assert "<td" in page
    assert "ä & b" not in page.replace("ä &amp; b", "")


def test_it_says_which_publication_it_opens_and_how_it_is_proven() -> None:
    publication = publication_of(sample_tender(), draft=False)
    page = pages()["index.fi.html"]
    for words in ("11.12.2018 klo 12.00", publication.award_hash, publication.payment_hash):
        assert words in cells(page)
    assert f"valinta verify {publication.tender.id}-1.zip" in plain(page)


def test_the_published_folder_is_listed_whole(lean_once: Path) -> None:
    home = lean_once / "published" / "1"
    manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
    links = set(re.findall(r'<a href="([^"#]+)">', (home / "index.html").read_text(encoding="utf-8")))
    own = {name for name in manifest["files"] if name.startswith("index.")}
    assert links == set(manifest["files"]) - own
    assert all((home / link).is_file() for link in links)
