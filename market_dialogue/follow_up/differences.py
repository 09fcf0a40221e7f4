"""What differs where decisions point, in words: the command and the page of the officers show the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from market_dialogue.follow_up.matrix import FollowUp, Target
from tender.documents.changes import ChangeWords, change_words
from tender.language import Language
from tender.reading.dictionary import field_units
from tender.words import words


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs at one target.

    Attributes:
        name: Path of a field, or ``clause:<document>/<id>``.
        fields: Changes of the tender's data there; empty for a clause.
        title: Number and heading of the clause; empty for a field.
        fate: What became of the clause; empty for a field.
    """

    name: str
    fields: tuple[ChangeWords, ...]
    title: str = ""
    fate: str = ""


def differences(found: FollowUp, language: Language) -> tuple[Difference, ...]:
    """What differs at every target that a decision names, each once, in the order of the replies."""
    targets = {target.name: target for trace in found.traces for target in trace.targets}
    return tuple(_each(targets.values(), language))


def _each(targets: Iterable[Target], language: Language) -> Iterator[Difference]:
    units = field_units()
    for target in targets:
        fields = tuple(change_words(change, language, units) for change in target.changes)
        if target.clause:
            shown = target.clause.get(language) or next(iter(target.clause.values()))
            fate = words(language).term(f"redline.fate-{shown.fate.value}")
            yield Difference(target.name, fields, shown.title, fate)
        else:
            yield Difference(target.name, fields)
