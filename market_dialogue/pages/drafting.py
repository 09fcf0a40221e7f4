"""Drafts: what is in the boxes, exactly as typed, kept on the desk and in a file that can be taken along."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from market_dialogue.drafts import question_set
from tender.errors import InputError, Place
from tender.guards import guard_size
from tender.model.answers import Attachment
from tender.model.methods import Json, canonical
from tender.model.questions import Dialogue
from tender.web.desk import Desk

Fields = Mapping[str, tuple[str, ...]]
"""Texts by the name of the box."""

FORMAT = "valinta-dialogue-draft/1"
MOST_BYTES = 2_000_000
ABOUT = "about"
"""The piece that holds what is said of the respondent."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One piece of a draft.

    Attributes:
        fields: What is in the boxes.
        version: Counts the changes from 1; 0 when nothing was saved.
        saved_at: When it was saved last; ``None`` when never.
    """

    fields: Fields
    version: int = 0
    saved_at: datetime | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is in any box."""
        return not any(value.strip() for values in self.fields.values() for value in values)


NOTHING = Draft({})


def drafts_of(desk: Desk, owner: str) -> dict[str, Draft]:
    """Every piece of `owner` by its name."""
    found = desk.rows("SELECT piece, json, version, saved_at FROM drafts WHERE owner = ?", (owner,))
    return {
        str(piece): Draft(
            {name: tuple(values) for name, values in json.loads(str(text)).items()},
            int(str(version)),
            datetime.fromisoformat(str(saved_at)),
        )
        for piece, text, version, saved_at in found
    }


def save_draft(desk: Desk, owner: str, piece: str, fields: Fields, seen: int, now: datetime) -> Draft | None:
    """Save a piece; ``None`` when somebody saved other words after version `seen`, and nothing is saved then."""
    with desk.writing():
        old = drafts_of(desk, owner).get(piece, NOTHING)
        if dict(old.fields) == dict(fields):
            return old
        if old.version != seen:
            return None
        new = Draft(fields, old.version + 1, now)
        text = json.dumps({name: list(values) for name, values in fields.items()}, ensure_ascii=False)
        desk.rows(
            "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?)", (owner, piece, text, new.version, now.isoformat())
        )
    return new


def draft_file(dialogue: Dialogue, drafts: Mapping[str, Draft]) -> bytes:
    """The draft as a file: it can be read by people and uploaded again, by whoever has it."""
    pieces = {piece: {k: list(v) for k, v in draft.fields.items()} for piece, draft in sorted(drafts.items())}
    whole = {"format": FORMAT, "question_set": question_set(dialogue), "pieces": pieces}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def read_draft_file(data: bytes, dialogue: Dialogue) -> dict[str, Fields]:
    """What is in the boxes of the draft file `data`, by piece.

    Raises:
        InputError: It is too large, no draft file, or one for other questions.
    """
    guard_size(data, FORMAT, MOST_BYTES)
    try:
        whole = json.loads(data)
        known = {ABOUT, *(question.id for question in dialogue.questions)}
        pieces = {piece: _fields(fields) for piece, fields in whole["pieces"].items() if piece in known}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError("web-answer.draft-file", place=Place(FORMAT)) from error
    if whole.get("format") != FORMAT:
        raise InputError("web-answer.draft-file", place=Place(FORMAT))
    if whole.get("question_set") != question_set(dialogue):
        raise InputError("web-answer.draft-other", place=Place(FORMAT))
    return pieces


def _fields(found: Mapping[str, Sequence[str]]) -> Fields:
    fields = {name: tuple(values) for name, values in found.items() if isinstance(values, list)}
    if len(fields) != len(found) or not all(isinstance(value, str) for values in fields.values() for value in values):
        raise TypeError(FORMAT)
    for value in (each for values in fields.values() for each in values):
        value.encode()
    return fields


def digest_of(drafts: Mapping[str, Draft], files: Iterable[Attachment]) -> str:
    """What a sending is known by: the same words and files are the same sending, however often it is pressed."""
    pieces: dict[str, Json] = {
        piece: {name: list(values) for name, values in draft.fields.items()}
        for piece, draft in drafts.items()
        if not draft.empty
    }
    attached: list[Json] = [[one.name, one.digest, one.question, one.secret] for one in files]
    return hashlib.sha256(canonical({"pieces": pieces, "files": attached})).hexdigest()
