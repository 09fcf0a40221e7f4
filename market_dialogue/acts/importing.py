"""Importing: answers of another system onto the record, all of a file or none of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from market_dialogue.acts.taking import Batch, Door, Taken, answer_id, read_bytes, record_answers, told
from market_dialogue.drafts import dialogue_of
from market_dialogue.imports.foreign import Foreign, Targets, answer_of, targets_of
from market_dialogue.imports.limesurvey import read_responses
from market_dialogue.imports.pasted import read_document, read_text, split_text
from market_dialogue.imports.services import read_lausuntopalvelu, read_webropol
from market_dialogue.imports.structure import answer_labels, read_structure
from tender.errors import Finding, InputError, UsageError
from tender.guards import excerpt
from tender.model.answers import Answer, Channel
from tender.model.questions import Dialogue
from tender.publishing.examination import readable_tender


class Source(StrEnum):
    """Where a file comes from."""

    LIMESURVEY = "limesurvey"
    WEBROPOL = "webropol"
    LAUSUNTOPALVELU = "lausuntopalvelu"
    TEXT = "text"
    DOCX = "docx"


@dataclass(frozen=True, slots=True)
class Wish:
    """How an officer wants a file imported.

    Attributes:
        source: Where it comes from.
        pairs: ``COLUMN=TARGET`` pairs.
        respondent: The respondent, when no column names it.
        question: Id of the question that takes text before the first heading.
        structure: The survey's structure, whose words stand in place of answer codes; ``None`` for none.
    """

    source: Source
    pairs: tuple[str, ...] = ()
    respondent: str = ""
    question: str = ""
    structure: Path | None = None


def import_file(folder: Path, path: Path, wish: Wish, door: Door) -> Taken:
    """Import the answers in the file `path`.

    Raises:
        BlockedError: The tender file cannot be read whole.
        RecordError: The record cannot be written.
        UsageError: There is no such file, no dialogue, or the mapping names what is not there.
    """
    dialogue = dialogue_of(readable_tender(folder))
    pasted = wish.source in {Source.TEXT, Source.DOCX}
    targets = Targets(targets_of(wish.pairs, dialogue), wish.respondent, Channel.PASTED if pasted else Channel.IMPORT)
    if wish.question and wish.question not in {question.id for question in dialogue.questions}:
        raise UsageError("dialogue.bad-map", found=excerpt(wish.question), known=_known(dialogue))
    if not path.is_file() or (wish.structure is not None and not wish.structure.is_file()):
        raise UsageError("dialogue.no-file", file=excerpt(path.name))
    file = excerpt(path.name)
    try:
        data = read_bytes(path, file)
        foreign, findings = _read(data, file, dialogue, wish)
    except InputError as error:
        return Taken(file, (), (), (told(error, file),))
    key = hashlib.sha256(data).hexdigest()
    answers: list[Answer] = []
    for one in foreign:
        answer, found = answer_of(one, file, dialogue, targets, _moment(door))
        findings = (*findings, *found)
        if answer is not None:
            own = hashlib.sha256(f"{key}-{one.row}".encode()).hexdigest()
            answers.append(replace(answer, id=answer_id(answer.respondent, own)))
    return record_answers(folder, Batch(file, key, path.parent, tuple(answers), findings), door)


def _read(data: bytes, file: str, dialogue: Dialogue, wish: Wish) -> tuple[tuple[Foreign, ...], tuple[Finding, ...]]:
    match wish.source:
        case Source.LIMESURVEY:
            labels = None
            if wish.structure is not None:
                name = excerpt(wish.structure.name)
                labels = answer_labels(read_structure(read_bytes(wish.structure, name), name))
            return read_responses(data, file, labels)
        case Source.WEBROPOL:
            return read_webropol(data, file), ()
        case Source.LAUSUNTOPALVELU:
            return read_lausuntopalvelu(data, file), ()
        case Source.TEXT | Source.DOCX:
            text = read_text(data, file) if wish.source is Source.TEXT else read_document(data, file)
            foreign, findings = split_text(text, file, dialogue, wish.question)
            return (foreign,), findings


def _moment(door: Door) -> datetime:
    return door.at or door.clock()


def _known(dialogue: Dialogue) -> str:
    return ", ".join(question.id for question in dialogue.questions)
