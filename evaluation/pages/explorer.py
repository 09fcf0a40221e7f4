"""The scenario explorer: the address is the scenario, and its figures come from the functions that scenarios use.

For officers only. It works without scripts: a form that is asked by GET, so that a scenario can be kept as a bookmark
or sent to a colleague.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from flask import Blueprint, Response, request
from markupsafe import Markup

from evaluation.design.assumptions import default_assumptions
from evaluation.reports.design_pictures import cap_picture, spend_fan, weight_pictures
from evaluation.scenarios import Reckoning, reckon, scenario
from tender.documents.numbers import speak
from tender.documents.pictures import Picture, picture_rows, picture_svg
from tender.errors import ValintaError
from tender.model.tender import Tender
from tender.web.entrance import officer
from tender.web.layout import language_here, page, spoken
from tender.web.site import Site


@dataclass(frozen=True, slots=True)
class Lever:
    """One value that a scenario may change.

    Attributes:
        name: Its name in the address.
        now: Its value in the tender; ``None`` when the tender sets none.
        least: Least value that is taken.
        most: Largest value that is taken.
    """

    name: str
    now: int | None
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks.

    Attributes:
        values: The values that differ from the tender's, by lever.
        problems: Levers whose value cannot be taken.
        typed: What was typed, by lever, for the form.
    """

    values: dict[str, int]
    problems: tuple[str, ...]
    typed: dict[str, str]


def explorer(site: Site) -> Blueprint:
    """The pages of the explorer for `site`."""
    pages = Blueprint("scenario", __name__, url_prefix="/scenario")

    @pages.get("/")
    def explore() -> Response:
        officer()
        return page("scenario", **view_of(site.tender, dict(request.args)))

    return pages


def levers(tender: Tender) -> tuple[Lever, ...]:
    """What can be changed, with the tender's own values."""
    ceiling = tender.award.selection.yearly_cost_ceiling
    return (
        Lever("cap", tender.framework.client_cap, 1, 1_000_000),
        Lever("providers", tender.framework.providers, 1, 20),
        Lever("ceiling", None if ceiling is None else int(ceiling), 1, 1_000_000_000),
    )


def asked_of(tender: Tender, typed: dict[str, str]) -> Asked:
    """What `typed` asks of `tender`; what is left empty stays as the tender has it."""
    values: dict[str, int] = {}
    problems = []
    kept: dict[str, str] = {}
    for lever in levers(tender):
        text = "".join(typed.get(lever.name, "").split())[:20]
        kept[lever.name] = text or ("" if lever.now is None else str(lever.now))
        if not text:
            continue
        if not text.isascii() or not text.isdecimal() or not lever.least <= int(text) <= lever.most:
            problems.append(lever.name)
        elif int(text) != lever.now:
            values[lever.name] = int(text)
    return Asked(values, tuple(problems), kept)


def changed(tender: Tender, values: dict[str, int]) -> Tender:
    """`tender` with other values of its levers."""
    framework, rule = tender.framework, tender.award.selection
    if "cap" in values:
        framework = replace(framework, client_cap=values["cap"])
    if "providers" in values:
        framework = replace(framework, providers=values["providers"])
    if "ceiling" in values:
        rule = replace(rule, yearly_cost_ceiling=Decimal(values["ceiling"]))
    return replace(tender, framework=framework, award=replace(tender.award, selection=rule))


def view_of(tender: Tender, typed: dict[str, str]) -> dict[str, object]:
    """What the page prints."""
    asked = asked_of(tender, typed)
    after = changed(tender, asked.values)
    return {
        "levers": levers(tender),
        "typed": asked.typed,
        "problems": asked.problems,
        "differs": bool(asked.values),
        "rows": tuple(
            (spoken(line.label), _said(line.before), _said(line.after), line.before != line.after)
            for line in scenario(tender, after)
        ),
        "pictures": tuple(_drawn(picture, place) for place, picture in enumerate(_pictures(after))),
    }


def _pictures(tender: Tender) -> tuple[Picture, ...]:
    """The pictures of a tender that can be reckoned; none of one that cannot."""
    try:
        found: Reckoning = reckon(tender)
    except (ValintaError, ArithmeticError, ValueError, LookupError):
        return ()
    assumed = default_assumptions(tender)
    weights = weight_pictures(assumed, found.design.before, found.design.proposal)
    return (cap_picture(assumed.flow), spend_fan(found.flow), *weights)


def _drawn(picture: Picture, place: int) -> dict[str, object]:
    language = language_here()
    drawing = Markup(picture_svg(picture, language, f"picture-{place}"))  # noqa: S704  # our own, its words escaped
    return {
        "title": picture.title.best(language),
        "unit": picture.unit.best(language),
        "note": picture.note.best(language),
        "drawing": drawing,
        "rows": picture_rows(picture, language),
    }


def _said(value: object) -> str:
    return "–" if value is None else speak(value, language_here())
