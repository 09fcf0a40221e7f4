"""What the documents say about payments: formulas with the tender's values and worked examples with invented volumes.

Every number of an example comes from the functions that pay (`evaluation.contract.payments` and
`evaluation.contract.indicators`). The words stand in ``templates/statements``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from evaluation.contract.expressions import number, total
from evaluation.contract.indicators import adjusted, adjustment
from evaluation.contract.payments import billable_hours, capitation, invoice_total, outcome_pay
from tender.model.indicators import BonusSanction, Direction, Indicator, Verification
from tender.model.payments import Adjustment, IndicatorLine, PaymentLine
from tender.model.prices import PriceForm, PricePart, PriceUnit, price_cells
from tender.model.statements import Statement, Step, Symbol
from tender.model.tender import Tender
from tender.money import CENT_DECIMALS, Exact, exact, round_half_up

MONTH = 4
"""April: the month of the worked example, because it has thirty days every year."""

_CLIENT_DAYS = (3345, 4770, 5565)
_HOURS = (26480, 8160, 1310)
_HOURS_OVER_THE_CAP = 112
_SHARES_OF_FULL = (Fraction(7, 10), Fraction(-3, 10), Fraction(0))


def payment_statements(tender: Tender) -> tuple[Statement, ...]:
    """Every statement about payments that `tender` needs."""
    outcome_lines = outcome_pay(tender, invented_prices(tender), _invented(tender, _HOURS))
    statements = [capitation_statement(tender), outcome_statement(tender, outcome_lines)]
    if tender.bonus_sanction is not None:
        base = invoice_total(outcome_lines, tender.prices.vat_rate).net
        statements.append(bonus_sanction_statement(tender.bonus_sanction, base))
    if tender.verification is not None:
        statements.append(verification_statement(tender.verification))
    return tuple(statements)


def invented_prices(tender: Tender) -> dict[str, Decimal]:
    """Prices of an invented bid: one smallest unit above the middle of each range, so that rounding shows."""
    prices = {}
    for cell in price_cells(tender.prices):
        middle = round_half_up((exact(cell.range.lowest) + exact(cell.range.highest)) / 2, cell.decimals)
        prices[cell.id] = min(middle + Decimal(1).scaleb(-cell.decimals), cell.range.highest)
    return prices


def capitation_statement(tender: Tender) -> Statement:
    """How capitation is computed, with the invoice of one invented month."""
    part = tender.prices.capitation
    client_days = _invented(tender, _CLIENT_DAYS)
    year = tender.timetable.production_start.year
    lines = capitation(tender, invented_prices(tender), client_days, year, MONTH)
    steps = [step for line in lines for step in _line_steps(tender, part, line)]
    days = str(lines[0].divisor) if lines else ""
    facts = {**_facts(tender, part), "days": days}
    symbols = (Symbol("p", None, "eur-client-month"),)
    example = (*steps, *_foot(lines, tender.prices.vat_rate))
    return Statement("capitation@1", "prices.capitation", symbols, example, facts)


def outcome_statement(tender: Tender, lines: tuple[PaymentLine, ...]) -> Statement:
    """How outcome pay is computed, with the invoice of one invented period."""
    part, cap = tender.prices.outcome, tender.billing.hours_cap
    steps = [step for line in lines for step in _line_steps(tender, part, line)]
    symbols = [Symbol("p", None, "eur-work-hour")]
    if cap is not None:
        symbols.append(Symbol("h_max", Fraction(cap), "work-hour"))
        steps.insert(0, _capped(cap))
    facts = {
        **_facts(tender, part),
        "months": str(tender.billing.outcome_months),
        "hours_cap": str(cap) if cap is not None else "",
    }
    example = (*steps, *_foot(lines, tender.prices.vat_rate))
    return Statement("outcome@1", "prices.outcome", tuple(symbols), example, facts)


def bonus_sanction_statement(model: BonusSanction, base: Decimal) -> Statement:
    """How the indicators move outcome pay, with invented values and the outcome pay of the other example.

    Args:
        model: The announced model.
        base: Outcome pay of the invented period, euros.
    """
    paid = adjustment(model, _invented_values(model), base)
    pairs = zip(model.indicators, paid.lines, strict=True)
    steps = [
        replace(step, about=indicator.id) for indicator, line in pairs for step in _indicator_steps(indicator, line)
    ]
    symbols = (Symbol("b", exact(model.bonus_cap), "percent"), Symbol("s", exact(model.sanction_cap), "percent"))
    example = (*steps, *_adjustment_steps(model, paid))
    return Statement("bonus-sanction@1", "bonus_sanction", symbols, example, {})


def verification_statement(check: Verification) -> Statement:
    """The declared rule of the random check; the sampling itself is computed when a period is checked."""
    symbols = (
        Symbol("c", exact(check.confidence), "percent"),
        Symbol("t", exact(check.tolerable_error), "percent"),
        Symbol("e", exact(check.expected_error), "percent"),
        Symbol("n", Fraction(check.sample_size), "item"),
        Symbol("m", Fraction(check.extended_sample_size), "item"),
    )
    return Statement("verification@1", "verification", symbols, (), {"method": check.method})


def _invented(tender: Tender, counts: tuple[int, ...]) -> dict[str, int]:
    """An invented count for each group, in the order of the tender."""
    return {group.id: counts[index % len(counts)] for index, group in enumerate(tender.groups)}


def _facts(tender: Tender, part: PricePart) -> dict[str, str]:
    """What the words of both price statements need."""
    return {
        "weighted": "yes" if part.form is PriceForm.BASE_TIMES_WEIGHT else "",
        "unit_decimals": str(part.unit_decimals),
        "line_decimals": str(tender.prices.line_decimals),
    }


def _line_steps(tender: Tender, part: PricePart, line: PaymentLine) -> Iterator[Step]:
    """Unit price, quantity and amount of one group; an unrounded number stands before a rounding that changes it."""
    return (replace(step, about=line.group) for step in _plain_steps(tender, part, line))


def _plain_steps(tender: Tender, part: PricePart, line: PaymentLine) -> Iterator[Step]:
    factors: tuple[Exact, ...] = (line.base_price,)
    if part.form is PriceForm.BASE_TIMES_WEIGHT:
        factors = (line.base_price, line.weight)
    yield from _rounded("unit-price", factors, line.unit_price, part.unit_decimals)
    if line.unit is PriceUnit.CLIENT_MONTH:
        yield Step("client-months", f"{number(line.counted)} / {line.divisor}", line.quantity, line.unit.value)
    yield from _rounded("line-amount", (line.unit_price, line.quantity), line.amount, tender.prices.line_decimals)


def _rounded(name: str, factors: tuple[Exact, ...], result: Decimal, decimals: int) -> Iterator[Step]:
    """A product, and its rounding when that changes it."""
    product = Fraction(1)
    for factor in factors:
        product *= exact(factor)
    expression = " * ".join(number(factor) for factor in factors)
    if product == exact(result):
        yield Step(name, expression, product, "eur", decimals)
        return
    yield Step(f"{name}-unrounded", expression, product, "eur")
    yield Step(name, number(product), exact(result), "eur", decimals)


def _foot(lines: tuple[PaymentLine, ...], vat_rate: Decimal) -> tuple[Step, ...]:
    """The sum of the printed lines; then VAT and what is paid, when there is VAT."""
    foot = invoice_total(lines, vat_rate)
    net = Step("net", total(line.amount for line in lines), exact(foot.net), "eur", CENT_DECIMALS)
    if vat_rate == 0:
        return (net,)
    vat = f"{number(foot.net)} * {number(vat_rate)} / 100"
    return (
        net,
        Step("vat", vat, exact(foot.vat), "eur", CENT_DECIMALS),
        Step("gross", f"{number(foot.net)} + {number(foot.vat)}", exact(foot.gross), "eur", CENT_DECIMALS),
    )


def _capped(cap: int) -> Step:
    hours = cap + _HOURS_OVER_THE_CAP
    return Step("billable-hours", f"min({hours}; {cap})", billable_hours(hours, cap), "work-hour")


def _invented_values(model: BonusSanction) -> dict[str, Fraction]:
    """Values of which the first is better than its target, the second worse, the third inside the tolerance."""
    values = {}
    for index, indicator in enumerate(model.indicators):
        share = _SHARES_OF_FULL[index % len(_SHARES_OF_FULL)]
        tolerance, full = exact(indicator.tolerance), exact(indicator.full_scale)
        distance = abs(share) * (full - tolerance) + (tolerance if share else tolerance / 2)
        better = distance if share >= 0 else -distance
        upward = better if indicator.direction is Direction.HIGHER else -better
        values[indicator.id] = exact(indicator.target) + upward
    return values


def _indicator_steps(indicator: Indicator, line: IndicatorLine) -> Iterator[Step]:
    """Deviation, score and share of one indicator."""
    target, value = number(indicator.target), number(line.value)
    higher = indicator.direction is Direction.HIGHER
    yield Step("deviation", f"{value} - {target}" if higher else f"{target} - {value}", line.deviation)
    if line.score == 0:
        yield Step("score-inside", f"{number(abs(line.deviation))} <= {number(indicator.tolerance)}", line.score)
    else:
        yield Step("score", _score_expression(indicator, line), line.score)
    yield Step("weighted", f"{number(line.score)} * {number(indicator.weight)} / 100", line.weighted)


def _score_expression(indicator: Indicator, line: IndicatorLine) -> str:
    tolerance, full = number(indicator.tolerance), number(indicator.full_scale)
    size = f"min(1; ({number(abs(line.deviation))} - {tolerance}) / ({full} - {tolerance}))"
    return size if line.score > 0 else f"-{size}"


def _adjustment_steps(model: BonusSanction, paid: Adjustment) -> tuple[Step, ...]:
    """The combined score, what follows from it, and the largest bonus and sanction on the same base."""
    combined = total(line.weighted for line in paid.lines)
    most, least = Fraction(1), Fraction(-1)
    return (
        Step("combined", combined, paid.combined),
        _payment("bonus" if paid.combined >= 0 else "sanction", paid.base, paid.combined, paid.cap),
        _payment("largest-bonus", paid.base, most, model.bonus_cap),
        _payment("largest-sanction", paid.base, least, model.sanction_cap),
    )


def _payment(name: str, base: Decimal, combined: Fraction, cap: Decimal) -> Step:
    expression = f"{number(base)} * {number(combined)} * {number(cap)} / 100"
    return Step(name, expression, exact(adjusted(base, combined, cap)), "eur", CENT_DECIMALS)
