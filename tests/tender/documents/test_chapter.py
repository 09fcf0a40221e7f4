"""The chapter of the open data annex: every published figure stands once, in its place, in three languages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.documents.catalogue import OPEN_DATA
from tender.documents.chapter import chart_of, chart_plan, flow_months, grid_of, price_bases
from tender.documents.chapter.axes import whole_of
from tender.documents.chapter.grid import MOST_COLUMNS, MOST_DENSE
from tender.documents.charts import Look
from tender.documents.docx import write_docx
from tender.documents.forecast import volume_table
from tender.documents.open_data import noted_facts
from tender.documents.pages import render_html, rendered_sections
from tender.documents.pdf import write_pdf
from tender.language import NBSP, Language, Text, number_text
from tender.model.annex import TOTAL, Annex, AnnexCell, AnnexTable, Axis, Category, CellStatus
from tender.model.open_data import Guard, OpenData, OpenTable, Quantity
from tender.model.publication import Publication
from tender.model.tender import Tender
from tender.publishing.wording import wording_findings
from tender.reading import read_tender
from tests.tender.documents.annex_sample import axis_named, sample_annex
from tests.tender.documents.house import publication_of
from tests.tender.documents.plain import plain

ROOT = Path(__file__).parents[3]
JUDGES = Path.home() / ".cache" / "valinta-judges" / "py"
GOLDENS = Path(__file__).parent / "goldens"
LANGUAGES = pytest.mark.parametrize("language", Language)
CHAPTER = ("pricing", "method", "register", "stocks", "flows", "amounts", "files")


@pytest.fixture(scope="module")
def tender() -> Tender:
    found = read_tender(ROOT / "examples" / "pohjois-savo").tender
    assert found is not None
    return found


@pytest.fixture(scope="module")
def annex(tender: Tender) -> Annex:
    return sample_annex(tender)


def published(tender: Tender, annex: Annex | None, *, draft: bool = False) -> Publication:
    return replace(publication_of(tender, draft=draft), annex=annex)


def html_of(publication: Publication, language: Language) -> str:
    return render_html(OPEN_DATA, OPEN_DATA.context(publication), publication, language)


def clauses_of(publication: Publication, language: Language) -> dict[str, str]:
    """The body of every clause by its id."""
    context = OPEN_DATA.context(publication)
    return {one.clause.id: str(one.html) for one in rendered_sections(OPEN_DATA, context, publication, language)}


def golden_page() -> str:
    """The stock and hours of the sample in English, as they were looked at."""
    found = read_tender(ROOT / "examples" / "pohjois-savo").tender
    assert found is not None
    known = sample_annex(found)
    small = replace(known, tables=tuple(known.table(name) for name in ("stock-education", "hours")))
    bodies = clauses_of(published(found, small), Language.EN)
    return "\n".join(bodies[name] for name in ("stocks", "amounts"))


def table_with(*sizes: int, hidden: frozenset[int] = frozenset()) -> AnnexTable:
    """A table with axes of `sizes`, whose values are all different; those numbered in `hidden` are not shown."""
    axes = tuple(
        Axis(
            name,
            Text(f"Akseli {name}"),
            (Category(TOTAL, Text(f"{name}-kaikki")), *(Category(f"c{n}", Text(f"{name}-{n}")) for n in range(size))),
        )
        for name, size in zip(("municipality", "group", "month", "duration"), sizes, strict=False)
    )
    places = product(*((each.code for each in axis.categories) for axis in axes))
    cells = tuple(
        AnnexCell(at, None, CellStatus.HIDDEN) if n in hidden else AnnexCell(at, 1000 + n, CellStatus.SHOWN)
        for n, at in enumerate(places)
    )
    return AnnexTable("t", Text("Taulu"), Quantity.STOCK, Text("kpl"), axes, cells)


def placed(table: AnnexTable) -> Iterator[tuple[frozenset[str], str | None]]:
    """Every value of the grid with all the words that head it."""
    grid = grid_of(table, Language.FI)
    spans = [label for label, count in grid.spans for _ in range(count)] or [""] * len(grid.columns)
    for group in grid.groups:
        outer = frozenset(part.split(": ", 1)[1] for part in group.label.split(" · ") if part)
        for line in group.lines:
            for span, column, value in zip(spans, grid.columns, line.values, strict=True):
                yield outer | ({line.label, span, column} - {"", "kpl"}), value


@given(st.lists(st.integers(1, 15), min_size=1, max_size=3), st.data())
@settings(max_examples=40, deadline=None)
def test_every_cell_stands_once_under_the_heads_of_its_own_coordinates(sizes: list[int], data: st.DataObject) -> None:
    hidden = data.draw(st.frozensets(st.integers(0, 40)))
    table = table_with(*sizes, hidden=hidden)
    labels = [{each.code: each.label.best(Language.FI) for each in axis.categories} for axis in table.axes]
    wanted = {
        frozenset(words[code] for words, code in zip(labels, cell.at, strict=True)): cell.value for cell in table.cells
    }
    found = list(placed(table))
    assert len(found) == len(table.cells)
    for heads, value in found:
        known = wanted[heads]
        assert value == (None if known is None else number_text(known, Language.FI))


@pytest.mark.slow
@given(st.lists(st.integers(1, 40), min_size=1, max_size=4))
@settings(max_examples=12, deadline=None)
def test_no_table_is_wider_than_the_page(sizes: list[int]) -> None:
    grid = grid_of(table_with(*sizes[:3], *(min(size, 4) for size in sizes[3:])), Language.FI)
    assert len(grid.columns) <= (MOST_DENSE if grid.spans else MOST_COLUMNS)
    assert grid.dense == (len(grid.columns) > MOST_COLUMNS)
    assert 14 <= grid.label_width <= 40
    assert sum(count for _, count in grid.spans) in {0, len(grid.columns)}


def test_a_part_of_a_sum_is_set_in_below_it() -> None:
    parts = (
        Category(TOTAL, Text("kaikki")),
        Category("n", Text("nuoret"), TOTAL),
        Category("n1", Text("alle 20"), "n"),
        Category("n2", Text("20–24"), "n"),
    )
    table = AnnexTable("t", Text("T"), Quantity.STOCK, Text("kpl"), (Axis("age", Text("Ikä"), parts),), tuple(
        AnnexCell((each.code,), 9, CellStatus.SHOWN) for each in parts
    ))  # fmt: skip
    lines = grid_of(table, Language.FI).groups[0].lines
    assert [line.depth for line in lines] == [0, 0, 1, 1]
    assert [line.total for line in lines] == [True, False, False, False]
    assert chart_of(table, "age", Language.FI, table_number=1).categories == ("alle 20", "20–24")


def test_each_count_is_drawn_once_along_each_axis(annex: Annex) -> None:
    plan = chart_plan(annex.tables)
    drawn = [(annex.table(name).quantity, axis) for name, axes in plan.items() for axis in axes]
    assert len(drawn) == len(set(drawn))
    assert plan["stock-duration"] == ("municipality", "duration")
    assert plan["stock-age"] == ("age",)
    assert plan["outflow-destination"] == ("destination", "duration")
    assert set(plan) == {table.id for table in annex.tables}
    assert chart_plan(reversed(annex.tables))["stock-duration"] == ("duration",)


def test_charts_show_the_cells_of_the_table(annex: Annex) -> None:
    """Each value of each chart is the cell at its category and series, everything else whole."""
    for table in annex.tables:
        cells = {cell.at: cell.value for cell in table.cells}
        for along in chart_plan(annex.tables)[table.id]:
            chart = chart_of(table, along, Language.FI, table_number=1)
            axes = {axis.id: axis for axis in table.axes}
            parts = [each.code for each in axes[along].categories if each.code != TOTAL]
            groups = [each for each in axes["group"].categories if each.code != TOTAL]
            assert [one.label for one in chart.series] == ["Ryhmä 1", "Ryhmä 2", "Ryhmä 3"]
            for one, group in zip(chart.series, groups, strict=True):
                for code, value in zip(parts, one.values, strict=True):
                    chosen = {axis.id: whole_of(axis).code for axis in table.axes} | {along: code, "group": group.code}
                    assert value == cells[tuple(chosen[axis.id] for axis in table.axes)]


def test_months_are_lines_classes_are_columns_and_kinds_are_bars(annex: Annex) -> None:
    def look(table: str, along: str) -> Look:
        return chart_of(annex.table(table), along, Language.FI, table_number=1).look

    assert look("inflow-month", "month") is Look.LINES
    assert look("stock-duration", "duration") is Look.COLUMNS
    assert look("outflow-destination", "destination") is Look.STACKED


def test_a_stock_of_months_is_drawn_at_its_last_month(tender: Tender, annex: Annex) -> None:
    """A stock has no total over months: what another axis is drawn at is the reference day's month, and it is said."""
    months = axis_named("month", tender.areas, tender.groups, total=False)
    areas = axis_named("municipality", tender.areas, tender.groups)
    cells = tuple(
        AnnexCell((area.code, month.code), number, CellStatus.SHOWN)
        for number, (area, month) in enumerate(product(areas.categories, months.categories))
    )
    table = AnnexTable("m", Text("Varanto"), Quantity.STOCK, Text("asiakasta"), (areas, months), cells)
    chart = chart_of(table, "municipality", Language.FI, table_number=1)
    assert chart.series[0].values == tuple(len(months.categories) * (place + 1) - 1 for place in (1, 2))
    assert chart.title == "Varanto (kuukausi: 6/2018)"


