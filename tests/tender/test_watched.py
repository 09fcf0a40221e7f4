"""The solver in a process of its own: the same answer, and an end when it overruns."""

from __future__ import annotations

import pytest

from tender.errors import SolverError
from tender.solving import Model, Row, Sense, Status, Variable
from tender.watched import model_of, model_text, propose_watched

MODEL = Model(
    "sack",
    (Variable("a"), Variable("b[x,y]", -1, 10**20)),
    (Row("cap[1]", (("a", 3), ("b[x,y]", 2)), Sense.AT_MOST, 10), Row("both", (("a", 1),), Sense.AT_LEAST, 1)),
    (("a", 5), ("b[x,y]", 4)),
)


def test_a_model_survives_its_journey() -> None:
    """Names, senses and numbers beyond what JSON readers keep exact."""
    assert model_of(model_text(MODEL)) == MODEL


def test_a_process_of_its_own_answers() -> None:
    """3 + 2 b <= 10: b is 3."""
    answer = propose_watched(MODEL, 60, grace=300)
    assert answer.status is Status.OPTIMAL
    assert answer.values == {"a": 1, "b[x,y]": 3}


def test_a_process_that_overruns_is_ended() -> None:
    """Not a second is given: nobody waits for an answer."""
    with pytest.raises(SolverError, match=r"solver\.overran"):
        propose_watched(MODEL, 0, grace=0)
