"""Published optima, reproduced to proof through the model that awards; the heavy ones are in ``benchmarks``."""

from __future__ import annotations

import pytest

from evaluation.certificate.branch import certify
from evaluation.certificate.verifier import verify
from tender.solving import solve
from tests.evaluation.instances import Instance, instances

ALL = instances()
HEAVY = ("arbitrary", "c1030_1.txt max", "L3")
"""Proven in ``benchmarks/test_instances.py``: a quarter of a minute each."""
OPEN = "e05100.txt min"
"""Its relaxation is weak: the certificate keeps a gap."""

pytestmark = pytest.mark.skipif(not ALL, reason="the published instances are not beside the project")


@pytest.mark.slow
@pytest.mark.parametrize(
    "instance", [one for one in ALL if not any(part in one.name for part in (*HEAVY, OPEN))], ids=lambda one: one.name
)
def test_the_published_optimum_is_proven(instance: Instance) -> None:
    """HiGHS proposes; what counts is the proof that the verifier holds."""
    proof = certify(instance.model, solve(instance.model).values)
    verify(instance.model, proof)
    assert proof.value is not None
    assert proof.optimal
    assert instance.agrees(proof.value)


@pytest.mark.slow
def test_an_open_gap_is_exact() -> None:
    """Stopped after forty cases: the published optimum lies between the proven bound and the answer that is known."""
    instance = next(one for one in ALL if one.name.endswith(OPEN))
    proof = certify(instance.model, most_nodes=40)
    verify(instance.model, proof)
    assert proof.bound is not None
    assert proof.bound >= -int(instance.optimum)
    assert not proof.optimal


def test_every_family_is_there() -> None:
    """Nothing was left out: auctions, assignments, locations, knapsacks."""
    assert len(ALL) == 21
    assert {one.name.partition("/")[0] for one in ALL} == {"cats", "gap", "cflp", "mkp"}