def test_the_words_for_those_who_do_not_see_have_the_ends_the_gaps_and_the_table(annex: Annex) -> None:
    table = annex.table("stock-education")
    chart = chart_of(table, "education", Language.EN, table_number=11)
    hidden = sum(value is None for one in chart.series for value in one.values)
    assert hidden == 2
    assert "Group 1: highest 111 (secondary), lowest 24 (master or equivalent)." in chart.description
    assert f"Values not shown: {hidden}." in chart.description
    assert chart.description.endswith("All values stand in table 11.")


def test_the_basis_of_a_price_can_be_reckoned_by_hand(tender: Tender) -> None:
    """400 clients, 720 entries in 36 months: 240 a year, 20 a month, so each stays 20 months."""
    group = Axis("group", Text("Ryhmä"), (Category(TOTAL, Text("Kaikki")), Category("easy", Text("Ryhmä 1"), TOTAL)))

    def table(name: str, quantity: Quantity, whole: int, easy: int | None) -> AnnexTable:
        status = CellStatus.HIDDEN if easy is None else CellStatus.SHOWN
        cells = (AnnexCell((TOTAL,), whole, CellStatus.SHOWN), AnnexCell(("easy",), easy, status))
        return AnnexTable(name, Text(name), quantity, Text("kpl"), (group,), cells)

    tables = (
        table("s", Quantity.STOCK, 1000, 400),
        table("i", Quantity.INFLOW, 1000, 720),
        table("o", Quantity.OUTFLOW, 700, None),
    )
    known = replace(sample_annex(tender), tables=tables)
    assert flow_months(known) == 36
    easy, whole = price_bases(known)
    assert (easy.stock, easy.client_months, easy.entries, easy.stay) == (400, 4800, Decimal(240), Decimal("20.0"))
    assert (easy.exits, easy.hours) == (None, None)
    assert whole.total
    assert (whole.entries, whole.exits) == (Decimal(333), Decimal(233))  # 333.3 and 233.3, half-up
    assert price_bases(replace(known, tables=tables[1:])) == ()


