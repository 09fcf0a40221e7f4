"""The officers' pages: what needs me today, reading, what each audience sees, and what became of each reply.

Until answers close nobody reads any: the pages count answers and drafts, and show no word of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from market_dialogue.acts.coding import code, coding_board
from market_dialogue.acts.contacts import read_contacts
from market_dialogue.acts.deciding import decide
from market_dialogue.acts.desk import Pen
from market_dialogue.acts.masking import open_highlights
from market_dialogue.acts.reading import DialogueFile, read_dialogue
from market_dialogue.coding.codes import ReplyKey
from market_dialogue.coding.views import Audience, ReplyView, reply_view
from market_dialogue.drafts import dialogue_of
from market_dialogue.follow_up.matrix import Result
from market_dialogue.pages.boxes import typed
from market_dialogue.pages.judging import judging
from market_dialogue.pages.logs import logs
from market_dialogue.pages.tracing import trace_view
from market_dialogue.pages.views import left_until
from tender.model.answers import Answer
from tender.model.questions import Question
from tender.record.dialogue import Disposition
from tender.web.entrance import officer
from tender.web.layout import language_here, page
from tender.web.links import all_links
from tender.web.site import Site


@dataclass(frozen=True, slots=True)
class Reading:
    """One reply on an officer's page.

    Attributes:
        answer: The answer that it belongs to.
        question: Its question.
        view: The reply as the chosen audience sees it.
        codes: Its codes.
        suggested: Codes that the machine suggests.
        decision: What became of it; ``None`` while nobody has decided.
    """

    answer: Answer
    question: Question
    view: ReplyView
    codes: tuple[str, ...]
    suggested: tuple[str, ...]
    decision: Disposition | None


def office(site: Site) -> Blueprint:
    """The officers' pages of `site`.

    Raises:
        UsageError: The tender declares no market dialogue.
    """
    dialogue = dialogue_of(site.tender)
    made = Blueprint("office", __name__, url_prefix="/office")

    @made.get("/")
    def today() -> Response:
        name = officer()
        return page("office-today", name=name, dialogue=dialogue, **_today(site))

    @made.get("/answers")
    def reading() -> Response:
        officer()
        return page("office-answers", **_reading(site))

    @made.post("/answers/code")
    def coding() -> Redirect:
        name = officer()
        _open_file(site)
        _code(site, name)
        return _back(site)

    @made.post("/answers/decide")
    def deciding() -> Redirect:
        name = officer()
        _open_file(site)
        _decide(site, name)
        return _back(site)

    @made.get("/trace")
    def trace() -> Response:
        officer()
        return page("office-trace", **trace_view(site, _open_file(site)))

    judging(made, site, _open_file)
    logs(made, site)
    return made


def _today(site: Site) -> dict[str, object]:
    """Counts only; what needs an officer first."""
    file = read_dialogue(site.folder)
    closed = site.clock() > file.dialogue.closes
    drafts = site.desk.rows("SELECT count(DISTINCT owner) FROM drafts")
    counts = {
        question.id: (
            sum(question.id in one.said.answer.replies for one in file.state.answers),
            site.desk.rows("SELECT count(*) FROM drafts WHERE piece = ? AND json <> '{}'", (question.id,))[0][0],
        )
        for question in file.dialogue.questions
    }
    return {
        "closed": closed,
        "left": left_until(file.dialogue.closes, site.clock()),
        "links": sum(not link.revoked for link in all_links(site.desk)),
        "received": len(file.state.answers),
        "drafts": drafts[0][0],
        "counts": counts,
        "waiting": _waiting(site, file) if closed else (),
    }


def _waiting(site: Site, file: DialogueFile) -> tuple[tuple[str, int], ...]:
    """What waits for a person, by the end of its word's id, most binding first; what is done is left out."""
    decided = {(one.said.answer, one.said.question) for one in file.state.dispositions}
    replies = [(answer.id, question) for answer in file.answers for question in answer.replies]
    found = (
        ("rulings", len(file.pending)),
        ("decisions", sum(reply not in decided for reply in replies)),
        ("highlights", len(open_highlights(file))),
        ("equality", len(read_contacts(site.folder).findings)),
    )
    return tuple((name, count) for name, count in found if count)


def _open_file(site: Site) -> DialogueFile:
    """The dialogue with its answers, once they may be read."""
    file = read_dialogue(site.folder)
    if site.clock() <= file.dialogue.closes:
        abort(page("office-closed", 403, dialogue=file.dialogue))
    return file


def _known(site: Site, question: str) -> str:
    """The id of the question asked for, or of the first one."""
    known = [one.id for one in dialogue_of(site.tender).questions]
    return question if question in known else known[0]


def _back(site: Site) -> Redirect:
    """To the reply that the form was about, so that the keyboard goes on from there."""
    question, answer = _known(site, request.form.get("question", "")), quote(request.form.get("answer", ""))
    return redirect(f"/office/answers?question={question}#reply-{answer}", 303)


def _reading(site: Site) -> dict[str, object]:
    """One question, every reply to it, as the chosen audience sees it."""
    _open_file(site)
    board = coding_board(site.folder)
    file, chosen = board.file, _known(site, request.args.get("question", ""))
    asked = request.args.get("audience", Audience.AUTHORITY.value)
    audience = Audience(asked) if asked in set(Audience) else Audience.AUTHORITY
    question = next(one for one in file.dialogue.questions if one.id == chosen)
    suggested = {key: tuple(one.code for one in found) for key, found in board.suggestions.items()}
    decided = {(one.said.answer, one.said.question): one.said for one in file.state.dispositions}
    readings = tuple(
        Reading(
            answer,
            question,
            reply_view(answer, chosen, file.state, audience),
            board.codes.get(ReplyKey(answer.id, chosen), ()),
            suggested.get(ReplyKey(answer.id, chosen), ()),
            decided.get((answer.id, chosen)),
        )
        for answer in file.answers
        if chosen in answer.replies
    )
    return {
        "results": [one.value for one in Result],
        "dialogue": file.dialogue,
        "question": question,
        "readings": readings,
        "audience": audience.value,
        "audiences": [one.value for one in Audience],
        "codes": sorted({each for codes in board.codes.values() for each in codes}),
    }


def _code(site: Site, name: str) -> None:
    """Give or take a code."""
    form = request.form
    key = ReplyKey(form.get("answer", ""), form.get("question", ""))
    wished = (form.get("code", "").strip(),)
    code(site.folder, (key,), wished, name, Pen(site.clock, site.salt), given=form.get("do") != "take")


def _decide(site: Site, name: str) -> None:
    """Say what came of a reply, in the officer's language; the last word counts, and all are kept."""
    form, language = request.form, language_here().value
    said = {key: typed(key) for key in ("proposal", "reason")}
    decision = Disposition(
        answer=form.get("answer", ""),
        question=form.get("question", ""),
        result=form.get("result", ""),
        proposal={language: said["proposal"]} if said["proposal"] else {},
        reason={language: said["reason"]} if said["reason"] else {},
        targets=tuple(dict.fromkeys(form.get("targets", "").split())),
        by=name,
    )
    decide(site.folder, (decision,), Pen(site.clock, site.salt))
