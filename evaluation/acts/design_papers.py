"""What a design leaves in the folder: the memo, and the tender file as it would be, as a diff; nothing is recorded."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from evaluation.design.designed import Designed, proposed_values
from evaluation.reports.design_memo import DESIGN_MEMO, design_memo_context
from tender.publishing.folder import TENDER_FILE
from tender.publishing.papers import Paper, draft_of, write_papers
from tender.publishing.workshop import Progress
from tender.reading.edit import edited

PAPERS = "private/design"
"""Folder of the memo and the diff; never published."""

DIFF = "tender.toml.diff"


def write_design(folder: Path, designed: Designed, today: date, seed: int, progress: Progress) -> tuple[Path, ...]:
    """Write the memo in the tender's languages, and the proposed change of the tender file.

    Args:
        folder: The tender folder.
        designed: The design.
        today: The day that is printed.
        seed: The seed of the design.
        progress: Told the name of each file when it is ready.

    Returns:
        The files written: the PDF memos, and the diff where there is a proposal.
    """
    publication = replace(draft_of(designed.tender, today), version=0, award_hash="", payment_hash="")
    context = design_memo_context(publication, designed, digest_of(designed, seed))
    written = write_papers(folder, PAPERS, (Paper(DESIGN_MEMO, context),), publication, progress)
    text = diff_of(folder, designed)
    if not text:
        return written
    path = folder / PAPERS / DIFF
    path.write_text(text, encoding="utf-8")
    return (*written, path)


def diff_of(folder: Path, designed: Designed) -> str:
    """The proposal as a unified diff of the tender file; empty when it changes nothing."""
    before = (folder / TENDER_FILE).read_text(encoding="utf-8")
    changes = {path: after for path, _, after in proposed_values(designed)}
    after = edited(before, changes) if changes else before
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{TENDER_FILE}", f"b/{TENDER_FILE}"
    )
    return "".join(lines)


def digest_of(designed: Designed, seed: int) -> str:
    """SHA-256 of prices, volumes, assumptions and seed: the same digest means the same design."""
    made = designed.design
    rests_on = (designed.tender.prices, designed.tender.groups, designed.assumptions, made.before, seed)
    return hashlib.sha256(repr(rests_on).encode()).hexdigest()
