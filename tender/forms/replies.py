"""What a bidder's cell means: a value and findings, never a guess; a blank is ``None``, never zero."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tender.errors import Finding, Place, Severity
from tender.forms.fields import MAX_TEXT, Field, FieldKind
from tender.forms.identifiers import is_business_id, is_email
from tender.guards import excerpt
from tender.language import Language, number_text
from tender.model.bids import Reply
from tender.model.prices import PriceCell
from tender.money import exact
from tender.sheets.cells import CellKind, Found
from tender.words import words

Answer = str | Decimal | int | Reply | None
"""What a cell says."""

_PLAIN_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    """A field as it was asked, and where its answer stands.

    Attributes:
        field: The field.
        place: File, sheet and cell.
        zero_allowed: Whether a price of zero may be tendered.
        language: The language of the form.
    """

    field: Field
    place: Place
    zero_allowed: bool
    language: Language

    def finding(self, rule: str, severity: Severity, **values: object) -> Finding:
        """A finding about this cell; ``{label}`` is the field's own words."""
        texts = {"label": self.field.label, **{name: str(value) for name, value in values.items()}}
        return Finding(rule, severity, self.field.id, texts, place=self.place)

    def shown(self, number: Decimal | int) -> str:
        """`number` as the form's language writes it, for words."""
        return excerpt(number_text(number, self.language))


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood.

    Attributes:
        answer: The value; ``None`` when the cell is blank or cannot be understood.
        findings: What is wrong with it, or worth knowing.
    """

    answer: Answer
    findings: tuple[Finding, ...] = ()


def hear(question: Question, found: Found) -> Heard:
    """What the cell `found` says to `question`."""
    if found.kind is CellKind.BLANK:
        return Heard(None, (question.finding("bid-form.blank", Severity.WARN),))
    if found.kind is CellKind.FORMULA:
        return _refused(question, "bid-form.formula", found)
    match question.field.kind:
        case FieldKind.PRICE:
            return _price(question, found)
        case FieldKind.COUNT:
            return _count(question, found)
        case FieldKind.REPLY:
            return _reply(question, found)
        case _:
            return _text(question, found)


def _refused(question: Question, rule: str, found: Found) -> Heard:
    shown = excerpt(found.text) if found.number is None else question.shown(found.number)
    return Heard(None, (question.finding(rule, Severity.BLOCK, found=shown),))


def _number(question: Question, found: Found) -> tuple[Decimal | None, tuple[Finding, ...]]:
    """The number in a cell; text is taken only when it can mean one number alone, such as ``4,75``."""
    if found.kind is CellKind.NUMBER and found.number is not None:
        return found.number, ()
    typed = found.text.strip()
    if found.kind is CellKind.TEXT and _PLAIN_NUMBER.fullmatch(typed) and not _THOUSANDS.fullmatch(typed):
        number = Decimal(typed.replace(",", "."))
        note = question.finding(
            "bid-form.number-as-text", Severity.INFO, found=excerpt(typed), taken=question.shown(number)
        )
        return number, (note,)
    return None, _refused(question, "bid-form.not-a-number", found).findings


def _price(question: Question, found: Found) -> Heard:
    price, findings = _number(question, found)
    if price is None or question.field.price is None:
        return Heard(None, findings)
    return Heard(price, (*findings, *_price_findings(question, question.field.price, price)))


def _price_findings(question: Question, cell: PriceCell, price: Decimal) -> Iterator[Finding]:
    """Admissibility decides about these; the form says them where they stand."""
    shown = question.shown(price)
    if price == 0 and not question.zero_allowed:
        yield question.finding("bid-form.zero", Severity.WARN)
    elif not cell.range.holds(price):
        ends = {"lowest": question.shown(cell.range.lowest), "highest": question.shown(cell.range.highest)}
        yield question.finding("bid-form.outside", Severity.WARN, found=shown, **ends)
    if (exact(price) * 10**cell.decimals).denominator != 1:
        yield question.finding("bid-form.decimals", Severity.WARN, found=shown, allowed=cell.decimals)


def _count(question: Question, found: Found) -> Heard:
    number, findings = _number(question, found)
    if number is None:
        return Heard(None, findings)
    if number != number.to_integral_value():
        return _refused(question, "bid-form.not-whole", found)
    count, field = int(number), question.field
    if not field.least <= count <= field.most:
        values = {"found": question.shown(count), "lowest": field.least, "highest": field.most}
        findings = (*findings, question.finding("bid-form.count-outside", Severity.WARN, **values))
    return Heard(count, findings)


def _reply(question: Question, found: Found) -> Heard:
    """Yes or no in any of the three languages, since a bidder may paste from another form."""
    said = found.text.strip().casefold() if found.kind is CellKind.TEXT else ""
    for reply in Reply:
        if said and said in {words(language).term(f"form.reply.{reply.value}").casefold() for language in Language}:
            return Heard(reply)
    return _refused(question, "bid-form.not-a-reply", found)


def _text(question: Question, found: Found) -> Heard:
    if found.kind not in {CellKind.TEXT, CellKind.NUMBER}:
        return _refused(question, "bid-form.not-text", found)
    clean = "".join(letter for letter in found.text if letter.isspace() or unicodedata.category(letter)[0] != "C")
    text = unicodedata.normalize("NFC", " ".join(clean.split()))
    if not text or len(text) > MAX_TEXT:
        return _refused(question, "bid-form.text-length", found)
    if question.field.kind is FieldKind.BUSINESS_ID and not is_business_id(text):
        return Heard(text, (question.finding("bid-form.business-id", Severity.WARN, found=excerpt(text)),))
    if question.field.kind is FieldKind.EMAIL and not is_email(text):
        return Heard(text, (question.finding("bid-form.email", Severity.WARN, found=excerpt(text)),))
    return Heard(text)
