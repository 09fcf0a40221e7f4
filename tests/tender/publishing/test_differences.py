"""Ten real edits of the example's call for tenders, one by one and all together, and the command that compares."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from tender.cli.main import main
from tender.documents.docx import write_docx
from tender.documents.redline import Fate
from tender.language import Language
from tender.publishing.differences import Difference, difference, redline_files
from tender.publishing.orders import Wanted
from tender.publishing.sides import Side, new_side, old_side
from tests.house.sources import ROOT
from tests.tender.documents.tracked import W, texts

TODAY = date(2018, 11, 6)
CALL = "call-for-tenders"
FI, SV = (CALL, Language.FI), (CALL, Language.SV)
WANTED = Wanted((CALL,), (Language.FI, Language.SV))
JUDGE = ROOT.parent / "shared" / "validators" / "docx_check.py"
JUDGES = Path.home() / ".cache" / "valinta-judges"
NOTED = 'Hinnat ovat verottomia{{ footnote("Vero lisätään laskuun.") }}. Niitä verrataan ilman veroa.\n'
VAT = "clauses/call-for-tenders/vat.fi.md"


def swap(name: str, pattern: str, new: str) -> Callable[[Path], None]:
    """An edit of a file of the folder: the first match of `pattern` becomes `new`."""

    def edit(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        changed = re.sub(pattern, new, text, count=1, flags=re.MULTILINE)
        assert changed != text, f"the example no longer says {pattern}"
        path.write_text(changed, encoding="utf-8")

    return edit


def append(name: str, text: str) -> Callable[[Path], None]:
    """An edit of a file of the folder: `text` at its end."""

    def edit(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def without_round(folder: Path) -> None:
    """The clause about the round goes with the table that it prints."""
    path = folder / "tender.toml"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"^\[round\]\n(?:(?!\[).*\n)+", "", text, flags=re.MULTILINE)
    assert changed != text
    path.write_text(changed, encoding="utf-8")


EDITS: dict[str, Callable[[Path], None]] = {
    "text": append("texts/concept.fi.md", "\nTilaaja julkaisee tulokset neljännesvuosittain.\n"),
    "number": swap("tender.toml", r"^client_cap( *)= 700", r"client_cap\1= 650"),
    "table cell": swap("tender.toml", "siilinjarvi = 229", "siilinjarvi = 239"),
    "new clause": append(
        "tender.toml",
        '\n[[budget]]\nyear = 2019\nsource = "purchase"\namount = 1400000\nnote.fi = "Ostopalvelut"\nnote.sv = "Köp"\n',
    ),
    "deleted clause": without_round,
    "footnote": swap(VAT, "Vero lisätään laskuun", "Vero lisätään jokaiseen laskuun"),
    "weight": swap("tender.toml", r'^(kind *= "price"\nweight *= )40', r"\g<1>45"),
    "date": swap("tender.toml", "^tenders_until( *)= 2018-12-11", r"tenders_until\1= 2018-12-18"),
    "language only": swap("tender.toml", r'^(name\.sv *= )"Jämförelsepris"', r'\1"Anbudets jämförelsepris"'),
}
MOVED = "moved clause"
"""Clauses stand in the order of the templates, so the tenth edit moves one on the page."""

EXPECTED = {
    "text": {"concept": Fate.CHANGED},
    "number": {"cap": Fate.CHANGED},
    "table cell": {"volumes": Fate.CHANGED},
    "new clause": {"budget": Fate.NEW},
    "deleted clause": {"round": Fate.DELETED},
    "footnote": {"vat": Fate.CHANGED},
    "weight": {"criteria": Fate.CHANGED},
    "date": {"cover": Fate.CHANGED, "timetable": Fate.CHANGED},
    "language only": {},
    MOVED: {"accessibility": Fate.MOVED},
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example in two languages, with one clause of its own that has a footnote."""
    folder = tmp_path_factory.mktemp("diff") / "old"
    shutil.copytree(ROOT / "examples" / "pohjois-savo", folder)
    swap("tender.toml", r"^languages( *)= \[.*\]", r'languages\1= ["fi", "sv"]')(folder)
    (folder / VAT).parent.mkdir(parents=True)
    (folder / VAT).write_text(NOTED, encoding="utf-8")
    return folder


