"""Replies that nearly repeat each other, such as form letters: flagged for the reader, never dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from market_dialogue.coding.codes import ReplyKey, replies_of
from market_dialogue.coding.words import normal
from tender.model.answers import Answer
from tender.model.questions import Dialogue

LEAST = 75
"""Per cent of likeness from which two replies are near duplicates (edited copies ≥ 78, unrelated replies ≤ 56)."""

SHORTEST = 20
"""Replies with fewer characters, such as a bare yes, are alike without meaning anything."""


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two replies to one question that nearly repeat each other.

    Attributes:
        first: The reply that came first.
        second: The other one.
        percent: Likeness in whole per cent, rounded down.
    """

    first: ReplyKey
    second: ReplyKey
    percent: int


def near_duplicates(dialogue: Dialogue, answers: Sequence[Answer]) -> tuple[NearDuplicate, ...]:
    """Every pair of near duplicates, question by question."""
    from rapidfuzz.fuzz import token_sort_ratio

    texts = {key: normal(text) for key, text in replies_of(dialogue, answers).items()}
    keys = [key for key, text in texts.items() if len(text) >= SHORTEST]
    found = []
    for at, first in enumerate(keys):
        for second in keys[at + 1 :]:
            if first.question == second.question:
                likeness = token_sort_ratio(texts[first], texts[second], score_cutoff=LEAST)
                if likeness >= LEAST:
                    found.append(NearDuplicate(first, second, int(likeness)))
    return tuple(found)