@LANGUAGES
def test_the_chapter_has_every_table_with_its_figures(tender: Tender, annex: Annex, language: Language) -> None:
    """Every hidden cell has the sign, no other cell has it; zeros are printed; every table has a file name."""
    bodies = clauses_of(published(tender, annex), language)
    assert set(CHAPTER) <= set(bodies)
    tables = "".join(bodies[name] for name in ("stocks", "flows", "amounts"))
    hidden = sum(cell.value is None for table in annex.tables for cell in table.cells)
    assert tables.count(">..</abbr>") == hidden > 0
    cells = sum(len(table.cells) for table in annex.tables)
    assert len(re.findall(r'<td class="num">', tables)) == cells > 420
    zeros = sum(cell.value == 0 for table in annex.tables for cell in table.cells)
    assert tables.count('<td class="num">0</td>') == zeros
    assert tables.count("<svg") == sum(map(len, chart_plan(annex.tables).values()))
    assert all(f"{table.id}.csv" in bodies["files"] for table in annex.tables)
    assert all((table.title.best(language)) in tables for table in annex.tables)


def figures_in(html: str) -> list[str]:
    """The numbers of the cells of a page, whatever parts their thousands."""
    cells = re.findall(r'<td class="num">([^<]*)</td>', html)
    return [re.sub(rf"[{NBSP}, ]", "", cell) for cell in cells]


