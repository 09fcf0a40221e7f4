"""The examples speak Finnish, Swedish and English: nothing is missing, and all three say the same figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tender.checks import Case, check
from tender.documents.catalogue import catalogue
from tender.language import Language
from tender.reading.file import read_text
from tender.reading.texts import loader
from tender.wording.figures import figures, foreign_days, foreign_decimals
from tests.tender.checks.bases import STATED
from tests.tender.checks.drill import ROOT
from tests.tender.checks.test_examples import EXAMPLES, TODAY

NAMES = {"Siilinjärvi", "Lapinlahti", "Esimerkkilä", "Mallikunta", "Näytelahti"}
"""Municipalities that have one name in every language."""

ALL = tuple(language.value for language in Language)


def in_three_languages(folder: Path) -> str:
    """The tender file of an example, declaring all three languages whatever it declares now."""
    text = (folder / "tender.toml").read_text(encoding="utf-8")
    declared, times = re.subn(r"(?m)^(languages +)= \[.*\]$", r'\1= ["fi", "sv", "en"]', text, count=1)
    assert times == 1
    return declared


def texts_of(node: object, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every table of words by language, with the path to it."""
    if isinstance(node, dict) and node and set(node) <= set(ALL):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from texts_of(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from texts_of(value, f"{path}[{index}]")


def all_texts(folder: Path) -> dict[str, dict[str, str]]:
    """The short texts of the file and the long ones beside it."""
    found = dict(texts_of(tomllib.loads((folder / "tender.toml").read_text(encoding="utf-8"))))
    for file in sorted(folder.glob("texts/*.md")):
        text_id, language, _ = file.name.split(".")
        found.setdefault(f"texts/{text_id}", {})[language] = file.read_text(encoding="utf-8")
    return found


def shape(words: str) -> list[str]:
    """The kind of every block of a text: heading with its level, list item, row of a table."""
    marks = (re.match(r"(#+ |\d+\. |- |\|)", line) for line in words.splitlines())
    return [mark[1] for mark in marks if mark]


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_an_example_is_whole_in_three_languages(folder: Path) -> None:
    """Declared in all three, it has no blocking finding and none about missing words."""
    reading = read_text(in_three_languages(folder), loader(folder))
    assert reading.tender is not None
    assert reading.tender.languages == tuple(Language)
    case = Case(
        reading.tender, TODAY, catalogue=frozenset(one.id for one in catalogue()), stated=STATED, broken=reading.broken
    )
    findings = [*reading.findings, *check(case)]
    assert [one for one in findings if one.blocks or one.rule.startswith("text.")] == []


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_every_text_stands_in_three_languages(folder: Path) -> None:
    """Also one that the reader does not ask for; and none is the Finnish one copied, names apart."""
    found = all_texts(folder)
    assert len(found) > 150
    assert {path: set(words) for path, words in found.items() if set(words) != set(ALL)} == {}
    copied = {path for path, words in found.items() if len(set(words.values())) < len(ALL)}
    assert {found[path]["fi"] for path in copied} <= NAMES


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_figures_agree_in_three_languages(folder: Path) -> None:
    """The same days and numbers as in Finnish, each written as its own language writes them."""
    for path, words in all_texts(folder).items():
        finnish = figures(words["fi"], Language.FI)
        for language in Language:
            text = words[language.value]
            assert figures(text, language) == finnish, f"{path} {language}"
            assert foreign_days(text, language) == [], f"{path} {language}"
            assert foreign_decimals(text, language) == [], f"{path} {language}"
            assert shape(text) == shape(words["fi"]), f"{path} {language}"


def test_a_figure_that_differs_is_seen() -> None:
    """The tests above would otherwise pass on anything."""
    finnish = figures("Enintään 1 700 tuntia 1.3.2019, paino 0,9", Language.FI)
    assert figures("Högst 1 700 timmar 1.3.2019, vikt 0,9", Language.SV) == finnish
    assert figures("At most 1,700 hours on 1 March 2019, weight 0.9", Language.EN) == finnish
    assert figures("At most 1,700 hours on 2 March 2019, weight 0.9", Language.EN) != finnish
    assert figures("At most 1,700 hours on 1 March 2019, weight 0.8", Language.EN) != finnish


def test_two_questions_share_their_wording_in_every_language() -> None:
    """The first and the fifth question of the source ask the same of different payment models."""
    file = ROOT / "examples" / "pohjois-savo" / "tender.toml"
    questions = tomllib.loads(file.read_text(encoding="utf-8"))["dialogue"]["questions"]
    assert len(questions) == 8
    first, fifth = questions[0], questions[4]
    assert first["wording"] == fifth["wording"]
    assert all(first["model"][language] != fifth["model"][language] for language in ALL)
