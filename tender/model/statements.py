"""What a document says about the method: symbols, exact values and a worked example, made by the code that computes.

The words of a statement stand in ``templates/statements/<id>.<lang>.md``; they name these symbols and steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol of a formula with its exact value in this tender.

    Attributes:
        name: The symbol as printed, such as ``p`` or ``W``.
        value: Its value in this tender; ``None`` when each bid brings its own.
        unit: Unit code: ``eur``, ``eur-year``, ``points``, ``percent``, ``client-month``, ``work-hour`` or empty.
    """

    name: str
    value: Fraction | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a worked example.

    Attributes:
        id: Id of the step's words in the statement's template.
        expression: The arithmetic with numbers filled in, with ``.`` as decimal mark and ``*`` ``/`` as signs;
            doors turn it into the language's own notation.
        result: The exact result.
        unit: Unit code of the result.
        decimals: Decimals of the result where it was rounded; ``None`` where it is exact.
        about: Id of the group or indicator that the step is about; empty when it is about the whole.
    """

    id: str
    expression: str
    result: Fraction
    unit: str = ""
    decimals: int | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement about the method.

    Attributes:
        id: Id with version, such as ``announced-interval@1``; its words have the same id.
        subject: Path of the tender's field that it speaks of, such as ``award.criteria.price``.
        symbols: Symbols with their values.
        example: Steps of a worked example with invented bids, each intermediate number included.
        facts: Further exact values that the words need, by name, already as plain text without units.
    """

    id: str
    subject: str
    symbols: tuple[Symbol, ...]
    example: tuple[Step, ...]
    facts: Mapping[str, str]


def as_plain(statements: tuple[Statement, ...]) -> list[dict[str, object]]:
    """`statements` as plain values for JSON; exact numbers as text such as ``2620/97``.

    Published beside the documents, so that the worked examples can be computed again before scoring and paying.
    """
    return [
        {
            "id": statement.id,
            "subject": statement.subject,
            "symbols": {
                symbol.name: {"value": None if symbol.value is None else str(symbol.value), "unit": symbol.unit}
                for symbol in statement.symbols
            },
            "example": [
                {"id": step.id, "expression": step.expression, "result": str(step.result), "about": step.about}
                for step in statement.example
            ],
            "facts": dict(statement.facts),
        }
        for statement in statements
    ]
