"""Every id of this room has its words in three languages, and every blank of the words is filled."""

from __future__ import annotations

import ast
import string
from collections.abc import Mapping
from pathlib import Path

import pytest

import tender.record
from tender.language import Language
from tender.record import Kind, Publicity
from tender.record.chain import Row, chain_findings, payload_findings
from tender.words import words
from tests.tender.record.test_chain import DAMAGES, whole_chain

FOLDER = Path(str(tender.record.__file__)).parent


def _ids() -> set[str]:
    """Every literal ``record.…`` in the room's code that is a message id."""
    found = set()
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("record."):
                found.add(node.value)
    return found


def test_the_code_and_the_words_name_the_same_ids() -> None:
    """No id without words, and no words that nobody says."""
    spoken = {message for message in words(Language.FI).messages if message.startswith("record.")}
    assert _ids() == spoken


@pytest.mark.parametrize("language", Language)
def test_every_kind_class_and_field_has_its_term(language: Language) -> None:
    """``record show`` and the findings speak of them."""
    terms = words(language).terms
    for name in [*(f"kind.{kind.value}" for kind in Kind), *(f"publicity.{one.value}" for one in Publicity)]:
        assert terms[f"record-{name}"].strip()
    for field in [*Row.__dataclass_fields__, "payload"]:
        assert terms[f"record-field.{field}"].strip()


@pytest.mark.parametrize("language", Language)
def test_every_message_says_what_to_do(language: Language) -> None:
    """Text and advice, and the same blanks as in Finnish."""
    for name, message in words(language).messages.items():
        if name.startswith("record."):
            assert message["advice"].strip(), name
            assert _blanks(message) == _blanks(words(Language.FI).messages[name]), name


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_every_damage_can_be_told(damage: str, language: Language) -> None:
    """The words find all the values that they need, and say which event."""
    chain = DAMAGES[damage].act(whole_chain())
    for finding in [*chain_findings(chain), *payload_findings(chain)]:
        message = words(language).finding(finding)
        assert finding.values["seq"] in message.text or finding.rule in ("record.gap", "record.genesis")
        assert "{" not in str(message)


def _blanks(message: Mapping[str, str]) -> set[str]:
    return {name for text in message.values() for _, name, _, _ in string.Formatter().parse(text) if name}
