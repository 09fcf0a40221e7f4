"""A reply as the public, a party and the authority see it: what is hidden is cut out, never painted over.

A respondent's mark of a trade secret hides until a person has decided otherwise; a person's mask hides or shows, with
a ground and a reason, and the last word about each character counts. What looks like personal data and nobody has
decided about is cut out too, until a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from market_dialogue.coding.highlights import BUSINESS, undecided
from tender.model.answers import Answer, Reply
from tender.record.hiding import TRADE_SECRET, hiding_grounds
from tender.record.state import DialogueState


class Audience(StrEnum):
    """Who looks at a reply."""

    PUBLIC = "public"
    PARTY = "party"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a reply's words.

    Attributes:
        text: The words; empty when they are hidden from this audience, whatever their length.
        ground: Why they are hidden, or hidden from others; empty for open words.
    """

    text: str
    ground: str = ""

    @property
    def cut(self) -> bool:
        """Whether words stood here that this audience does not get."""
        return not self.text


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply as one audience sees it.

    Attributes:
        parts: Its words.
        number: The number; ``None`` when none was given or it is withheld.
        low: Lower end of a range, likewise.
        high: Upper end of a range, likewise.
        choices: Ids of the choices taken.
        rows: Rows of a table; for the authority only, because they bear no marks.
        withheld: Whether a number or rows are withheld.
    """

    parts: tuple[Part, ...]
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    withheld: bool = False

    def text(self, gap: str = "[–]") -> str:
        """The words in one piece, with `gap` where words were cut."""
        return "".join(gap if part.cut else part.text for part in self.parts)


def public_reply(answer: Answer, question: str, state: DialogueState) -> ReplyView:
    """The reply as everybody may see it: all that is hidden is cut out.

    Raises:
        KeyError: `answer` has no reply to `question`.
    """
    return reply_view(answer, question, state, Audience.PUBLIC)


def reply_view(answer: Answer, question: str, state: DialogueState, audience: Audience) -> ReplyView:
    """The reply as `audience` sees it: a party also sees business ids, the authority everything.

    Raises:
        KeyError: `answer` has no reply to `question`.
    """
    reply = answer.replies[question]
    why = _grounds(answer, question, state, audience)
    parts = tuple(_part(reply.text, ground, places, audience) for ground, places in _runs(why))
    if audience is Audience.AUTHORITY:
        return ReplyView(parts, reply.number, reply.low, reply.high, reply.choices, reply.rows)
    if TRADE_SECRET in why:
        return ReplyView(parts, choices=reply.choices, withheld=_has_figures(reply))
    hidden = "".join(char if ground else " " for char, ground in zip(reply.text, why, strict=True))
    return _open_view(reply, parts, hidden)


def _grounds(answer: Answer, question: str, state: DialogueState, audience: Audience) -> tuple[str, ...]:
    """Why each character is hidden; for others than the authority, places that wait for a decision are hidden too."""
    why = list(hiding_grounds(answer, question, state))
    waiting = () if audience is Audience.AUTHORITY else undecided(answer, question, state)
    for one in waiting:
        why[one.start : one.end] = [ground or one.ground for ground in why[one.start : one.end]]
    return tuple(why)


def _has_figures(reply: Reply) -> bool:
    """Whether there is anything to withhold beside a trade secret: a person who shows its words shows it too."""
    return bool(reply.rows) or any(one is not None for one in (reply.number, reply.low, reply.high))


def _open_view(reply: Reply, parts: tuple[Part, ...], hidden: str) -> ReplyView:
    """What others than the authority see: no number whose digits stand in hidden words, and no rows."""
    number, low, high = (None if _told(given, hidden) else given for given in (reply.number, reply.low, reply.high))
    kept = (number, low, high) == (reply.number, reply.low, reply.high) and not reply.rows
    return ReplyView(parts, number, low, high, reply.choices, withheld=not kept)


def _told(number: Decimal | None, hidden: str) -> bool:
    """Whether hidden words hold the digits of `number`, however they are grouped."""
    if number is None:
        return False
    digits = "".join(char for char in f"{number.normalize():f}" if char.isdigit())
    return digits in "".join(char for char in hidden if char.isdigit())


def _runs(why: tuple[str, ...]) -> list[tuple[str, list[int]]]:
    return [(ground, list(places)) for ground, places in groupby(range(len(why)), key=why.__getitem__)]


def _part(text: str, ground: str, places: list[int], audience: Audience) -> Part:
    seen = not ground or audience is Audience.AUTHORITY or (audience is Audience.PARTY and ground == BUSINESS)
    return Part(text[places[0] : places[-1] + 1] if seen else "", ground)
