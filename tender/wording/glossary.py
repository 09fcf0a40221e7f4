"""The one list of terms, ``templates/glossary.toml``: statutory words in three languages, stems to follow, traps."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from tender.language import Language, Text
from tender.words import templates_folder

FILE = "glossary.toml"


@dataclass(frozen=True, slots=True)
class Term:
    """One term.

    Attributes:
        id: Its id.
        words: The words that documents use.
        source: The act or list that gives them; empty where there is no official form.
        notice: Words that notices use instead (eForms); nothing where they are the same.
        stems: Beginnings of the word by language, alternatives between bars; empty where the lint does not follow it.
    """

    id: str
    words: Text
    source: str
    notice: Text
    stems: Mapping[Language, re.Pattern[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trap:
    """A word that no document uses.

    Attributes:
        language: The language in which it is a trap.
        stem: Its beginning, lower case.
        instead: What to write.
        why: Which source gives it another meaning.
    """

    language: Language
    stem: str
    instead: str
    why: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """The list.

    Attributes:
        terms: Terms in the order of the file.
        traps: Words to avoid.
    """

    terms: tuple[Term, ...]
    traps: tuple[Trap, ...]


@cache
def glossary() -> Glossary:
    """The list, read once."""
    return read_glossary((templates_folder() / FILE).read_text(encoding="utf-8"))


def read_glossary(text: str) -> Glossary:
    """The list that `text` holds.

    Raises:
        KeyError: A term lacks its words, or a trap its stem.
    """
    table = tomllib.loads(text)
    terms = tuple(
        Term(
            row["id"],
            Text(row["fi"], row["sv"], row["en"]),
            row["source"],
            Text(**row.get("notice", {})),
            {Language(name): _pattern(stems) for name, stems in row.get("stems", {}).items()},
        )
        for row in table["terms"]
    )
    traps = (Trap(Language(row["language"]), row["stem"], row["instead"], row["why"]) for row in table["traps"])
    return Glossary(terms, tuple(traps))


def _pattern(stems: str) -> re.Pattern[str]:
    """Any of `stems`, wherever in a word: a Finnish or Swedish term often ends a compound."""
    return re.compile("|".join(re.escape(stem) for stem in stems.split("|")), re.IGNORECASE)
