"""The two Jinja2 environments of a language: one for clauses, whose values meet Markdown, and one for HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from types import CodeType
from typing import TYPE_CHECKING

from markupsafe import Markup

from tender.documents import numbers
from tender.documents.filters import Filters
from tender.documents.markdown import Sealed, escape_markdown, sealed
from tender.language import Language
from tender.words import templates_folder, words

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment


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
    environment.globals["message"] = words(language).message
    return environment


def clause_template(language: Language, markdown: str, names: Mapping[str, object]) -> Template:
    """The template of one clause with the functions that it may call.

    Args:
        language: Its language.
        markdown: Its text.
        names: Functions and values by the names that the clause uses.

    Raises:
        jinja2.TemplateSyntaxError: The text is no template.
    """
    from jinja2 import Template

    environment = clause_environment(language)
    return Template.from_code(environment, _code(language, markdown), environment.make_globals(dict(names)))


@lru_cache(maxsize=4096)
def _code(language: Language, markdown: str) -> CodeType:
    """A clause compiled once for all pages that print it: compiling takes longer than printing."""
    return clause_environment(language).compile(markdown)


def _environment(language: Language, finalize: Callable[[object], str]) -> ImmutableSandboxedEnvironment:
    from jinja2 import FunctionLoader, StrictUndefined  # only when a document is made
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
        loader=FunctionLoader(template_source),
    )
    environment.filters.update(Filters(language).names())
    environment.tests["present"] = numbers.present
    return environment


def template_source(name: str) -> str | None:
    """Text of a file below ``templates``, or ``None``; names with ``..`` lead nowhere."""
    parts = name.split("/")
    source = templates_folder().joinpath(*parts)
    return source.read_text(encoding="utf-8") if ".." not in parts and source.is_file() else None
