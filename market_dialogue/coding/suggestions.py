"""Codes that a reply might get, and groups of replies that might share one: people take them or leave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from market_dialogue.coding.codes import ReplyKey, codes_of, refused, replies_of
from market_dialogue.coding.similarity import Vector, cosine, vectors
from market_dialogue.coding.words import BaseForms, as_written
from tender.model.answers import Answer
from tender.model.questions import Dialogue
from tender.record.state import DialogueState

MOST = 3
"""How many codes are suggested for a reply."""

NEIGHBOURS = 5
"""How many coded replies have a say."""

ALIKE = 0.25
"""Least mean similarity of two groups that are joined."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that a reply might get.

    Attributes:
        reply: The reply.
        code: The code.
        likeness: Similarity to the coded replies that speak for it; orders suggestions, and is no probability.
        like: The most similar reply that has the code.
    """

    reply: ReplyKey
    code: str
    likeness: float
    like: ReplyKey


def suggest(
    dialogue: Dialogue, answers: Sequence[Answer], state: DialogueState, base: BaseForms = as_written
) -> dict[ReplyKey, tuple[Suggestion, ...]]:
    """At most `MOST` codes for every reply with words, the likeliest first; what it has or was refused is left out.

    Replies to all questions teach, because one theme comes up under several questions.
    """
    texts = replies_of(dialogue, answers)
    known = dict(zip(texts, vectors(tuple(texts.values()), base), strict=True))
    codes, no = codes_of(state), refused(state)
    found = {}
    for key in known:
        taken = {*codes.get(key, ()), *(code for reply, code in no if reply == key)}
        offers = [one for one in _offers(key, known, codes) if one.code not in taken]
        found[key] = tuple(sorted(offers, key=lambda one: (-one.likeness, one.code))[:MOST])
    return {key: offers for key, offers in found.items() if offers}


def _offers(
    key: ReplyKey, known: Mapping[ReplyKey, Vector], codes: Mapping[ReplyKey, tuple[str, ...]]
) -> list[Suggestion]:
    coded = [(cosine(known[key], known[other]), other) for other in known if other != key and codes.get(other)]
    near = sorted((pair for pair in coded if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))[:NEIGHBOURS]
    votes: dict[str, list[tuple[float, ReplyKey]]] = {}
    for likeness, other in near:
        for code in codes[other]:
            votes.setdefault(code, []).append((likeness, other))
    return [Suggestion(key, code, fsum(each for each, _ in by), by[0][1]) for code, by in votes.items()]


def groups(
    dialogue: Dialogue, answers: Sequence[Answer], state: DialogueState, base: BaseForms = as_written
) -> tuple[tuple[ReplyKey, ...], ...]:
    """Groups of two and more replies without a code that seem to say the same, per question, the largest first."""
    texts, codes = replies_of(dialogue, answers), codes_of(state)
    open_texts = {key: text for key, text in texts.items() if text.strip() and not codes.get(key)}
    found: list[tuple[ReplyKey, ...]] = []
    for question in dialogue.questions:
        keys = [key for key in open_texts if key.question == question.id]
        found += [group for group in _joined(keys, vectors([open_texts[key] for key in keys], base)) if len(group) > 1]
    return tuple(sorted(found, key=lambda group: (-len(group), group)))


def _joined(keys: Sequence[ReplyKey], known: Sequence[Vector]) -> list[tuple[ReplyKey, ...]]:
    """Groups by average linkage: the two most alike are joined until no two are alike enough."""
    likeness = [[cosine(one, other) for other in known] for one in known]
    parts = [[at] for at in range(len(keys))]
    while len(parts) > 1:
        pairs = ((_mean(likeness, one, other), one, other) for i, one in enumerate(parts) for other in parts[i + 1 :])
        best, one, other = min(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))
        if best < ALIKE:
            break
        parts = [part for part in parts if part not in (one, other)] + [sorted(one + other)]
    return [tuple(sorted(keys[at] for at in part)) for part in parts]


def _mean(likeness: Sequence[Sequence[float]], one: Sequence[int], other: Sequence[int]) -> float:
    return fsum(likeness[a][b] for a in one for b in other) / (len(one) * len(other))
