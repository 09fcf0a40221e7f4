"""A tender with open data, built and published once for many tests."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tender.publishing.annex_build import Built, Means, build

NOON = datetime(2018, 11, 5, 10, tzinfo=UTC)
SEED = "5eed" * 16


def means(*known: Path, dry_run: bool = False, seconds: float = 60.0) -> Means:
    """A clock that stands, the same seed each time, nobody who is told."""
    return Means(lambda: 0.0, lambda: SEED, seconds, lambda *_: None, lambda *_: None, known, dry_run=dry_run)


def built(folder: Path) -> Built:
    """The annex of `folder`, built."""
    return build(folder, means())


def cells(path: Path) -> list[list[str]]:
    """The rows of a CSV file of the package, its heads first."""
    return [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]


def hidden(package: Path) -> Iterator[tuple[Path, int, tuple[str, ...]]]:
    """File, line and coordinates of every hidden cell of a package."""
    for path in sorted(package.glob("*.csv")):
        heads, *lines = cells(path)
        if "status" not in heads:
            continue
        status = heads.index("status")
        for number, line in zip(itertools.count(1), lines, strict=False):
            if line[status] == "hidden":
                yield path, number, tuple(line[: heads.index("value")])


def reveal(path: Path, number: int, value: int) -> None:
    """Write `value` into the hidden cell of line `number` (heads are line 0) of a CSV file."""
    heads, *lines = cells(path)
    line = lines[number - 1]
    line[heads.index("value")], line[heads.index("status")] = str(value), "shown" if value else "zero"
    path.write_text("\n".join(",".join(row) for row in (heads, *lines)) + "\n", encoding="utf-8")
