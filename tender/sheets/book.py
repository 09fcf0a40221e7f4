"""The nouns of a workbook that Valinta writes: sheets, cells, looks, validations; no file format in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

MAX_PROMPT_TITLE = 32
"""Most characters of the title of a prompt or an error; Excel calls a longer one a damaged file."""

MAX_PROMPT = 255
"""Most characters of a prompt or an error (Excel's own limit)."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, without its equals sign; only code of Valinta makes one, never text from outside.

    Attributes:
        text: The formula in the file's own English notation.
    """

    text: str


Value = str | int | Decimal | Formula | None
"""What a cell holds; text stays text whatever it begins with."""


class Align(StrEnum):
    """Where a cell's content stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks, and whether a bidder may write in it.

    Attributes:
        size: Font size in points.
        bold: Bold.
        italic: Italic.
        colour: Text colour, RRGGBB.
        fill: Background, RRGGBB; empty for none.
        edge: Colour of a thin frame; empty for none.
        rule: Colour of a thin line below; empty for none.
        align: Horizontal alignment.
        middle: Whether the content stands in the middle of the row's height, else at its top.
        wrap: Whether text breaks into lines inside the cell.
        number_format: Number format in the file's own notation.
        locked: Whether sheet protection locks the cell.
        indent: Steps of indentation.
    """

    size: int = 10
    bold: bool = False
    italic: bool = False
    colour: str = "212121"
    fill: str = ""
    edge: str = ""
    rule: str = ""
    align: Align = Align.LEFT
    middle: bool = True
    wrap: bool = True
    number_format: str = "General"
    locked: bool = True
    indent: int = 0


class Limit(StrEnum):
    """What a validation asks of a typed value."""

    DECIMAL = "decimal"
    WHOLE = "whole"
    LENGTH = "textLength"
    LIST = "list"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Validation:
    """What a spreadsheet program asks of a typed value; a pasted value escapes it, so reading asks again.

    Attributes:
        limit: The kind of demand.
        first: Lower end, list of choices, or formula.
        last: Upper end; empty for lists and formulas.
        title: Title of prompt and error.
        prompt: Shown when the cell is chosen.
        error: Shown when the value is refused.
        stops: Whether a wrong value is refused, else only warned of.
    """

    limit: Limit
    first: str
    last: str
    title: str
    prompt: str
    error: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Highlight:
    """Colours that show when a formula is true.

    Attributes:
        formula: The condition, as seen from the cell.
        colour: Text colour, RRGGBB.
        fill: Background, RRGGBB; empty for none.
        bold: Bold text.
    """

    formula: str
    colour: str
    fill: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        ref: Its reference, such as ``C7``.
        value: What it holds.
        style: How it looks.
        name: The workbook-wide name of the cell; empty for none.
        validation: What a typed value must be; ``None`` for locked cells.
        highlights: Conditional colours, the first true one wins.
    """

    ref: str
    value: Value
    style: Style
    name: str = ""
    validation: Validation | None = None
    highlights: tuple[Highlight, ...] = ()


class Visibility(StrEnum):
    """Whether a sheet is seen; a very hidden one cannot be shown from the program's menus."""

    VISIBLE = "visible"
    VERY_HIDDEN = "veryHidden"


@dataclass(frozen=True, slots=True)
class Print:
    """How a sheet is printed: A4, as wide as the page.

    Attributes:
        landscape: Landscape instead of portrait.
        header: Text in the middle of the header.
        footer: Texts at the left and in the middle of the footer; page numbers stand at the right.
        repeat_rows: Rows repeated on every page, such as ``5:5``; empty for none.
        new_pages: Rows that begin a new page.
    """

    landscape: bool
    header: str
    footer: tuple[str, str]
    repeat_rows: str = ""
    new_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A block of cells that spreadsheet programs filter and sort as a table; its first row holds the headings.

    Attributes:
        name: Its name in the workbook: letters, digits and underscores, unlike any cell reference.
        ref: The block, such as ``A5:D20``; its headings are texts that differ from each other.
        buttons: Whether its headings have the buttons that filter.
    """

    name: str
    ref: str
    buttons: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; a form is protected without a password, so that only unlocked cells take input.

    Attributes:
        title: Name of the sheet, at most 31 characters.
        cells: Its cells.
        widths: Column widths in characters, by column letter.
        heights: Row heights in points, by row number.
        printing: How it is printed; ``None`` for a hidden sheet.
        freeze: First cell that scrolls; empty for none.
        tab: Colour of its tab, RRGGBB; empty for none.
        visibility: Whether it is seen.
        protected: Whether only unlocked cells take input, and the workbook keeps its sheets.
        tables: Its tables.
    """

    title: str
    cells: tuple[Cell, ...]
    widths: Mapping[str, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    printing: Print | None = None
    freeze: str = ""
    tab: str = ""
    visibility: Visibility = Visibility.VISIBLE
    protected: bool = True
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole workbook.

    Attributes:
        title: Title in its properties.
        subject: Subject in its properties.
        language: Language tag in its properties, such as ``fi-FI``.
        created: The day on which it was made, as the file is to say; the only clock of writing.
        sheets: Its sheets in order; the first visible one opens.
    """

    title: str
    subject: str
    language: str
    created: date
    sheets: tuple[Sheet, ...]
