"""Days as texts write them, in Finnish, Swedish and English, found and moved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from tender.language import MONTHS

_NUMBERED = re.compile(r"(?<![0-9.])([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?![0-9])")
_NAMES = {name: (names, month) for names in MONTHS.values() for month, name in enumerate(names, start=1)}
_GAP = r"((?:\s|\\(?=\n))+)"  # a folded line of a tender file ends in a backslash
_NAMED = re.compile(rf"(?<![0-9.])([0-9]{{1,2}})(\.?){_GAP}({'|'.join(_NAMES)}){_GAP}([0-9]{{4}})(?![0-9])")


def words_moved(words: str, moved: Mapping[date, date]) -> str:
    """`words` with each day of `moved` replaced by its new day, however the text writes it.

    ``1.3.2019``, ``1. maaliskuuta 2019``, ``1 mars 2019`` and ``1 March 2019`` are known; clock times beside them, and
    days that `moved` does not name, stay.

    >>> words_moved("Luonnos 28.9.2018 (499/2021)", {date(2018, 9, 28): date(2026, 9, 28)})
    'Luonnos 28.9.2026 (499/2021)'
    >>> words_moved("Draft 28 September 2018", {date(2018, 9, 28): date(2026, 10, 1)})
    'Draft 1 October 2026'
    """
    known = {(old.day, old.month, old.year): new for old, new in moved.items()}

    def numbered(found: re.Match[str]) -> str:
        day = known.get((int(found[1]), int(found[2]), int(found[3])))
        return found[0] if day is None else f"{day.day}.{day.month}.{day.year}"

    def named(found: re.Match[str]) -> str:
        first, point, gap, name, second_gap, year = found.groups()
        names, month = _NAMES[name]
        day = known.get((int(first), month, int(year)))
        return found[0] if day is None else f"{day.day}{point}{gap}{names[day.month - 1]}{second_gap}{day.year}"

    return _NAMED.sub(named, _NUMBERED.sub(numbered, words))
