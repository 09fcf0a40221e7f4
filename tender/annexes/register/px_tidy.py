"""A published PX table as a tidy table of counts, so that what stands in one can be audited or taken as known."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from tender.annexes.register.px import PxTable, read_px
from tender.errors import InputError, Place

ENDING = ".px"
"""How the name of a PX file ends."""

VALUE = "value"
"""Column of the counts; it stands behind the dimensions under the names that the file's first language has."""


def tidy_bytes(data: bytes, file: str) -> bytes:
    """`data` as a tidy CSV table where `file` is a PX file; any other file as it is.

    A cell that shows a sign instead of a figure has an empty count: it is hidden.

    Raises:
        InputError: The PX file is damaged, or a figure is no whole number that can be a count.
    """
    return _written(read_px(data, file)) if file.lower().endswith(ENDING) else data


def _written(table: PxTable) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(one.name for one in table.dimensions), VALUE])
    for number, (codes, figure) in enumerate(table.cells(), 1):
        writer.writerow([*codes, "" if figure is None else _count(figure, number, table.file)])
    return out.getvalue().encode()


def _count(figure: Decimal, number: int, file: str) -> str:
    if figure != figure.to_integral_value() or figure < 0:
        raise InputError("px.count", place=Place(file), file=file, at=number, found=f"{figure:f}")
    return f"{figure:.0f}"
