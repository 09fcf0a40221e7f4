"""Who the invented clients are, from ``profile.toml``, and how one of them is drawn."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from random import Random

SPANS: Mapping[str, int] = {"birth_year": 10, "unemployed_before": 12, "earlier_spells": 4}
"""Attributes that are numbers: codes are lower ends of spans, the last of this width."""


@cache
def _shares() -> Mapping[str, Mapping[str, tuple[float, float]]]:
    source = files("tender.annexes.synthesis") / "profile.toml"
    tables = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: {code: (pair[0], pair[1]) for code, pair in table.items()} for name, table in tables.items()}


def drawn(name: str, slowness: float, chance: Random) -> str:
    """A category of the attribute `name` for a client of a group; a number where the attribute is one.

    Args:
        name: The attribute.
        slowness: 0 for the group that leaves fastest, 1 for the slowest.
        chance: Where chance comes from.
    """
    shares = _shares()[name]
    bounds = list(accumulate(fast + slowness * (slow - fast) for fast, slow in shares.values()))
    point = chance.random() * bounds[-1]
    codes = list(shares)
    code = codes[next((at for at, bound in enumerate(bounds) if point < bound), len(codes) - 1)]
    return str(_within(code, codes, SPANS[name], chance)) if name in SPANS else code


def _within(code: str, codes: Sequence[str], width: int, chance: Random) -> int:
    """A whole number between `code` and the next one."""
    first = int(code)
    ends = {here: int(after) for here, after in pairwise(codes)}
    return first + int(chance.random() * (ends.get(code, first + width) - first))
