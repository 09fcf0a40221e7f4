"""Finnish hyphenation and signs that stay with their numbers: what pyphen and the page engine lack.

No Finnish dictionary travels with pyphen, and public pattern sets err at compound joints. Ours is deliberately shy: a
break that is missing costs a ragged line, a wrong one costs trust. Where words may break at all is the style's matter.
"""

from __future__ import annotations

import re
from pathlib import Path

from tender.language import NBSP
from tender.words import templates_folder

FINNISH = "fi"
DICTIONARY = "hyphenation-fi.dic"
"""The patterns, in ``templates/styles``: the syllable rule and the compound joints of our vocabulary."""

_LOOSE_SIGN = re.compile(r"(?<=\d) (?=[§%€])|(?<=§) (?=\d)")


def teach_finnish() -> None:
    """Let pyphen, and so every page, hyphenate Finnish by our patterns; again and again does no harm."""
    import pyphen  # reads its list of dictionaries when it is imported

    pyphen.LANGUAGES[FINNISH] = Path(str(templates_folder() / "styles" / DICTIONARY))
    pyphen.LANGUAGES_LOWERCASE[FINNISH] = FINNISH


def hold_signs(html: str) -> str:
    r"""`html` with signs of sections, percent and euro that do not part from their numbers.

    >>> hold_signs("hankintalaki 125 §")
    'hankintalaki 125\xa0§'
    """
    return _LOOSE_SIGN.sub(NBSP, html)
