"""Officers' pages that show what commands record: contacts with the market, and questions during the tender."""

from __future__ import annotations

from flask import Blueprint, Response

from market_dialogue.acts.contacts import read_contacts
from market_dialogue.acts.questions import Questions, read_questions
from tender.errors import UsageError
from tender.language import Text
from tender.record.equality import moment
from tender.web.entrance import officer
from tender.web.layout import local, page, spoken
from tender.web.site import Site


def logs(made: Blueprint, site: Site) -> None:
    """Add the pages to `made`; neither tells a word of any answer to the dialogue."""

    @made.get("/contacts")
    def contacts() -> Response:
        officer()
        log = read_contacts(site.folder)
        return page("office-contacts", entries=log.entries, findings=log.findings, when=_when, said=_said)

    @made.get("/questions")
    def questions() -> Response:
        officer()
        found = _questions(site)
        steps = {asked: one for one in found.answers for asked in one.said.questions} if found else {}
        return page("office-questions", found=found, answers=steps, when=_when, said=_said)


def _questions(site: Site) -> Questions | None:
    """The questions; ``None`` before anything is published that could be asked about."""
    try:
        return read_questions(site.folder)
    except UsageError:
        return None


def _when(text: str) -> str:
    """A recorded moment in the visitor's words, or as it stands when it is none."""
    found = moment(text)
    return local(found) if found else text


def _said(texts: dict[str, str]) -> str:
    """What is said in several languages, in the visitor's."""
    return spoken(Text(**texts))
