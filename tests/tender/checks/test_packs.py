"""Dated packs: what holds when, and what the table promises a lawyer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tender.checks import PACKS, PROVISIONS, ROWS, Provision, check
from tender.checks.packs import FINLAND_2026, SOURCE_2018, pack_in_force, procedure_day
from tender.checks.register import Source
from tender.errors import Severity
from tender.model.tender import RulePack
from tests.sample import sample_tender
from tests.tender.checks.bases import BASES, TODAY, case_of
from tests.tender.checks.change import changed
from tests.tender.checks.drill import speak


def test_every_pack_that_a_tender_can_name_exists() -> None:
    """The enum and the table agree."""
    assert set(PACKS) == set(RulePack)
    assert all(pack.valid_from <= pack.valid_to for pack in PACKS.values())


def test_the_reduced_pack_says_so_and_todays_says_when_it_was_read() -> None:
    """Each pack introduces itself, in information only."""
    for base, rule in (("2018", "pack.reduced"), ("today", "pack.read-on")):
        (found,) = (finding for finding in check(case_of(BASES[base])) if finding.rule.startswith("pack."))
        assert (found.rule, found.severity, found.field) == (rule, Severity.INFO, "rule_pack")
        assert found.values["read_on"] == "2026-11-22"
        speak(found)


def test_act_380_holds_from_its_day() -> None:
    """The division's basis of 2025 is not asked of 2018, and printed from 2025 on."""
    assert "division.step-missing" not in SOURCE_2018.in_force(date(2018, 11, 5))
    assert FINLAND_2026.in_force(date(2026, 12, 1))["division.basis"].basis.startswith("380/2023")
    assert SOURCE_2018.in_force(date(2018, 11, 5))["division.basis"].basis == ""


def test_the_total_price_is_public_from_the_day_of_the_amendment() -> None:
    """604/2018 came into force on 15.8.2018."""
    assert "procedure.publicity" not in SOURCE_2018.in_force(date(2018, 8, 14))
    assert "procedure.publicity" in SOURCE_2018.in_force(date(2018, 8, 15))


def test_a_day_outside_the_pack_is_told_and_judged_by_its_nearest_day() -> None:
    """A pack never mixes with another."""
    tender = changed(replace(BASES["today"], dialogue=None), "timetable.published", date(2026, 11, 30))
    late = replace(tender, rule_pack=RulePack.SOURCE_2018)
    (found,) = pack_in_force(case_of(late))
    assert found.values["expected"] == "finland-2026"
    assert SOURCE_2018.in_force(date(2026, 11, 30)) == SOURCE_2018.in_force(SOURCE_2018.valid_to)


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2016, 12, 31), False), (date(2017, 1, 1), True), (date(2019, 12, 31), True), (date(2020, 1, 1), False)],
)
def test_the_first_and_the_last_day_belong_to_a_pack(day: date, *, inside: bool) -> None:
    """A pack ends exactly where it says."""
    tender = changed(replace(sample_tender(), dialogue=None), "timetable.published", day)
    assert (list(pack_in_force(case_of(tender))) == []) is inside


def test_a_day_that_no_pack_knows_has_no_suggestion() -> None:
    """Between the packs there is nothing to suggest."""
    tender = changed(replace(sample_tender(), dialogue=None), "timetable.published", date(2022, 1, 1))
    (found,) = pack_in_force(case_of(tender))
    assert found.values["expected"] == "-"


def test_an_unknown_day_of_publication_counts_as_today() -> None:
    """A placeholder is no day of law, and no finding."""
    case = case_of(changed(sample_tender(), "timetable.published", date(1900, 1, 1)))
    assert procedure_day(case) == TODAY
    assert list(pack_in_force(case)) == []


def test_a_provision_holds_from_its_first_day_to_its_last() -> None:
    """Both days belong to it."""
    row = Provision("a.b", Severity.WARN, valid_from=date(2021, 7, 1), valid_to=date(2024, 12, 31))
    days = (date(2021, 6, 30), date(2021, 7, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [row.holds_on(day) for day in days] == [False, True, True, False]


def test_no_rule_holds_twice_on_a_day() -> None:
    """Rows of one rule follow one another without a gap or an overlap."""
    for rule in {provision.rule for provision in PROVISIONS}:
        rows = [provision for provision in PROVISIONS if provision.rule == rule]
        for before, after in pairwise(rows):
            assert before.valid_to is not None
            assert after.valid_from == before.valid_to + timedelta(days=1)


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda provision: f"{provision.rule} {provision.valid_from}")
def test_the_table_is_well_formed(provision: object) -> None:
    """Ids are kebab-case after a room, catalogue ids look like CFT-15, a law has a day from which it holds."""
    assert isinstance(provision, type(PROVISIONS[0]))
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", provision.rule)
    assert re.fullmatch(r"([A-Z]+-\d\d)?", provision.catalogue)
    if provision.basis.startswith("HL"):
        assert provision.valid_from is not None


def test_what_is_known_from_memory_only_never_blocks_and_has_no_basis() -> None:
    """Facts that nobody read are never printed as law."""
    memory = {row.id for row in ROWS if row.source is Source.MEMORY}
    rows = [provision for provision in PROVISIONS if provision.catalogue in memory]
    assert rows, "the guard has nothing to guard"
    assert all(row.severity is not Severity.BLOCK and row.basis == "" for row in rows)
