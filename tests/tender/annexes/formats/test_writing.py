"""All formats together: the same figures in each, every file listed, nothing unasked, the same bytes."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from itertools import product
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from tender.annexes.formats.codelists import languages_of
from tender.annexes.formats.dcat import RECORD
from tender.annexes.formats.guide import Issue
from tender.annexes.formats.package import DESCRIPTOR, write_package
from tender.annexes.formats.phrases import labels
from tender.annexes.formats.readme import write_readme
from tender.annexes.formats.writing import write_all
from tender.language import Language
from tender.model.annex import Annex, AnnexCell, AnnexTable, CellStatus, Protected
from tender.model.open_data import Guard
from tests.tender.annexes.formats.annexes import annexes, sample_annex
from tests.tender.annexes.formats.test_px import plain, read_px

DAY = date(2018, 11, 5)
SAMPLE = sample_annex()
Figures = dict[tuple[str, ...], int | None]
"""Values by codes."""

Labelled = dict[tuple[str, ...], int | None]
"""Values by labels."""


@cache
def written(version: int | None = None) -> Mapping[str, bytes]:
    """The sample in all formats, written once."""
    return write_all(SAMPLE, DAY, version=version)


def number(text: str) -> int | None:
    return int(text) if text.strip('".') else None


def by_codes(table: AnnexTable, values: list[int | None]) -> Figures:
    places = product(*([category.code for category in axis.categories] for axis in table.axes))
    return dict(zip(places, values, strict=True))


def in_csv(files: Mapping[str, bytes], table: AnnexTable) -> Figures:
    rows = csv.DictReader(files[f"{table.id}.csv"].decode().splitlines())
    return {tuple(row[axis.id] for axis in table.axes): number(row["value"]) for row in rows}


def in_px(files: Mapping[str, bytes], table: AnnexTable) -> Figures:
    _, cells = read_px(files[f"px/{table.id}.px"])
    return by_codes(table, [number(cell) for cell in cells])


def in_jsonstat(files: Mapping[str, bytes], table: AnnexTable, language: Language) -> Figures:
    found = json.loads(files[f"json-stat/{table.id}.{language.value}.json"])
    codes = [found["dimension"][axis]["category"]["index"] for axis in found["id"]]
    return dict(zip(product(*codes), found["value"], strict=True))


def in_workbook(files: Mapping[str, bytes], language: Language) -> dict[str, tuple[Figures, Labelled]]:
    """Values of each table of the tidy sheet, by codes and by labels."""
    sheet = openpyxl.load_workbook(BytesIO(files[f"open-data.{language.value}.xlsx"])).worksheets[-2]
    heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    last = len(heads) - (5 if heads[-1] == "SYNTHETIC" else 4)
    found: dict[str, tuple[Figures, Labelled]] = {}
    for row in rows:
        codes = tuple(str(code) for code in row[1:last:2] if code is not None)
        words = tuple(str(word) for word in row[2:last:2] if word is not None)
        figures, labelled = found.setdefault(str(row[0]), ({}, {}))
        figures[codes] = labelled[words] = None if row[last] is None else int(str(row[last]))
    return found


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(annexes())
def test_every_format_tells_the_same_cell_by_cell(annex: Annex) -> None:
    """CSV, PX, JSON-stat and XLSX read back, in each language."""
    files = write_all(annex, DAY)
    for language in languages_of(annex):
        sheets = in_workbook(files, language)
        for table in annex.tables:
            figures = by_codes(table, [cell.value for cell in table.cells])
            assert in_csv(files, table) == in_px(files, table) == in_jsonstat(files, table, language) == figures
            assert len(sheets[table.id][0]) == len(figures)
            assert list(sheets[table.id][0].values()) == list(figures.values())


@pytest.mark.parametrize("language", Language)
def test_labels_lead_to_the_same_figures_in_each_language(language: Language) -> None:
    """PX and XLSX by their own words, in the sample whose axes come in one order."""
    annex = sample_annex()
    files = write_all(annex, DAY)
    mark = "" if language is Language.FI else language.value
    for table in annex.tables:
        keys, cells = read_px(files[f"px/{table.id}.px"])
        names = keys.get(("STUB", mark, ""), []) + keys["HEADING", mark, ""]
        words = product(*(keys["VALUES", mark, name] for name in names))
        expected = product(*([plain(one) for one in labels(axis, language)] for axis in table.axes))
        labelled = dict(zip(words, [number(cell) for cell in cells], strict=True))
        assert list(labelled) == list(expected)
        assert in_workbook(files, language)[table.id][1] == labelled


def test_the_folder_has_all_formats_in_the_languages_asked_for() -> None:
    """By default all of the annex's; the package and PX files always have all."""
    names = set(written())
    package = set(write_package(sample_annex()))
    tables = ("stock", "inflow", "hours")
    stems = [("README", "txt"), ("open-data", "xlsx"), *((f"json-stat/{table}", "json") for table in tables)]
    spoken = {f"{stem}.{one.value}.{end}" for one in Language for stem, end in stems}
    assert names == package | spoken | {f"px/{table}.px" for table in tables} | {RECORD}
    one = set(write_all(sample_annex(), DAY, (Language.SV,), 2))
    assert one == {name for name in names if ".fi." not in name and ".en." not in name}


