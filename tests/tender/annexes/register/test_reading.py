"""Extracts of every kind are read the same; what does not do is named by line, column and reason, and never counted."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tender.annexes.register.columns import Kind, columns
from tender.annexes.register.counting import count_tables
from tender.annexes.register.register import extract_in, read_register
from tender.errors import BlockedError, Finding, InputError, Place, Severity, UsageError
from tender.language import Language
from tender.model.open_data import Breakdown as By
from tender.model.open_data import Quantity as Of
from tender.sheets import Cell, Sheet, Style, Workbook, write_workbook
from tender.words import words
from tests.tender.annexes.register.registers import Spell, as_csv, judged, ordered, table, written

TENDER = ordered(table(Of.STOCK, By.MUNICIPALITY, By.OCCUPATION), table(Of.HOURS, By.GROUP))
ROWS = [
    Spell("a", occupation="5223"),
    Spell("b", "Lapinlahti", "HARD", "male", started=date(2019, 7, 1), ended=date(2019, 9, 30),
          destination="open-work", hours=120),
    Spell("c", occupation="x", started=date(2018, 1, 1)),
]  # fmt: skip


def counts(path: Path) -> list[dict[tuple[str, ...], tuple[int, int]]]:
    """What the register in `path` counts, zeros left out."""
    with read_register(path, TENDER, path.parent) as register:
        found = count_tables(register, TENDER)
    return [{at: (cell.persons, cell.amount) for at, cell in one.cells.items() if cell.persons} for one in found]


def parquet(folder: Path, select: str = "*") -> Path:
    """The rows as Parquet, by way of a CSV whose types DuckDB guesses as pandas would."""
    import duckdb

    path = folder / "spells.parquet"
    source = written(folder, ROWS, "source.txt")
    duckdb.sql(f"COPY (SELECT {select} FROM read_csv('{source}', header = true)) TO '{path}' (FORMAT parquet)")
    return path


def sheet_value(name: str, text: str) -> str | Decimal | None:
    """Days and numbers as spreadsheets keep them."""
    if columns()[name].kind is Kind.DATE and text:
        return Decimal((date.fromisoformat(text) - date(1899, 12, 30)).days)
    return Decimal(text) if columns()[name].kind is Kind.INTEGER and text else text or None


def xlsx(folder: Path) -> Path:
    """The rows as a workbook with real days."""
    heads = list(Spell().fields())
    lines: list[list[str | Decimal | None]] = [list(heads)]
    lines += [[sheet_value(name, text) for name, text in spell.fields().items()] for spell in ROWS]
    cells = tuple(
        Cell(f"{chr(65 + column)}{row}", value, Style())
        for row, line in enumerate(lines, start=1)
        for column, value in enumerate(line)
        if value is not None
    )
    path = folder / "spells.xlsx"
    book = Workbook("Register", "Register", "fi-FI", date(2020, 3, 1), (Sheet("Jaksot", cells),))
    path.write_bytes(write_workbook(book))
    return path


def test_every_kind_of_file_counts_the_same(tmp_path: Path) -> None:
    """CSV with commas or semicolons and a byte order mark, Parquet as text or typed, XLSX with real days."""
    expected = counts(written(tmp_path, ROWS))
    assert expected[0]["siilinjarvi", "5"] == (1, 1)
    assert expected[0]["siilinjarvi", "X"] == (1, 1)
    assert expected[1]["hard",] == (1, 120)
    semicolons = tmp_path / "semicolons.csv"
    semicolons.write_text("\ufeff" + as_csv(ROWS, ";").replace("\n", "\r\n"), encoding="utf-8")
    assert counts(semicolons) == expected
    assert counts(parquet(tmp_path)) == expected
    assert counts(parquet(tmp_path, "* REPLACE (hours::DOUBLE AS hours, started::TIMESTAMP AS started)")) == expected
    assert counts(xlsx(tmp_path)) == expected


def test_a_windows_file_is_read_and_said(tmp_path: Path) -> None:
    """cp1252 is understood, and the officer is told to look at the letters."""
    path = tmp_path / "spells.csv"
    path.write_bytes(as_csv([replace(ROWS[0], municipality="Siilinjärvi")]).encode("cp1252"))
    register = judged(path, TENDER)
    assert (register.kept, [one.rule for one in register.findings]) == (1, ["register.encoding"])


FAULTS: dict[str, tuple[dict[str, str], str, str]] = {
    "blank": ({"sex": ""}, "register.blank", "sex"),
    "code": ({"education": "doctor"}, "register.code", "education"),
    "no such day": ({"started": "2019-02-29"}, "register.date", "started"),
    "american day": ({"started": "12/31/2019"}, "register.date", "started"),
    "decimal": ({"birth_year": "1980.5"}, "register.integer", "birth_year"),
    "range": ({"ended": "2019-07-31", "destination": "open-work", "hours": "8785"}, "register.range", "hours"),
    "group": ({"group": "nobody"}, "register.group", "group"),
    "occupation": ({"occupation": "welder"}, "register.occupation", "occupation"),
    "order": ({"ended": "2019-05-31", "destination": "outside"}, "register.order", "ended"),
    "open": ({"destination": "outside"}, "register.still-open", "destination"),
    "no destination": ({"ended": "2019-07-31"}, "register.no-destination", "destination"),
    "hours": ({"hours": "10"}, "register.hours-elsewhere", "hours"),
    "unborn": ({"birth_year": "2050"}, "register.birth-year", "birth_year"),
    "mark": ({"synthetic": "maybe"}, "register.mark", "synthetic"),
    "municipality": ({"municipality": ""}, "register.blank", "municipality"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_row_is_named_by_line_and_column(tmp_path: Path, fault: str) -> None:
    """One planted fault, one finding at its cell; the row is left out only when that is accepted, and then counted."""
    changes, rule, column = FAULTS[fault]
    fields = [ROWS[0].fields(), {**ROWS[0].fields(), "client": "SECRET-7", **changes}]
    path = tmp_path / "spells.csv"
    lines = [list(fields[0]), *(list(one.values()) for one in fields)]
    path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
    with pytest.raises(BlockedError) as caught, read_register(path, TENDER, tmp_path):
        pass
    (finding,) = caught.value.findings
    assert (finding.rule, finding.place) == (rule, Place("spells.csv", 3, list(fields[0]).index(column) + 1))
    for language in Language:
        said = words(language).finding(finding).text
        assert "SECRET-7" not in said
        assert column != "birth_year" or changes[column] not in said
    register = judged(path, TENDER)
    assert (register.rows, register.kept, register.refused) == (2, 1, 1)
    assert [one.severity for one in register.findings] == [Severity.WARN]


def test_rows_are_never_dropped_in_silence(tmp_path: Path) -> None:
    """Ragged rows, double rows and rows of other areas: rows = kept + refused + outside."""
    path = tmp_path / "spells.csv"
    text = as_csv([ROWS[0], ROWS[1], ROWS[0], replace(ROWS[2], municipality="Kuopio")])
    path.write_text(text + "only,three,fields\n", encoding="utf-8")
    register = judged(path, TENDER)
    assert (register.rows, register.kept, register.refused, register.outside) == (5, 2, 2, 1)
    found = {one.rule: one for one in register.findings}
    assert found["register.width"].place == Place("spells.csv", 6)
    assert found["register.twice"].place == Place("spells.csv", 4, 1)
    assert found["register.outside"].values["found"] == "kuopio"


def test_many_bad_rows_are_listed_and_then_counted(tmp_path: Path) -> None:
    """Fifty by line; of the rest only how many."""
    spells = [replace(ROWS[0], client=f"c{number}", sex="?") for number in range(60)]
    with pytest.raises(BlockedError) as caught, read_register(written(tmp_path, spells), TENDER, tmp_path):
        pass
    assert [one.rule for one in caught.value.findings] == ["register.code"] * 50 + ["register.more"]
    assert caught.value.findings[-1].values["count"] == "10"
    assert caught.value.values["refused"] == "60"


def test_notes_on_a_good_file(tmp_path: Path) -> None:
    """Unused columns, overlapping spells and hours that are not known yet are told, with no value of a person."""
    spells = [
        Spell("a"), Spell("a", started=date(2019, 8, 1)),
        Spell("b", ended=date(2019, 7, 1), destination="open-work"),
    ]  # fmt: skip
    text = as_csv(spells).splitlines()
    path = tmp_path / "spells.csv"
    path.write_text("\n".join(f"{line},{'hetu' if not at else '010180-123A'}" for at, line in enumerate(text)))
    register = judged(path, TENDER)
    found = {one.rule: one for one in register.findings}
    assert found["register.unused"].values == {"found": "hetu", "count": "1"}
    assert found["register.overlap"].values == {"count": "1"}
    assert found["register.hours-unknown"].values == {"count": "1"}
    assert not any("010180" in str(one) for one in register.findings)


def test_the_mark_of_a_synthetic_register_is_all_or_nothing(tmp_path: Path) -> None:
    """Every row says it, or none: a mixed register is refused."""
    marked = [replace(one, synthetic="SYNTHETIC") for one in ROWS]
    assert judged(written(tmp_path, marked), TENDER).synthetic
    assert not judged(written(tmp_path, ROWS), TENDER).synthetic
    with pytest.raises(InputError, match=r"register\.mixed"):
        judged(written(tmp_path, [marked[0], *ROWS[1:]]), TENDER)


def refused(path: Path) -> tuple[str, Place | None]:
    """The error that `path` meets, and where."""
    with pytest.raises((InputError, UsageError)) as caught, read_register(path, TENDER, path.parent):
        pass
    return caught.value.message, caught.value.place


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Each with one error that names the place; nothing is left behind in the folder."""
    path = tmp_path / "spells.csv"
    good = as_csv(ROWS)
    for text, error in (
        (b"", ("guard.empty", Place("spells.csv"))),
        (good.replace("sex", "gender").encode(), ("register.no-column", Place("spells.csv", 1))),
        (good.replace("synthetic", "client").encode(), ("register.column-twice", Place("spells.csv", 1, 12))),
        (good.encode() + b'"a"b,', ("register.broken-csv", Place("spells.csv", 5))),
        (good.encode() + b"\x81\xff", ("register.unknown-encoding", Place("spells.csv"))),
        (as_csv([]).encode(), ("register.empty", Place("spells.csv"))),
    ):
        path.write_bytes(text)
        assert refused(path) == error
    broken = tmp_path / "spells.parquet"
    broken.write_bytes(b"PAR1 but nothing more")
    assert refused(broken)[0] == "register.broken-parquet"
    (tmp_path / "spells.xlsx").write_bytes(b"PK no workbook")
    assert refused(tmp_path / "spells.xlsx")[0].startswith("guard.")
    assert refused(tmp_path / "spells.ods")[0] == "register.no-file"
    assert not list(tmp_path.glob(".counting-*"))


