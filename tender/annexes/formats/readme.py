"""The read-me file: plain text that every machine opens, lines of at most 100 characters."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tender.annexes.formats.guide import Issue, Section, sections
from tender.annexes.formats.phrases import say
from tender.language import Language

_WIDTH = 100
_INDENT = "    "


def write_readme(issue: Issue, language: Language) -> bytes:
    """The read-me of the annex's folder in `language`, as UTF-8."""
    title = say("annex.guide.title", language)
    made_up = [*_lines(say("annex.format.synthetic", language), "*** "), ""] if issue.annex.synthetic else []
    parts = [line for section in sections(issue, language) for line in _section(section)]
    return "\n".join([title.upper(), "=" * len(title), "", *made_up, *parts]).encode()


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield section.heading
        yield "-" * len(section.heading)
    for label, text in section.lines:
        yield from _lines(label, "")
        yield from _lines(text, _INDENT)
    yield ""


def _lines(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False,
                         break_long_words=False)  # fmt: skip
