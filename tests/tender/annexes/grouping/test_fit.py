"""An annex whose model card is missing, strange or of another grouping cannot be published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tender.annexes.building.fit import unfit
from tender.annexes.grouping.card import card_of
from tender.language import Language, Text
from tender.model.annex import Annex, Protected
from tender.model.grouping import Grouping
from tender.model.model_card import ModelCard
from tender.model.open_data import Guard
from tender.words import words
from tests.sample import sample_tender
from tests.tender.annexes.building.people import declared
from tests.tender.annexes.grouping.clients import LOGISTIC, POINTS

CARD = card_of(POINTS, [], 5, {})


def rules(grouping: Grouping | None, card: ModelCard | None) -> list[str]:
    """What keeps an annex with `card` from a tender with `grouping`."""
    order = replace(declared(()), grouping=grouping)
    tender = replace(sample_tender(), open_data=order, synthetic=True)
    protected = Protected(Guard.SUPPRESS, order.threshold, order.share_limit)
    title, days = Text(fi="Liite"), (order.reference_day, order.flow_from)
    annex = Annex(tender.id, title, title, *days, synthetic=False, protected=protected, tables=(), model_card=card)
    found = unfit(annex, tender)
    for finding in found:
        for language in Language:
            assert words(language).finding(finding).text
    return [f"{finding.rule} {finding.severity.value}" for finding in found]


@pytest.mark.parametrize(
    ("grouping", "card", "expected"),
    [
        (None, None, []),
        (POINTS, CARD, []),
        (POINTS, None, ["open-data.card block"]),
        (None, CARD, ["open-data.card block"]),
        (LOGISTIC, CARD, ["open-data.card block"]),
        (replace(POINTS, horizon=12), CARD, ["open-data.card block"]),
        (POINTS, replace(CARD, threshold=3), ["open-data.figure block"]),
    ],
)
def test_a_card_is_of_exactly_what_is_declared(
    grouping: Grouping | None, card: ModelCard | None, expected: list[str]
) -> None:
    assert rules(grouping, card) == expected
