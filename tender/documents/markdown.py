"""From Markdown to HTML: clauses, tables with headers that assistive technology understands, and user texts.

Values that are not the clause writer's own words are escaped before they meet Markdown, and finished HTML passes
through it inside marks of the private-use area, so no text of a tender can become markup.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LEAD_IN = "lead-in"
"""Class of a paragraph that leads to a list, a table or a box."""

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}([0-9a-f]*){_CLOSE}")
_ALONE = re.compile(f"<p>\\s*{_OPEN}([0-9a-f]*){_CLOSE}\\s*</p>")
_BLOCK = re.compile(r"\s*<(div|table|p|ul|ol|dl|section|figure|aside|h[1-6])\b")
_PRIVATE = re.compile("[\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f]")
_DEEPEST_HEADING = 6
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def escape_markdown(text: str) -> str:
    """`text` so that Markdown prints it letter by letter, on one line."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(_PRIVATE.sub("", text).split("\n")))


class Sealed(Markup):
    """Finished HTML as a mark that passes through Markdown untouched."""


def sealed(html: str) -> Sealed:
    """`html` as a mark; `clause_html` and `table_html` open it again."""
    return Sealed(f"{_OPEN}{html.encode().hex()}{_CLOSE}")


def sealed_block(html: str) -> Sealed:
    """`html` as a mark in a paragraph of its own, for template calls, whose end swallows the line's end."""
    return Sealed(f"\n\n{sealed(html)}\n\n")


def clause_html(markdown: str, heading: int = 3) -> Markup:
    """The body of a clause as HTML.

    Args:
        markdown: Markdown with tables; raw HTML in it is printed as text.
        heading: Level of the heading that ``###`` becomes.
    """
    parser = _clause_parser()
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{heading}"
    _mark_lead_ins(tokens)
    return _unsealed(parser.renderer.render(tokens, parser.options, {}))


def table_html(markdown: str, before: Markup = Markup(), *, head: bool = True) -> Markup:  # noqa: B008  # immutable
    """The one table of `markdown`, with scopes, numeric columns and total rows marked.

    Args:
        markdown: A Markdown table.
        before: HTML for the start of the table: its caption and column widths.
        head: Whether the header row is printed.

    Raises:
        ValueError: There is not exactly one table and nothing else.
    """
    parser = _clause_parser()
    tokens = parser.parse(markdown)
    kinds = [token.type for token in tokens if token.level == 0 and token.nesting == 1]
    if kinds != ["table_open"]:
        message = f"expected one Markdown table, found {kinds}"
        raise ValueError(message)
    _mark_cells(tokens)
    if not head:
        tokens = _without_head(tokens)
    html = parser.renderer.render(tokens, parser.options, {})
    return _unsealed(html.replace("<table>\n", f"<table>\n{before}", 1))


def prose_html(text: str, heading: int = 3) -> Markup:
    """A user's longer text as a safe subset of Markdown: paragraphs, lists, emphasis, tables, headings.

    Args:
        text: Markdown; HTML, links and images in it are printed as text.
        heading: Level of the heading that ``##`` becomes; a ``#`` title at the start is left out: the clause has one.
    """
    parser = _prose_parser()
    tokens = parser.parse(_PRIVATE.sub("", text))
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        tokens = tokens[3:]
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{_prose_level(token.tag, heading)}"
    _mark_lead_ins(tokens)
    _mark_cells(tokens)
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704  # made by the parser, HTML is off


def _prose_level(tag: str, heading: int) -> int:
    """Level of a user's heading: ``##`` stands highest, deeper ones below it."""
    return min(_DEEPEST_HEADING, heading + max(0, int(tag[1]) - 2))


def _mark_lead_ins(tokens: Sequence[Token]) -> None:
    """A class for the paragraphs that lead to what follows them, which no page may part from it."""
    for index, token in enumerate(tokens):
        if token.type == "paragraph_open" and _leads_in(tokens[index + 1 : index + 5]):
            token.attrSet("class", LEAD_IN)


def _leads_in(following: Sequence[Token]) -> bool:
    """Whether a paragraph of words ends with a colon, or a list or finished HTML follows it; its text comes first."""
    if _MARKED.fullmatch(following[0].content.strip()):
        return False
    if following[0].content.rstrip("*_ ").endswith(":"):
        return True
    types = [token.type for token in following]
    sealed_next = types[2:] == ["paragraph_open", "inline"] and _MARKED.fullmatch(following[3].content) is not None
    return sealed_next or types[2:3] in (["bullet_list_open"], ["ordered_list_open"])


def _mark_cells(tokens: Sequence[Token]) -> None:
    """Scopes for header cells, a class for numbers, and a row header in the first column."""
    first = False
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            first = True
            if _opens_with_bold(tokens[index + 1 :]):
                token.attrSet("class", "total")
        elif token.type in {"th_open", "td_open"}:
            _mark_cell(tokens, index, first=first)
            first = False


def _mark_cell(tokens: Sequence[Token], index: int, *, first: bool) -> None:
    token, content, close = tokens[index : index + 3]
    if "right" in str(token.attrGet("style")):
        token.attrSet("class", "num")
    token.attrs.pop("style", None)
    filled = bool(unescape(content.content).strip())
    if token.type == "th_open" and not filled:
        token.tag = close.tag = "td"
    elif token.type == "th_open":
        token.attrSet("scope", "col")
    elif first and filled:
        token.tag = close.tag = "th"
        token.attrSet("scope", "row")


def _opens_with_bold(following: Sequence[Token]) -> bool:
    """Whether the row that `following` continues begins with a bold cell."""
    inline = next((token for token in following if token.type == "inline"), None)
    return inline is not None and inline.content.startswith("**")


def _without_head(tokens: list[Token]) -> list[Token]:
    """`tokens` of a table without its header row."""
    kinds = [token.type for token in tokens]
    start, end = kinds.index("thead_open"), kinds.index("thead_close")
    return tokens[:start] + tokens[end + 1 :]


def _unsealed(html: str) -> Markup:
    """`html` with its marks opened; block HTML that stands alone in a paragraph sheds the paragraph."""

    def alone(match: re.Match[str]) -> str:
        content = bytes.fromhex(match[1]).decode()
        return content if _BLOCK.match(content) or not content else f"<p>{content}</p>"

    opened = _ALONE.sub(alone, html)
    opened = _MARKED.sub(lambda match: bytes.fromhex(match[1]).decode(), opened)
    return Markup(opened)  # noqa: S704  # Markdown's own output with HTML off, and HTML that was finished before


def plain(text: str) -> Markup:
    """`text` escaped for HTML."""
    return escape(text)


@cache
def _clause_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only when a document is made

    parser = MarkdownIt("commonmark", {"html": False})
    return parser.enable("table").disable(["image", "html_block", "html_inline", "code", "fence", "lheading", "hr"])


@cache
def _prose_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero", {"html": False}).enable(["heading", "list", "table", "emphasis", "escape", "newline"])