@cache
def side(folder: Path) -> Side:
    return new_side(str(folder), TODAY, WANTED)


def moved(page: str) -> str:
    """The page with one clause somewhere else."""
    sections = re.findall(r'<section class="clause.*?</section>\n', page, re.DOTALL)
    one = next(section for section in sections if 'id="c-accessibility"' in section)
    other = next(section for section in sections if 'id="c-lots"' in section)
    return page.replace(one, "").replace(other, other + one)


def edited(base: Path, folder: Path, *names: str) -> Side:
    """The new side after the named edits."""
    shutil.copytree(base, folder)
    for name in names:
        if name in EDITS:
            EDITS[name](folder)
    found = side(folder)
    return replace(found, pages={key: moved(page) for key, page in found.pages.items()}) if MOVED in names else found


def files(found: Difference) -> dict[str, bytes]:
    return dict(redline_files(found, Language.FI, "Tarkastaja", TODAY))


def assert_settles(found: Difference, old: Side, new: Side) -> None:
    """The redline of each document that changed gives both versions back."""
    made = files(found)
    for each in found.documents:
        if each.redline.changed:
            key = (each.document, each.language)
            red = made[f"{each.stem}.docx"]
            assert texts(red, "ins") == texts(write_docx(new.pages[key], created=TODAY))
            assert texts(red, "del") == texts(write_docx(old.pages[key], created=TODAY))


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPECTED)
def test_each_edit_is_found_where_it_was_made_and_the_redline_settles(name: str, base: Path, tmp_path: Path) -> None:
    new = edited(base, tmp_path / "new", name)
    found = difference(side(base), new, WANTED)
    finnish = next(each for each in found.documents if each.language is Language.FI)
    fates = {change.id: change.fate for change in finnish.redline.changed}
    assert EXPECTED[name].items() <= fates.items()
    assert bool(found.data) == (name not in {"footnote", MOVED})
    assert_settles(found, side(base), new)
    if name == "language only":
        assert fates == {}
        swedish = next(each for each in found.documents if each.language is Language.SV)
        assert "criteria" in {change.id for change in swedish.redline.changed}
        assert [change.language for change in found.data] == [Language.SV]


@pytest.mark.slow
def test_all_edits_together_settle_and_give_the_same_bytes_again(base: Path, tmp_path: Path) -> None:
    new = edited(base, tmp_path / "new", *EDITS, MOVED)
    found = difference(side(base), new, WANTED)
    finnish = next(each for each in found.documents if each.language is Language.FI)
    fates = {change.id: change.fate for change in finnish.redline.changed}
    assert {key: fate for one in EXPECTED.values() for key, fate in one.items()}.items() <= fates.items()
    assert_settles(found, side(base), new)
    assert files(found) == files(difference(side(base), new, WANTED))


@pytest.mark.slow
def test_the_page_side_by_side_says_what_changed_without_colours(base: Path, tmp_path: Path) -> None:
    new = edited(base, tmp_path / "new", "weight", "deleted clause")
    page = files(difference(side(base), new, WANTED))[f"{CALL}.fi.redline.html"].decode()
    assert '<del><span class="unseen">[poistettu: </span>40<span class="unseen"> ]</span></del>' in page
    assert '<ins><span class="unseen">[lisätty: </span>45<span class="unseen"> ]</span></ins>' in page
    assert "Vertailuhinta: enimmäispisteet" in page
    assert "<th>" not in page, "every header cell says what it heads"
    assert "Esteettömyys ja saavutettavuus" not in page, "unchanged clauses are counted, not shown"


