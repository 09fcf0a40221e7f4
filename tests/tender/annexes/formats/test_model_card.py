"""Model cards as the grouping makes them come back from the data package as they were written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tender.annexes.formats.package import write_package
from tender.annexes.formats.package_reading import read_package
from tender.annexes.grouping.card import card_of
from tender.model.grouping import Grouping
from tender.model.model_card import ModelCard
from tests.tender.annexes.formats.annexes import sample_annex
from tests.tender.annexes.grouping.clients import LOGISTIC, POINTS
from tests.tender.annexes.grouping.test_card import LABELS
from tests.tender.annexes.grouping.test_figures import drawn


def card(grouping: Grouping = POINTS, clients: int = 600) -> ModelCard:
    """A card of invented clients; of nobody for the logistic model."""
    people = [] if grouping is LOGISTIC else drawn(grouping, clients, 4, 1.0, 0.0)
    return card_of(grouping, people, 5, LABELS, corrected=9)


@pytest.mark.parametrize("one", [card(), card(clients=20), card(LOGISTIC)], ids=["points", "few", "logistic"])
def test_a_card_comes_back_as_it_was_written(tmp_path: Path, one: ModelCard) -> None:
    for name, data in write_package(replace(sample_annex(), model_card=one)).items():
        (tmp_path / name).write_bytes(data)
    assert read_package(tmp_path).model_card == one
