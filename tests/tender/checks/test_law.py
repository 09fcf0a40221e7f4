"""Law: what the drill does not say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tender.checks.law import AUTHORITY_SECTIONS, authority_steps, criterion_not_suitability, regime_declared, sections
from tender.language import Text
from tender.model.clauses import DivisionTask, Responsible
from tender.model.tender import Regime
from tests.sample import AWARD, fi, sample_tender
from tests.tender.checks.bases import BASES, case_of


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("380/2023 27 §", {27}),
        ("Laki työvoimapalveluiden järjestämisestä (380/2023) 37–38 §", {37, 38}),
        ("380/2023 27, 31 ja 41 §", {27, 31, 41}),
        ("380/2023 31.1 §", {31}),
        ("380/2023 37-38 §, 916/2012 2 luku 4 §", {37, 38}),
        ("916/2012 27 §", set()),
        ("916/2012 27 §; 380/2023 41 §", {41}),
        ("Puitesopimus, liite 3", set()),
        ("", set()),
    ],
)
def test_sections_of_the_act_are_read_from_a_basis(basis: str, expected: set[int]) -> None:
    """Ranges, lists and moments; sections of other acts do not count."""
    assert sections(basis) == expected


def test_one_task_may_hold_several_steps() -> None:
    """Steps are told by their sections, not by their ids."""
    task = DivisionTask("everything", fi("Kaikki"), Responsible.AUTHORITY, fi("380/2023 27–41 §"))
    assert list(authority_steps(case_of(replace(BASES["today"], division=(task,))))) == []


def test_a_step_shared_with_the_provider_stays_with_the_authority() -> None:
    """The provider may assist as long as one task of the authority holds the section."""
    helping = DivisionTask("draft-plan", fi("Luonnos"), Responsible.PROVIDER, fi("380/2023 38 §"))
    tender = BASES["today"]
    assert list(authority_steps(case_of(replace(tender, division=(helping, *tender.division))))) == []


def test_every_missing_step_is_named() -> None:
    """Five sections, five findings, when the division holds none of them."""
    task = DivisionTask("coaching", fi("Valmennus"), Responsible.PROVIDER, fi("Puitesopimus"))
    found = authority_steps(case_of(replace(BASES["today"], division=(task,))))
    assert [finding.values["section"] for finding in found] == [str(section) for section in AUTHORITY_SECTIONS]


def test_names_are_compared_within_a_language() -> None:
    """A Swedish name is not held against a Finnish one, and an empty name is like no other."""
    first = replace(AWARD.criteria[0], name=Text(sv="Kokemus"))
    nameless = replace(AWARD.criteria[1], name=Text())
    tender = replace(sample_tender(), award=replace(AWARD, criteria=(first, nameless)))
    assert list(criterion_not_suitability(case_of(tender))) == []


def test_the_regime_is_not_guessed_for_days_whose_thresholds_were_not_read() -> None:
    """Career guidance in 2018: whatever is declared stands."""
    tender = sample_tender()
    bought = replace(tender.object, cpv="79634000")
    for regime in Regime:
        case = case_of(replace(tender, object=bought, procedure=replace(tender.procedure, regime=regime)))
        assert list(regime_declared(case)) == []
