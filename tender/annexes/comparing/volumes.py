"""What a bidder reckons with: client-months, starts and work hours of each risk group, from the cells of an annex.

client-months = 12 · mean of the stocks of the months (or of the reference day, where no months are published)
starts        = inflow of the flow period, scaled to a year
work hours    = hours of the flow period, scaled to a year
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tender.annexes.disclosure.tables import At
from tender.model.open_data import Breakdown, Quantity

Values = Mapping[At, Fraction]
"""What somebody takes each cell for, by its coordinates over all tables."""

YEAR = 12
"""Months of a year."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where volumes stand among the cells of linked tables.

    Attributes:
        dimensions: Names of the coordinates.
        roots: Code of the total of each; empty where there is none.
        group: Name of the dimension of risk groups.
        groups: Their codes.
        place: Name of the dimension of places; empty where there is none.
        places: Their codes, the total first.
        months: Codes of the months of stocks, or of the one day of which there is a stock; empty in one plain table.
        flow: Code of the flow period on the dimension of months.
        scale: From the flow period to a year.
    """

    dimensions: tuple[str, ...]
    roots: tuple[str, ...]
    group: str
    groups: tuple[str, ...]
    place: str
    places: tuple[str, ...]
    months: tuple[str, ...] = ()
    flow: str = ""
    scale: Fraction = Fraction(1)

    @property
    def all_places(self) -> str:
        """Code of all places together; empty where there are none."""
        return self.places[0] if self.places else ""

    def at(self, quantity: Quantity, month: str, place: str, group: str) -> At:
        """Coordinates of one volume, the total on every other dimension."""
        known = {"quantity": quantity.value, Breakdown.MONTH.value: month} if self.months else {}
        known |= {self.group: group} | ({self.place: place} if self.place else {})
        return tuple(known.get(name, root) for name, root in zip(self.dimensions, self.roots, strict=True))


@dataclass(frozen=True, slots=True)
class Volume:
    """What one risk group brings in a year, in one place or in all.

    Attributes:
        months: Client-months.
        starts: Spells that begin; ``None`` where nothing tells.
        hours: Work hours; ``None`` where nothing tells.
    """

    months: Fraction | None
    starts: Fraction | None
    hours: Fraction | None


def volume(values: Values, layout: Layout, place: str, group: str) -> Volume:
    """The volume of `group` in `place`, as far as `values` tell."""
    days = [layout.at(Quantity.STOCK, month, place, group) for month in layout.months or ("",)]
    stocks = [values[at] for at in days if at in values]
    starts, hours = (
        values.get(layout.at(quantity, layout.flow, place, group)) if layout.months else None
        for quantity in (Quantity.INFLOW, Quantity.HOURS)
    )
    return Volume(
        YEAR * sum(stocks, Fraction(0)) / len(stocks) if stocks else None,
        None if starts is None else starts * layout.scale,
        None if hours is None else hours * layout.scale,
    )
