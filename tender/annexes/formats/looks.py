"""How the annex's workbook looks."""

from __future__ import annotations

from dataclasses import replace

from tender.sheets.book import Align, Style
from tender.sheets.palette import ALERT, BRAND, MUTED, RULE, TINT

TITLE = Style(size=18, bold=True, colour=BRAND, wrap=False)
HEAD = Style(size=14, bold=True, colour=BRAND, wrap=False)
FACT = Style(colour=MUTED, wrap=False)
BANNER = Style(size=11, bold=True, colour="FFFFFF", fill=ALERT, wrap=False)
SECTION = Style(size=12, bold=True, colour="FFFFFF", fill=BRAND, wrap=False)
TERM = Style(bold=True, colour=BRAND, rule=RULE)
TEXT = Style(rule=RULE)
COLUMN = Style(bold=True, colour=BRAND, fill=TINT, rule=BRAND)
COLUMN_RIGHT = replace(COLUMN, align=Align.RIGHT, indent=1)
COLUMN_BESIDE = replace(COLUMN, indent=1)
COLUMN_BUTTON = replace(COLUMN_RIGHT, indent=3)
LABEL = Style(rule=RULE)
LABEL_SUM = replace(LABEL, bold=True)
CODE = Style(colour=MUTED, rule=RULE)
BESIDE = replace(LABEL, indent=1)
NUMBER = Style(rule=RULE, align=Align.RIGHT, number_format="#,##0", indent=1)
NUMBER_SUM = replace(NUMBER, bold=True)
HIDDEN = replace(NUMBER, colour=MUTED)
"""A hidden cell: its symbol stands where the number would."""


def heading(style: Style) -> Style:
    """How the heading of a column looks whose cells look like `style`: room is left for the button that filters."""
    return COLUMN_BUTTON if style is NUMBER else COLUMN_BESIDE if style is BESIDE else COLUMN
