"""Keys of a table against the names that belong there: typos find their nearest name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

_NEAR = 0.6
_LONGEST = 60
_MOST_GUESSES = 100


@dataclass(frozen=True, slots=True)
class Stray:
    """A key that does not belong to its table.

    Attributes:
        key: The key.
        nearest: The nearest name that belongs there; empty when none is near.
        taken: Whether its value is taken for that of `nearest`, which the table lacks.
    """

    key: str
    nearest: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Keys matched with names.

    Attributes:
        keys: Key in the file by the name that it is taken for.
        strays: Keys that do not belong there, in the order of the file.
    """

    keys: dict[str, str]
    strays: tuple[Stray, ...]


def match(keys: Iterable[str], names: Collection[str], *, pair_last: bool = False) -> Match:
    """Match the keys of a table with the names that belong there.

    Args:
        keys: Keys as the file has them.
        names: Names that belong there.
        pair_last: Whether one key that is left over is taken for the one name that is left over, however different
            (ids of a map: a renamed group is one mistake, not two).
    """
    present = list(keys)
    found = {key: key for key in present if key in names}
    absent = [name for name in names if name not in found]
    unknown = [key for key in present if key not in names]
    strays: list[Stray] = []
    for key in unknown:
        near = nearest(key, names) if len(strays) < _MOST_GUESSES else ""
        if not near and pair_last and len(unknown) == len(absent) == 1:
            near = absent[0]
        taken = near in absent
        if taken:
            absent.remove(near)
            found[near] = key
        strays.append(Stray(key, near, taken))
    return Match(found, tuple(strays))


def nearest(word: str, names: Iterable[str], least: float = _NEAR) -> str:
    """The name most like `word`; empty when none is like it by at least `least` of 1.

    >>> nearest("Weigth", ("weight", "name")), nearest("xyz", ("weight",))
    ('weight', '')
    """
    plain = _plain(word)
    if len(plain) > _LONGEST:
        return ""
    best, found = least, ""
    matcher = SequenceMatcher(b=plain, autojunk=False)
    for name in names:
        matcher.set_seq1(_plain(name))
        if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best:
            ratio = matcher.ratio()
            if ratio > best or (ratio == best and not found):
                best, found = ratio, name
    return found


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
