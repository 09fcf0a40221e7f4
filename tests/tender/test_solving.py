"""The door to the solver: exact rows, proven answers, silence."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from itertools import product
from types import SimpleNamespace

import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.errors import SolverError
from tender.solving import (
    Model,
    Outcome,
    Program,
    Row,
    Sense,
    Status,
    Variable,
    _factors,
    _status,
    _values,
    broken_rows,
    solve,
    solver_name,
)

coefficients = st.integers(-5, 5)


def knapsack(limit: int = 7) -> Model:
    """Three things of worth 5, 4, 3 and size 4, 3, 2."""
    names = ("a[1]", "b[x,y]", "c")
    return Model(
        "knapsack",
        tuple(Variable(name) for name in names),
        (Row("size[all]", tuple(zip(names, (4, 3, 2), strict=True)), Sense.AT_MOST, limit),),
        tuple(zip(names, (5, 4, 3), strict=True)),
    )


def test_a_small_model_is_solved_under_its_own_names() -> None:
    """Names with brackets come back as they went in; PuLP would rewrite them."""
    solution = solve(knapsack())
    assert solution.status is Status.OPTIMAL
    assert dict(solution.values) == {"a[1]": 1, "b[x,y]": 1, "c": 0}
    assert solution.solver == solver_name()
    assert solution.solver.startswith("HiGHS ")


def test_an_impossible_model_is_called_infeasible() -> None:
    """Not an error: an answer."""
    model = Model("m", (Variable("a"),), (Row("two", (("a", 1),), Sense.EQUAL, 2),), (("a", 1),))
    assert solve(model).status is Status.INFEASIBLE
    assert solve(model).values == {}


def test_no_time_is_no_proof() -> None:
    """A solver that ran out of time has proven nothing, whatever PuLP calls it."""
    with pytest.raises(SolverError, match=r"solver\.no-proof"):
        solve(knapsack(), seconds=0)


def test_the_door_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing on stdout or stderr, not even from C."""
    solve(knapsack())
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "first", ["Program([(0.0, 1.0)]).minimise({0: 1.0})", "solve(Model('m', (Variable('x', 0, 1),), (), (('x', 1),)))"]
)
def test_the_door_is_silent_from_the_first_word_on(first: str) -> None:
    """In a fresh process: HiGHS greets once for each, and ``--json`` promises one JSON value and nothing else."""
    code = f"from tender.solving import Model, Program, Variable, solve; {first}"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("", "")


