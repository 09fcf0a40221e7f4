"""A reviewer's DOCX read back: by clause, also when LibreOffice has saved it, and as edits of the right files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tender.cli.main import main
from tender.documents.docx import write_docx
from tender.documents.review import RemarkKind, read_review
from tender.errors import InputError, UsageError
from tender.language import Language
from tender.publishing.orders import Wanted
from tender.publishing.proposals import Verdict, apply, document_of, proposals
from tender.publishing.sides import new_side
from tests.house.sources import ROOT
from tests.tender.documents.pieces import clause, page_html
from tests.tender.documents.reviewer import DOCUMENT, RELATIONS, TYPES, Reviewer, changed, packed, unpacked

TODAY = date(2018, 10, 1)
CALL = "call-for-tenders"
OVERRIDE = "clauses/call-for-tenders/vat.fi.md"
OWN = "Hinnat ovat verottomia. Vero lisätään laskuun.\n\n- Verokanta on voimassa oleva.\n"
CONCEPT = "Tilaaja seuraa tuloksia\nneljännesvuosittain.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a clause of its own and one more paragraph in a text."""
    target = tmp_path_factory.mktemp("review") / "tender"
    shutil.copytree(ROOT / "examples" / "pohjois-savo", target)
    path = target / "tender.toml"
    text = re.sub(
        r"^languages( *)= \[.*\]", r'languages\1= ["fi"]', path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE
    )
    path.write_text(text, encoding="utf-8")
    (target / OVERRIDE).parent.mkdir(parents=True)
    (target / OVERRIDE).write_text(OWN, encoding="utf-8")
    concept = target / "texts" / "concept.fi.md"
    concept.write_text(f"{concept.read_text(encoding='utf-8').rstrip()}\n\n{CONCEPT}", encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def sent(folder: Path) -> bytes:
    """The call for tenders as it goes to the reviewer."""
    pages = new_side(str(folder), TODAY, Wanted((CALL,), (Language.FI,))).pages
    return write_docx(pages[CALL, Language.FI], created=TODAY)


@pytest.fixture(scope="module")
def returned(sent: bytes) -> bytes:
    """Two reviewers' file: words struck and written, a comment, a look, in a text, an own clause and a template."""
    lawyer = Reviewer(sent)
    lawyer.replace("neljännesvuosittain", "kuukausittain")
    lawyer.insert("Vero lisätään", " aina")
    lawyer.replace("Verokanta on", "Arvonlisäverokanta on")
    lawyer.comment("Suullisesti", "Entä puhelimitse?")
    other = Reviewer(lawyer.sent_back(), "Toinen")
    other.replace("eikä tarjousta tule laatia niiden varaan", "eikä tarjousta laadita niiden varaan")
    other.embolden("maksutta ja rajoituksetta")
    return other.sent_back()


EXPECTED = [
    ("buyer", "comment", "Juristi", "Entä puhelimitse?"),
    ("buyer", "deleted", "Toinen", "eikä tarjousta tule laatia niiden varaan"),
    ("buyer", "formatting", "Toinen", "maksutta ja rajoituksetta"),
    ("buyer", "inserted", "Toinen", "eikä tarjousta laadita niiden varaan"),
    ("concept", "deleted", "Juristi", "neljännesvuosittain"),
    ("concept", "inserted", "Juristi", "kuukausittain"),
    ("vat", "deleted", "Juristi", "Verokanta on"),
    ("vat", "inserted", "Juristi", " aina"),
    ("vat", "inserted", "Juristi", "Arvonlisäverokanta on"),
]


def listed(data: bytes) -> list[tuple[str, str, str, str]]:
    review = read_review(data, "kommentit.docx")
    return sorted((one.clause, one.kind.value, one.author, one.text) for one in review.remarks)


@pytest.mark.slow
def test_what_was_sent_has_no_remarks(sent: bytes) -> None:
    review = read_review(sent, "call.docx")
    assert (review.remarks, review.edits, review.language) == ((), (), "fi")
    assert {"cover", "buyer", "vat"} <= set(review.clauses)


def test_every_remark_is_listed_by_its_clause(returned: bytes) -> None:
    assert listed(returned) == EXPECTED
    review = read_review(returned, "kommentit.docx")
    assert {one.date for one in review.remarks} == {"2018-10-02T09:30:00Z"}
    comment = next(one for one in review.remarks if one.kind is RemarkKind.COMMENT)
    assert comment.about == "Suullisesti"
    monthly = next(one for one in review.remarks if one.text == "kuukausittain")
    assert monthly.about == "Tilaaja seuraa tuloksia …."


def test_edits_are_proposed_for_the_files_that_the_words_came_from(returned: bytes, folder: Path) -> None:
    review = read_review(returned, "kommentit.docx")
    document = document_of(review)
    assert document.id == CALL
    made = {one.edit.new: one for one in proposals(review, folder, document, Language.FI)}
    text = made["Tilaaja seuraa tuloksia kuukausittain."]
    assert (text.verdict, text.file, text.fresh) == (Verdict.EXACT, "texts/concept.fi.md", False)
    own = made["Hinnat ovat verottomia. Vero lisätään aina laskuun."]
    assert (own.verdict, own.file) == (Verdict.EXACT, OVERRIDE)
    template = next(one for one in made.values() if one.edit.clause == "buyer")
    assert (template.verdict, template.file) == (Verdict.EXACT, "clauses/call-for-tenders/buyer.fi.md")
    assert template.fresh
    assert "{{ buyer.name }}" in template.content, "the rest of the template's clause stays as it is"


@pytest.mark.slow
def test_only_with_apply_is_anything_written_and_the_page_then_says_it(
    returned: bytes, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "tender"
    shutil.copytree(folder, target)
    file = tmp_path / "kommentit.docx"
    file.write_bytes(returned)
    before = {path: path.read_bytes() for path in target.rglob("*.md")}
    dry = CliRunner().invoke(main, ["review", "read-back", str(file), str(target), "--json"])
    assert dry.exit_code == 0, dry.output
    assert {path: path.read_bytes() for path in target.rglob("*.md")} == before
    assert not any(one["applied"] for one in json.loads(dry.output)["proposals"])
    wet = CliRunner().invoke(main, ["review", "read-back", str(file), str(target), "--apply", "--language", "fi"])
    assert wet.exit_code == 0, wet.output
    assert "Kirjoitettu: texts/concept.fi.md" in wet.output
    assert (target / OVERRIDE).read_text(encoding="utf-8") == (
        "Hinnat ovat verottomia. Vero lisätään aina laskuun.\n\n- Arvonlisäverokanta on voimassa oleva.\n"
    )
    page = new_side(str(target), TODAY, Wanted((CALL,), (Language.FI,))).pages[CALL, Language.FI]
    assert "Tilaaja seuraa tuloksia kuukausittain." in page
    assert "eikä tarjousta laadita niiden varaan" in page
    again = json.loads(CliRunner().invoke(main, ["review", "read-back", str(file), str(target), "--json"]).output)
    assert all(one["verdict"] != "exact" for one in again["proposals"]), "what is applied cannot be applied twice"


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("{{ lipsum() }}", "a variable"),
        ("*korostus*", "emphasis"),
        ("# otsikko", "a heading"),
        ("{% raw %}", "a command"),
        ("+++", "front matter"),
    ],
)
def test_words_that_would_command_something_are_never_written(new: str, reason: str, sent: bytes, folder: Path) -> None:
    lawyer = Reviewer(sent)
    lawyer.replace("Hinnat ovat verottomia. Vero lisätään laskuun.", new)
    review = read_review(lawyer.sent_back(), "x.docx")
    made = proposals(review, folder, document_of(review), Language.FI)
    assert [one.verdict for one in made] == [Verdict.MARKED_UP], reason
    assert apply(made, folder) == ()