def test_the_languages_print_the_same_figures_each_in_its_own_way(tender: Tender, annex: Annex) -> None:
    pages = {language: clauses_of(published(tender, annex), language)["stocks"] for language in Language}
    assert figures_in(pages[Language.FI]) == figures_in(pages[Language.SV]) == figures_in(pages[Language.EN])
    assert f"1{NBSP}192" in pages[Language.FI]
    assert f"1{NBSP}192" in pages[Language.SV]
    assert "1,192" in pages[Language.EN]
    assert "Grupp 1" in pages[Language.SV]
    assert not re.search(r"Ryhmä|asiakas", pages[Language.EN])


@LANGUAGES
def test_a_synthetic_register_says_so(tender: Tender, annex: Annex, language: Language) -> None:
    assert plain(html_of(published(tender, annex), language)).count("SYNTHETIC") >= 2
    real = replace(annex, synthetic=False)
    assert "SYNTHETIC" not in plain(html_of(published(tender, real), language))


def test_rounded_tables_tell_of_rounding_and_its_commitment(tender: Tender) -> None:
    annex = sample_annex(tender, guard=Guard.ROUND)
    bodies = clauses_of(published(tender, annex), Language.EN)
    method = plain(bodies["method"])
    assert "0 or at least 5" in method
    assert "112" in method
    assert "c0" * 6 in bodies["method"]
    assert "abbr" not in bodies["stocks"]
    unproven = replace(annex, protected=replace(annex.protected, proven=False, gap=37))
    assert "at most 3.7% more" in plain(clauses_of(published(tender, unproven), Language.EN)["method"])
    assert f"högst 3,7{NBSP}% mer" in clauses_of(published(tender, unproven), Language.SV)["method"]


def declared(tender: Tender) -> Tender:
    table = OpenTable("stock", Text("Varanto", "Bestånd", "Stock"), Quantity.STOCK, ())
    order = OpenData(date(2018, 6, 30), date(2015, 7, 1), Guard.SUPPRESS, (25,), (3,), (table,))
    return replace(tender, open_data=order)


@LANGUAGES
def test_before_it_is_built_the_chapter_says_what_will_come(tender: Tender, language: Language) -> None:
    """A declared annex that is not built: its tables by name in a box; none declared: neither box nor chapter."""
    bodies = clauses_of(published(declared(tender), None, draft=True), language)
    assert {"Varanto", "Bestånd", "Stock"} & set(re.findall(r"\w+", bodies["pending"]))
    assert not set(CHAPTER) & set(bodies)
    none = clauses_of(published(replace(tender, open_data=None), None), language)
    assert not {*CHAPTER, "pending"} & set(none)


