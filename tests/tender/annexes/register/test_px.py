"""PX files are read whole or refused: Statistics Finland's, our own writer's, broken and hostile ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tender.annexes.formats.px import write_px
from tender.annexes.register import px
from tender.annexes.register.px import read_px
from tender.errors import InputError
from tender.language import Language
from tender.model.annex import AnnexTable
from tests.tender.annexes.formats.annexes import annexes, sample_annex

SAMPLE = Path(__file__).parents[5] / "shared" / "samples" / "statfin_tyonv_12r5_eckero_2024.px"
"""A real file that is not part of the project: set VALINTA_SAMPLES to the folder that has it."""

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Whole annexes shrink for minutes."""

SMALL = """CHARSET="ANSI";
AXIS-VERSION="2010";
CODEPAGE="iso-8859-15";
LANGUAGE="fi";
LANGUAGES="fi","sv";
DECIMALS=1;
TITLE="Työttömät työnhakijat "
"muuttujina Alue ja Tiedot";
TITLE[sv]="Arbetslösa efter Område och Uppgifter";
STUB="Alue","Kuukausi";
STUB[sv]="Område","Månad";
HEADING="Tiedot";
HEADING[sv]="Uppgifter";
CONTVARIABLE="Tiedot";
VALUES("Alue")="Siilinjärvi","Lapinlahti";
VALUES[sv]("Område")="Siilinjärvi","Lapinlax; å";
CODES("Alue")="KU749","KU402";
VALUES("Kuukausi")="2018M05","2018M06";
VALUES[sv]("Månad")="2018M05","2018M06";
TIMEVAL("Kuukausi")=TLIST(M1),"201805","201806";
VALUES("Tiedot")="Työttömät (lkm.)","Osuus €";
VALUES[sv]("Uppgifter")="Arbetslösa","Andel €";
CODES("Tiedot")="N","P";
PRECISION("Tiedot","Osuus €")=1;
NOTE="Lähde; Tilastokeskus#CC BY 4.0";
DATA=
617.0 6.0 761.0 7.4
"..." ".." 438.0 -1.5 ;
"""


def small(old: str = "", new: str = "") -> bytes:
    """The small file, changed."""
    assert old in SMALL
    return SMALL.replace(old, new, 1).encode("iso-8859-15")


def test_a_file_like_those_of_statfin() -> None:
    """Code page, broken strings, languages, codes, times, hidden figures and a semicolon in a string."""
    table = read_px(small(), "small.px")
    assert table.languages == ("fi", "sv")
    assert table.titles["fi"] == "Työttömät työnhakijat muuttujina Alue ja Tiedot"
    area, month, content = table.dimensions
    assert (area.codes, area.labels["sv"]) == (("KU749", "KU402"), ("Siilinjärvi", "Lapinlax; å"))
    assert (month.codes, month.times) == (("2018M05", "2018M06"), ("201805", "201806"))
    assert content.labels["fi"] == ("Työttömät (lkm.)", "Osuus €")
    assert table.dimension("Uppgifter") is content
    cells = dict(table.cells())
    assert cells["KU749", "2018M06", "N"] == 761
    assert cells["KU402", "2018M06", "P"] == Decimal("-1.5")
    assert cells["KU402", "2018M05", "N"] is None
    assert table.signs == {4: "...", 5: ".."}


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample of StatFin is not beside the checkout")
def test_a_real_file_of_statistics_finland() -> None:
    """Table 12r5 of one municipality: 11 months × 23 figures, 61 of 253 hidden, in three languages (the facts)."""
    table = read_px(SAMPLE.read_bytes(), SAMPLE.name)
    assert table.languages == ("fi", "sv", "en")
    assert [len(one.codes) for one in table.dimensions] == [11, 23, 1]
    assert len(table.numbers) == 253
    assert list(table.signs.values()) == ["..."] * 61
    assert table.titles["fi"].startswith("12r5 -- Työttömät työnhakijat")
    assert table.dimension("Month") is table.dimensions[0]
    assert table.dimensions[0].times[0] == "202401"
    cells = dict(table.cells())
    assert cells["2024M01", "TYOTTOMATLOPUSSA", "KU043"] == 26
    assert cells["2024M01", "TYOTOSUUS", "KU043"] == Decimal("5.8")
    assert cells["2024M11", "UUDETAVP", "KU043"] is None
    counts = [value for at, value in cells.items() if value and "OSUUS" not in at[1]]
    assert min(counts) == 5, "the statistics hide 1 to 4"


