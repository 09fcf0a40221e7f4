"""Each slip in a declared grouping is told by its own rule; a logistic model waits for the officer's opinion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tender.checks import Case, check, review_questions
from tender.checks.waivers import waivable
from tender.errors import Finding, Severity
from tender.model.grouping import Factor, Grouping, ScaleStep
from tender.model.methods import grouping_method, method_hash, payment_hash
from tender.model.open_data import Breakdown, Guard, OpenData, OpenTable, Quantity
from tests.sample import fi
from tests.tender.annexes.grouping.clients import ENDED, LOGISTIC, MONTHS, POINTS, category
from tests.tender.checks.bases import BASES, case_of
from tests.tender.checks.drill import speak

TABLE = OpenTable("inflow", fi("Alkaneet"), Quantity.INFLOW, (Breakdown.GROUP,))
DATA = OpenData(date(2018, 6, 30), date(2017, 7, 1), Guard.SUPPRESS, (25,), (3,), (TABLE,))


def case_with(grouping: Grouping | None, name: str = "2018") -> Case:
    """The sample with `grouping` declared."""
    return case_of(replace(BASES[name], open_data=replace(DATA, grouping=grouping)))


def found_in(grouping: Grouping, name: str = "2018") -> list[Finding]:
    """What the rules of this file find."""
    found = [finding for finding in check(case_with(grouping, name)) if finding.rule.startswith("grouping.")]
    for finding in found:
        speak(finding)
    return found


def called(name: str, **words: str) -> Factor:
    """The factor of months by another name."""
    return replace(MONTHS, id=name, column=name.replace("-", "_"), name=replace(MONTHS.name, **words))


def test_a_sound_grouping_gives_no_finding() -> None:
    assert found_in(POINTS) == []
    assert found_in(POINTS, "today") == []


STEPS = POINTS.scale
SLIPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "half a point": (
        "grouping.points-whole",
        "open_data.grouping.factors[0].categories[0].points",
        {"factors": (replace(MONTHS, categories=(category("a", "0.5", least=0), *MONTHS.categories[1:])), ENDED)},
    ),
    "a category for nobody": (
        "grouping.category-empty",
        "open_data.grouping.factors[0].categories[3].values",
        {"factors": (replace(MONTHS, categories=(*MONTHS.categories, category("x", "0"))), ENDED)},
    ),
    "a value in two categories": (
        "grouping.category-twice",
        "open_data.grouping.factors[1].categories",
        {"factors": (MONTHS, replace(ENDED, categories=(*ENDED.categories, category("x", "0", "dismissed"))))},
    ),
    "a number that begins two categories": (
        "grouping.category-twice",
        "open_data.grouping.factors[0].categories",
        {"factors": (replace(MONTHS, categories=(*MONTHS.categories, category("x", "0", least=3))), ENDED)},
    ),
    "blanks in two categories": (
        "grouping.category-twice",
        "open_data.grouping.factors[1].categories",
        {"factors": (MONTHS, replace(ENDED, categories=(*ENDED.categories, category("x", "0", blank=True))))},
    ),
    "a code twice": (
        "grouping.category-twice",
        "open_data.grouping.factors[0].categories",
        {"factors": (replace(MONTHS, categories=(*MONTHS.categories, category("under-3", "0", least=99))), ENDED)},
    ),
    "a step twice": (
        "grouping.scale-order",
        "open_data.grouping.scale[1].points",
        {"scale": (STEPS[0], replace(STEPS[1], points=0), *STEPS[2:])},
    ),
    "more points, less likelihood": (
        "grouping.scale-falls",
        "open_data.grouping.scale[1].likelihood",
        {"scale": (STEPS[0], replace(STEPS[1], likelihood=Decimal(5)), *STEPS[2:])},
    ),
    "a scale that begins too late": (
        "grouping.scale-reach",
        "open_data.grouping.scale[0].points",
        {"scale": STEPS[1:]},
    ),
    "a limit that does not fall": (
        "grouping.limits-order",
        "open_data.grouping.limits.average",
        {"limits": {"easy": Decimal(45), "average": Decimal(45), "hard": Decimal(0)}},
    ),
    "a last group with a floor": (
        "grouping.limit-last",
        "open_data.grouping.limits.hard",
        {"limits": {**POINTS.limits, "hard": Decimal(1)}},
    ),
}


@pytest.mark.parametrize(("rule", "field", "change"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_by_its_own_rule(rule: str, field: str, change: dict[str, Any]) -> None:
    found = [finding for finding in found_in(replace(POINTS, **change)) if finding.blocks]
    assert [(finding.rule, finding.field) for finding in found] == [(rule, field)]
    assert not any(waivable(finding) for finding in found)


def test_a_group_that_nobody_reaches_is_a_warning() -> None:
    flat = tuple(ScaleStep(step.points, min(step.likelihood, Decimal(44))) for step in STEPS)
    assert [(f.rule, f.severity, f.values["group"]) for f in found_in(replace(POINTS, scale=flat))] == [
        ("grouping.group-unreached", Severity.WARN, "easy")
    ]


@pytest.mark.parametrize(
    "factor",
    [
        called("nationality"),
        called("citizenship"),
        called("mother-tongue"),
        called("health-state"),
        called("x", fi="Kansalaisuus"),
        called("x", fi="Äidinkieli"),
        called("x", fi="Kielitaito ja kieli"),
        called("x", fi="Asiakkaan terveydentila"),
        called("x", fi="Vammaisuus"),
        called("x", sv="Modersmål"),
        called("x", sv="Hälsotillstånd"),
        called("x", sv="Funktionsnedsättning"),
        called("x", en="Ethnic origin"),
        called("x", en="TRADE UNION membership"),
        called("x", en="Religious belief"),
    ],
    ids=lambda factor: f"{factor.id} {factor.name.fi}/{factor.name.sv}/{factor.name.en}",
)
def test_what_must_not_decide_a_group_blocks_with_its_law(factor: Factor) -> None:
    (found,) = [f for f in found_in(replace(POINTS, factors=(factor, ENDED))) if f.blocks]
    assert (found.rule, found.field, found.basis) == (
        "grouping.special", "open_data.grouping.factors[0]", "GDPR 9(1); 1325/2014 8 §",
    )  # fmt: skip
    assert not waivable(found)


@pytest.mark.parametrize(
    ("factor", "rule"),
    [
        (called("age-at-entry"), "grouping.personal"),
        (called("x", fi="Ikäluokka"), "grouping.personal"),
        (called("x", sv="Antal barn"), "grouping.personal"),
        (called("sex"), "grouping.sex"),
        (called("x", fi="Sukupuoli"), "grouping.sex"),
    ],
)
def test_age_family_and_sex_are_warned_about(factor: Factor, rule: str) -> None:
    found = found_in(replace(POINTS, factors=(factor, ENDED)))
    assert [(f.rule, f.severity) for f in found] == [(rule, Severity.WARN)]


@pytest.mark.parametrize(
    "word", ["Työttömyyden kesto", "Koulutusaste", "Avoimet paikat ammattiryhmässä", "Edellinen työ"]
)
def test_what_work_is_about_is_silent(word: str) -> None:
    assert found_in(replace(POINTS, factors=(called("x", fi=word), ENDED))) == []


def test_a_logistic_model_waits_for_the_opinion_on_exactly_it() -> None:
    (found,) = found_in(LOGISTIC)
    assert (found.rule, found.basis, found.blocks, waivable(found)) == ("grouping.opinion", "GDPR 35(2)", True, False)
    agreed = method_hash(dict(grouping_method(LOGISTIC)))
    case = replace(case_with(LOGISTIC), agreed_groupings=frozenset({agreed}))
    assert [f for f in check(case) if f.rule == "grouping.opinion"] == []
    another = replace(LOGISTIC, intercept=Decimal("-0.26"))
    case = replace(case_with(another), agreed_groupings=frozenset({agreed}))
    assert [f.rule for f in check(case) if f.rule.startswith("grouping.")] == ["grouping.opinion"]


def test_other_words_need_no_new_opinion_but_another_value_does() -> None:
    """The hash is of what decides a group; 0.5 and 0.50 are one coefficient."""
    first = method_hash(dict(grouping_method(LOGISTIC)))
    renamed = replace(LOGISTIC, factors=(replace(LOGISTIC.factors[0], name=fi("Toinen nimi")), LOGISTIC.factors[1]))
    assert method_hash(dict(grouping_method(renamed))) == first
    longer = replace(LOGISTIC, intercept=Decimal("-0.250"))
    assert method_hash(dict(grouping_method(longer))) == first
    assert method_hash(dict(grouping_method(replace(LOGISTIC, horizon=12)))) != first


def test_a_declared_grouping_is_part_of_what_decides_payments() -> None:
    """Prices differ by group, so another grouping is another payment method; without one nothing changes."""
    bare, declared = BASES["2018"], case_with(POINTS).tender
    assert payment_hash(case_with(None).tender) == payment_hash(bare)
    assert payment_hash(declared) != payment_hash(bare)
    assert payment_hash(declared) != payment_hash(case_with(replace(POINTS, horizon=12)).tender)


@pytest.mark.parametrize("grouping", [POINTS, LOGISTIC], ids=["points", "logistic"])
def test_a_declared_grouping_asks_about_profiling(grouping: Grouping) -> None:
    """GDPR 22 and 35 from May 2018, the AI Act from the day that it was there; nothing without a grouping."""
    asked = {question.id: question for question in review_questions(case_with(grouping, "today"))}
    assert asked["profiling-decision"].basis == "GDPR 22, 35"
    assert asked["profiling-ai"].severity is Severity.WARN
    earlier = [question.id for question in review_questions(case_with(grouping, "2018"))]
    assert "profiling-decision" in earlier
    assert "profiling-ai" not in earlier
    assert not any(question.id.startswith("profiling") for question in review_questions(case_with(None, "today")))
