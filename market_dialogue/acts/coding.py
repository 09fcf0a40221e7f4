"""Coding: a person gives a code to a reply, takes up a suggested one or refuses it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from market_dialogue.acts.desk import Pen, named, reply_in, say
from market_dialogue.acts.opening import baseline
from market_dialogue.acts.reading import DialogueFile, read_dialogue
from market_dialogue.coding.agreement import Agreement, agreements
from market_dialogue.coding.codes import ReplyKey, codes_of, replies_of
from market_dialogue.coding.duplicates import NearDuplicate, near_duplicates
from market_dialogue.coding.numbers import Distribution, distribution
from market_dialogue.coding.suggestions import Suggestion, groups, suggest
from market_dialogue.coding.words import base_forms
from market_dialogue.follow_up.fields import draft_number
from tender.errors import UsageError
from tender.model.tender import Tender
from tender.publishing.examination import readable_tender
from tender.record.dialogue import Coding

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class CodingBoard:
    """All that a coder looks at.

    Attributes:
        file: The dialogue with its answers.
        replies: The words of each reply.
        codes: The codes that each reply has.
        suggestions: Codes that replies might get.
        groups: Replies without a code that seem to say the same.
        duplicates: Replies that nearly repeat each other.
        agreements: How far the coders agree.
        numbers: How the numbers lie around the drafts, for each question that asks for one.
    """

    file: DialogueFile
    replies: dict[ReplyKey, str]
    codes: dict[ReplyKey, tuple[str, ...]]
    suggestions: dict[ReplyKey, tuple[Suggestion, ...]]
    groups: tuple[tuple[ReplyKey, ...], ...]
    duplicates: tuple[NearDuplicate, ...]
    agreements: tuple[Agreement, ...]
    numbers: tuple[Distribution, ...]


def coding_board(folder: Path) -> CodingBoard:
    """What a coder of the dialogue in `folder` looks at.

    Raises:
        BlockedError: The tender file cannot be read whole.
        UsageError: The tender has no market dialogue.
    """
    file, base = read_dialogue(folder), base_forms()
    asked = (file.dialogue, file.answers, file.state)
    return CodingBoard(
        file,
        replies_of(file.dialogue, file.answers),
        codes_of(file.state),
        suggest(*asked, base),
        groups(*asked, base),
        near_duplicates(file.dialogue, file.answers),
        agreements(file.state),
        distributions(file, readable_tender(baseline(folder)) if file.state.opened else file.tender),
    )


def distributions(file: DialogueFile, drafts: Tender) -> tuple[Distribution, ...]:
    """How the numbers answered lie around those of `drafts`, for each question that asks for one."""
    measured = (question for question in file.dialogue.questions if question.measure is not None)
    return tuple(distribution(question, draft_number(drafts, question), file.answers) for question in measured)


def code(
    folder: Path, replies: Sequence[ReplyKey], codes: Sequence[str], by: str, pen: Pen, *, given: bool
) -> tuple[Coding, ...]:
    """Give `codes` to each of `replies`, or refuse them; whether the machine had suggested each is recorded.

    Raises:
        UsageError: There is no such reply, a code is no short id, or nobody is named.
    """
    named(by)
    file = read_dialogue(folder)
    for reply in replies:
        reply_in(file, reply.answer, reply.question)
    for each in codes:
        if _CODE.fullmatch(each) is None:
            raise UsageError("follow-up.code-unfit", code=each)
    suggested = suggest(file.dialogue, file.answers, file.state, base_forms())
    offered = {(reply, one.code) for reply in replies for one in suggested.get(reply, ())}
    said = tuple(
        Coding(reply.answer, reply.question, each, given, (reply, each) in offered, by.strip())
        for reply in replies
        for each in codes
    )
    say(folder, said, pen)
    return said
