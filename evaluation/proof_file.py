"""The proof of an award as a file: every model written out with its certificate, for anybody to check again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evaluation.certificate.verifier import Unproven, verify
from tender.errors import InputError
from tender.model.methods import Json
from tender.model.proofs import Certificate, Cut, Level, Node
from tender.solving import Model
from tender.watched import model_of, model_text

MOST_BYTES = 200_000_000
"""Largest file that is read."""


def proof_json(levels: Iterable[tuple[Level, Model]]) -> list[Json]:
    """Each objective's model and certificate; whole numbers as text."""
    return [
        {
            "objective": level.objective,
            "scale": str(level.scale),
            "model": json.loads(model_text(model)),
            "certificate": _certificate(level.certificate),
        }
        for level, model in levels
    ]


def check_proof(path: Path) -> tuple[Level, ...]:
    """The levels of the proof in `path`, every certificate verified against the model that is written beside it.

    Raises:
        InputError: The file is no such proof, or a certificate does not hold.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError("proof.unreadable", file=path.name)
        plain = json.loads(path.read_text(encoding="utf-8"))
        levels = tuple(_checked(each) for each in plain)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as why:
        raise InputError("proof.unreadable", file=path.name) from why
    except Unproven as why:
        raise InputError("proof.refuted", file=path.name, why=str(why)) from why
    if not levels:
        raise InputError("proof.unreadable", file=path.name)
    return levels


def _checked(plain: Mapping[str, Any]) -> Level:
    certificate = _read(plain["certificate"])
    verify(model_of(json.dumps(plain["model"])), certificate)
    return Level(str(plain["objective"]), int(plain["scale"]), certificate)


def _certificate(certificate: Certificate) -> dict[str, Json]:
    return {
        "model": certificate.model,
        "witness": {name: str(value) for name, value in certificate.witness.items()},
        "value": None if certificate.value is None else str(certificate.value),
        "bound": None if certificate.bound is None else str(certificate.bound),
        "scale": str(certificate.scale),
        "cuts": [[cut.row, list(cut.members), cut.most] for cut in certificate.cuts],
        "nodes": [
            {
                "multipliers": [[str(row), str(each)] for row, each in node.multipliers],
                "counts_objective": node.counts_objective,
                "variable": node.variable,
                "limit": node.limit,
                "children": list(node.children),
            }
            for node in certificate.nodes
        ],
    }


def _read(plain: Mapping[str, Any]) -> Certificate:
    value, bound = plain["value"], plain["bound"]
    return Certificate(
        str(plain["model"]),
        {str(name): int(each) for name, each in plain["witness"].items()},
        None if value is None else int(value),
        None if bound is None else int(bound),
        int(plain["scale"]),
        tuple(_node(each) for each in plain["nodes"]),
        tuple(Cut(int(row), tuple(map(int, members)), int(most)) for row, members, most in plain["cuts"]),
    )


def _node(plain: Mapping[str, Any]) -> Node:
    return Node(
        tuple((int(row), int(each)) for row, each in plain["multipliers"]),
        bool(plain["counts_objective"]),
        None if plain["variable"] is None else int(plain["variable"]),
        int(plain["limit"]),
        tuple(map(int, plain["children"])),
    )
