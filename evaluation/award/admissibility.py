"""Which bids are admitted to the comparison, and every reason why not, all at once.

A blank is never zero: a blank price, capacity, reply or annex is a finding. Nothing is demanded here that the call for
tenders does not announce (KHO 2021:40).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from tender.errors import Finding, Severity
from tender.model.awards import Admission
from tender.model.bids import Bid, QualityScore, Reply
from tender.model.criteria import CriterionKind
from tender.model.groups import Area, RiskGroup
from tender.model.prices import PriceCell, price_cells
from tender.model.tender import Tender
from tender.money import exact, round_half_up


@dataclass(frozen=True, slots=True)
class PublishedHashes:
    """The frozen methods that the bid forms were issued under.

    Attributes:
        award: Hash of the published award method.
        payment: Hash of the published payment method.
    """

    award: str
    payment: str


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one rule looks at: the bid among all bids, the tender and what was published."""

    tender: Tender
    bid: Bid
    published: PublishedHashes
    levels: tuple[QualityScore, ...]
    twins: int


def admit(
    tender: Tender, bids: Iterable[Bid], published: PublishedHashes, levels: Iterable[QualityScore] = ()
) -> tuple[Admission, ...]:
    """Admission of every bid, in the order of bidder ids, with all its findings.

    Args:
        tender: The tender as published.
        bids: All bids that were opened.
        published: Hashes that the forms must carry.
        levels: The evaluators' levels, once there are any: a level below an announced minimum is then a finding too.
    """
    ordered = sorted(bids, key=lambda bid: (bid.bidder, bid.file, bid.sha256))
    scored = tuple(levels)
    admissions = []
    for bid in ordered:
        twins = sum(_same_bidder(bid, other) for other in ordered) - 1
        own = tuple(level for level in scored if level.bidder == bid.bidder)
        desk = _Desk(tender, bid, published, own, twins)
        findings = tuple(finding for rule in RULES for finding in rule(desk))
        admissions.append(Admission(bid.bidder, not any(finding.blocks for finding in findings), findings))
    return tuple(admissions)


def admitted_bids(bids: Iterable[Bid], admissions: Sequence[Admission]) -> tuple[Bid, ...]:
    """Those of `bids` that were admitted, in the order of bidder ids."""
    names = {admission.bidder for admission in admissions if admission.admitted}
    return tuple(sorted((bid for bid in bids if bid.bidder in names), key=lambda bid: bid.bidder))


def _same_bidder(bid: Bid, other: Bid) -> bool:
    same_business = bool(bid.business_id) and bid.business_id.strip() == other.business_id.strip()
    return same_business or bid.bidder == other.bidder


def _found(desk: _Desk, rule: str, field: str, basis: str = "", **values: object) -> Finding:
    texts = {"bidder": desk.bid.name, **{name: str(value) for name, value in values.items()}}
    return Finding(rule, Severity.BLOCK, f"bids.{desk.bid.bidder}.{field}", texts, basis)


def _duplicate(desk: _Desk) -> Iterator[Finding]:
    if desk.twins:
        yield _found(desk, "award.duplicate-bidder", "bidder", count=desk.twins + 1)


def _method(desk: _Desk) -> Iterator[Finding]:
    pairs = (
        ("award_hash", desk.bid.award_hash, desk.published.award),
        ("payment_hash", desk.bid.payment_hash, desk.published.payment),
    )
    for field, found, expected in pairs:
        if found != expected:
            yield _found(desk, "award.wrong-method", field, found=found[:12], expected=expected[:12])


def _prices(desk: _Desk) -> Iterator[Finding]:
    for cell in price_cells(desk.tender.prices):
        price = desk.bid.prices.get(cell.id)
        if price is None:
            yield _found(desk, "award.price-blank", f"prices.{cell.id}", **_told(desk, cell))
        else:
            yield from _price(desk, cell, price)


