"""Whom the service is for: areas and risk groups with their announced volumes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tender.language import Text


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality or district that is served.

    Attributes:
        id: Short id, used in forms.
        name: Its name.
        nuts: NUTS 3 code for notices, empty where none is given.
    """

    id: str
    name: Text
    nuts: str = ""


@dataclass(frozen=True, slots=True)
class RiskGroup:
    """A group of jobseekers by the data-based likelihood of finding work (A6); frozen for a client at entry.

    Attributes:
        id: Short id, used in forms and prices.
        name: Its name.
        definition: How a client comes into it.
        clients: Forecast number of clients at a time (stock), by area id.
        client_months: Announced client-months in a year, all areas together; the volume of the comparison price.
        work_hours: Announced verified work hours in a year, all areas together; the volume of the comparison price.
    """

    id: str
    name: Text
    definition: Text
    clients: Mapping[str, int]
    client_months: int
    work_hours: int

    @property
    def client_total(self) -> int:
        """Forecast clients of the group in all areas together."""
        return sum(self.clients.values())
