"""Statements: true in every step, the same numbers as scoring, words for every symbol and step, no raise on faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.award.comparison import comparison_price, lowest_comparison_price
from evaluation.award.formulas import FORMULAS
from evaluation.award.invented import PLACES, invented_prices
from evaluation.award.scoring import score
from evaluation.award.statements import award_statements
from tender.documents.functions import Functions
from tender.documents.statements import example_rows, statement_words, symbol_rows
from tender.language import Language, Text
from tender.model.bids import QualityScore
from tender.model.criteria import Criterion, CriterionKind, Rounding, RoundingPoint, SelectionMethod, TieKey
from tender.model.prices import PriceForm, PriceRange
from tender.model.statements import Statement
from tender.model.tender import Tender
from tests.evaluation.award.build import assert_true, make_bid, price_criterion, with_criteria
from tests.sample import sample_tender
from tests.tender.documents.house import publication_of

TENDER = sample_tender()


def by_subject(tender: Tender) -> dict[str, Statement]:
    """The statements of `tender` by what they are about."""
    return {statement.subject: statement for statement in award_statements(tender)}


OLD = ("announced-interval@1", "ratio-to-lowest@1", "money-value@1", "scale@1")
PARAMETERS: dict[str, dict[str, Decimal]] = {
    "money-value-limited@1": {"euros_per_point": Decimal(15000)},
    "scale-with-minimum@1": {"least_share": Decimal(50)},
}


def _award(**changes: object) -> Tender:
    return replace(TENDER, award=replace(TENDER.award, **changes))  # type: ignore[arg-type]


def variants() -> Iterator[tuple[str, Tender]]:
    """Tenders that use every formula, rounding, method, tie rule and price form."""
    yield "sample", TENDER
    for at in RoundingPoint:
        yield f"rounded {at}", _award(rounding=Rounding(at, 1))
    for formula, parameters in (
        ("ratio-to-lowest@1", {}),
        ("money-value@1", {"euros_per_point": Decimal(15000)}),
        ("announced-interval@1", {"floor": Decimal(1_300_000), "ceiling": Decimal(1_390_000)}),
        ("announced-interval@1", {"floor": Decimal(1_400_000), "ceiling": Decimal(1_500_000)}),
        *((formula.id, PARAMETERS.get(formula.id, {})) for formula in FORMULAS.values() if formula.id not in OLD),
    ):
        if FORMULAS[formula].kind is CriterionKind.PRICE:
            yield f"{formula} {parameters}", with_criteria(TENDER, price_criterion(formula, "100", **parameters))
        else:
            leaf = replace(TENDER.award.leaves()[1], weight=Decimal(100), formula=formula, parameters=parameters)
            yield formula, with_criteria(TENDER, leaf)
    rule = TENDER.award.selection
    yield "ranked", _award(selection=replace(rule, method=SelectionMethod.BEST_RANKED, yearly_cost_ceiling=None))
    yield "floor", _award(selection=replace(rule, minimum_quality=Decimal(30)))
    yield "lots only", _award(tie_rule=(TieKey.LOTS,))
    yield "quality last", _award(tie_rule=(TieKey.COMPARISON_PRICE, TieKey.QUALITY_POINTS, TieKey.LOTS))
    for providers in (1, 2, 5):
        framework = replace(TENDER.framework, providers=providers, client_cap=1400)
        yield f"{providers} providers", replace(TENDER, framework=framework)
    ranges = {group.id: PriceRange(Decimal(1), Decimal(9)) for group in TENDER.groups}
    part = replace(TENDER.prices.capitation, form=PriceForm.PER_GROUP, base=None, weights=None, groups=ranges)
    yield "per group", replace(TENDER, prices=replace(TENDER.prices, capitation=part))


@pytest.mark.parametrize(
    ("name", "tender"), list(variants()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_step_is_true_and_has_words(name: str, tender: Tender) -> None:
    """Each expression gives its result; each symbol, step and unit can be printed; every leaf has its statement."""
    found = award_statements(tender)
    expected = {f"award.criteria.{leaf.id}" for leaf in tender.award.leaves()}
    expected |= {"award.comparison-price", "award.rounding", "award.tie-rule", "award.selection"}
    assert {statement.subject for statement in found} == expected, name
    for statement in found:
        assert statement.example or statement.subject == "award.tie-rule"
        for step in statement.example:
            assert_true(step)
        assert len(symbol_rows(statement, Language.FI)) == len(statement.symbols)
        assert len(example_rows(statement, Language.FI)) == len(statement.example)


def printed(tender: Tender) -> dict[str, str]:
    """The statements of `tender` as a document prints them, by subject."""
    found = award_statements(tender)
    publication = publication_of(tender, draft=False, statements=found)
    functions = Functions(publication, Language.FI, (), lambda _: Text(fi="Tarjouspyyntö"))
    return {statement.subject: str(functions.statement(statement.subject)) for statement in found}


@pytest.mark.parametrize("tender", [tender for _, tender in variants()])
def test_every_variant_can_be_printed(tender: Tender) -> None:
    """All branches of the words: no variable is missing, no template sign is left."""
    for text in printed(tender).values():
        assert "{{" not in text
        assert "{%" not in text


def test_the_words_follow_the_announced_rule() -> None:
    """A row of the model, a tie key or a rounding that the tender does not have is not printed."""
    found = printed(TENDER)
    assert "budget" in found["award.selection"]
    assert "minimum_quality" not in found["award.selection"]
    rule = TENDER.award.selection
    other = printed(_award(selection=replace(rule, yearly_cost_ceiling=None, minimum_quality=Decimal(30))))
    assert "budget" not in other["award.selection"]
    assert "minimum_quality" in other["award.selection"]
    assert "arvalla" in found["award.tie-rule"]
    assert "arvalla" not in printed(_award(tie_rule=(TieKey.QUALITY_POINTS,)))["award.tie-rule"]
    exact = printed(_award(rounding=Rounding(RoundingPoint.NONE, 2)))["award.rounding"]
    assert "Pisteitä ei pyöristetä" in exact


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_formula_has_words(formula: str) -> None:
    """A declared formula without a statement would block publication."""
    known = statement_words(formula, Language.FI)
    assert known.title
    assert {"rounded", "points"} <= set(known.steps)


def test_the_examples_are_what_scoring_gives() -> None:
    """The invented bid of the statements, put in among real ones, earns exactly the points of the example."""
    prices = invented_prices(TENDER, PLACES[0])
    found = by_subject(TENDER)
    assert found["award.comparison-price"].example[-1].result == comparison_price(TENDER, prices)
    bids = [make_bid(TENDER, "A", prices=prices), make_bid(TENDER, "B")]
    levels = [QualityScore(bid.bidder, leaf, 2, "syy") for bid in bids for leaf in ("impact-plan", "hours-tracking")]
    lines = next(bid for bid in score(TENDER, bids, levels).bids if bid.bidder == "A").lines
    for line in lines:
        assert found[f"award.criteria.{line.criterion}"].example[-1].result == line.points


def test_symbols_carry_the_tenders_values() -> None:
    """Weight and ends, exact; what each bid brings is left open."""
    symbols = {symbol.name: symbol.value for symbol in by_subject(TENDER)["award.criteria.price"].symbols}
    assert symbols["W"] == 40
    assert symbols["p"] is None
    assert symbols["A"] == lowest_comparison_price(TENDER)


def test_the_selection_example_is_the_worked_case() -> None:
    """The best three have 1,300 places for 1,400 clients; {A, C, D} with 255 points is chosen."""
    statement = by_subject(TENDER)["award.selection"]
    results = {step.id: int(step.result) for step in statement.example if step.id != "chosen-cost"}
    assert (results["best-points"], results["best-capacity"], results["need"]) == (263, 1300, 1400)
    assert (results["chosen-points"], results["chosen-capacity"]) == (255, 1700)
    assert statement.example[-1].result == lowest_comparison_price(TENDER)
    assert (statement.facts["best"], statement.facts["chosen"]) == ("A, B, C", "A, C, D")


@pytest.mark.parametrize(
    ("rule", "key", "winner"),
    [
        ((TieKey.QUALITY_POINTS, TieKey.COMPARISON_PRICE, TieKey.LOTS), "comparison-price", "second"),
        ((TieKey.COMPARISON_PRICE, TieKey.QUALITY_POINTS, TieKey.LOTS), "quality-points", "second"),
        ((TieKey.QUALITY_POINTS, TieKey.LOTS), "quality-points", "second"),
        ((TieKey.LOTS,), "lots", "second"),
    ],
)
def test_the_tie_example_is_decided_by_the_last_key_that_is_reckoned(
    rule: tuple[TieKey, ...], key: str, winner: str
) -> None:
    """So that the example shows every key at work; with lots alone D's comes first; a seed of digits is no word."""
    facts = by_subject(_award(tie_rule=rule))["award.tie-rule"].facts
    assert (facts["winner_key"], facts["winner"]) == (key, winner)
    assert (facts["seed"], facts["lots"]) == ("123456", "D, C, A, B")


