"""A proposed logistic model: what was drawn is found again, and nothing is proposed from too little."""

from __future__ import annotations

import builtins
import math
import random
from collections.abc import Mapping
from typing import Any

import pytest

from tender.annexes.grouping.fitting import proposed
from tender.annexes.grouping.scoring import Entrant, worked
from tender.errors import UsageError
from tender.model.grouping import GroupingMethod
from tests.tender.annexes.grouping.clients import POINTS, entrant

TRUE = {"0": 1.0, "3": 0.2, "12": -1.2, "laid-off": 0.0, "dismissed": -0.8, "unknown": -1.5}


def drawn(clients: int, seed: int) -> list[Entrant]:
    """Clients whose log-odds are the sum of what `TRUE` says of their two values."""
    dice = random.Random(seed)
    made = []
    for _ in range(clients):
        months, end = dice.choice(["0", "3", "12"]), dice.choice(["laid-off", "dismissed", "unknown"])
        odds = TRUE[months] + TRUE[end]
        made.append(entrant(months, end, int(dice.random() < 1 / (1 + math.exp(-odds)))))
    return made


def test_what_was_drawn_is_found_again() -> None:
    """8,000 clients: standard errors are below 0.08, so 0.3 is about four of them."""
    pytest.importorskip("sklearn")
    found = proposed(POINTS, drawn(8000, 2), 5)
    grouping = found.grouping
    assert (found.clients, grouping.method, grouping.scale) == (8000, GroupingMethod.LOGISTIC, ())
    months, ended = ({each.code: float(each.points) for each in factor.categories} for factor in grouping.factors)
    assert grouping.intercept is not None
    assert abs(float(grouping.intercept) - 1.0) < 0.3
    assert _near(months, {"under-3": 0.0, "from-3": -0.8, "from-12": -2.2})
    assert _near(ended, {"laid-off": 0.0, "dismissed": -0.8, "unknown": -1.5})
    assert worked(grouping, entrant("0", "laid-off")).group == "easy"


def _near(found: Mapping[str, float], expected: Mapping[str, float]) -> bool:
    return found.keys() == expected.keys() and all(abs(found[code] - expected[code]) < 0.3 for code in expected)


def test_coefficients_have_three_decimals_and_come_out_alike_each_time() -> None:
    pytest.importorskip("sklearn")
    first, again = (proposed(POINTS, drawn(500, 3), 5).grouping for _ in range(2))
    assert first == again
    points = [each.points for factor in first.factors for each in factor.categories]
    assert all(point == round(point, 3) for point in points)


@pytest.mark.parametrize("clients", [0, 50])
def test_too_few_clients_propose_nothing(clients: int) -> None:
    with pytest.raises(UsageError, match=r"annex\.fit-few"):
        proposed(POINTS, drawn(clients, 1), 5)


def test_one_outcome_proposes_nothing() -> None:
    with pytest.raises(UsageError, match=r"annex\.fit-few"):
        proposed(POINTS, [entrant("0", "laid-off", 1)] * 200, 5)


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def bare(name: str, *rest: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", bare)
    with pytest.raises(UsageError, match=r"annex\.fit-no-sklearn") as caught:
        proposed(POINTS, drawn(200, 1), 5)
    assert caught.value.values == {"extra": "ml"}
