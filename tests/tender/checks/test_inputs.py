"""Rules stay silent when what they rest on could not be read."""

from __future__ import annotations

from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from tender.checks import PROVISIONS, check
from tender.checks.inputs import RESTS_ON, shaken
from tender.model.tender import Tender
from tests.sample import sample_tender
from tests.tender.checks.bases import case_of
from tests.tender.checks.change import changed


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("framework.providers", True),
        ("framework", True),
        ("groups[2].clients.lapinlahti", True),
        ("groups", True),
        ("groups[2].name.sv", False),
        ("framework.providers_note", False),
        ("award.criteria[0].weight", False),
    ],
)
def test_a_path_shakes_a_rule_when_it_lies_on_in_or_around_its_inputs(broken: str, *, expected: bool) -> None:
    """Indexes are any index; names are whole names."""
    assert shaken("framework.capacity", {broken}) is expected


def test_a_rule_without_inputs_is_never_shaken() -> None:
    """Rules that look at their own field only need no row."""
    assert not shaken("award.tie-rule", {"award.tie_rule", "award"})


def test_nothing_broken_shakes_nothing() -> None:
    """The common case."""
    assert not any(shaken(rule, ()) for rule in RESTS_ON)


def test_every_row_belongs_to_a_rule_and_names_fields() -> None:
    """A misspelt rule or field in the table would silence nothing."""
    assert set(RESTS_ON) <= {provision.rule for provision in PROVISIONS}
    for patterns in RESTS_ON.values():
        for pattern in patterns:
            _kind_of(pattern)


def _kind_of(pattern: str) -> Any:
    """The type of the field that `pattern` names; a name that the model does not have raises."""
    kind: Any = Tender
    for name in pattern.split("."):
        kind = get_type_hints(kind)[name.removesuffix("[]")]
        kind = (
            next((each for each in get_args(kind) if each is not NoneType), kind)
            if NoneType in get_args(kind)
            else kind
        )
        assert name.endswith("[]") <= (get_origin(kind) is tuple), pattern
        kind = get_args(kind)[0] if name.endswith("[]") else kind
    return kind


def test_a_misspelt_pattern_is_noticed() -> None:
    """The guard is guarded."""
    with pytest.raises(KeyError):
        _kind_of("groups[].clinets")
    with pytest.raises(AssertionError):
        _kind_of("framework[].providers")


def test_check_drops_the_findings_that_a_broken_value_would_make() -> None:
    """A cap of 400 for one provider is a finding; when the number of providers could not be read, it is not."""
    tender = changed(changed(sample_tender(), "framework.client_cap", 400), "framework.providers", 1)
    assert "framework.capacity" in {finding.rule for finding in check(case_of(tender))}
    broken = case_of(tender, broken=frozenset({"framework.providers"}))
    assert "framework.capacity" not in {finding.rule for finding in check(broken)}
