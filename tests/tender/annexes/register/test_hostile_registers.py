"""Registers at their edges: days, numbers, letters, keys and types that no honest program would write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tender.annexes.register.counting import count_tables
from tender.annexes.register.register import Register, extract_in, read_register
from tender.errors import BlockedError, InputError, Place, Severity, UsageError
from tender.model.open_data import Breakdown as By
from tender.model.open_data import Quantity as Of
from tender.sheets import Cell, Sheet, Style, Workbook, write_workbook
from tests.tender.annexes.register.registers import FLOW_FROM, REFERENCE_DAY, Spell, as_csv, judged, ordered, table

TENDER = ordered(table(Of.STOCK, By.MUNICIPALITY), table(Of.INFLOW, By.MUNICIPALITY), table(Of.OUTFLOW, By.DESTINATION))
GOOD = Spell("good")
HEADS = list(GOOD.fields())


def rows_of(changes: Iterable[dict[str, str]]) -> str:
    """A good row on line 2, then one row for each of `changes`, of clients of their own."""
    base = GOOD.fields()
    lines = [base, *({**base, "client": f"c{number}", **one} for number, one in enumerate(changes))]
    return "\n".join([",".join(HEADS), *(",".join(line.values()) for line in lines)]) + "\n"


def read(folder: Path, text: str | bytes, name: str = "spells.csv") -> Register:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return judged(path, TENDER)


def faults(register: Register) -> list[tuple[str, int | None, int | None]]:
    """Rule, line and column of every finding at a line."""
    return [(f.rule, f.place.line, f.place.column) for f in register.findings if f.place and f.place.line]


def refused(path: Path) -> tuple[str, Place | None]:
    """The id of the error that `path` meets, and where."""
    with pytest.raises((InputError, UsageError)) as caught:
        judged(path, TENDER)
    return caught.value.message, caught.value.place


def test_days_are_days_of_the_calendar_in_two_ways_of_writing(tmp_path: Path) -> None:
    """ISO and Finnish days count; every other text, also one that a program would guess at, is named."""
    days = ["2019-06-01", "1.6.2019", "01.06.2019", "29.2.2020", "2020-02-29"]
    assert read(tmp_path, rows_of({"started": day} for day in days)).refused == 0
    no_days = [
        "2019-02-29", "29.2.2019", "31.6.2019", "0.6.2019", "2019-6-1", "2019-06-01T00:00:00", "2019/06/01", "43617",
        "6/1/2019", "1.6.19", "٢٠١٩-٠٦-٠١", "2019-13-01", "today", "2019-W22-6", "-2019-06-01", "2019-06-01 UTC",
    ]  # fmt: skip
    found = read(tmp_path, rows_of({"started": day} for day in no_days))
    assert (found.kept, found.refused) == (1, len(no_days))
    column = HEADS.index("started") + 1
    assert faults(found) == [("register.date", line, column) for line in range(3, 3 + len(no_days))]


@pytest.mark.parametrize(("born", "started", "rule"), [
    ("1909", "2019-06-01", ""), ("1908", "2019-06-01", "register.birth-year"), ("2019", "2019-06-01", ""),
    ("2020", "2019-12-31", "register.birth-year"), ("1899", "1999-01-01", "register.range"),
    ("1900", "1999-01-01", ""), ("2100", "2100-01-01", ""), ("2101", "2101-01-01", "register.range"),
    ("1980", "9999-12-31", "register.birth-year"), ("1980", "0001-01-01", "register.birth-year"),
    ("9999999999", "2019-06-01", "register.integer"), ("1980.0", "2019-06-01", "register.integer"),
    ("+1980", "2019-06-01", "register.integer"), ("１９８０", "2019-06-01", "register.integer"),
])  # fmt: skip
def test_the_edges_of_a_year_of_birth(tmp_path: Path, born: str, started: str, rule: str) -> None:
    """From 110 years old to born in the year of the spell; and no message repeats the year."""
    found = read(tmp_path, rows_of([{"birth_year": born, "started": started}]))
    assert [one.rule for one in found.findings] == ([rule] if rule else [])
    assert all(born not in one.values.values() for one in found.findings)


def test_the_edges_of_hours_and_of_a_spell_of_one_day(tmp_path: Path) -> None:
    """0 and 8784 hours are hours; a spell may end on its first day, not before; nothing counts in the stock then."""
    done = {"ended": "2019-06-01", "destination": "open-work"}
    good = [{**done, "hours": "0"}, {**done, "hours": "8784"}, {**done, "hours": "007"}]
    bad = [{**done, "hours": "8785"}, {**done, "hours": "-1"}, {**done, "hours": "1e3"}, {**done, "hours": "7.5"},
           {**done, "ended": "2019-05-31"}, {**done, "destination": "outside", "hours": "0"}]  # fmt: skip
    found = read(tmp_path, rows_of([*good, *bad]))
    assert (found.kept, found.refused) == (4, 6)
    assert {rule: line for rule, line, _ in faults(found) if rule != "register.integer"} == {
        "register.range": 6, "register.order": 10, "register.hours-elsewhere": 11,
    }  # fmt: skip
    assert [line for rule, line, _ in faults(found) if rule == "register.integer"] == [7, 8, 9]


def test_the_first_and_the_last_day_of_the_flow_belong_to_it(tmp_path: Path) -> None:
    """By hand: who came or went on the edge counts in the flow, a day outside does not."""
    first, last = FLOW_FROM, REFERENCE_DAY
    spells = [
        Spell("came on the first day", started=first),
        Spell("came a day before", started=first.replace(month=2, day=28)),
        Spell("came on the last day", started=last),
        Spell("came a day after", started=date(2020, 3, 1)),
        Spell("went on the first day", started=date(2019, 1, 1), ended=first, destination="training"),
        Spell("went a day before", started=date(2019, 1, 1), ended=date(2019, 2, 28), destination="training"),
        Spell("went on the last day", started=date(2019, 1, 1), ended=last, destination="moved"),
        Spell("went a day after", started=date(2019, 1, 1), ended=date(2020, 3, 1), destination="moved"),
    ]
    path = tmp_path / "spells.csv"
    path.write_text(as_csv(spells), encoding="utf-8")
    with read_register(path, TENDER, tmp_path) as register:
        stock, inflow, outflow = (one.cells for one in count_tables(register, TENDER))
    assert stock["siilinjarvi",].persons == 4
    assert inflow["siilinjarvi",].persons == 2
    assert {code: cell.persons for (code,), cell in outflow.items() if cell.persons} == {
        "Total": 2, "training": 1, "moved": 1,
    }  # fmt: skip


def test_the_same_spell_twice_counts_once_and_keys_are_exact(tmp_path: Path) -> None:
    """A client's second row of one day is refused, whatever else it says; letters of another size are another key."""
    day = {"client": "a"}
    changes = [day, {**day, "occupation": "1"}, {**day, "client": " a "}, {**day, "client": "A"},
               {**day, "started": "2.6.2019"}, {**day, "started": "1.6.2019"}]  # fmt: skip
    found = read(tmp_path, rows_of(changes))
    assert (found.rows, found.kept, found.refused) == (7, 4, 3)
    assert faults(found) == [("register.twice", line, 1) for line in (4, 5, 8)]


