"""Writing: one question on a page, saved by a button or by itself, with files and marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, jsonify, redirect, request
from werkzeug.wrappers import Response as Redirect

from market_dialogue.intake.fitting import MOST_CHARACTERS, plain_lines
from market_dialogue.marking import mark_quote, parts
from market_dialogue.pages.boxes import typed
from market_dialogue.pages.drafting import (
    ABOUT,
    MOST_BYTES,
    NOTHING,
    Draft,
    Fields,
    digest_of,
    drafts_of,
    read_draft_file,
    save_draft,
)
from market_dialogue.pages.replies import MOST_ROWS, first, judged, marked_text, rows_of
from market_dialogue.pages.uploads import Upload, drop_upload, take_upload, uploads_of
from tender.errors import InputError
from tender.guards.attachments import FORMATS
from tender.model.questions import Dialogue, Question, QuestionKind
from tender.web.layout import finding_text, language_here, local, page, word
from tender.web.links import Link
from tender.web.sessions import respondent
from tender.web.site import Site
from tender.words import words

CHANGED = 409
"""Status of a page that somebody changed in another window."""

_BOXES = ("text", "number", "low", "high")
_ABOUT_BOXES = ("business_id", "contact")
_LONGEST = 4 * MOST_CHARACTERS
_LONGEST_SMALL = 2_000
_EMPTY_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Seat:
    """A respondent at one question.

    Attributes:
        site: The site.
        dialogue: The dialogue.
        link: The respondent's link.
        question: The question.
    """

    site: Site
    dialogue: Dialogue
    link: Link
    question: Question

    def draft(self) -> Draft:
        """What was saved here."""
        return drafts_of(self.site.desk, self.link.id).get(self.question.id, NOTHING)

    def save(self, fields: Fields) -> Draft | None:
        """Save what came; ``None`` when another window had saved something else."""
        return save_draft(self.site.desk, self.link.id, self.question.id, fields, _seen(), self.site.clock())

    @property
    def takes_files(self) -> bool:
        """Whether the question invites attachments."""
        return self.question.invites_attachment or self.question.kind is QuestionKind.ATTACHMENT


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What a page has to tell.

    Attributes:
        problem: What could not be done; empty when all could.
        other: What another window had saved.
        status: Status of the page.
    """

    problem: str = ""
    other: Draft | None = None
    status: int = 200


_NO_TROUBLE = _Trouble()


def who() -> Link:
    """The respondent who is here; the page of closed doors otherwise."""
    link = respondent()
    if link is None:
        abort(403)
    return link


def add_pages(made: Blueprint, site: Site, dialogue: Dialogue) -> None:
    """Add the pages of writing to `made`."""
    questions = {question.id: question for question in dialogue.questions}

    def seat(question: str) -> _Seat:
        link = who()
        if question not in questions:
            abort(404)
        return _Seat(site, dialogue, link, questions[question])

    @made.get("/answers/question/<question>")
    def read(question: str) -> Response:
        here = seat(question)
        return _question_page(here, here.draft(), _NO_TROUBLE)

    @made.post("/answers/question/<question>")
    def write(question: str) -> Response | Redirect:
        return _written(seat(question))

    @made.post("/answers/question/<question>/save")
    def save(question: str) -> Response:
        here = seat(question)
        fields = _fields(here.question)
        return _autosaved(here.save(fields), fields)


def _written(here: _Seat) -> Response | Redirect:
    """Save what came, then do what was pressed."""
    pressed, fields = request.form.get("do", "save"), _fields(here.question)
    problem = ""
    if pressed == "mark":
        marked = _marked(fields)
        problem = word("web-answer.no-mark") if marked is None else ""
        fields = fields if marked is None else {**fields, "text": (marked,)}
    draft = here.save(fields)
    if draft is None:
        other = here.draft()
        return _question_page(here, Draft(fields, other.version, other.saved_at), _Trouble("", other, CHANGED))
    try:
        _change_files(here, pressed)
    except InputError as error:
        problem = str(words(language_here()).error(error))
    if problem or (pressed == "next" and judged(here.question, fields)[1]):
        return _question_page(here, draft, _Trouble(problem, status=400))
    if pressed == "next":
        return redirect(_after(here.dialogue, here.question), 303)
    return redirect(f"/answers/question/{here.question.id}?saved=1", 303)


def _marked(fields: Fields) -> str | None:
    """The words with the quoted part marked; ``None`` when it cannot be."""
    return mark_quote(first(fields, "text"), typed("quote", _LONGEST), typed("reason"))


