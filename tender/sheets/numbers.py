"""Numbers as a workbook's XML writes them, and as the person who typed them meant them."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

DIGITS = 15
"""Significant digits that a spreadsheet program shows and lets a person type."""

_SPREADSHEET = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)
_LONGEST = 40
_LARGEST_EXPONENT = 308


def number_of(text: str) -> Decimal | None:
    """The number that a person sees where a workbook's XML says `text`; ``None`` when it is no ordinary number.

    A workbook stores binary fractions. Excel writes them with 17 digits, so that a typed 4.35 stands in the file as
    4.3499999999999996; both it and LibreOffice show and take 15 significant digits. Rounding to these 15 gives back
    every number of up to 15 digits exactly, whichever program wrote it. No float is made here.

    >>> number_of("4.3499999999999996")
    Decimal('4.35')
    >>> number_of("1E3")
    Decimal('1000')
    """
    if len(text) > _LONGEST or not text.isascii():
        return None
    try:
        number = _SPREADSHEET.create_decimal(text.strip())
    except ArithmeticError:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return None
    return Decimal(f"{number.normalize(_SPREADSHEET) if number else 0:f}")
