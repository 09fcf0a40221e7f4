"""Charts: what is drawn is what the values say, what is hidden is a gap, and nothing is cut off or told by colour."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.documents.charts import MOST_SERIES, Chart, Look, Series, draw
from tender.documents.charts.drawing import WIDTH
from tender.documents.charts.marks import (
    BRAND,
    GROUND,
    HIDDEN_SIGN,
    INK,
    LINE_COLOURS,
    MIDDLE,
    MUTED,
    SMALL,
    TEXT,
    text_width,
)
from tender.documents.charts.scale import scale_for
from tender.language import NBSP, Language, number_text

SVG = "{http://www.w3.org/2000/svg}"
GOLDENS = Path(__file__).parent / "goldens"
NAMES = ("Ryhmä 1", "Ryhmä 2", "Ryhmä 3", "Ryhmä 4")
LEAST_CONTRAST = 3.0
TEXT_CONTRAST = 4.5


def chart_of(look: Look, *values: tuple[int | None, ...], totals: tuple[int | None, ...] = ()) -> Chart:
    """A chart of series of `values`."""
    count = len(values[0])
    return Chart(
        look=look,
        title="Asiakkaat",
        description="Kolme ryhmää.",
        unit="asiakasta",
        categories=tuple(f"{place + 1}/2018" for place in range(count)),
        series=tuple(Series(name, each) for name, each in zip(NAMES, values, strict=False)),
        language=Language.FI,
        hidden="ei näytetä",
        totals=totals,
    )


GOLDEN_CHARTS = {
    "stacked": chart_of(Look.STACKED, (229, 1310, 0), (329, None, 0), (331, None, 0), totals=(889, 1511, 0)),
    "columns": chart_of(Look.COLUMNS, (229, 131, 80), (129, None, 60), (31, 91, 0)),
    "lines": chart_of(Look.LINES, (60, 72, 75, 64, 70), (40, None, None, 42, 44), (12, 14, 9, 11, None)),
}


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(draw(chart, "figure-1"))


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in root.iter() if element.get("class") == name]


def number(element: ET.Element, name: str) -> float:
    return float(element.get(name, "nan"))


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def grid_scale(root: ET.Element, axis: str) -> tuple[float, float]:
    """Place of zero, and units of the page for one of value, by the grid that a reader would use."""
    grid = of_class(root, "grid")[0]
    ticks = [int((element.text or "").replace(NBSP, "")) for element in grid.iter(f"{SVG}text")]
    starts = [element.get("d", "") for element in grid.iter(f"{SVG}path")]
    found = [re.match(r"M(-?[\d.]+) (-?[\d.]+)", start) for start in starts]
    places = [float(match[1 if axis == "x" else 2]) for match in found if match]
    return places[0], (places[-1] - places[0]) / (ticks[-1] - ticks[0])


counts = st.one_of(st.none(), st.integers(0, 250_000))


@st.composite
def charts(draws: st.DrawFn, look: Look) -> Chart:
    categories = draws(st.integers(1, 36 if look is Look.LINES else 9))
    rows = draws(st.lists(st.lists(counts, min_size=categories, max_size=categories), min_size=1, max_size=MOST_SERIES))
    return chart_of(look, *(tuple(row) for row in rows))


@given(charts(Look.STACKED))
def test_parts_of_bars_are_as_long_as_their_values(chart: Chart) -> None:
    """Every part begins where the parts before it end, on the scale that the grid shows; a gap is no part."""
    root = drawn(chart)
    zero, unit = grid_scale(root, "x")
    bars = of_class(root, "bar")
    assert len(bars) == len(chart.categories)
    for index, bar in enumerate(bars):
        values = [one.values[index] for one in chart.series]
        shown = [value for value in values if value]
        parts = of_class(bar, "part")
        assert len(parts) == len(shown)
        assert len(of_class(bar, "gap")) == (None in values)
        begin = 0
        for value, part in zip(shown, parts, strict=True):
            assert number(part, "x") == pytest.approx(zero + unit * begin, abs=0.5)
            assert number(part, "width") == pytest.approx(unit * value, abs=2.1)
            begin += value


@given(charts(Look.COLUMNS))
def test_columns_are_as_high_as_their_values(chart: Chart) -> None:
    root = drawn(chart)
    zero, unit = grid_scale(root, "y")
    for index, band in enumerate(of_class(root, "band")):
        values = [one.values[index] for one in chart.series]
        shown = [value for value in values if value]
        parts = of_class(band, "part")
        assert len(parts) == len(shown)
        assert len(of_class(band, "gap")) == values.count(None)
        for value, part in zip(shown, parts, strict=True):
            assert number(part, "y") == pytest.approx(zero + unit * value, abs=0.5)
            assert number(part, "y") + number(part, "height") == pytest.approx(zero, abs=0.5)


def spots(series: ET.Element) -> list[tuple[float, float]]:
    """Places of the marks of a series: the middle of a disc, the middle of a drawn mark."""
    found = []
    for mark in of_class(series, "point"):
        if mark.get("cx"):
            found.append((number(mark, "cx"), number(mark, "cy")))
        else:
            corners = [tuple(map(float, each.split())) for each in mark.get("d", "")[1:-1].split("L")]
            low, high = min(y for _, y in corners), max(y for _, y in corners)
            found.append((sum(x for x, _ in corners) / len(corners), (low + high) / 2))
    return found


@pytest.mark.slow
@given(charts(Look.LINES))
def test_lines_go_through_what_is_shown_and_never_over_a_gap(chart: Chart) -> None:
    root = drawn(chart)
    zero, unit = grid_scale(root, "y")
    lines = of_class(root, "series")
    assert len(lines) == len(chart.series)
    for one, line in zip(chart.series, lines, strict=True):
        shown = [value for value in one.values if value is not None]
        places = spots(line)
        assert [y for _, y in places] == pytest.approx([zero + unit * value for value in shown], abs=0.7)
        hidden = [index for index, value in enumerate(one.values) if value is None]
        stretches = [[float(x.split()[0]) for x in path.get("d", "")[1:].split("L")] for path in of_class(line, "line")]
        assert sum(len(stretch) for stretch in stretches) <= len(shown)
        for index in hidden:
            before, after = index, index + 1
            count_before = sum(value is not None for value in one.values[:before])
            left = places[count_before - 1][0] if count_before else -1.0
            right = places[count_before][0] if count_before < len(places) else WIDTH + 1
            assert not any(min(stretch) <= left + 0.01 and max(stretch) >= right - 0.01 for stretch in stretches), after


@given(st.sampled_from(Look).flatmap(charts))
def test_everything_lies_within_the_drawing(chart: Chart) -> None:
    """No word, bar or mark is cut off at an edge."""
    root = drawn(chart)
    height = float(root.get("viewBox", "").split()[3])
    for rect in root.iter(f"{SVG}rect"):
        assert number(rect, "x") >= -0.01
        assert number(rect, "x") + number(rect, "width") <= WIDTH + 0.5
        assert 0 <= number(rect, "y") <= number(rect, "y") + number(rect, "height") <= height
    for word in root.iter(f"{SVG}text"):
        wide = text_width(word.text or "", float(word.get("font-size", TEXT)))
        share = {"middle": 0.5, "end": 1.0}.get(word.get("text-anchor", ""), 0.0)
        start = number(word, "x") - wide * share
        assert start >= -1
        assert start + wide <= WIDTH + 8
        assert TEXT * 0.6 <= number(word, "y") <= height


@given(st.sampled_from(Look).flatmap(charts))
def test_what_is_hidden_is_said_and_no_number_stands_for_it(chart: Chart) -> None:
    said = texts(drawn(chart))
    assert ("ei näytetä" in said) == chart.any_hidden
    known = {value for one in chart.series for value in one.values if value is not None}
    sums = {sum(one.values[index] or 0 for one in chart.series) for index in range(len(chart.categories))}
    ticks = set(scale_for(max(known | sums, default=0), 0, 1).ticks)
    ticks |= set(scale_for(max(known, default=1), 0, 1).ticks)
    numbers = {int(text.replace(NBSP, "")) for text in said if re.fullmatch(rf"[\d{NBSP}]+", text)}
    assert numbers <= known | sums | ticks


def test_a_total_that_is_known_closes_the_bar_with_a_gap() -> None:
    """Parts of 100 shown, total 160: the gap is as long as the 60 that are not shown, and 160 is said."""
    root = drawn(chart_of(Look.STACKED, (100,), (None,), (None,), totals=(160,)))
    zero, unit = grid_scale(root, "x")
    (gap,) = of_class(of_class(root, "bar")[0], "gap")
    assert number(gap, "x") == pytest.approx(zero + 100 * unit, abs=0.5)
    assert number(gap, "width") == pytest.approx(60 * unit, abs=0.9)
    assert "160" in texts(root)


def test_a_total_that_is_hidden_has_the_sign_of_what_is_hidden() -> None:
    said = texts(drawn(chart_of(Look.STACKED, (100,), (None,), totals=(None,))))
    assert said.count(HIDDEN_SIGN) == 2  # in the gap and in the place of the total


@pytest.mark.parametrize("look", Look)
def test_a_zero_is_a_number_and_no_gap(look: Look) -> None:
    root = drawn(chart_of(look, (0, 5), (5, 0)))
    assert of_class(root, "gap") == []
    assert "ei näytetä" not in texts(root)
    if look is not Look.LINES:
        assert sum(len(of_class(root, name)) for name in ("part",)) == 2 + 2  # two bars and two keys


@pytest.mark.parametrize(
    ("language", "written"), [(Language.FI, "1\u00a0234"), (Language.SV, "1\u00a0234"), (Language.EN, "1,234")]
)
@pytest.mark.parametrize("look", [Look.STACKED, Look.COLUMNS])
def test_numbers_are_written_as_the_language_does(look: Look, language: Language, written: str) -> None:
    chart = Chart(look, "T", "D", "kpl", ("a", "b"), (Series("x", (1234, 1)),), language, "-")
    assert written in texts(drawn(chart))


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_neighbours_and_the_ground_can_be_told_apart_without_colour() -> None:
    for one, other in ((BRAND, MIDDLE), (MIDDLE, GROUND), (BRAND, GROUND), *((each, GROUND) for each in LINE_COLOURS)):
        assert contrast(one, other) >= LEAST_CONTRAST, (one, other)
    for one in (INK, MUTED, BRAND):
        assert contrast(one, GROUND) >= TEXT_CONTRAST
    assert contrast("#777777", "#888888") < LEAST_CONTRAST  # the measure can fail


def test_every_series_of_bars_and_lines_has_a_look_of_its_own() -> None:
    """Without their colours, keys and lines still differ: by lightness or texture, by dashes and marks."""
    values = tuple((5, 6) for _ in range(MOST_SERIES))
    keys = of_class(drawn(chart_of(Look.COLUMNS, *values)), "keys")[0]
    swatches = [ET.tostring(each) for each in keys if each.tag != f"{SVG}text"]
    assert len(of_class(keys, "part")) == MOST_SERIES < len(swatches)
    lines = [path.get("stroke-dasharray") for path in of_class(drawn(chart_of(Look.LINES, *values)), "line")]
    assert len(set(lines)) == MOST_SERIES


@pytest.mark.parametrize("look", Look)
def test_it_says_what_it_shows_and_escapes_what_it_is_told(look: Look) -> None:
    hostile = '</title><script>alert("x")</script> & <b>'
    chart = Chart(look, hostile, hostile, hostile, (hostile, "b"), (Series(hostile, (3, 4)),), Language.FI, hostile)
    root = drawn(chart)
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.get("aria-labelledby") == title.get("id") == "figure-1-title"
    assert root.get("aria-describedby") == desc.get("id") == "figure-1-desc"
    assert title.text == desc.text == hostile
    assert root.find(f".//{SVG}script") is None


def test_a_chart_that_cannot_be_drawn_is_refused() -> None:
    for categories, series in (
        ((), (Series("x", ()),)),
        (("a",), ()),
        (("a", "b"), (Series("x", (1,)),)),
        (("a",), tuple(Series(str(place), (1,)) for place in range(MOST_SERIES + 1))),
    ):
        with pytest.raises(ValueError, match="categories"):
            Chart(Look.STACKED, "T", "D", "u", categories, series, Language.FI, "-")
    with pytest.raises(ValueError, match="categories"):
        chart_of(Look.STACKED, (1, 2), totals=(3,))


@given(st.integers(0, 10**9))
def test_the_scale_begins_at_zero_and_ends_at_a_round_number(highest: int) -> None:
    scale = scale_for(highest, 0, 100)
    assert scale.at(0) == 0
    assert 0 <= scale.at(highest) <= 100
    assert scale.top % scale.step == 0
    assert len(scale.ticks) <= 6
    assert str(scale.step).rstrip("0") in {"1", "2", "5"}


@pytest.mark.parametrize("name", GOLDEN_CHARTS)
def test_the_drawings_are_those_that_were_looked_at(name: str) -> None:
    """The same values give the same text; ``python -m tests.tender.documents.goldens`` writes them anew."""
    assert draw(GOLDEN_CHARTS[name], f"golden-{name}") == (GOLDENS / f"{name}.svg").read_text(encoding="utf-8")


def test_small_print_is_not_too_small() -> None:
    """A unit is a third of a millimetre on paper: the smallest letters are 7 pt."""
    assert min(SMALL, TEXT) / 3 / 25.4 * 72 >= 7
    assert number_text(1234, Language.FI) == f"1{NBSP}234"
