"""Statements about payments: every printed number is true, made by the paying functions, and has its words."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.contract import payments
from evaluation.contract.expressions import number, total
from evaluation.contract.payments import capitation, invoice_total, outcome_pay
from evaluation.contract.statements import invented_prices, payment_statements
from tender.documents.statements import example_rows, statement_words, symbol_rows
from tender.language import Language
from tender.model.indicators import BonusSanction, Direction
from tender.model.prices import PriceForm, PricePart, PriceRange, price_cells
from tender.model.statements import Statement, Step
from tender.model.tender import Tender
from tender.money import round_half_up
from tests.evaluation.award.build import evaluate
from tests.evaluation.contract.golden import an_indicator, golden_model
from tests.sample import sample_tender


def per_group_tender() -> Tender:
    """The sample tender with prices per group, no cap of hours, no VAT, nothing extra."""
    tender = sample_tender()
    ranges = {group.id: PriceRange(Decimal(10), Decimal(11)) for group in tender.groups}
    part = PricePart(PriceForm.PER_GROUP, 2, 2, groups=ranges)
    return replace(
        tender,
        prices=replace(tender.prices, capitation=part, outcome=part, vat_rate=Decimal(0)),
        billing=replace(tender.billing, hours_cap=None),
        bonus_sanction=None,
        verification=None,
    )


def lower_is_better() -> Tender:
    """The sample tender with the golden indicators, of which lower values are better."""
    model = golden_model()
    turned = tuple(replace(one, direction=Direction.LOWER) for one in model.indicators)
    return replace(sample_tender(), bonus_sanction=replace(model, indicators=turned))


def losing() -> Tender:
    """Two indicators of which the second, which misses its target, weighs more: a sanction."""
    pair = (an_indicator("a", weight="10"), an_indicator("b", weight="90"))
    return replace(sample_tender(), bonus_sanction=BonusSanction(Decimal(10), Decimal(8), pair))


TENDERS = {
    "the sample": sample_tender(),
    "golden indicators": replace(sample_tender(), bonus_sanction=golden_model()),
    "per group": per_group_tender(),
    "lower is better": lower_is_better(),
    "a sanction": losing(),
}

CASES = [
    pytest.param(statement, id=f"{name}: {statement.subject}")
    for name, tender in TENDERS.items()
    for statement in payment_statements(tender)
]


def by_subject(tender: Tender) -> dict[str, Statement]:
    """Statements by what they speak of."""
    return {statement.subject: statement for statement in payment_statements(tender)}


def last(statement: Statement, step_id: str) -> Step:
    """The last step with `step_id`."""
    return [step for step in statement.example if step.id == step_id][-1]


def test_every_part_of_the_payments_has_its_statement() -> None:
    """And a part that the tender does not have has none."""
    assert list(by_subject(sample_tender())) == [
        "prices.capitation",
        "prices.outcome",
        "bonus_sanction",
        "verification",
    ]
    assert list(by_subject(per_group_tender())) == ["prices.capitation", "prices.outcome"]


@pytest.mark.parametrize("statement", CASES)
def test_every_step_is_true(statement: Statement) -> None:
    """The printed arithmetic, reckoned by another program, gives the printed result."""
    for step in statement.example:
        if "<=" in step.expression:
            left, right = (evaluate(side.strip()) for side in step.expression.split("<="))
            assert left <= right
            assert step.result == 0
            continue
        found = evaluate(step.expression)
        assert step.result == (found if step.decimals is None else Fraction(round_half_up(found, step.decimals))), step


@pytest.mark.parametrize("statement", CASES)
def test_every_symbol_and_step_has_words(statement: Statement) -> None:
    """In Finnish now; nothing is printed without a name."""
    known = statement_words(statement.id, Language.FI)
    assert known.title
    assert len(symbol_rows(statement, Language.FI)) == len(statement.symbols)
    rows = example_rows(statement, Language.FI)
    assert len(rows) == len(statement.example)
    assert all(row.words and row.result for row in rows)


@pytest.mark.parametrize("statement", CASES)
def test_the_words_name_only_what_the_statement_has(statement: Statement) -> None:
    """Every fact and symbol that the text uses is given."""
    body = statement_words(statement.id, Language.FI).body
    assert set(re.findall(r"facts\.(\w+)", body)) <= set(statement.facts)
    named = set(re.findall(r"symbols\.(\w+)", body))
    assert named <= {symbol.name for symbol in statement.symbols}


def test_the_words_have_no_step_that_nobody_makes() -> None:
    """Words of steps that no tender can have would mislead translators."""
    made: dict[str, set[str]] = {}
    for tender in TENDERS.values():
        for statement in payment_statements(tender):
            made.setdefault(statement.id, set()).update(step.id for step in statement.example)
    for statement_id, steps in made.items():
        assert set(statement_words(statement_id, Language.FI).steps) == steps


def test_the_capitation_example_is_an_invoice() -> None:
    """Its amounts and its foot are what the paying function pays for the same month."""
    tender = sample_tender()
    statement = by_subject(tender)["prices.capitation"]
    lines = capitation(tender, invented_prices(tender), {"easy": 3345, "average": 4770, "hard": 5565}, 2019, 4)
    amounts = [step.result for step in statement.example if step.id == "line-amount"]
    assert amounts == [Fraction(line.amount) for line in lines]
    foot = invoice_total(lines, Decimal(24))
    assert [last(statement, name).result for name in ("net", "vat", "gross")] == [foot.net, foot.vat, foot.gross]


def test_the_outcome_example_is_an_invoice() -> None:
    """With the hours cap in front."""
    tender = sample_tender()
    statement = by_subject(tender)["prices.outcome"]
    lines = outcome_pay(tender, invented_prices(tender), {"easy": 26480, "average": 8160, "hard": 1310})
    assert last(statement, "net").result == sum((line.amount for line in lines), Decimal(0))
    assert statement.example[0].id == "billable-hours"
    assert statement.example[0].result == 700


def test_the_bonus_example_rests_on_the_outcome_example() -> None:
    """The same euros stand in both."""
    both = by_subject(TENDERS["golden indicators"])
    net = last(both["prices.outcome"], "net").result
    assert last(both["bonus_sanction"], "largest-bonus").result == Fraction(round_half_up(net / 10, 2))
    assert last(both["bonus_sanction"], "largest-sanction").result == Fraction(round_half_up(-net * 8 / 100, 2))


def test_the_bonus_example_shows_all_three_cases() -> None:
    """Better, worse and inside the tolerance: 0.7, −0.3 and 0."""
    for name in ("golden indicators", "lower is better"):
        statement = by_subject(TENDERS[name])["bonus_sanction"]
        scores = [step.result for step in statement.example if step.id.startswith("score")]
        assert scores == [Fraction(7, 10), Fraction(-3, 10), 0]
        assert last(statement, "bonus").result > 0


def test_a_sanction_is_called_a_sanction() -> None:
    """When the combined score is negative."""
    statement = by_subject(losing())["bonus_sanction"]
    assert last(statement, "combined").result == Fraction("-0.2")
    assert last(statement, "sanction").result < 0


def test_the_verification_declares_its_numbers() -> None:
    """90 %, 5 %, 1 %, 66 and 120; its sampling is not reckoned yet."""
    statement = by_subject(sample_tender())["verification"]
    assert {symbol.name: symbol.value for symbol in statement.symbols} == {"c": 90, "t": 5, "e": 1, "n": 66, "m": 120}
    assert statement.example == ()


def test_invented_prices_are_inside_the_ranges_and_not_round() -> None:
    """A price that needs no rounding would not show the rule; a fixed price stays what it is."""
    for tender in TENDERS.values():
        prices = invented_prices(tender)
        assert all(cell.range.holds(prices[cell.id]) for cell in price_cells(tender.prices))
    assert invented_prices(sample_tender()) == {"capitation": Decimal("42.01"), "outcome": Decimal("0.8001")}
    part = replace(sample_tender().prices.capitation, base=PriceRange(Decimal(40), Decimal(40)))
    fixed = replace(sample_tender(), prices=replace(sample_tender().prices, capitation=part))
    assert invented_prices(fixed)["capitation"] == 40


def test_rounding_shows_in_the_example() -> None:
    """The unrounded number stands before the rounded one, and a number that needs no rounding stands once."""
    steps = [step.id for step in by_subject(sample_tender())["prices.capitation"].example]
    assert steps[:5] == ["unit-price-unrounded", "unit-price", "client-months", "line-amount-unrounded", "line-amount"]
    assert steps[5:8] == ["unit-price", "client-months", "line-amount"]


def test_a_statement_changes_with_the_code_that_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the rounding of lines changed, the printed example would change with it."""
    before = by_subject(sample_tender())["prices.capitation"]
    monkeypatch.setattr(
        payments, "round_half_up", lambda value, decimals: round_half_up(value, 1).quantize(Decimal("0.01"))
    )
    after = by_subject(sample_tender())["prices.capitation"]
    assert last(before, "net").result != last(after, "net").result


@given(st.fractions(max_denominator=1000))
def test_numbers_of_expressions_read_back(value: Fraction) -> None:
    """Whatever number is written into an expression is that number."""
    assert evaluate(number(value)) == value


@given(st.lists(st.decimals(-1000, 1000, places=2), max_size=5))
def test_sums_of_expressions_read_back(values: list[Decimal]) -> None:
    """Negative terms too, with the decimals that they carry."""
    assert evaluate(total(values)) == sum(map(Fraction, values))
