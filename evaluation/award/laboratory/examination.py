"""A tender's own formulas on trial: its range of prices, its weights, its promises, its largest sanction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evaluation.award.comparison import comparison_price, highest_comparison_price, lowest_comparison_price
from evaluation.award.formulas import FORMULAS, Given, Measure
from evaluation.award.invented import PLACES, invented_prices
from evaluation.award.laboratory.cliffs import Cliff, steepest
from evaluation.award.laboratory.gaming import Overpromise, Promise, overpromise
from evaluation.award.laboratory.irrelevant import Decoy, Witness, best_decoy, smallest_witness
from evaluation.award.laboratory.trial import Trial
from evaluation.award.laboratory.weight import price_spread, shares
from evaluation.award.scoring import formula_of, quality_given, resolved_parameters
from tender.model.criteria import Criterion, CriterionKind
from tender.model.tender import Tender
from tender.money import exact

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Examined:
    """What the laboratory says about one price criterion of a tender.

    Attributes:
        criterion: Criterion id.
        trial: Its formula.
        prices: The three invented comparison prices, lowest first.
        witness: Proof that a third bid matters, if it does.
        decoy: The best decoy, if there is one.
        cliff: The deepest cliff, if there is one.
    """

    criterion: str
    trial: Trial
    prices: tuple[Fraction, ...]
    witness: Witness | None
    decoy: Decoy | None
    cliff: Cliff | None


def examined(tender: Tender) -> Iterator[Examined]:
    """Every price criterion of `tender` with its formula on trial, at three prices within the buyer's range.

    Raises:
        BlockedError: The tender is too faulty to be reckoned.
    """
    prices = tuple(comparison_price(tender, invented_prices(tender, place)) for place in PLACES)
    for leaf in tender.award.leaves():
        if leaf.kind is CriterionKind.PRICE and leaf.formula in FORMULAS:
            trial = trial_of(tender, leaf)
            yield Examined(
                leaf.id,
                trial,
                prices,
                smallest_witness(trial, prices),
                best_decoy(trial, prices),
                steepest(trial, prices),
            )


def trial_of(tender: Tender, leaf: Criterion) -> Trial:
    """The formula of a criterion on trial, with the tender's own weight, parameters and scale.

    Raises:
        BlockedError: The criterion's formula or a parameter cannot be used.
    """
    formula = formula_of(leaf)
    scale = tuple(sorted((Fraction(step.value), exact(step.share)) for step in leaf.scale))
    numbers = scale if formula.measure is Measure.NUMBER else ()
    frame = Given(exact(leaf.weight), Fraction(0), (), resolved_parameters(tender, leaf, formula), numbers)
    return Trial(formula, frame)


def effective_weights(tender: Tender) -> dict[str, Fraction]:
    """Effective weight of each criterion in percent, over the buyer's range of prices and the announced scales.

    Raises:
        BlockedError: The tender is too faulty to be reckoned.
    """
    spreads = {leaf.id: _spread(tender, leaf) for leaf in tender.award.leaves()}
    return shares({name: spread for name, spread in spreads.items() if spread is not None})


def examined_promises(tender: Tender) -> Overpromise | None:
    """Over-promising under `tender`: everything promised against the least; ``None`` without a promise criterion.

    The largest sanction falls on outcome pay only, so it is turned into a share of the whole price in the middle of
    the buyer's range.

    Raises:
        BlockedError: The tender is too faulty to be reckoned.
    """
    leaves = tender.award.leaves()
    numbered = [leaf for leaf in leaves if leaf.scale and leaf.formula.startswith("promise-")]
    priced = [leaf for leaf in leaves if leaf.kind is CriterionKind.PRICE]
    if not numbered or not priced:
        return None
    promises = [_promise(tender, leaf) for leaf in numbered]
    middle = comparison_price(tender, invented_prices(tender, PLACES[1]))
    return overpromise(trial_of(tender, priced[0]), middle, promises, _largest_sanction(tender, middle))


def _promise(tender: Tender, leaf: Criterion) -> Promise:
    trial = trial_of(tender, leaf)
    return Promise(trial, trial.frame.scale[0][0], trial.frame.scale[-1][0])


def _largest_sanction(tender: Tender, price: Fraction) -> Fraction:
    if tender.bonus_sanction is None or not price:
        return Fraction(0)
    prices = invented_prices(tender, PLACES[1])
    nothing = {name: value if name.startswith("outcome") else 0 * value for name, value in prices.items()}
    return exact(tender.bonus_sanction.sanction_cap) / _PERCENT * comparison_price(tender, nothing) / price


def _spread(tender: Tender, leaf: Criterion) -> Fraction | None:
    if leaf.kind is CriterionKind.PRICE:
        return price_spread(trial_of(tender, leaf), lowest_comparison_price(tender), highest_comparison_price(tender))
    values = sorted(step.value for step in leaf.scale if leaf.minimum is None or step.value >= leaf.minimum)
    if not values:
        return None
    trial = trial_of(tender, leaf)
    given = [quality_given(tender, leaf, value).value for value in (values[0], values[-1])]
    least, most = trial.points(given[0], (given[1],)), trial.points(given[1], (given[0],))
    return exact(leaf.weight) if least is None or most is None else most - least
