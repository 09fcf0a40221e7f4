"""Reading the data package: files that a person may have edited, so that every fault is named and mended once.

The descriptor gives the annex but its cells, the CSV files give the cells. Lengths and hashes are not asked for here:
an edited table must be readable, so that the audit can name the cell it gives away; `altered_files` tells of edits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tender.annexes.formats.nodes import Node, read_json
from tender.annexes.formats.package import DESCRIPTOR, write_package
from tender.annexes.formats.plain import noun
from tender.annexes.formats.sound import STATUS, SYNTHETIC, VALUE, guard_shape
from tender.annexes.formats.table_reading import read_cells
from tender.errors import InputError, Place
from tender.guards import MIB, guard_name, guard_size, inside
from tender.model.annex import Annex, AnnexTable, Axis, Category, Protected
from tender.model.model_card import ModelCard
from tender.model.open_data import Quantity

MOST_DESCRIPTOR, MOST_TABLE = 10 * MIB, 50 * MIB
"""Most bytes of the descriptor and of a CSV file."""


def read_package(folder: Path) -> Annex:
    """The annex whose data package lies in `folder`; other files there are not looked at.

    Raises:
        InputError: The first fault: the file, its line or path in it, what was found, what was expected.
    """
    annex = read_descriptor(_bytes(folder, DESCRIPTOR, MOST_DESCRIPTOR))
    tables = (
        replace(table, cells=read_cells(_bytes(folder, name, MOST_TABLE), name, table, synthetic=annex.synthetic))
        for table in annex.tables
        for name in (f"{table.id}.csv",)
    )
    return replace(annex, tables=tuple(tables))


def altered_files(folder: Path, annex: Annex) -> tuple[str, ...]:
    """Names of the files of the package in `folder` that are not, byte for byte, what `write_package` gives.

    Missing files are among them; files that do not belong to the package are not.
    """
    written = write_package(annex)
    return tuple(name for name, data in written.items() if _found(folder, name) != data)


def read_descriptor(data: bytes) -> Annex:
    """The annex that ``datapackage.json`` describes, its tables without their cells.

    Raises:
        InputError: It is no descriptor of an annex.
    """
    root = read_json(data, DESCRIPTOR)
    own = root.get("annex")
    tables = (one for one in root.get("resources").each() if one.has("quantity"))
    publisher = root.get("contributors").each()
    if not publisher:
        raise root.get("contributors").wrong("annex.expect.present")
    annex = Annex(
        tender=own.get("tender").text(),
        title=root.get("titles").words(),
        publisher=publisher[0].get("titles").words(),
        reference_day=own.get("reference_day").day(),
        flow_from=own.get("flow_from").day(),
        synthetic=own.get("synthetic").flag(),
        protected=noun(Protected, own.get("protected")),
        tables=tuple(_table(one) for one in tables),
        notes=_notes(own.get("notes")),
        model_card=_card(own.get("model_card")),
    )
    guard_shape(annex, Place(DESCRIPTOR))
    return annex


def _notes(node: Node) -> dict[str, str] | None:
    return None if node.value is None else {key: node.get(key).text() for key in node.names()}


def _card(node: Node) -> ModelCard | None:
    return None if node.value is None else noun(ModelCard, node)


def _table(node: Node) -> AnnexTable:
    name = node.get("name").text()
    if node.get("path").text() != f"{name}.csv":
        raise node.get("path").wrong(f"{name}.csv")
    measures = {VALUE, STATUS, SYNTHETIC}
    axes = (one for one in node.get("schema").get("fields").each() if one.get("name").text() not in measures)
    return AnnexTable(
        id=name,
        title=node.get("titles").words(),
        quantity=node.get("quantity").choice(Quantity),
        unit=node.get("unit").words(),
        axes=tuple(_axis(one) for one in axes),
        cells=(),
        use=node.get("use").words(),
    )


def _axis(node: Node) -> Axis:
    return Axis(
        id=node.get("name").text(),
        label=node.get("titles").words(),
        categories=tuple(_categories(node.get("categories").each())),
        ordered=node.get("categoriesOrdered").flag(),
    )


def _categories(nodes: Iterable[Node]) -> Iterable[Category]:
    for node in nodes:
        parent = node.get("parent").text() if node.has("parent") else ""
        yield Category(node.get("value").text(), node.get("labels").words(), parent)


def _bytes(folder: Path, name: str, most: int) -> bytes:
    """The bytes of a file that is in `folder` and not too large."""
    path = inside(folder, guard_name(name))
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise InputError("annex.package.missing", place=Place(name), folder=folder.name) from error
    guard_size(data, name, most)
    return data


def _found(folder: Path, name: str) -> bytes | None:
    try:
        return _bytes(folder, name, MOST_TABLE)
    except InputError:
        return None
