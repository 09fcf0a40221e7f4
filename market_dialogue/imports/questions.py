"""Questions of a survey written as ``[[dialogue.questions]]`` of a tender file, for an officer to complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from market_dialogue.imports.structure import Surveyed
from tender.language import Language
from tender.words import words

_LANGUAGES = {language.value for language in Language}


def questions_toml(questions: Iterable[Surveyed]) -> str:
    """The questions as text of a tender file, numbered from 1 in the survey's order; the same survey, the same text."""
    taken: set[str] = set()
    blocks = []
    for number, question in enumerate(questions, start=1):
        own = _id(question.code, number, taken)
        taken.add(own)
        blocks.append("\n".join(_block(number, own, question)))
    return "\n\n".join(blocks) + "\n"


def _block(number: int, own: str, question: Surveyed) -> Iterator[str]:
    languages = sorted({*question.wording} & _LANGUAGES) or [Language.EN.value]
    yield "[[dialogue.questions]]"
    yield f'id = "{own}"'
    yield f"number = {number}"
    texts = {"model": question.group, "context": question.help or question.group, "wording": question.wording}
    for name, text in texts.items():
        for language in languages:
            yield f"{name}.{language} = {_quoted(_best(text, language) or question.code)}"
    yield f'kind = "{question.kind}"'
    for language in languages:
        purpose = words(Language(language)).term("questions-from.purpose").format(code=question.code)
        yield f"purpose.{language} = {_quoted(purpose)}"
    yield from _parts(question, languages)


def _parts(question: Surveyed, languages: list[str]) -> Iterator[str]:
    """What the kind of the question needs: a unit, choices or columns."""
    if question.kind == "number":
        units = (f"{one} = {_quoted(words(Language(one)).term('questions-from.unit'))}" for one in languages)
        yield f"measure = {{ unit = {{ {', '.join(units)} }}, decimals = 2 }}"
    if question.kind == "choice":
        yield f"several = {'true' if question.several else 'false'}"
        yield "choices = ["
        ids: set[str] = set()
        for at, (code, label) in enumerate(question.choices, start=1):
            one = _id(code, at, ids)
            ids.add(one)
            yield f'  {{ id = "{one}", label = {_table(label, languages, code)} }},'
        yield "]"
    if question.kind == "table":
        yield "columns = ["
        yield from (f"  {_table(label, languages, code)}," for code, label in question.choices)
        yield "]"


def _table(label: Mapping[str, str], languages: Iterable[str], code: str) -> str:
    said = (f"{language} = {_quoted(_best(label, language) or code or '–')}" for language in languages)
    return f"{{ {', '.join(said)} }}"


def _best(text: Mapping[str, str], language: str) -> str:
    return text.get(language) or next(iter(text.values()), "")


def _id(code: str, number: int, taken: set[str]) -> str:
    """An id of the tender file made of `code`, unlike those `taken`."""
    plain = "-".join(re.findall(r"[a-z0-9]+", code.lower()))[:30].strip("-") or f"q{number}"
    return plain if plain not in taken else f"{plain}-{number}"


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + re.sub("[\x00-\x1f\x7f\ud800-\udfff]", " ", escaped) + '"'
