"""E-mail and web addresses as links, wherever a page prints one: in a clause, in a buyer's own text, in a table."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"<(?P<closed>a|head|script|style|svg|title)\b.*?</(?P=closed)>|<[^>]*>"
    r"|(?P<web>https://(?:[^\s<>\"'()\[\]&]|&amp;)*[\w/])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    re.DOTALL,
)
"""What has no address for us, which is tags and elements that are closed to links, or else an address."""


def link_addresses(html: str) -> str:
    """`html` with a link around every address in its text that has none yet; what is printed stays the same.

    >>> link_addresses("<p>Kysy: kirjaamo@example.invalid.</p>")
    '<p>Kysy: <a class="ref" href="mailto:kirjaamo@example.invalid">kirjaamo@example.invalid</a>.</p>'
    """
    return _ADDRESS.sub(_linked, html)


def _linked(match: re.Match[str]) -> str:
    found, scheme = match.group(), "mailto:" if match["mail"] else ""
    return f'<a class="ref" href="{scheme}{found}">{found}</a>' if match["web"] or scheme else found
