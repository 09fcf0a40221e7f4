"""The officers' entrance: name, password and code on one page."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from tender.web.accounts import is_open, knows
from tender.web.attempts import count_guess, forget, too_many
from tender.web.layout import page, word
from tender.web.sessions import sign_in, sign_out, signed_in
from tender.web.site import Site, site

OFFICE = "/office/"
DOOR = "/office/door"
_LONGEST = 200


def officer() -> str:
    """Name of the officer who is here; the entrance's page otherwise."""
    name = signed_in("account")
    if not name or not is_open(site().desk, name):
        abort(redirect(DOOR, 303))
    return name


def entrance_pages(here: Site) -> Blueprint:
    """The entrance."""
    pages = Blueprint("entrance", __name__)

    @pages.get(DOOR)
    def door() -> Response:
        return page("office-door", problem="")

    @pages.post(DOOR)
    def enter() -> Response | Redirect:
        now, name = here.clock(), request.form.get("name", "").strip()[:_LONGEST]
        guessed = f"account:{name}"
        if too_many(here.desk, guessed, now):
            abort(429)
        count_guess(here.desk, guessed, now)
        code = "".join(request.form.get("code", "").split())
        if not knows(here.desk, name, request.form.get("password", ""), code, now):
            return page("office-door", 403, problem=word("web-office.wrong"))
        forget(here.desk, guessed)
        sign_in("account", name)
        return redirect(OFFICE, 303)

    @pages.post("/office/leave")
    def leave() -> Redirect:
        sign_out()
        return redirect(DOOR, 303)

    return pages
