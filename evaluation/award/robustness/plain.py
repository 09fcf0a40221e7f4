"""What robustness found, as plain values: exact numbers as text, for ``--json``; marked as information only."""

from __future__ import annotations

from fractions import Fraction

from evaluation.award.robustness.distance import Distance
from evaluation.award.robustness.dropout import Dropout, Reversal
from evaluation.award.robustness.materiality import Materiality
from evaluation.award.robustness.region import Region, Share, Standing
from evaluation.award.robustness.sweep import Stretch
from tender.model.methods import Json


def standing_json(found: Standing | None) -> Json:
    """Whether the set wins everywhere."""
    if found is None:
        return None
    return {
        "stable": found.stable,
        "margin": str(found.margin),
        "rival": list(found.rival),
        "weights": {name: str(weight) for name, weight in found.weights.items()},
        "overtaking": found.overtaking,
    }


def region_json(region: Region) -> Json:
    """Least and most weight of each criterion."""
    return {name: [str(end) for end in ends] for name, ends in region.items()}


def stretch_json(stretch: Stretch) -> Json:
    """One stretch of a sweep."""
    return {"low": str(stretch.low), "high": str(stretch.high), "sets": [list(one) for one in stretch.sets]}


def share_json(share: Share) -> Json:
    """A set's part of the region."""
    return {
        "bidders": list(share.bidders),
        "wins": share.wins,
        "share": str(share.share),
        "variance": str(share.variance),
    }


def distance_json(distance: Distance) -> Json:
    """A loser's distance."""
    return {
        "bidder": distance.bidder,
        "points": _text(distance.points),
        "price": _text(distance.price),
        "cut": _text(distance.cut),
    }


def materiality_json(found: Materiality) -> Json:
    """What correcting disputed scores comes to."""
    return {
        "disputed": [list(score) for score in found.disputed],
        "tried": found.tried,
        "material": found.material,
        "changes": [
            {
                "levels": [[*score, level] for score, level in change.levels],
                "award": list(change.award),
            }
            for change in found.changes
        ],
    }


def dropout_json(found: Dropout) -> Json:
    """One bid left out."""
    return {
        "bidder": found.bidder,
        "kept": list(found.kept),
        "rescored": list(found.rescored),
        "turned": found.turned,
    }


def reversal_json(found: Reversal | None) -> Json:
    """An added bid that turns the order."""
    if found is None:
        return None
    return {
        "price": str(found.price),
        "award": list(found.award),
        "before": [[place, bidder] for place, bidder in found.before],
        "after": [[place, bidder] for place, bidder in found.after],
    }


def _text(value: Fraction | None) -> Json:
    return None if value is None else str(value)
