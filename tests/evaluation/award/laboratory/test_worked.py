"""The laboratory on small cases reckoned by hand, at its limits and with hostile prices."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.award.comparison import comparison_price
from evaluation.award.formulas import FORMULAS, RefusedError
from evaluation.award.formulas.field import Field
from evaluation.award.invented import PLACES, invented_prices
from evaluation.award.laboratory import irrelevant
from evaluation.award.laboratory import trial as trials
from evaluation.award.laboratory.cliffs import steepest
from evaluation.award.laboratory.examination import effective_weights, examined, examined_promises, trial_of
from evaluation.award.laboratory.gaming import MOST_PREMIUM, Promise, overpromise, premium_for
from evaluation.award.laboratory.irrelevant import Decoy, Witness, best_decoy, smallest_witness, tolerance
from evaluation.award.laboratory.trial import trial
from evaluation.award.laboratory.weight import observed_spreads, price_spread, shares
from tender.errors import UsageError
from tender.model.awards import ScoredBid, ScoreLine
from tender.model.criteria import Criterion, CriterionKind, Level
from tender.model.tender import Tender
from tests.evaluation.award.build import price_criterion, priced_tender, with_criteria
from tests.sample import fi, quality, sample_tender

F = Fraction
RATIO = trial("ratio-to-lowest@1", F(40), {})
SPAN = trial("highest-to-lowest@1", F(40), {})
INTERVAL = trial("announced-interval@1", F(40), {"floor": F(80), "ceiling": F(160)})


# Third bids


def test_the_nearest_third_bid_is_the_witness() -> None:
    """Ratio, 100 and 150: 40 − 80/3; a bid of 95, a twentieth below, makes it 38 − 76/3; 13 lies between."""
    found = smallest_witness(RATIO, (F(150), F(100)))
    assert found == Witness(F(100), F(150), F(95), F(40, 3), F(38, 3), F(13))


def test_the_best_decoy_is_the_furthest_one() -> None:
    """Ratio: a bid of half the lowest price halves the gap of 40/3, for the good of the dearer bid."""
    assert best_decoy(RATIO, (F(100), F(150))) == Decoy(F(150), F(100), F(50), F(20, 3))


def test_the_two_ends_are_a_pair_and_not_only_neighbours() -> None:
    """Of 100, 110 and 150 the ends stand furthest apart, so a decoy moves them most."""
    found = best_decoy(RATIO, (F(110), F(150), F(100)))
    assert found == Decoy(F(150), F(100), F(50), F(20, 3))


def test_a_free_bid_has_a_grid_too() -> None:
    """Min–max from a price of nothing: 40 − 0; a bid of 105 makes it 40 − 40·5/105."""
    found = smallest_witness(SPAN, (F(0), F(100)))
    assert found is not None
    assert (found.third, found.before, found.after) == (F(105), F(40), F(800, 21))
    decoy = best_decoy(SPAN, (F(0), F(100)))
    assert decoy == Decoy(F(100), F(0), F(200), F(20))


@pytest.mark.parametrize("prices", [(F(0), F(0)), (F(100),), (F(100), F(100), F(100))])
def test_equal_bids_are_no_pair(prices: tuple[Fraction, ...]) -> None:
    """Two bids that ask the same cannot be turned by anybody's price."""
    assert smallest_witness(SPAN, prices) is None
    assert best_decoy(SPAN, prices) is None


def test_a_field_of_hostile_width_is_looked_at_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """One cent against a thousand million euros: a grid of that step would never end; it is cut, not built."""
    monkeypatch.setattr(irrelevant, "MOST_THIRDS", 100)
    assert best_decoy(INTERVAL, (F(1, 100), F(10**9))) is None
    witness = smallest_witness(RATIO, (F(1, 100), F(10**9)))
    assert witness is not None
    assert witness.third == F(95, 10_000)


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 2, 0)])
def test_the_order_in_which_prices_are_typed_says_nothing(order: tuple[int, int, int]) -> None:
    """Witness, decoy and cliff are those of the set of prices."""
    plain = (F(100), F(110), F(150))
    moved = tuple(plain[place] for place in order)
    for look in (smallest_witness, best_decoy, steepest):
        assert look(SPAN, moved) == look(SPAN, plain)