def test_words_with_variables_and_data_are_left_to_a_person(sent: bytes, folder: Path) -> None:
    lawyer = Reviewer(sent)
    lawyer.replace("pyytää tarjouksia tässä", "pyytää nyt tarjouksia tässä")
    lawyer.replace("Vuoden kapitaatiokorvaukset", "Yhden vuoden kapitaatiokorvaukset")
    review = read_review(lawyer.sent_back(), "x.docx")
    verdicts = {one.edit.clause: one.verdict for one in proposals(review, folder, document_of(review), Language.FI)}
    assert verdicts == {"price-points": Verdict.DATA, "buyer": Verdict.MARKED_UP}


def test_a_file_without_our_clauses_is_said(tmp_path: Path, folder: Path) -> None:
    page = write_docx(page_html(clause("jokin-muu", "<p>x</p>")), created=TODAY)
    with pytest.raises(UsageError) as error:
        document_of(read_review(page, "x.docx"))
    assert error.value.message == "review.no-clauses"


def test_innermost_changes_win_and_rows_carry_theirs() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t></w:r><w:ins w:id='1' w:author='A'><w:del w:id='2' w:author='B'><w:r><w:delText>b"
        "</w:delText></w:r></w:del></w:ins></w:p><w:tbl><w:tr><w:trPr><w:ins w:id='3' w:author='C'/></w:trPr><w:tc>"
        "<w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:moveTo w:id='4' w:author='D'><w:r><w:t>d</w:t>"
        "</w:r></w:moveTo></w:p>"
    )
    data = changed(
        write_docx(page_html(clause("one", "<p>x</p>")), created=TODAY),
        DOCUMENT,
        lambda text: text.replace("<w:sectPr>", f"{body}<w:sectPr>"),
    )
    remarks = read_review(data, "x.docx").remarks
    assert [(one.kind, one.author, one.text) for one in remarks] == [
        (RemarkKind.DELETED, "B", "b"),
        (RemarkKind.INSERTED, "C", "c"),
        (RemarkKind.MOVED, "D", "d"),
    ]


