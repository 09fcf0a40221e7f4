"""Bars: lying ones in parts, and standing columns side by side."""

from __future__ import annotations

from itertools import accumulate

from tender.documents.charts.marks import (
    HIDDEN_SIGN,
    INK,
    MUTED,
    RULE,
    SMALL,
    TEXT,
    Box,
    gap,
    part,
    plate,
    tag,
    text_width,
    words,
    wrapped,
)
from tender.documents.charts.nouns import Chart, Value
from tender.documents.charts.scale import Scale, scale_for
from tender.language import number_text

STUB = 16.0
"""Length of the gap for a value of which not even the total is known."""

_BAR, _PITCH, _LINE = 14.0, 22.0, 10.0
_WIDEST_LABEL = 168.0
_PLAIN_DARK = 0
_COLUMN_HEIGHT = 130.0
_WIDEST_COLUMN = 26.0
_BETWEEN = 1.2


def draw_stacked(chart: Chart, width: float, top: float) -> tuple[str, float]:
    """Lying bars and the height that they end at."""
    labels = [wrapped(name, _WIDEST_LABEL) for name in chart.categories]
    left = min(max(text_width(line) for lines in labels for line in lines) + 8, _WIDEST_LABEL + 8)
    ends = [_total(chart, index) for index in range(len(chart.categories))]
    known = [_known(chart, index) for index in range(len(chart.categories))]
    highest = max([end for end in ends if end is not None] + known)
    right = text_width(number_text(highest, chart.language)) + STUB + 8
    scale = scale_for(highest, left, width - left - right)
    pitches = [max(_PITCH, _LINE * len(lines) + 6) for lines in labels]
    starts = list(accumulate(pitches, initial=top))
    rows = [
        _row(chart, index, scale, labels[index], starts[index] + (pitches[index] - _BAR) / 2)
        for index in range(len(labels))
    ]
    grid = _grid_across(scale, top, starts[-1], chart)
    return grid + "\n" + "\n".join(rows), starts[-1] + TEXT + 4


def _total(chart: Chart, index: int) -> Value:
    """The total of a category: the published one, else the sum of its parts when all are shown."""
    if chart.totals:
        return chart.totals[index]
    values = [one.values[index] for one in chart.series]
    return None if None in values else sum(value for value in values if value is not None)


def _known(chart: Chart, index: int) -> int:
    """The sum of what is shown of a category."""
    return sum(one.values[index] or 0 for one in chart.series)


def _row(chart: Chart, index: int, scale: Scale, label: list[str], y: float) -> str:
    """One bar with its name, its parts, what is not shown of it, and its total."""
    middle = y + _BAR / 2 + TEXT * 0.34
    first = middle - _LINE * (len(label) - 1) / 2
    drawn = [words(line, scale.start - 6, first + _LINE * place, "end") for place, line in enumerate(label)]
    begin = 0
    for place, one in enumerate(chart.series):
        value = one.values[index]
        if value:
            drawn.append(_part(scale, begin, value, place, y, number_text(value, chart.language)))
            begin += value
    total = _total(chart, index)
    end = scale.at(begin)
    if any(one.values[index] is None for one in chart.series):
        length = STUB if total is None else max(scale.at(total) - end, 2.0)
        drawn.append(gap(Box(end, y, length, _BAR)))
        drawn.append(_sign(end, length, y))
        end += length
    if len(chart.series) > 1 or total is None or total == 0:
        shown = HIDDEN_SIGN if total is None else number_text(total, chart.language)
        drawn.append(words(shown, end + 4, middle, font_weight="600"))
    elif total:
        drawn.append(words(number_text(total, chart.language), end + 4, middle))
    return tag("g", "".join(drawn), class_="bar")


def _sign(start: float, length: float, y: float) -> str:
    wide = length >= text_width(HIDDEN_SIGN, SMALL) + 5
    return plate(HIDDEN_SIGN, start + length / 2, y + _BAR / 2 + 1.6, dark=False) if wide else ""


