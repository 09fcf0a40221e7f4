"""What every page of the application knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

from tender.model.tender import Tender
from tender.publishing.folder import RECORD_FILE
from tender.record.record import Clock
from tender.record.writer import Writer
from tender.web.desk import Desk
from tender.web.links import Chance

if TYPE_CHECKING:
    from flask import Blueprint


class Site:
    """One tender folder, served.

    Args:
        folder: The tender folder.
        tender: Its tender, as it stood when the pages were opened.
        clock: Gives the present moment with its time zone.
        chance: Gives random bytes.
        desk: Drafts, links and accounts.
    """

    def __init__(self, folder: Path, tender: Tender, clock: Clock, chance: Chance, desk: Desk) -> None:
        self.folder = folder
        self.clock = clock
        self.chance = chance
        self.desk = desk
        self.tender = tender
        self._writer: Writer | None = None
        self._gate = Lock()

    def salt(self) -> bytes:
        """The salt of a commitment."""
        return self.chance(32)

    def writer(self) -> Writer:
        """The one writer of the record that all threads share; opened when the first of them has something to write.

        Raises:
            RecordError: The record cannot be opened for writing.
        """
        with self._gate:
            if self._writer is None:
                self._writer = Writer(self.folder / RECORD_FILE, self.clock, self.salt, self.tender.id)
            return self._writer

    def close(self) -> None:
        """Write what waits, and close."""
        with self._gate:
            if self._writer is not None:
                self._writer.close()
        self.desk.close()


Pages = Callable[[Site], "Blueprint"]
"""What a house plugs in under ``valinta.pages``: makes its pages for a site."""


def site() -> Site:
    """The site of the request at hand."""
    from flask import current_app

    return cast("Site", current_app.extensions["valinta"])
