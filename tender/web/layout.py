"""How pages are made: one language, one layout, words from the term tables."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Response, render_template, request, session

from tender.errors import Finding
from tender.language import Language, Text, moment_text, number_text
from tender.words import words

if TYPE_CHECKING:
    from flask import Flask

HELSINKI = ZoneInfo("Europe/Helsinki")


def language_here() -> Language:
    """The visitor's language: chosen on a page, else the browser's wish, else Finnish."""
    chosen = session.get("language")
    if chosen in set(Language):
        return Language(chosen)
    wished = request.accept_languages.best_match([language.value for language in Language])
    return Language(wished) if wished else Language.FI


def keep_language() -> None:
    """Keep the language that ``?lang=`` asks for."""
    asked = request.args.get("lang")
    if asked in set(Language):
        session["language"] = asked


def word(term_id: str, **values: object) -> str:
    """The term in the visitor's language, its blanks filled in."""
    return words(language_here()).term(term_id).format_map(values)


def spoken(text: Text | None) -> str:
    """`text` in the visitor's language, or in the first that has it."""
    return text.best(language_here()) if text else ""


def finding_text(finding: Finding) -> str:
    """What a finding says and advises, in the visitor's language."""
    return str(words(language_here()).finding(finding))


def local(moment: datetime) -> str:
    """`moment` in Finland's time, as the visitor's language writes it."""
    return moment_text(moment.astimezone(HELSINKI), language_here())


def page(template: str, status: int = 200, /, **context: object) -> Response:
    """The page made from ``templates/pages/<template>.html``."""
    return Response(render_template(f"pages/{template}.html", **context), status, mimetype="text/html")


def dress(app: Flask, notice: Text | None, title: Text) -> None:
    """Give the templates of `app` their functions.

    Args:
        app: The application.
        notice: What stands on every page: that drafts do not bind the buyer (A2).
        title: Name of the procurement.
    """
    app.before_request(keep_language)
    app.context_processor(lambda: _names(notice, title))


def _asked() -> str:
    """What the address asks besides the language, to stand before it in another address of the same page."""
    rest = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return f"{urlencode(rest)}&" if rest else ""


def _names(notice: Text | None, title: Text) -> dict[str, object]:
    return {
        "word": word,
        "spoken": spoken,
        "local": local,
        "finding": finding_text,
        "number": lambda number: number_text(number, language_here()),
        "language": language_here().value,
        "languages": [language.value for language in Language],
        "here": request.path if request.method == "GET" else "/",
        "asked": _asked() if request.method == "GET" else "",
        "notice": notice,
        "procurement": title,
    }
