"""Texts in the declared languages, in the file and beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tender.errors import Place
from tender.language import Text
from tender.reading import read_tender
from tender.reading.edit import edited
from tender.reading.file import read_text
from tender.reading.texts import loader, no_files
from tests.tender.reading.folders import changed, folder, found, reading

TWO = ('languages = ["fi"]', 'languages = ["fi", "sv"]')


def test_every_required_text_must_be_in_every_language() -> None:
    """Declaring a language shows at once everything that is to be translated."""
    findings = found(TWO)
    assert {finding.rule for finding in findings} == {"text.missing-language"}
    assert {finding.values["languages"] for finding in findings} == {"sv"}
    fields = {finding.field for finding in findings}
    assert {"title", "buyer.name", "procedure.steps[0]", "award.criteria[1].criteria[0].scale[2].description"} <= fields
    assert "buyer.unit" not in fields, "an optional text that is absent altogether is fine"
    assert "prices.capitation.reason" in fields, "an optional text that is there must be there in every language"


@pytest.mark.slow
def test_a_translated_tender_has_nothing_missing() -> None:
    """Each finding names the text to write; when all are written, none is left, and nothing else has changed."""
    wanted = {f"{finding.field}.sv": "på svenska" for finding in found(TWO)}
    translated = read_text(edited(changed(TWO), wanted))
    assert translated.findings == ()
    assert translated.tender is not None
    assert translated.tender.award.criteria[1].criteria[0].scale[2].description == Text("tyydyttävä", "på svenska")


def test_a_text_in_a_language_that_is_not_declared_is_fine() -> None:
    """Words that nobody asked for do no harm."""
    got = reading(('name = { fi = "Esimerkkiostaja" }', 'name = { fi = "Esimerkkiostaja", en = "Buyer" }'))
    assert got.findings == ()
    assert got.tender is not None
    assert got.tender.buyer.name == Text(fi="Esimerkkiostaja", en="Buyer")


@pytest.mark.parametrize(
    ("written", "rule", "broken"),
    [
        ("{}", "text.missing-language", {"buyer.name"}),
        ('{ fi = "" }', "text.missing-language", {"buyer.name"}),
        ('{ fi = "  \\n" }', "text.missing-language", {"buyer.name"}),
        ('{ en = "Buyer" }', "text.missing-language", {"buyer.name"}),
        ("{ fi = 5 }", "field.type", {"buyer.name.fi", "buyer.name"}),
        ("5", "field.type", {"buyer.name"}),
        ('""', "field.type", {"buyer.name"}),
        ('["Esimerkkiostaja"]', "field.type", {"buyer.name"}),
        ('{ FI = "Esimerkkiostaja" }', "field.unknown", set()),
        ('{ suomi = "Esimerkkiostaja" }', "field.unknown-here", {"buyer.name"}),
        ('{ fi = "Esimerkki\\u0007ostaja" }', "field.characters", set()),
        ('"Esimerkkiostaja"', "field.type", set()),
    ],
)
def test_each_mistake_in_a_text_is_one_finding(written: str, rule: str, broken: set[str]) -> None:
    """Blank is missing; a bare string is taken for the language that prevails."""
    got = reading(('name = { fi = "Esimerkkiostaja" }', f"name = {written}"))
    assert [finding.rule for finding in got.findings] == [rule]
    assert got.broken == broken
    assert got.tender is not None
    if not broken:
        assert got.tender.buyer.name == Text(fi="Esimerkkiostaja")


def test_two_missing_languages_are_one_finding() -> None:
    """One text, one finding, whatever it lacks."""
    findings = found(('languages = ["fi"]', 'languages = ["fi", "sv", "en"]'))
    assert {finding.values["languages"] for finding in findings if finding.field == "title"} == {"sv, en"}
    assert len({finding.field for finding in findings}) == len(findings)


def test_unknown_languages_leave_texts_alone() -> None:
    """When the languages themselves cannot be read, no text is blamed for lacking one."""
    assert [finding.rule for finding in found(('languages = ["fi"]', "languages = 5"))] == ["field.type"]
    assert [finding.rule for finding in found(('languages = ["fi"]\n', ""))] == ["field.missing"]


TEXTS = ("synthetic = true", 'synthetic = true\ntexts = ["concept"]')


def with_files(path: Path, files: dict[str, bytes], *pairs: tuple[str, str]) -> Path:
    """A tender folder with texts beside its file."""
    (path / "texts").mkdir()
    for name, data in files.items():
        (path / "texts" / name).write_bytes(data)
    return folder(path, changed(TEXTS, *pairs))


def test_texts_are_read_from_beside_the_file(tmp_path: Path) -> None:
    """Line ends are made plain, so that the same text gives the same document everywhere."""
    got = read_tender(with_files(tmp_path, {"concept.fi.md": b"\xef\xbb\xbf# Malli\r\n\r\nTeksti \xc3\xa4.\r\n"}))
    assert got.findings == ()
    assert got.tender is not None
    assert got.tender.texts == {"concept": Text(fi="# Malli\n\nTeksti ä.\n")}


def test_a_missing_text_file_is_one_finding_with_its_name(tmp_path: Path) -> None:
    """The name of the file that is wanted is the advice."""
    got = read_tender(with_files(tmp_path, {}))
    (finding,) = got.findings
    assert (finding.rule, finding.field) == ("text.file-missing", "texts[0]")
    assert finding.values["files"] == "texts/concept.fi.md"
    assert got.tender is not None
    assert got.tender.texts == {"concept": Text()}


def test_a_blank_text_file_is_missing(tmp_path: Path) -> None:
    """A blank is never words."""
    (finding,) = read_tender(with_files(tmp_path, {"concept.fi.md": b" \n"})).findings
    assert finding.rule == "text.file-missing"


@pytest.mark.parametrize(
    ("data", "rule", "place"),
    [
        (b"# a\nb \xff c", "file.encoding", Place("texts/concept.fi.md", 2, 3)),
        (b"a\x00b", "file.characters", Place("texts/concept.fi.md")),
        (b"x" * (512 * 1024 + 1), "file.too-large", Place("texts/concept.fi.md")),
    ],
)
def test_a_bad_text_file_is_one_finding_at_its_place(tmp_path: Path, data: bytes, rule: str, place: Place) -> None:
    """The finding names the text file, not the tender file."""
    (finding,) = read_tender(with_files(tmp_path, {"concept.fi.md": data})).findings
    assert (finding.rule, finding.place, finding.field) == (rule, place, "texts[0]")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b", "..", "C:x", "Concept"])
def test_an_id_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """Only ids are taken, never paths."""
    (tmp_path / "secret.fi.md").write_text("secret")
    home = tmp_path / "tender"
    home.mkdir()
    (home / "texts").mkdir()
    got = read_tender(folder(home, changed((TEXTS[0], f'synthetic = true\ntexts = ["{name}"]'))))
    assert [finding.rule for finding in got.findings] == ["field.format"]
    assert got.tender is not None
    assert got.tender.texts == {}


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A text that is a link to elsewhere would publish what lies there."""
    (tmp_path / "secret.md").write_text("secret")
    home = tmp_path / "tender"
    home.mkdir()
    with_files(home, {})
    (home / "texts" / "concept.fi.md").symlink_to(tmp_path / "secret.md")
    got = read_tender(home)
    assert [finding.rule for finding in got.findings] == ["file.outside"]
    assert got.tender is not None
    assert got.tender.texts == {"concept": Text()}


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        ('"concept"', ["field.type"]),
        ('["concept", "concept"]', ["field.duplicate"]),
        ("[1]", ["field.type", "text.file-missing"]),
        ("5", ["field.type"]),
        ("{ a = 1 }", ["field.type"]),
        ("[]", []),
    ],
)
def test_odd_lists_of_texts_are_findings(tmp_path: Path, written: str, rules: list[str]) -> None:
    """The list of ids is a list like any other."""
    home = with_files(tmp_path, {"concept.fi.md": b"x"})
    folder(home, changed((TEXTS[0], f"synthetic = true\ntexts = {written}")))
    got = read_tender(home)
    assert [finding.rule for finding in got.findings] == rules


def test_without_a_folder_there_are_no_words() -> None:
    """Reading from a text alone finds no files."""
    assert no_files("concept", "texts[0]").text == Text()


def test_the_loader_takes_every_language(tmp_path: Path) -> None:
    """Words in a language that is not declared are kept too."""
    home = with_files(tmp_path, {"concept.fi.md": b"fi", "concept.sv.md": b"sv", "concept.de.md": b"de"})
    assert loader(home)("concept", "texts[0]").text == Text(fi="fi", sv="sv")
