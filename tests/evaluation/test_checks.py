"""What the award room finds in a tender before it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from evaluation.checks import CHECKS
from tender.checks import Case
from tender.errors import Finding, Severity
from tender.language import Language
from tender.model.criteria import CriterionKind, FallsAway, SelectionMethod
from tender.model.tender import Tender
from tender.plugins import Group, plugins
from tender.words import words
from tests.evaluation.award.build import price_criterion, with_criteria
from tests.evaluation.award.test_statements import broken_tenders
from tests.sample import quality, sample_tender

TENDER = sample_tender()


def found(tender: Tender) -> list[Finding]:
    """Findings of this house's rules."""
    return [finding for rule in CHECKS for finding in rule(Case(tender, date(2018, 11, 1)))]


def rules(tender: Tender) -> list[str]:
    """Ids of the findings."""
    return [finding.rule for finding in found(tender)]


def priced(formula: str, **parameters: Decimal) -> Tender:
    """The sample tender with one price criterion."""
    return with_criteria(TENDER, price_criterion(formula, "40", **parameters), quality("plan", "Laatu", "60"))


def test_the_sample_is_clean() -> None:
    """No finding on a sound tender."""
    assert found(TENDER) == []


INTERVAL = {"floor": Decimal(1_000_000), "ceiling": Decimal(2_000_000)}


@pytest.mark.parametrize(
    ("formula", "parameters", "expected"),
    [
        ("announced-interval@1", INTERVAL, []),
        ("announced-interval@1", {"flor": Decimal(1)}, ["award.parameter-unknown"]),
        (
            "ratio-to-lowest@1",
            {"floor": Decimal(1)},
            ["award.parameter-none", "award.relative-formula", "award.effective-weight"],
        ),
        ("share-of-ceiling@1", {}, ["award.effective-weight"]),
        (
            "step-deduction@1",
            {"deduction": Decimal(60)},
            ["award.relative-formula", "award.price-cliff"],
        ),
        ("money-value@1", {}, ["award.parameter-required"]),
        ("money-value@1", {"euro_per_point": Decimal(1)}, ["award.parameter-unknown"]),
        ("money-value@1", {"euros_per_point": Decimal(15000)}, []),
        ("money-value@1", {"euros_per_point": Decimal(0)}, ["award.parameter-positive"]),
        ("announced-interval@1", {**INTERVAL, "floor": Decimal(-1)}, ["award.parameter-negative"]),
        (
            "announced-interval@1",
            {"floor": Decimal(2_000_000), "ceiling": Decimal(1_000_000)},
            ["award.interval-empty"],
        ),
        ("announced-interval@1", {"floor": Decimal(1_200_000)}, ["award.interval-clips"]),
        ("announced-interval@1", {"ceiling": Decimal(1_800_000)}, ["award.interval-clips"]),
        ("ratio-to-lowest@1", {}, ["award.relative-formula", "award.effective-weight"]),
        ("scale@1", {}, ["award.formula-kind"]),
        ("unknown@1", {}, []),
    ],
)
def test_formulas_and_parameters(formula: str, parameters: Mapping[str, Decimal], expected: list[str]) -> None:
    """One slip, one finding; unknown formulas are named by the tender's own checks."""
    assert rules(priced(formula, **parameters)) == expected


def test_a_quality_criterion_takes_no_price_formula() -> None:
    """The finding names what would fit, at its place in the tree."""
    tender = with_criteria(TENDER, replace(quality("plan", "Laatu", "100"), formula="money-value@1"))
    kind = found(tender)[0]
    assert (kind.rule, kind.field) == ("award.formula-kind", "award.criteria[0].formula")
    assert kind.values["expected"].startswith("scale@1, promise-interval@1")
    assert "money-value@1" not in kind.values["expected"]