def test_rounding_alone_is_no_witness() -> None:
    """A logarithm at one decimal may move by two tenths; a formula without decimals by nothing."""
    assert tolerance(trial("logarithm@1", F(40), {"decimals": F(1)})) == F(1, 5)
    assert tolerance(trial("logarithm@1", F(40), {})) == F(2, 10_000)
    assert tolerance(RATIO) == 0


# Cliffs


@pytest.mark.parametrize(("deduction", "steep"), [("4.99", False), ("5", True), ("6", True)])
def test_a_cliff_begins_at_a_twentieth_of_the_points(deduction: str, steep: bool) -> None:  # noqa: FBT001 - a row
    """A step of 5 % of 40 points is two points and is told; a hair less is not."""
    found = steepest(trial("step-deduction@1", F(40), {"deduction": F(deduction)}), (F(100), F(150)))
    assert (found is not None) is steep
    if found is not None:
        assert (found.bid, found.drop) == (F(150), 40 * F(deduction) / 100)
        assert 0 < 105 - found.price <= F(1, 100), "the first of the equal steps, within its cent"


def test_a_slope_is_measured_over_a_whole_cent() -> None:
    """Min–max between 125 and 125 + 2/11 falls by 2.2 points a cent, told; over 4/19 by 1.9, under a twentieth."""
    prices = (F(100), F(125), 125 + F(2, 11))
    found = steepest(SPAN, prices)
    assert found is not None
    assert (found.bid, found.drop) == (F(100), F("2.2"))
    before, after = SPAN.points(found.price, prices[1:]), SPAN.points(found.price + F(1, 100), prices[1:])
    assert before is not None
    assert after is not None
    assert before - after == found.drop
    assert steepest(SPAN, (F(100), F(125), 125 + F(4, 19))) is None


def test_of_equal_cliffs_the_one_at_the_lower_price_is_told() -> None:
    """Two bids two cents apart under min–max: each falls by all points at the other's price."""
    found = steepest(SPAN, (F("100.02"), F(100)))
    assert found is not None
    assert (found.bid, found.drop) == (F("100.02"), F(40))
    assert 0 <= 100 - found.price <= F(1, 100)


def test_one_bid_alone_falls_nowhere() -> None:
    """Without others a relative formula gives all points at every price."""
    assert steepest(RATIO, (F(100),)) is None


def test_a_formula_that_refuses_has_no_cliff_there() -> None:
    """Prices from nothing on: what is refused is left aside, and no price below nothing is tried."""
    assert steepest(RATIO, (F(0), F(0))) is None
    assert steepest(trial("share-of-ceiling@1", F(40), {"ceiling": F(160)}), (F(0), F(10))) is None


# Trials


def test_one_blank_refuses_the_whole_row() -> None:
    """Relative points beside a price that nobody knows would be a guess, also for those who named theirs."""
    assert {one.refusal for one in RATIO.outcomes((F(100), None))} == {"formula-refusal.blank-price"}
    assert {one.points for one in RATIO.outcomes((F(100), None))} == {None}


def test_what_is_refused_is_none_or_raised_but_never_zero() -> None:
    """Ratio to a price of nothing."""
    assert RATIO.points(F(100), (F(0),)) is None
    assert RATIO.points(F(0), (F(0),)) is None
    with pytest.raises(RefusedError):
        RATIO.all_points(Field((F(0), F(100))))


def test_what_is_announced_goes_before_what_is_usual() -> None:
    """And what is not announced stays usual."""
    one = trial("around-mean@1", F(40), {"slope": F(1)})
    assert one.frame.parameters == {"mean_share": 50, "slope": 1}
    assert one.points(F(100), (F(300),)) == 40 * F(1, 2) * (1 + F(1, 2))


def test_a_scale_is_put_in_order() -> None:
    """However it was typed."""
    one = trial("step-table@1", F(40), {}, ((F(90), F(100)), (F(50), F(0)), (F(70), F(30))))
    assert one.frame.scale == ((F(50), F(0)), (F(70), F(30)), (F(90), F(100)))


