"""The respondent's pages: start, personal link, questions, check, receipt, own answers."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from market_dialogue.drafts import dialogue_of
from market_dialogue.pages import writing
from market_dialogue.pages.drafting import ABOUT, NOTHING, draft_file, drafts_of
from market_dialogue.pages.sending import check, last_sent, send, sent_by, told_dispositions
from market_dialogue.pages.uploads import uploads_of
from market_dialogue.pages.views import answer_views, receipt_view, start_view
from tender.model.methods import canonical
from tender.model.questions import Dialogue
from tender.web.attempts import count_guess, forget, too_many
from tender.web.layout import page, word
from tender.web.links import Link, open_link
from tender.web.sessions import respondent, sign_in, sign_out
from tender.web.site import Site


def pages(site: Site) -> Blueprint:
    """The respondent's pages of `site`.

    Raises:
        UsageError: The tender declares no market dialogue.
    """
    dialogue = dialogue_of(site.tender)
    made = Blueprint("dialogue", __name__)
    made.add_url_rule("/", "start", lambda: page("dialogue-start", **start_view(site, dialogue, respondent())))
    _door(made, site, dialogue)
    writing.add_pages(made, site, dialogue)
    _sending(made, site, dialogue)
    _sent(made, site, dialogue)
    return made


def _door(made: Blueprint, site: Site, dialogue: Dialogue) -> None:
    @made.get("/answer/<token>")
    def door(token: str) -> Response:
        """Opens nothing: mail scanners come here too."""
        return page("dialogue-link", token=token, problem="", dialogue=dialogue)

    @made.post("/answer/<token>")
    def enter(token: str) -> Response | Redirect:
        now = site.clock()
        guessed = f"code:{token[:64]}"
        if too_many(site.desk, guessed, now):
            abort(429)
        count_guess(site.desk, guessed, now)
        link = open_link(site.desk, token, "".join(request.form.get("code", "").split()))
        if link is None:
            return page("dialogue-link", 403, token=token, problem=word("web-answer.wrong-code"), dialogue=dialogue)
        forget(site.desk, guessed)
        sign_in("link", link.id)
        return redirect("/", 303)

    @made.post("/leave")
    def leave() -> Redirect:
        sign_out()
        return redirect("/", 303)


def _sending(made: Blueprint, site: Site, dialogue: Dialogue) -> None:
    @made.get("/answers/check")
    def checked() -> Response:
        return _check_page(site, dialogue, writing.who())

    @made.post("/answers/check")
    def sending() -> Response | Redirect:
        link, now = writing.who(), site.clock()
        conflict = writing.keep_about(site, link, now)
        found = check(site, dialogue, link)
        if request.form.get("do") != "send":
            return redirect("/answers/check", 303)
        if now > dialogue.closes:
            return _check_page(site, dialogue, link, status=403)
        if conflict or not found.ready:
            return _check_page(site, dialogue, link, status=400)
        if request.form.get("aside") != writing.about_aside(site, link):
            return _check_page(site, dialogue, link, status=409)
        receipt = send(site, dialogue, link, found, now)
        return redirect(f"/answers/receipt/{receipt.number}", 303)


def _check_page(site: Site, dialogue: Dialogue, link: Link, *, status: int = 200) -> Response:
    found = check(site, dialogue, link)
    drafts = drafts_of(site.desk, link.id)
    number, digest = last_sent(site, link)
    return page(
        "dialogue-check",
        status,
        link=link,
        dialogue=dialogue,
        answers=answer_views(dialogue, found.replies),
        problems=found.problems,
        about=drafts.get(ABOUT, NOTHING),
        about_problems=found.problems.get(ABOUT, ()),
        aside=writing.about_aside(site, link),
        files=uploads_of(site, link.id),
        closed=site.clock() > dialogue.closes,
        changed=status == writing.CHANGED,
        sent=number if digest == found.digest else 0,
    )


def _sent(made: Blueprint, site: Site, dialogue: Dialogue) -> None:
    @made.get("/answers/receipt/<int:number>")
    def receipt(number: int) -> Response:
        found = next((one for one in sent_by(site, writing.who()) if one.event.seq == number), None)
        if found is None:
            abort(404)
        return page("dialogue-receipt", **receipt_view(found, dialogue))

    @made.get("/answers/receipt/<int:number>/answer.json")
    def proof(number: int) -> Response:
        """The very bytes whose SHA-256 the receipt names."""
        found = next((one for one in sent_by(site, writing.who()) if one.event.seq == number), None)
        if found is None:
            abort(404)
        return saved(canonical(found.said.payload()["answer"]), f"answer-{number}.json")

    @made.get("/answers/sent")
    def sent() -> Response:
        told = told_dispositions(site)
        found = [receipt_view(one, dialogue, told) for one in reversed(sent_by(site, writing.who()))]
        return page("dialogue-sent", sent=found)

    @made.get("/answers/draft.json")
    def draft() -> Response:
        return saved(draft_file(dialogue, drafts_of(site.desk, writing.who().id)), "draft.json")

    @made.post("/answers/draft")
    def upload() -> Redirect:
        writing.take_draft_file(site, dialogue, writing.who())
        return redirect("/", 303)


def saved(data: bytes, name: str) -> Response:
    """A file that a browser saves and never shows."""
    response = Response(data, mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
