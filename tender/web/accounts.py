"""Accounts of officers: a password kept by argon2id, and a code of six digits that each moment makes anew (TOTP)."""

from __future__ import annotations

import hmac
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from tender.errors import UsageError
from tender.web.desk import Desk
from tender.web.links import Chance

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST_PASSWORD = 12
"""Fewest characters of a password."""

MOST_PASSWORD = 200
_FEW_AT_A_TIME = BoundedSemaphore(2)
"""Checks of passwords at the same moment: each takes 64 MiB, on purpose."""

_STEP = 30
_DRIFT = (-1, 0, 1)
"""Steps of half a minute by which a telephone's clock may be wrong."""


@dataclass(frozen=True, slots=True)
class Account:
    """An officer.

    Attributes:
        name: Name, as it stands on the record.
        revoked: Whether it opens nothing any more.
    """

    name: str
    revoked: bool


def add_account(desk: Desk, name: str, password: str, chance: Chance) -> str:
    """Make an account; the secret of its codes is given once, in the form that telephones take.

    Raises:
        UsageError: The name is empty or in use, or the password too short or too long.
    """
    import pyotp

    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise UsageError("web-account.password", least=LEAST_PASSWORD, most=MOST_PASSWORD)
    if not name.strip() or any(one.name == name for one in all_accounts(desk)):
        raise UsageError("web-account.name", name=name)
    secret = b32encode(chance(20)).decode()
    desk.write("INSERT INTO accounts VALUES (?, ?, ?, 0, NULL)", (name, _hasher().hash(password), secret))
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Valinta")


def all_accounts(desk: Desk) -> tuple[Account, ...]:
    """Every account by name."""
    rows = desk.rows("SELECT name, revoked_at FROM accounts ORDER BY name")
    return tuple(Account(str(name), revoked_at is not None) for name, revoked_at in rows)


def revoke_account(desk: Desk, name: str, now: datetime) -> bool:
    """Close an account and its sessions; whether there was an open one."""
    if not is_open(desk, name):
        return False
    desk.write("UPDATE accounts SET revoked_at = ? WHERE name = ?", (now.isoformat(), name))
    return True


def is_open(desk: Desk, name: str) -> bool:
    """Whether there is an open account called `name`."""
    return any(one.name == name and not one.revoked for one in all_accounts(desk))


def knows(desk: Desk, name: str, password: str, code: str, now: datetime) -> bool:
    """Whether password and code are those of the open account `name`; a code is taken once only."""
    rows = desk.rows("SELECT password, totp, used FROM accounts WHERE name = ? AND revoked_at IS NULL", (name,))
    kept, secret, used = rows[0] if rows else (_nobody(), "", 0)
    right = _is_password(str(kept), password[:MOST_PASSWORD])
    step = _step(str(secret), code, now) if secret else 0
    if not right or step <= int(str(used)):
        return False
    with desk.writing():
        desk.rows("UPDATE accounts SET used = ? WHERE name = ? AND used < ?", (step, name, step))
        taken = desk.rows("SELECT changes()")
    return taken == [(1,)]


def _step(secret: str, code: str, now: datetime) -> int:
    """The half minute whose code `code` is; 0 when it is none of those about `now`."""
    import pyotp

    totp, present = pyotp.TOTP(secret), int(now.timestamp()) // _STEP
    steps = [present + drift for drift in _DRIFT]
    fitting = [
        one for one in steps if hmac.compare_digest(totp.at(one * _STEP).encode(), code.encode("utf-8", "replace"))
    ]
    return max(fitting, default=0)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash that takes as long to refuse as a real one, so that nobody learns which names exist."""
    return _hasher().hash("nobody")


def _is_password(kept: str, password: str) -> bool:
    from argon2.exceptions import Argon2Error

    with _FEW_AT_A_TIME:
        try:
            return _hasher().verify(kept, password)
        except Argon2Error:
            return False
