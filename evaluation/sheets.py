"""Scores and selections as plain JSON values: exact numbers as text, for files, hashes and ``--json``."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tender.model.awards import ProviderSet, ScoredBid, ScoreSheet, Selection
from tender.model.methods import Json
from tender.model.proofs import Level


def sheet_json(sheet: ScoreSheet) -> dict[str, Json]:
    """A score sheet with every line and its working."""
    return {"award_hash": sheet.award_hash, "bids": [_bid(bid) for bid in sheet.bids]}


def selection_json(selection: Selection) -> dict[str, Json]:
    """A selection with its proof: places, ties, near ties, sets that could not serve and why."""
    return {
        "chosen": _set(selection.chosen),
        "places": [
            {"bidder": place.bidder, "area": place.area, "group": place.group, "clients": place.clients}
            for place in selection.places
        ],
        "ties": [_set(one) for one in selection.ties],
        "near_ties": [_set(one) for one in selection.near_ties],
        "rejected": [_set(one) for one in selection.rejected],
        "tie_key": selection.tie_key,
        "lots": list(selection.lots),
        "examined": selection.examined,
        "solver": selection.solver,
        "solver_agrees": selection.solver_agrees,
        "yearly_cost": str(selection.yearly_cost),
        "proof": proof_summary(selection.proof),
    }


def proof_summary(levels: Iterable[Level]) -> list[Json]:
    """What the proof of an award comes to, objective by objective."""
    return [_level(level) for level in levels]


def _level(level: Level) -> Json:
    proof = level.certificate
    value, gap = proof.value, proof.gap
    return {
        "objective": level.objective,
        "value": None if value is None else str(Fraction(value, level.scale)),
        "gap": None if gap is None else str(Fraction(gap, level.scale)),
        "cases": len(proof.nodes),
        "model": proof.model,
    }


def _bid(bid: ScoredBid) -> Json:
    return {
        "bidder": bid.bidder,
        "name": bid.name,
        "rank": bid.rank,
        "total": str(bid.total),
        "quality": str(bid.quality),
        "comparison_price": str(bid.comparison_price),
        "lines": [
            {
                "criterion": line.criterion,
                "formula": line.formula,
                "value": str(line.value),
                "points": str(line.points),
                "exact": str(line.exact),
                "reason": line.reason,
                "working": [
                    {"id": step.id, "expression": step.expression, "result": str(step.result)} for step in line.working
                ],
            }
            for line in bid.lines
        ],
    }


def _set(one: ProviderSet) -> Json:
    return {
        "bidders": list(one.bidders),
        "points": str(one.points),
        "quality": str(one.quality),
        "price": str(one.price),
        "obstacles": [{"rule": obstacle.rule, **dict(obstacle.values)} for obstacle in one.obstacles],
    }
