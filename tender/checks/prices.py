"""Are the prices and their ranges sound: form, groups, ends, decimals, weights (A7, A8)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from itertools import pairwise

from tender.checks.arithmetic import MOST_DECIMALS
from tender.checks.case import Case, blank, flaw
from tender.checks.tree import FULL, leaves
from tender.errors import Finding
from tender.model.criteria import CriterionKind
from tender.model.prices import PriceForm, PricePart, PriceRange
from tender.model.tender import Tender

_NEEDED = {PriceForm.BASE_TIMES_WEIGHT: ("base", "weights"), PriceForm.PER_GROUP: ("groups",)}


def parts(tender: Tender) -> tuple[tuple[str, PricePart], ...]:
    """Both price parts with their paths."""
    return (("prices.capitation", tender.prices.capitation), ("prices.outcome", tender.prices.outcome))


def ranges(path: str, part: PricePart) -> list[tuple[str, PriceRange]]:
    """The ranges that the form of `part` uses, with their paths."""
    if part.form is PriceForm.BASE_TIMES_WEIGHT:
        return [(f"{path}.base", part.base)] if part.base is not None else []
    return [(f"{path}.groups.{group}", found) for group, found in (part.groups or {}).items()]


def group_ids(tender: Tender) -> tuple[str, ...]:
    """Ids of the risk groups, in the order of the file."""
    return tuple(group.id for group in tender.groups)


def sound(part: PricePart, groups: tuple[str, ...]) -> bool:
    """Whether costs can be computed from `part`: a range or a weight for each group, ends in order, sane decimals."""
    if any(not getattr(part, name) for name in _NEEDED[part.form]) or not 0 <= part.unit_decimals <= MOST_DECIMALS:
        return False
    table = part.weights if part.form is PriceForm.BASE_TIMES_WEIGHT else part.groups
    ordered = all(0 <= found.lowest <= found.highest for _, found in ranges("", part))
    positive = all(weight > 0 for weight in (part.weights or {}).values())
    return ordered and positive and set(table or {}) == set(groups)


def part_form(case: Case) -> Iterator[Finding]:
    """A price has what its form needs, and nothing of the other form."""
    for path, part in parts(case.tender):
        needed = _NEEDED[part.form]
        for name in ("base", "weights", "groups"):
            given = getattr(part, name)
            if name in needed and not given:
                yield flaw("prices.part-missing", f"{path}.{name}", form=part.form, name=name)
            elif name not in needed and given:
                yield flaw("prices.part-unused", f"{path}.{name}", form=part.form, name=name)


def decimals_range(case: Case) -> Iterator[Finding]:
    """Numbers of decimals are between 0 and six."""
    prices = case.tender.prices
    numbers = [("prices.line_decimals", prices.line_decimals)]
    for path, part in parts(case.tender):
        numbers += [(f"{path}.decimals", part.decimals), (f"{path}.unit_decimals", part.unit_decimals)]
    for field, found in numbers:
        if not 0 <= found <= MOST_DECIMALS:
            yield flaw("prices.decimals-range", field, found=found, expected=MOST_DECIMALS)


def range_order(case: Case) -> Iterator[Finding]:
    """The lowest price of a range is not above its highest."""
    for path, part in parts(case.tender):
        for field, found in ranges(path, part):
            if found.lowest > found.highest:
                yield flaw("prices.range-order", f"{field}.highest", lowest=found.lowest, highest=found.highest)


def range_positive(case: Case) -> Iterator[Finding]:
    """Prices are above zero, unless zero is allowed by name."""
    zero_allowed = case.tender.prices.zero_allowed
    for path, part in parts(case.tender):
        for field, found in ranges(path, part):
            if found.lowest < 0 or (found.lowest == 0 and not zero_allowed):
                yield flaw("prices.range-positive", f"{field}.lowest", found=found.lowest)


def reference_inside(case: Case) -> Iterator[Finding]:
    """The buyer's own price is inside the range."""
    for path, part in parts(case.tender):
        for field, found in ranges(path, part):
            if found.reference is None or found.lowest > found.highest or found.holds(found.reference):
                continue
            values = {"found": found.reference, "lowest": found.lowest, "highest": found.highest}
            yield flaw("prices.reference", f"{field}.reference", **values)


