"""The reference page of the tender file, made from the field dictionary, and the files under ``docs/reference``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tender.language import Language
from tender.reading.dictionary import SCALARS, Dictionary, Field, Noun, Shape, dictionary
from tender.reading.limits import form_of, range_text
from tender.reading.schema import json_schema
from tender.words import words

PAGE, SCHEMA = "tender-file.md", "tender.schema.json"
"""Names of the two generated files."""

_EXAMPLES: Mapping[str, str] = {
    "text": '`name = { fi = "Hinta", sv = "Pris" }`, `name.fi = "Hinta"`',
    "string": '`contact = "Hankinta-asiantuntija"`',
    "id": '`id = "easy"`',
    "path": '`affects = ["framework.client_cap"]`',
    "integer": "`client_cap = 700`",
    "decimal": "`weight = 40`, `lowest = 0.60`",
    "fraction": '`share = "1/3"`',
    "boolean": "`synthetic = true`",
    "date": "`published = 2018-11-05`",
    "moment": "`tenders_until = 2018-12-11T12:00:00`",
}
"""How each kind of value is written; the same in every language."""


def write_reference(folder: Path) -> tuple[Path, ...]:
    """Write the page and the schema into `folder`, in English.

    Returns:
        The files that were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {PAGE: reference_page(Language.EN), SCHEMA: schema_text()}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in files)


def schema_text() -> str:
    """The JSON Schema as the text of its file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def reference_page(language: Language) -> str:
    """The whole dictionary as one Markdown page in `language`: a table for each noun, in the order of the file."""
    return "\n".join(_Page(dictionary(), language).lines()).rstrip() + "\n"


class _Page:
    """One page in one language."""

    def __init__(self, book: Dictionary, language: Language) -> None:
        self._book = book
        self._language = language
        self._terms = words(language)

    def lines(self) -> Iterator[str]:
        """The page line by line."""
        yield from (f"# {self._word('title')}", "", self._word("intro"), "", self._word("editor"), "")
        yield from self._values()
        told: set[str] = set()
        yield from self._noun(self._book.root, "tender.toml", told)
        yield from self._choices()

    def _word(self, name: str) -> str:
        return self._terms.term(f"field-page.{name}")

    def _values(self) -> Iterator[str]:
        yield from (
            f"## {self._word('values')}",
            "",
            f"| {self._word('kind')} | {self._word('example')} |",
            "|---|---|",
        )
        for kind in _EXAMPLES:
            yield f"| {self._terms.term(f'field-type.{kind}')} | {_EXAMPLES[kind]} |"
        yield ""

    def _noun(self, noun: Noun, written: str, told: set[str]) -> Iterator[str]:
        """The table of a noun, then those of the nouns inside it; each noun once."""
        told.add(noun.name)
        yield from (_anchor(noun.name), "", f"## {self._terms.term(noun.label)}", "", f"`{written}`", "")
        yield from (noun.meaning.best(self._language), "")
        heads = [self._word(name) for name in ("field", "type", "need", "limits", "meaning", "basis")]
        yield f"| {' | '.join(heads)} |"
        yield "|---" * len(heads) + "|"
        for field in noun.fields.values():
            yield f"| {' | '.join(self._row(field))} |"
        yield ""
        for field in noun.fields.values():
            below = self._book.nouns.get(field.type.of)
            if below is not None and below.name not in told:
                yield from self._noun(below, _header(noun, field, written), told)

    def _row(self, field: Field) -> tuple[str, ...]:
        label = self._terms.term(field.label)
        cells = (
            f"`{field.name}`<br>{label}",
            self._type(field),
            self._need(field),
            "<br>".join(self._limits(field)),
            field.meaning.best(self._language),
            field.basis,
        )
        return tuple(cell.replace("|", "\\|") for cell in cells)

    def _type(self, field: Field) -> str:
        of, shape = field.type.of, field.type.shape
        if shape is Shape.FILES:
            return self._terms.term("field-type.files")
        if of in SCALARS:
            inner = self._terms.term(f"field-type.{of}")
        elif of in self._book.choices:
            inner = f"[{self._terms.term('field-type.choice')}](#{of.lower()})"
        else:
            inner = f"[{self._terms.term(f'noun.{of}')}](#{of.lower()})"
        if shape is Shape.LIST:
            return f"{self._terms.term('field-type.list-of')} {inner}"
        return f"{self._terms.term(f'field-type.map-by-{field.type.by}')} {inner}" if shape is Shape.MAP else inner

    def _need(self, field: Field) -> str:
        if field.required:
            return self._word("required")
        for word, condition in (("when", field.when), ("only", field.only)):
            for name, values in (condition or {}).items():
                return f"{self._word(word)} `{name}` = {', '.join(f'`{value}`' for value in values)}"
        if isinstance(field.default, str | int):
            return f"{self._word('default')} `{json.dumps(field.default)}`"
        return self._word("optional")

    def _limits(self, field: Field) -> Iterator[str]:
        unit = self._terms.term(f"field-unit.{field.unit}") if field.unit else ""
        if field.minimum is not None or field.maximum is not None:
            yield f"{range_text(field)} {unit}".rstrip()
        elif unit:
            yield unit
        if field.items:
            yield f"{self._word('items')} {field.items}"
        if field.unique:
            yield self._word("unique")
        if form_of(field):
            yield self._terms.term(f"field-form.{form_of(field)}")

    def _choices(self) -> Iterator[str]:
        yield from (f"## {self._word('choices')}", "")
        for name, choice in self._book.choices.items():
            yield from (_anchor(name), "", f"### {name}", "")
            for one in choice:
                yield f"- `{one.value}`: {self._terms.term(f'choice.{name}.{one.value}')}"
            yield ""


def _anchor(name: str) -> str:
    """A target for links that does not depend on the words of a heading."""
    return f'<a id="{name.lower()}"></a>'


def _header(noun: Noun, field: Field, written: str) -> str:
    """How the table of a noun inside another begins in the file."""
    above = "" if noun.name == "Tender" else written.strip("[]") + "."
    path = f"{above}{field.name}"
    if field.type.shape is Shape.LIST:
        return f"[[{path}]]"
    return f"[{path}.<id>]" if field.type.shape is Shape.MAP else f"[{path}]"