def test_hostile_fields_stay_fields(tmp_path: Path) -> None:
    """SQL, paths and line breaks in fields are text: they are judged like any other, and the tables stand."""
    evil = ["'; DROP TABLE spells; --", "read_csv('/etc/passwd')", '=cmd|"/c calc"!A1', "two\nlines", "\x00"]
    spells = [replace(ROWS[0], client=f"{text}{number}", occupation=text) for number, text in enumerate(evil)]
    register = judged(written(tmp_path, [*spells, ROWS[0]]), TENDER)
    assert (register.kept, register.refused) == (1, 5)


def test_the_engine_cannot_leave_its_folder(tmp_path: Path) -> None:
    """No other file, no network, no setting can be reached once it is open."""
    import duckdb

    from tender.annexes.register.engine import engine

    outside = tmp_path / "outside.csv"
    outside.write_text("secret\n1\n")
    with engine(tmp_path / "private") as opened:
        for sql in (
            f"SELECT * FROM read_csv('{outside}')",
            f"COPY (SELECT 1) TO '{outside}'",
            "SET enable_external_access = true",
            "INSTALL httpfs",
        ):
            with pytest.raises(duckdb.Error):
                opened.run(sql)
    assert outside.read_text() == "secret\n1\n"
    assert not list((tmp_path / "private").iterdir())


