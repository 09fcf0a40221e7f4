"""The gate of the open data annex: only a package that fits its declaration and passes its audit is published.

The gate reads ``open-data/`` of the tender folder and everything that was published before; the register is not needed.
With the true counts of the build at hand (``private/annex``) it sees more, without them it still fails closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from tender.annexes.building.auditing import Audit, Known, audited, known_of
from tender.annexes.building.fit import FOLDER, unfit, unsafe
from tender.annexes.building.residue import kept_counts
from tender.annexes.building.truth import Counts
from tender.annexes.formats.package import DESCRIPTOR, write_package
from tender.annexes.formats.package_reading import altered_files, read_package
from tender.errors import Finding, InputError, Place, Severity, blocking
from tender.model.annex import Annex
from tender.model.tender import Tender
from tender.publishing.folder import PUBLISHED

_AUDITS = 32
"""How many audits are remembered: checking, drafting and publishing ask the same one."""


def has_package(folder: Path) -> bool:
    """Whether `folder` holds a package."""
    return (folder / FOLDER / DESCRIPTOR).is_file()


def declared_annex(folder: Path, tender: Tender) -> Annex | None:
    """The annex of the tender in `folder`; ``None`` when it has none, or none that may be published.

    Not even a draft prints an annex that gives somebody away: drafts are sent about.
    """
    return None if blocking(open_data_findings(folder, tender)) else packed_annex(folder, tender)


def packed_annex(place: Path, tender: Tender) -> Annex | None:
    """The annex in `place`, a tender folder or a published one, without asking whether it may be published."""
    return next(_readable(place), None) if tender.open_data is not None else None


def package_files(place: Path) -> dict[str, bytes]:
    """The package in `place` by file name, as it was written; none when there is none that can be read."""
    return {name: data for annex in _readable(place) for name, data in write_package(annex).items()}


def open_data_findings(folder: Path, tender: Tender) -> tuple[Finding, ...]:
    """What keeps the annex of `tender` from being published; empty when nothing does."""
    if tender.open_data is None:
        strays = [folder / FOLDER / DESCRIPTOR] if has_package(folder) else []
        return tuple(Finding("open-data.undeclared", Severity.WARN, place=Place(FOLDER)) for _ in strays)
    if not has_package(folder):
        return (missing(Severity.BLOCK),)
    try:
        annex = read_package(folder / FOLDER)
        counts = kept_counts(folder)
    except InputError as error:
        place = error.place or Place(DESCRIPTOR)
        file = place.file if "/" in place.file else f"{FOLDER}/{place.file}"
        at = Place(file, place.line, place.column)
        return (Finding(error.message, Severity.BLOCK, "open_data", error.values, place=at),)
    altered = (
        Finding("open-data.altered", Severity.BLOCK, "open_data", {"file": f"{FOLDER}/{name}"}, place=Place(FOLDER))
        for name in altered_files(folder / FOLDER, annex)
    )
    return (*unfit(annex, tender), *unsafe(audit_of(annex, released(folder), counts)), *altered)


def missing(severity: Severity) -> Finding:
    """There is no package where one is declared: a draft may go on without."""
    return Finding("open-data.missing", severity, "open_data")


def released(folder: Path) -> tuple[Known, ...]:
    """The annexes of all versions that were published from `folder`, each with its number before its tables' ids."""
    return tuple(
        known_of(annex, f"{version}/")
        for version in _versions(folder)
        for annex in _readable(folder / PUBLISHED / str(version))
    )


def _versions(folder: Path) -> list[int]:
    return sorted(int(place.name) for place in (folder / PUBLISHED).glob("*") if place.name.isdigit())


def _readable(place: Path) -> Iterator[Annex]:
    """The annex in `place`, when there is one that can be read."""
    if has_package(place):
        with suppress(InputError):
            yield read_package(place / FOLDER)


@dataclass(frozen=True, slots=True)
class _Question:
    """An audit that is wanted; the same question has the same answer, wherever its files lie."""

    digest: str
    annex: Annex = field(compare=False)
    known: tuple[Known, ...] = field(compare=False)
    counts: Counts | None = field(compare=False)


def audit_of(annex: Annex, known: Iterable[Known], counts: Counts | None) -> Audit:
    """The audit of `annex`, made once for the same figures."""
    others = tuple(known)
    digest = sha256(repr((annex, others, counts)).encode()).hexdigest()
    return _answer(_Question(digest, annex, others, counts))


@lru_cache(_AUDITS)
def _answer(question: _Question) -> Audit:
    return audited(question.annex, question.known, question.counts)