def test_a_first_row_that_is_bad_does_not_make_the_second_a_double(tmp_path: Path) -> None:
    """Doubles are looked for among the rows that count."""
    found = read(tmp_path, rows_of([{"client": "a", "sex": "?"}, {"client": "a"}]))
    assert (found.kept, [rule for rule, _, _ in faults(found)]) == (2, ["register.code"])


def test_an_area_is_the_same_area_however_its_letters_are_composed(tmp_path: Path) -> None:
    """Small, large and decomposed letters, id or name; another word is another area and is told."""
    names = ["SIILINJÄRVI", "  siilinjarvi ", "Siilinja\u0308rvi", "Siilin järvi"]
    found = read(tmp_path, rows_of({"municipality": name} for name in names))
    assert (found.kept, found.outside) == (4, 1)
    (told,) = found.findings
    assert (told.rule, told.severity, told.values["found"]) == ("register.outside", Severity.WARN, "siilin järvi")


def test_rows_of_other_areas_are_not_judged(tmp_path: Path) -> None:
    """They are left out and counted; what stands in them is nobody's business and in no message."""
    other = {"municipality": "Oulu", "sex": "SECRET", "started": "x", "hours": "-1"}
    found = read(tmp_path, rows_of([other, other]))
    assert (found.rows, found.kept, found.refused, found.outside) == (3, 1, 0, 2)
    assert "SECRET" not in str(found.findings)
    path = tmp_path / "spells.csv"
    path.write_text(as_csv([replace(GOOD, municipality="Oulu")]), encoding="utf-8")
    assert refused(path) == ("register.empty", Place("spells.csv"))


