"""Two versions of a document compared by the ids of their clauses, merged into one page with marks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tender.documents.blocks import Block, Clause, Mark, Page, Paragraph, Run, Style, Table
from tender.documents.redline.alignment import SAME, aligned
from tender.documents.redline.blocks import marked, merged_blocks

_TABLE_NUMBER = re.compile("\u00a0\\d+\\.")


class Fate(StrEnum):
    """What became of a clause."""

    UNCHANGED = "unchanged"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    NEW = "new"
    DELETED = "deleted"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of one clause.

    Attributes:
        id: Its id.
        fate: What became of it; moved goes before changed.
        old: The clause as it was; ``None`` for a new one.
        new: The clause as it is; ``None`` for a deleted one.
        merged: Its blocks with marks: both texts in one, a moved clause compared with itself.
    """

    id: str
    fate: Fate
    old: Clause | None
    new: Clause | None
    merged: tuple[Block, ...]

    @property
    def title(self) -> str:
        """Number and heading as they are, or as they were."""
        clause = self.new or self.old
        return f"{clause.number} {clause.title}".strip() if clause else ""


@dataclass(frozen=True, slots=True)
class Redline:
    """Two versions of a document in one.

    Attributes:
        page: The new page with everything old in it, marked.
        changes: What became of each clause, the layout's own parts left out, in the order of the page.
    """

    page: Page
    changes: tuple[ClauseChange, ...]

    def count(self, fate: Fate) -> int:
        """How many clauses have this fate."""
        return sum(change.fate is fate for change in self.changes)

    @property
    def changed(self) -> tuple[ClauseChange, ...]:
        """Those clauses whose text or place differs."""
        return tuple(one for one in self.changes if one.fate not in {Fate.UNCHANGED, Fate.RENUMBERED})


def compare(old: Page, new: Page) -> Redline:
    """`new` against `old`, clause by clause."""
    pairs = aligned(old.clauses, new.clauses, lambda one, other: SAME * (one.id == other.id))
    moved = {clause.id for clause in old.clauses} & {clause.id for clause in new.clauses}
    moved -= {one.id for one, other in pairs if one is not None and other is not None}
    clauses: list[Clause] = []
    changes: list[ClauseChange] = []
    for one, other in pairs:
        clause = _merged(one, other, moved)
        clauses.append(clause)
        if clause.id.startswith("_") or (other is None and clause.id in moved):
            continue
        before = old.clause(clause.id)
        blocks = merged_blocks(before.blocks, other.blocks) if before and other else clause.blocks
        changes.append(ClauseChange(clause.id, _fate(before, other, moved), before, other, blocks))
    return Redline(dataclasses.replace(new, clauses=tuple(clauses)), tuple(changes))


def _merged(old: Clause | None, new: Clause | None, moved: Iterable[str]) -> Clause:
    """Both sides of a pair in one clause; a moved clause goes where it was and comes where it is."""
    if old is not None and new is not None:
        return dataclasses.replace(new, blocks=merged_blocks(old.blocks, new.blocks))
    if new is not None:
        return dataclasses.replace(new, blocks=tuple(marked(block, Mark.INSERTED) for block in new.blocks))
    assert old is not None  # noqa: S101  # a pair has at least one side
    name = f"_{old.id}" if old.id in moved else old.id  # its bookmark stands where it is now
    return dataclasses.replace(old, id=name, blocks=tuple(marked(block, Mark.DELETED) for block in old.blocks))


def _fate(old: Clause | None, new: Clause | None, moved: Iterable[str]) -> Fate:
    if old is None or new is None:
        return Fate.NEW if old is None else Fate.DELETED
    if new.id in moved:
        return Fate.MOVED
    if old.blocks == new.blocks:
        return Fate.UNCHANGED
    return Fate.RENUMBERED if _unnumbered(old) == _unnumbered(new) else Fate.CHANGED


def _unnumbered(clause: Clause) -> list[Block]:
    """The blocks of a clause without the numbers of clauses and tables, which follow from what stands around it."""
    return [block if isinstance(block, Table) else _bare(block) for block in _bare_tables(clause)]


def _bare_tables(clause: Clause) -> Iterable[Block]:
    for block in clause.blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        rows = tuple(
            dataclasses.replace(
                row,
                cells=tuple(dataclasses.replace(cell, runs=tuple(map(_unlinked, cell.runs))) for cell in row.cells),
            )
            for row in block.rows
        )
        yield dataclasses.replace(block, rows=rows)


def _bare(paragraph: Paragraph) -> Paragraph:
    runs = tuple(map(_unlinked, paragraph.runs))
    if paragraph.style is Style.HEADING:
        runs = tuple(run for run in runs if not run.text.endswith("\t"))
    if paragraph.style is Style.CAPTION and runs:
        runs = (dataclasses.replace(runs[0], text=_TABLE_NUMBER.sub("\u00a0#.", runs[0].text, count=1)), *runs[1:])
    return dataclasses.replace(paragraph, runs=runs)


def _unlinked(run: Run) -> Run:
    return dataclasses.replace(run, text="") if run.link else run
