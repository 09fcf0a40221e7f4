"""Sending: a checked draft becomes one answer on the record; pressing twice, or again after a crash, is one sending."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from market_dialogue.acts.receiving import Receipt, receive_through
from market_dialogue.drafts import question_set
from market_dialogue.pages.drafting import ABOUT, NOTHING, Draft, digest_of, drafts_of
from market_dialogue.pages.replies import first, judged
from market_dialogue.pages.uploads import bytes_of, uploads_of
from tender.errors import Finding, Severity
from tender.forms.identifiers import is_business_id
from tender.model.answers import Answer, Channel, Reply
from tender.model.questions import Dialogue
from tender.publishing.folder import record_state
from tender.record.answers import AnswerReceived
from tender.record.dialogue import Disposition
from tender.record.state import Recorded, State
from tender.web.links import Link
from tender.web.site import Site

MOST_ABOUT = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft as it would be sent.

    Attributes:
        replies: Reply by question id.
        problems: Why it cannot be sent, by question id, or `ABOUT`.
        digest: What the sending is known by.
    """

    replies: Mapping[str, Reply]
    problems: Mapping[str, tuple[Finding, ...]]
    digest: str

    @property
    def ready(self) -> bool:
        """Whether it can be sent."""
        return not self.problems


def check(site: Site, dialogue: Dialogue, link: Link) -> Checked:
    """The draft of `link` as it would be sent."""
    drafts = drafts_of(site.desk, link.id)
    files = uploads_of(site, link.id).values()
    replies, problems = {}, {}
    for question in dialogue.questions:
        fields = drafts.get(question.id, NOTHING).fields
        reply, found = judged(question, fields)
        if found:
            problems[question.id] = found
        elif reply is not None:
            replies[question.id] = reply
    about = _about_problems(drafts.get(ABOUT, NOTHING), given=bool(replies or files))
    if about:
        problems[ABOUT] = about
    return Checked(replies, problems, digest_of(drafts, files))


def _about_problems(about: Draft, *, given: bool) -> tuple[Finding, ...]:
    business_id = first(about.fields, "business_id").strip()
    found = []
    if business_id and not is_business_id(business_id):
        found.append(Finding("web-answer.business-id", Severity.BLOCK, "business_id"))
    if not given:
        found.append(Finding("web-answer.nothing", Severity.BLOCK, "replies"))
    return tuple(found)


def send(site: Site, dialogue: Dialogue, link: Link, checked: Checked, now: datetime) -> Receipt:
    """Put the checked draft of `link` on the record; when this returns, it is on the disk.

    Raises:
        RecordError: It is not on the record: the disk is full, or the record cannot be written.
    """
    about = drafts_of(site.desk, link.id).get(ABOUT, NOTHING).fields
    key = f"web:{link.id}:{_before(site, link, checked.digest)}:{checked.digest}"
    answer = Answer(
        id=f"web-{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        respondent=link.name,
        received_at=now,
        replies=checked.replies,
        attachments=tuple(uploads_of(site, link.id).values()),
        channel=Channel.WEB,
        question_set=question_set(dialogue),
        business_id=first(about, "business_id").strip(),
        contact=" ".join(first(about, "contact").split())[:MOST_ABOUT],
    )
    receipt = receive_through(site.writer(), site.folder, answer, bytes_of(site, link.id), key)
    site.desk.write("INSERT OR IGNORE INTO sent VALUES (?, ?, ?)", (link.id, checked.digest, receipt.number))
    return receipt


def _before(site: Site, link: Link, digest: str) -> int:
    """Number of the last answer through `link` that said something else: going back to old words is a new answer."""
    rows = site.desk.rows("SELECT max(seq) FROM sent WHERE owner = ? AND digest <> ?", (link.id, digest))
    return int(str(rows[0][0] or 0))


def last_sent(site: Site, link: Link) -> tuple[int, str]:
    """Number and digest of the last answer through `link`; 0 and empty when there is none."""
    rows = site.desk.rows("SELECT seq, digest FROM sent WHERE owner = ? ORDER BY seq DESC LIMIT 1", (link.id,))
    return (int(str(rows[0][0])), str(rows[0][1])) if rows else (0, "")


def sent_by(site: Site, link: Link) -> tuple[Recorded[AnswerReceived], ...]:
    """The answers that came through `link`, in order."""
    numbers = {row[0] for row in site.desk.rows("SELECT seq FROM sent WHERE owner = ?", (link.id,))}
    return (
        tuple(one for one in record_state(site.folder).dialogue.answers if one.event.seq in numbers) if numbers else ()
    )


def told_dispositions(site: Site) -> dict[tuple[str, str], Disposition]:
    """What became of replies, by answer and question, as far as everybody has been told.

    A decision is shown only when a version was published after it: no respondent learns it before the others.
    """
    state = record_state(site.folder)
    told = _published(state)
    return {
        (one.said.answer, one.said.question): one.said for one in state.dialogue.dispositions if one.event.seq < told
    }


def _published(state: State) -> int:
    """Number of the last publication; 0 before the first."""
    return state.published[-1].event.seq if state.published else 0