def test_the_extract_of_a_folder(tmp_path: Path) -> None:
    """Exactly one lies in private/register; notes beside it do not matter."""
    with pytest.raises(UsageError, match=r"register\.none"):
        extract_in(tmp_path)
    home = tmp_path / "private" / "register"
    home.mkdir(parents=True)
    (home / "notes.md").write_text("?")
    path = written(home, ROWS)
    assert extract_in(tmp_path) == path
    written(home, ROWS, "older.csv")
    with pytest.raises(UsageError, match=r"register\.many"):
        extract_in(tmp_path)


def test_the_engine_is_imported_only_when_it_works() -> None:
    """Help answers fast: naming the room does not load DuckDB."""
    code = "import sys, tender.annexes.register.counting; sys.exit('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_column_is_explained() -> None:
    """In three languages; codes of the register have words on the axes."""
    for column in columns().values():
        assert not column.meaning.missing(tuple(Language))
    for name in ("sex", "education", "destination"):
        assert all(f"annex.{name}.{code}" in words(Language.SV).terms for code in columns()[name].values)


def test_findings_of_the_register_have_words() -> None:
    """Rules make their ids from kinds; each has its words."""
    from tender.annexes.register.rules import rules

    for rule in rules():
        values = {"column": rule.column, "found": "?", "expected": rule.expected}
        for language in Language:
            assert words(language).finding(Finding(rule.id, Severity.BLOCK, rule.column, values)).text
