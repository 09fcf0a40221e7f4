"""Pictures of a design hold the values that they show."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from evaluation.design.assumptions import default_assumptions
from evaluation.design.client_flow import simulate
from evaluation.design.weights.prices import reference_prices
from evaluation.reports.design_pictures import cap_picture, evenness, spend_fan, tied_up, weight_pictures
from tender.documents.charts import MOST_SERIES
from tender.language import Language
from tender.model.flow import ProviderFlow
from tests.evaluation.design.cases import ASSUMED, BEFORE, CASE, per_group
from tests.evaluation.design.flows import flow
from tests.sample import sample_tender

FOUND = simulate(flow(months=22), 50, 1)


def test_prices_stand_in_their_ranges_in_cents() -> None:
    """Lowest base times lowest weight, the tender's own price, the highest; a proposal between them."""
    capitation, outcome = weight_pictures(ASSUMED, BEFORE, BEFORE)
    assert [line.values for line in capitation.lines] == [
        (2295, 2550, 3060),
        (3780, 4200, 5040),
        (3780, 4200, 5040),
        (5625, 6250, 7500),
    ]
    assert [line.values for line in outcome.lines][1] == (32, 64, 120)
    assert len(weight_pictures(ASSUMED, BEFORE, None)[0].lines) == 3


def test_ranges_per_group_need_no_weights() -> None:
    """Each group's own ends."""
    case = per_group()
    picture = weight_pictures(case.assumptions, case.before, None)[0]
    assert picture.lines[0].values == (2835, 3150, 3780)
    assert picture.lines[-1].values == (4725, 5250, 6300)


def test_names_of_groups_are_short_in_every_language() -> None:
    """What stands before the colon."""
    tender = sample_tender()
    assumed = default_assumptions(tender)
    picture = weight_pictures(assumed, reference_prices(tender), None)[0]
    for language in Language:
        assert all(":" not in one.best(language) for one in picture.categories)


def test_the_fan_opens_and_never_falls() -> None:
    """Every second month of 22, the last one among them; high over mean over low; money only grows."""
    fan = spend_fan(FOUND)
    high, mean, low = (line.values for line in fan.lines)
    assert [one.best(Language.FI) for one in fan.categories] == [str(month) for month in range(2, 23, 2)]
    assert list(mean) == sorted(value for value in mean if value is not None)
    assert all(
        a is not None and b is not None and c is not None and a >= b >= c
        for a, b, c in zip(high, mean, low, strict=True)
    )
    assert mean[-1] == round(FOUND.spend.mean / 100_000)


def test_a_short_production_shows_every_month() -> None:
    """Eight months, eight points."""
    assert len(spend_fan(simulate(flow(months=8), 20, 1)).categories) == 8


def test_money_tied_up_is_never_negative_and_for_four_providers_at_most() -> None:
    """What is in hand is not tied up; a fifth provider has no line."""
    picture = tied_up(FOUND)
    assert all(value is not None and value >= 0 for line in picture.lines for value in line.values)
    assert picture.lines[0].values[0] == round(-FOUND.providers[0].cash[0] / 100_000)
    many = flow(popularity=(20, 20, 20, 20, 20), months=3)
    assert len(tied_up(simulate(many, 20, 1)).lines) == MOST_SERIES


def test_the_cap_s_curve_is_centred_on_its_knife_edge() -> None:
    """700 of 1,400: 49 percent at half; 500 of 1,400: the curve moves with the cap."""
    half = cap_picture(flow())
    names = [one.best(Language.EN) for one in half.categories]
    assert half.lines[0].values[names.index("50 %")] == 49
    third = cap_picture(flow(cap=500))
    names = [one.best(Language.EN) for one in third.categories]
    assert names[0] == "22 %"
    values = [value for value in third.lines[0].values if value is not None]
    assert values[0] == 0
    assert values[-1] == 100


def test_caps_above_all_clients_and_empty_tenders_are_drawn_too() -> None:
    """Nothing to risk is zero, not an error."""
    assert set(cap_picture(flow(cap=5000)).lines[0].values) == {0}
    nobody = replace(flow(), groups=(), providers=(ProviderFlow("A", Fraction(1), 10),))
    assert set(cap_picture(nobody).lines[0].values) == {0}


def test_the_curve_of_evenness_has_gaps_where_nothing_is_possible() -> None:
    """Cents, percent with their sign, a gap as a gap."""
    picture = evenness(((-2, None), (0, Fraction("9.305")), (5, Fraction("6.1"))))
    assert picture.lines[0].values == (None, 931, 610)
    assert [one.best(Language.SV) for one in picture.categories] == ["−2 %", "0 %", "+5 %"]


def test_every_picture_has_its_words() -> None:
    """Title, unit, axis and note in all three languages."""
    pictures = (*weight_pictures(CASE.assumptions, BEFORE, None), spend_fan(FOUND), tied_up(FOUND), cap_picture(flow()))
    for picture in pictures:
        for text in (picture.title, picture.unit, picture.axis, picture.note):
            assert text.missing(tuple(Language)) == ()
