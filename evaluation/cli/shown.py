"""How admissions, points and selections look in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from evaluation.acts.award import Scored
from evaluation.award.reasons import obstacle_finding
from tender.console import Console
from tender.errors import Finding
from tender.language import number_text
from tender.model.awards import Admission, Obstacle, ProviderSet, Selection
from tender.model.proofs import Level
from tender.money import decimal_of, round_half_up
from tender.words import words

_SHOWN_SETS = 5
_EXACT_DECIMALS = 4


def points_text(console: Console, points: Fraction) -> str:
    """Points as people read them: exact where a short decimal is exact, else rounded to four decimals with a mark."""
    found = decimal_of(points)
    if found is not None and -int(found.as_tuple().exponent) <= _EXACT_DECIMALS:
        return number_text(max(found, round_half_up(points, 2), key=_decimals), console.language)
    return f"≈{number_text(round_half_up(points, _EXACT_DECIMALS), console.language)}"


def show_admissions(console: Console, admissions: Sequence[Admission], names: Mapping[str, str]) -> None:
    """Who is compared, and every reason why somebody is not."""
    for admission in admissions:
        verdict = "admission.admitted" if admission.admitted else "admission.refused"
        console.say(verdict, bidder=names.get(admission.bidder, admission.bidder))
        for finding in admission.findings:
            if finding.blocks or admission.admitted:
                console.line(f"      {_finding_text(console, finding)}")


def show_points(console: Console, scored: Scored) -> None:
    """One row per bid: rank, name, points by criterion, total, comparison price; the criteria are named below."""
    leaves = scored.desk.tender.award.leaves()
    letters = [chr(ord("A") + number) for number in range(len(leaves))]
    ends = [console.words(term) for term in ("points.total", "points.price")]
    heads = [console.words("points.rank"), console.words("points.bidder"), *letters, *ends]
    rows = [
        [
            str(bid.rank),
            bid.name,
            *(points_text(console, line.points) for line in bid.lines),
            points_text(console, bid.total),
            number_text(round_half_up(bid.comparison_price, 2), console.language),
        ]
        for bid in scored.sheet.bids
    ]
    console.table(heads, rows, right=(0, *range(2, len(heads))))
    for letter, leaf in zip(letters, leaves, strict=True):
        weight = number_text(leaf.weight, console.language)
        console.say("points.criterion", letter=letter, name=leaf.name.best(console.language), weight=weight)


def show_selection(console: Console, selection: Selection, names: Mapping[str, str]) -> None:
    """The chosen providers, what decided, and the sets that came close or could not serve."""
    chosen = selection.chosen
    console.say("selection.chosen", points=points_text(console, chosen.points))
    for bidder in chosen.bidders:
        places = sum(place.clients for place in selection.places if place.bidder == bidder)
        console.say("selection.provider", bidder=names.get(bidder, bidder), clients=places)
    if len(selection.ties) > 1:
        key = console.words(f"tie-key.{selection.tie_key}")
        console.say("selection.tie", count=len(selection.ties), key=key)
        _show_sets(console, selection.ties, names)
    if selection.rejected:
        console.say("selection.rejected", count=len(selection.rejected))
        _show_sets(console, selection.rejected, names)
    if selection.near_ties:
        console.say("selection.near", count=len(selection.near_ties))
        _show_sets(console, selection.near_ties, names)
    agrees = "selection.agrees" if selection.solver_agrees else "selection.disagrees"
    console.say(agrees, solver=selection.solver, examined=selection.examined)
    show_proof(console, selection.proof)
    console.say("selection.cost", cost=number_text(selection.yearly_cost, console.language))


def show_proof(console: Console, levels: Sequence[Level]) -> None:
    """What is proven of every objective: nothing better exists, or how much better something might be."""
    for level in levels:
        gap = level.certificate.gap
        name = level.objective
        objective = console.words("proof.ranks") if name.startswith("rank[") else console.words(f"tie-key.{name}")
        cases = len(level.certificate.nodes)
        if gap:
            console.say("proof.gap", objective=objective, gap=points_text(console, Fraction(gap, level.scale)))
        else:
            console.say("proof.holds", objective=objective, cases=cases)


def names_of(console: Console, scored: Scored) -> dict[str, str]:
    """What to print for each id of a bidder, an area or a group."""
    tender = scored.desk.tender
    areas = {area.id: area.name.best(console.language) for area in tender.areas}
    groups = {group.id: group.name.best(console.language) for group in tender.groups}
    return {**areas, **groups, **{bid.bidder: bid.name for bid in scored.bids}}


def _show_sets(console: Console, sets: Sequence[ProviderSet], names: Mapping[str, str]) -> None:
    for one in sets[:_SHOWN_SETS]:
        members = ", ".join(names.get(bidder, bidder) for bidder in one.bidders)
        why = " ".join(_obstacle_text(console, obstacle, names) for obstacle in one.obstacles)
        console.line(f"    {points_text(console, one.points)}  {members}{': ' + why if why else ''}")
    if len(sets) > _SHOWN_SETS:
        console.say("selection.more", count=len(sets) - _SHOWN_SETS)


def _obstacle_text(console: Console, obstacle: Obstacle, names: Mapping[str, str]) -> str:
    return words(console.language).finding(obstacle_finding(obstacle, names=names)).text


def _finding_text(console: Console, finding: Finding) -> str:
    place = f"{finding.place}: " if finding.place else ""
    return f"{place}{words(console.language).finding(finding).text}"


def _decimals(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)
