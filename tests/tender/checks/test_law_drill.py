"""Every row that a machine decides is broken once, and told by its own rule; the rows that wait are printed."""

from __future__ import annotations

import pytest

from tender.checks import ROWS, check, row_states
from tender.checks.register import Way
from tender.checks.review import Standing
from tests.tender.checks.law_drill import LawMutant, base, demanded, mutated, told, written

MUTANTS = [*written(), *demanded()]
BASES = ("today", "eu", "central", "admits-all", "2018")


@pytest.mark.parametrize("name", BASES)
def test_the_unbroken_bases_have_no_finding_that_blocks(name: str) -> None:
    """The example, its variants, and the example of 2018, with every document in every language."""
    assert [finding for finding in check(base(name)) if finding.blocks] == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_broken_row_is_told_by_its_own_rule(mutant: LawMutant) -> None:
    """One break, one rule, and no other that blocks."""
    assert mutated(mutant) != base(mutant.base), "nothing was broken"
    told(mutant)


def test_every_machine_row_has_a_mutant() -> None:
    """A row without one would be decided by nobody."""
    assert {row.id for row in ROWS if row.way is Way.MACHINE} - {mutant.row for mutant in MUTANTS} == set()


def test_every_mutant_names_a_rule_of_its_row() -> None:
    """The rule that finds it carries the row's id."""
    rules = {row.id: row.rules for row in ROWS}
    assert [str(mutant) for mutant in MUTANTS if mutant.rule not in rules[mutant.row]] == []


def test_the_rows_that_wait_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each names the work that closes it."""
    case = base("today")
    waiting = [state.row for state in row_states(case, check(case)) if state.standing is Standing.WAITS]
    assert all(row.waits_for is not None for row in waiting)
    with capsys.disabled():
        shown = ", ".join(f"{row.id} ({row.waits_for.value})" for row in waiting if row.waits_for)
        print(f"\nrules that wait: {len(waiting)}: {shown}")  # noqa: T201 - the list is meant to be read
