"""Points: exact fractions, rounded half-up only where the tender says, with every intermediate number.

A missing level is never zero and never skipped: all missing levels are listed and nothing is scored before they are
there. Scores are frozen before selection; the order of the bids never matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from evaluation.award.comparison import (
    comparison_price,
    highest_comparison_price,
    lowest_comparison_price,
    tendered_prices,
)
from evaluation.award.formulas import FORMULAS, Default, Formula, Given, Measure, RefusedError
from evaluation.award.formulas.field import Field
from evaluation.contract.expressions import number, total
from tender.errors import BlockedError, Finding, FrozenError, Severity
from tender.model.awards import ScoredBid, ScoreLine, ScoreSheet
from tender.model.bids import Bid, QualityScore
from tender.model.criteria import Criterion, CriterionKind, Rounding, RoundingPoint
from tender.model.methods import award_hash
from tender.model.statements import Step
from tender.model.tender import Tender
from tender.money import decimal_of, exact, round_half_up

Levels = Mapping[tuple[str, str], tuple[int, str]]
"""The evaluators' level and its reason, by bidder id and criterion id."""


def score(
    tender: Tender,
    bids: Iterable[Bid],
    levels: Iterable[QualityScore],
    stated: Mapping[str, Fraction] = MappingProxyType({}),
) -> ScoreSheet:
    """Points of every admitted bid.

    Args:
        tender: The tender as published.
        bids: The admitted bids, in any order.
        levels: The evaluators' consensus; levels of bids that are not compared are left aside.
        stated: Comparison prices by bidder id of bids whose unit prices are withheld, for a recomputation by others.

    Raises:
        BlockedError: Levels are missing, doubled, below a minimum or not on the scale, or a formula is not defined
            for a bid; the findings name every one.
        FrozenError: A bid was made under another award method than the tender's.
    """
    ordered = sorted(bids, key=lambda bid: bid.bidder)
    scores = tuple(levels)
    method = award_hash(tender)
    _refuse_other_methods(ordered, method)
    prices = {bid.bidder: _price(tender, bid, stated) for bid in ordered}
    findings = (*check_levels(tender, ordered, scores), *check_formulas(tender, ordered, prices))
    if findings:
        raise BlockedError("award.scoring-blocked", findings=findings, count=len(findings))
    by_cell = {
        (level.bidder, level.criterion): (level.level, level.reason) for level in scores if level.level is not None
    }
    refused = tuple(_check_quality(tender, ordered, by_cell))
    if refused:
        raise BlockedError("award.scoring-blocked", findings=refused, count=len(refused))
    fields = {leaf.id: _field(leaf, ordered, prices, by_cell) for leaf in tender.award.leaves()}
    scored = [_score_bid(tender, bid, prices[bid.bidder], fields, by_cell) for bid in ordered]
    return ScoreSheet(method, rank(scored))


def rank(bids: Iterable[ScoredBid]) -> tuple[ScoredBid, ...]:
    """`bids` best first with their ranks; equal totals share a rank and stand in the order of their ids."""
    ordered = sorted(bids, key=lambda bid: (-bid.total, bid.bidder))
    totals = [bid.total for bid in ordered]
    return tuple(replace(bid, rank=totals.index(bid.total) + 1) for bid in ordered)


def check_levels(tender: Tender, bids: Sequence[Bid], levels: Sequence[QualityScore]) -> Iterator[Finding]:
    """Everything that keeps the bids from being scored: levels that are missing, doubled, unknown or not acceptable."""
    quality = tuple(leaf for leaf in tender.award.leaves() if leaf.kind is CriterionKind.QUALITY)
    known = {leaf.id for leaf in quality}
    counts = Counter((level.bidder, level.criterion) for level in levels)
    compared = {bid.bidder for bid in bids}
    for level in sorted(levels, key=lambda level: (level.bidder, level.criterion)):
        if level.bidder in compared and level.criterion not in known:
            yield _level_finding("award.level-unknown-criterion", level.bidder, level.criterion)
    by_cell = {(level.bidder, level.criterion): level.level for level in levels}
    for bid in bids:
        for leaf in quality:
            if counts[bid.bidder, leaf.id] > 1:
                yield _level_finding("award.level-twice", bid.bidder, leaf.id, bid=bid.name)
            else:
                yield from _check_level(tender, bid, leaf, by_cell.get((bid.bidder, leaf.id)))


