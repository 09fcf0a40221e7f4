"""What a browser may do with our pages, and what we take from one. Nothing here can be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request
from flask_wtf.csrf import CSRFProtect

if TYPE_CHECKING:
    from flask import Flask, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
PAPER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; sandbox allow-popups allow-top-navigation-by-user-activation"
)
"""For the tender's documents, which carry their own styles: they may look as they like and do nothing."""

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
MOST_BYTES = 12 * 1024 * 1024
"""Largest request: one attachment and its form."""

MOST_TEXT = 1_000_000
"""Most bytes of a form's fields together, files left out."""

MOST_FIELDS = 300
MOST_HEADERS = 16 * 1024
"""Most bytes of a request's headers together."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def secure(app: Flask, secret: bytes, hosts: tuple[str, ...]) -> None:
    """Set every guard on `app`.

    Args:
        app: The application.
        secret: Key that signs the cookie.
        hosts: Names under which the application may be asked.
    """
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME="__Host-valinta",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_TEXT,
        MAX_FORM_PARTS=MOST_FIELDS,
        TRUSTED_HOSTS=list(hosts),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a good answer takes more than an hour
        WTF_CSRF_SSL_STRICT=False,  # asks for a referrer, which our pages never send; `_same_site` stands for it
    )
    app.before_request(_modest)
    app.before_request(_same_site)
    CSRFProtect(app)
    app.after_request(_with_headers)


def _modest() -> None:
    """Short headers; and a body without files is no longer than the fields of a form may be."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = MOST_TEXT
    if sum(len(name) + len(value) for name, value in request.headers.items()) > MOST_HEADERS:
        abort(431)


def _same_site() -> None:
    """A form sent from another site is refused by what the browser says of it, before its token is looked at."""
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site", "none") not in {
        "same-origin",
        "none",
    }:
        abort(400)


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
