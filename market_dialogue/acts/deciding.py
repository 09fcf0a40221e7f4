"""Deciding: what became of replies, one by one or many from a file; all that is said is recorded, or nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from market_dialogue.acts.desk import Pen, named, reply_in, say
from market_dialogue.acts.reading import DialogueFile, read_dialogue
from market_dialogue.follow_up.fields import CLAUSE, value_at
from market_dialogue.follow_up.matrix import Result
from tender.documents.catalogue import catalogue
from tender.errors import InputError, Place, UsageError
from tender.guards import excerpt
from tender.language import Language
from tender.publishing.case import clauses_in_use
from tender.record.dialogue import Disposition

MOST_BYTES = 2_000_000
"""Larger files of decisions are slips."""

_KEYS = frozenset(("answers", "question", "result", "proposal", "reason", "targets"))


def decide(folder: Path, decisions: Sequence[Disposition], pen: Pen) -> tuple[Disposition, ...]:
    """Put `decisions` on the record; the last word about each reply counts.

    Raises:
        UsageError: A decision is about no reply, names no known result, field or clause, or is nobody's.
    """
    file = read_dialogue(folder)
    for one in decisions:
        named(one.by)
        reply_in(file, one.answer, one.question)
        if one.result not in set(Result):
            raise UsageError("follow-up.no-result", found=excerpt(one.result), known=", ".join(Result))
        for language in (*one.proposal, *one.reason):
            if language not in set(Language):
                raise UsageError("follow-up.no-language", found=excerpt(language), known=", ".join(Language))
    _targets_known(folder, file, (target for one in decisions for target in one.targets))
    say(folder, decisions, pen)
    return tuple(decisions)


def read_decisions(path: Path, by: str) -> tuple[Disposition, ...]:
    """The decisions of a TOML file: ``[[decisions]]`` with ``answers``, ``question``, ``result`` and what else is said.

    Raises:
        InputError: It is too large, no TOML, or a decision is not of this shape; the place names the decision.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError("follow-up.file-too-large", place=Place(path.name), expected=MOST_BYTES)
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, OSError) as error:
        raise InputError("follow-up.unreadable", place=Place(path.name), detail=excerpt(str(error), 120)) from error
    items = table.get("decisions")
    if set(table) != {"decisions"} or not isinstance(items, list) or not items:
        raise InputError("follow-up.no-decisions", place=Place(path.name))
    return tuple(one for at, item in enumerate(items, 1) for one in _read(item, f"{path.name} [{at}]", by))


def _read(item: object, where: str, by: str) -> Iterator[Disposition]:
    if not isinstance(item, dict) or not set(item) <= _KEYS:
        raise InputError("follow-up.decision-keys", place=Place(where), expected=", ".join(sorted(_KEYS)))
    answers, targets = _texts(item, "answers", where), _texts(item, "targets", where)
    question, result = (_text(item, key, where) for key in ("question", "result"))
    proposal, reason = (_table(item, key, where) for key in ("proposal", "reason"))
    if not answers:
        raise _unfit(where, "answers")
    for answer in answers:
        yield Disposition(answer, question, result, proposal, reason, targets, by.strip())


def _text(item: Mapping[str, Any], key: str, where: str) -> str:
    found = item.get(key)
    if not isinstance(found, str):
        raise _unfit(where, key)
    return found


def _texts(item: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = item.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise _unfit(where, key)
    return tuple(found)


def _table(item: Mapping[str, Any], key: str, where: str) -> dict[str, str]:
    found = item.get(key, {})
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise _unfit(where, key)
    return found


def _unfit(where: str, key: str) -> InputError:
    return InputError("follow-up.decision-value", place=Place(where), key=key)


def _targets_known(folder: Path, file: DialogueFile, targets: Iterable[str]) -> None:
    """Hold that each target is a field of the tender or a clause of its documents.

    Raises:
        UsageError: It is neither.
    """
    wanted = tuple(dict.fromkeys(targets))
    clauses: set[str] = set()
    if any(target.startswith(CLAUSE) for target in wanted):
        for document, languages in clauses_in_use(folder, file.tender, catalogue()).items():
            clauses |= {f"{CLAUSE}{document}/{name}" for known in languages.values() for name in known}
    for target in wanted:
        if target not in clauses and not _is_field(file, target):
            raise UsageError("follow-up.no-such-target", target=excerpt(target))


def _is_field(file: DialogueFile, target: str) -> bool:
    try:
        value_at(file.tender, target)
    except KeyError:
        return False
    return True
