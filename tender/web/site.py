"""What every page of the application knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tender.record.record import Clock
from tender.web.desk import Desk
from tender.web.links import Chance

if TYPE_CHECKING:
    from flask import Blueprint


@dataclass(frozen=True, slots=True)
class Site:
    """One tender folder, served.

    Attributes:
        folder: The tender folder.
        clock: Gives the present moment with its time zone.
        chance: Gives random bytes.
        desk: Drafts, links and accounts.
    """

    folder: Path
    clock: Clock
    chance: Chance
    desk: Desk


Pages = Callable[[Site], "Blueprint"]
"""What a house plugs in under ``valinta.pages``: makes its pages for a site."""


def site() -> Site:
    """The site of the request at hand."""
    from flask import current_app

    return cast("Site", current_app.extensions["valinta"])
