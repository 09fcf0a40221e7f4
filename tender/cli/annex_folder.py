"""``valinta annex audit`` of a whole package: all its tables together, and what was published before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tender.annexes.building.auditing import Audit, audited
from tender.annexes.building.fit import FOLDER, unsafe
from tender.annexes.building.linking import Period
from tender.annexes.building.public import known_from
from tender.annexes.building.residue import kept_counts
from tender.annexes.formats.package import DESCRIPTOR
from tender.annexes.formats.package_reading import altered_files, read_package
from tender.console import Console
from tender.errors import UsageError
from tender.publishing.open_data import has_package, released


def audit_folder(console: Console, place: Path, known: tuple[Path, ...]) -> int:
    """Audit the package in `place`, say what is found, and give the exit code.

    Args:
        console: Where words go.
        place: A package, or a folder with one in ``open-data/``.
        known: Files with figures that somebody else has published.

    Raises:
        UsageError: There is no package.
        InputError: The package or a file cannot be read.
    """
    home = place if has_package(place) else place.parent
    package = home / FOLDER if has_package(place) else place
    if not (package / DESCRIPTOR).is_file():
        raise UsageError("annex.no-package", folder=place)
    annex = read_package(package)
    period = Period(annex.flow_from, annex.reference_day)
    public = [*released(home), *(known_from(file.read_bytes(), file.name, period) for file in known)]
    counts = kept_counts(home)
    audit = audited(annex, public, counts)
    console.findings(unsafe(audit))
    altered = altered_files(package, annex)
    for name in altered:
        console.say("annex.audit-altered", file=name)
    console.say("annex.audit-cells", tables=len(annex.tables), cells=audit.cells, releases=len(public))
    console.say("annex.audit-truth" if audit.with_truth else "annex.audit-no-truth")
    console.say("annex.passed" if audit.safe else "annex.failed", count=len(audit.flaws), hidden=audit.hidden)
    console.result(_plain(console, audit, altered))
    return 0 if audit.safe else 1


def _plain(console: Console, audit: Audit, altered: tuple[str, ...]) -> dict[str, Any]:
    return {
        "safe": audit.safe,
        "cells": audit.cells,
        "hidden": audit.hidden,
        "with_truth": audit.with_truth,
        "altered": list(altered),
        "leaks": [
            {
                "table": each.spot.table,
                "at": list(each.spot.at),
                "leak": each.flaw.value,
                "low": each.low,
                "high": each.high,
            }
            for each in audit.flaws
        ],
        "findings": [console.finding_json(finding) for finding in unsafe(audit)],
        "intervals": [
            {
                "table": spot.table,
                "at": list(spot.at),
                "low": span.least,
                "high": span.most,
                "certified": span.low.certain and span.high.certain,
            }
            for spot, span in audit.spans
        ],
    }
