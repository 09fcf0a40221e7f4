"""The picture of a price formula: points by the own price, the others standing still."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from evaluation.award.laboratory.trial import Trial
from tender.documents.charts import Chart, Look, Series, draw
from tender.errors import UsageError
from tender.language import Language, number_text
from tender.money import round_half_up
from tender.words import words

_PLACES = 10


def write_picture(path: Path, tried: Trial, prices: tuple[Fraction | None, ...], language: Language) -> None:
    """Write the picture as SVG: a new bid's points from the lowest to the highest of `prices`.

    Raises:
        UsageError: The file is there already, or fewer than two prices differ.
    """
    if path.exists():
        raise UsageError("bid.file-exists", file=path)
    field = tuple(price for price in prices if price is not None)
    if len(set(field)) < 2:  # noqa: PLR2004 - a line has two ends
        raise UsageError("laboratory.no-range")
    path.write_text(draw(picture(tried, field, language), "formula") + "\n", encoding="utf-8")


def picture(tried: Trial, field: tuple[Fraction, ...], language: Language) -> Chart:
    """The chart of a new bid's points among `field`; a refusal is a gap."""
    says = words(language).term
    lowest, highest = min(field), max(field)
    ends = [lowest + (highest - lowest) * place / _PLACES for place in range(_PLACES + 1)]
    points = [tried.points(price, field) for price in ends]
    return Chart(
        look=Look.LINES,
        title=f"{tried.formula.id}: {tried.formula.expression}",
        description=says("laboratory.picture").format(formula=tried.formula.id),
        unit=says("laboratory.picture-unit"),
        categories=tuple(number_text(round_half_up(price, 0), language) for price in ends),
        series=(Series(tried.formula.id, tuple(_whole(one) for one in points)),),
        language=language,
        hidden=says("laboratory.refused"),
    )


def _whole(points: Fraction | None) -> int | None:
    return None if points is None else int(round_half_up(points, 0))
