"""All formats of one annex, as a folder of files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tender.annexes.formats.package import write_package
from tender.annexes.formats.px import write_px
from tender.model.annex import Annex


def write_all(annex: Annex, day: date) -> Mapping[str, bytes]:
    """Every file of `annex` by its path in the annex's folder; the same input, the same bytes.

    The data package lies at the top of the folder, so that `read_package` reads it there again.

    Args:
        annex: The protected annex, as built or as read back from its package.
        day: Day of publication.

    Raises:
        InputError: The annex cannot be written (`tender.annexes.formats.package.write_package` says why).
    """
    package = write_package(annex)
    tables = {f"px/{table.id}.px": write_px(annex, table, day) for table in annex.tables}
    return {**package, **tables}
