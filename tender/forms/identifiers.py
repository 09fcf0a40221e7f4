"""Business ids and e-mail addresses as bidders write them."""

from __future__ import annotations

import re

_BUSINESS_ID = re.compile(r"(\d{7})-(\d)", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_MODULUS = 11
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]{1,64}@(?:[^\s@.,;:<>()\[\]\"\\]{1,63}\.)+[^\s@.,;:<>()\[\]\"\\\d]{2,63}")
_LONGEST_EMAIL = 254


def is_business_id(text: str) -> bool:
    """Whether `text` is a Finnish business id (y-tunnus) with the right check digit; existence is not proved.

    >>> is_business_id("0737546-2"), is_business_id("0737546-3"), is_business_id("737546-2")
    (True, False, False)
    """
    match = _BUSINESS_ID.fullmatch(text)
    if match is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(match[1], _WEIGHTS, strict=True))
    return (total + int(match[2])) % _MODULUS == 0


def is_email(text: str) -> bool:
    """Whether `text` has the form of one e-mail address.

    >>> is_email("tarjous@yritys.example.invalid"), is_email("tarjous@yritys"), is_email("a@b.fi, c@d.fi")
    (True, False, False)
    """
    return len(text) <= _LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None
