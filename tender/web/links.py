"""Personal links of respondents: a secret address and a typed code, neither kept in the clear.

The address holds 256 random bits and is kept as SHA-256. The code is kept as SHA-256 of both, so that whoever reads
the desk can guess neither. Opening the address does nothing; only the code, sent from the page, opens a session,
because mail scanners open every address that they see.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tender.web.desk import Cell, Desk

Chance = Callable[[int], bytes]
"""Gives so many random bytes: `secrets.token_bytes` outside tests."""

_COLUMNS = "SELECT id, name, made_at, revoked_at FROM links"


@dataclass(frozen=True, slots=True)
class Link:
    """A respondent's way in.

    Attributes:
        id: Its public name, by which it is revoked.
        name: Whom it is for.
        made_at: When it was made.
        revoked: Whether it opens nothing any more.
    """

    id: str
    name: str
    made_at: datetime
    revoked: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A new link with its secrets, which are shown once and kept nowhere.

    Attributes:
        link: The link.
        token: What its address ends with.
        code: Six digits, told by another way than the address.
    """

    link: Link
    token: str
    code: str


def make_link(desk: Desk, name: str, now: datetime, chance: Chance) -> Made:
    """A new link for `name`."""
    token = urlsafe_b64encode(chance(32)).decode().rstrip("=")
    code = f"{int.from_bytes(chance(8), 'big') % 1_000_000:06d}"
    link = Link(chance(6).hex(), name, now, revoked=False)
    desk.write(
        "INSERT INTO links VALUES (?, ?, ?, ?, ?, NULL)",
        (link.id, _token_hash(token), _code_hash(token, code), name, now.isoformat()),
    )
    return Made(link, token, code)


def open_link(desk: Desk, token: str, code: str) -> Link | None:
    """The link that `token` and `code` open; ``None`` when they open none."""
    found = desk.rows("SELECT id, code FROM links WHERE token = ? AND revoked_at IS NULL", (_token_hash(token),))
    kept = found[0][1] if found else b""
    right = hmac.compare_digest(kept if isinstance(kept, bytes) else b"", _code_hash(token, code))
    return link_of(desk, str(found[0][0])) if found and right else None


def link_of(desk: Desk, link_id: str) -> Link | None:
    """The link called `link_id`; ``None`` when there is none or it was revoked."""
    found = desk.rows(f"{_COLUMNS} WHERE id = ? AND revoked_at IS NULL", (link_id,))
    return _link(*found[0]) if found else None


def all_links(desk: Desk) -> tuple[Link, ...]:
    """Every link in order of making, revoked ones included."""
    return tuple(_link(*row) for row in desk.rows(f"{_COLUMNS} ORDER BY made_at, id"))


def revoke_link(desk: Desk, link_id: str, now: datetime) -> bool:
    """Close the link called `link_id` and every session that it opened; whether there was one open."""
    if link_of(desk, link_id) is None:
        return False
    desk.write("UPDATE links SET revoked_at = ? WHERE id = ?", (now.isoformat(), link_id))
    return True


def _link(link_id: Cell, name: Cell, made_at: Cell, revoked_at: Cell) -> Link:
    return Link(str(link_id), str(name), datetime.fromisoformat(str(made_at)), revoked=revoked_at is not None)


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _code_hash(token: str, code: str) -> bytes:
    return hashlib.sha256(f"{token}\n{code}".encode("utf-8", "replace")).digest()