def _part(scale: Scale, begin: int, value: int, place: int, y: float, label: str) -> str:
    """One part of a bar; a sliver of the ground parts it from the next one."""
    start, end = scale.at(begin), scale.at(begin + value)
    box = Box(start, y, max(end - start - (_BETWEEN if end - start > 2 * _BETWEEN else 0), 0.4), _BAR)
    if box.width < text_width(label, SMALL) + 5:
        return part(box, place)
    return part(box, place) + plate(
        label, box.x + box.width / 2, y + _BAR / 2 + SMALL * 0.34, dark=place == _PLAIN_DARK
    )


def _grid_across(scale: Scale, top: float, bottom: float, chart: Chart) -> str:
    """Fine standing lines with their numbers below."""
    lines = [
        tag("path", d=f"M{scale.at(tick):.2f} {top:.2f}V{bottom:.2f}", stroke=MUTED if tick == 0 else RULE)
        + words(
            number_text(tick, chart.language), scale.at(tick), bottom + TEXT + 1, "middle", fill=MUTED, font_size=SMALL
        )
        for tick in scale.ticks
    ]
    return tag("g", "".join(lines), class_="grid", stroke_width=0.6, fill="none")


def draw_columns(chart: Chart, width: float, top: float) -> tuple[str, float]:
    """Standing columns and the height that they end at."""
    highest = max([value for one in chart.series for value in one.values if value is not None], default=1)
    bottom = top + _COLUMN_HEIGHT
    scale = scale_for(highest, bottom, -(_COLUMN_HEIGHT - TEXT - 2))
    left = text_width(number_text(scale.top, chart.language), SMALL) + 8
    band = (width - left) / len(chart.categories)
    column = min(_WIDEST_COLUMN, band * 0.8 / len(chart.series))
    drawn = [grid_up(scale, left, width, chart)]
    lines = 1
    for index, name in enumerate(chart.categories):
        middle = left + band * (index + 0.5)
        begin = middle - column * len(chart.series) / 2
        columns = "".join(
            _column(chart, one.values[index], place, scale, Box(begin + column * place, bottom, column, 0))
            for place, one in enumerate(chart.series)
        )
        label = wrapped(name, band - 4)
        lines = max(lines, len(label))
        named = (words(line, middle, bottom + 11 + _LINE * place, "middle") for place, line in enumerate(label))
        drawn.append(tag("g", columns + "".join(named), class_="band"))
    return "\n".join(drawn), bottom + 4 + _LINE * lines + 4


def _column(chart: Chart, value: Value, place: int, scale: Scale, foot: Box) -> str:
    """One column on its foot, with its number where that is not wider than it."""
    inner = Box(foot.x + _BETWEEN / 2, foot.y, foot.width - _BETWEEN, 0)
    middle = foot.x + foot.width / 2
    if value is None:
        sign = words(HIDDEN_SIGN, middle, foot.y - STUB - 2.5, "middle", font_size=SMALL, fill=INK)
        return gap(Box(inner.x, foot.y - STUB, inner.width, STUB)) + sign
    high = scale.at(value)
    label = number_text(value, chart.language)
    fits = text_width(label, SMALL) <= foot.width + 1
    number = words(label, middle, high - 2.5, "middle", font_size=SMALL) if fits else ""
    return (part(Box(inner.x, high, inner.width, foot.y - high), place) if value else "") + number


def grid_up(scale: Scale, left: float, right: float, chart: Chart) -> str:
    """Fine lying lines with their numbers at the left."""
    lines = [
        tag("path", d=f"M{left:.2f} {scale.at(tick):.2f}H{right:.2f}", stroke=MUTED if tick == 0 else RULE)
        + words(
            number_text(tick, chart.language),
            left - 5,
            scale.at(tick) + SMALL * 0.34,
            "end",
            fill=MUTED,
            font_size=SMALL,
        )
        for tick in scale.ticks
    ]
    return tag("g", "".join(lines), class_="grid", stroke_width=0.6, fill="none")
