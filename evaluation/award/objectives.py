"""The announced objectives: what each bid adds to one, and how sets that are equal in the first are compared on."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tender.model.awards import ScoredBid
from tender.model.criteria import SelectionMethod, SelectionRule
from tender.money import exact

Worth = tuple[Fraction, ...]
"""What a set is worth under one objective; larger is better, compared part by part."""


def aims(rule: SelectionRule, bid: ScoredBid, method: SelectionMethod | None = None) -> Fraction:
    """What `bid` adds to the objective `method`, else to the announced one, turned so that more is better."""
    match method or rule.method:
        case SelectionMethod.LOWEST_PRICE:
            return -bid.comparison_price
        case SelectionMethod.MONEY_VALUE:
            return point_value(rule) * bid.quality - bid.comparison_price
    return bid.total


def point_value(rule: SelectionRule) -> Fraction:
    """What a quality point is worth, euros a year; nothing when nothing was announced."""
    return Fraction(0) if rule.point_value is None else exact(rule.point_value)


def worth(rule: SelectionRule, method: SelectionMethod, members: Sequence[ScoredBid]) -> Worth:
    """What the set of `members` is worth under `method`."""
    parts = sorted((aims(rule, bid, method) for bid in members), reverse=True)
    return tuple(parts) if method is SelectionMethod.BEST_RANKED else (sum(parts, Fraction(0)),)