def test_a_change_in_a_footnote_belongs_to_the_clause_that_calls_it() -> None:
    html = page_html(
        clause("one", "<p>x</p>"), clause("two", '<p>Hinta<span class="footnote">Ilman veroa.</span></p>', number="2")
    )
    new = '<w:ins w:id="9" w:author="A"><w:r><w:t>aina</w:t></w:r></w:ins></w:p></w:footnote></w:footnotes>'
    data = changed(
        write_docx(html, created=TODAY),
        "word/footnotes.xml",
        lambda text: text.replace("</w:p></w:footnote></w:footnotes>", new),
    )
    review = read_review(data, "x.docx")
    assert [(one.clause, one.kind, one.text) for one in review.remarks] == [("two", RemarkKind.INSERTED, "aina")]


def with_part(name: str, content: bytes) -> bytes:
    return packed({**unpacked(write_docx(page_html(clause("one", "<p>x</p>")), created=TODAY)), name: content})


def with_text(part: str, old: str, new: str) -> bytes:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return changed(write_docx(page_html(clause("one", "<p>x</p>")), created=TODAY), part, edit)


def hostile() -> dict[str, tuple[bytes, str]]:
    """Files that must not be read, and the message of each."""
    link = '<Relationship Id="x" Type="http://a/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    end = "</Relationships>"
    return {
        "nothing": (b"", "guard.empty"),
        "not a ZIP": (b"%PDF-1.7", "guard.not-docx"),
        "a workbook": (
            with_text(TYPES, "wordprocessingml.document.main", "spreadsheetml.sheet.main"),
            "guard.not-docx",
        ),
        "a macro": (with_part("word/vbaProject.bin", b"x"), "guard.active-part"),
        "macro type": (with_text(TYPES, "openxmlformats-officedocument.wordprocessingml.document.main+xml",
                                 "ms-word.document.macroEnabled.main+xml"), "guard.active-part"),
        "an embedded object": (with_part("word/embeddings/a.xml", b"<a/>"), "guard.active-part"),
        "a template from elsewhere": (
            with_text(RELATIONS, end, link.format(kind="attachedTemplate", target="https://example.invalid/x.dotm")),
            "guard.external-link",
        ),
        "a picture from elsewhere": (
            with_text(RELATIONS, end, link.format(kind="image", target="https://example.invalid/x.png")),
            "guard.external-link",
        ),
        "a link to a file": (
            with_text(RELATIONS, end, link.format(kind="hyperlink", target="file:///etc/passwd")),
            "guard.external-link",
        ),
        "entities": (
            with_text(DOCUMENT, "<w:document", '<!DOCTYPE a [<!ENTITY b "c">]><w:document'),
            "guard.xml-entities",
        ),
        "a field that fetches": (
            with_text(DOCUMENT, "<w:sectPr>", "<w:p><w:r><w:instrText> DDEAUTO c </w:instrText></w:r></w:p><w:sectPr>"),
            "guard.active-part",
        ),
        "broken XML": (with_text(DOCUMENT, "</w:body>", ""), "guard.broken-xml"),
        "too deep": (
            with_text(DOCUMENT, "<w:sectPr>", f"{'<w:sdt>' * 70}{'</w:sdt>' * 70}<w:sectPr>"),
            "guard.xml-too-much",
        ),
        "a bomb": (with_part("word/media/a.xml", b" " * 40_000_000), "guard.ratio"),
        "a path that leads out": (with_part("../a.xml", b"<a/>"), "guard.entry-path"),
    }  # fmt: skip


@pytest.mark.parametrize("name", hostile())
def test_hostile_files_are_refused_with_their_reason(name: str) -> None:
    data, message = hostile()[name]
    with pytest.raises(InputError) as error:
        read_review(data, "kommentit.docx")
    assert error.value.message == message


def test_a_link_to_the_web_is_harmless(sent: bytes) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = (
        f'<Relationship Id="x" Type="{kind}" Target="https://example.invalid" TargetMode="External"/></Relationships>'
    )
    assert read_review(changed(sent, RELATIONS, lambda text: text.replace("</Relationships>", link)), "x").remarks == ()


@pytest.mark.slow
def test_libreoffice_saves_it_again_and_the_list_is_the_same(returned: bytes, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "call.docx").write_bytes(returned)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "in" / "call.docx")], capture_output=True, check=True, timeout=180)
    saved = (tmp_path / "call.docx").read_bytes()
    assert saved != returned
    assert listed(saved) == EXPECTED
    review = read_review(saved, "call.docx")
    assert (document_of(review).id, review.language) == (CALL, "fi")
