"""The rows of a market's whole-number model, under the names that the published statement prints.

Variables: ``chosen[i]`` says whether bidder i is chosen, ``places[i,a,g]`` how many clients of group g in area a it
carries in the plan, ``taken[b]`` whether package bid b is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluation.award.market import Cell, Market, Offer, Package
from tender.solving import Model, Row, Sense, Terms, Variable


def chosen(bidder: str) -> str:
    """Name of the variable that chooses `bidder`."""
    return f"chosen[{bidder}]"


def places(bidder: str, cell: Cell) -> str:
    """Name of the variable that counts the bidder's places in `cell`."""
    return f"places[{bidder},{cell[0]},{cell[1]}]"


def taken(package: str) -> str:
    """Name of the variable that takes a package bid."""
    return f"taken[{package}]"


def market_model(market: Market, objective: Terms, further: Iterable[Row] = ()) -> Model:
    """The model of `market` with `objective` and `further` rows."""
    rows = (*_offer_rows(market), *_rule_rows(market), *_package_rows(market), *further)
    return Model(market.name, tuple(_variables(market)), rows, objective)


def _variables(market: Market) -> Iterator[Variable]:
    for offer in market.offers:
        yield Variable(chosen(offer.bidder))
    for offer in market.offers:
        for cell, need in market.needs.items():
            yield Variable(places(offer.bidder, cell), 0, min(need, max(offer.cells.get(cell, 0), 0)))
    for package in market.packages:
        yield Variable(taken(package.id))


def _offer_rows(market: Market) -> Iterator[Row]:
    if market.providers is not None:
        everyone = tuple((chosen(offer.bidder), 1) for offer in market.offers)
        yield Row("providers", everyone, Sense.EQUAL, market.providers)
    for offer in market.offers:
        yield from _capacity_rows(market, offer)
    for cell, need in market.needs.items():
        carriers = tuple((places(offer.bidder, cell), 1) for offer in market.offers)
        sense = Sense.EQUAL if market.exactly else Sense.AT_LEAST
        yield Row(f"coverage[{cell[0]},{cell[1]}]", carriers, sense, need)
    yield from _budget_rows(market)


def _capacity_rows(market: Market, offer: Offer) -> Iterator[Row]:
    bidder, own = offer.bidder, chosen(offer.bidder)
    carried = tuple((places(bidder, cell), 1) for cell in market.needs)
    if carried:
        yield Row(f"total_capacity[{bidder}]", (*carried, (own, -offer.places)), Sense.AT_MOST, 0)
    for cell, need in market.needs.items():
        terms = ((places(bidder, cell), 1), (own, -min(offer.cells.get(cell, 0), need)))
        yield Row(f"cell_capacity[{bidder},{cell[0]},{cell[1]}]", terms, Sense.AT_MOST, 0)
    if offer.least:
        yield Row(f"viable[{bidder}]", (*carried, (own, -offer.least)), Sense.AT_LEAST, 0)
    if offer.lacking is not None:
        yield Row(f"minimum_quality[{bidder}]", ((own, offer.lacking),), Sense.AT_MOST, 0)


def _budget_rows(market: Market) -> Iterator[Row]:
    if market.ceiling is not None:
        terms = tuple(
            (places(offer.bidder, cell), offer.costs[cell]) for offer in market.offers for cell in market.needs
        )
        yield Row("budget", terms, Sense.AT_MOST, market.ceiling)
    for name, most in market.limits.items():
        amounts = ((chosen(offer.bidder), offer.amounts.get(name, 0)) for offer in market.offers)
        yield Row(f"limit[{name}]", tuple(term for term in amounts if term[1]), Sense.AT_MOST, most)


def _rule_rows(market: Market) -> Iterator[Row]:
    if market.choice_least:
        for cell in market.needs:
            serving = tuple((chosen(offer.bidder), 1) for offer in market.offers if offer.cells.get(cell, 0) > 0)
            yield Row(f"choice[{cell[0]},{cell[1]}]", serving, Sense.AT_LEAST, market.choice_least)
        for what in dict.fromkeys(what for offer in market.offers for what in offer.serves):
            serving = tuple((chosen(offer.bidder), 1) for offer in market.offers if what in offer.serves)
            yield Row(f"choice[{what}]", serving, Sense.AT_LEAST, market.choice_least)
    if market.withstand_loss:
        yield from _loss_rows(market)
    for one, other in market.separate:
        yield Row(f"separate[{one},{other}]", ((chosen(one), 1), (chosen(other), 1)), Sense.AT_MOST, 1)


def _loss_rows(market: Market) -> Iterator[Row]:
    """Without any one bidder, the places in all and in every cell are at least the forecast."""
    total = sum(market.needs.values())
    for lost in market.offers:
        left = [offer for offer in market.offers if offer is not lost]
        terms = tuple((chosen(offer.bidder), offer.places) for offer in left)
        yield Row(f"loss[{lost.bidder}]", terms, Sense.AT_LEAST, total)
        for cell, need in market.needs.items():
            terms = tuple((chosen(offer.bidder), min(offer.cells.get(cell, 0), need)) for offer in left)
            yield Row(f"loss[{lost.bidder},{cell[0]},{cell[1]}]", terms, Sense.AT_LEAST, need)


def _package_rows(market: Market) -> Iterator[Row]:
    takers: dict[str, list[str]] = {lot: [] for lot in market.lots}
    for package in market.packages:
        for lot in package.lots:
            takers[lot].append(package.id)
    for lot, packages in takers.items():
        terms = tuple((taken(package), 1) for package in packages)
        yield Row(f"lot[{lot}]", terms, Sense.EQUAL if market.lots[lot] else Sense.AT_MOST, 1)
    for name, rivals in market.alternatives.items():
        yield Row(f"alternatives[{name}]", tuple((taken(package), 1) for package in rivals), Sense.AT_MOST, 1)
    for offer in market.offers:
        yield from _bidder_rows(market, offer)


def _bidder_rows(market: Market, offer: Offer) -> Iterator[Row]:
    """Packages of one bidder: within its capacity and number, and only when it is chosen."""
    own: tuple[Package, ...] = tuple(package for package in market.packages if package.bidder == offer.bidder)
    if not own:
        return
    sizes = tuple((taken(package.id), package.clients) for package in own if package.clients)
    if sizes:
        yield Row(f"package_capacity[{offer.bidder}]", sizes, Sense.AT_MOST, offer.places)
    if market.lots_most is not None:
        terms = tuple((taken(package.id), 1) for package in own)
        yield Row(f"package_limit[{offer.bidder}]", terms, Sense.AT_MOST, market.lots_most)
    if market.providers is not None:
        for package in own:
            link = ((taken(package.id), 1), (chosen(offer.bidder), -1))
            yield Row(f"package_bidder[{package.id}]", link, Sense.AT_MOST, 0)
