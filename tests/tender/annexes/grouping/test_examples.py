"""The examples publish what their texts promise: the points, the fit, and how many clients are near a limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tender.annexes.building.fit import unfit
from tender.annexes.formats.package_reading import read_package
from tender.annexes.grouping.card import example_of
from tender.model.open_data import Breakdown
from tender.reading import read_tender

EXAMPLES = Path(__file__).parents[4] / "examples"


@pytest.mark.parametrize("name", ["pohjois-savo", "pohjois-karjala", "tyollisyysalue"])
def test_an_example_publishes_the_card_of_its_own_grouping(name: str) -> None:
    tender = read_tender(EXAMPLES / name).tender
    assert tender is not None
    assert tender.open_data is not None
    annex = read_package(EXAMPLES / name / "open-data")
    card = annex.model_card
    assert card is not None
    assert card.grouping == tender.open_data.grouping
    assert card.example == example_of(card.grouping)
    assert card.brier is not None
    assert card.brier_base is not None
    assert card.brier < card.brier_base
    assert card.near.percent is not None
    assert [group.group for group in card.groups] == [group.id for group in tender.groups]
    found = [group.found.percent for group in card.groups]
    assert all(one is not None for one in found)
    assert found == sorted(found, key=lambda one: -(one or 0)), "the groups part clients in the right order"
    assert {error.breakdown for error in card.errors} == {Breakdown.SEX, Breakdown.AGE, Breakdown.EDUCATION}
    assert unfit(annex, tender) == ()
