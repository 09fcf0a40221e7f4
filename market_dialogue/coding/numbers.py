"""The numbers that were answered, against the value of the draft: counts and exact quartiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tender.model.answers import Answer, Reply
from tender.model.questions import Question


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the numbers answered to one question lie.

    Attributes:
        question: The question.
        draft: The value that the drafts had; ``None`` when the number stands for itself.
        answers: How many answers there are.
        above: How many want more than the draft.
        equal: How many want the draft's value, or a range that holds it.
        below: How many want less.
        silent: How many gave no number.
        values: The numbers in order; of a range, its middle.
        quartiles: Lower quartile, median and upper quartile; ``None`` without numbers.
    """

    question: Question
    draft: Fraction | None
    answers: int
    above: int
    equal: int
    below: int
    silent: int
    values: tuple[Fraction, ...]
    quartiles: tuple[Fraction, Fraction, Fraction] | None


def distribution(question: Question, draft: Decimal | int | None, answers: Sequence[Answer]) -> Distribution:
    """How the numbers that `answers` give to `question` lie around `draft`; a blank is not a zero."""
    given = [ends for answer in answers if (ends := _ends(answer.replies.get(question.id))) is not None]
    value = None if draft is None else Fraction(draft)
    values = tuple(sorted((low + high) / 2 for low, high in given))
    above = sum(value is not None and low > value for low, _ in given)
    below = sum(value is not None and high < value for _, high in given)
    return Distribution(
        question,
        value,
        len(answers),
        above,
        0 if value is None else len(given) - above - below,
        below,
        len(answers) - len(given),
        values,
        quartiles(values) if values else None,
    )


def quartiles(values: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """Lower quartile, median, upper quartile of ordered `values`, between neighbours in proportion (Hyndman–Fan 7).

    >>> quartiles([Fraction(1), Fraction(2), Fraction(3), Fraction(4)])
    (Fraction(7, 4), Fraction(5, 2), Fraction(13, 4))
    """
    return _at(values, Fraction(1, 4)), _at(values, Fraction(1, 2)), _at(values, Fraction(3, 4))


def _at(values: Sequence[Fraction], share: Fraction) -> Fraction:
    place = share * (len(values) - 1)
    left = int(place)
    right = min(left + 1, len(values) - 1)
    return values[left] + (place - left) * (values[right] - values[left])


def _ends(reply: Reply | None) -> tuple[Fraction, Fraction] | None:
    """Both ends of what was given; a single number is a range of its own, and a half-open range is no number."""
    if reply is None:
        return None
    if reply.number is not None:
        return Fraction(reply.number), Fraction(reply.number)
    if reply.low is not None and reply.high is not None:
        return min(Fraction(reply.low), Fraction(reply.high)), max(Fraction(reply.low), Fraction(reply.high))
    return None