def check_formulas(tender: Tender, bids: Sequence[Bid], prices: Mapping[str, Fraction]) -> Iterator[Finding]:
    """Every bid for which a price formula is not defined, such as a price of zero under a ratio."""
    field = Field(sorted(prices.values()))
    for leaf in tender.award.leaves():
        if leaf.kind is CriterionKind.PRICE:
            for bid in bids:
                given = price_given(tender, leaf, prices[bid.bidder], field)
                yield from _refusal(leaf, bid, given, f"bids.{bid.bidder}.prices")


def resolved_parameters(tender: Tender, criterion: Criterion, formula: Formula) -> dict[str, Fraction]:
    """Every parameter of `formula`: as announced, else by its default.

    Raises:
        BlockedError: A parameter without a default is not announced; `evaluation.checks` says so before publication.
    """
    announced = criterion.parameters or {}
    found: dict[str, Fraction] = {}
    for parameter in formula.parameters:
        if parameter.id in announced:
            found[parameter.id] = exact(announced[parameter.id])
        elif parameter.default is Default.USUAL and parameter.usual is not None:
            found[parameter.id] = parameter.usual
        elif parameter.default is Default.LOWEST_PRICE:
            found[parameter.id] = lowest_comparison_price(tender)
        elif parameter.default is Default.HIGHEST_PRICE:
            found[parameter.id] = highest_comparison_price(tender)
        else:
            raise BlockedError("award.parameter-missing", criterion=criterion.id, parameter=parameter.id)
    return found


def formula_of(criterion: Criterion) -> Formula:
    """The registered formula of `criterion`.

    Raises:
        BlockedError: There is no such formula, or it scores another kind of criterion.
    """
    formula = FORMULAS.get(criterion.formula)
    if formula is None or formula.kind is not criterion.kind:
        raise BlockedError("award.formula-unusable", criterion=criterion.id, formula=criterion.formula)
    return formula


def rounded(points: Fraction, rounding: Rounding, at: RoundingPoint) -> Fraction:
    """`points` rounded half-up when the tender rounds `at` this place, else as they are."""
    return exact(round_half_up(points, rounding.decimals)) if rounding.at is at else points


def score_line(tender: Tender, criterion: Criterion, given: Given, value: Fraction, reason: str = "") -> ScoreLine:
    """Points of one bid on one criterion, with the working; the same function makes the published worked examples."""
    formula = formula_of(criterion)
    points = formula.points(given)
    final = rounded(points, tender.award.rounding, RoundingPoint.CRITERION)
    working = formula.working(given)
    if tender.award.rounding.at is RoundingPoint.CRITERION:
        finite = decimal_of(points) is not None
        before = number(points) if finite else working[-1].expression
        working = (*working, Step("rounded", before, final, "points", tender.award.rounding.decimals))
    return ScoreLine(criterion.id, formula.id, value, final, points, working, reason)


def price_given(tender: Tender, criterion: Criterion, price: Fraction, field: tuple[Fraction, ...]) -> Given:
    """What the formula of a price criterion is given for a bid of `price` in a `field` of bids."""
    parameters = resolved_parameters(tender, criterion, formula_of(criterion))
    return Given(exact(criterion.weight), price, field, parameters)


def quality_given(tender: Tender, criterion: Criterion, level: int, field: tuple[Fraction, ...] = ()) -> Given:
    """What the formula of a quality criterion is given for a `level` of its scale, or for a number beside it.

    Args:
        tender: The tender.
        criterion: A quality criterion.
        level: The level, or the number that the bid promises or shows.
        field: The numbers of all compared bids; relative formulas need them.

    Raises:
        KeyError: The scale has no such level; `check_levels` finds it before anything is scored.
    """
    formula = formula_of(criterion)
    parameters = resolved_parameters(tender, criterion, formula)
    steps = {Fraction(step.value): exact(step.share) for step in criterion.scale}
    if formula.measure is Measure.NUMBER:
        scale = tuple(sorted(steps.items()))
        return Given(exact(criterion.weight), Fraction(level), field or (Fraction(level),), parameters, scale)
    return Given(exact(criterion.weight), steps[Fraction(level)], (), parameters)


def total_working(lines: Sequence[ScoreLine], rounding: Rounding) -> tuple[Step, ...]:
    """The sum of the lines' points, and its rounding where the tender rounds the total; the last step is the total."""
    points = sum((line.points for line in lines), Fraction(0))
    steps = (Step("total", total(line.points for line in lines), points, "points"),)
    if rounding.at is not RoundingPoint.TOTAL:
        return steps
    final = rounded(points, rounding, RoundingPoint.TOTAL)
    return (*steps, Step("rounded-total", number(points), final, "points", rounding.decimals))