@pytest.mark.slow
def test_the_command_prints_data_and_clauses_and_writes_both_redlines(base: Path, tmp_path: Path) -> None:
    edited(base, tmp_path / "new", "weight")
    arguments = ["diff", str(base), str(tmp_path / "new"), "--document", CALL, "--language-of-documents", "fi"]
    arguments += ["--out", str(tmp_path / "red"), "--language", "fi", "--today", "2018-11-06"]
    said = CliRunner().invoke(main, arguments)
    assert said.exit_code == 0, said.output
    assert "Vertailuhinta: enimmäispisteet: 40\xa0pistettä → 45\xa0pistettä" in said.output
    assert "(criteria)" in said.output
    assert {path.name for path in (tmp_path / "red").iterdir()} == {
        f"{CALL}.fi.redline.docx",
        f"{CALL}.fi.redline.html",
    }
    plain = json.loads(CliRunner().invoke(main, [*arguments, "--json"]).output)
    assert plain["data"][0]["path"] == "award.criteria[price].weight"
    assert plain["documents"][0]["clauses"]


def test_the_template_is_the_same_tender_without_own_clauses(base: Path) -> None:
    found = difference(old_side("template", str(base), TODAY, WANTED), side(base), WANTED)
    assert found.data == ()
    finnish = next(each for each in found.documents if each.language is Language.FI)
    assert [change.id for change in finnish.redline.changed] == ["vat"]


