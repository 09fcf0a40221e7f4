"""The published tie rule: it alone tells equal sets apart, never a solver and never the order of files.

Lots are ordered by SHA-256(seed ‖ bidder id). The seed was committed to before the tenders came, so the draw replays
for ever and nobody could steer it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tender.errors import BlockedError
from tender.model.awards import ProviderSet
from tender.model.criteria import TieKey


@dataclass(frozen=True, slots=True)
class Decided:
    """The set that the tie rule chose.

    Attributes:
        chosen: The set.
        key: The tie key after which one set was left; empty when there was no tie.
        lots: Bidder ids in the order of their lots; empty when none were drawn.
    """

    chosen: ProviderSet
    key: str
    lots: tuple[str, ...]


def draw_lots(bidders: Iterable[str], seed: bytes) -> tuple[str, ...]:
    """`bidders` in the order of their lots: ascending SHA-256 of the seed followed by the id in UTF-8."""
    return tuple(sorted(bidders, key=lambda bidder: (hashlib.sha256(seed + bidder.encode()).digest(), bidder)))


def break_tie(
    ties: Sequence[ProviderSet], rule: Sequence[TieKey], bidders: Iterable[str], seed: bytes | None
) -> Decided:
    """The winner of `ties` by the published `rule`.

    Args:
        ties: Equal sets, at least one.
        rule: Tie keys in the published order.
        bidders: Ids of all compared bidders, who all take part in the draw.
        seed: The committed seed; ``None`` when it is not open.

    Raises:
        BlockedError: Lots must be drawn and there is no seed, or the rule leaves several sets equal.
    """
    left = list(ties)
    if len(left) == 1:
        return Decided(left[0], "", ())
    for key in rule:
        if key is TieKey.LOTS:
            return _by_lots(left, tuple(bidders), seed)
        left = _best_by(left, key)
        if len(left) == 1:
            return Decided(left[0], key.value, ())
    raise BlockedError("award.tie-undecided", sets=len(left))


def _best_by(sets: list[ProviderSet], key: TieKey) -> list[ProviderSet]:
    if key is TieKey.QUALITY_POINTS:
        most = max(provider_set.quality for provider_set in sets)
        return [provider_set for provider_set in sets if provider_set.quality == most]
    least = min(provider_set.price for provider_set in sets)
    return [provider_set for provider_set in sets if provider_set.price == least]


def _by_lots(sets: list[ProviderSet], bidders: tuple[str, ...], seed: bytes | None) -> Decided:
    """The set whose ascending lot numbers come first."""
    if not seed:
        raise BlockedError("award.lots-seed-missing", sets=len(sets))
    lots = draw_lots(bidders, seed)
    place = {bidder: number for number, bidder in enumerate(lots, start=1)}
    chosen = min(sets, key=lambda provider_set: sorted(place[bidder] for bidder in provider_set.bidders))
    return Decided(chosen, TieKey.LOTS.value, lots)
