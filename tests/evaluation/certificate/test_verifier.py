"""The verifier believes nothing: a hand-made proof holds, and every way of tampering with it is caught."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.certificate.branch import certify
from evaluation.certificate.verifier import Unproven, model_hash, verify
from tender.model.proofs import Certificate, Cut, Node
from tender.solving import Model, Row, Sense, Variable

CAP = Row("cap", (("a", 3), ("b", 2), ("c", 2)), Sense.AT_MOST, 4)
"""a alone, or b and c: with 5, 4 and 3 points the best is b and c."""
KNAPSACK = Model("sack", tuple(map(Variable, "abc")), (CAP,), (("a", 5), ("b", 4), ("c", 3)))
WITNESS = {"a": 0, "b": 1, "c": 1}
BY_HAND = Certificate(
    model_hash(KNAPSACK),
    WITNESS,
    7,
    7,
    1,
    (
        Node((), variable=0, limit=0, children=(1, 2)),
        Node(()),
        Node(((0, 2),)),
    ),
)
"""Without a: at most 4 + 3. With a: 2 · 4 + (5 - 6) + 0 · b + 0 = 7 at most, by the multiplier 2 of the row."""
NOBODY = Model("none", (Variable("a"),), (Row("two", (("a", 1),), Sense.AT_LEAST, 2),), (("a", 1),))


def test_a_proof_by_hand_holds() -> None:
    """No solver was near it."""
    verify(KNAPSACK, BY_HAND)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"bound": 6, "value": 7}, "below the witness"),
        ({"witness": {"a": 1, "b": 1, "c": 0}}, "breaks a row"),
        ({"witness": {"a": 0, "b": 1, "c": 0}}, "another value"),
        ({"witness": {"a": 0, "b": 2, "c": 0}}, "breaks a row"),
        ({"model": "0" * 64}, "another model"),
        ({"nodes": BY_HAND.nodes[:2]}, "missing"),
        ({"nodes": (BY_HAND.nodes[0], Node(()), Node(((0, 1),)))}, "stays open"),
        ({"nodes": (BY_HAND.nodes[0], Node(()), Node(((0, -2),)))}, "wrong sign"),
        ({"nodes": (replace(BY_HAND.nodes[0], variable=2, children=(2, 2)), *BY_HAND.nodes[1:])}, "twice"),
        ({"nodes": (replace(BY_HAND.nodes[0], children=(1,)), *BY_HAND.nodes[1:])}, "stays open"),
        ({"nodes": (replace(BY_HAND.nodes[0], variable=3), *BY_HAND.nodes[1:])}, "no variable"),
        ({"nodes": (Node(((1, 1),)),)}, "no row"),
        ({"nodes": (Node((), counts_objective=False),)}, "stays open"),
        ({"bound": None}, "stays open"),
        ({"cuts": (Cut(0, (0, 1), 0),)}, "too much"),
        ({"cuts": (Cut(1, (0, 1), 1),)}, "no row"),
        ({"cuts": (Cut(-1, (0, 1), 1),)}, "no row"),
        ({"cuts": (Cut(0, (1, 1), 1),)}, "too much"),
    ],
)
def test_tampering_is_caught(changed: dict[str, object], why: str) -> None:
    """Each part of the proof matters."""
    with pytest.raises(Unproven, match=why):
        verify(KNAPSACK, replace(BY_HAND, **changed))  # type: ignore[arg-type]


def test_a_cut_that_follows_is_taken() -> None:
    """A and b do not fit together: at most one of them; with a the rest earns 3 at most."""
    cut = Cut(0, (0, 1), 1)
    proof = replace(
        BY_HAND, cuts=(cut,), nodes=(Node(((1, 4),), variable=2, limit=0, children=(1, 2)), Node(()), Node(()))
    )
    with pytest.raises(Unproven, match="stays open"):
        verify(KNAPSACK, proof)
    verify(KNAPSACK, replace(proof, nodes=(proof.nodes[0], Node(((1, 4),)), Node(((0, 2), (1, 0))))))


def test_cuts_only_of_rows_that_give_them() -> None:
    """Negative terms, numbers beyond one, and rows of the other kind give no such cut."""
    for model in (
        replace(KNAPSACK, rows=(replace(CAP, terms=(("a", 3), ("b", 2), ("c", -2))),)),
        replace(KNAPSACK, rows=(replace(CAP, sense=Sense.AT_LEAST),)),
        replace(KNAPSACK, rows=(replace(CAP, terms=(("a", 3), ("a", -3), ("b", 2))),)),
        replace(KNAPSACK, variables=(Variable("a", 0, 2), Variable("b"), Variable("c"))),
        replace(KNAPSACK, variables=(Variable("a"), Variable("b"), Variable("c", -1, 1))),
    ):
        proof = replace(BY_HAND, model=model_hash(model), value=None, cuts=(Cut(0, (0, 1), 1),))
        with pytest.raises(Unproven, match="a cut of"):
            verify(model, proof)


def test_that_nothing_is_possible_is_proven_by_a_ray() -> None:
    """1 · a >= 2 with a <= 1: the ray -1 gives -2 + 1 < 0."""
    empty = Certificate(model_hash(NOBODY), {}, None, None, 1, (Node(((0, -1),), counts_objective=False),))
    verify(NOBODY, empty)
    with pytest.raises(Unproven, match="stays open"):
        verify(NOBODY, replace(empty, nodes=(Node(((0, -1),)),)))
    with pytest.raises(Unproven, match="wrong sign"):
        verify(NOBODY, replace(empty, nodes=(Node(((0, 1),), counts_objective=False),)))


def test_every_multiplier_of_a_found_proof_may_be_wrong() -> None:
    """Whatever is done to the multipliers, the verifier either still proves the true bound or refuses."""
    proof = certify(KNAPSACK)
    for change in (-3, -1, 1, 3):
        nodes = tuple(
            replace(node, multipliers=tuple((row, each + change * proof.scale) for row, each in node.multipliers))
            for node in proof.nodes
        )
        for claim in (6, 7):
            forged = replace(proof, nodes=nodes, bound=claim)
            if claim < 7:
                with pytest.raises(Unproven):
                    verify(KNAPSACK, forged)
