"""Every id of the award room has its words, no words are left over, and every blank of a message is filled."""

from __future__ import annotations

import ast
import string
import tomllib
from pathlib import Path

import pytest

from evaluation.award.formulas import FORMULAS
from evaluation.award.reasons import MESSAGES, obstacle_finding
from tender.language import Language
from tender.model.awards import Obstacle
from tender.words import words

ROOT = Path(__file__).parents[3]
SOURCES = [
    *(ROOT / "evaluation" / "award").rglob("*.py"),
    ROOT / "evaluation" / "checks.py",
    ROOT / "tender" / "solving.py",
    ROOT / "tender" / "watched.py",
]
PREFIXES = ("award.", "solver.", "price.", "formula-refusal.", "formula-parameter.")
FIELDS = {"award.criteria", "award.selection", "award.rounding", "award.tie-rule", "award.comparison-price"}


def _literals() -> set[str]:
    """Every string of the sources that looks like an id of this room; paths of tender fields left out."""
    found = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(PREFIXES):
                found.add(node.value)
    return {value for value in found if " " not in value and not value.endswith(".")} - FIELDS


def _table(folder: str) -> set[str]:
    """Ids of this room in its Finnish tables: its own, and those of the formulas and their laboratory."""
    files = (ROOT / "templates" / folder / f"{name}.fi.toml" for name in ("award", "formulas", "laboratory"))
    found = {key for file in files if file.exists() for key in tomllib.loads(file.read_text(encoding="utf-8"))}
    return {key for key in found if key.startswith(PREFIXES)}


def test_every_id_has_words_and_no_words_are_left_over() -> None:
    """The tables of this room are exactly what its code can say."""
    terms = {parameter.term for formula in FORMULAS.values() for parameter in formula.parameters}
    prices = {"price.capitation", "price.outcome"}
    assert _literals() | terms | prices == _table("messages") | _table("terms")


@pytest.mark.parametrize("rule", MESSAGES)
@pytest.mark.parametrize("language", Language)
def test_every_obstacle_can_be_said(rule: str, language: Language) -> None:
    """With the values that its maker gives, and with names instead of ids."""
    values = {
        "capacity": "1300", "need": "1400", "area": "a", "group": "g", "cells": "a/g, b/h",
        "cost": "12.5", "ceiling": "12", "bidder": "A", "quality": "29", "minimum": "30",
        "least": "2", "found": "1", "other": "B",
    }  # fmt: skip
    message = MESSAGES[rule]
    blanks = {name for _, name, _, _ in string.Formatter().parse(words(language).messages[message]["text"]) if name}
    finding = obstacle_finding(Obstacle(rule, {name: values[name] for name in blanks}), ("A", "B"), {"a": "Pohjoinen"})
    text = words(language).finding(finding).text
    assert "{" not in text
    assert "area" not in blanks or "Pohjoinen" in text
    assert finding.values["bidders"] == "A, B"
    assert not finding.blocks
