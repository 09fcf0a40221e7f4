"""Figures that somebody else has published, as a tidy CSV file in the annex's own codes."""

from __future__ import annotations

from collections.abc import Sequence

from tender.annexes.building.auditing import Known
from tender.annexes.building.linking import AXES, Frame, Period
from tender.annexes.disclosure.building import TOTAL_WORDS
from tender.annexes.disclosure.tidy import read_table
from tender.errors import InputError, Place
from tender.guards import excerpt
from tender.language import Text
from tender.model.annex import TOTAL, At, Axis, Category
from tender.model.open_data import Quantity

QUANTITY = "quantity"
"""Column that says what a row counts; without it every row is of the stock."""


def known_from(data: bytes, file: str, period: Period) -> Known:
    """What a CSV file shows: columns named like axes of the annex, perhaps `quantity`, and one column of counts.

    An axis without a column is summed over. A synthetic mark is looked past.

    Args:
        data: Its bytes.
        file: The file as the user knows it.
        period: The days of rows without a month.

    Raises:
        InputError: It is no such file, or a column is no axis.
    """
    table = read_table(data, file, hidden=True)
    names = [name.casefold() for name in table.dimensions]
    for name, head in zip(names, table.dimensions, strict=True):
        if name not in {*AXES, QUANTITY, "synthetic"}:
            expected = ", ".join(AXES)
            raise InputError(
                "annex.known-no-axis", place=Place(file, 1), file=file, found=excerpt(head), expected=expected
            )
    rows: dict[Quantity, dict[At, int]] = {}
    axes = [place for place, name in enumerate(names) if name in AXES]
    for at, count in table.counts.items():
        quantity = _quantity(at, names, Place(file, table.lines[at]))
        if count is not None:
            rows.setdefault(quantity, {})[tuple(_code(at[place]) for place in axes)] = count
    frames = tuple(_frame(file, quantity, [names[place] for place in axes], cells, period)
                   for quantity, cells in rows.items())  # fmt: skip
    return Known(frames, {frame.id: rows[frame.quantity] for frame in frames})


def _quantity(at: At, names: Sequence[str], place: Place) -> Quantity:
    if QUANTITY not in names:
        return Quantity.STOCK
    said = at[names.index(QUANTITY)].casefold()
    if said not in set(Quantity):
        raise InputError(
            "annex.known-no-axis", place=place, file=place.file, found=excerpt(said), expected=", ".join(AXES)
        )
    return Quantity(said)


def _code(code: str) -> str:
    return TOTAL if code.casefold() in TOTAL_WORDS else code


def _frame(file: str, quantity: Quantity, names: Sequence[str], cells: dict[At, int], period: Period) -> Frame:
    """A table without sums of its own: only where its cells are cells of the annex does it say something."""
    axes = tuple(
        Axis(name, Text(name), tuple(Category(code, Text(code)) for code in dict.fromkeys(at[place] for at in cells)))
        for place, name in enumerate(names)
    )
    return Frame(f"{file}/{quantity.value}", quantity, axes, period)
