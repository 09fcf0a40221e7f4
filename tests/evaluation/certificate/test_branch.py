"""The prover against brute force: the same optimum, a proof that holds, an honest gap when it is stopped."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.certificate.branch import certify
from evaluation.certificate.verifier import Unproven, verify
from tender.solving import Model, Row, Sense, Variable, broken_rows

whole = st.integers(-6, 9)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Up to five variables and four rows of every kind, knapsacks among them."""
    names = "abcde"[: draw(st.integers(1, 5))]
    variables = tuple(Variable(name, draw(st.integers(-1, 0)), draw(st.integers(0, 2))) for name in names)
    rows = tuple(
        Row(
            f"r{number}",
            tuple((name, draw(whole)) for name in names),
            draw(st.sampled_from(Sense)),
            draw(st.integers(-8, 14)),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    sizes = tuple((name, draw(st.integers(1, 9))) for name in names)
    sack = Row("sack", sizes, Sense.AT_MOST, draw(st.integers(0, 20)))
    return Model("m", variables, (*rows, sack), tuple((name, draw(whole)) for name in names))


def best_of(model: Model) -> int | None:
    """The optimum by trying everything."""
    names = [each.name for each in model.variables]
    answers = (
        dict(zip(names, values, strict=True))
        for values in product(*(range(each.lowest, each.highest + 1) for each in model.variables))
    )
    return max(
        (sum(factor * one[name] for name, factor in model.objective) for one in answers if not broken_rows(model, one)),
        default=None,
    )


@given(models())
@settings(max_examples=80, deadline=None)
def test_the_proof_is_of_the_true_optimum(model: Model) -> None:
    """Found, proven, and the proof verified; or proven that there is no answer."""
    proof = certify(model)
    verify(model, proof)
    assert proof.value == proof.bound == best_of(model)


@given(models(), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_a_stopped_proof_is_honest(model: Model, nodes: int) -> None:
    """Whatever was left open, the bound holds for the true optimum."""
    best, proof = best_of(model), certify(model, most_nodes=nodes)
    if best is None and proof.bound is None:
        verify(model, proof)
        return
    assert proof.bound is not None
    assert best is None or proof.bound >= best
    verify(model, proof)


def many(count: int = 14) -> Model:
    """A knapsack with sizes so alike that it takes many cases."""
    sizes = [(f"x{number}", 101 + 7 * number % 31) for number in range(count)]
    row = Row("sack", tuple(sizes), Sense.AT_MOST, sum(size for _, size in sizes) // 2)
    return Model("many", tuple(Variable(name) for name, _ in sizes), (row,), tuple(sizes))


def test_a_gap_is_printed_when_time_runs_out() -> None:
    """Stopped at once: the bound of the whole model stays, and nothing is called optimal."""
    left = iter([True, True, True])
    proof = certify(many(), {f"x{number}": 0 for number in range(14)}, going=lambda: next(left, False))
    verify(many(), proof)
    assert proof.value is not None
    assert proof.gap is not None
    assert not proof.optimal or proof.gap == 0
    stopped = certify(many(), {f"x{number}": 0 for number in range(14)}, going=lambda: False)
    assert (stopped.value, stopped.optimal) == (0, False)
    assert stopped.gap == stopped.bound
    verify(many(), stopped)


def test_a_false_proposal_is_forgotten() -> None:
    """A planted "optimal" that breaks a row, or is not the best, changes nothing in what is proven."""
    honest = certify(many())
    for lie in ({f"x{number}": 1 for number in range(14)}, {f"x{number}": 0 for number in range(14)}, {"x0": 7}):
        proof = certify(many(), lie)
        assert (proof.value, proof.bound) == (honest.value, honest.bound)


def test_numbers_that_floats_cannot_tell_apart() -> None:
    """Two answers that differ by one in 10^30: the multipliers are refined until the proof is exact."""
    huge = 10**30
    rows = (
        Row("one", (("a", 1), ("b", 1), ("c", 1)), Sense.EQUAL, 1),
        Row("pair", (("a", huge), ("b", huge + 1)), Sense.AT_MOST, huge + 1),
    )
    model = Model("huge", tuple(map(Variable, "abc")), rows, (("a", huge), ("b", huge + 1), ("c", huge - 5)))
    proof = certify(model, {"a": 1, "b": 0, "c": 0})
    verify(model, proof)
    assert proof.value == huge + 1
    assert proof.optimal


def test_the_claim_must_be_the_one_proven() -> None:
    """A bound that is a unit too low is refused, whatever the proof around it."""
    model = many()
    proof = certify(model)
    assert proof.bound is not None
    with pytest.raises(Unproven):
        verify(model, type(proof)(proof.model, proof.witness, proof.value, proof.bound - 1, proof.scale, proof.nodes))
    assert Fraction(proof.bound) == proof.value
