"""Letters to bidders after a decision: drafts that record nothing, sendings that are proven, and those that came back.

Nothing is sent from here: the sender sends, and then says when, how and where. A letter whose address differs from the
one in the tender is refused (HL 127.1; KHO 2020:142), and one that came back has told nobody anything.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from evaluation.acts.award import Scored, locked
from evaluation.acts.deciding import case_of
from evaluation.acts.desk import DECISION, Desk, append_all
from evaluation.acts.replay import award_bundle, public_sheet
from evaluation.replay.bundle import MANIFEST
from evaluation.reports import AWARD_DECISION, NOTIFICATION_LETTER, DecisionCase
from evaluation.reports.letters import Posting, letter_context
from tender.deadlines import Channel, Recipient, Sending, Standstill, standstill
from tender.documents.catalogue import APPEAL_INSTRUCTIONS
from tender.documents.pages import render_html
from tender.errors import BlockedError, Finding, FrozenError, Severity, UsageError
from tender.guards import safe_name
from tender.language import Language
from tender.model.awards import Selection
from tender.publishing.files import PAGES
from tender.publishing.folder import overrides
from tender.publishing.orders import Format, Order
from tender.publishing.release import Chance
from tender.publishing.secrets import read_secrets
from tender.publishing.workshop import Progress, Workshop
from tender.record import Publicity
from tender.record.letters import RETURNED, SENT, Letter
from tender.record.payloads import DecisionMade
from tender.record.state import Recorded

LETTERS = "private/letters"
DRAFTS = "draft"
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """How letters are to go out.

    Attributes:
        day: Day of sending; the day of a draft.
        by: How they are sent.
        only: Ids of the bidders that are meant; empty for all.
        addresses: Where a letter goes by bidder id, in place of the address in its tender.
        languages: Language by bidder id, in place of the language that prevails.
    """

    day: date
    by: Channel = Channel.EMAIL
    only: tuple[str, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it was written.

    Attributes:
        bidder: Bidder id.
        name: Name of the bidder.
        language: Its language.
        address: Where it goes.
        recipient: The days that hold for it.
        files: Its files; PDF first.
    """

    bidder: str
    name: str
    language: Language
    address: str
    recipient: Recipient
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Decided:
    """A decision that letters tell of: its case, its event, the hash of the bundle."""

    scored: Scored
    selection: Selection
    case: DecisionCase
    event: Recorded[DecisionMade]

    @property
    def desk(self) -> Desk:
        """The tender as published."""
        return self.scored.desk


def draft_letters(folder: Path, wish: Wish, progress: Progress) -> tuple[Written, ...]:
    """Write every letter, watermarked, into ``private/letters/draft/``; nothing is recorded.

    Raises:
        FrozenError: Nothing is decided, or it comes out differently from what is recorded.
        BlockedError: A reason or a ground is missing.
        UsageError: A bidder or a language is wished for that the tender does not have.
    """
    return _write(_decided(folder), wish, progress, draft=True)


def send_letters(folder: Path, wish: Wish, chance: Chance, actor: str, progress: Progress) -> tuple[Written, ...]:
    """Write the letters as they are sent, with the day of sending in them, and put every sending on the record.

    Raises:
        BlockedError: An address is missing, is none, or is not the one in the tender; the findings name every one.
        FrozenError: Nothing is decided, the papers of the decision have changed, or the day is before the decision.
        UsageError: A bidder or a language is wished for that the tender does not have.
    """
    decided = _decided(folder)
    if wish.day < decided.case.decided_on:
        raise FrozenError("letters.before-decision", day=wish.day.isoformat())
    if wish.day > chance.clock().date():
        raise FrozenError("letters.future", day=wish.day.isoformat())
    findings = tuple(_addresses(decided, wish))
    if findings:
        raise BlockedError("letters.blocked", findings=findings, count=len(findings))
    annexes = _annexes(decided)
    written = _write(decided, wish, progress, draft=False)
    append_all(
        decided.desk,
        [_said(decided, each, annexes, wish, actor) for each in written],
        chance,
        actor,
        Publicity.AUTHORITY,
    )
    return written


