"""The words of this room: every rule has them, in three languages, with blanks that its findings fill."""

from __future__ import annotations

import re
import string

import pytest

from tender.checks import PROVISIONS
from tender.language import Language
from tests.tender.checks.drill import ROOT, room_words

RULES = {provision.rule for provision in PROVISIONS}


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", Language)
def test_every_rule_has_words_and_no_words_are_left_over(language: Language) -> None:
    """One message for each rule, text and advice."""
    messages = room_words(language).messages
    assert set(messages) == RULES
    assert all(set(message) == {"text", "advice"} for message in messages.values())


@pytest.mark.parametrize("language", [Language.SV, Language.EN])
def test_the_languages_have_the_same_blanks(language: Language) -> None:
    """No number is lost in translation."""
    finnish, other = room_words(Language.FI).messages, room_words(language).messages
    for rule, message in finnish.items():
        for part in ("text", "advice"):
            assert _blanks(message[part]) == _blanks(other[rule][part]), (rule, part)


@pytest.mark.parametrize("language", Language)
def test_messages_are_short_and_do_not_shout(language: Language) -> None:
    """Two sentences at most in the text, and no exclamation marks."""
    for rule, message in room_words(language).messages.items():
        assert len(message["text"]) <= 240, rule
        assert len(message["advice"]) <= 240, rule
        assert "!" not in message["text"] + message["advice"], rule


def test_award_criteria_are_never_called_selection_criteria() -> None:
    """In eForms "valintaperuste" means a suitability requirement: the word has no place here."""
    text = (ROOT / "templates" / "messages" / "checks.fi.toml").read_text(encoding="utf-8").casefold()
    assert "valintaperust" not in text


def test_every_literal_rule_id_in_the_room_is_in_the_table() -> None:
    """A rule that is not in the table would never be heard."""
    used = set()
    for source in (ROOT / "tender" / "checks").glob("*.py"):
        used |= set(re.findall(r'flaw\(\s*"([a-z.-]+)"', source.read_text(encoding="utf-8")))
    assert used, "the scan found nothing: it has rotted"
    assert used <= RULES
