"""PX files, as PxWeb and the statistical offices use them: one for each table, in all languages at once.

UTF-8, declared by ``CODEPAGE``. The table's axes but the last stand in the stub, the last one in the heading. A hidden
cell is ``"..."``. A translation follows right upon its original, as PxWeb writes and readers expect it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from tender.annexes.formats.codelists import languages_of
from tender.annexes.formats.descriptor import LICENCE, SYNTHETIC_MARK
from tender.annexes.formats.phrases import HIDDEN, axis_labels, labels, period, results, rules, say
from tender.language import Language
from tender.model.annex import TOTAL, Annex, AnnexCell, AnnexTable

_SUBJECT = "employment-services"
_LONGEST_MATRIX = 20
_VALUES_A_LINE = 8

Spoken = Callable[[Language], str]


def write_px(annex: Annex, table: AnnexTable, day: date) -> bytes:
    """The PX file of one `table` of `annex`, last updated on `day`; the annex has passed `guard_annex`."""
    languages = languages_of(annex)
    lines = [*_head(table, languages, day), *_titles(annex, table, languages), *_places(table, languages)]
    for number in range(len(table.axes)):
        lines += _axis(table, number, languages)
    lines += _notes(annex, table, languages)
    return "\n".join([*lines, "DATA=", *_data(table), ""]).encode()


def _head(table: AnnexTable, languages: Sequence[Language], day: date) -> Iterator[str]:
    yield 'CHARSET="ANSI";'
    yield 'AXIS-VERSION="2013";'
    yield 'CODEPAGE="utf-8";'
    yield f'LANGUAGE="{languages[0].value}";'
    yield f"LANGUAGES={_quoted([language.value for language in languages])};"
    yield f'CREATION-DATE="{day:%Y%m%d} 00:00";'
    yield "DECIMALS=0;"
    yield "SHOWDECIMALS=0;"
    yield f"MATRIX={_text(table.id[:_LONGEST_MATRIX])};"
    yield "COPYRIGHT=YES;"
    yield "OFFICIAL-STATISTICS=NO;"
    yield f'SUBJECT-CODE="{_SUBJECT}";'


def _titles(annex: Annex, table: AnnexTable, languages: Sequence[Language]) -> Iterator[str]:
    mark = f"{SYNTHETIC_MARK}: " if annex.synthetic else ""
    yield from _each("SUBJECT-AREA", languages, lambda one: _text(annex.title.best(one)))
    yield from _each("TITLE", languages, lambda one: _text(f"{mark}{table.title.best(one)}"))
    yield from _each("CONTENTS", languages, lambda one: _text(table.title.best(one)))
    yield from _each("UNITS", languages, lambda one: _text(table.unit.best(one)))


def _places(table: AnnexTable, languages: Sequence[Language]) -> Iterator[str]:
    last = len(table.axes) - 1
    if last:
        yield from _each("STUB", languages, lambda one: _quoted(axis_labels(table, one)[:last]))
    yield from _each("HEADING", languages, lambda one: _quoted(axis_labels(table, one)[last:]))


def _axis(table: AnnexTable, number: int, languages: Sequence[Language]) -> Iterator[str]:
    axis = table.axes[number]
    codes = [category.code for category in axis.categories]

    def name(language: Language) -> str:
        return _text(axis_labels(table, language)[number])

    yield from _each("VARIABLECODE", languages, lambda _: _text(axis.id), name)
    yield from _each("VALUES", languages, lambda one: _quoted(labels(axis, one)), name)
    yield from _each("CODES", languages, lambda _: _quoted(codes), name)
    if codes[0] == TOTAL:
        yield from _each("ELIMINATION", languages, lambda one: _text(labels(axis, one)[0]), name)


def _notes(annex: Annex, table: AnnexTable, languages: Sequence[Language]) -> Iterator[str]:
    def note(language: Language) -> str:
        made_up = [say("annex.format.synthetic", language)] if annex.synthetic else []
        symbols = say("annex.format.symbols", language, symbol=HIDDEN)
        protection = [*rules(annex, language), *results(annex, language)]
        return _text(" ".join([*made_up, period(annex, language), symbols, *protection]))

    yield from _each("SOURCE", languages, lambda one: _text(f"{annex.publisher.best(one)}, {LICENCE}"))
    if table.use.best(languages[0]):
        yield from _each("INFO", languages, lambda one: _text(table.use.best(one)))
    yield from _each("NOTE", languages, note)


def _each(keyword: str, languages: Sequence[Language], value: Spoken, of: Spoken | None = None) -> Iterator[str]:
    """One line a language, the first without its mark; `of` is the variable that the keyword speaks of."""
    for language in languages:
        mark = "" if language is languages[0] else f"[{language.value}]"
        variable = f"({of(language)})" if of else ""
        yield f"{keyword}{mark}{variable}={value(language)};"


def _data(table: AnnexTable) -> Iterator[str]:
    width = len(table.axes[-1].categories)
    for start in range(0, len(table.cells), width):
        row = " ".join(_cell(cell) for cell in table.cells[start : start + width])
        yield row if start + width < len(table.cells) else f"{row};"


def _cell(cell: AnnexCell) -> str:
    return f'"{HIDDEN}"' if cell.value is None else str(cell.value)


def _text(words: str) -> str:
    """A PX text has no way to hold its own quotation mark, so a typographic one stands for it."""
    return '"{}"'.format(words.replace('"', "”"))


def _quoted(many: Sequence[str]) -> str:
    """Several texts, broken into lines between them: readers differ on texts that are broken inside."""
    lines = [many[at : at + _VALUES_A_LINE] for at in range(0, len(many), _VALUES_A_LINE)]
    return ",\n".join(",".join(_text(one) for one in line) for line in lines)
