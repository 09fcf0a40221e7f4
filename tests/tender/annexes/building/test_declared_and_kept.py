"""A package against its declaration, figure by figure; and what stays below ``private/``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tender.annexes.building.fit import unfit
from tender.annexes.building.residue import COUNTS, SEED, keep_counts, keep_seed, kept_counts, kept_seed
from tender.errors import InputError
from tender.language import Text
from tender.model.annex import Annex, AnnexTable, Protected
from tender.model.open_data import Guard, OpenData, Quantity
from tender.model.tender import Tender
from tests.sample import sample_tender
from tests.tender.annexes.building.people import FIRST, HOURS, LAST, STOCKS, axis_of, counted, declared, spells

ORDERS = (STOCKS[0], STOCKS[1], *HOURS)


@cache
def case(guard: Guard = Guard.SUPPRESS) -> tuple[Annex, Tender]:
    """An annex without its cells that is just what its tender declares."""
    limits: dict[str, Any] = {"age_limits": (25, 35, 45, 55, 60), "duration_limits": (3, 6, 12, 24, 36, 48, 60)}
    order = replace(declared(ORDERS, guard), **limits)
    tender = replace(sample_tender(), open_data=order, synthetic=True)
    tables = tuple(
        AnnexTable(each.id, each.title, each.quantity, Text("kpl"),
                   tuple(axis_of(one.value, each.quantity) for one in each.dimensions), ())
        for each in ORDERS
    )  # fmt: skip
    protected = Protected(guard, order.threshold, order.share_limit, base=order.base if guard is Guard.ROUND else 0)
    annex = Annex(tender.id, Text("t"), Text("p"), LAST, FIRST, synthetic=True, protected=protected, tables=tables)
    return annex, tender


def found(annex: Annex, tender: Tender | None = None, guard: Guard = Guard.SUPPRESS) -> list[tuple[str, str]]:
    return [(one.rule, one.values.get("name", one.values.get("table", ""))) for one in
            unfit(annex, tender or case(guard)[1])]  # fmt: skip


@pytest.mark.parametrize("guard", Guard)
def test_what_was_declared_fits(guard: Guard) -> None:
    """Under either guard."""
    assert found(case(guard)[0], guard=guard) == []


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"tender": "other"}, "field.Tender.id"),
        ({"reference_day": date(2018, 5, 31)}, "field.OpenData.reference_day"),
        ({"flow_from": date(2018, 2, 1)}, "field.OpenData.flow_from"),
        ({"protected": Protected(Guard.SUPPRESS, 4, 10)}, "field.OpenData.threshold"),
        ({"protected": Protected(Guard.SUPPRESS, 5, 9)}, "field.OpenData.share_limit"),
        ({"protected": Protected(Guard.ROUND, 5, 10)}, "field.OpenData.guard"),
    ],
)
def test_each_figure_that_differs_is_named_alone(values: dict[str, Any], name: str) -> None:
    """By the words of its field."""
    assert found(replace(case()[0], **values)) == [("open-data.figure", name)]


def test_the_base_is_asked_for_only_where_tables_are_rounded() -> None:
    """Another base than declared, once; a suppressed annex has none to compare."""
    annex, tender = case(Guard.ROUND)
    assert found(replace(annex, protected=replace(annex.protected, base=3)), tender) == [
        ("open-data.figure", "field.OpenData.base")
    ]
    plain = case()[0]
    assert found(replace(plain, protected=replace(plain.protected, base=3))) == []


def test_an_invented_register_fits_an_invented_tender_only() -> None:
    """A real tender refuses it; an invented tender may have real counts."""
    annex, tender = case()
    assert found(annex, replace(tender, synthetic=False)) == [("open-data.synthetic", "")]
    assert found(replace(annex, synthetic=False), tender) == []


def with_table(at: int, **values: Any) -> Annex:
    annex, _ = case()
    tables = list(annex.tables)
    tables[at] = replace(tables[at], **values)
    return replace(annex, tables=tuple(tables))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"id": "strange"}, [("open-data.table-missing", "stock-age"), ("open-data.table-strange", "strange")]),
        ({"title": Text("Muu")}, [("open-data.table-other", "stock-age")]),
        ({"quantity": Quantity.INFLOW}, [("open-data.table-other", "stock-age")]),
        ({"axes": case()[0].tables[1].axes[::-1]}, [("open-data.table-other", "stock-age")]),
        ({"axes": case()[0].tables[1].axes[:2]}, [("open-data.table-other", "stock-age")]),
    ],
)
def test_each_table_that_differs_is_named_alone(values: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Words, quantity, axes and their order."""
    assert found(with_table(1, **values)) == expected


def test_classes_of_age_are_counted() -> None:
    """One limit fewer is one class fewer: the table is of other classes."""
    annex, tender = case()
    order = tender.open_data
    assert isinstance(order, OpenData)
    fewer = replace(tender, open_data=replace(order, age_limits=order.age_limits[:-1]))
    assert found(annex, fewer) == [("open-data.table-other", "stock-age")]


def test_true_counts_come_back_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    """Persons, amounts and both largest parts; a second build replaces them and leaves nothing half-written."""
    tables = counted((STOCKS[0], *HOURS), spells(60))
    for _ in range(2):
        keep_counts(tmp_path, tables)
    assert kept_counts(tmp_path) == {table.order.id: dict(table.cells) for table in tables}
    assert (tmp_path / COUNTS).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / COUNTS).parent.iterdir()] == ["counts.json"]
    assert kept_counts(tmp_path / "elsewhere") is None


def test_a_seed_comes_back_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    """None before, the same one after."""
    assert kept_seed(tmp_path) == ""
    keep_seed(tmp_path, "a secret")
    assert kept_seed(tmp_path) == "a secret"
    assert (tmp_path / SEED).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text",
    ["", "[", "[]", "null", '{"t": 3}', '{"t": [[]]}', '{"t": [[["a"]]]}', '{"t": [[["a"], 1]]}',
     '{"t": [[["a"], 1, 2, 3, 4, 5]]}', '{"t": [[["a"], "x", 1]]}', '{"t": [[["a"], null, 1]]}', "[" * 100_000,
     '{"t": [[["a"], NaN, 1]]}'],
)  # fmt: skip
def test_counts_that_no_build_wrote_are_refused(text: str, tmp_path: Path) -> None:
    """With the name of the file, and never as if there were none."""
    (tmp_path / COUNTS).parent.mkdir(parents=True)
    (tmp_path / COUNTS).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        kept_counts(tmp_path)
    assert (caught.value.message, str(caught.value.place)) == ("annex.counts-broken", COUNTS)
