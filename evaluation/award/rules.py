"""The rules that look at a set of providers as such: a real choice, the loss of any one, companies behind two bids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from evaluation.award.capacity import Demand, Supply
from evaluation.award.market import Cell
from tender.model.awards import Obstacle
from tender.model.bids import Bid
from tender.model.criteria import SelectionRule

CHOICE = "choice"
LOSS = "loss"
LOSS_CELL = "loss_cell"
SEPARATE = "separate"
"""Rules that a set may break, as the model names their rows (``loss_cell`` is ``loss[i,a,g]``)."""

Pair = tuple[str, str]
"""Two bidder ids in order."""


def separate_pairs(rule: SelectionRule, bids: Sequence[Bid]) -> tuple[Pair, ...]:
    """Bidders behind whom the same company stands, where the rule keeps them apart."""
    if not rule.separate_companies:
        return ()
    behind = {bid.bidder: _companies(bid) for bid in sorted(bids, key=lambda bid: bid.bidder)}
    return tuple(pair for pair in combinations(behind, 2) if behind[pair[0]] & behind[pair[1]])


def rule_obstacles(
    rule: SelectionRule, demand: Demand, supplies: Sequence[Supply], separate: Sequence[Pair]
) -> tuple[Obstacle, ...]:
    """Which of the rules the set of `supplies` breaks."""
    members = frozenset(supply.bidder for supply in supplies)
    apart = (Obstacle(SEPARATE, {"bidder": one, "other": other}) for one, other in separate if {one, other} <= members)
    return (*apart, *_choice(rule, demand, supplies), *_losses(rule, demand, supplies))


def _companies(bid: Bid) -> frozenset[str]:
    return frozenset(company for company in (bid.business_id, *bid.companies) if company)


def _choice(rule: SelectionRule, demand: Demand, supplies: Sequence[Supply]) -> Iterator[Obstacle]:
    """Every cell with clients is served by enough of the set."""
    least = rule.choice_least or 0
    for area, group in demand.needs:
        found = sum(supply.cells[area, group] > 0 for supply in supplies)
        if found < least:
            yield Obstacle(CHOICE, {"area": area, "group": group, "found": str(found), "least": str(least)})


def _losses(rule: SelectionRule, demand: Demand, supplies: Sequence[Supply]) -> Iterator[Obstacle]:
    """Without the largest member the places are still enough, in all and in every cell."""
    if not rule.withstand_loss or not supplies:
        return
    largest = max(supplies, key=lambda supply: (supply.total, supply.bidder))
    left = sum(supply.total for supply in supplies) - largest.total
    if left < demand.total:
        yield Obstacle(LOSS, {"bidder": largest.bidder, "capacity": str(left), "need": str(demand.total)})
    for cell, need in demand.needs.items():
        yield from _loss_in(cell, need, supplies)


def _loss_in(cell: Cell, need: int, supplies: Sequence[Supply]) -> Iterator[Obstacle]:
    places = {supply.bidder: min(supply.cells[cell], need) for supply in supplies}
    largest = max(places, key=lambda bidder: (places[bidder], bidder))
    left = sum(places.values()) - places[largest]
    if left < need:
        values = {"bidder": largest, "area": cell[0], "group": cell[1], "capacity": str(left), "need": str(need)}
        yield Obstacle(LOSS_CELL, values)
