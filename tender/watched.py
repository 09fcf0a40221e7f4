"""A solver in a process of its own, which is ended when it overruns its time: HiGHS overran 25 s to 85 s once.

``python -m tender.watched SECONDS`` reads a model as JSON and writes the answer as JSON; `propose_watched` calls it.
What it answers is a proposal: whoever asks checks it in whole numbers.
"""

from __future__ import annotations

import json
import subprocess
import sys

from tender.errors import SolverError
from tender.solving import Model, Row, Sense, Solution, Status, Variable, propose

GRACE_S = 15
"""Seconds beyond its time after which the process is ended."""


def propose_watched(model: Model, seconds: int, grace: int = GRACE_S) -> Solution:
    """What HiGHS finds for `model` within `seconds`, in a process that cannot outlive them by more than `grace`.

    Raises:
        SolverError: The process was ended because it overran, or found nothing.
    """
    command = [sys.executable, "-m", "tender.watched", str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=model_text(model), capture_output=True, text=True, timeout=seconds + grace, check=False
        )
    except subprocess.TimeoutExpired:
        raise SolverError("solver.overran", model=model.name, seconds=seconds) from None
    if done.returncode:
        raise SolverError("solver.no-proof", model=model.name, status=done.returncode, seconds=seconds)
    answer = json.loads(done.stdout)
    return Solution(
        Status(answer["status"]), {name: int(value) for name, value in answer["values"].items()}, answer["solver"]
    )


def model_text(model: Model) -> str:
    """`model` as JSON; whole numbers as text, for they may be large."""
    return json.dumps(
        {
            "name": model.name,
            "variables": [[each.name, str(each.lowest), str(each.highest)] for each in model.variables],
            "rows": [[row.name, _texts(row.terms), row.sense.value, str(row.limit)] for row in model.rows],
            "objective": _texts(model.objective),
        }
    )


def model_of(text: str) -> Model:
    """The model that `model_text` wrote."""
    plain = json.loads(text)
    return Model(
        plain["name"],
        tuple(Variable(name, int(lowest), int(highest)) for name, lowest, highest in plain["variables"]),
        tuple(Row(name, _terms(terms), Sense(sense), int(limit)) for name, terms, sense, limit in plain["rows"]),
        _terms(plain["objective"]),
    )


def _texts(terms: tuple[tuple[str, int], ...]) -> list[list[str]]:
    return [[name, str(factor)] for name, factor in terms]


def _terms(texts: list[list[str]]) -> tuple[tuple[str, int], ...]:
    return tuple((name, int(factor)) for name, factor in texts)


def main() -> int:
    """Answer the model on standard input."""
    try:
        solution = propose(model_of(sys.stdin.read()), int(sys.argv[1]))
    except SolverError:
        return 1
    values = {name: str(value) for name, value in solution.values.items()}
    sys.stdout.write(json.dumps({"status": solution.status.value, "values": values, "solver": solution.solver}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