def expected(table: AnnexTable) -> dict[tuple[str, ...], int | None]:
    """The cells of a published table; PX has no quotation marks inside strings."""
    return {tuple(code.replace('"', "”") for code in cell.at): cell.value for cell in table.cells}


@settings(max_examples=20, deadline=None, phases=NO_SHRINKING,
          suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])  # fmt: skip
@given(annexes())
def test_what_our_writer_writes_is_read_back(annex: object) -> None:
    """Any annex: the same codes, figures and blanks come back."""
    for table in annex.tables:  # type: ignore[attr-defined]
        found = read_px(write_px(annex, table, date(2018, 11, 5)), "table.px")  # type: ignore[arg-type]
        assert dict(found.cells()) == expected(table)


def test_a_written_table_keeps_its_words() -> None:
    """Labels in all three languages."""
    annex = sample_annex()
    table = annex.tables[0]
    found = read_px(write_px(annex, table, date(2018, 11, 5)), "table.px")
    assert set(found.languages) == set(Language)
    for axis, dimension in zip(table.axes, found.dimensions, strict=True):
        assert dimension.labels["sv"] == tuple(one.label.best(Language.SV) for one in axis.categories)


FAULTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "guard.empty"),
    "no PX at all": (b"PK\x03\x04 a workbook", "px.syntax"),
    "unknown encoding": (small("iso-8859-15", "klingon"), "px.encoding"),
    "not in its encoding": (small("iso-8859-15", "utf-8"), "px.encoding"),
    "cut off in the head": (small()[:400], "px.syntax"),
    "cut off in the data": (small().rstrip()[:-2], "px.syntax"),
    "a figure too few": (small(" 438.0", ""), "px.cells"),
    "a figure too many": (small("438.0", "438.0 438.0"), "px.cells"),
    "letters": (small("438.0", "many"), "px.number"),
    "no stub": (small('STUB="Alue","Kuukausi";\n', ""), "px.cells"),
    "neither stub nor heading": (b'TITLE="x";\nDATA=\n1;', "px.dimensions"),
    "a dimension twice": (small('HEADING="Tiedot"', 'HEADING="Alue"'), "px.dimensions"),
    "a code twice": (small('"KU749","KU402"', '"KU749","KU749"'), "px.values"),
    "codes too few": (small('"KU749","KU402"', '"KU749"'), "px.values"),
    "sparse": (small("DATA=", 'KEYS("Alue")=CODES;\nDATA='), "px.sparse"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_damaged_file_is_refused(fault: str) -> None:
    """With one message that names the file."""
    data, message = FAULTS[fault]
    with pytest.raises(InputError) as caught:
        read_px(data, "broken.px")
    assert caught.value.message == message
    assert caught.value.place is not None
    assert caught.value.place.file == "broken.px"


def test_the_line_of_a_mistake_is_named() -> None:
    """The statement that cannot be read, by its line."""
    with pytest.raises(InputError) as caught:
        read_px(small("DECIMALS=1;", "decimals are one;"), "broken.px")
    assert caught.value.place is not None
    assert caught.value.place.line in {5, 6}


def test_a_table_too_large_is_refused_before_its_cells_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The head alone tells how many there are."""
    monkeypatch.setattr(px, "MOST_CELLS", 7)
    with pytest.raises(InputError, match=r"px\.large"):
        read_px(small(), "large.px")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(SMALL) - 1), st.text(max_size=8))
def test_no_change_breaks_the_reader(at: int, planted: str) -> None:
    """Whatever is planted where: a table of eight cells, or one clear refusal."""
    data = (SMALL[:at] + planted + SMALL[at:]).encode("iso-8859-15", "replace")
    try:
        table = read_px(data, "planted.px")
    except InputError:
        return
    assert len(table.numbers) == len(list(table.cells()))
