"""Whether what is known of a client at entry belongs to a group, by the tender's own grouping."""

from __future__ import annotations

from collections.abc import Mapping

from tender.annexes.grouping.scoring import Entrant, worked
from tender.annexes.synthesis.spells import Fits
from tender.errors import Place
from tender.model.open_data import OpenData


def fits_of(order: OpenData) -> Fits | None:
    """The grouping of `order` as a demand on attributes; ``None`` where it declares none.

    The demand raises InputError when the grouping uses a column, or meets a value, that it does not know.
    """
    grouping = order.grouping
    if grouping is None:
        return None

    def fits(values: Mapping[str, str], group: str) -> bool:
        return worked(grouping, Entrant(Place("synthesis"), values)).group == group

    return fits
