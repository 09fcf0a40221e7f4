"""Every slip of the case files gives exactly its finding, and every rule has a slip."""

from __future__ import annotations

import pytest

from tender.checks import PROVISIONS
from tests.tender.checks.drill import Edge, Mutant, drill, edges, mutants, stay_silent
from tests.tender.checks.law_drill import demanded, written

FILES = ("checks-award", "checks-prices", "checks-volumes", "checks-timetable", "checks-law")
MUTANTS = [mutant for name in FILES for mutant in mutants(name)]
ELSEWHERE = {
    "pack.reduced": "test_packs",
    "pack.read-on": "test_packs",
    **{provision.rule: "test_open_data" for provision in PROVISIONS if provision.rule.startswith("open-data.")},
    **{provision.rule: "test_grouping" for provision in PROVISIONS if provision.rule.startswith("grouping.")},
    "dialogue.undecided-required": "test_dialogue",
    "published.method-changed": "test_completeness",
    "published.method-changed-late": "test_completeness",
}
"""Rules whose slip is not a change of the tender."""


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_slip_gives_exactly_its_finding(mutant: Mutant) -> None:
    """One mistake, one finding: the right rule, field and severity, and words in three languages."""
    drill(mutant)


@pytest.mark.parametrize("edge", edges("checks-sound"), ids=str)
def test_an_edge_that_is_right_gives_no_finding(edge: Edge) -> None:
    """Rules end exactly where they say."""
    stay_silent(edge)


def test_every_rule_has_a_slip() -> None:
    """No rule stands untried, and no slip tries a rule that there is not."""
    tried = {mutant.rule for mutant in MUTANTS} | {mutant.rule for mutant in (*written(), *demanded())} | set(ELSEWHERE)
    assert tried == {provision.rule for provision in PROVISIONS}
