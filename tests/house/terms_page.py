"""Writes ``docs/reference/terms.md`` from the one list of terms: ``python -m tests.house.terms_page``."""

from __future__ import annotations

from collections.abc import Iterator

from tender.language import Language
from tender.wording.glossary import Term, Trap, glossary
from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "reference" / "terms.md"
_HEAD = """# Terms

Made from `templates/glossary.toml` (`make docs`); a test fails when it is not current. Documents use these words, and
notices the eForms words in brackets where they differ. A term without a source has no official form: a tender defines
it. `valinta check --documents` and `valinta publish` hold the finished documents to this list.

| Finnish | Swedish | English | Source |
|---|---|---|---|
"""
_TRAPS = """
## Words that documents never use

| Language | Word | Write instead | Why |
|---|---|---|---|
"""


def _cell(term: Term, language: Language) -> str:
    notice = term.notice.get(language)
    word = term.words.best(language)
    return f"{word} ({notice})" if notice else word


def _term_row(term: Term) -> str:
    cells = (*(_cell(term, language) for language in Language), term.source or "–")
    return f"| {' | '.join(cells)} |\n"


def _trap_row(trap: Trap) -> str:
    return f"| {trap.language.value} | {trap.stem}… | {trap.instead} | {trap.why} |\n"


def terms_page() -> str:
    """The whole page."""

    def lines() -> Iterator[str]:
        yield _HEAD
        yield from (_term_row(term) for term in glossary().terms)
        yield _TRAPS
        yield from (_trap_row(trap) for trap in glossary().traps)

    return "".join(lines())


if __name__ == "__main__":
    PAGE.write_text(terms_page(), encoding="utf-8")
