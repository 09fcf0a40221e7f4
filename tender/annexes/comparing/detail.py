"""How far capitation moves in detail: summed over every published combination of a risk group with anything else.

Group totals seldom move, for they are large; but who prices the long spells of the hard group for themselves reckons
with its parts. A merged category is divided evenly among what was merged.

    in detail = Σ |seen − true| · price of the group  /  Σ true · price of the group,   over the stocks
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tender.annexes.comparing.volumes import Layout, Values
from tender.annexes.comparing.worth import Rates
from tender.annexes.disclosure.coarsening import Merge
from tender.annexes.disclosure.tables import At
from tender.model.open_data import Quantity

Codes = Mapping[str, Mapping[str, str]]
"""By dimension, the final category of each merged one."""


def detail(
    values: Values, plain: Values, layout: Layout, rates: Mapping[str, Rates], merges: Sequence[Merge]
) -> Fraction:
    """The share by which capitation moves in detail.

    Args:
        values: What a bidder takes each cell for.
        plain: The true values.
        layout: Where the groups stand.
        rates: Prices of each risk group.
        merges: Categories that were merged.
    """
    group = layout.dimensions.index(layout.group)
    quantity = layout.dimensions.index("quantity") if layout.months else None
    final = final_codes(merges)
    apart, whole = Fraction(0), Fraction(0)
    for at, true in plain.items():
        if at[group] in rates and (quantity is None or at[quantity] == Quantity.STOCK.value):
            price = rates[at[group]].month
            apart += abs(_seen(values, at, layout.dimensions, final) - true) * price
            whole += true * price
    return apart / whole if whole else Fraction(0)


def final_codes(merges: Sequence[Merge]) -> Codes:
    """Where each merged category ended."""
    found: dict[str, dict[str, str]] = {}
    for merge in merges:
        codes = found.setdefault(merge.dimension, {})
        for code in merge.codes:
            inside = [first for first, last in codes.items() if last == code]
            codes.update(dict.fromkeys(inside or [code], merge.code))
    return found


def _seen(values: Values, at: At, dimensions: Sequence[str], final: Codes) -> Fraction:
    """The value of a cell, or its even part of the merged one."""
    spot, parts = [], 1
    for name, code in zip(dimensions, at, strict=True):
        codes = final.get(name, {})
        spot.append(codes.get(code, code))
        parts *= sum(last == codes[code] for last in codes.values()) if code in codes else 1
    return values[tuple(spot)] / parts
