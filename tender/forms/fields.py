"""What a bid form asks: every field of a tender with its machine id, its words and its limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import chain, count

from tender.guards import as_text
from tender.language import Language, Text, number_text
from tender.model.prices import PriceCell, PriceForm, PriceModel, PricePart, price_cells
from tender.model.tender import Tender
from tender.words import Words, words

MAX_TEXT = 200
"""Most characters of a text that a bidder writes."""


class FieldKind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    BUSINESS_ID = "business-id"
    EMAIL = "email"
    PRICE = "price"
    COUNT = "count"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a bidder fills in.

    Attributes:
        id: Machine id, the path in `tender.model.bids.Bid`: ``prices.capitation``, ``capacity.<area>.<group>``.
        kind: What it takes.
        label: What stands beside the cell.
        help: What helps to fill it in.
        unit: Its unit in words; empty for texts and replies.
        allowed: What is allowed, in words.
        price: The price cell with the buyer's range; ``None`` for other kinds.
        least: Least allowed count.
        most: Most allowed count; 0 for other kinds.
        name: The cell's name in the workbook, made of the id.
    """

    id: str
    kind: FieldKind
    label: str
    help: str
    unit: str = ""
    allowed: str = ""
    price: PriceCell | None = None
    least: int = 0
    most: int = 0
    name: str = ""


class Phrases:
    """Terms of the forms room in one language, filled in with values and safe to stand in a cell.

    Args:
        language: The language.
    """

    def __init__(self, language: Language) -> None:
        """Take the terms of `language`."""
        self.language = language
        self._words: Words = words(language)

    def say(self, term: str, **values: object) -> str:
        """The words of `term` with `values` filled in."""
        return as_text(self._words.term(term).format(**values))

    def best(self, text: Text) -> str:
        """The words of the tender in this language, else in the first that has them."""
        return as_text(text.best(self.language))

    def number(self, value: Decimal | int) -> str:
        """A number as the language writes it."""
        return number_text(value, self.language)

    def range(self, lowest: Decimal | int, highest: Decimal | int) -> str:
        """Both ends of a range."""
        return f"{self.number(lowest)}–{self.number(highest)}"


def bid_fields(tender: Tender, language: Language) -> tuple[Field, ...]:
    """Every field of the bid form of `tender`, in the order of the form."""
    phrases = Phrases(language)
    fields = (
        *_bidder(phrases),
        *(_price(tender, cell, phrases) for cell in price_cells(tender.prices)),
        *_capacity(tender, phrases),
        *_suitability(tender, phrases),
        *_annexes(tender, phrases),
    )
    names = cell_names(field.id for field in fields)
    return tuple(replace(field, name=names[field.id]) for field in fields)


def part_of(prices: PriceModel, name: str) -> PricePart:
    """The price part called `name`, ``capitation`` or ``outcome``."""
    return prices.capitation if name == "capitation" else prices.outcome


def cell_names(field_ids: Iterable[str]) -> dict[str, str]:
    """A workbook name for each machine id: letters, digits and underscores, all different, none like a reference.

    >>> cell_names(["name", "annexes.a-b", "annexes.a.b"])
    {'name': 'bid_name', 'annexes.a-b': 'annexes_a_b', 'annexes.a.b': 'annexes_a_b_2'}
    """
    names: dict[str, str] = {}
    for field_id in field_ids:
        plain = re.sub(r"[^A-Za-z0-9]", "_", field_id)
        stem = plain if "_" in plain else f"bid_{plain}"
        taken = {name.casefold() for name in names.values()}
        numbered = (f"{stem}_{number}" for number in count(2))
        names[field_id] = next(name for name in chain([stem], numbered) if name.casefold() not in taken)
    return names


def _bidder(phrases: Phrases) -> Iterator[Field]:
    for name, term, kind in (
        ("name", "form.bidder.name", FieldKind.TEXT),
        ("business_id", "form.bidder.business-id", FieldKind.BUSINESS_ID),
        ("email", "form.bidder.email", FieldKind.EMAIL),
    ):
        yield Field(
            name,
            kind,
            phrases.say(term),
            phrases.say(f"{term}.help"),
            allowed=phrases.say(f"{term}.allowed"),
        )


def _price(tender: Tender, cell: PriceCell, phrases: Phrases) -> Field:
    """The field of one price cell."""
    part = part_of(tender.prices, cell.part)
    name = phrases.say(f"form.price.{cell.part}")
    if cell.group is None:
        label = phrases.say("form.price.base", part=name)
    else:
        label = phrases.say("form.price.group", part=name, group=phrases.best(tender.group(cell.group).name))
    form = "base" if part.form is PriceForm.BASE_TIMES_WEIGHT else "group"
    advice = phrases.say(f"form.price.help.{form}", decimals=cell.decimals, unit_decimals=part.unit_decimals)
    if cell.range.holds(Decimal(0)):
        advice += " " + phrases.say(
            "form.price.zero.allowed" if tender.prices.zero_allowed else "form.price.zero.refused"
        )
    return Field(
        f"prices.{cell.id}",
        FieldKind.PRICE,
        label,
        advice,
        phrases.say(f"form.unit.{cell.unit.value}"),
        phrases.range(cell.range.lowest, cell.range.highest),
        price=cell,
    )


def _capacity(tender: Tender, phrases: Phrases) -> Iterator[Field]:
    cap = tender.framework.client_cap
    advice = phrases.say("form.capacity.total.help", cap=phrases.number(cap))
    yield Field(
        "capacity_total",
        FieldKind.COUNT,
        phrases.say("form.capacity.total"),
        advice,
        phrases.say("form.unit.clients"),
        phrases.range(1, cap),
        least=1,
        most=cap,
    )
    for area in tender.areas:
        for group in tender.groups:
            field_id = f"capacity.{area.id}.{group.id}"
            yield Field(
                field_id,
                FieldKind.COUNT,
                f"{phrases.best(area.name)}, {phrases.best(group.name)}",
                phrases.say("form.capacity.matrix"),
                phrases.say("form.unit.clients"),
                phrases.range(0, cap),
                most=cap,
            )


def _suitability(tender: Tender, phrases: Phrases) -> Iterator[Field]:
    for demand in tender.suitability:
        advice = phrases.say(
            "form.suitability.help",
            requirement=phrases.best(demand.requirement),
            evidence=phrases.best(demand.evidence),
        )
        yield _reply(f"suitability.{demand.id}", phrases.best(demand.name), advice, phrases)


def _annexes(tender: Tender, phrases: Phrases) -> Iterator[Field]:
    for criterion in tender.award.demanded_annexes():
        yield _reply(f"annexes.{criterion.id}", phrases.best(criterion.name), phrases.best(criterion.evidence), phrases)


def _reply(field_id: str, label: str, advice: str, phrases: Phrases) -> Field:
    allowed = phrases.say("form.reply.choices")
    return Field(field_id, FieldKind.REPLY, label, advice, allowed=allowed)