def _price(tender: Tender, bid: Bid, stated: Mapping[str, Fraction]) -> Fraction:
    price = stated.get(bid.bidder)
    return comparison_price(tender, tendered_prices(tender, bid)) if price is None else price


def _refuse_other_methods(bids: Sequence[Bid], method: str) -> None:
    for bid in bids:
        if bid.award_hash != method:
            raise FrozenError("award.other-method", bidder=bid.name, found=bid.award_hash[:12], expected=method[:12])


def _check_level(tender: Tender, bid: Bid, leaf: Criterion, level: int | None) -> Iterator[Finding]:
    name = leaf.name.best(tender.prevailing_language)
    values = [step.value for step in leaf.scale]
    if level is None:
        yield _level_finding("award.level-missing", bid.bidder, leaf.id, bid=bid.name, name=name)
    elif not _on_scale(leaf, level):
        numbers = formula_of(leaf).measure is Measure.NUMBER
        scale = f"{min(values)}–{max(values)}" if numbers else ", ".join(str(value) for value in values)
        yield _level_finding(
            "award.level-not-on-scale", bid.bidder, leaf.id, bid=bid.name, name=name, found=level, scale=scale
        )
    elif leaf.minimum is not None and level < leaf.minimum:
        yield _level_finding(
            "award.level-not-acceptable",
            bid.bidder,
            leaf.id,
            bid=bid.name,
            name=name,
            found=level,
            minimum=leaf.minimum,
        )


def _on_scale(leaf: Criterion, level: int) -> bool:
    """Whether `level` may be given: one of the announced levels, or a number between the first and the last."""
    values = [step.value for step in leaf.scale]
    formula = FORMULAS.get(leaf.formula)
    if formula is not None and formula.measure is Measure.NUMBER and values:
        return min(values) <= level <= max(values)
    return level in values


def _check_quality(tender: Tender, bids: Sequence[Bid], levels: Levels) -> Iterator[Finding]:
    """Every bid for which the formula of a quality criterion is not defined: a failed requirement, too low a share."""
    for leaf in tender.award.leaves():
        if leaf.kind is CriterionKind.QUALITY:
            field = _field(leaf, bids, {}, levels)
            for bid in bids:
                given = quality_given(tender, leaf, levels[bid.bidder, leaf.id][0], field)
                yield from _refusal(leaf, bid, given, f"levels.{bid.bidder}.{leaf.id}")


def _refusal(leaf: Criterion, bid: Bid, given: Given, field: str) -> Iterator[Finding]:
    try:
        formula_of(leaf).points(given)
    except RefusedError as refusal:
        values = {"bidder": bid.name, "criterion": leaf.id, **refusal.values}
        yield Finding("award.points-undefined", Severity.BLOCK, field, values)


def _field(leaf: Criterion, bids: Sequence[Bid], prices: Mapping[str, Fraction], levels: Levels) -> Field:
    """What a relative formula looks at: all comparison prices, or all promised numbers of the criterion."""
    if leaf.kind is CriterionKind.PRICE:
        return Field(sorted(prices.values()))
    return Field(sorted(Fraction(levels[bid.bidder, leaf.id][0]) for bid in bids))


def _level_finding(rule: str, bidder: str, criterion: str, **values: object) -> Finding:
    texts = {"bidder": bidder, "criterion": criterion, **{name: str(value) for name, value in values.items()}}
    return Finding(rule, Severity.BLOCK, f"levels.{bidder}.{criterion}", texts)


def _score_bid(tender: Tender, bid: Bid, price: Fraction, fields: Mapping[str, Field], levels: Levels) -> ScoredBid:
    lines: list[ScoreLine] = []
    quality = Fraction(0)
    for leaf in tender.award.leaves():
        if leaf.kind is CriterionKind.PRICE:
            lines.append(score_line(tender, leaf, price_given(tender, leaf, price, fields[leaf.id]), price))
        else:
            level, reason = levels[bid.bidder, leaf.id]
            line = score_line(
                tender, leaf, quality_given(tender, leaf, level, fields[leaf.id]), Fraction(level), reason
            )
            lines.append(line)
            quality += line.points
    final = total_working(lines, tender.award.rounding)[-1].result
    return ScoredBid(bid.bidder, bid.name, price, tuple(lines), quality, final, rank=0)
