"""Clauses: one file, one clause, one language; read, picked by their day, overridden by id, and numbered.

A clause file is ``<nn>-<name>.<lang>.md``: TOML front matter between ``+++`` lines, then Markdown with Jinja2.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tender.errors import UsageError
from tender.language import Language
from tender.words import templates_folder

FENCE = "+++"
_PLAIN = re.compile(
    r'(?P<key>[a-z_]+) = (?:"(?P<words>[^"\\\x00-\x1f\x7f]*)"|(?P<day>\d{4}-\d\d-\d\d)|(?P<number>0|[1-9]\d{0,8}))'
)
COVER = "cover"
"""Id of the clause whose body is the cover's fact box."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause in one language.

    Attributes:
        id: Stable id, unique in its document.
        version: Version of the wording, from 1.
        title: Heading, plain text.
        body: Markdown with Jinja2 variables.
        basis: Legal or source basis; empty when none.
        valid_from: First day on which the wording may be used.
        valid_to: Last such day; ``None`` while it is open.
        approved: Who approved it and when; empty until somebody has.
        level: 1 or 2; 0 for the cover.
        when: Name of the context's field that must hold something for the clause to appear; empty for always.
        source: Name of the file.
        overridden: Whether the tender folder replaced the wording.
    """

    id: str
    version: int
    title: str
    body: str
    basis: str
    valid_from: date
    level: int
    valid_to: date | None = None
    approved: str = ""
    when: str = ""
    source: str = ""
    overridden: bool = False

    def in_force(self, day: date) -> bool:
        """Whether the wording may be used on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A clause with its number in the document.

    Attributes:
        clause: The clause.
        number: ``4.2``; empty for the cover.
        anchor: Id of its element, for links.
    """

    clause: Clause
    number: str
    anchor: str


def split_front_matter(text: str) -> tuple[str, str]:
    """Front matter (TOML) and body of a template file.

    Raises:
        ValueError: The file does not begin with front matter between ``+++`` lines.
    """
    lines = text.splitlines()
    if not lines or lines[0].strip() != FENCE or FENCE not in (line.strip() for line in lines[1:]):
        message = f"front matter between {FENCE} lines is missing"
        raise ValueError(message)
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]).strip() + "\n"


def read_clause(text: str, source: str = "") -> Clause:
    """The clause that `text` holds.

    Raises:
        ValueError: The front matter is missing or lacks a field, or has one too many.
    """
    front, body = split_front_matter(text)
    try:
        return Clause(body=body, source=source, **front_matter(front))
    except TypeError as error:
        message = f"{source}: {error}"
        raise ValueError(message) from error


def front_matter(text: str) -> dict[str, Any]:
    """The values of a front matter: line by line where every line is plain, by the TOML reader otherwise.

    A set of documents in three languages has nearly a thousand of them, and the full reader takes ten times as long.

    Raises:
        ValueError: It is no TOML.
    """
    values: dict[str, Any] = {}
    for line in text.splitlines():
        plain = _PLAIN.fullmatch(line)
        if plain is None or plain["key"] in values:
            return tomllib.loads(text)
        day, number, words = plain["day"], plain["number"], plain["words"]
        values[plain["key"]] = date.fromisoformat(day) if day else int(number) if number else words
    return values


@cache
def clauses_of(folder: str, language: Language) -> tuple[Clause, ...]:
    """Every clause of a document in `language`, in the order of the file names.

    Args:
        folder: Name of the document's folder in ``templates/clauses``.
        language: The language.

    Raises:
        UsageError: The document has no clauses in `language`.
    """
    place = templates_folder() / "clauses" / folder
    ending = f".{language.value}.md"
    sources = (
        sorted((s for s in place.iterdir() if s.name.endswith(ending)), key=lambda s: s.name) if place.is_dir() else []
    )
    if not sources:
        raise UsageError("documents.no-clauses", document=folder, language=language.value)
    return tuple(read_clause(source.read_text(encoding="utf-8"), source.name) for source in sources)


def chosen_clauses(
    clauses: Iterable[Clause], day: date, holds: Mapping[str, bool], overrides: Mapping[str, str]
) -> tuple[Clause, ...]:
    """The clauses that a document consists of.

    Args:
        clauses: All clauses of the document.
        day: The legal day: wordings not in force on it are left out.
        holds: Whether each field of the context holds something.
        overrides: Own wording by clause id: a body, or a whole clause file.

    Raises:
        UsageError: An override names no clause of the document.
        ValueError: Two wordings of one clause are in force on the same day.
    """
    known = tuple(clauses)
    _check_overrides(overrides, [clause.id for clause in known])
    chosen = [clause for clause in known if clause.in_force(day) and (not clause.when or holds[clause.when])]
    ids = [clause.id for clause in chosen]
    if len(set(ids)) != len(ids):
        message = f"two wordings of one clause are in force on {day}: {ids}"
        raise ValueError(message)
    return tuple(_overridden(clause, overrides[clause.id]) if clause.id in overrides else clause for clause in chosen)


def _check_overrides(overrides: Mapping[str, str], ids: Sequence[str]) -> None:
    for clause_id in overrides:
        if clause_id not in ids:
            raise UsageError("documents.unknown-clause", clause=clause_id, known=", ".join(ids))


def _overridden(clause: Clause, text: str) -> Clause:
    """`clause` with the tender folder's own wording."""
    if not text.lstrip().startswith(FENCE):
        return dataclasses.replace(clause, body=text, approved="", overridden=True)
    own = read_clause(text.lstrip(), clause.source)
    return dataclasses.replace(own, id=clause.id, level=clause.level, when=clause.when, overridden=True)


def numbered(clauses: Iterable[Clause]) -> tuple[Numbered, ...]:
    """`clauses` with their numbers: 1, 1.1, 1.2, 2 …; the cover has none."""
    major, minor = 0, 0
    result: list[Numbered] = []
    for clause in clauses:
        if clause.level == 0:
            result.append(Numbered(clause, "", f"c-{clause.id}"))
            continue
        major, minor = (major + 1, 0) if clause.level == 1 else (major, minor + 1)
        number = f"{major}" if clause.level == 1 else f"{major}.{minor}"
        result.append(Numbered(clause, number, f"c-{clause.id}"))
    return tuple(result)