def test_the_published_version_is_taken_as_it_stands(base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tender"
    new = edited(base, folder, "date")
    version = folder / "published" / "2"
    (version / "source").mkdir(parents=True)
    shutil.copytree(base / "texts", version / "source" / "texts")
    shutil.copy(base / "tender.toml", version / "source" / "tender.toml")
    shutil.copytree(base / "open-data", version / "open-data")
    (version / "manifest.json").write_text("{}")
    (version / f"{CALL}.fi.html").write_text(side(base).pages[FI], encoding="utf-8")
    found = difference(old_side("published", str(folder), TODAY, WANTED), new, WANTED)
    assert [change.path for change in found.data] == ["timetable.tenders_until"]
    assert found.added == (SV,)
    assert found.old.name.endswith("2")


def test_against_a_published_version_pages_are_made_as_they_would_be_published(base: Path) -> None:
    one = Wanted((CALL,), (Language.FI,))
    published = new_side(str(base), TODAY, one, draft=False)
    assert "Luonnos – ei sido tilaajaa" not in published.pages[FI]
    assert "Luonnos – ei sido tilaajaa" in side(base).pages[FI]


@pytest.mark.parametrize(
    ("old", "message"), [("published", "diff.nothing-published"), ("nowhere", "reading.no-folder")]
)
def test_what_cannot_be_compared_is_said(base: Path, old: str, message: str) -> None:
    said = CliRunner().invoke(main, ["diff", old, str(base), "--json"])
    assert said.exit_code == 2
    assert json.loads(said.output)["error"] == message


@pytest.mark.slow
@pytest.mark.parametrize("name", [*EXPECTED, "all"])
def test_the_judge_of_redlines_passes(name: str, base: Path, tmp_path: Path) -> None:
    """The shared judge: accept-all, reject-all, Word's validity, LibreOffice."""
    python = JUDGES / "py" / "bin" / "python"
    if not JUDGE.exists() or not python.exists():
        pytest.skip("the judges are not on this machine")
    new = edited(base, tmp_path / "new", *([name] if name != "all" else (*EDITS, MOVED)))
    found = difference(side(base), new, WANTED)
    for stem, data in ((name, data) for name, data in files(found).items() if name.endswith(".docx")):
        key = (CALL, Language(stem.split(".")[1]))
        for file, content in (
            ("old.docx", write_docx(side(base).pages[key], created=TODAY)),
            ("new.docx", write_docx(new.pages[key], created=TODAY)),
            ("red.docx", data),
        ):
            (tmp_path / file).write_bytes(content)
        names = [str(tmp_path / file) for file in ("old.docx", "new.docx", "red.docx")]
        run = subprocess.run(
            [python, JUDGE, "--redline", *names, "Tarkastaja"], capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.slow
def test_libreoffice_sees_exactly_these_changes(base: Path, tmp_path: Path) -> None:
    """Its own list of changes holds what went, and its text without that is the new document."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine")
    new = edited(base, tmp_path / "new", *EDITS, MOVED)
    found = difference(side(base), new, WANTED)
    red = files(found)[f"{CALL}.fi.redline.docx"]
    (tmp_path / "red.docx").write_bytes(red)
    (tmp_path / "clean.docx").write_bytes(write_docx(new.pages[FI], created=TODAY))
    seen = libreoffice_texts(tmp_path / "red.docx", tmp_path)
    assert seen["deletion"]
    clean = libreoffice_texts(tmp_path / "clean.docx", tmp_path)
    assert seen["new"] == clean["same"] == clean["new"]
    assert seen["deletion"] == squeezed("".join(pieces_in(red, "del")))
    assert seen["insertion"] == squeezed("".join(pieces_in(red, "ins")))
    assert seen["authors"] == "Tarkastaja"


DC = "{http://purl.org/dc/elements/1.1/}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def opened(path: Path, folder: Path) -> ET.Element:
    """`path` as LibreOffice understands it."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "fodt", "--outdir", str(folder), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    return ET.parse(path.with_suffix(".fodt")).getroot()


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


_UNPRINTED = {f"{TEXT}{name}" for name in ("tracked-changes", "note-citation", "table-of-content-source")}


def libreoffice_texts(path: Path, folder: Path) -> dict[str, str]:
    """What LibreOffice takes for inserted, deleted and unchanged, what is left without the deleted, and the authors."""
    root = opened(path, folder)
    kinds = {
        region.attrib[f"{TEXT}id"]: region[0].tag.removeprefix(TEXT) for region in root.iter(f"{TEXT}changed-region")
    }
    found = dict.fromkeys(("same", "insertion", "deletion", "new"), "")
    open_now: list[str] = []

    def hear(words: str | None) -> None:
        kind = open_now[-1] if open_now else "same"
        found[kind] += squeezed(words or "")
        found["new"] += squeezed(words or "") if kind != "deletion" else ""

    def walk(element: ET.Element) -> None:
        if element.tag == f"{TEXT}change-start":
            open_now.append(kinds[element.attrib[f"{TEXT}change-id"]])
        elif element.tag == f"{TEXT}change-end":
            open_now.remove(kinds[element.attrib[f"{TEXT}change-id"]])
        elif element.tag not in _UNPRINTED:
            hear(element.text)
            for child in element:
                walk(child)
        hear(element.tail)

    walk(next(root.iter(f"{OFFICE}text")))
    authors = {author.text or "" for author in root.iter(f"{DC}creator")} - {"", "Pohjois-Savon ELY-keskus"}
    return {**found, "authors": ",".join(sorted(author for author in authors if "ELY" not in author))}


def pieces_in(data: bytes, change: str) -> list[str]:
    """The texts that a redline inserts or deletes, footnotes where they are called."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))
        notes = ET.fromstring(archive.read("word/footnotes.xml"))
    by_id = {note.attrib[f"{W}id"]: note for note in notes.iter(f"{W}footnote")}
    found: list[str] = []

    def walk(element: ET.Element, *, inside: bool) -> None:
        inside = inside or element.tag == f"{W}{change}"
        if inside and element.tag in {f"{W}t", f"{W}delText"}:
            found.append(element.text or "")
        if element.tag == f"{W}footnoteReference":
            walk(by_id[element.attrib[f"{W}id"]], inside=False)
        for child in element:
            walk(child, inside=inside)

    walk(root, inside=False)
    return found
