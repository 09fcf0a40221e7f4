"""The cells that a bidder fills in: unlocked, named, validated, coloured by what they hold."""

from __future__ import annotations

from decimal import Decimal

from tender.forms import looks
from tender.forms.fields import MAX_TEXT, Field, FieldKind, Phrases
from tender.forms.formulas import is_right, plain
from tender.sheets.book import Cell, Limit, Style, Validation

_SHORTEST_ID = 3
_LONGEST_ID = 40


def input_cell(field: Field, ref: str, phrases: Phrases, *, zero_allowed: bool) -> Cell:
    """The input cell of `field` at `ref`."""
    right = is_right(field, ref, phrases.say("form.reply.yes"), zero_allowed=zero_allowed)
    validation = _validation(field, ref, phrases, zero_allowed=zero_allowed)
    highlights = looks.input_highlights(ref, right)
    return Cell(ref, None, _style(field), field.name, validation, highlights)


def _style(field: Field) -> Style:
    if field.kind is FieldKind.PRICE and field.price is not None:
        return looks.input_style(looks.price_format(field.price.decimals))
    if field.kind is FieldKind.COUNT:
        return looks.input_style("General")
    return looks.input_style("@")


def _validation(field: Field, ref: str, phrases: Phrases, *, zero_allowed: bool) -> Validation:
    match field.kind:
        case FieldKind.PRICE:
            return _price(field, phrases, zero_allowed=zero_allowed)
        case FieldKind.COUNT:
            prompt = phrases.say("form.capacity.prompt", range=field.allowed)
            error = phrases.say("form.capacity.error", range=field.allowed)
            return Validation(Limit.WHOLE, str(field.least), str(field.most), field.allowed, prompt, error)
        case FieldKind.REPLY:
            choices = f'"{phrases.say("form.reply.yes")},{phrases.say("form.reply.no")}"'
            prompt, error = phrases.say("form.reply.prompt"), phrases.say("form.reply.error")
            return Validation(Limit.LIST, choices, "", field.allowed, prompt, error)
        case FieldKind.EMAIL:
            right = is_right(field, ref, phrases.say("form.reply.yes"), zero_allowed=zero_allowed)
            return Validation(Limit.CUSTOM, right, "", field.label, field.help, field.help)
        case FieldKind.BUSINESS_ID:
            least, most = str(_SHORTEST_ID), str(_LONGEST_ID)
            return Validation(Limit.LENGTH, least, most, field.label, field.help, field.help)
        case FieldKind.TEXT:
            return Validation(Limit.LENGTH, "1", str(MAX_TEXT), field.label, field.help, field.allowed)


def _price(field: Field, phrases: Phrases, *, zero_allowed: bool) -> Validation:
    """Between the buyer's ends; where zero is an end but may not be tendered, from the smallest price upwards."""
    if field.price is None:
        raise ValueError(field.id)
    lowest, highest = field.price.range.lowest, field.price.range.highest
    if lowest == 0 and not zero_allowed:
        lowest = Decimal(1).scaleb(-field.price.decimals)
    prompt = phrases.say("form.price.prompt", range=field.allowed, decimals=field.price.decimals)
    error = phrases.say("form.price.error", range=field.allowed)
    return Validation(Limit.DECIMAL, plain(lowest), plain(highest), field.allowed, prompt, error)
