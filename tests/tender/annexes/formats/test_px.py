"""PX files, read back by two readers that are not ours: pyaxis, and one made from the format's own grammar."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pyaxis import pyaxis  # type: ignore[import-untyped]

from tender.annexes.formats.codelists import languages_of
from tender.annexes.formats.phrases import axis_labels, labels
from tender.annexes.formats.px import write_px
from tender.language import Language
from tender.model.annex import Annex, AnnexTable
from tests.tender.annexes.formats.annexes import annexes, sample_annex, with_label

DAY = date(2018, 11, 5)
KEYWORD = re.compile(r'([A-Z-]+\d?)(?:\[(\w\w)\])?(?:\("([^"]*)"\))?=((?:"[^"]*"|[^";])*);\s*')
"""One keyword of the PX grammar: name, language, variable, values; quotation marks cannot stand inside texts."""

Px = dict[tuple[str, str, str], list[str]]


def read_px(data: bytes) -> tuple[Px, list[str]]:
    """Keywords by name, language and variable, and the data; every byte must belong to one or the other."""
    head, _, cells = data.decode("utf-8").rpartition("DATA=\n")
    found: Px = {}
    at = 0
    while at < len(head):
        match = KEYWORD.match(head, at)
        assert match, head[at : at + 80]
        name, language, variable, values = match.groups()
        key = (name, language or "", variable or "")
        assert key not in found
        found[key] = re.findall(r'"([^"]*)"', values) or [values]
        at = match.end()
    assert cells.endswith(";\n")
    return found, cells.rstrip(";\n").split()


def plain(words: str) -> str:
    """Words as PX can hold them."""
    return words.replace('"', "”")


def expected(table: AnnexTable, language: Language) -> dict[tuple[str, ...], str]:
    """Cells by their labels, as text."""
    places = product(*([plain(one) for one in labels(axis, language)] for axis in table.axes))
    texts = ("..." if cell.value is None else str(cell.value) for cell in table.cells)
    return dict(zip(places, texts, strict=True))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(annexes())
def test_any_annex_is_read_back_by_the_grammar(annex: Annex) -> None:
    """Names, values, codes and cells in each language, whatever characters they have."""
    languages = languages_of(annex)
    for table in annex.tables:
        keys, cells = read_px(write_px(annex, table, DAY))
        assert cells == [('"..."' if cell.value is None else str(cell.value)) for cell in table.cells]
        assert keys["LANGUAGES", "", ""] == [language.value for language in languages]
        for language in languages:
            mark = "" if language is languages[0] else language.value
            names = keys.get(("STUB", mark, ""), []) + keys["HEADING", mark, ""]
            assert names == [plain(one) for one in axis_labels(table, language)]
            for axis, name in zip(table.axes, names, strict=True):
                assert keys["VALUES", mark, name] == [plain(one) for one in labels(axis, language)]
                assert keys["CODES", mark, name] == [plain(one.code) for one in axis.categories]
            assert keys["CONTENTS", mark, ""] == [plain(table.title.best(language))]
            assert ("SYNTHETIC" in keys["NOTE", mark, ""][0]) == annex.synthetic


def with_pyaxis(path: Path, language: Language) -> dict[tuple[str, ...], str]:
    """Cells by their labels, as pyaxis gives them; hidden ones are its own disclosure sign."""
    read = pyaxis.parse(str(path), encoding="utf-8", lang=language.value, sd_values=r'^"\.\.\."$')
    frame = read["DATA"].fillna("...")
    return {tuple(row[:-1]): row[-1] for row in frame.itertuples(index=False, name=None)}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "annex",
    [sample_annex(), with_label(sample_annex(synthetic=False), 'Siilinjärvi; "vanha" = 749, ä–ö, 100 % (osa)')],
    ids=["sample", "odd"],
)
def test_pyaxis_reads_the_same_cells(annex: Annex, language: Language, tmp_path: Path) -> None:
    """An independent reader, in each language, labels with semicolons and quotation marks included."""
    for table in annex.tables:
        path = tmp_path / f"{table.id}.px"
        path.write_bytes(write_px(annex, table, DAY))
        assert with_pyaxis(path, language) == expected(table, language)


def test_the_file_says_what_it_is() -> None:
    """What PxWeb asks of a file, and what a reader must know."""
    annex = sample_annex()
    keys, _ = read_px(write_px(annex, annex.table("stock"), DAY))
    for needed in ("MATRIX", "SUBJECT-CODE", "SUBJECT-AREA", "CONTENTS", "UNITS", "TITLE", "DECIMALS", "CODEPAGE"):
        assert keys[needed, "", ""] != [""]
    assert keys["CREATION-DATE", "", ""] == ["20181105 00:00"]
    assert keys["TITLE", "sv", ""][0].startswith("SYNTHETIC: Arbetslösa")
    assert "... = peitetty tietosuojan vuoksi" in keys["NOTE", "", ""][0]
    assert "CC-BY-4.0" in keys["SOURCE", "en", ""][0]
    assert keys["ELIMINATION", "sv", "Kommun"] == ["Totalt"]


def test_the_codepage_stands_where_pxweb_looks_for_it() -> None:
    """PxWeb reads at most a hundred lines, up to DATA, before it guesses an encoding."""
    annex = sample_annex()
    lines = write_px(annex, annex.table("stock"), DAY).decode().splitlines()
    assert 'CODEPAGE="utf-8";' in lines[:10]
