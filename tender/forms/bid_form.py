"""The bid form: written from a publication, filled in by bidders, read back against the publication.

Nothing that a workbook says about itself is trusted: the form that was issued is laid out again from the publication,
and the workbook that came back is compared with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tender.errors import Finding, Place, Severity, UsageError
from tender.forms.bid_sheet import BidSheet, bid_sheet
from tender.forms.comparison_sheet import comparison_sheet
from tender.forms.fields import Phrases
from tender.forms.guide_sheet import guide_sheet
from tender.forms.replies import Answer, Question, hear
from tender.forms.seal import Located, identity_findings, locate, sheet_findings, text_findings
from tender.forms.stamp import SHEET, Stamp, read_stamp, stamp_of, stamp_sheet
from tender.guards import MIB, Limits, open_workbook
from tender.language import Language
from tender.model.bids import Bid, Reply
from tender.model.publication import Publication
from tender.sheets import fill_cells, write_workbook
from tender.sheets.book import Formula, Value, Workbook
from tender.sheets.cells import read_book

_LANGUAGE_TAGS = {Language.FI: "fi-FI", Language.SV: "sv-FI", Language.EN: "en-GB"}
_LIMITS = Limits(file_bytes=5 * MIB, unpacked_bytes=12 * MIB, entries=200)
_NUMERIC = ("prices.", "capacity")
_REPLIES = ("suitability.", "annexes.")


@dataclass(frozen=True, slots=True)
class BidReading:
    """What came of reading a form.

    Attributes:
        bid: The bid, with ``None`` for what is blank or cannot be understood; ``None`` itself when the workbook is not
            the form of this publication.
        findings: All that is wrong with it or worth knowing, each with its sheet and cell.
    """

    bid: Bid | None
    findings: tuple[Finding, ...]


def write_bid_form(publication: Publication, language: Language) -> bytes:
    """The bid form of `publication` in `language` as XLSX; the same publication gives the same bytes."""
    issued = bid_sheet(publication, language)
    phrases, tender = Phrases(language), publication.tender
    title = phrases.best(tender.title)
    return write_workbook(
        Workbook(
            title=f"{phrases.say('form.title')}: {title}",
            subject=phrases.say("form.subject", tender=title, version=publication.version),
            language=_LANGUAGE_TAGS[language],
            created=publication.today,
            sheets=(
                guide_sheet(publication, language),
                issued.sheet,
                comparison_sheet(publication, language, issued.prices),
                stamp_sheet(stamp_of(publication, language, issued.placed)),
            ),
        )
    )


def read_bid_form(data: bytes, file: str, publication: Publication) -> BidReading:
    """Read the form in `data`, which came as `file`, against `publication`.

    Raises:
        InputError: The guards refuse the file: it is no workbook, too large, damaged, or has active content.
    """
    book = read_book(open_workbook(data, file, _LIMITS))
    stamp = read_stamp(book)
    if stamp is None:
        missing = Finding("bid-form.not-a-form", Severity.BLOCK, place=Place(file))
        return BidReading(None, (missing,))
    language = _language(stamp.get("language"), publication)
    issued = bid_sheet(publication, language)
    strange = tuple(identity_findings(stamp, stamp_of(publication, language, issued.placed), file))
    if strange:
        return BidReading(None, strange)
    located, misplaced = locate(book, issued, file)
    findings = [*sheet_findings(book, _sheets(language), file), *misplaced]
    if all(place.target == place.placed.target for place in located):
        findings += text_findings(book, issued, file)
    else:
        findings.append(Finding("bid-form.moved", Severity.WARN, place=Place(file, sheet=issued.sheet.title)))
    found = book.cells([place.target for place in located])
    answers: dict[str, Answer] = {}
    for place in located:
        heard = hear(_question(place, file, publication, language), found[place.target])
        answers[place.placed.field.id] = heard.answer
        findings += heard.findings
    bid = _bid(answers, issued, publication, file, hashlib.sha256(data).hexdigest())
    return BidReading(bid, (*findings, *_capacity_findings(bid, issued, file)))


def form_version(data: bytes, file: str) -> int | None:
    """The published version that the form in `data` says it belongs to; ``None`` when it is no form.

    Raises:
        InputError: The guards refuse the file.
    """
    stamp = read_stamp(read_book(open_workbook(data, file, _LIMITS)))
    version = stamp.get("version") if stamp else None
    return version if isinstance(version, int) and not isinstance(version, bool) else None


def asks_the_same(one: Publication, other: Publication) -> bool:
    """Whether two publications of a tender issue forms that differ in nothing but the version that they name."""
    return one.tender.languages == other.tender.languages and all(
        _asked(one, language) == _asked(other, language) for language in one.tender.languages
    )


def _asked(publication: Publication, language: Language) -> Stamp:
    stamp = stamp_of(publication, language, bid_sheet(publication, language).placed)
    return {name: value for name, value in stamp.items() if name != "version"}


def fill_bid_form(form: bytes, values: Mapping[str, str | int | Decimal]) -> bytes:
    """An issued `form` with `values` filled in by machine id, as a bidder would; for examples and tests.

    Text that is a number with a decimal point goes into a numeric field as a number, ``yes`` and ``no`` as the form's
    words; all else is stored as it is, a text beginning with an equals sign in a numeric field as a formula: faults can
    be planted.

    Raises:
        UsageError: The form has no such field, or is no bid form.
        InputError: The guards refuse the form.
    """
    stamp = read_stamp(read_book(open_workbook(form, "form.xlsx")))
    if stamp is None:
        raise UsageError("bid-form.not-a-form")
    fields = stamp["fields"] if isinstance(stamp["fields"], list) else []
    cells = {str(field["id"]): (str(field["sheet"]), str(field["cell"])) for field in fields if isinstance(field, dict)}
    unknown = next((field_id for field_id in values if field_id not in cells), None)
    if unknown is not None:
        raise UsageError("bid-form.no-field", field=unknown, known=", ".join(sorted(cells)))
    phrases = Phrases(Language(str(stamp["language"])))
    return fill_cells(form, {cells[field_id]: _typed(field_id, value, phrases) for field_id, value in values.items()})


def _typed(field_id: str, value: str | int | Decimal, phrases: Phrases) -> Value:
    """`value` as a spreadsheet program would store it when typed into this field."""
    if not isinstance(value, str):
        return value
    if field_id.startswith(_REPLIES) and value in set(Reply):
        return phrases.say(f"form.reply.{value}")
    if not field_id.startswith(_NUMERIC):
        return value
    if value.startswith("="):
        return Formula(value[1:])
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return number if number.is_finite() else value


def _language(stamped: object, publication: Publication) -> Language:
    """The stamped language, else the prevailing one; a wrong one is found when the stamps are compared."""
    known = {language.value: language for language in Language}
    return known.get(str(stamped), publication.tender.prevailing_language)


def _sheets(language: Language) -> tuple[str, ...]:
    phrases = Phrases(language)
    return (*(phrases.say(f"form.sheet.{name}") for name in ("guide", "bid", "comparison")), SHEET)


def _question(place: Located, file: str, publication: Publication, language: Language) -> Question:
    where = Place(file, sheet=place.target.sheet, cell=place.target.ref)
    return Question(place.placed.field, where, publication.tender.prices.zero_allowed, language)


def _bid(answers: Mapping[str, Answer], issued: BidSheet, publication: Publication, file: str, sha256: str) -> Bid:
    ids = [placed.field.id for placed in issued.placed]
    business_id = _text(answers.get("business_id"))
    return Bid(
        bidder=re.sub(r"[^0-9A-Za-z]+", "-", business_id).strip("-"),
        name=_text(answers.get("name")),
        business_id=business_id,
        email=_text(answers.get("email")),
        prices={rest: _decimal(answers.get(key)) for key, rest in _under("prices.", ids)},
        capacity_total=_whole(answers.get("capacity_total")),
        capacity={_pair(rest): _whole(answers.get(key)) for key, rest in _under("capacity.", ids)},
        suitability={rest: _said(answers.get(key)) for key, rest in _under("suitability.", ids)},
        annexes={rest: _said(answers.get(key)) for key, rest in _under("annexes.", ids)},
        award_hash=publication.award_hash,
        payment_hash=publication.payment_hash,
        version=publication.version,
        file=file,
        sha256=sha256,
        synthetic=publication.tender.synthetic,
    )


def _under(start: str, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((field_id, field_id.removeprefix(start)) for field_id in ids if field_id.startswith(start))


def _pair(rest: str) -> tuple[str, str]:
    area, _, group = rest.partition(".")
    return area, group


def _text(answer: Answer) -> str:
    return answer if isinstance(answer, str) and not isinstance(answer, Reply) else ""


def _decimal(answer: Answer) -> Decimal | None:
    return answer if isinstance(answer, Decimal) else None


def _whole(answer: Answer) -> int | None:
    return answer if isinstance(answer, int) else None


def _said(answer: Answer) -> Reply | None:
    return answer if isinstance(answer, Reply) else None


def _capacity_findings(bid: Bid, issued: BidSheet, file: str) -> Iterator[Finding]:
    """A total that the cells together cannot reach is worth asking about."""
    cells = list(bid.capacity.values())
    known = [clients for clients in cells if clients is not None]
    if bid.capacity_total is None or len(known) < len(cells) or sum(known) >= bid.capacity_total:
        return
    (total,) = (placed for placed in issued.placed if placed.field.id == "capacity_total")
    values = {"found": str(sum(known)), "total": str(bid.capacity_total)}
    place = Place(file, sheet=total.target.sheet, cell=total.target.ref)
    yield Finding("bid-form.capacity-sum", Severity.WARN, total.field.id, values, place=place)
