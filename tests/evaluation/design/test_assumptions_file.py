"""The buyer's own assumptions: they count, they are named, and their faults are told."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from evaluation.assumptions_file import ASSUMPTIONS, read_assumptions
from evaluation.design.assumptions import default_assumptions
from tender.errors import BlockedError, InputError
from tests.sample import sample_tender

TENDER = sample_tender()
OWN = """
within = 20
outcome_share = [0.25, 0.55]
popularity = [0.5, 0.3, 0.2]
[groups.hard]
duty_cost = 61.50
outcome_weight = [1.2, 2.4]
[[groups.average.subgroups]]
id = "recalled"
name.fi = "Lomautetut"
share = 0.2
hours = 1.5
"""


def own(folder: Path, text: str) -> None:
    path = folder / ASSUMPTIONS
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_without_a_file_everything_is_a_default(tmp_path: Path) -> None:
    """And nothing is called the buyer's own."""
    assert read_assumptions(tmp_path, TENDER) == default_assumptions(TENDER)
    assert read_assumptions(tmp_path, TENDER).own == ()


def test_own_assumptions_replace_defaults(tmp_path: Path) -> None:
    """Figures of the file count and are named as the buyer's own; a subgroup reaches the model."""
    own(tmp_path, OWN)
    found = read_assumptions(tmp_path, TENDER)
    assert found.within == 20
    assert found.groups[2].duty_cost == Fraction("61.5")
    assert found.groups[1].subgroups[0].hours == Fraction(3, 2)
    assert found.flow.providers[0].popularity == Fraction(1, 2)
    assert {"within", "groups.hard.duty_cost", "popularity"} <= set(found.own)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("withn = 3", "withn"),
        ("within = -1", "within"),
        ("within = true", "within"),
        ('margin = "8 %"', "margin"),
        ("margin = nan", "margin"),
        ("undecided = 2", "undecided"),
        ("outcome_share = [0.6, 0.3]", "outcome_share"),
        ("popularity = [1, 2]", "popularity"),
        ("groups = 3", "groups"),
        ("[groups.eazy]\nduty_cost = 1", "groups.eazy"),
        ("[groups.easy]\ncost = 1", "groups.easy.cost"),
        ("[groups.easy]\nsubgroups = 1", "groups.easy.subgroups"),
        ("[[groups.easy.subgroups]]\nid = 1", "groups.easy.subgroups[0]"),
    ],
)
def test_faulty_assumptions_are_named(tmp_path: Path, text: str, field: str) -> None:
    """Each fault with its field; nothing is reckoned with half a file."""
    own(tmp_path, text)
    with pytest.raises(BlockedError) as caught:
        read_assumptions(tmp_path, TENDER)
    assert field in {one.field for one in caught.value.findings}


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    """With its place."""
    own(tmp_path, "within == 3")
    with pytest.raises(InputError):
        read_assumptions(tmp_path, TENDER)