def test_rounding_shows_a_half_that_goes_up() -> None:
    """12.05 from 12.045, and 12.04 from 12.0449."""
    steps = by_subject(TENDER)["award.rounding"].example
    assert [(step.expression, step.result) for step in steps] == [
        ("12.045", Fraction("12.05")),
        ("12.0449", Fraction("12.04")),
    ]


def broken_tenders() -> Iterator[Tender]:
    """Tenders that the reader may hand over although checks will refuse them."""
    leaf = TENDER.award.leaves()[1]
    prices = TENDER.prices
    yield with_criteria(TENDER, replace(leaf, scale=()))
    yield with_criteria(TENDER, price_criterion("money-value@1"))
    yield with_criteria(TENDER, price_criterion("scale@1"))
    yield with_criteria(TENDER, replace(leaf, formula="announced-interval@1"))
    yield with_criteria(TENDER, price_criterion("announced-interval@1", floor=Decimal(9), ceiling=Decimal(1)))
    yield with_criteria(TENDER, Criterion("b", leaf.name, CriterionKind.BRANCH, Decimal(1)))
    yield with_criteria(TENDER, price_criterion("unknown@9"))
    yield replace(TENDER, prices=replace(prices, capitation=replace(prices.capitation, weights={})))
    yield replace(TENDER, prices=replace(prices, outcome=replace(prices.outcome, base=None)))
    yield replace(TENDER, groups=())
    yield replace(TENDER, areas=())
    yield replace(TENDER, groups=(replace(TENDER.groups[0], clients={"siilinjarvi": -5, "lapinlahti": 5}),))
    yield replace(TENDER, framework=replace(TENDER.framework, providers=-7, client_cap=-1))
    yield replace(TENDER, framework=replace(TENDER.framework, providers=10**15, client_cap=10**15))
    yield _award(selection=replace(TENDER.award.selection, yearly_cost_ceiling=Decimal(-1)))
    yield _award(tie_rule=())
    yield _award(rounding=Rounding(RoundingPoint.TOTAL, 10**9))


@pytest.mark.parametrize("tender", list(broken_tenders()))
def test_no_faulty_tender_raises(tender: Tender) -> None:
    """Statements are made before a tender is checked: what cannot be reckoned is left out."""
    for statement in award_statements(tender):
        assert statement.id
        for step in statement.example:
            assert_true(step)
    assert "" not in printed(tender).values()
