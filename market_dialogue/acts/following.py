"""Following up: the drafts when the dialogue opened against the tender as it is, reply by reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from market_dialogue.acts.opening import baseline
from market_dialogue.acts.reading import DialogueFile, read_dialogue
from market_dialogue.follow_up.matrix import ClauseChanges, FollowUp, clauses_named, follow_up
from tender.documents.redline import ClauseChange
from tender.language import Language
from tender.model.tender import Tender
from tender.publishing.differences import difference
from tender.publishing.examination import readable_tender
from tender.publishing.orders import Wanted
from tender.publishing.sides import new_side


@dataclass(frozen=True, slots=True)
class Followed:
    """A dialogue followed up, with what it was followed up from.

    Attributes:
        file: The dialogue with its answers.
        old: The tender when the dialogue opened.
        found: What became of each reply.
    """

    file: DialogueFile
    old: Tender
    found: FollowUp


def follow(folder: Path, today: date) -> Followed:
    """What became of each reply of the dialogue in `folder`.

    Raises:
        BlockedError: The tender file cannot be read whole, or a clause that a decision names cannot be printed.
        FrozenError: The frozen drafts are not what was recorded.
        UsageError: The tender has no market dialogue, or it was never opened.
    """
    home, file = baseline(folder), read_dialogue(folder)
    old = readable_tender(home)
    last = {(one.said.answer, one.said.question): one.said for one in file.state.dispositions}
    clauses = _clauses(folder, home, clauses_named(last.values()), today)
    return Followed(file, old, follow_up(file.dialogue, file.answers, file.state, (old, file.tender), clauses))


def _clauses(folder: Path, home: Path, names: tuple[str, ...], today: date) -> ClauseChanges:
    """What became of the clauses `names`; a document that one side does not have is compared with nothing."""
    documents = tuple(dict.fromkeys(name.partition("/")[0] for name in names))
    if not documents:
        return {}
    wanted = Wanted(documents)
    found: dict[str, dict[Language, ClauseChange]] = {}
    for each in difference(new_side(str(home), today, wanted), new_side(str(folder), today, wanted), wanted).documents:
        for change in each.redline.changes:
            if (name := f"{each.document}/{change.id}") in names:
                found.setdefault(name, {})[each.language] = change
    return found
