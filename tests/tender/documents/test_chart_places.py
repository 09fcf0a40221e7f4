"""Charts place by place: drawings whose every number can be reckoned by hand, and the same drawing in each language."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.documents.chapter import chart_of, chart_plan
from tender.documents.charts import Chart, Look, Series, draw
from tender.documents.charts.bars import STUB
from tender.documents.charts.drawing import WIDTH
from tender.documents.charts.marks import HIDDEN_SIGN, SMALL, Box, gap, num, part, text_width, wrapped
from tender.documents.charts.scale import Scale, scale_for
from tender.language import NBSP, Language, number_text
from tender.model.annex import TOTAL, AnnexTable, CellStatus
from tender.words import words
from tests.tender.annexes.formats.annexes import sample_annex
from tests.tender.documents.test_charts import NAMES, SVG, grid_scale, number, of_class, spots, texts
from tests.tender.documents.test_charts import chart_of as plain_chart


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(draw(chart, "figure-1"))


def test_the_scale_by_hand() -> None:
    """187 needs steps of 50 up to 200; 5 needs ones; 6 needs twos, and 501 two hundreds; nothing at all needs one."""
    found = {highest: (scale_for(highest, 0, 1).step, scale_for(highest, 0, 1).top) for highest in (0, 5, 6, 187, 501)}
    assert found == {0: (1, 1), 5: (1, 5), 6: (2, 6), 187: (50, 200), 501: (200, 600)}
    up = Scale(200, 50, 300.0, -100.0)
    assert [up.at(value) for value in up.ticks] == [300, 275, 250, 225, 200]


def test_the_gaps_of_a_line_stand_at_their_moments() -> None:
    """Second and third of six not shown: one gap from the second's left half to the third's right; the last alone."""
    root = drawn(plain_chart(Look.LINES, (5, None, None, 5, 5, None)))
    (line,) = of_class(root, "series")
    first, fourth, fifth = (x for x, _ in spots(line))
    step = fifth - fourth
    assert fourth - first == pytest.approx(3 * step, abs=0.05)
    _, both, last = of_class(root, "gap")
    assert number(both, "x") == pytest.approx(first + step / 2, abs=0.5)
    assert number(both, "width") == pytest.approx(2 * step, abs=1)
    assert number(last, "x") == pytest.approx(fifth + step / 2, abs=0.5)
    assert [path.get("d", "").count("L") for path in of_class(line, "line")] == [1], "only the fourth meets the fifth"


def test_a_gap_of_one_line_leaves_the_other_whole() -> None:
    """The gap says that something of the moment is not shown; the line that is shown runs on."""
    root = drawn(plain_chart(Look.LINES, (5, None, 5), (2, 3, 4)))
    broken, whole = of_class(root, "series")
    assert [len(spots(each)) for each in (broken, whole)] == [2, 3]
    assert of_class(broken, "line") == []
    assert len(of_class(whole, "line")) == 1
    assert len(of_class(root, "gap")) == 2, "one in the chart and one in its key"


def test_a_hidden_column_is_a_stub_of_its_own_width_and_no_height_of_its_value() -> None:
    """Whatever is hidden, the drawing is the same: a stub of one height with its sign, between its neighbours."""
    root = drawn(plain_chart(Look.COLUMNS, (40, None, 20), (None, 10, 30)))
    bands = of_class(root, "band")
    gaps = [each for band in bands for each in of_class(band, "gap")]
    assert [len(of_class(band, "gap")) for band in bands] == [1, 1, 0]
    assert {number(each, "height") for each in gaps} == {round(STUB - 0.8, 2)}
    zero, unit = grid_scale(root, "y")
    assert all(number(each, "y") + number(each, "height") == pytest.approx(zero, abs=0.5) for each in gaps)
    columns = [each for band in bands for each in of_class(band, "part")]
    assert sorted(round(number(each, "height") / -unit) for each in columns) == [10, 20, 30, 40]
    assert texts(bands[0]).count(HIDDEN_SIGN) == 1
    left, right = (number(one, "x") for one in (of_class(bands[0], "part")[0], of_class(bands[0], "gap")[0]))
    assert left < right, "the first series stands first"


def test_two_hidden_parts_share_one_gap_and_tell_nothing_of_each() -> None:
    """90 of 150 shown: swapping which parts are hidden moves no edge of the gap."""
    one = drawn(plain_chart(Look.STACKED, (90,), (None,), (None,), totals=(150,)))
    other = drawn(plain_chart(Look.STACKED, (None,), (90,), (None,), totals=(150,)))
    bars = [of_class(of_class(root, "bar")[0], "gap")[0] for root in (one, other)]
    assert len({(number(bar, "x"), number(bar, "width")) for bar in bars}) == 1
    zero, unit = grid_scale(one, "x")
    assert number(bars[0], "x") + number(bars[0], "width") == pytest.approx(zero + 150 * unit, abs=0.9)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=4))
def test_names_at_the_ends_of_lines_never_overlap(ends: list[int]) -> None:
    """Lines that end at one height have their names one above the other, in the order of their ends."""
    root = drawn(plain_chart(Look.LINES, *((50, end) for end in ends)))
    (names,) = of_class(root, "names")
    places = sorted((number(each, "y"), each.text) for each in names.iter(f"{SVG}text"))
    assert all(after - before >= 9.99 for (before, _), (after, _) in pairwise(places))
    by_name = dict(zip(NAMES, ends, strict=False))
    assert [by_name[name or ""] for _, name in places] == sorted(ends, reverse=True)


@given(st.floats(0, 400), st.floats(0, 400), st.floats(0, 90), st.floats(0, 90), st.sampled_from(["gap", "2", "3"]))
def test_hatching_stays_within_its_box(x: float, y: float, width: float, height: float, what: str) -> None:
    """Of any box, however small: no stroke leaves it."""
    box = Box(x, y, width, height)
    element = gap(box) if what == "gap" else part(box, int(what))
    for _, strokes in re.findall(r'd="((M[^"]*))"', element):
        for ax, ay, kind, rest in re.findall(r"M(-?[\d.]+) (-?[\d.]+)([LH])([^M]*)", strokes):
            ends = rest.split() if kind == "L" else [rest, ay]
            for px, py in ((ax, ay), ends):
                assert x - 0.02 <= float(px) <= x + max(width, 0.8) + 0.02
                assert y - 0.02 <= float(py) <= y + max(height, 0.8) + 0.02


@given(st.text(st.sampled_from("abc ijWÄ"), min_size=1, max_size=60), st.floats(5, 200))
def test_wrapped_words_are_all_there_and_no_line_is_too_wide(text: str, width: float) -> None:
    """Only a single word may be wider than its line."""
    lines = wrapped(text, width)
    assert " ".join(lines) == text
    assert all(text_width(line) <= width or " " not in line for line in lines)


def test_a_number_stands_in_its_part_only_where_there_is_room() -> None:
    """500 has a plate of its own; 1 of 501 has none, and is still drawn."""
    root = drawn(plain_chart(Look.STACKED, (1, 0), (500, 0)))
    bar, empty = of_class(root, "bar")
    assert [number(each, "width") > 5 for each in of_class(bar, "part")] == [False, True]
    said = texts(bar)
    assert ("500" in said, "1" in said, "501" in said) == (True, False, True)
    assert of_class(empty, "part") == []
    assert "0" in texts(empty), "a total of nothing is said"


def test_coordinates_are_short_and_never_a_negative_nothing() -> None:
    """Two decimals at most."""
    assert [num(value) for value in (0.0, -0.001, 1.5, 2.999, -3.25, 100.0)] == ["0", "0", "1.5", "3", "-3.25", "100"]
    assert not re.search(r"\d\.\d{3}", draw(plain_chart(Look.LINES, (1, 3, None, 7)), "a"))


TABLE = sample_annex().table("stock")


@pytest.mark.parametrize("along", ["municipality", "duration"])
def test_the_languages_draw_the_same_chart_with_their_own_words(along: str) -> None:
    """The same values in the same places; only words, and how numbers are written, differ."""
    charts = {language: chart_of(TABLE, along, language, table_number=4) for language in Language}
    assert len({tuple(one.values for one in chart.series) for chart in charts.values()}) == 1
    assert len({chart.totals for chart in charts.values()}) == 1
    assert len({chart.title for chart in charts.values()}) == len(Language)
    for language, chart in charts.items():
        said = texts(drawn(chart))
        assert chart.unit == TABLE.unit.get(language)
        assert chart.hidden == words(language).term("open-data.hidden")
        assert (chart.hidden in said) == chart.any_hidden
        assert all(one.label in said for one in chart.series)
        assert "4" in chart.description
    shapes = [[number(each, "height") for each in of_class(drawn(chart), "part")] for chart in charts.values()]
    assert all(len(shape) == len(shapes[0]) for shape in shapes)


def test_what_is_drawn_are_the_tables_own_cells() -> None:
    """By group along the municipalities, durations whole: six counts, each looked up by hand; hidden ones are gaps."""
    chart = chart_of(TABLE, "municipality", Language.FI, table_number=1)
    cells = {cell.at: cell.value for cell in TABLE.cells}
    assert [one.values for one in chart.series] == [
        (cells["402", group, TOTAL], cells["749", group, TOTAL]) for group in ("easy", "average", "hard")
    ]
    assert chart.totals == (cells["402", TOTAL, TOTAL], cells["749", TOTAL, TOTAL])
    assert chart.title.endswith("(työttömyyden kesto: yhteensä)")


def hiding(table: AnnexTable, *ats: tuple[str, ...]) -> AnnexTable:
    cells = (replace(one, value=None, status=CellStatus.HIDDEN) if one.at in ats else one for one in table.cells)
    return replace(table, cells=tuple(cells))


@pytest.mark.parametrize("language", Language)
def test_a_hidden_cell_of_the_table_is_a_gap_with_words(language: Language) -> None:
    """Two cells hidden in the table: two gaps in the drawing, their number in the words, no figure for them."""
    table = hiding(TABLE, ("402", "easy", TOTAL), ("749", "hard", TOTAL), ("402", TOTAL, TOTAL))
    chart = chart_of(table, "municipality", language, table_number=1)
    assert [None in one.values for one in chart.series] == [True, False, True]
    assert chart.totals[0] is None
    root = drawn(chart)
    assert [len(of_class(bar, "gap")) for bar in of_class(root, "bar")] == [1, 1]
    assert words(language).term("open-data.chart.missing").format(count=2) in chart.description
    (full,) = (one for one in chart.series if None not in one.values)
    highest = max(value for value in full.values if value is not None)
    assert number_text(highest, language) in chart.description


def test_each_axis_of_each_quantity_is_drawn_once() -> None:
    """The stock along municipality and duration, the inflow along municipality, hours by group as one series."""
    annex = sample_annex()
    assert chart_plan(annex.tables) == {
        "stock": ("municipality", "duration"), "inflow": ("municipality",), "hours": ("group",)
    }  # fmt: skip
    hours = chart_of(annex.table("hours"), "group", Language.EN, table_number=3)
    assert [one.label for one in hours.series] == ["hours"]
    assert hours.totals == ()
    twice = (*annex.tables, replace(annex.table("inflow"), id="again"))
    assert chart_plan(twice)["again"] == ()


def test_large_numbers_do_not_run_out_of_the_drawing() -> None:
    """A quarter of a million beside one, in the language with the widest numbers."""
    chart = Chart(Look.STACKED, "T", "D", "h", ("a", "b"), (Series("x", (250_000, 1)),), Language.FI, "-")
    root = drawn(chart)
    ends = [
        number(each, "x") + text_width(each.text or "", float(each.get("font-size", SMALL)))
        for each in root.iter(f"{SVG}text") if each.get("text-anchor") is None
    ]  # fmt: skip
    assert max(ends) <= WIDTH
    assert f"250{NBSP}000" in texts(root)
