"""The one function `check`: it never raises, keeps its order, and says one thing about one mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender.checks import CHECKS, PROVISIONS, Case, check
from tender.errors import Finding, Severity
from tender.model.tender import RulePack
from tests.sample import sample_tender
from tests.tender.checks.bases import BASES, case_of
from tests.tender.checks.change import changed
from tests.tender.checks.drill import only_new
from tests.tender.checks.leaves import damaged, oddities, path_of, placeholders, steps, value_at

RULES = {provision.rule for provision in PROVISIONS}


@pytest.mark.parametrize("base", BASES)
def test_the_sound_tenders_have_nothing_that_blocks(base: str) -> None:
    """The two tenders of the drill are sound under their packs."""
    found = check(case_of(BASES[base]))
    assert [finding for finding in found if finding.blocks] == []
    assert {finding.rule for finding in found} <= {
        "pack.reduced",
        "pack.read-on",
        "framework.maximum-below-highest",
        "tender.synthetic",
    }


def test_findings_carry_severity_and_basis_of_their_provision() -> None:
    """The stamp of the table is on every finding."""
    (found,) = only_new(
        case_of(changed(sample_tender(), "award.criteria[0].weight", 39)), check(case_of(BASES["2018"]))
    )
    assert found == Finding(
        "award.weights-sum",
        Severity.BLOCK,
        "award.criteria[0].weight",
        {"found": "99", "expected": "100"},
        "HL 93.4, 115.1",
    )


def test_rules_of_the_upper_houses_keep_their_own_severity() -> None:
    """Extra rules run after ours, and their findings are left as they are."""

    def ratio_with_zero(case: Case) -> Iterator[Finding]:
        yield Finding("award.zero-price", Severity.WARN, "prices.zero_allowed", basis="KHO 2015:17")

    found = check(case_of(sample_tender()), (ratio_with_zero,))
    assert found[-1] == Finding("award.zero-price", Severity.WARN, "prices.zero_allowed", basis="KHO 2015:17")
    assert found[:-1] == check(case_of(sample_tender()))


def test_odd_numbers_stop_the_other_rules() -> None:
    """Nothing is computed from a number that nobody can mean, neither by us nor by others."""
    seen = []

    def upper(case: Case) -> Iterator[Finding]:
        seen.append(case)
        yield from ()

    tender = replace(sample_tender(), documents=())
    odd = changed(tender, "prices.vat_rate", Decimal("Infinity"))
    found = check(case_of(odd), (upper,))
    assert [(finding.rule, finding.field, finding.values) for finding in found] == [
        ("number.odd", "prices.vat_rate", {"found": "Infinity"})
    ]
    assert seen == []


@pytest.mark.parametrize(
    ("path", "raw", "odd"),
    [
        ("framework.client_total", 10**15, False),
        ("framework.client_total", 10**15 + 1, True),
        ("framework.client_total", -(10**15) - 1, True),
        ("object.estimated_value", Decimal(10**15), False),
        ("object.estimated_value", Decimal("1000000000000000.01"), True),
        ("prices.capitation.base.lowest", Decimal("30.123456789012"), False),
        ("prices.capitation.base.lowest", Decimal("30.1234567890123"), True),
        ("own_team", {"name": "Oma", "share": f"1/{10**15}", "clients": 1}, False),
        ("own_team", {"name": "Oma", "share": f"1/{10**15 + 1}", "clients": 1}, True),
        ("own_team", {"name": "Oma", "share": f"{10**15 + 1}", "clients": 1}, True),
        ("own_team", {"name": "Oma", "share": f"{10**15}", "clients": 1}, False),
    ],
)
def test_numbers_are_odd_beyond_their_bounds_only(path: str, raw: Any, *, odd: bool) -> None:
    """The bounds themselves belong to what can be meant."""
    found = {finding.rule for finding in check(case_of(changed(sample_tender(), path, raw)))}
    assert ("number.odd" in found) is odd


def test_a_rule_outside_the_pack_does_not_hold() -> None:
    """The reduced pack leaves the portal's address out; today's pack asks for it."""
    tender = changed(sample_tender(), "buyer.portal", "")
    assert "buyer.portal" not in {finding.rule for finding in check(case_of(tender))}
    today = changed(BASES["today"], "buyer.portal", "")
    assert "buyer.portal" in {finding.rule for finding in check(case_of(today))}


def test_two_mistakes_give_two_findings_in_the_order_of_the_rules() -> None:
    """All findings at once, whichever mistake was made first."""
    tender = changed(changed(sample_tender(), "framework.client_cap", 400), "award.criteria[0].weight", 39)
    new = only_new(case_of(tender), check(case_of(BASES["2018"])))
    assert [finding.rule for finding in new] == ["award.weights-sum", "framework.capacity"]


@pytest.mark.parametrize("pack", RulePack)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_damage_makes_a_rule_raise(pack: RulePack, data: st.DataObject) -> None:
    """Whatever is odd in a tender, `check` answers with findings of known rules."""
    tender = replace(BASES["today"], rule_pack=pack)
    for _ in range(data.draw(st.integers(1, 5), label="damages")):
        way = data.draw(st.sampled_from(list(steps(tender))), label="field")
        choices = oddities(value_at(tender, way))
        if choices:
            tender = damaged(tender, way, data.draw(st.sampled_from(choices), label="value"))
    assert {finding.rule for finding in check(case_of(tender))} <= RULES


def _related(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return shorter == longer or longer.startswith((f"{shorter}.", f"{shorter}["))


def _unreadable(base: str) -> list[tuple[tuple[str | int, ...], Any]]:
    tender = BASES[base]
    return [(way, neutral) for way in steps(tender) for neutral in placeholders(value_at(tender, way))]


@pytest.mark.slow
@pytest.mark.parametrize("base", BASES)
def test_a_placeholder_gives_no_finding_of_ours(base: str) -> None:
    """One unreadable value is the reader's finding; with its path named as broken we add nothing."""
    before = check(case_of(BASES[base]))
    said = []
    for way, neutral in _unreadable(base):
        path = path_of(way)
        case = case_of(damaged(BASES[base], way, neutral), broken=frozenset({path}))
        new = [finding for finding in only_new(case, before) if not _related(finding.field, path)]
        said += [(path, neutral, finding.rule, finding.field) for finding in new]
    assert said == []


def test_every_rule_function_stands_once_in_the_tuple() -> None:
    """No rule runs twice."""
    assert len(set(CHECKS)) == len(CHECKS)
