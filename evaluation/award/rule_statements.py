"""What the documents say about rounding and ties, with examples decided by the functions that decide."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from evaluation.award.scoring import rounded
from evaluation.award.ties import break_tie, draw_lots
from evaluation.contract.expressions import number, total
from tender.model.awards import ProviderSet
from tender.model.criteria import RoundingPoint, TieKey
from tender.model.statements import Statement, Step
from tender.model.tender import Tender

EXAMPLE_SEED = "123456"
"""Seed of the example's lots; the real one is secret until the draw."""
_BIDDERS = ("A", "B", "C", "D")
_UNITS = {"points": "points", "quality": "points", "price": "eur-year"}
_KEYS = {TieKey.QUALITY_POINTS: "quality", TieKey.COMPARISON_PRICE: "price"}

Pair = Mapping[str, tuple[int, int]]
"""Points, quality points and comparison prices of an invented set of two bidders."""


def rounding_statement(tender: Tender) -> Statement:
    """Where points are rounded, with a half that goes up and a little less than a half that goes down."""
    rounding = tender.award.rounding
    facts = {"at": rounding.at.value, "decimals": str(rounding.decimals)}
    if rounding.at is RoundingPoint.NONE:
        return Statement(
            "rounding@1", "award.rounding", (), (Step("exact", "25 / 3", Fraction(25, 3), "points"),), facts
        )
    unit = Fraction(1, 10**rounding.decimals)
    cases = (("half-up", 12 + 4 * unit + unit / 2), ("below-half", 12 + 4 * unit + unit * Fraction(49, 100)))
    example = tuple(
        Step(name, number(points), rounded(points, rounding, rounding.at), "points", rounding.decimals)
        for name, points in cases
    )
    return Statement("rounding@1", "award.rounding", (), example, facts)


def tie_rule_statement(tender: Tender) -> Statement:
    """The tie keys in order; two invented sets are equal in all that is reckoned but the last key before lots."""
    rule = tender.award.tie_rule
    reckoned = [key for key in rule if key is not TieKey.LOTS]
    first, second = tied_pairs(reckoned[-1] if reckoned else None)
    sets = (_set(("A", "B"), first), _set(("C", "D"), second))
    decided = break_tie(sets, (*reckoned, TieKey.LOTS), _BIDDERS, EXAMPLE_SEED.encode())
    facts = {
        **{f"key_{place}": key.value for place, key in enumerate(rule, start=1)},
        "by_lots": "yes" if TieKey.LOTS in rule else "",
        "winner": "first" if decided.chosen == sets[0] else "second",
        "winner_key": decided.key,
        "seed": EXAMPLE_SEED,
        "lots": ", ".join(draw_lots(_BIDDERS, EXAMPLE_SEED.encode())),
    }
    shown = ("points", *(_KEYS[key] for key in reckoned))
    example = tuple(
        Step(f"{what}-{name}", total(pair[what]), Fraction(sum(pair[what])), _UNITS[what])
        for what in shown
        for name, pair in (("first", first), ("second", second))
    )
    return Statement("tie-rule@1", "award.tie-rule", (), example, facts)


def tied_pairs(last: TieKey | None) -> tuple[Pair, Pair]:
    """Two invented sets with equal sums, except that the second is better in `last`."""
    first: Pair = {"points": (90, 85), "quality": (50, 48), "price": (1_500_000, 1_600_000)}
    second: Pair = {
        "points": (95, 80),
        "quality": (51, 48) if last is TieKey.QUALITY_POINTS else (51, 47),
        "price": (1_550_000, 1_549_000) if last is TieKey.COMPARISON_PRICE else (1_550_000, 1_550_000),
    }
    return first, second


def _set(bidders: tuple[str, ...], pair: Pair) -> ProviderSet:
    sums = {what: Fraction(sum(values)) for what, values in pair.items()}
    return ProviderSet(bidders, sums["points"], sums["quality"], sums["price"])
