"""How the robustness of an award looks in the terminal and in JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from evaluation.acts.robustness import Robustness
from evaluation.award.robustness.materiality import Materiality
from evaluation.award.robustness.plain import (
    distance_json,
    dropout_json,
    materiality_json,
    region_json,
    reversal_json,
    share_json,
    standing_json,
    stretch_json,
)
from evaluation.award.robustness.sets import Award
from evaluation.cli.laboratory_shown import money, percent
from evaluation.cli.shown import points_text
from tender.console import Console

_PERCENT = 100


def robustness_json(found: Robustness) -> dict[str, Any]:
    """Everything that was found, exact; the first key says that it decides nothing."""
    return {
        "information_only": True,
        "award": list(found.contest.award),
        "rounding_decides": found.exact_award_differs,
        "region": region_json(found.region),
        "standing": standing_json(found.standing),
        "sweeps": {name: [stretch_json(one) for one in stretches] for name, stretches in found.sweeps.items()},
        "shares": [share_json(one) for one in found.shares],
        "near_ties": [{"bidders": list(one.bidders), "points": str(one.points)} for one in found.selection.near_ties],
        "distances": [distance_json(one) for one in found.distances],
        "materiality": [materiality_json(one) for one in found.materialities],
        "dropouts": [dropout_json(one) for one in found.dropouts],
        "reversal": reversal_json(found.reversal),
    }


def show_robustness(console: Console, found: Robustness) -> None:
    """The mark first, then one block for each question."""
    console.say("robustness.information")
    console.say("robustness.award", award=_names(found, found.contest.award))
    if found.exact_award_differs:
        console.say("robustness.rounding-decides")
    _show_standing(console, found)
    _show_sweeps(console, found)
    console.say("robustness.shares", count=sum(one.wins for one in found.shares))
    for share in found.shares:
        console.line(f"    {percent(console, _PERCENT * share.share)} %  {_names(found, share.bidders)}")
    console.say("robustness.near", count=len(found.selection.near_ties))
    _show_distances(console, found)
    _show_materiality(console, found)
    _show_dropouts(console, found)


def _names(found: Robustness, award: Award) -> str:
    names = {bid.bidder: bid.name for bid in found.contest.sheet.bids}
    return ", ".join(names.get(bidder, bidder) for bidder in award) or "–"


def _leaf(console: Console, found: Robustness, criterion: str) -> str:
    leaves = {leaf.id: leaf.name.best(console.language) for leaf in found.contest.tender.award.leaves()}
    return leaves.get(criterion, criterion)


def _show_standing(console: Console, found: Robustness) -> None:
    if found.standing is None:
        console.say("robustness.by-rank")
    elif found.standing.stable:
        console.say("robustness.stable")
    else:
        values = {"rival": _names(found, found.standing.rival), "margin": points_text(console, -found.standing.margin)}
        console.say("robustness.unstable", count=found.standing.overtaking, **values)


def _show_sweeps(console: Console, found: Robustness) -> None:
    for name, stretches in found.sweeps.items():
        low, high = stretches[0].low, stretches[-1].high
        ends = {"low": points_text(console, low), "high": points_text(console, high)}
        console.say("robustness.sweep", criterion=_leaf(console, found, name), **ends)
        for one in stretches:
            sets = " / ".join(_names(found, award) for award in one.sets)
            exact = _bracket(one.high) if one.high != high else ""
            part = f"{points_text(console, one.low)}–{points_text(console, one.high)}"
            console.line(f"    {part} {exact} {sets}")


def _bracket(exact: Fraction) -> str:
    return "" if exact.denominator == 1 else f"[{exact}]"


def _show_distances(console: Console, found: Robustness) -> None:
    for one in found.distances:
        name = _names(found, (one.bidder,))
        if one.points is None:
            console.say("robustness.distance-none", bidder=name)
            continue
        console.say("robustness.distance-points", bidder=name, points=points_text(console, one.points))
        if one.price is None or one.cut is None:
            console.say("robustness.distance-no-price")
        else:
            numbers = {"price": money(console, one.price), "cut": money(console, one.cut)}
            console.say("robustness.distance-price", **numbers)


def _show_materiality(console: Console, found: Robustness) -> None:
    if not found.materialities:
        console.say("robustness.immaterial-all")
    for one in found.materialities:
        scores = "; ".join(
            f"{_names(found, (bidder,))}: {_leaf(console, found, criterion)}" for bidder, criterion in one.disputed
        )
        if not one.material:
            console.say("robustness.immaterial", scores=scores, tried=one.tried)
            continue
        console.say(
            "robustness.material",
            scores=scores,
            count=len(one.changes),
            tried=one.tried,
            levels=_levels(one),
            award=_names(found, one.changes[0].award),
        )


def _levels(found: Materiality) -> str:
    """The corrected levels of the nearest change."""
    return ", ".join(str(level) for _, level in found.changes[0].levels)


def _show_dropouts(console: Console, found: Robustness) -> None:
    for one in found.dropouts:
        if one.turned or one.rules_differ:
            console.say(
                "robustness.dropout",
                bidder=_names(found, (one.bidder,)),
                kept=_names(found, one.kept),
                rescored=_names(found, one.rescored),
            )
    if not any(one.turned or one.rules_differ for one in found.dropouts):
        console.say("robustness.dropouts-calm")
    if found.reversal is None:
        console.say("robustness.no-reversal")
    else:
        price: Fraction = found.reversal.price
        award = _names(found, found.reversal.award)
        console.say("robustness.reversal", price=money(console, price), award=award)
