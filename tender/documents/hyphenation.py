"""Hyphenation at the joints of compounds, and signs that stay with their numbers: what pyphen and the engine lack.

No Finnish dictionary travels with pyphen, and public pattern sets err at compound joints. Ours is deliberately shy: a
break that is missing costs a ragged line, a wrong one costs trust. For Swedish, pyphen's patterns know no compounds of
our vocabulary, so our joints are laid over them. Where words may break at all is the style's matter.
"""

from __future__ import annotations

import re
from pathlib import Path

from tender.language import NBSP
from tender.words import templates_folder

FINNISH, SWEDISH = "fi", "sv"
DICTIONARY = "hyphenation-fi.dic"
"""The patterns, in ``templates/styles``: the syllable rule and the compound joints of our vocabulary."""

JOINTS = "hyphenation-sv.dic"
"""Compound joints of our Swedish vocabulary, in ``templates/styles``."""

_LOOSE_SIGN = re.compile(r"(?<=\d) (?=[§%€])|(?<=§) (?=\d)")


def teach_compounds() -> None:
    """Let pyphen, and so every page, hyphenate Finnish and Swedish by our patterns; again and again does no harm."""
    import pyphen  # reads its list of dictionaries when it is imported

    pyphen.LANGUAGES[FINNISH] = _styles() / DICTIONARY
    pyphen.LANGUAGES_LOWERCASE[FINNISH] = FINNISH
    general = pyphen.LANGUAGES[SWEDISH]
    if general not in pyphen.hdcache:
        patterns, joints = pyphen.HyphDict(general), pyphen.HyphDict(_styles() / JOINTS)
        patterns.patterns.update(joints.patterns)
        patterns.maxlen = max(patterns.maxlen, joints.maxlen)
        pyphen.hdcache[general] = patterns


def _styles() -> Path:
    return Path(str(templates_folder() / "styles"))


def hold_signs(html: str) -> str:
    r"""`html` with signs of sections, percent and euro that do not part from their numbers.

    >>> hold_signs("hankintalaki 125 §")
    'hankintalaki 125\xa0§'
    """
    return _LOOSE_SIGN.sub(NBSP, html)
