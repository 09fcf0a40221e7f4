"""The two Jinja2 environments of a language: one for clauses, whose values meet Markdown, and one for HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from tender.documents import numbers
from tender.documents.markdown import Sealed, escape_markdown, prose_html, sealed
from tender.language import Language
from tender.model.statements import Step
from tender.money import Exact
from tender.words import templates_folder, words

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

Filters = dict[str, Callable[..., object]]


@cache
def clause_environment(language: Language) -> ImmutableSandboxedEnvironment:
    """The environment of clauses and of the words of statements: what is printed is spoken and escaped for Markdown."""

    def spoken(value: object) -> Markup:
        if isinstance(value, Markup):
            return value if isinstance(value, Sealed) else sealed(value)
        return Markup(escape_markdown(numbers.speak(value, language)))  # noqa: S704  # escaped for Markdown, HTML is off

    return _environment(language, spoken)


@cache
def page_environment(language: Language) -> ImmutableSandboxedEnvironment:
    """The environment of layouts and partials: what is printed is spoken and escaped for HTML."""

    def spoken(value: object) -> str | Markup:
        return value if isinstance(value, Markup) else numbers.speak(value, language)

    environment = _environment(language, spoken)
    environment.globals["word"] = words(language).term
    return environment


def _environment(language: Language, finalize: Callable[[object], str]) -> ImmutableSandboxedEnvironment:
    from jinja2 import FunctionLoader, StrictUndefined  # noqa: PLC0415  # only when a document is made
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
        loader=FunctionLoader(template_source),
    )
    environment.filters.update(_filters(language))
    environment.tests["present"] = numbers.present
    return environment


def template_source(name: str) -> str | None:
    """Text of a file below ``templates``, or ``None``; names with ``..`` lead nowhere."""
    parts = name.split("/")
    source = templates_folder().joinpath(*parts)
    return source.read_text(encoding="utf-8") if ".." not in parts and source.is_file() else None


def _filters(language: Language) -> Filters:
    """The filters that clauses may use; their words stand in the clause writer's guide."""

    def term(value: object, prefix: str) -> str:
        return words(language).term(f"{prefix}.{value}")

    def euros(value: Exact | str, decimals: int | None = None) -> str:
        return numbers.euros(value, language, decimals)

    def number(value: Exact | str, decimals: int | None = None) -> str:
        return numbers.number(value, language, decimals)

    def count(value: int, one: str, many: str) -> str:
        return numbers.count(value, one, many, language)

    def percent(value: Exact) -> str:
        return numbers.percent(value, language)

    def listed(items: Iterable[object]) -> str:
        return numbers.listed(items, language)

    def step(value: Step) -> str:
        return numbers.step_text(value, language)

    def say(value: object) -> str:
        return numbers.speak(value, language)

    def prose(value: object, heading: int = 3) -> Markup:
        return prose_html(numbers.speak(value, language), heading)

    return {
        "count": count,
        "euros": euros,
        "number": number,
        "percent": percent,
        "prose": prose,
        "say": say,
        "result": step,
        "term": term,
        "words": listed,
        "year": str,
    }
