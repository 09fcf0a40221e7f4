"""How forms look: the colours of the documents room's style, and the styles of cells made of them."""

from __future__ import annotations

from dataclasses import replace

from tender.sheets import palette
from tender.sheets.book import Align, Highlight, Style

BRAND = palette.BRAND
TEXT = palette.TEXT
MUTED = palette.MUTED
ALERT = palette.ALERT
SUCCESS = palette.SUCCESS
WAITING = palette.WAITING
TINT = palette.TINT
RULE = palette.RULE
BLANK_FILL = palette.BLANK_FILL
ALERT_FILL = palette.ALERT_FILL
READY_FILL = palette.READY_FILL

TITLE = Style(size=20, bold=True, colour=BRAND, wrap=False)
SUBTITLE = Style(size=12, bold=True, colour=TEXT, wrap=False)
FACTS = Style(colour=MUTED, wrap=False)
BANNER = Style(size=11, bold=True, colour="FFFFFF", fill=ALERT, wrap=False)
SECTION = Style(size=12, bold=True, colour="FFFFFF", fill=BRAND, wrap=False)
INTRO = Style(italic=True, colour=MUTED, wrap=False)
HEADING = Style(bold=True, colour=BRAND, fill=TINT, rule=BRAND)
HEADING_BESIDE = replace(HEADING, indent=1)
HEADING_RIGHT = replace(HEADING, align=Align.RIGHT)
NUMBER = Style(colour=MUTED, rule=RULE)
LABEL = Style(bold=True, rule=RULE)
PLAIN = Style(rule=RULE)
BESIDE = Style(rule=RULE, indent=1)
BESIDE_MINOR = Style(colour=MUTED, rule=RULE, indent=1)
HELP = Style(size=9, rule=RULE)
MINOR = Style(colour=MUTED, rule=RULE, indent=1)
FOLLOWS = Style(colour=MUTED, rule=RULE)
FOLLOWS_STATUS = replace(FOLLOWS, indent=1)
STATUS = Style(bold=True, colour=MUTED, rule=RULE, indent=1)
INPUT = Style(fill=BLANK_FILL, edge=BRAND, locked=False)
COMPUTED = Style(rule=RULE, align=Align.RIGHT)
TOTAL = Style(size=12, bold=True, colour=BRAND, fill=TINT, rule=BRAND, align=Align.RIGHT)
TOTAL_EUROS = replace(TOTAL, number_format="#,##0.00####")
TOTAL_LABEL = replace(TOTAL, align=Align.LEFT)
PROGRESS_LABEL = Style(bold=True, wrap=False)
PROGRESS_WORDS = Style(bold=True, wrap=False, indent=1)
PROGRESS = Style(size=12, bold=True, colour=BRAND, align=Align.RIGHT, wrap=False)
BODY = Style(rule=RULE)
BODY_LABEL = Style(bold=True, colour=BRAND, rule=RULE)
CODE = Style(size=8, colour=MUTED)
HIDDEN = Style(wrap=False)

COUNT_FORMAT = "#,##0"


def price_format(decimals: int) -> str:
    """A number format with `decimals` decimals that hides none that a bidder typed beyond them."""
    return f"#,##0.{'0' * decimals}{'#' * 6}" if decimals else "General"


def fixed_format(decimals: int) -> str:
    """A number format with exactly `decimals` decimals; a zero is shown as a zero (MAO:372/20)."""
    return f"#,##0.{'0' * decimals}" if decimals else COUNT_FORMAT


def euro_format(decimals: int) -> str:
    """A number format for exact amounts: cents always, further decimals where there are any."""
    return f"#,##0.00{'#' * max(0, decimals - 2)}"


def input_style(number_format: str = "General") -> Style:
    """The style of an input cell for numbers in `number_format`, or for text."""
    align = Align.LEFT if number_format == "@" else Align.RIGHT
    return replace(INPUT, number_format=number_format, align=align)


def computed_style(number_format: str) -> Style:
    """The style of a locked cell that a formula fills."""
    return replace(COMPUTED, number_format=number_format)


def input_highlights(ref: str, right: str) -> tuple[Highlight, ...]:
    """Yellow while blank, red while not `right`, else green; the status beside it says the same in words."""
    return (
        Highlight(f'{ref}=""', TEXT, BLANK_FILL),
        Highlight(f"NOT({right})", ALERT, ALERT_FILL, bold=True),
        Highlight(f'{ref}<>""', TEXT, READY_FILL),
    )


def status_highlights(ref: str, blank: str) -> tuple[Highlight, ...]:
    """Green when the status begins with a tick, brown when it says `blank`, else red."""
    return (
        Highlight(f'LEFT({ref},1)="✓"', SUCCESS, "", bold=True),
        Highlight(f"{ref}={blank}", WAITING, "", bold=True),
        Highlight(f'{ref}<>""', ALERT, "", bold=True),
    )