def record_of(files: Mapping[str, bytes]) -> Any:
    return json.loads(files[RECORD])


def test_the_catalogue_record_lists_every_file_with_its_hash() -> None:
    """What DCAT-AP makes mandatory, and a distribution for each file but the read-me files."""
    files = written(3)
    record = record_of(files)
    found = {one["dcat:accessURL"]["@id"]: one for one in record["dcat:distribution"]}
    assert set(found) == {name for name in files if not name.endswith(".txt")} - {RECORD}
    for name, one in found.items():
        assert one["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(files[name]).hexdigest()
        assert one["dcat:byteSize"]["@value"] == str(len(files[name]))
        assert one["dct:license"]["@id"].endswith("/licence/CC_BY_4_0")
    assert {title["@language"] for title in record["dct:title"]} == {"fi", "sv", "en"}
    assert {one["@language"] for one in record["dct:description"]} == {"fi", "sv", "en"}
    assert record["dcat:version"] == "3"
    assert {page["@id"] for page in record["foaf:page"]} == {f"README.{one}.txt" for one in ("fi", "sv", "en")}
    assert "dcat:version" not in record_of(written())


@pytest.mark.parametrize("language", Language)
def test_the_read_me_names_every_file_and_fits_a_narrow_window(language: Language) -> None:
    """Tables, symbols, licence, how to check; no line wider than 100 characters but for an address."""
    files = written(3)
    text = files[f"README.{language.value}.txt"].decode()
    for needed in ("stock.csv", "inflow.csv", DESCRIPTOR, "px/*.px", RECORD, "valinta annex audit", "CC BY 4.0",
                   "SYNTHETIC", f"open-data.{language.value}.xlsx"):  # fmt: skip
        assert needed in text
    assert max(map(len, text.splitlines())) <= 100
    assert "{" not in text


def test_made_up_data_says_so_in_every_file() -> None:
    """Unpacked where it is packed."""
    files = written()
    for name, data in files.items():
        if name.endswith(".xlsx"):
            book = openpyxl.load_workbook(BytesIO(data))
            assert all("SYNTHETIC" in str(sheet.oddHeader and sheet.oddHeader.center.text) for sheet in book)
        else:
            assert b"SYNTHETIC" in data, name


def rounded_annex() -> Annex:
    """The sample, rounded instead of hidden."""
    annex = sample_annex()
    tables = tuple(
        replace(table, cells=tuple(AnnexCell(cell.at, cell.value or 0, CellStatus.ROUNDED) for cell in table.cells))
        for table in annex.tables
    )
    protected = Protected(Guard.ROUND, 5, 10, 5, "ab" * 32, 0, 3, 112, proven=False, gap=25)
    return replace(annex, protected=protected, tables=tables)


def test_rounding_is_told_with_its_figures() -> None:
    """Base, changes, the seed's hash and the gap that is left."""
    issue = Issue(rounded_annex(), DAY)
    texts = {one.value: write_readme(issue, one).decode() for one in Language}
    for text in texts.values():
        flat = " ".join(text.split())
        assert "ab" * 32 in flat
        assert "112" in flat
    assert "lukuja 1–4 ei ole jäljellä" in " ".join(texts["fi"].split())
    assert "2,5 %" in texts["sv"]
    assert "2.5 %" in texts["en"]


def test_the_same_annex_gives_the_same_bytes() -> None:
    """Every file of the folder."""
    assert write_all(sample_annex(), DAY) == written()


def unpacked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every byte that is published: workbooks by their parts."""
    found: dict[str, bytes] = {}
    for name, data in files.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(BytesIO(data)) as archive:
                found |= {f"{name}!{part}": archive.read(part) for part in archive.namelist()}
        else:
            found[name] = data
    return found


def test_no_byte_tells_what_is_hidden() -> None:
    """Counts like no other are planted and hidden: no file has them; the same search finds them when shown."""
    secret = 918273645
    table = SAMPLE.table("hours")
    cells = tuple(AnnexCell(cell.at, secret + at, CellStatus.SHOWN) for at, cell in enumerate(table.cells))
    shown = replace(SAMPLE, tables=(replace(table, cells=cells),))
    hidden = replace(
        SAMPLE, tables=(replace(table, cells=tuple(AnnexCell(c.at, None, CellStatus.HIDDEN) for c in cells)),)
    )
    signs = [str(cell.value).encode() for cell in cells]
    told = [name for name, data in unpacked(write_all(shown, DAY)).items() if any(sign in data for sign in signs)]
    assert {name.rpartition(".")[2] for name in told} == {"csv", "px", "json", "xml"}
    assert not any(sign in data for data in unpacked(write_all(hidden, DAY)).values() for sign in signs)