def test_wrong_use_names_what_there_is() -> None:
    """The parameters that there are, or a dash where there are none."""
    with pytest.raises(UsageError) as none:
        trial("ratio-to-lowest@1", F(40), {"floor": F(1)})
    assert (none.value.values["found"], none.value.values["known"]) == ("floor", "–")
    with pytest.raises(UsageError) as two:
        trial("around-mean@1", F(40), {"slpe": F(1)})
    assert two.value.values["known"] == "mean_share, slope"
    with pytest.raises(UsageError) as missing:
        trial("announced-interval@1", F(40), {})
    assert missing.value.values["missing"] == "floor, ceiling"


def test_the_tenth_version_is_newer_than_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Versions are numbers; as text 2 would follow 10. A version that is named is taken as named."""
    old = FORMULAS["ratio-to-lowest@1"]
    family = {f"ratio-to-lowest@{number}": replace(old, id=f"ratio-to-lowest@{number}") for number in (2, 10, 1)}
    monkeypatch.setattr(trials, "FORMULAS", {**family, "ratio-to-lowest-floored@30": old})
    assert trial("ratio-to-lowest", F(40), {}).formula.id == "ratio-to-lowest@10"
    assert trial("ratio-to-lowest@2", F(40), {}).formula.id == "ratio-to-lowest@2"


# Promises


def test_what_a_promise_earns_is_reckoned_in_one_field() -> None:
    """KHO 2014:55: 15 − 15·4.4/5 and 15 − 15·65/98."""
    one = trial("promise-ratio@1", F(15), {})
    assert Promise(one, F("4.4"), F(5)).gain() == F(9, 5)
    assert Promise(one, F(65), F(98)).gain() == F(495, 98)
    assert Promise(one, F(98), F(65)).gain() == -F(495, 98)
    assert Promise(one, F(-1), F(5)).gain() == 0, "a number that the formula refuses earns nothing"


def test_the_whole_sum_of_over_promising() -> None:
    """Ratio at 70 points: gain 3357/490, premium 3357/30943, smallest sanction 9.79 % or 10.85 %."""
    price, one = trial("ratio-to-lowest@1", F(70), {}), trial("promise-ratio@1", F(15), {})
    promises = [Promise(one, F("4.4"), F(5)), Promise(one, F(65), F(98))]
    found = overpromise(price, F(100), promises, F(9, 100))
    assert found.gain == F(3357, 490)
    assert 0 <= F(3357, 30943) - found.premium < F(1, 10**9)
    assert (found.smallest_sanction, found.of_honest_price) == (F("9.79"), F("10.85"))
    assert found.left == (1 + found.premium) * F(91, 100) - 1
    assert found.pays
    assert not overpromise(price, F(100), promises, F(1, 10)).pays


def test_a_premium_that_loses_exactly_the_gain_still_pays_even() -> None:
    """Interval 80–160: half a point a euro, so five points are ten euros of a hundred; and half of that at double."""
    assert premium_for(INTERVAL, F(100), F(5)) == F(1, 10)
    assert premium_for(INTERVAL, F(50), F(5)) == F(4, 5), "to 80 the price costs nothing, then ten euros"
    assert [premium_for(INTERVAL, F(100), F(gain)) for gain in (0, -3)] == [0, 0]
    assert premium_for(INTERVAL, F(100), F(30)) == MOST_PREMIUM, "at the ceiling nothing is left to lose"


def test_a_sanction_that_takes_it_all_exactly_does_not_pay() -> None:
    """A fifth on top and a sixth taken away is nothing."""
    promise = Promise(trial("promise-ratio@1", F(20), {}), F(50), F(100))
    found = overpromise(INTERVAL, F(100), [promise], F(1, 6))
    assert (found.gain, found.premium, found.left, found.pays) == (F(10), F(1, 5), F(0), False)


# A tender's own formulas


def promising(weight: str = "6", *, tender: Tender | None = None) -> Tender:
    """Price 60 over 0–1000 euros, a promise on a scale from 50 to 90."""
    price = price_criterion("announced-interval@1", "60", floor=Decimal(0), ceiling=Decimal(1000))
    scale = (Level(90, Decimal(100), fi("täysi")), Level(50, Decimal(0), fi("vähin")))
    promise = Criterion(
        "attendance", fi("Läsnäolo"), CriterionKind.QUALITY, Decimal(weight), formula="promise-interval@1", scale=scale
    )
    return with_criteria(tender or priced_tender(), price, promise)


def test_a_promise_of_the_tender_is_weighed_against_its_sanction() -> None:
    """Six points are a hundred of the middle's five hundred euros; nothing is paid by outcome, so no sanction bites."""
    found = examined_promises(promising())
    assert found is not None
    assert (found.gain, found.premium, found.sanction, found.left) == (F(6), F(1, 5), F(0), F(1, 5))


