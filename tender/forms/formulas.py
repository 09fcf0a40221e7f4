"""The formulas that a form shows for information: statuses beside inputs, group prices, the comparison price.

Prices are taken as whole units of their last decimal, so that every product and every tie of rounding is an exact whole
or half in the spreadsheet's binary numbers; then ROUND gives what `tender.money.round_half_up` gives.
"""

from __future__ import annotations

from decimal import Decimal

from tender.forms.fields import MAX_TEXT, Field, FieldKind, Phrases

_CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def unit_price(ref: str, weight: Decimal | int, decimals: int, unit_decimals: int) -> str:
    """The price in cell `ref` × `weight`, rounded half-up to `unit_decimals`; the price has at most `decimals`.

    >>> unit_price("C9", Decimal("0.9"), 2, 2)
    'ROUND(ROUND(C9*100,0)*9/10,0)/100'
    """
    shortest = Decimal(weight).normalize()
    places = max(0, -int(shortest.as_tuple().exponent))
    whole = int(shortest.scaleb(places))
    surplus = decimals + places - unit_decimals
    scaled = f"ROUND({ref}*{10**decimals},0)*{whole}"
    shifted = f"{scaled}/{10**surplus}" if surplus > 0 else f"{scaled}*{10**-surplus}" if surplus else scaled
    return f"ROUND({shifted},0)/{10**unit_decimals}"


def when_number(ref: str, formula: str, otherwise: str = '""') -> str:
    """`formula` when the cell `ref` holds a number: a blank never counts as zero, a text never as an error."""
    return f"IF(ISNUMBER({ref}),{formula},{otherwise})"


def is_right(field: Field, ref: str, yes: str, *, zero_allowed: bool) -> str:
    """A condition that is true when the cell `ref` holds what `field` takes; a reply is right when it says `yes`."""
    if field.kind is FieldKind.PRICE and field.price is not None:
        cell = field.price
        scale = 10**cell.decimals
        more = "" if zero_allowed else f",{ref}>0"
        ends = f"{ref}>={plain(cell.range.lowest)},{ref}<={plain(cell.range.highest)}{more}"
        return when_number(ref, f"AND({ends},ABS({ref}*{scale}-ROUND({ref}*{scale},0))<0.000001)", "FALSE")
    if field.kind is FieldKind.COUNT:
        return when_number(ref, f"AND({ref}>={field.least},{ref}<={field.most},{ref}=ROUND({ref},0))", "FALSE")
    if field.kind is FieldKind.EMAIL:
        return f'AND(ISNUMBER(FIND("@",{ref})),ISNUMBER(FIND(".",{ref},FIND("@",{ref})+2)),ISERROR(FIND(" ",{ref})))'
    if field.kind is FieldKind.BUSINESS_ID:
        return f'OR(LEN({ref})<>9,MID({ref},8,1)<>"-",{_check_digit(ref)})'
    if field.kind is FieldKind.REPLY:
        return f"{ref}={quoted(yes)}"
    return f"AND(LEN({ref})>0,LEN({ref})<={MAX_TEXT})"


def plain(value: Decimal) -> str:
    """A number as formulas write it, with a point and no exponent."""
    return f"{value:f}"


def quoted(words: str) -> str:
    """Words as a text inside a formula."""
    doubled = words.replace('"', '""')
    return f'"{doubled}"'


def status(field: Field, ref: str, phrases: Phrases, *, zero_allowed: bool) -> str:
    """The words beside an input: to be filled in, in order, or what is wrong with it."""

    def say(term: str) -> str:
        return quoted(phrases.say(f"form.status.{term}"))

    right = is_right(field, ref, phrases.say("form.reply.yes"), zero_allowed=zero_allowed)
    if field.kind is FieldKind.PRICE and field.price is not None:
        cell = field.price
        wrong = (
            f"IF(NOT(ISNUMBER({ref})),{say('not-number')},IF({ref}<{plain(cell.range.lowest)},{say('low')},"
            f"IF({ref}>{plain(cell.range.highest)},{say('high')},IF({ref}=0,{say('check')},{say('decimals')}))))"
        )
    elif field.kind is FieldKind.COUNT:
        wrong = (
            f"IF(NOT(ISNUMBER({ref})),{say('not-number')},IF({ref}<{field.least},{say('low')},"
            f"IF({ref}>{field.most},{say('high')},{say('whole')})))"
        )
    elif field.kind is FieldKind.REPLY:
        wrong = say("no-annex" if field.id.startswith("annexes.") else "no")
    else:
        wrong = say("check")
    ready = say("ready")
    if field.kind is FieldKind.BUSINESS_ID:
        ready = f'IF(AND(LEN({ref})=9,MID({ref},8,1)="-"),{ready},{say("foreign")})'
    return f'IF({ref}="",{say("blank")},IF({right},{ready},{wrong}))'


def _check_digit(ref: str) -> str:
    """Whether the last digit of a Finnish business id is the one that the first seven ask for."""
    terms = "+".join(f"MID({ref},{at},1)*{weight}" for at, weight in enumerate(_CHECK_WEIGHTS, start=1))
    return f"IFERROR(MOD({terms}+RIGHT({ref},1),11)=0,FALSE)"
