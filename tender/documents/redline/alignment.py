"""Two sequences laid side by side so that what is alike stands together, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")

SAME = 100
"""Likeness of two equal things; 0 is for things that are never paired."""


def aligned(
    old: Sequence[Item], new: Sequence[Item], likeness: Callable[[Item, Item], int]
) -> list[tuple[Item | None, Item | None]]:
    """Pairs in order; what has no match stands alone, the old before the new.

    Args:
        old: The old items.
        new: The new items.
        likeness: How alike two items are, from 0 (never paired) to `SAME`.

    >>> aligned("abc", "axc", lambda one, other: 100 * (one == other))
    [('a', 'a'), ('b', None), (None, 'x'), ('c', 'c')]
    """
    start = _equal_start(old, new)
    end = _equal_start(old[start:][::-1], new[start:][::-1])
    middle = _best(old[start : len(old) - end], new[start : len(new) - end], likeness)
    before: list[tuple[Item | None, Item | None]] = list(zip(old[:start], new[:start], strict=True))
    after = zip(old[len(old) - end :], new[len(new) - end :], strict=True)
    return [*before, *middle, *after]


def _equal_start(old: Sequence[Item], new: Sequence[Item]) -> int:
    count = 0
    while count < min(len(old), len(new)) and old[count] == new[count]:
        count += 1
    return count


def _best(
    old: Sequence[Item], new: Sequence[Item], likeness: Callable[[Item, Item], int]
) -> list[tuple[Item | None, Item | None]]:
    """The pairing with the largest sum of likeness, by dynamic programming from the end."""
    score = [[likeness(one, other) for other in new] for one in old]
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = score[i][j] + best[i + 1][j + 1] if score[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[tuple[Item | None, Item | None]] = []
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and score[i][j] and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or best[i][j] == best[i + 1][j]):
            pairs.append((old[i], None))
            i += 1
        else:
            pairs.append((None, new[j]))
            j += 1
    return pairs


def word_likeness(old: str, new: str) -> int:
    """How many words two texts share, from 0 to `SAME`, whatever their order (Dice's coefficient).

    >>> word_likeness("hinta on 40 euroa", "hinta on 45 euroa")
    75
    """
    if old == new:
        return SAME
    one, other = Counter(old.split()), Counter(new.split())
    total = one.total() + other.total()
    return 2 * SAME * (one & other).total() // total if total else 0