def test_a_sanction_bites_on_the_outcome_part_only() -> None:
    """Eight percent of what is left when the capitation is taken from the middle price."""
    tender = promising(tender=sample_tender())
    found = examined_promises(tender)
    prices = invented_prices(tender, PLACES[1])
    fixed = {name: Decimal(0) if name.startswith("outcome") else value for name, value in prices.items()}
    whole, capitation = comparison_price(tender, prices), comparison_price(tender, fixed)
    assert found is not None
    assert 0 < found.sanction == F(8, 100) * (1 - capitation / whole) < F(8, 100)
    bare = examined_promises(replace(tender, bonus_sanction=None))
    assert bare is not None
    assert bare.sanction == 0


def test_without_a_promise_or_a_price_there_is_nothing_to_over_promise() -> None:
    """Levels are judged, not promised; and without a price no premium can be asked."""
    tender = promising()
    price, promise = tender.award.leaves()
    assert examined_promises(with_criteria(tender, price, quality("plan", "Laatu", "40"))) is None
    assert examined_promises(with_criteria(tender, promise)) is None


def test_a_number_has_its_scale_on_trial_and_a_level_has_not() -> None:
    """The scale of levels has been turned into a share before the formula looks."""
    tender = promising()
    assert trial_of(tender, tender.award.leaves()[1]).frame.scale == ((F(50), F(0)), (F(90), F(100)))
    assert trial_of(tender, quality("plan", "Laatu", "40")).frame.scale == ()


def test_a_minimum_level_narrows_what_a_criterion_can_tell_apart() -> None:
    """Levels 2–4 of 0–4 are half the scale: 40, 17.5 and 25 points of the announced 40, 35 and 25."""
    tender = sample_tender()
    price, plan, hours = tender.award.leaves()
    narrowed = with_criteria(tender, price, replace(plan, minimum=2), hours)
    assert effective_weights(narrowed) == {
        "price": F(1600, 33), "impact-plan": F(700, 33), "hours-tracking": F(1000, 33),
    }  # fmt: skip
    only_best = with_criteria(tender, price, replace(plan, minimum=4), hours)
    assert effective_weights(only_best)["impact-plan"] == 0


def test_only_price_criteria_are_examined() -> None:
    """One for each of them, with the weight of the tender."""
    (found,) = examined(promising())
    assert (found.criterion, found.trial.weight) == ("price", F(60))
    assert found.prices == (F("333.3333"), F(500), F("666.6667"))


def test_no_spread_where_the_formula_refuses() -> None:
    """A range from nothing under a ratio is not a range of zero points."""
    assert price_spread(RATIO, F(0), F(100)) is None
    assert price_spread(RATIO, F(50), F(100)) == 20
    assert shares({"a": F(1), "b": F(3), "c": F(0)}) == {"a": 25, "b": 75, "c": 0}
    assert shares({}) == {}


def test_spreads_of_scored_bids_are_looked_at_criterion_by_criterion() -> None:
    """One bid alone is no spread; the best and the worst need not be neighbours."""
    blank = ScoredBid("A", "A", F(0), (), F(0), F(0), 1)

    def scored(**points: int) -> ScoredBid:
        lines = (ScoreLine(name, "", F(0), F(value), F(value), ()) for name, value in points.items())
        return replace(blank, lines=tuple(lines))

    bids = [scored(price=30, plan=10), scored(price=12, plan=60), scored(price=25, plan=35)]
    assert observed_spreads(bids) == {"price": 18, "plan": 50}
    assert observed_spreads(bids[:1]) == {"price": 0, "plan": 0}
    assert observed_spreads([]) == {}