def note_return(folder: Path, bidder: str, day: date, note: str, chance: Chance, actor: str) -> Letter:
    """Put on the record that a letter came back: it has told nobody anything until it is sent again.

    Raises:
        FrozenError: Nothing is decided, or no letter went to `bidder`.
    """
    decided = _decided(folder)
    last = standing_letters(decided.desk).get(bidder)
    if last is None:
        raise FrozenError("letters.never-sent", bidder=bidder)
    said = replace(
        last, outcome=RETURNED, day=day.isoformat(), appeal_until="", safe_earliest="", note=note, by_whom=actor
    )
    append_all(decided.desk, [said], chance, actor, Publicity.AUTHORITY)
    return said


def standing_letters(desk: Desk) -> dict[str, Letter]:
    """The letters about the decision in force that have not come back, by bidder id."""
    decision = desk.state.decision
    found: dict[str, Letter] = {}
    for one in desk.state.letters:
        if decision is None or one.event.seq < decision.event.seq:
            continue
        if one.said.outcome == SENT:
            found[one.said.bidder] = one.said
        else:
            found.pop(one.said.bidder, None)
    return found


def standstill_of(desk: Desk) -> Standstill | None:
    """Appeal and contract of the decision towards everybody; ``None`` until every received bidder has been told."""
    letters = standing_letters(desk)
    bidders = {bid.bidder for bid in desk.state.bids}
    if not bidders or bidders - set(letters):
        return None
    return standstill(Sending(date.fromisoformat(each.day), Channel(each.by), each.bidder) for each in letters.values())


def _decided(folder: Path) -> _Decided:
    scored, selection = locked(folder)
    event = scored.desk.state.decision
    if event is None:
        raise FrozenError("frozen.not-decided")
    if event.said.chosen != selection.chosen.bidders:
        raise FrozenError("frozen.selection-differs")
    return _Decided(scored, selection, case_of(scored, selection, event.said.decided_on, event.event.prev), event)


def _annexes(decided: _Decided) -> dict[str, str]:
    """SHA-256 of the papers that go with every letter; the decision's is the recorded one."""
    home, languages = decided.desk.folder / DECISION, decided.desk.tender.languages
    names = [f"{each.id}.{code.value}.pdf" for each in (AWARD_DECISION, APPEAL_INSTRUCTIONS) for code in languages]
    found = {}
    for name in names:
        if not (home / name).is_file():
            raise FrozenError("letters.paper-missing", file=name)
        found[name] = hashlib.sha256((home / name).read_bytes()).hexdigest()
    if decided.event.said.document not in found.values():
        raise FrozenError("letters.paper-changed", file=names[0])
    return found


def _addresses(decided: _Decided, wish: Wish) -> Iterator[Finding]:
    """Every address is there; an electronic one is the one in the tender (HL 127.1; KHO 2020:142)."""
    for bidder in _recipients(decided, wish):
        own, address = _own_address(decided, bidder), _address(decided, wish, bidder)
        values = {"bidder": decided.case.name(bidder), "found": address, "expected": own}
        if not address.strip():
            yield Finding("letters.address-missing", Severity.BLOCK, f"bids.{bidder}.email", values, "HL 127.1")
        elif wish.by is Channel.EMAIL and not _ADDRESS.fullmatch(address):
            yield Finding("letters.address-unfit", Severity.BLOCK, f"bids.{bidder}.email", values, "HL 127.1")
        elif wish.by is Channel.EMAIL and own and address != own:
            basis = "HL 127.1; KHO 2020:142"
            yield Finding("letters.address-differs", Severity.BLOCK, f"bids.{bidder}.email", values, basis)


