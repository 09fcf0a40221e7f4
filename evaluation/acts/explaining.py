"""Why it came out so, and what other rules would have chosen: for information once the selection is on the record."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from evaluation.acts.award import Scored, locked
from evaluation.award.comparing_rules import Outcome, compare, lacking, scenarios, three_ways
from evaluation.award.problem import read_problem
from tender.model.awards import Selection


@dataclass(frozen=True, slots=True)
class Explained:
    """What surrounds a recorded selection.

    Attributes:
        scored: The points.
        selection: The selection.
        outcomes: What the announced rules chose, and what each of them one unit off, or left out, would have.
        ways: The sets of three ways to choose.
        lacking: What each bidder that was not chosen lacked, in the unit of the objective; ``None`` where no set with
            it could serve.
    """

    scored: Scored
    selection: Selection
    outcomes: tuple[Outcome, ...]
    ways: dict[str, tuple[str, ...]]
    lacking: dict[str, Fraction | None]


def explain(folder: Path) -> Explained:
    """Compare rules on the recorded bids; nothing is recorded and nothing changes.

    Raises:
        FrozenError: Nothing is selected yet: before that, nobody may try rules on the bids.
    """
    scored, selection = locked(folder)
    tender, bids = scored.desk.tender, scored.admitted()
    return Explained(
        scored,
        selection,
        compare(tuple(scenarios(tender)), scored.sheet.bids, bids),
        three_ways(tender, scored.sheet.bids, bids),
        lacking(read_problem(tender, scored.sheet, bids)),
    )