def test_fields_are_paths_in_the_tree() -> None:
    """Sub-criteria too, so that the reader finds the line."""
    branch = TENDER.award.criteria[1]
    tree = replace(branch, criteria=(branch.criteria[0], price_criterion("money-value@1", "25", floor=Decimal(-1))))
    tender = with_criteria(TENDER, TENDER.award.criteria[0], tree)
    assert {finding.field for finding in found(tender)} == {
        "award.criteria[1].criteria[1].parameters",
        "award.criteria[1].criteria[1].parameters.floor",
    }


def test_ranges_without_width_make_an_empty_interval() -> None:
    """Fixed prices give a derived interval without length: the formula could score nobody."""
    capitation = TENDER.prices.capitation
    outcome = TENDER.prices.outcome
    assert capitation.base is not None
    assert outcome.base is not None
    fixed = replace(
        TENDER.prices,
        capitation=replace(capitation, base=replace(capitation.base, highest=capitation.base.lowest)),
        outcome=replace(outcome, base=replace(outcome.base, highest=outcome.base.lowest)),
    )
    assert rules(replace(TENDER, prices=fixed)) == ["award.interval-empty"]


def test_an_allowed_zero_and_a_ratio_do_not_go_together() -> None:
    """KHO 2015:17 and 2016:97: what a price of zero does must be defined beforehand."""
    tender = replace(priced("ratio-to-lowest@1"), prices=replace(TENDER.prices, zero_allowed=True))
    finding = next(one for one in found(tender) if one.rule == "award.zero-price-undefined")
    assert finding.severity is Severity.BLOCK
    assert "award.zero-price-undefined" not in rules(replace(TENDER, prices=replace(TENDER.prices, zero_allowed=True)))


@pytest.mark.parametrize(
    ("falls_away", "rule"),
    [(FallsAway.KEEP, "award.relative-formula"), (FallsAway.RESCORE, "award.relative-rescored")],
)
def test_a_relative_formula_warns(falls_away: FallsAway, rule: str) -> None:
    """It is lawful, but one exclusion may turn the order of the others."""
    tender = priced("ratio-to-lowest@1")
    finding, *_ = found(replace(tender, award=replace(tender.award, falls_away=falls_away)))
    assert (finding.rule, finding.severity) == (rule, Severity.WARN)


@pytest.mark.parametrize("tender", list(broken_tenders()))
def test_no_rule_raises_on_a_faulty_tender(tender: Tender) -> None:
    """What cannot be reckoned is left to the rules that name it; every finding has words."""
    for finding in found(tender):
        for language in Language:
            assert words(language).finding(finding).text


def test_branches_need_no_formula() -> None:
    """Only leaves are scored."""
    assert TENDER.award.criteria[1].kind is CriterionKind.BRANCH
    assert found(TENDER) == []


def test_it_is_plugged_in() -> None:
    """The tender house finds the rules by their entry point."""
    assert CHECKS in [made for _, made in plugins(Group.CHECKS)]


@pytest.mark.parametrize(
    ("rules_of", "expected"),
    [
        ({"method": SelectionMethod.MONEY_VALUE}, ["award.point-value"]),
        ({"then": (SelectionMethod.MONEY_VALUE,)}, ["award.point-value"]),
        ({"then": (SelectionMethod.MONEY_VALUE,), "point_value": Decimal(1000)}, []),
        ({"then": (SelectionMethod.BEST_SUM,)}, ["award.then-repeats"]),
        ({"choice_least": TENDER.framework.providers}, []),
        ({"choice_least": TENDER.framework.providers + 1}, ["award.choice-least"]),
        ({"viable_clients": 1}, []),
        ({"viable_clients": 100_000}, ["award.viable-clients"]),
    ],
)
def test_rules_of_the_selection_fit_together(rules_of: dict[str, object], expected: list[str]) -> None:
    """What no field of bidders could keep is found before the publication."""
    rule = replace(TENDER.award.selection, **rules_of)  # type: ignore[arg-type]
    tender = replace(TENDER, award=replace(TENDER.award, selection=rule))
    assert rules(tender) == expected
    for finding in found(tender):
        for language in Language:
            assert "{" not in words(language).finding(finding).text
