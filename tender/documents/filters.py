"""The filters that clauses may use, in one language; they only choose a notation, the numbers stay exact."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from tender.documents import numbers
from tender.documents.markdown import prose_html
from tender.language import Language
from tender.model.statements import Step
from tender.money import Exact
from tender.words import words


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of one language.

    Attributes:
        language: The language.
    """

    language: Language

    def names(self) -> dict[str, Callable[..., object]]:
        """The filters by the names that clauses use."""
        return {
            "count": self.count,
            "euros": self.euros,
            "measured": self.measured,
            "number": self.number,
            "percent": self.percent,
            "prose": self.prose,
            "result": self.result,
            "say": self.say,
            "term": self.term,
            "words": self.listed,
            "year": str,
        }

    def count(self, value: int, one: str, many: str) -> str:
        """A number with its noun: `one` after 1, `many` after any other."""
        return numbers.count(value, one, many, self.language)

    def euros(self, value: Exact | str, decimals: int | None = None) -> str:
        """A euro amount with at least two decimals, or with `decimals`."""
        return numbers.euros(value, self.language, decimals)

    def measured(self, value: Exact, unit: str) -> str:
        """A measured value with its unit."""
        return numbers.measured(value, unit, self.language)

    def number(self, value: Exact | str, decimals: int | None = None) -> str:
        """A number, rounded half-up to `decimals` when given."""
        return numbers.number(value, self.language, decimals)

    def percent(self, value: Exact) -> str:
        """A percentage that is already in percent."""
        return numbers.percent(value, self.language)

    def prose(self, value: object, heading: int = 3) -> Markup:
        """A longer text as a safe subset of Markdown; ``##`` in it becomes a heading of level `heading`."""
        return prose_html(numbers.speak(value, self.language), heading)

    def result(self, step: Step) -> str:
        """The result of a step of a worked example, without its unit."""
        return numbers.step_text(step, self.language)

    def say(self, value: object) -> str:
        """A value as text, for putting texts together."""
        return numbers.speak(value, self.language)

    def term(self, value: object, prefix: str) -> str:
        """The word of the term ``<prefix>.<value>``."""
        return words(self.language).term(f"{prefix}.{value}")

    def listed(self, items: Iterable[object]) -> str:
        """Items as a phrase: ``a, b ja c``."""
        return numbers.listed(items, self.language)
