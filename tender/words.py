"""Words for findings, errors and terms, from ``templates/messages`` and ``templates/terms``.

Rules carry ids and values; only here, at the doors, do they become sentences in the user's language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tender.errors import Finding, ValintaError
from tender.language import Language, date_text, number_text


@dataclass(frozen=True, slots=True)
class Message:
    """One message in one language.

    Attributes:
        text: What was found and what was expected.
        advice: What to do about it; may be empty.
    """

    text: str
    advice: str = ""

    def __str__(self) -> str:
        """Text and advice as one paragraph."""
        return f"{self.text} {self.advice}".strip()


def templates_folder() -> Traversable:
    """The folder of templates: inside the installed package, or beside it in a checkout."""
    inside = files("tender") / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"


class Words:
    """All messages and terms of one language.

    Args:
        language: The language.
        messages: ``text`` and ``advice`` by message id, with ``{name}`` where a value goes.
        terms: Word or phrase by term id.
    """

    def __init__(self, language: Language, messages: Mapping[str, Mapping[str, str]], terms: Mapping[str, str]) -> None:
        """Keep the tables; `words` reads them from the templates."""
        self.language = language
        self.messages = messages
        self.terms = terms

    def finding(self, finding: Finding) -> Message:
        """The words of `finding`."""
        return self.message(finding.rule, finding.field, finding.basis, finding.values)

    def message(self, rule: str, field: str, basis: str, values: Mapping[str, str]) -> Message:
        """The words of a finding by what it is made of, for findings that were kept without their severity."""
        return self._message(rule, {"field": field, "basis": self.basis(basis), **values})

    def error(self, error: ValintaError) -> Message:
        """The words of `error`, with its place in front when it has one."""
        message = self._message(error.message, error.values)
        return Message(f"{error.place}: {message.text}", message.advice) if error.place else message

    def term(self, term_id: str) -> str:
        """The word or phrase with `term_id`.

        Raises:
            KeyError: The language has no such term; a test proves that this cannot happen for ids in the code.
        """
        return self.terms[term_id]

    def basis(self, citation: str) -> str:
        """`citation`, as the rules write it, with the acts and courts named as the language names them.

        >>> words(Language.SV).basis("HL 3, 66; KHO 2019:109")
        'UpphL 3, 66; HFD 2019:109'
        """
        return _ABBREVIATION.sub(lambda found: self.terms[f"law.{found[0]}"], citation)

    def _message(self, message_id: str, values: Mapping[str, str]) -> Message:
        found = self.messages[message_id]
        shown = {name: _Spoken(self.terms.get(value, value), self.language) for name, value in values.items()}
        return Message(found["text"].format_map(shown), found.get("advice", "").format_map(shown))


class _Spoken:
    """A value in a sentence: ``{found}`` prints it as it is, ``{found:n}`` a number or a day as the language does."""

    def __init__(self, value: str, language: Language) -> None:
        """Keep the value and the language."""
        self._value = value
        self._language = language

    def __format__(self, spec: str) -> str:
        """The value, in the language's own notation when `spec` asks for it."""
        if spec != "n":
            return format(self._value, spec)
        if _NUMBER.fullmatch(self._value):
            return number_text(Decimal(self._value), self._language)
        if _DAY.fullmatch(self._value):
            return date_text(date.fromisoformat(self._value), self._language)
        return self._value


_ABBREVIATION = re.compile(r"\b(?:HL|JulkL|HallL|Kielilaki|KHO)\b")
"""How the rules name acts and courts: the Finnish abbreviations, each a term ``law.<abbreviation>``."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def words(language: Language) -> Words:
    """The words of `language`, read once."""
    messages = _tables("messages", language)
    terms = _tables("terms", language)
    return Words(language, {key: dict(value) for key, value in messages.items()}, {k: str(v) for k, v in terms.items()})


def _tables(folder: str, language: Language) -> dict[str, dict[str, str]]:
    """Every ``<room>.<lang>.toml`` (or ``<lang>.toml``) of `folder`, joined; an id may stand in one room only."""
    joined: dict[str, dict[str, str]] = {}
    for source in sorted((templates_folder() / folder).iterdir(), key=lambda entry: entry.name):
        if not source.name.endswith(f"{language.value}.toml"):
            continue
        for key, value in tomllib.loads(source.read_text(encoding="utf-8")).items():
            if key in joined:
                message = f"{source.name}: id {key!r} stands in two files"
                raise ValueError(message)
            joined[key] = value
    return joined
