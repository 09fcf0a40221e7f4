"""What a selection may consist of: offers of bidders, places, lots and package bids, budgets, and rules between them.

All numbers are whole: clients, and points and euros over a common denominator. A tender's selection is read into a
`Market`, published instances are too, and `model` writes the rows of either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Cell = tuple[str, str]
"""Area id and group id."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One bidder, who is chosen or not.

    Attributes:
        bidder: Bidder id.
        places: Most clients that it carries in all.
        cells: Most clients by cell.
        costs: Cost of one place by cell, for the row ``budget``.
        least: Fewest clients that it must be given when it is chosen.
        amounts: What choosing it takes of each of the named ``limit[…]`` rows.
        lacking: By how much it falls short of the least quality; not above zero when it does not.
        serves: What else it serves, such as languages.
    """

    bidder: str
    places: int = 0
    cells: Mapping[Cell, int] = field(default_factory=dict)
    costs: Mapping[Cell, int] = field(default_factory=dict)
    least: int = 0
    amounts: Mapping[str, int] = field(default_factory=dict)
    lacking: int | None = None
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A bid for some lots together, taken whole or not at all.

    Attributes:
        id: Its id.
        bidder: Whose bid it is; empty when it stands for itself.
        lots: Lots that it takes.
        clients: Clients that it puts on its bidder, for the row ``package_capacity``.
    """

    id: str
    bidder: str
    lots: tuple[str, ...]
    clients: int = 0


@dataclass(frozen=True, slots=True)
class Market:
    """One selection: what there is, what is needed, and the rules.

    Attributes:
        name: Its name.
        offers: Bidders.
        providers: How many are chosen; ``None`` for any number.
        needs: Forecast clients by cell.
        exactly: Whether the plan gives out exactly the forecast, which a least number of clients needs.
        packages: Package bids.
        lots: Whether each lot must go to somebody; otherwise at most one takes it.
        alternatives: Packages of which at most one is taken (XOR), by name.
        lots_most: Most packages of one bidder; ``None`` without a limit.
        ceiling: Most that the places may cost; ``None`` without a row.
        limits: Most of every named amount.
        choice_least: Fewest chosen bidders that offer places in every cell and serve everything else; 0 for no rule.
        withstand_loss: Whether places must be enough without any one bidder.
        separate: Pairs that may not be chosen together.
    """

    name: str
    offers: tuple[Offer, ...] = ()
    providers: int | None = None
    needs: Mapping[Cell, int] = field(default_factory=dict)
    exactly: bool = False
    packages: tuple[Package, ...] = ()
    lots: Mapping[str, bool] = field(default_factory=dict)
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lots_most: int | None = None
    ceiling: int | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    choice_least: int = 0
    withstand_loss: bool = False
    separate: tuple[tuple[str, str], ...] = ()
