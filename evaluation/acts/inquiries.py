"""What bidders are asked after the opening, what they answer, how it is judged; withdrawal, and bids that fall away.

A flag leads to a question and never to an exclusion by itself. Only a person's judgement with a reason excludes, and an
answer that would better the bid is never accepted (HL 74.2, 113.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evaluation.acts.bids import read_bids
from evaluation.acts.desk import Desk, append, desk_of
from evaluation.award.flags import Flag, flags_of
from tender.errors import Finding, FrozenError, Severity, UsageError
from tender.model.criteria import FallsAway
from tender.publishing.release import Chance
from tender.record import Publicity, State
from tender.record.intake import AnswerJudged, BidderAnswered, BidderAsked, BidWithdrawn, FellAway

ABOUT = ("abnormally-low", "arithmetic", "clarification", "supplement")
ACCEPTED, REJECTED = "accepted", "rejected"
_OFFICE = "hankintayksikkö"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question to a bidder, from the request to the judgement.

    Attributes:
        asked: The request.
        answered: The answer; ``None`` while none came.
        judged: The judgement that counts; ``None`` while nobody has judged.
    """

    asked: BidderAsked
    answered: BidderAnswered | None
    judged: AnswerJudged | None


def inquiries_of(state: State) -> tuple[Inquiry, ...]:
    """The clarification log: every request in order, with its last answer and its last judgement."""
    answers = {one.said.id: one.said for one in state.intake.answered}
    judgements = {one.said.id: one.said for one in state.intake.judged}
    return tuple(Inquiry(one.said, answers.get(one.said.id), judgements.get(one.said.id)) for one in state.intake.asked)


def open_flags(desk: Desk) -> tuple[Flag, ...]:
    """Flags of the opened bids about which nobody has judged an explanation yet."""
    bids = [read.bid for read in read_bids(desk) if read.bid is not None]
    settled = {(one.asked.bidder, one.asked.about) for one in inquiries_of(desk.state) if one.judged is not None}
    return tuple(flag for flag in flags_of(desk.tender, bids) if (flag.bidder, flag.about) not in settled)


def standing_findings(state: State, bidder: str) -> tuple[Finding, ...]:
    """What people decided that keeps the bid of `bidder` out: a rejected explanation, or that it fell away."""
    fallen = tuple(
        Finding("bid.fell-away", Severity.BLOCK, f"bids.{bidder}", {"bidder": bidder, "reason": one.said.reason})
        for one in state.intake.fallen
        if one.said.bidder == bidder
    )
    return fallen + tuple(
        Finding(
            "bid.explanation-rejected",
            Severity.BLOCK,
            f"bids.{bidder}.explanation.{one.asked.id}",
            {"bidder": bidder, "request": one.asked.id, "reason": one.judged.reason},
        )
        for one in inquiries_of(state)
        if one.asked.bidder == bidder and one.judged is not None and one.judged.result == REJECTED
    )


def withdraw(folder: Path, said: BidWithdrawn, chance: Chance) -> BidWithdrawn:
    """Note that a bidder took its bid back; the file and its event stay.

    Raises:
        FrozenError: The bids are opened; after that a bid can only fall away.
        UsageError: No bid of this bidder counts.
    """
    desk = desk_of(folder)
    if desk.state.opening is not None:
        raise FrozenError("frozen.already-opened")
    _known(desk, said.bidder)
    append(desk, said, chance, _OFFICE, Publicity.AUTHORITY)
    return said


def ask(folder: Path, said: BidderAsked, chance: Chance) -> BidderAsked:
    """Note a request to a bidder.

    Raises:
        UsageError: The bidder, the subject or the words are missing, the bids are not opened, or the id is taken.
    """
    desk = desk_of(folder)
    if desk.state.opening is None:
        raise FrozenError("frozen.not-opened")
    _known(desk, said.bidder)
    if said.about not in ABOUT:
        raise UsageError("inquiry.about", found=said.about, known=", ".join(ABOUT))
    if not said.question.strip() or not said.equal.strip():
        raise UsageError("inquiry.words")
    if any(one.asked.id == said.id for one in inquiries_of(desk.state)):
        raise UsageError("inquiry.taken", found=said.id)
    append(desk, said, chance, _OFFICE, Publicity.AUTHORITY)
    return said


def answer(folder: Path, said: BidderAnswered, chance: Chance) -> BidderAnswered:
    """Note a bidder's answer.

    Raises:
        UsageError: There is no such request, or the answer is empty.
    """
    desk = desk_of(folder)
    _request(desk.state, said.id)
    if not said.answer.strip() and not said.files:
        raise UsageError("inquiry.words")
    append(desk, said, chance, _OFFICE, Publicity.AUTHORITY)
    return said


def judge(folder: Path, said: AnswerJudged, chance: Chance) -> AnswerJudged:
    """Note a person's judgement of an answer, or that none came in time.

    Raises:
        UsageError: There is no such request, no reason, an unknown result, or an answer that betters the bid would be
            accepted, or an answer accepted that never came.
    """
    desk = desk_of(folder)
    inquiry = _request(desk.state, said.id)
    if said.result not in {ACCEPTED, REJECTED}:
        raise UsageError("inquiry.result", found=said.result, known=f"{ACCEPTED}, {REJECTED}")
    if not said.reason.strip():
        raise UsageError("inquiry.words")
    if said.result == ACCEPTED and said.improves:
        raise UsageError("inquiry.betters", found=said.id)
    if said.result == ACCEPTED and inquiry.answered is None:
        raise UsageError("inquiry.unanswered", found=said.id)
    append(desk, said, chance, _OFFICE, Publicity.AUTHORITY)
    return said


def fall_away(folder: Path, bidder: str, reason: str, by: str, chance: Chance) -> FellAway:
    """Note that an opened bid left the comparison; the others' points follow the published rule.

    The rule says what happens after scoring; before it there are no points to keep.

    Raises:
        FrozenError: The bids are not opened; before that a bid is withdrawn.
        UsageError: No bid of this bidder counts, it fell away already, or the reason is missing.
    """
    desk = desk_of(folder)
    if desk.state.opening is None:
        raise FrozenError("frozen.not-opened")
    _known(desk, bidder)
    if bidder in desk.state.intake.fallen_bidders:
        raise UsageError("inquiry.fallen", found=bidder)
    if not reason.strip():
        raise UsageError("inquiry.words")
    scored = desk.state.scores is not None and bidder in desk.state.scores.said.totals
    rule = desk.tender.award.falls_away if scored else FallsAway.RESCORE
    said = FellAway(bidder, reason, rule.value, by)
    append(desk, said, chance, _OFFICE, Publicity.AUTHORITY)
    return said


def _known(desk: Desk, bidder: str) -> None:
    known = [bid.bidder for bid in desk.state.bids]
    if bidder not in known:
        raise UsageError("inquiry.bidder", found=bidder, known=", ".join(known) or "–")


def _request(state: State, name: str) -> Inquiry:
    for one in inquiries_of(state):
        if one.asked.id == name:
            return one
    known = ", ".join(one.asked.id for one in inquiries_of(state)) or "–"
    raise UsageError("inquiry.unknown", found=name, known=known)
