"""Trade secrets that bidders claimed and the buyer accepted: what others never see (JulkL 24.1 p. 20, 10)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tender.errors import InputError, Place

SECRETS = "private/secrets.toml"
"""Where the accepted secrets of a tender folder stand."""
TAKEN_OUT = "[…]"
"""What stands in the place of a passage that is a trade secret."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One accepted trade secret.

    Attributes:
        bidder: Whose it is.
        text: The passage that is taken out of every text that others see; empty when it is the unit prices.
        prices: Whether the unit prices are secret.
        ground: Why it was accepted.
    """

    bidder: str
    text: str
    prices: bool
    ground: str


def read_secrets(folder: Path) -> tuple[Secret, ...]:
    """The accepted trade secrets of `folder`; none when there is no such file.

    Raises:
        InputError: It is no TOML, or an entry lacks its bidder, what is secret, or the ground.
    """
    path = folder / SECRETS
    if not path.is_file():
        return ()
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("secrets", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError("secrets.no-toml", place=Place(SECRETS), detail=str(error)) from error
    listed = rows if isinstance(rows, list) else [None]
    return tuple(_secret(number, row) for number, row in enumerate(listed, start=1))


def without_secrets(text: str, secrets: tuple[Secret, ...], reader: str = "") -> str:
    """`text` as `reader` may see it: passages that are other bidders' secrets are taken out, the rest stays."""
    for secret in sorted(secrets, key=lambda each: -len(each.text)):
        if secret.text and secret.bidder != reader:
            text = text.replace(secret.text, TAKEN_OUT)
    return text


def _secret(number: int, row: object) -> Secret:
    entry = row if isinstance(row, dict) else {}
    bidder, text, ground = (entry.get(key, "") for key in ("bidder", "text", "ground"))
    prices = entry.get("prices", False)
    fit = all(isinstance(each, str) for each in (bidder, text, ground)) and isinstance(prices, bool)
    if not (fit and bidder and ground and (text or prices)):
        raise InputError("secrets.entry", place=Place(SECRETS), number=number)
    return Secret(bidder, text, prices, ground)
