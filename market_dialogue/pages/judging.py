"""Officers' pages on which answers are ruled on, and places that may be personal data are hidden or shown."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from market_dialogue.acts.desk import Pen
from market_dialogue.acts.masking import lies_in_secret, mask, open_highlights
from market_dialogue.acts.reading import DialogueFile, Reason
from market_dialogue.acts.ruling import rule
from market_dialogue.pages.boxes import typed
from tender.errors import UsageError
from tender.record.dialogue import Masking, Ruling
from tender.web.entrance import officer
from tender.web.layout import page
from tender.web.site import Site


def judging(made: Blueprint, site: Site, open_file: Callable[[Site], DialogueFile]) -> None:
    """Add the pages to `made`; `open_file` gives the dialogue once its answers may be read."""

    @made.get("/rulings")
    def rulings() -> Response:
        officer()
        return page("office-rulings", pending=open_file(site).pending)

    @made.post("/rulings")
    def ruling() -> Redirect:
        name = officer()
        open_file(site)
        _rule(site, name)
        return redirect("/office/rulings", 303)

    @made.get("/masks")
    def masks() -> Response:
        officer()
        file = open_file(site)
        names = {answer.id: answer.respondent for answer in file.answers}
        words = {(answer.id, key): reply.text for answer in file.answers for key, reply in answer.replies.items()}
        marked = tuple((one, lies_in_secret(file, one)) for one in open_highlights(file))
        return page("office-masks", marked=marked, names=names, texts=words)

    @made.post("/masks")
    def masking() -> Redirect:
        name = officer()
        _mask(site, open_file(site), name)
        return redirect("/office/masks", 303)


def _rule(site: Site, name: str) -> None:
    """Say whether an answer counts; a button that says neither is refused."""
    form = request.form
    about, said = form.get("about", ""), form.get("do", "")
    if said not in {"counts", "aside"} or about not in set(Reason):
        raise UsageError("dialogue.no-ruling")
    wanted = Ruling(form.get("answer", ""), about, said == "counts", typed("reason"), name)
    rule(site.folder, wanted, site.clock, site.salt)


def _mask(site: Site, file: DialogueFile, name: str) -> None:
    """Hide or show the highlighted place; one that somebody has decided about meanwhile is refused."""
    form, place = request.form, request.form.get("place", "")
    for one in open_highlights(file):
        start, end = one.highlight.start, one.highlight.end
        if place == f"{one.reply.answer}/{one.reply.question}/{start}-{end}" and form.get("do") in {"hide", "show"}:
            hidden = form.get("do") == "hide"
            ground = one.highlight.ground if hidden else "other"
            wanted = Masking(one.reply.answer, one.reply.question, start, end, ground, hidden, typed("reason"), name)
            mask(site.folder, (wanted,), Pen(site.clock, site.salt))
            return
    raise UsageError("web-office.no-place")
