"""Words given on the command line in one language or several: ``sv=ord``, or plain words in the command's language."""

from __future__ import annotations

from collections.abc import Iterable

from tender.errors import UsageError
from tender.language import Language


def texts_of(given: Iterable[str], language: Language) -> dict[str, str]:
    """The words by language; words without ``fi=``, ``sv=`` or ``en=`` in front are in `language`.

    >>> texts_of(["Aikataulu", "sv=Tidtabell"], Language.FI)
    {'fi': 'Aikataulu', 'sv': 'Tidtabell'}

    Raises:
        UsageError: A language is given twice.
    """
    known = {each.value for each in Language}
    found: dict[str, str] = {}
    for words in given:
        named, equals, rest = words.partition("=")
        own, text = (named, rest) if equals and named in known else (language.value, words)
        if own in found:
            raise UsageError("dialogue.language-twice", language=own)
        if text.strip():
            found[own] = text.strip()
    return found
