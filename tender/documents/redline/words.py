"""The words of two paragraphs compared: what went, what came, footnotes included."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from tender.documents.blocks import Mark, Run, runs_text
from tender.documents.blocks.inline import same_look

_TOKEN = re.compile(r"\d[\d\u00a0.,:]*\d|\w+|\s|.", re.DOTALL)
"""A number with its groups and decimals is one word: a price changes as a whole."""

_Change = tuple[bool, list[Run], list[Run]]


def merged_runs(old: tuple[Run, ...], new: tuple[Run, ...]) -> tuple[Run, ...]:
    """Both texts in one: what only `old` has is marked deleted, what only `new` has inserted."""
    if old == new:
        return new
    one, other = _tokens(old), _tokens(new)
    written: list[Run] = []
    for same, before, after in _without_islands(_changes(one, other)):
        if same:
            written.extend(map(_kept, before, after))
        else:
            written.extend(dataclasses.replace(run, mark=Mark.DELETED) for run in before)
            written.extend(dataclasses.replace(run, mark=Mark.INSERTED) for run in after)
    return joined(written)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """`runs` with neighbours of one look and one mark made one."""
    result: list[Run] = []
    for run in runs:
        if result and same_look(result[-1], run):
            result[-1] = dataclasses.replace(run, text=result[-1].text + run.text)
        else:
            result.append(run)
    return tuple(result)


def _tokens(runs: Iterable[Run]) -> list[Run]:
    return [
        token
        for run in runs
        for token in ([run] if run.note else [dataclasses.replace(run, text=word) for word in _TOKEN.findall(run.text)])
    ]


def _changes(old: Sequence[Run], new: Sequence[Run]) -> list[_Change]:
    matcher = SequenceMatcher(None, list(map(_key, old)), list(map(_key, new)), autojunk=False)
    return [(tag == "equal", list(old[i1:i2]), list(new[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes()]


def _key(token: Run) -> Run:
    """What a token is found by; any footnote call matches any other, and their texts are compared on their own."""
    return dataclasses.replace(token, note=(Run(""),)) if token.note else token


def _without_islands(changes: list[_Change]) -> list[_Change]:
    """Changes parted by nothing but a space are one change: words in a row are replaced together."""
    result: list[_Change] = []
    for index, (same, before, after) in enumerate(changes):
        island = same and 0 < index < len(changes) - 1 and runs_text(before) in {" ", "\u00a0"}
        if result and not result[-1][0] and (island or not same):
            _, earlier, later = result[-1]
            result[-1] = (False, earlier + before, later + after)
        else:
            result.append((same, before, after))
    return result


def _kept(old: Run, new: Run) -> Run:
    return dataclasses.replace(new, note=merged_runs(old.note, new.note)) if new.note else new
