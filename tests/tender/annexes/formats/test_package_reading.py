"""Reading a data package that somebody edited: what a spreadsheet program saves is taken, every fault is named."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tender.annexes.formats.package import DESCRIPTOR, write_package
from tender.annexes.formats.package_reading import altered_files, read_package
from tender.errors import InputError
from tender.language import Language
from tender.model.annex import AnnexCell, CellStatus
from tender.words import words
from tests.tender.annexes.formats.annexes import lay, sample_annex


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The sample's package in a folder."""
    return lay(tmp_path, write_package(sample_annex()))


Edit = Callable[[str], str]


def fault(folder: Path, name: str, edit: Edit) -> InputError:
    """The error that reading gives after `edit` of one file."""
    path = folder / name
    before = path.read_text(encoding="utf-8")
    after = edit(before)
    assert after != before, "the edit did nothing"
    path.write_text(after, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_package(folder)
    for language in Language:
        assert str(words(language).error(error.value))
    return error.value


def line(number: int, new: str | None) -> Edit:
    """Replace (or remove) a line, counted from 1."""

    def edit(text: str) -> str:
        lines = text.splitlines()
        lines[number - 1 : number] = [] if new is None else [new]
        return "\n".join(lines) + "\n"

    return edit


@pytest.mark.parametrize(
    ("edit", "message", "at", "values"),
    [
        (line(2, "Total,Total,12 00,shown,SYNTHETIC"), "value", 2, {"column": "value", "found": "12 00"}),
        (line(2, "Total,Total,12.0,shown,SYNTHETIC"), "value", 2, {"found": "12.0"}),
        (line(2, "Total,Total,-3,shown,SYNTHETIC"), "value", 2, {"found": "-3"}),
        (line(2, "Total,Total,=1+1,shown,SYNTHETIC"), "value", 2, {"found": "=1+1"}),
        (line(2, "Total,Total,٣,shown,SYNTHETIC"), "value", 2, {"found": "٣"}),
        (line(2, "Total,Total,9999999999999999,shown,SYNTHETIC"), "value", 2, {}),
        (line(2, "Total,Total,..,hidden,SYNTHETIC"), "value", 2, {"found": ".."}),
        (line(2, "Total,Total,7,hidden,SYNTHETIC"), "hidden", 2, {"found": "7", "status": "hidden"}),
        (line(2, "Total,Total,,shown,SYNTHETIC"), "blank", 2, {"column": "value", "status": "shown"}),
        (line(2, "Total,Total,,zero,SYNTHETIC"), "blank", 2, {"status": "zero"}),
        (line(2, "Total,Total,,rounded,SYNTHETIC"), "blank", 2, {"status": "rounded"}),
        (line(2, "Total,Total,4,zero,SYNTHETIC"), "not-zero", 2, {"found": "4"}),
        (line(2, "Total,Total,0,shown,SYNTHETIC"), "is-zero", 2, {"status": "shown"}),
        (line(2, "Total,Total,7,Shown,SYNTHETIC"), "status", 2, {"column": "status", "found": "Shown"}),
        (line(2, "Total,Total,7,shown,"), "synthetic", 2, {"column": "synthetic", "expected": "SYNTHETIC"}),
        (line(2, "total,Total,7,shown,SYNTHETIC"), "code", 2, {"column": "municipality", "found": "total"}),
        (line(2, "@Total,Total,7,shown,SYNTHETIC"), "code", 2, {"expected": "402, 749, Total"}),
        (line(2, "Total,Total,7,shown,SYNTHETIC,x"), "width", 2, {"found": "6", "expected": "5"}),
        (line(3, "Total,Total,7,shown,SYNTHETIC"), "twice", 3, {"at": "Total, Total", "first": "2"}),
        (line(2, None), "missing", None, {"at": "Total, Total", "count": "1"}),
        (line(1, "municipality,group,value,status"), "columns", 1, {}),
        (line(1, "municipality,group,group,status,synthetic"), "columns", 1, {}),
        (line(2, 'Total,"Total,7,shown,SYNTHETIC'), "broken", None, {}),
        (line(2, "Total," + "x" * 200_000 + ",7,shown,SYNTHETIC"), "broken", 2, {}),
        (lambda _: "\n \n", "columns", 1, {"found": ""}),
    ],
)
def test_a_fault_in_a_table_is_named_with_its_line_and_column(
    package: Path, edit: Edit, message: str, at: int | None, values: dict[str, str]
) -> None:
    """File, line, column, what was found and what was expected."""
    error = fault(package, "inflow.csv", edit)
    assert error.message == f"annex.cells.{message}"
    assert error.place is not None
    assert error.place.file == "inflow.csv"
    assert at is None or error.place.line == at
    assert values.items() <= error.values.items()


def test_bytes_that_are_no_utf8_are_named_with_their_line(package: Path) -> None:
    """A table saved in Windows' own encoding."""
    path = package / "inflow.csv"
    path.write_bytes(path.read_bytes().replace(b"402,Total", b"\xe4,Total"))
    with pytest.raises(InputError) as error:
        read_package(package)
    assert (error.value.message, str(error.value.place)) == ("annex.cells.encoding", "inflow.csv:6")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_a_spreadsheet_program_saves_is_read(package: Path, separator: str) -> None:
    """Semicolons, a byte-order mark, CRLF, sorted otherwise, columns moved, blank lines at the end: the same annex."""
    path = package / "stock.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    moved = [[row[-1], *row[:-1]] for row in [rows[0], *reversed(rows[1:])]]
    text = "\r\n".join(separator.join(row) for row in moved) + f"\r\n{separator * 5}\r\n\r\n"
    path.write_text(f"\ufeff{text}", encoding="utf-8", newline="")
    assert read_package(package) == sample_annex()
    assert altered_files(package, sample_annex()) == ("stock.csv",)


def test_an_unhidden_cell_is_read_so_that_the_audit_can_name_it(package: Path) -> None:
    """The planted leak: the package is readable, and tells that it was edited."""
    path = package / "stock.csv"
    at = next(cell.at for cell in sample_annex().table("stock").cells if cell.status is CellStatus.HIDDEN)
    start = ",".join(at)
    path.write_text(path.read_text(encoding="utf-8").replace(f"{start},,hidden", f"{start},3,shown"), encoding="utf-8")
    annex = read_package(package)
    assert AnnexCell(at, 3, CellStatus.SHOWN) in annex.table("stock").cells
    assert altered_files(package, sample_annex()) == ("stock.csv",)
    assert altered_files(package, annex) == (DESCRIPTOR,)


def put(path: str, value: object) -> Edit:
    """Set a value of the descriptor; ``None`` removes it."""

    def edit(text: str) -> str:
        found = json.loads(text)
        *above, last = [int(key) if key.isdigit() else key for key in path.split(".")]
        inner: Any = found
        for key in above:
            inner = inner[key]
        if value is None:
            del inner[last]
        else:
            inner[last] = value
        return json.dumps(found, ensure_ascii=False)

    return edit


@pytest.mark.parametrize(
    ("path", "value", "fault_at", "expected"),
    [
        ("annex", None, "annex", "annex.expect.present"),
        ("annex.tender", 3, "annex.tender", "annex.expect.text"),
        ("annex.synthetic", "yes", "annex.synthetic", "annex.expect.flag"),
        ("annex.reference_day", "30.6.2018", "annex.reference_day", "annex.expect.day"),
        ("annex.reference_day", "20180630", "annex.reference_day", "annex.expect.day"),
        ("annex.protected.threshold", -1, "protected.threshold", "annex.expect.count"),
        ("annex.protected.threshold", True, "annex.protected.threshold", "annex.expect.whole"),
        ("annex.protected.guard", "hide", "annex.protected.guard", "suppress, round"),
        ("annex.notes", [], "annex.notes", "annex.expect.object"),
        ("contributors", [], "contributors", "annex.expect.present"),
        ("resources", {}, "resources", "annex.expect.list"),
        ("resources", [], "tables", "annex.expect.tables"),
        ("resources.0.path", "../../etc/passwd", "resources[0].path", "stock.csv"),
        ("resources.0.path", "/etc/passwd", "resources[0].path", "stock.csv"),
        ("resources.0.quantity", "people", "resources[0].quantity", "stock, inflow, outflow, hours"),
        ("resources.0.unit", {"de": "Kunden"}, "resources[0].unit.de", "en, fi, sv"),
        ("resources.0.titles", {}, "stock.title", "annex.expect.words"),
        ("resources.0.schema.fields.0.categories.1.value", "-402", "stock.municipality.-402", "annex.expect.code"),
        ("resources.0.schema.fields.0.categories.1.parent", "749x", "stock.municipality.402.parent",
         "annex.expect.parent"),
        ("resources.0.schema.fields.0.titles.fi", "a\u0000b", "stock.municipality.label.fi", "annex.expect.text"),
    ],
)  # fmt: skip
def test_a_fault_in_the_descriptor_is_named_with_its_path(
    package: Path, path: str, value: object, fault_at: str, expected: str
) -> None:
    """What was found there, and what was expected."""
    error = fault(package, DESCRIPTOR, put(path, value))
    assert error.message == "annex.package.wrong"
    assert (error.values["path"], error.values["expected"]) == (fault_at, expected)
    assert error.place is not None
    assert error.place.file == DESCRIPTOR


def test_a_table_cannot_lie_outside_the_folder(package: Path) -> None:
    """Neither by its name nor by a link."""

    def rename(text: str) -> str:
        return text.replace('"name": "stock"', '"name": "../stock"').replace('"stock.csv"', '"../stock.csv"')

    error = fault(package, DESCRIPTOR, rename)
    assert (error.message, error.values["expected"]) == ("annex.package.wrong", "annex.expect.id")


def test_a_link_out_of_the_folder_is_not_followed(package: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link to a table elsewhere, whatever it holds."""
    outside = tmp_path_factory.mktemp("outside") / "inflow.csv"
    (package / "inflow.csv").rename(outside)
    (package / "inflow.csv").symlink_to(outside)
    with pytest.raises(InputError) as error:
        read_package(package)
    assert error.value.message == "guard.file-name"


def test_too_many_cells_are_refused_before_any_table_is_read(package: Path) -> None:
    """A descriptor that promises a billion cells costs nothing."""

    def inflate(text: str) -> str:
        found = json.loads(text)
        for field in found["resources"][0]["schema"]["fields"][:3]:
            field["categories"] = [{"value": f"c{n}", "labels": {"fi": "x"}} for n in range(1000)]
        return json.dumps(found)

    assert fault(package, DESCRIPTOR, inflate).values["expected"] == "annex.expect.cells"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "annex.package.not-json"),
        ('{"a": 1, "a": 2}', "annex.package.odd-json"),
        ('{"a": NaN}', "annex.package.odd-json"),
        ('{"a": 1.5}', "annex.package.odd-json"),
        ('{"a": ' + "9" * 5000 + "}", "annex.package.odd-json"),
        ("[" * 100_000, "annex.package.odd-json"),
        ("[]", "annex.package.wrong"),
        ('"x"', "annex.package.wrong"),
    ],
)
def test_json_that_is_none_is_refused(package: Path, text: str, message: str) -> None:
    """Broken, ambiguous, endless."""
    assert fault(package, DESCRIPTOR, lambda _: text).message == message


@pytest.mark.parametrize("name", [DESCRIPTOR, "hours.csv"])
def test_a_missing_or_empty_file_is_named(package: Path, name: str) -> None:
    """The folder is told too."""
    (package / name).write_bytes(b"")
    with pytest.raises(InputError) as empty:
        read_package(package)
    (package / name).unlink()
    with pytest.raises(InputError) as missing:
        read_package(package)
    assert (empty.value.message, missing.value.message) == ("guard.empty", "annex.package.missing")
    assert missing.value.place is not None
    assert missing.value.place.file == name