def test_notes_become_numbers_where_they_are_numbers(annex: Annex) -> None:
    noted = replace(annex, notes={"a": "0.173", "b": "C:5", "c": "NaN", "d": "12"})
    assert [note.value for note in noted_facts(noted)] == [Decimal("0.173"), "C:5", "NaN", Decimal(12)]
    assert noted_facts(annex) == noted_facts(None) == ()


def test_the_forecast_is_drawn_from_the_tenders_own_numbers(tender: Tender) -> None:
    cells = {cell.at: cell.value for cell in volume_table(tender).cells}
    assert cells[TOTAL, TOTAL] == sum(group.client_total for group in tender.groups)
    for group, area in product(tender.groups, tender.areas):
        assert cells[area.id, group.id] == group.clients[area.id]
        assert cells[TOTAL, group.id] == group.client_total


@pytest.mark.parametrize("guard", Guard)
def test_the_languages_say_the_same(tender: Tender, guard: Guard) -> None:
    publication = published(tender, sample_annex(tender, guard=guard))
    pages = {(OPEN_DATA.id, language): html_of(publication, language) for language in Language}
    found = wording_findings(pages, (OPEN_DATA.id, "call-for-tenders"), Language.FI)
    assert [finding for finding in found if finding.blocks] == []


def test_the_chapter_is_the_one_that_was_looked_at() -> None:
    """``python -m tests.tender.documents.goldens`` writes it anew; look at it then."""
    assert golden_page() == (GOLDENS / "chapter.html").read_text(encoding="utf-8")


def test_word_gets_the_words_of_the_drawings_and_all_tables(tender: Tender, annex: Annex) -> None:
    from tests.tender.documents.test_docx import parts_of

    html = html_of(published(tender, annex), Language.EN)
    document = parts_of(write_docx(html, created=date(2018, 11, 5)))["word/document.xml"]
    assert write_docx(html, created=date(2018, 11, 5)) == write_docx(html, created=date(2018, 11, 5))
    assert document.count("Line chart of 36 months from 7/2015 to 6/2018.") == 3
    hidden = sum(cell.value is None for table in annex.tables for cell in table.cells)
    assert document.count(">..</w:t>") == hidden


@pytest.mark.pressed
@pytest.mark.slow
@LANGUAGES
def test_the_pressed_chapter_passes_its_judges(
    tender: Tender, annex: Annex, language: Language, tmp_path: Path
) -> None:
    """Figures with their words, header cells with their scopes; veraPDF and the others where they are at hand."""
    html = html_of(published(tender, annex), language)
    pdf = write_pdf(html, created=date(2018, 11, 5))
    assert pdf == write_pdf(html, created=date(2018, 11, 5))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        elements = list(walk(opened.Root.StructTreeRoot))
        words = [str(element.Alt) for element in elements if str(element.get("/S")) == "/Figure"]
        heads = [element for element in elements if str(element.get("/S")) == "/TH"]
        assert len(words) == html.count("<svg")
        assert all(re.search(r"\d+\.$", word) for word in words), "the words end with the number of the table"
        assert all("/Scope" in head.A for head in heads)
        assert len({str(head.A.Scope) for head in heads}) == 2
    (tmp_path / f"open-data.{language}.pdf").write_bytes(pdf)
    (tmp_path / f"open-data.{language}.html").write_text(html, encoding="utf-8")
    (tmp_path / f"open-data.{language}.docx").write_bytes(write_docx(html, created=date(2018, 11, 5)))
    if shutil.which("java") and JUDGES.exists():
        judged = subprocess.run(
            ["bash", ROOT / ".ci" / "judges", tmp_path], capture_output=True, text=True, check=False
        )
        assert judged.returncode == 0, judged.stdout


def walk(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element below `element`."""
    kids = element.get("/K", pikepdf.Array())
    inside: list[pikepdf.Object] = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    for kid in inside:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)
