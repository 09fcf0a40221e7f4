"""The laboratory of price formulas: on given prices, or on the formulas of a tender folder; nothing is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from evaluation.award.laboratory.cliffs import Cliff, steepest
from evaluation.award.laboratory.examination import Examined, effective_weights, examined, examined_promises
from evaluation.award.laboratory.gaming import Overpromise
from evaluation.award.laboratory.irrelevant import Decoy, Witness, best_decoy, smallest_witness
from evaluation.award.laboratory.trial import Trial
from tender.model.criteria import CriterionKind
from tender.model.tender import Tender
from tender.publishing.examination import readable_tender

MOST_PRICES = 30
"""More prices than this are scored only: looking for witnesses among them would take long."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the laboratory found on given prices.

    Attributes:
        witness: Proof that a third bid matters, if it does.
        decoy: The best decoy, if there is one.
        cliff: The deepest cliff, if there is one.
    """

    witness: Witness | None = None
    decoy: Decoy | None = None
    cliff: Cliff | None = None


@dataclass(frozen=True, slots=True)
class TenderLooked:
    """What the laboratory found in a tender.

    Attributes:
        tender: The tender.
        criteria: Its price criteria on trial.
        weights: Effective weight of every criterion, percent.
        promises: Over-promising, where the tender scores promises.
    """

    tender: Tender
    criteria: tuple[Examined, ...]
    weights: dict[str, Fraction]
    promises: Overpromise | None


def look(trial: Trial, prices: tuple[Fraction | None, ...]) -> Looked:
    """Witness, decoy and cliff of a price formula on whole prices; nothing for blanks, numbers or very many bids."""
    whole = tuple(price for price in prices if price is not None)
    priced = trial.formula.kind is CriterionKind.PRICE
    if not priced or len(whole) < len(prices) or not 1 < len(set(whole)) <= MOST_PRICES or min(whole) < 0:
        return Looked()
    return Looked(smallest_witness(trial, whole), best_decoy(trial, whole), steepest(trial, whole))


def look_at_tender(folder: Path) -> TenderLooked:
    """The laboratory on the tender in `folder`.

    Raises:
        BlockedError: The tender file cannot be read whole, or is too faulty to be reckoned.
    """
    tender = readable_tender(folder)
    return TenderLooked(tender, tuple(examined(tender)), effective_weights(tender), examined_promises(tender))