def end_decimals(case: Case) -> Iterator[Finding]:
    """The ends of a range have no more decimals than a tendered price may have; one finding for each price."""
    for path, part in parts(case.tender):
        if not 0 <= part.decimals <= MOST_DECIMALS:
            continue
        finer = [
            (f"{field}.{name}", number)
            for field, found in ranges(path, part)
            for name, number in (("lowest", found.lowest), ("highest", found.highest), ("reference", found.reference))
            if number is not None and _decimals(number) > part.decimals
        ]
        if finer:
            field = finer[0][0] if len(finer) == 1 else f"{path}.decimals"
            yield flaw("prices.end-decimals", field, found=finer[0][1], expected=part.decimals)


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def groups_priced(case: Case) -> Iterator[Finding]:
    """Every risk group has its weight or range, and no other group has; a misspelt group gives one finding."""
    groups = group_ids(case.tender)
    for path, part in parts(case.tender):
        name = "weights" if part.form is PriceForm.BASE_TIMES_WEIGHT else "groups"
        table = getattr(part, name)
        if table and groups:
            yield from names_match(f"{path}.{name}", tuple(table), groups, "prices.group")


def names_match(path: str, found: tuple[str, ...], expected: tuple[str, ...], rule: str) -> Iterator[Finding]:
    """`<rule>-unknown` for each name not expected, `<rule>-missing` for each that no misspelt name explains."""
    missing = [name for name in expected if name not in found]
    for name in found:
        if name not in expected:
            nearest = get_close_matches(name, missing or expected, n=1) or list(missing[:1])
            missing = [other for other in missing if other not in nearest]
            yield flaw(f"{rule}-unknown", f"{path}.{name}", found=name, expected=nearest or expected)
    for name in missing:
        yield flaw(f"{rule}-missing", path, missing=name)


def weights_positive(case: Case) -> Iterator[Finding]:
    """Price weights are above zero."""
    for path, part in parts(case.tender):
        for group, weight in (part.weights or {}).items():
            if weight <= 0:
                yield flaw("prices.weight-positive", f"{path}.weights.{group}", group=group, found=weight)


def weights_order(case: Case) -> Iterator[Finding]:
    """A harder group, later in the file, is not paid with a smaller weight."""
    groups = group_ids(case.tender)
    for path, part in parts(case.tender):
        if part.form is not PriceForm.BASE_TIMES_WEIGHT or not part.weights or not sound(part, groups):
            continue
        for easier, harder in pairwise(groups):
            if part.weights[harder] < part.weights[easier]:
                values = {"found": part.weights[harder], "before": part.weights[easier]}
                yield flaw("prices.weights-order", f"{path}.weights.{harder}", easier=easier, harder=harder, **values)


def unit_decimals(case: Case) -> Iterator[Finding]:
    """Rounding a price per group does not change the price that was tendered."""
    for path, part in parts(case.tender):
        if part.form is PriceForm.PER_GROUP and 0 <= part.unit_decimals < part.decimals <= MOST_DECIMALS:
            field = f"{path}.unit_decimals"
            yield flaw("prices.unit-decimals", field, found=part.unit_decimals, expected=part.decimals)


def vat_rate(case: Case) -> Iterator[Finding]:
    """The VAT rate is a percentage."""
    rate = case.tender.prices.vat_rate
    if not 0 <= rate <= FULL:
        yield flaw("prices.vat-rate", "prices.vat_rate", found=rate)


def range_reason(case: Case) -> Iterator[Finding]:
    """The buyer says why a range has its ends."""
    for path, part in parts(case.tender):
        if blank(part.reason):
            yield flaw("prices.range-reason", f"{path}.reason")


def zero_unused(case: Case) -> Iterator[Finding]:
    """Zero is not both allowed and outside every range."""
    found = [each for path, part in parts(case.tender) for _, each in ranges(path, part)]
    if case.tender.prices.zero_allowed and found and all(each.lowest > 0 for each in found):
        yield flaw("prices.zero-unused", "prices.zero_allowed")


def sanction_at_zero(case: Case) -> Iterator[Finding]:
    """A sanction that is a share of the outcome price bites at the lowest price too (KHO 2015:17)."""
    if case.tender.bonus_sanction is None or not case.tender.prices.zero_allowed:
        return
    for field, found in ranges("prices.outcome", case.tender.prices.outcome):
        if found.lowest == 0:
            yield flaw("prices.sanction-at-zero", f"{field}.lowest", found=found.lowest)


def spread(case: Case) -> Iterator[Finding]:
    """Prices that are compared can differ."""
    if not any(leaves(case.tender.award, CriterionKind.PRICE)):
        return
    if prices_fixed(case.tender):
        yield flaw("prices.no-spread", "prices.capitation")


def prices_fixed(tender: Tender) -> bool:
    """Whether the buyer has fixed every price, so that tenders compete on quality only (HL 93.3)."""
    found = [each for path, part in parts(tender) for _, each in ranges(path, part)]
    return bool(found) and all(0 < each.lowest == each.highest for each in found)


PRICES = (
    part_form,
    decimals_range,
    range_order,
    range_positive,
    reference_inside,
    end_decimals,
    groups_priced,
    weights_positive,
    weights_order,
    unit_decimals,
    vat_rate,
    range_reason,
    zero_unused,
    sanction_at_zero,
    spread,
)
"""The rules of this file."""
