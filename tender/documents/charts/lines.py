"""Lines over moments: a line ends where a value is not shown, and begins again behind the gap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tender.documents.charts.bars import grid_up
from tender.documents.charts.marks import (
    HIDDEN_SIGN,
    LINE_COLOURS,
    MUTED,
    SMALL,
    TEXT,
    Box,
    gap,
    num,
    point,
    tag,
    text_width,
    words,
)
from tender.documents.charts.nouns import Chart, Series
from tender.documents.charts.scale import Scale, scale_for
from tender.language import number_text

_HEIGHT = 140.0
_GAP_HEIGHT = 9.0
_LABEL_LINE = 10.0
_DASHES = ("", "5 2.4", "1.6 2", "8 2 1.6 2")


def draw_lines(chart: Chart, width: float, top: float) -> tuple[str, float]:
    """The lines and the height that they end at."""
    highest = max([value for one in chart.series for value in one.values if value is not None], default=1)
    right = max(text_width(one.label) for one in chart.series) + 8 if len(chart.series) > 1 else 8
    bottom = top + _HEIGHT
    scale = scale_for(highest, bottom, -(_HEIGHT - 4))
    left = text_width(number_text(scale.top, chart.language), SMALL) + 8
    step = (width - left - right) / len(chart.categories)
    places = [left + step * (index + 0.5) for index in range(len(chart.categories))]
    drawn = [
        grid_up(scale, left, width - right, chart),
        *_moments(chart, places, bottom),
        *_gaps(chart, places, bottom, step),
    ]
    drawn += [_line(one, place, places, scale) for place, one in enumerate(chart.series)]
    if len(chart.series) > 1:
        drawn.append(_names(chart, scale, width - right + 4))
    return "\n".join(drawn), bottom + TEXT + 10


def _line(series: Series, place: int, places: list[float], scale: Scale) -> str:
    """The stretches of one line, and a mark at every value."""
    spots = [None if value is None else (x, scale.at(value)) for x, value in zip(places, series.values, strict=True)]
    dashes = {"stroke_dasharray": _DASHES[place]} if _DASHES[place] else {}
    stretches = [list(run) for shown, run in groupby(spots, key=lambda spot: spot is not None) if shown]
    paths = [
        tag(
            "path",
            class_="line",
            d="M" + "L".join(f"{num(spot[0])} {num(spot[1])}" for spot in run if spot),
            fill="none",
            stroke=LINE_COLOURS[place],
            stroke_width=1.5,
            stroke_linejoin="round",
            **dashes,
        )
        for run in stretches
        if len(run) > 1
    ]
    marks = [point(*spot, place) for spot in spots if spot]
    return tag("g", "".join([*paths, *marks]), class_="series")


def _moments(chart: Chart, places: list[float], bottom: float) -> Iterator[str]:
    """Names of the moments, as many as there is room for, the last one always."""
    widest = max(text_width(name, SMALL) for name in chart.categories) + 8
    step = places[1] - places[0] if len(places) > 1 else widest
    each = next((n for n in (1, 2, 3, 4, 6, 12, 24) if n * step >= widest), 36)
    last = len(places) - 1
    for index in range(last, -1, -each):
        x = places[index]
        tick = tag("path", d=f"M{num(x)} {num(bottom)}v3.5", stroke=MUTED, stroke_width=0.6)
        yield tick + words(chart.categories[index], x, bottom + 12, "middle", font_size=SMALL, fill=MUTED)


def _gaps(chart: Chart, places: list[float], bottom: float, step: float) -> Iterator[str]:
    """A hatched gap at the foot of every moment of which a value is not shown, neighbours in one."""
    missing = [any(one.values[index] is None for one in chart.series) for index in range(len(places))]
    for is_missing, run in groupby(range(len(places)), key=lambda index: missing[index]):
        if not is_missing:
            continue
        indices = list(run)
        start, end = places[indices[0]] - step / 2, places[indices[-1]] + step / 2
        sign = words(HIDDEN_SIGN, (start + end) / 2, bottom - _GAP_HEIGHT - 2, "middle", font_size=SMALL)
        yield gap(Box(start, bottom - _GAP_HEIGHT, end - start, _GAP_HEIGHT)) + sign


def _names(chart: Chart, scale: Scale, x: float) -> str:
    """The names of the lines at their ends, moved apart where they would overlap."""
    ends = [next((value for value in reversed(one.values) if value is not None), 0) for one in chart.series]
    order = sorted(range(len(ends)), key=lambda place: scale.at(ends[place]))
    drawn: list[str] = []
    lowest = -1e9
    floor = scale.start - _LABEL_LINE * (len(order) - 1)
    for rank, place in enumerate(order):
        y = max(min(scale.at(ends[place]) + TEXT * 0.34, floor + _LABEL_LINE * rank + 2), lowest + _LABEL_LINE)
        drawn.append(words(chart.series[place].label, x, y, font_weight="600"))
        lowest = y
    return tag("g", "".join(drawn), class_="names")