def _change_files(here: _Seat, pressed: str) -> None:
    """Take a file away, or one in.

    Raises:
        InputError: A file is refused.
    """
    if pressed.startswith("drop:"):
        drop_upload(here.site, here.link.id, pressed.removeprefix("drop:"))
    upload = request.files.get("file")
    if upload and upload.filename and here.takes_files:
        take_upload(
            here.site, here.link.id, Upload(upload.filename, upload.read(), here.question.id, typed("file-reason"))
        )


def _question_page(here: _Seat, draft: Draft, trouble: _Trouble) -> Response:
    question, dialogue = here.question, here.dialogue
    _, found = judged(question, draft.fields)
    marked = marked_text(draft.fields)
    order = [one.id for one in dialogue.questions]
    at = order.index(question.id)
    return page(
        "dialogue-question",
        trouble.status,
        dialogue=dialogue,
        question=question,
        measure=question.measure,
        draft=draft,
        value=lambda name: first(draft.fields, name),
        picked=draft.fields.get("choice", ()),
        problems={one.field: finding_text(one) for one in found},
        problem=trouble.problem,
        other=trouble.other,
        parts=() if marked.problem else parts(marked.text, marked.marks),
        row_count=min(MOST_ROWS, len(rows_of(question, draft.fields)) + _EMPTY_ROWS),
        files={key: one for key, one in uploads_of(here.site, here.link.id).items() if one.question == question.id},
        takes_files=here.takes_files,
        formats=", ".join(FORMATS).upper(),
        position=at + 1,
        previous=order[at - 1] if at else "",
        saved="saved" in request.args,
        closed=here.site.clock() > dialogue.closes,
    )


def _autosaved(draft: Draft | None, fields: Fields) -> Response:
    """What the script shows after it saved."""
    if draft is None:
        response = jsonify(state=word("web-answer.other-window"))
        response.status_code = CHANGED
        return response
    marked = marked_text(fields)
    shown = () if marked.problem else parts(marked.text, marked.marks)
    return jsonify(
        state=word("web-answer.saved-at", at=local(draft.saved_at)) if draft.saved_at else "",
        version=draft.version,
        parts=[{"text": "" if one.reason else one.text, "hidden": bool(one.reason)} for one in shown],
        secret=word("web-answer.secret"),
    )


def _fields(question: Question) -> Fields:
    """What is in the boxes of the question's page; boxes that it does not have are left out."""
    names = [*_BOXES, *(f"cell-{row}-{column}" for row in range(MOST_ROWS) for column in range(len(question.columns)))]
    found = {name: (plain_lines(request.form[name]),) for name in names if request.form.get(name, "").strip()}
    chosen = tuple(
        choice for choice in request.form.getlist("choice") if choice in {one.id for one in question.choices}
    )
    if any(len(values[0]) > (_LONGEST if name == "text" else _LONGEST_SMALL) for name, values in found.items()):
        abort(413)
    return {**found, **({"choice": chosen} if chosen else {})}


def _seen() -> int:
    """Version of the draft that the page showed."""
    seen = request.form.get("seen", "0")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < len(str(MOST_BYTES)) else 0


def _after(dialogue: Dialogue, question: Question) -> str:
    order = [one.id for one in dialogue.questions]
    at = order.index(question.id) + 1
    return f"/answers/question/{order[at]}" if at < len(order) else "/answers/check"


def keep_about(site: Site, link: Link, now: datetime) -> bool:
    """Save what is said of the respondent; whether another window had saved something else."""
    fields = {name: (said,) for name in _ABOUT_BOXES if (said := typed(name, _LONGEST_SMALL))}
    return save_draft(site.desk, link.id, ABOUT, fields, _seen(), now) is None


def about_aside(site: Site, link: Link) -> str:
    """Digest of the draft without what is said of the respondent, which is typed on the check page itself."""
    drafts = {piece: draft for piece, draft in drafts_of(site.desk, link.id).items() if piece != ABOUT}
    return digest_of(drafts, uploads_of(site, link.id).values())


def take_draft_file(site: Site, dialogue: Dialogue, link: Link) -> None:
    """Put a draft file in the place of the draft: who uploads it has seen what it replaces.

    Raises:
        InputError: It is no draft file of these questions.
    """
    upload = request.files.get("file")
    data = upload.read(MOST_BYTES + 1) if upload else b""
    pieces = read_draft_file(data, dialogue)
    drafts = drafts_of(site.desk, link.id)
    for piece, fields in pieces.items():
        seen = drafts.get(piece, NOTHING).version
        save_draft(site.desk, link.id, piece, fields, seen, site.clock())
