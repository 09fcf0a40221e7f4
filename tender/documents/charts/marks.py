"""The marks that charts are made of, as SVG text: rectangles and their textures, points, lines, words."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

INK, BRAND, MIDDLE, MUTED, RULE, GROUND = "#212121", "#00357a", "#4b8ad0", "#5f686d", "#dfe3e6", "#ffffff"
"""Colours of the documents; `BRAND`, `MIDDLE` and `GROUND` differ by more than 3 : 1 from one another."""

LINE_COLOURS = (BRAND, MIDDLE, "#078364", "#ae332d")
"""Colours of lines; each stands out from the ground by more than 3 : 1."""

HIDDEN_SIGN = ".."
"""The sign of a value that is not shown, in tables and charts (the symbol of official statistics)."""

TEXT, SMALL = 8.5, 7.5
"""Sizes of text."""

_NARROW, _WIDE = frozenset("iljtfr.,:;|!'()[]I \u00a0-–/"), frozenset("mwMWÅÄÖ%@")
_NARROW_EM, _WIDE_EM, _CAPITAL_EM, _LETTER_EM = 0.30, 0.80, 0.60, 0.505
_HATCH = 3.6


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle.

    Attributes:
        x: Its left edge.
        y: Its upper edge.
        width: Its width.
        height: Its height.
    """

    x: float
    y: float
    width: float
    height: float


def num(value: float) -> str:
    """A coordinate with at most two decimals.

    >>> num(12.0), num(1.239)
    ('12', '1.24')
    """
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def tag(name: str, content: str = "", /, **attributes: str | float) -> str:
    """An element; underscores of attribute names become hyphens, and ``class_`` is ``class``."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else num(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def words(text: str, x: float, y: float, anchor: str = "start", **look: str | float) -> str:
    """`text` at a place; `anchor` says which end of it stands there."""
    if anchor != "start":
        look["text_anchor"] = anchor
    return tag("text", escape(text, quote=False), x=x, y=y, **look)


def text_width(text: str, size: float = TEXT) -> float:
    """About how wide `text` is; a little more rather than less."""
    return size * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_EM
    if letter in _WIDE:
        return _WIDE_EM
    return _CAPITAL_EM if letter.isupper() else _LETTER_EM


def wrapped(text: str, width: float, size: float = TEXT) -> list[str]:
    """`text` in lines no wider than `width`, broken at spaces; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def part(box: Box, place: int) -> str:
    """A bar of the series at `place`, in its texture."""
    if place < len((BRAND, MIDDLE)):
        return _rect(box, fill=(BRAND, MIDDLE)[place])
    inner = Box(box.x + 0.4, box.y + 0.4, max(box.width - 0.8, 0), max(box.height - 0.8, 0))
    strokes = _falling(inner) if place == len((BRAND, MIDDLE)) else _level(inner)
    texture = tag("path", d=strokes, stroke=BRAND, stroke_width=0.6, fill="none") if strokes else ""
    return _rect(inner, fill=GROUND, stroke=BRAND, stroke_width=0.8) + texture


def gap(box: Box) -> str:
    """What stands in the place of a value that is not shown."""
    inner = Box(box.x + 0.4, box.y + 0.4, max(box.width - 0.8, 0), max(box.height - 0.8, 0))
    strokes = _rising(inner)
    texture = tag("path", d=strokes, stroke=MUTED, stroke_width=0.45, fill="none") if strokes else ""
    frame = _rect(inner, "gap", fill=GROUND, stroke=MUTED, stroke_width=0.6, stroke_dasharray="1.8 1.4")
    return frame + texture


def _rect(box: Box, name: str = "part", **look: str | float) -> str:
    return tag("rect", class_=name, x=box.x, y=box.y, width=box.width, height=box.height, **look)


def _rising(box: Box) -> str:
    """Strokes that rise to the right, cut at the edges of `box`."""
    strokes: list[str] = []
    at = box.x + box.y + _HATCH / 2
    while at < box.x + box.width + box.y + box.height:
        left, right = max(box.x, at - box.y - box.height), min(box.x + box.width, at - box.y)
        strokes.append(f"M{num(left)} {num(at - left)}L{num(right)} {num(at - right)}")
        at += _HATCH
    return "".join(strokes)


def _falling(box: Box) -> str:
    """Strokes that fall to the right, cut at the edges of `box`."""
    strokes: list[str] = []
    at = box.x - box.y - box.height + _HATCH / 2
    while at < box.x + box.width - box.y:
        left, right = max(box.x, at + box.y), min(box.x + box.width, at + box.y + box.height)
        strokes.append(f"M{num(left)} {num(left - at)}L{num(right)} {num(right - at)}")
        at += _HATCH
    return "".join(strokes)


def _level(box: Box) -> str:
    """Level strokes."""
    rows = int(box.height / (_HATCH / 1.5))
    places = [box.y + box.height * (row + 1) / (rows + 1) for row in range(rows)]
    return "".join(f"M{num(box.x)} {num(y)}H{num(box.x + box.width)}" for y in places)


def point(x: float, y: float, place: int, radius: float = 1.9) -> str:
    """The mark of a value on the line of the series at `place`: a disc, a square, a triangle or a diamond."""
    colour, r = LINE_COLOURS[place], radius
    if place == 0:
        return tag("circle", class_="point", cx=x, cy=y, r=r, fill=colour)
    corners = (
        [(-r, -r), (r, -r), (r, r), (-r, r)],
        [(0, -1.3 * r), (1.25 * r, r), (-1.25 * r, r)],
        [(0, -1.45 * r), (1.45 * r, 0), (0, 1.45 * r), (-1.45 * r, 0)],
    )[place - 1]
    outline = "L".join(f"{num(x + dx)} {num(y + dy)}" for dx, dy in corners)
    if place == 1:
        return tag("path", class_="point", d=f"M{outline}Z", fill=GROUND, stroke=colour, stroke_width=1)
    return tag("path", class_="point", d=f"M{outline}Z", fill=colour)


def plate(text: str, x: float, y: float, *, dark: bool, size: float = SMALL) -> str:
    """`text` in the middle of a bar: white on a plain dark bar, else on a plate of the ground's colour."""
    if dark:
        return words(text, x, y, "middle", font_size=size, fill=GROUND)
    width = text_width(text, size) + 3
    ground = tag("rect", x=x - width / 2, y=y - size * 0.86, width=width, height=size * 1.16, rx=1, fill=GROUND)
    return ground + words(text, x, y, "middle", font_size=size, fill=INK)