def _own_address(decided: _Decided, bidder: str) -> str:
    return next((bid.email for bid in decided.case.bids if bid.bidder == bidder), "")


def _address(decided: _Decided, wish: Wish, bidder: str) -> str:
    own = _own_address(decided, bidder) if wish.by is not Channel.LETTER else ""
    return wish.addresses.get(bidder, own)


def _recipients(decided: _Decided, wish: Wish) -> tuple[str, ...]:
    """The received bidders, in the order of their ids, or those wished for."""
    known = tuple(sorted(admission.bidder for admission in decided.case.admissions))
    for bidder in (*wish.only, *wish.addresses, *wish.languages):
        if bidder not in known:
            raise UsageError("letters.unknown-bidder", bidder=bidder, known=", ".join(known))
    for language in wish.languages.values():
        if language not in decided.desk.tender.languages:
            raise UsageError("letters.language", language=language.value)
    return tuple(bidder for bidder in known if not wish.only or bidder in wish.only)


def _write(decided: _Decided, wish: Wish, progress: Progress, *, draft: bool) -> tuple[Written, ...]:
    recipients = _recipients(decided, wish)
    going = standstill(Sending(wish.day, wish.by, bidder) for bidder in recipients)
    scored, secrets = decided.scored, read_secrets(decided.desk.folder)
    day = decided.case.decided_on
    bundle = award_bundle(scored.desk, scored.bids, scored.admissions, scored.sheet, decided.selection, day)
    manifest = hashlib.sha256(bundle[MANIFEST]).hexdigest()
    written = []
    for recipient in going.recipients:
        bidder = recipient.sending.recipient
        case = replace(decided.case, sheet=public_sheet(scored.sheet, secrets, bidder))
        language = wish.languages.get(bidder, decided.desk.tender.prevailing_language)
        posting = Posting(recipient, _address(decided, wish, bidder), draft, manifest, _titles(language))
        paths = _files(decided, case, bidder, posting, language, progress)
        written.append(Written(bidder, case.name(bidder), language, posting.address, recipient, paths))
    return tuple(written)


def _titles(language: Language) -> tuple[str, ...]:
    return tuple(document.title.best(language) for document in (AWARD_DECISION, APPEAL_INSTRUCTIONS))


def _files(
    decided: _Decided, case: DecisionCase, bidder: str, posting: Posting, language: Language, progress: Progress
) -> tuple[Path, ...]:
    """The letter in every format of its page, in a folder of its own."""
    document, day = NOTIFICATION_LETTER, posting.recipient.sending.day
    publication = replace(decided.desk.publication, today=case.decided_on, draft=posting.draft)
    own = overrides(decided.desk.folder, document, language)
    html = render_html(document, letter_context(case, bidder, posting), publication, language, own)
    orders = [Order(f"{document.id}.{language.value}.{each.value}", each, html, day) for each in PAGES]
    stage = DRAFTS if posting.draft else f"{decided.event.event.seq}/{day.isoformat()}"
    home = decided.desk.folder / LETTERS / stage / safe_name(bidder)
    home.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in Workshop().make(orders, progress):
        (home / name).write_bytes(data)
        written.append(home / name)
    return tuple(sorted(written, key=lambda path: path.suffix != f".{Format.PDF.value}"))


def _said(decided: _Decided, written: Written, annexes: Mapping[str, str], wish: Wish, actor: str) -> Letter:
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in written.files}
    appeal = written.recipient.appeal
    hour = f"T{appeal.closes:%H:%M}" if appeal.closes else ""
    return Letter(
        bidder=written.bidder,
        outcome=SENT,
        day=wish.day.isoformat(),
        by=wish.by.value,
        address=written.address,
        language=written.language.value,
        decision=decided.event.said.document,
        files={**hashes, **annexes},
        appeal_until=f"{appeal.last_day.isoformat()}{hour}",
        safe_earliest=written.recipient.safe_earliest.isoformat(),
        note="",
        by_whom=actor,
    )