@pytest.mark.parametrize(("data", "error", "line"), [
    (as_csv([GOOD]).encode("utf-16"), "register.no-column", 1),
    (as_csv([GOOD]).encode("utf-16-le"), "register.no-column", 1),
    (b'"' + as_csv([GOOD]).encode(), "register.broken-csv", 2),
    (b"x" * 20_000 + b"," + as_csv([GOOD]).encode(), "register.broken-csv", 2),
    (as_csv([GOOD, replace(GOOD, occupation="5" * 20_000)]).encode(), "register.broken-csv", 3),
    (as_csv([GOOD]).replace("5223", '"5223').encode(), "register.broken-csv", 2),
    (b"\n\n\n", "register.no-column", 1),
    (b"\x00" * 100, "register.no-column", 1),
])  # fmt: skip
def test_a_file_that_is_no_register_is_refused_at_its_line(tmp_path: Path, data: bytes, error: str, line: int) -> None:
    path = tmp_path / "spells.csv"
    path.write_bytes(data)
    message, place = refused(path)
    assert (message, place) == (error, Place("spells.csv", line))
    assert not list(tmp_path.glob(".counting-*"))


@pytest.mark.parametrize("name", ["s'; DROP TABLE raw; --.csv", "a b.CSV", "ä☃.txt", "{}%s.csv", '"quoted".csv'])
def test_a_name_of_a_file_is_no_code(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, rows_of([]), name).kept == 1


def test_line_ends_blank_lines_and_heads_as_programs_write_them(tmp_path: Path) -> None:
    """Old Macs, blank lines, large heads, spaces: the same rows; the line that is named is that of the file."""
    text = rows_of([{"sex": "?"}])
    assert faults(read(tmp_path, text.replace("\n", "\r"))) == [("register.code", 3, 4)]
    assert faults(read(tmp_path, text.replace("\n", "\n\n,,\n".replace(",,", "")))) == [("register.code", 7, 4)]
    heads, rest = text.split("\n", 1)
    spread = ",".join(f" {head.upper()} " for head in heads.split(","))
    assert faults(read(tmp_path, f"{spread}\n{rest}")) == [("register.code", 3, 4)]


def parquet(folder: Path, **changed: str) -> Path:
    """One row as Parquet; a column as the SQL in `changed` says, and what ``where`` leaves."""
    import duckdb

    where = changed.pop("where", "true")
    said = {name: f"'{value}'" if value else "NULL::VARCHAR" for name, value in GOOD.fields().items()} | changed
    path = folder / "spells.parquet"
    chosen = ", ".join(f'{value} AS "{name}"' for name, value in said.items())
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {chosen} WHERE {where}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize(("column", "sql", "rule"), [
    ("birth_year", "1980::HUGEINT", ""), ("birth_year", "1980::DOUBLE", ""), ("occupation", "5223", ""),
    ("started", "TIMESTAMP '2019-06-01'", ""), ("birth_year", "1980.5::DOUBLE", "register.integer"),
    ("birth_year", "'inf'::DOUBLE", "register.integer"), ("birth_year", "'nan'::DOUBLE", "register.blank"),
    ("birth_year", "1e300::DOUBLE", "register.integer"), ("sex", "['female', 'male']", "register.code"),
    ("sex", "{'is': 'female'}", "register.code"), ("sex", "'\\xAA'::BLOB", "register.code"),
    ("sex", "true", "register.code"), ("started", "TIMESTAMP '2019-06-01 12:00:00'", "register.date"),
    ("started", "DATE 'infinity'", "register.date"), ("started", "DATE '0044-03-15 (BC)'", "register.date"),
    ("started", "20190601", "register.date"), ("client", "NULL::INTEGER", "register.blank"),
])  # fmt: skip
def test_types_of_parquet_are_texts_that_are_judged(tmp_path: Path, column: str, sql: str, rule: str) -> None:
    """Whole numbers and days in any type are taken; nested, binary, infinite and half things are named."""
    path = parquet(tmp_path, **{column: sql})
    if not rule:
        assert judged(path, TENDER).kept == 1
        return
    with pytest.raises(BlockedError) as caught, read_register(path, TENDER, tmp_path):
        pass
    assert [(one.rule, one.field, one.place and one.place.line) for one in caught.value.findings] == [(rule, column, 1)]