def _price(desk: _Desk, cell: PriceCell, price: Decimal) -> Iterator[Finding]:
    def found(rule: str, basis: str = "", **values: object) -> Finding:
        return _found(desk, rule, f"prices.{cell.id}", basis, **_told(desk, cell), **values)

    if not price.is_finite():
        yield found("award.price-not-a-number", found=price)
        return
    if price == 0 and not desk.tender.prices.zero_allowed:
        yield found("award.price-zero", "KHO 2015:17, KHO 2016:97")
    elif not cell.range.holds(price):
        ends = {"lowest": format(cell.range.lowest, "f"), "highest": format(cell.range.highest, "f")}
        yield found("award.price-outside", found=format(price, "f"), **ends)
    if exact(round_half_up(price, cell.decimals)) != exact(price):
        yield found("award.price-decimals", found=format(price, "f"), allowed=cell.decimals)


def _told(desk: _Desk, cell: PriceCell) -> dict[str, str]:
    """What a price is called: its part, and its group or that it is the base price."""
    names = {group.id: group.name.best(desk.tender.prevailing_language) for group in desk.tender.groups}
    return {"price": f"price.{cell.part}", "of": names[cell.group] if cell.group else "price.base"}


def _capacity(desk: _Desk) -> Iterator[Finding]:
    total = desk.bid.capacity_total
    if total is None:
        yield _found(desk, "award.capacity-blank", "capacity_total")
    elif total <= 0:
        yield _found(desk, "award.capacity-not-positive", "capacity_total", found=total)
    nowhere = True
    for area, group in product(desk.tender.areas, desk.tender.groups):
        clients = desk.bid.capacity.get((area.id, group.id))
        yield from _capacity_cell(desk, area, group, clients)
        nowhere = nowhere and clients is not None and clients <= 0
    if nowhere:
        yield _found(desk, "award.capacity-nowhere", "capacity")


def _capacity_cell(desk: _Desk, area: Area, group: RiskGroup, clients: int | None) -> Iterator[Finding]:
    language = desk.tender.prevailing_language
    field, names = (
        f"capacity.{area.id}.{group.id}",
        {"area": area.name.best(language), "group": group.name.best(language)},
    )
    if clients is None:
        yield _found(desk, "award.capacity-cell-blank", field, **names)
    elif clients < 0:
        yield _found(desk, "award.capacity-cell-negative", field, found=clients, **names)


def _suitability(desk: _Desk) -> Iterator[Finding]:
    for requirement in desk.tender.suitability:
        reply = desk.bid.suitability.get(requirement.id)
        field = f"suitability.{requirement.id}"
        name = requirement.name.best(desk.tender.prevailing_language)
        if reply is None:
            yield _found(desk, "award.suitability-blank", field, requirement=name)
        elif reply is Reply.NO:
            yield _found(desk, "award.suitability-no", field, "HL 114", requirement=name)


def _annexes(desk: _Desk) -> Iterator[Finding]:
    for annex in desk.tender.award.demanded_annexes():
        reply = desk.bid.annexes.get(annex.id)
        if reply is not Reply.YES:
            rule = "award.annex-blank" if reply is None else "award.annex-missing"
            yield _found(desk, rule, f"annexes.{annex.id}", annex=annex.name.best(desk.tender.prevailing_language))


def _minimum_levels(desk: _Desk) -> Iterator[Finding]:
    minima = {leaf.id: leaf for leaf in desk.tender.award.leaves() if leaf.kind is CriterionKind.QUALITY}
    for score in sorted(desk.levels, key=lambda level: level.criterion):
        leaf = minima.get(score.criterion)
        if leaf is None or leaf.minimum is None or score.level is None or score.level >= leaf.minimum:
            continue
        name = leaf.name.best(desk.tender.prevailing_language)
        yield _found(
            desk,
            "award.level-below-minimum",
            f"levels.{leaf.id}",
            "KHO 2013:160",
            criterion=name,
            found=score.level,
            minimum=leaf.minimum,
        )


RULES: tuple[Callable[[_Desk], Iterable[Finding]], ...] = (
    _duplicate,
    _method,
    _prices,
    _capacity,
    _suitability,
    _annexes,
    _minimum_levels,
)
"""Every rule of admissibility, in the order in which its findings are shown."""
