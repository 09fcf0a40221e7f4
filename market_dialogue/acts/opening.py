"""Opening the dialogue: what the drafts say is frozen and its hashes recorded, so that later changes can be told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from market_dialogue.acts.desk import Pen, named
from market_dialogue.acts.ruling import ACTOR
from market_dialogue.drafts import dialogue_of
from tender.errors import FrozenError, UsageError
from tender.publishing.examination import readable_tender
from tender.publishing.files import source_files
from tender.publishing.folder import RECORD_FILE, TENDER_FILE, record_state, swap_folder
from tender.record import Publicity, Record
from tender.record.milestones import DialogueOpened

BASELINE = "private/dialogue/baseline"
"""Where the drafts lie as they were when the dialogue opened."""


def open_dialogue(folder: Path, by: str, pen: Pen) -> DialogueOpened:
    """Freeze the drafts of `folder` and record that the dialogue opened on them.

    Opening again on the same drafts changes nothing; on others it is refused, because answers rest on the first.

    Raises:
        BlockedError: The tender file cannot be read whole.
        FrozenError: The dialogue opened on other drafts.
        UsageError: The tender has no market dialogue, or nobody is named.
    """
    named(by)
    tender = readable_tender(folder)
    dialogue_of(tender)
    files = source_files(folder)
    said = DialogueOpened(hashes(files), by.strip())
    before = record_state(folder).dialogue.opened
    if before and dict(before[-1].said.sources) != dict(said.sources):
        raise FrozenError("follow-up.opened-before", day=f"{before[-1].event.at:%Y-%m-%d}")
    swap_folder(folder / BASELINE, files)
    if before:
        return before[-1].said
    path = folder / RECORD_FILE
    with Record.open(path, pen.clock, pen.salts, None if path.exists() else tender.id) as record:
        record.append(said.kind, said.payload(), ACTOR, Publicity.PERSONAL)
    return said


def baseline(folder: Path) -> Path:
    """The folder of the frozen drafts, proven by the hashes on record.

    Raises:
        FrozenError: They are not what was recorded.
        UsageError: The dialogue was never opened.
    """
    opened = record_state(folder).dialogue.opened
    home = folder / BASELINE
    if not opened:
        raise UsageError("follow-up.not-open", folder=folder.name)
    found = hashes(source_files(home)) if (home / TENDER_FILE).is_file() else {}
    if found != dict(opened[-1].said.sources):
        raise FrozenError("follow-up.baseline-differs", folder=BASELINE)
    return home


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of `files` by name."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
