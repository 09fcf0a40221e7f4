"""Texts in the languages of a tender: tables in the file, and longer ones in the folder ``texts``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tender.errors import Finding, Place, Severity
from tender.language import Language, Text
from tender.reading.dictionary import Field
from tender.reading.files import MOST_TEXT_BYTES, TEXT_FOLDER, contents
from tender.reading.limits import cleaned, unwanted
from tender.reading.names import match
from tender.reading.notes import Notes
from tender.reading.paths import child
from tender.reading.scalars import kind_of, shown

LANGUAGES = tuple(language.value for language in Language)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text of the folder ``texts``, in the languages that it was found in.

    Attributes:
        text: The words.
        findings: What is wrong with its files.
    """

    text: Text
    findings: tuple[Finding, ...]


TextLoader = Callable[[str, str], TextFile]
"""Gives the text with an id, for the field at a path."""


def no_files(text_id: str, path: str) -> TextFile:
    """A loader where there is no folder: the text has no words, and nothing is found."""
    del text_id, path
    return TextFile(Text(), ())


def loader(folder: Path) -> TextLoader:
    """The loader of ``texts/<id>.<language>.md`` in a tender folder; ids must have passed their form."""

    def load(text_id: str, path: str) -> TextFile:
        words: dict[str, str | None] = {}
        findings: list[Finding] = []
        for language in LANGUAGES:
            name = f"{TEXT_FOLDER}/{text_id}.{language}.md"
            if not (folder / name).is_file():
                continue
            found = contents(folder, name, MOST_TEXT_BYTES, field=path)
            if found.finding is not None:
                findings.append(found.finding)
            text, finding = _plain(found.text or "", name, path)
            words[language] = text
            findings.extend([finding] if finding is not None else [])
        return TextFile(Text(**words), tuple(findings))

    return load


def _plain(text: str, name: str, path: str) -> tuple[str | None, Finding | None]:
    """A file's text with plain line ends and no control characters, and what was wrong with it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    found = unwanted(lines)
    if not found:
        return lines if lines.strip() else None, None
    finding = Finding("file.characters", Severity.BLOCK, path, {"file": name, "found": found}, place=Place(name))
    return cleaned(lines), finding


def missing_files(text_id: str, missing: tuple[Language, ...]) -> str:
    """The names of the files that a text lacks."""
    return ", ".join(f"{TEXT_FOLDER}/{text_id}.{language.value}.md" for language in missing)


@dataclass(slots=True)
class TextReader:
    """Reads texts of the file itself.

    Attributes:
        notes: Where findings go.
        languages: Languages that the tender declares; empty while they are not known.
    """

    notes: Notes
    languages: tuple[Language, ...] = ()

    def read(self, field: Field, raw: object, path: str) -> Text:
        """The text at `path`; a bare string is taken for the language that prevails."""
        if isinstance(raw, dict):
            return self._table(field, raw, path)
        values = {"found": shown(raw), "found_kind": kind_of(raw), "expected": "field-type.text"}
        self.notes.add("field.type", path, field, **values)
        if isinstance(raw, str) and self.languages and raw.strip():
            return Text(**{self.languages[0].value: cleaned(raw)})
        self.notes.break_at(path)
        return Text()

    def _table(self, field: Field, raw: Mapping[str, object], path: str) -> Text:
        matched = match(raw, LANGUAGES)
        allowed = ", ".join(LANGUAGES)
        for stray in matched.strays:
            here = child(path, stray.key)
            if stray.nearest:
                self.notes.add("field.unknown", here, field, found=shown(stray.key), nearest=stray.nearest)
            else:
                self.notes.add("field.unknown-here", here, field, found=shown(stray.key), allowed=allowed)
        words = {language: self._words(field, raw[key], child(path, key)) for language, key in matched.keys.items()}
        text = Text(**words)
        # What was there but could not be read has its own finding already.
        unread = {child(path, language.value) for language in self.languages} & self.notes.broken
        missing = text.missing(self.languages)
        lost = sum(not stray.taken for stray in matched.strays) + len(unread)
        if len(missing) > lost:
            said = ", ".join(language.value for language in missing)
            self.notes.add("text.missing-language", path, field, languages=said)
        if missing and missing == self.languages:
            self.notes.break_at(path)
        return text

    def _words(self, field: Field, raw: object, path: str) -> str | None:
        if not isinstance(raw, str):
            values = {"found": shown(raw), "found_kind": kind_of(raw), "expected": "field-type.string"}
            self.notes.add("field.type", path, field, **values)
            self.notes.break_at(path)
            return None
        found = unwanted(raw)
        if found:
            self.notes.add("field.characters", path, field, found=found)
        clean = cleaned(raw)
        return clean if clean.strip() else None
