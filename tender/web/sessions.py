"""Who is here: the signed cookie holds a link's id and when it was opened, never a name or an answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import session

from tender.web.links import link_of
from tender.web.site import site

if TYPE_CHECKING:
    from tender.web.links import Link

LASTS = timedelta(hours=12)
"""How long a session lasts; a draft outlives it."""


def sign_in(who: str, name: str) -> None:
    """Begin a session: `who` is ``link`` or ``account``; whatever the visitor had before is dropped, but the language.

    The form token changes too, so that a page prepared by somebody else cannot be sent in this session.
    """
    language = session.get("language")
    session.clear()
    session.update({who: name, "since": site().clock().isoformat()})
    if language:
        session["language"] = language


def sign_out() -> None:
    """End the session."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def respondent() -> Link | None:
    """The respondent who is here; ``None`` when nobody is, the session is old, or the link was revoked."""
    name = signed_in("link")
    return link_of(site().desk, name) if name else None


def signed_in(who: str) -> str:
    """Name of the `who` (``link`` or ``account``) that is here; empty when none is."""
    name, since = session.get(who, ""), session.get("since", "")
    if not name or not since or site().clock() - datetime.fromisoformat(since) > LASTS:
        return ""
    return str(name)
