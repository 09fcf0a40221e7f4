"""Every finding of the reading room has its words, and the words fill all their blanks."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tender.errors import Finding
from tender.language import Language
from tender.words import words
from tests.tender.reading.folders import found
from tests.tender.reading.test_file import TEN_MISTAKES

ROOM = Path(__file__).parents[3] / "tender" / "reading"


def rules() -> set[str]:
    """Ids that stand in the room's code: findings, errors, and what notes collect."""
    return {
        node.value
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"(?:file|field|text|reference|reading|edit|shift)\.[a-z-]+", node.value)
    }


@pytest.mark.parametrize("language", Language)
def test_every_id_has_words_and_all_words_are_used(language: Language) -> None:
    """No finding is speechless, and no words are left over."""
    found_ids = rules()
    assert len(found_ids) > 25, "the scan found too little: it has rotted"
    prefixes = tuple({rule.split(".")[0] for rule in found_ids})
    ours = {rule for rule in words(language).messages if rule.split(".")[0] in prefixes}
    files = ROOM.parents[1] / "templates" / "messages" / f"reading.{language.value}.toml"
    written = set(re.findall(r'^\["([^"]+)"\]', files.read_text(encoding="utf-8"), re.MULTILINE))
    assert found_ids == written
    assert written <= ours


MORE = (
    ('languages = ["fi"]', 'languages = ["fi", "sv", "fi"]'),
    ('tie_rule = ["quality-points", "comparison-price", "lots"]', "tie_rule = []"),
    ('cpv = "79611000"', 'cpv = "x\\u0000"'),
    ('portal = "https://portal.example.invalid"', 'portal = ""'),
    ("synthetic = true", 'texts = ["none"]'),
    ("weights = { easy = 0.4, average = 0.8, hard = 1.5 }", "weights = { easy = 0.4, avrage = 0.8, hard = 1.5 }"),
    ("sample_size = 66", "sample_size = 66\nsynthetic = true"),
    ("client_total = 1400", 'client_total = "x"'),
    ('id = "law"', 'id = "Law!"'),
)


@pytest.mark.parametrize("language", Language)
def test_messages_leave_no_blank_and_no_id(language: Language) -> None:
    """Labels, kinds and forms are in words; nothing of the machine shows."""
    findings = (*found(*TEN_MISTAKES), *found(*MORE))
    assert len({finding.rule for finding in findings}) >= 15
    for finding in findings:
        message = str(words(language).finding(finding))
        assert not re.search(r"[{}]|field-type\.|field-form\.|field\.[A-Z]", message), message
        assert message.endswith((".", "?")), message


def test_hostile_values_stay_values() -> None:
    """Braces in a file never reach the formatting of a message."""
    (finding,) = found(('contact = "Hankinta-asiantuntija"', 'contact = ["{field.__class__}"]'))
    assert "__class__" not in str(words(Language.EN).finding(finding))
    braces = Finding("field.blank", finding.severity, "a", {"label": "{0} {x}"})
    assert "{0} {x}" in str(words(Language.EN).finding(braces))
