"""A chart as one SVG element that says what it shows."""

from __future__ import annotations

from tender.documents.charts.bars import draw_columns, draw_stacked
from tender.documents.charts.lines import draw_lines
from tender.documents.charts.marks import (
    GROUND,
    INK,
    MUTED,
    TEXT,
    Box,
    gap,
    num,
    part,
    tag,
    text_width,
    words,
)
from tender.documents.charts.nouns import Chart, Look

WIDTH = 480.0
"""Width of every chart in its own units: 160 mm on paper, three units a millimetre."""

FONTS = "Source Sans 3, Carlito, Calibri, Segoe UI, Arial, sans-serif"

_DRAWERS = {Look.STACKED: draw_stacked, Look.COLUMNS: draw_columns, Look.LINES: draw_lines}
_UNIT_LINE, _KEY_LINE = 14.0, 15.0


def draw(chart: Chart, anchor: str) -> str:
    """`chart` as SVG.

    Args:
        chart: What to draw.
        anchor: Begin of its ids, which must differ from those of every other chart of the page.
    """
    keys, top = _keys(chart)
    unit = words(chart.unit, 0, top + TEXT, font_size=TEXT, fill=MUTED)
    content, height = _DRAWERS[chart.look](chart, WIDTH, top + _UNIT_LINE)
    named = tag("title", _plain(chart.title), id=f"{anchor}-title") + tag(
        "desc", _plain(chart.description), id=f"{anchor}-desc"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{anchor}-title" '
        f'aria-describedby="{anchor}-desc" viewBox="0 0 {num(WIDTH)} {num(height)}" width="160mm" '
        f'height="{num(height / 3)}mm" font-family="{FONTS}" font-size="{num(TEXT)}" fill="{INK}">\n'
        f"{named}\n{keys}{unit}\n{content}\n</svg>"
    )


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _keys(chart: Chart) -> tuple[str, float]:
    """The key to textures, above the chart, and where it ends; lines carry their names themselves."""
    entries = [] if chart.look is Look.LINES or len(chart.series) == 1 else [one.label for one in chart.series]
    drawn: list[str] = []
    x, y = 0.0, 0.0
    for place, label in enumerate([*entries, *([chart.hidden] if chart.any_hidden else [])]):
        width = 18 + text_width(label) + 12
        if x and x + width > WIDTH:
            x, y = 0.0, y + _KEY_LINE
        swatch = Box(x, y + 1.5, 12, 9)
        drawn.append(part(swatch, place) if place < len(entries) else gap(swatch))
        drawn.append(words(label, x + 16, y + 9))
        x += width
    content = tag("g", "".join(drawn), class_="keys", fill=INK) + "\n" if drawn else ""
    return content, y + _KEY_LINE + 4 if drawn else 0.0


__all__ = ["FONTS", "GROUND", "WIDTH", "draw"]
