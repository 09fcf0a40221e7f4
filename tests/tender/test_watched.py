"""The solver in a process of its own: the same answer, and an end when it overruns."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from tender.errors import SolverError
from tender.solving import Model, Row, Sense, Status, Variable
from tender.watched import main, model_of, model_text, propose_watched

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


def _answering(returncode: int, stdout: str = "") -> Callable[..., subprocess.CompletedProcess[str]]:
    """A process that says so much at once, whatever is asked."""
    return lambda command, **_: subprocess.CompletedProcess(command, returncode, stdout, "")


def test_what_the_process_says_is_taken_as_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number beyond what JSON readers keep exact comes back to the last digit; a feasible answer stays one."""
    huge = 10**20 - 1
    said = {"status": "feasible", "values": {"a": "1", "b[x,y]": str(huge)}, "solver": "HiGHS 1"}
    monkeypatch.setattr(subprocess, "run", _answering(0, json.dumps(said)))
    answer = propose_watched(MODEL, 1)
    assert (answer.status, answer.solver) == (Status.FEASIBLE, "HiGHS 1")
    assert answer.values == {"a": 1, "b[x,y]": huge}


@pytest.mark.parametrize("status", [1, -9, 139])
def test_a_process_that_fails_or_is_killed_proves_nothing(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    """Its status is told, and what it wrote before is not taken for an answer."""
    monkeypatch.setattr(subprocess, "run", _answering(status, '{"status": "optimal", "values": {}, "solver": "x"}'))
    with pytest.raises(SolverError, match=r"solver\.no-proof") as caught:
        propose_watched(MODEL, 7)
    assert {name: str(value) for name, value in caught.value.values.items()} == {
        "model": "sack",
        "status": str(status),
        "seconds": "7",
    }


def test_the_inner_side_answers_on_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """3 + 2 b <= 10 again, in this process; what nobody can keep ends with status 1 or says that it is infeasible."""
    monkeypatch.setattr(sys, "argv", ["watched", "60"])
    monkeypatch.setattr(sys, "stdin", io.StringIO(model_text(MODEL)))
    assert main() == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["values"]) == ("optimal", {"a": "1", "b[x,y]": "3"})
    impossible = Model("none", (Variable("a"),), (Row("two", (("a", 1),), Sense.AT_LEAST, 2),), (("a", 1),))
    monkeypatch.setattr(sys, "stdin", io.StringIO(model_text(impossible)))
    assert main() == 0
    assert json.loads(capsys.readouterr().out)["status"] == "infeasible"