def test_a_parquet_file_without_rows_or_with_a_column_twice(tmp_path: Path) -> None:
    """Both are refused with words; a column that only looks like one of ours is only unused."""
    assert refused(parquet(tmp_path, where="false")) == ("register.empty", Place("spells.parquet"))
    twice = parquet(tmp_path, **{"CLIENT ": "'another'"})
    assert refused(twice) == ("register.column-twice", Place("spells.parquet", 1, len(HEADS) + 1))
    (told,) = judged(parquet(tmp_path, **{"client id": "1"}), TENDER).findings
    assert (told.rule, told.values["found"]) == ("register.unused", "client id")


def workbook(folder: Path, cells: dict[str, str | Decimal]) -> Path:
    """A workbook with the good row below its heads, other cells on top of it."""
    first = {f"{chr(65 + n)}1": head for n, head in enumerate(HEADS)}
    second = {f"{chr(65 + n)}2": text for n, text in enumerate(GOOD.fields().values()) if text}
    found = tuple(Cell(at, value, Style()) for at, value in {**first, **second, **cells}.items())
    path = folder / "spells.xlsx"
    book = Workbook("Register", "Register", "fi-FI", date(2020, 3, 1), (Sheet("Jaksot", found),))
    path.write_bytes(write_workbook(book))
    return path


@pytest.mark.parametrize(("cell", "value", "rule"), [
    ("H2", Decimal(43617), ""), ("E2", Decimal("1980.0"), ""), ("H2", Decimal("43617.5"), "register.date"),
    ("H2", Decimal(-1), "register.date"), ("H2", Decimal(73051), "register.date"),
    ("E2", Decimal("1980.5"), "register.integer"), ("D2", Decimal(1), "register.code"),
    ("G2", Decimal(5223), ""), ("G2", Decimal("52.23"), "register.occupation"),
])  # fmt: skip
def test_numbers_of_a_sheet(tmp_path: Path, cell: str, value: Decimal, rule: str) -> None:
    """43617 in a column of days is 1.6.2019; half days, days before the first and after 2099 are none."""
    path = workbook(tmp_path, {cell: value})
    if not rule:
        assert judged(path, TENDER).kept == 1
        return
    with pytest.raises(BlockedError) as caught, read_register(path, TENDER, tmp_path):
        pass
    (finding,) = caught.value.findings
    assert (finding.rule, finding.place) == (rule, Place("spells.xlsx", 2, ord(cell[0]) - 64))


def test_what_lies_beside_the_extract(tmp_path: Path) -> None:
    """Corrections are no extract, a folder is none either; two extracts are named, whatever their kinds."""
    home = tmp_path / "private" / "register"
    home.mkdir(parents=True)
    (home / "corrections.csv").write_text("client,group,who,reason,day\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"register\.none"):
        extract_in(tmp_path)
    (home / "SPELLS.CSV").write_text(as_csv([GOOD]), encoding="utf-8")
    assert extract_in(tmp_path).name == "SPELLS.CSV"
    (home / "older.parquet").mkdir()
    with pytest.raises(UsageError, match=r"SPELLS\.CSV, older\.parquet"):
        extract_in(tmp_path)
    assert refused(home / "older.parquet")[0] == "register.no-file"