def test_a_zero_gap_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS stops 1e-4 short of the optimum by default: 200 € on 2 M€."""
    asked: list[dict[str, object]] = []
    honest = vars(pulp)["HiGHS"]

    def spy(**options: object) -> object:
        asked.append(options)
        return honest(**options)

    monkeypatch.setattr(pulp, "HiGHS", spy)
    solve(knapsack(), seconds=7)
    assert asked == [{"msg": False, "gapRel": 0, "timeLimit": 7}]


def test_one_unit_in_two_million_is_found() -> None:
    """The two best of twelve that differ by a millionth."""
    names = [f"x{number}" for number in range(12)]
    worth = [1_000_000 + number for number in range(12)]
    row = Row("one", tuple((name, 1) for name in names), Sense.EQUAL, 2)
    model = Model("gap", tuple(map(Variable, names)), (row,), tuple(zip(names, worth, strict=True)))
    assert [name for name, value in solve(model).values.items() if value] == ["x10", "x11"]


@given(
    rows=st.lists(
        st.tuples(st.tuples(coefficients, coefficients, coefficients), st.sampled_from(Sense), coefficients),
        max_size=3,
    ),
    objective=st.tuples(coefficients, coefficients, coefficients),
)
@settings(max_examples=60, deadline=None)
def test_the_answer_is_that_of_trying_everything(
    rows: list[tuple[tuple[int, int, int], Sense, int]], objective: tuple[int, int, int]
) -> None:
    """Against brute force over all 4³ answers: same feasibility, same objective, every row holds."""
    names = ("x", "y", "z")
    model = Model(
        "random",
        tuple(Variable(name, 0, 3) for name in names),
        tuple(
            Row(f"r{place}", tuple(zip(names, terms, strict=True)), sense, limit)
            for place, (terms, sense, limit) in enumerate(rows)
        ),
        tuple(zip(names, objective, strict=True)),
    )
    everything = (dict(zip(names, values, strict=True)) for values in product(range(4), repeat=3))
    worths = [
        sum(weight * values[name] for name, weight in model.objective)
        for values in everything
        if not broken_rows(model, values)
    ]
    solution = solve(model)
    assert (solution.status is Status.INFEASIBLE) == (not worths)
    if worths:
        assert broken_rows(model, solution.values) == ()
        assert sum(weight * solution.values[name] for name, weight in model.objective) == max(worths)


def test_broken_rows_are_named() -> None:
    """The exact check finds a value out of bounds, a missing one, and a broken row."""
    model = knapsack()
    assert broken_rows(model, {"a[1]": 2, "b[x,y]": 0, "c": 0}) == ("a[1]",)
    assert broken_rows(model, {"a[1]": 1, "b[x,y]": 1}) == ("c",)
    assert broken_rows(model, {"a[1]": 1, "b[x,y]": 1, "c": 1}) == ("size[all]",)
    assert broken_rows(model, {"a[1]": 1, "b[x,y]": 1, "c": 0}) == ()


@pytest.mark.parametrize(("sense", "holding"), [(Sense.AT_MOST, {1, 2}), (Sense.EQUAL, {2}), (Sense.AT_LEAST, {2, 3})])
def test_rows_compare_as_they_say(sense: Sense, holding: set[int]) -> None:
    """Each sense, at, below and above its limit."""
    row = Row("r", (("x", 1),), sense, 2)
    assert {value for value in (1, 2, 3) if row.holds({"x": value})} == holding


def test_rows_with_large_numbers_are_scaled_for_the_solver_only() -> None:
    """Costs over a common denominator can have 20 digits; the solver sees moderate numbers in the same proportions."""
    terms, limit = _factors((("x", 3 * 10**20), ("y", -(10**20))), 6 * 10**20)
    assert terms[0][1] == pytest.approx(1024)
    assert terms[1][1] == pytest.approx(-1024 / 3)
    assert limit == pytest.approx(2048)
    assert _factors((("x", 3),), 7) == ([("x", 3.0)], 7.0)


def test_a_value_that_is_not_whole_is_refused() -> None:
    """A half provider is no answer."""
    model = Model("m", (Variable("a"),), (), ())
    assert _values(model, {"a": SimpleNamespace(varValue=0.9999999)}) == {"a": 1}
    assert _values(model, {"a": SimpleNamespace(varValue=None)}) == {"a": 0}
    with pytest.raises(SolverError, match=r"solver\.not-whole"):
        _values(model, {"a": SimpleNamespace(varValue=0.5)})


@pytest.mark.parametrize(
    ("sol_status", "outcome", "expected"),
    [
        (1, 1, 1),  # PuLP 3: proven
        (2, 1, 2),  # PuLP 3 at its time limit: "Optimal", and only the solution status tells
        (-1, -1, -1),  # PuLP 3: infeasible
        (0, SimpleNamespace(status=1), 1),  # PuLP 4: proven
        (0, SimpleNamespace(status=-4), -4),  # PuLP 4: time limit
        (0, SimpleNamespace(status=-1), -1),  # PuLP 4: infeasible
    ],
)
def test_the_status_is_read_in_both_versions_of_pulp(sol_status: int, outcome: object, expected: int) -> None:
    """Only a proof counts as one."""
    assert _status(SimpleNamespace(sol_status=sol_status), outcome) == expected


def test_each_question_has_its_own_time() -> None:
    """A hard program that is asked again and again neither overruns its time nor is left without any."""
    program = Program([(0, 1)] * 60, whole=True)
    chance = random.Random(3)
    for _ in range(40):
        row = [(column, chance.randint(1, 99)) for column in range(60)]
        half = sum(factor for _, factor in row) // 2
        program.add(row, half, half + 3)
    costs = {column: float(chance.randint(1, 99)) for column in range(60)}
    began = time.monotonic()
    outcomes = [program.minimise(costs, 0.2).outcome for _ in range(6)]
    spent = time.monotonic() - began
    assert Outcome.OPTIMAL not in outcomes
    assert 0.9 < spent < 4.0
