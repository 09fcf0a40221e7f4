"""What a reader of rounded tables derives, who knows the method: the base, and how far a count may be moved."""

from __future__ import annotations

from tender.annexes.disclosure.attack import Attacker
from tender.annexes.disclosure.audit import Interval, intervals
from tender.annexes.disclosure.building import Published
from tender.annexes.disclosure.rounding import Rounding
from tender.annexes.disclosure.tables import Role

READER = "reader"
"""Name of somebody who knows the method and no more."""


def seen(rounding: Rounding) -> tuple[Interval, ...]:
    """For every published count that may have been changed, between what its true count lies.

    A shown 0 is a true 0 or small count; a shown z is at least 1 and not farther than `Rounding.most` from the truth;
    and all sums hold for the true counts too.
    """
    system, base, most = rounding.system, rounding.base, rounding.most
    least: dict[int, int] = {}
    highest: dict[int, int] = {}
    shown: list[int | None] = []
    for number, cell in enumerate(system.cells):
        shown.append(cell.value if cell.role is Role.PUBLIC else None)
        if cell.role is Role.OPEN:
            least[number] = max(1, cell.value - most) if cell.value else 0
            highest[number] = cell.value + most if cell.value else base - 1
    listed = sum(cell.role is not Role.UNLISTED for cell in system.cells)
    ats = tuple(cell.at for cell in system.cells)
    tables = Published(system.dimensions, ats, tuple(shown), listed, system.relations)
    return intervals(tables, Attacker(READER, least, highest), sorted(least))
