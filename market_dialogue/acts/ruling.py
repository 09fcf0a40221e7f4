"""Ruling: a named person decides whether an answer counts that came late, twice or for other questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from market_dialogue.acts.reading import Reason, read_dialogue, reasons_of
from tender.errors import UsageError
from tender.publishing.folder import RECORD_FILE
from tender.record import Publicity, Record
from tender.record.dialogue import Ruling

ACTOR = "hankintayksikkö"
"""The role in which a ruling is put on the record."""


def rule(folder: Path, ruling: Ruling, clock: Callable[[], datetime], salts: Callable[[], bytes]) -> Ruling:
    """Put `ruling` on the record of `folder`; a later one on the same answer and reason replaces it.

    The first answer of a respondent who answered twice may be set aside too, so that the second one counts alone.

    Raises:
        UsageError: There is no such answer, nothing of the kind to rule on, nobody is named, or no reason given.
    """
    if not ruling.by.strip() or not ruling.reason.strip():
        raise UsageError("dialogue.ruling-unnamed")
    file = read_dialogue(folder)
    reasons = reasons_of(file.dialogue, file.state)
    if ruling.answer not in reasons:
        raise UsageError("dialogue.no-such-answer", id=ruling.answer, known=", ".join(sorted(reasons)) or "–")
    about = Reason(ruling.about)
    setting_aside = about is Reason.TWICE and not ruling.counts
    ruled = {(one.said.answer, one.said.about) for one in file.state.rulings}
    if about not in reasons[ruling.answer] and not setting_aside and (ruling.answer, about.value) not in ruled:
        found = ", ".join(reasons[ruling.answer]) or "–"
        raise UsageError("dialogue.nothing-to-rule", id=ruling.answer, about=about.value, found=found)
    with Record.open(folder / RECORD_FILE, clock, salts) as record:
        record.append(ruling.kind, ruling.payload(), ACTOR, Publicity.PERSONAL)
    return ruling
