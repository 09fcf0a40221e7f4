"""How a document speaks values: exact numbers, euros, dates and arithmetic in the notation of its language.

Nothing here rounds on its own: a fraction without a finite decimal is printed as a fraction, or with a sign that says
that what follows is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from tender.language import MINUS, NBSP, Language, Text, date_text, euro_text, moment_text, number_text
from tender.model.statements import Step
from tender.money import Exact, decimal_of, exact, round_half_up

ABOUT = "≈"
ABOUT_DECIMALS = 4
"""Decimals after the sign ≈ where a value has no finite decimal."""

_LONGEST_DECIMAL = 10
"""More decimals than this are not read by anybody: the value is printed as rounded."""

_LONGEST_FRACTION = 9
"""A fraction with more digits than this is printed as a rounded decimal only."""

_TOKEN = re.compile(r"(?P<number>\d+(?:\.\d+)?)|(?P<sign><=|>=|[-+*/=;<>])|(?P<space>\s+)|(?P<other>.)")
_SIGNS = {"*": "·", "-": MINUS, "<=": "≤", ">=": "≥"}
_TIGHT = frozenset({"*", "/"})
_SEPARATOR = ";"


def speak(value: object, language: Language) -> str:
    """`value` as `language` writes it, by its type.

    Raises:
        TypeError: `value` is ``None``, a truth value, an enum or something without a notation of its own: a document
            must say in words what it means.
    """
    if isinstance(value, Enum | bool) or value is None:
        message = f"{value!r} has no notation: say it in words"
        raise TypeError(message)
    if isinstance(value, str):
        return value
    if isinstance(value, Text):
        return value.best(language)
    if isinstance(value, datetime):
        return moment_text(value, language)
    if isinstance(value, date):
        return date_text(value, language)
    return _spoken_number(value, language)


def _spoken_number(value: object, language: Language) -> str:
    if isinstance(value, int | Decimal):
        return number_text(value, language)
    if isinstance(value, Fraction):
        return exact_text(value, language)
    message = f"a {type(value).__name__} has no notation"
    raise TypeError(message)


def present(value: object) -> bool:
    """Whether there is something to print: not ``None``, not false, not empty, and no blank text."""
    if isinstance(value, Text):
        return any((words or "").strip() for words in (value.fi, value.sv, value.en))
    return value is not None and value is not False and value not in ("", (), {}, [])


def exact_text(value: Exact, language: Language) -> str:
    """`value` without any rounding: a decimal when it is finite, else a fraction.

    >>> exact_text(Fraction(5, 2), Language.FI)
    '2,5'
    >>> exact_text(Fraction(1, 3), Language.FI)
    '1/3'
    """
    finite = decimal_of(value)
    return number_text(finite, language) if finite is not None else _fraction_text(exact(value), language)


def result_text(value: Exact, language: Language, decimals: int | None = None) -> str:
    r"""A result as a worked example prints it.

    Args:
        value: The exact result.
        language: The language.
        decimals: Decimals to which the method rounds half-up; ``None`` where it does not round.

    >>> result_text(Fraction(2620, 97), Language.FI)
    '2\xa0620/97 ≈\xa027,0103'
    >>> result_text(Fraction(2620, 97), Language.FI, 2)
    '27,01'
    """
    fraction = exact(value)
    if decimals is not None:
        return number_text(round_half_up(fraction, decimals), language)
    finite = decimal_of(fraction)
    if finite is not None and -int(finite.as_tuple().exponent) <= _LONGEST_DECIMAL:
        return number_text(finite, language)
    about = f"{ABOUT}{NBSP}{number_text(round_half_up(fraction, ABOUT_DECIMALS), language)}"
    if len(str(fraction.numerator)) + len(str(fraction.denominator)) > _LONGEST_FRACTION:
        return about
    return f"{_fraction_text(fraction, language)} {about}"


def step_text(step: Step, language: Language) -> str:
    """The result of one step of a worked example, without its unit."""
    return result_text(step.result, language, step.decimals)


def euros(value: Exact | str, language: Language, decimals: int | None = None) -> str:
    r"""A euro amount, with at least two decimals unless `decimals` says otherwise.

    Args:
        value: Euros; text is read as a plain number with a decimal point.
        language: The language.
        decimals: Decimals to print; the amount must be exact with them.

    Raises:
        ValueError: `value` has more decimals than `decimals`, so that printing would round it.

    >>> euros(Decimal("34"), Language.FI)
    '34,00\xa0€'
    """
    amount = Fraction(value) if isinstance(value, str) else exact(value)
    finite = decimal_of(amount)
    if finite is None:
        shown = result_text(amount, language)
        return f"€{shown}" if language is Language.EN else f"{shown}{NBSP}€"
    places = max(2, -int(finite.as_tuple().exponent)) if decimals is None else decimals
    padded = finite.quantize(Decimal(1).scaleb(-places))
    if padded != finite:
        message = f"{finite} € cannot be printed with {places} decimals without rounding"
        raise ValueError(message)
    return euro_text(padded, language)


def number(value: Exact | str, language: Language, decimals: int | None = None) -> str:
    r"""A number, rounded half-up to `decimals` when given; text is read as a plain number with a decimal point.

    >>> number("1234.5", Language.FI)
    '1\xa0234,5'
    """
    found = Fraction(value) if isinstance(value, str) else exact(value)
    if decimals is not None:
        return number_text(round_half_up(found, decimals), language)
    return result_text(found, language)


def percent(value: Exact, language: Language) -> str:
    """A percentage that is already in percent, with a space before the sign where the language has one."""
    gap = "" if language is Language.EN else NBSP
    return f"{exact_text(value, language)}{gap}%"


def measured(value: Exact, unit: str, language: Language) -> str:
    r"""A measured value with its unit, which is a percent sign or a word.

    >>> measured(Decimal("2.5"), "%", Language.EN)
    '2.5%'
    """
    return percent(value, language) if unit == "%" else f"{exact_text(value, language)}{NBSP}{unit}"


def count(value: int, one: str, many: str, language: Language) -> str:
    r"""A number with its noun: `one` after 1, `many` after any other.

    >>> count(4, "kuukausi", "kuukautta", Language.FI)
    '4\xa0kuukautta'
    """
    return f"{number_text(value, language)}{NBSP}{one if value == 1 else many}"


def listed(items: Iterable[object], language: Language) -> str:
    """Items as a phrase: ``a, b ja c``."""
    spoken = [speak(item, language) for item in items]
    conjunction = {Language.FI: "ja", Language.SV: "och", Language.EN: "and"}[language]
    head = ", ".join(spoken[:-1])
    return f"{head} {conjunction} {spoken[-1]}" if head else "".join(spoken)


def expression_text(expression: str, language: Language) -> str:
    r"""Plain arithmetic in the notation of `language`.

    >>> expression_text("40*(160-72.5)/80", Language.FI)
    '40\xa0·\xa0(160 −\xa072,5)\xa0/\xa080'
    """
    written: list[str] = []
    before = ""
    for match in _TOKEN.finditer(expression):
        kind, found = str(match.lastgroup), match.group()
        if kind == "number":
            written.append(number_text(Decimal(found) if "." in found else int(found), language))
        elif kind == "sign":
            written.append(_binary(found) if _is_operand(before) else _SIGNS.get(found, found))
        elif kind == "other":
            written.append(found)
        before = before if kind == "space" else found
    return "".join(written)


def _is_operand(found: str) -> bool:
    """Whether a value ends with `found`, so that a sign after it stands between two values."""
    return found == ")" or found[-1:].isalnum()


def _binary(sign: str) -> str:
    """A sign between two values; a line may break before it unless it binds tightly."""
    shown = _SIGNS.get(sign, sign)
    if sign == _SEPARATOR:
        return f"{shown} "
    before = NBSP if sign in _TIGHT else " "
    return f"{before}{shown}{NBSP}"


def _fraction_text(fraction: Fraction, language: Language) -> str:
    """``2 620/97``, with the minus sign in front."""
    sign = MINUS if fraction < 0 else ""
    numerator, denominator = (number_text(part, language) for part in (abs(fraction.numerator), fraction.denominator))
    return f"{sign}{numerator}/{denominator}"
