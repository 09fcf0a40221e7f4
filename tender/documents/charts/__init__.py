"""Charts as SVG text, drawn from plain values: the same values give the same text, and nothing speaks by colour alone.

Series differ by lightness, texture, dashes and marks, and carry their names. What is hidden is drawn as a hatched gap:
no line runs through it and no bar stands for it.
"""

from tender.documents.charts.drawing import draw
from tender.documents.charts.nouns import MOST_SERIES, Chart, Look, Series

__all__ = ["MOST_SERIES", "Chart", "Look", "Series", "draw"]
