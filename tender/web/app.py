"""The application of one tender folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, redirect
from jinja2 import FunctionLoader, StrictUndefined

from tender.plugins import Group, plugins
from tender.publishing.examination import readable_tender
from tender.record.record import Clock
from tender.web.desk import desk_of
from tender.web.entrance import entrance_pages
from tender.web.failures import watch_failures
from tender.web.layout import dress
from tender.web.links import Chance
from tender.web.papers import paper_pages
from tender.web.security import secure
from tender.web.site import Pages, Site
from tender.words import templates_folder

LOOPBACK = ("127.0.0.1", "localhost")
_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_STYLES = ("web.css", "web.js")


def create_app(
    folder: Path,
    clock: Clock,
    chance: Chance,
    hosts: tuple[str, ...] = LOOPBACK,
    houses: Iterable[Pages] | None = None,
) -> Flask:
    """The application of the tender folder `folder`.

    Args:
        folder: The tender folder; its file must be readable.
        clock: Gives the present moment with its time zone: deadlines are judged by it alone.
        chance: Gives random bytes.
        hosts: Names under which it may be asked.
        houses: What makes the houses' pages; ``None`` for those plugged in.

    Raises:
        BlockedError: The tender file cannot be read whole.
        RecordError: The desk cannot be written.
    """
    tender = readable_tender(folder)
    app = Flask("valinta", static_folder=None, template_folder=None)
    app.jinja_loader = FunctionLoader(_template)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    site = Site(folder, tender, clock, chance, desk_of(folder))
    app.extensions["valinta"] = site
    secure(app, site.desk.kept("secret", chance(32)), hosts)
    watch_failures(app)
    dress(app, tender.dialogue.draft_notice if tender.dialogue else None, tender.title)
    app.register_blueprint(_looks())
    app.register_blueprint(paper_pages(site))
    app.register_blueprint(entrance_pages(site))
    for pages in _plugged() if houses is None else houses:
        app.register_blueprint(pages(site))
    if "/" not in {rule.rule for rule in app.url_map.iter_rules()}:
        app.add_url_rule("/", "start", lambda: redirect("/documents/"))
    return app


def _plugged() -> tuple[Pages, ...]:
    return tuple(cast("Pages", pages) for _, pages in plugins(Group.PAGES))


def _template(name: str) -> str | None:
    source = templates_folder().joinpath(*name.split("/"))
    return source.read_text(encoding="utf-8") if ".." not in name and source.is_file() else None


def _looks() -> Blueprint:
    """The one style sheet and the one script."""
    pages = Blueprint("looks", __name__, url_prefix="/looks")

    @pages.get("/<any(" + ", ".join(f"'{name}'" for name in _STYLES) + "):name>")
    def look(name: str) -> Response:
        text = (templates_folder() / "styles" / name).read_text(encoding="utf-8")
        return Response(text, mimetype=_KINDS[name.rpartition(".")[2]], headers={"Cache-Control": "max-age=3600"})

    return pages
