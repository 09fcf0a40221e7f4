"""Building the open data annex: from the register extract to a package that may be published.

The extract is counted and left where it is. What leaves ``private/`` are protected figures, and only when they have
passed the same gate that publishing asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tender.annexes.building.assembly import build_annex, period_of, truth_of
from tender.annexes.building.auditing import Audit, Known, audited, fitting, public_cells
from tender.annexes.building.fit import FOLDER, unfit, unsafe
from tender.annexes.building.protecting import Clock, Guarded, Guarding, Tell
from tender.annexes.building.public import known_from
from tender.annexes.building.residue import keep_counts, keep_seed, kept_seed
from tender.annexes.counts import TrueTable
from tender.annexes.formats.package import write_package
from tender.annexes.formats.writing import write_all
from tender.errors import BlockedError, Finding, Place, UsageError, blocking
from tender.model.annex import Annex
from tender.model.open_data import Guard, OpenData
from tender.model.tender import Tender
from tender.publishing.examination import readable_tender
from tender.publishing.folder import DRAFT, swap_folder
from tender.publishing.open_data import released

if TYPE_CHECKING:
    from tender.annexes.grouping.assigning import Assignment
    from tender.annexes.register.register import Register

SECONDS = 60.0
"""Time for the search for the best protection; the best safe one found by then is taken."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a build read.

    Attributes:
        file: Name of the extract.
        rows: Its rows.
        kept: Rows that were counted.
        outside: Rows of other areas.
        refused: Rows that break a rule.
        synthetic: Whether it is invented.
        findings: What was found in it.
        groups: How clients came into their risk groups; ``None`` when no grouping is declared.
    """

    file: str
    rows: int
    kept: int
    outside: int
    refused: int
    synthetic: bool
    findings: tuple[Finding, ...] = ()
    groups: Assignment | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """What a build works with.

    Attributes:
        clock: Seconds from any moment.
        seed: Gives a fresh secret seed, as hexadecimal digits.
        seconds: Time for the search.
        counted: Told when the tables are counted: what was read, and how many tables there are.
        tell: Told before each block that is protected.
        known: Files with figures that somebody else has published.
        accept_bad_rows: Whether to go on without rows that break a rule.
        dry_run: Whether nothing is written.
    """

    clock: Clock
    seed: Callable[[], str]
    seconds: float
    counted: Callable[[Extract, int], None]
    tell: Tell
    known: tuple[Path, ...] = ()
    accept_bad_rows: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """An annex that was built.

    Attributes:
        extract: What it was built from.
        annex: The annex.
        guarded: How it was protected.
        audit: What everybody can derive from it.
        public: How many of its cells were public before.
        seconds: What everything took.
        written: Folders that were written, with the number of their files; none in a dry run.
    """

    extract: Extract
    annex: Annex
    guarded: Guarded
    audit: Audit
    public: int
    seconds: float
    written: tuple[tuple[Path, int], ...]


def build(folder: Path, means: Means) -> Built:
    """Count the register of the tender in `folder`, protect its tables, audit them, and write ``open-data/``.

    Raises:
        UsageError: No annex is declared, or there is no register extract.
        BlockedError: The register is not taken, or no annex of it may be published; findings say why.
        InputError: A file cannot be read.
        SolverError: No protection was found, or it fails its check.
    """
    began = means.clock()
    tender = readable_tender(folder)
    if tender.open_data is None:
        raise UsageError("annex.not-declared")
    extract, tables = _counted(folder, tender, means)
    means.counted(extract, len(tables))
    annex, guarded, audit, public = _protected(folder, tender, tables, extract, means)
    refused = (*unfit(annex, tender), *unsafe(audit))
    if blocking(refused):
        raise BlockedError("annex.build-refused", findings=refused, count=len(refused))
    written = () if means.dry_run else _write(folder, tender.open_data, annex, tables)
    return Built(extract, annex, guarded, audit, public, means.clock() - began, written)


def _counted(folder: Path, tender: Tender, means: Means) -> tuple[Extract, tuple[TrueTable, ...]]:
    from tender.annexes.register.counting import count_tables
    from tender.annexes.register.register import PRIVATE, extract_in, read_register

    path, private = extract_in(folder), folder / PRIVATE
    with read_register(path, tender, private, accept_bad_rows=means.accept_bad_rows) as register:
        if register.synthetic and not tender.synthetic:
            raise BlockedError("annex.not-synthetic", place=Place(register.file), file=register.file)
        groups = _grouped(folder, tender, register)
        tables = count_tables(register, tender)
        extract = Extract(
            register.file,
            register.rows,
            register.kept,
            register.outside,
            register.refused,
            register.synthetic,
            register.findings,
            groups,
        )
    return extract, tables


def _grouped(folder: Path, tender: Tender, register: Register) -> Assignment | None:
    """What became of the clients under the declared grouping; ``None`` when the tender declares none."""
    from tender.annexes.grouping.assigning import assign_groups, corrections_in

    if tender.open_data is None or tender.open_data.grouping is None:
        return None
    return assign_groups(register, tender, corrections_in(folder, tender))


def _protected(
    folder: Path, tender: Tender, tables: Sequence[TrueTable], extract: Extract, means: Means
) -> tuple[Annex, Guarded, Audit, int]:
    declared = tender.open_data
    assert declared is not None, "asked of a tender that declares open data only"  # noqa: S101
    truth = truth_of(tables, declared)
    known = (*released(folder), *others(means.known, declared))
    public = public_cells(truth.tables, fitting(known, truth.tables, truth.values))
    seed = _seed(folder, declared, means)
    how = Guarding(declared, seed.encode(), means.clock, means.seconds, public, means.tell)
    bare, guarded = build_annex(tender, tables, truth, how, synthetic=extract.synthetic)
    annex = replace(bare, model_card=extract.groups.card if extract.groups else None)
    audit = audited(annex, known, {table.order.id: table.cells for table in tables})
    return annex, guarded, audit, len(public)


def others(files: Sequence[Path], declared: OpenData) -> tuple[Known, ...]:
    """What `files` show, which somebody else has published."""
    return tuple(known_from(file.read_bytes(), file.name, period_of(declared)) for file in files)


def _seed(folder: Path, declared: OpenData, means: Means) -> str:
    """The secret seed of rounding: the one that earlier builds drew with, else a fresh one."""
    if declared.guard is not Guard.ROUND:
        return ""
    seed = kept_seed(folder) or means.seed()
    if not means.dry_run:
        keep_seed(folder, seed)
    return seed


def _write(
    folder: Path, declared: OpenData, annex: Annex, tables: Sequence[TrueTable]
) -> tuple[tuple[Path, int], ...]:  # fmt: skip
    """The package, a look at all formats as of the reference day, and the true counts that stay."""
    package, formats = write_package(annex), write_all(annex, declared.reference_day)
    keep_counts(folder, tables)
    written = []
    for target, files in ((folder / FOLDER, package), (folder / DRAFT / FOLDER, formats)):
        swap_folder(target, files)
        written.append((target, len(files)))
    return tuple(written)
