"""Weights and scales: properties beside the drill."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.checks.arithmetic import scale_order, weights_hold, weights_sum
from tender.checks.tree import leaves, nodes, quality_weight
from tender.model.criteria import Criterion, CriterionKind, Level
from tender.model.tender import Tender
from tests.sample import AWARD, fi, quality, sample_tender
from tests.tender.checks.bases import case_of

WEIGHT = st.integers(1, 60).map(Decimal)


def _with(criteria: tuple[Criterion, ...]) -> Tender:
    return replace(sample_tender(), award=replace(AWARD, criteria=criteria))


def _flat(weights: list[Decimal]) -> tuple[Criterion, ...]:
    return tuple(quality(f"c{index}", f"Peruste {index}", str(weight)) for index, weight in enumerate(weights))


@given(weights=st.lists(WEIGHT, min_size=1, max_size=8))
def test_flat_weights_are_faulted_exactly_when_they_miss_a_hundred(weights: list[Decimal]) -> None:
    """One finding when the sum is not 100, none when it is."""
    found = list(weights_sum(case_of(_with(_flat(weights)))))
    assert len(found) == (sum(weights) != 100)


@settings(max_examples=60)
@given(split=st.integers(1, 99), cut=st.integers(1, 98), slip=st.integers(1, 5), where=st.integers(0, 2))
def test_one_slip_anywhere_in_a_tree_gives_one_finding(split: int, cut: int, slip: int, where: int) -> None:
    """Whether the top weight, the branch or a sub-criterion slipped: one finding."""
    price, branch = Decimal(split), Decimal(100 - split)
    first = branch * cut / 100
    weights = [price, branch, first]
    weights[where] += slip
    tree = (
        replace(AWARD.criteria[0], weight=weights[0]),
        Criterion(
            "quality",
            fi("Laatu"),
            CriterionKind.BRANCH,
            weights[1],
            criteria=_flat([weights[2], branch - first]),
        ),
    )
    assert len(list(weights_sum(case_of(_with(tree))))) == 1


def test_two_branches_at_fault_give_two_findings() -> None:
    """Two mistakes are two findings."""
    branches = tuple(
        Criterion(name, fi(name), CriterionKind.BRANCH, Decimal(50), criteria=_flat([Decimal(20), Decimal(29)]))
        for name in ("a", "b")
    )
    found = list(weights_sum(case_of(_with(branches))))
    assert [finding.field for finding in found] == [
        "award.criteria[0].criteria[1].weight",
        "award.criteria[1].criteria[1].weight",
    ]


def test_a_slip_three_floors_down_is_found_there() -> None:
    """The tree may be deep."""
    deep = Criterion("deep", fi("Syvä"), CriterionKind.BRANCH, Decimal(60), criteria=_flat([Decimal(30), Decimal(31)]))
    middle = Criterion("middle", fi("Keski"), CriterionKind.BRANCH, Decimal(60), criteria=(deep,))
    found = list(weights_sum(case_of(_with((AWARD.criteria[0], middle)))))
    assert [finding.field for finding in found] == ["award.criteria[1].criteria[0].criteria[1].weight"]
    assert not weights_hold(case_of(_with((AWARD.criteria[0], middle))))


@given(shares=st.lists(st.integers(0, 100).map(Decimal), min_size=1, max_size=6))
def test_a_scale_is_faulted_once_or_not_at_all(shares: list[Decimal]) -> None:
    """Rising to 100 is right, in whatever order the file has the levels; anything else is one finding."""
    levels = tuple(Level(value, share, fi("taso")) for value, share in enumerate(shares))
    leaf = replace(quality("plan", "Suunnitelma", "100"), scale=tuple(reversed(levels)))
    right = shares == sorted(shares) and shares[-1] == 100
    assert len(list(scale_order(case_of(_with((leaf,)))))) == (not right)


def test_the_walk_names_every_node_once() -> None:
    """Paths are those of the file."""
    assert [path for path, _ in nodes(AWARD.criteria)] == [
        "award.criteria[0]",
        "award.criteria[1]",
        "award.criteria[1].criteria[0]",
        "award.criteria[1].criteria[1]",
    ]
    assert [leaf.id for _, leaf in leaves(AWARD)] == ["price", "impact-plan", "hours-tracking"]
    assert quality_weight(AWARD) == 60


@pytest.mark.parametrize("kind", [CriterionKind.PRICE, CriterionKind.QUALITY])
def test_leaves_of_one_kind(kind: CriterionKind) -> None:
    """Only the kind that was asked for."""
    assert all(leaf.kind is kind for _, leaf in leaves(AWARD, kind))
