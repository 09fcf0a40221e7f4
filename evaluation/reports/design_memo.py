"""The memo of a design for the buyer's own file: what is proposed, why, at what cost, and on what assumptions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from evaluation.design.designed import Designed, proposed_values
from evaluation.reports.design_pictures import cap_picture, evenness, said, spend_fan, tied_up, weight_pictures
from evaluation.reports.design_words import lack_text, names_in, repair_text, shadow_text
from tender.documents.document import LAYOUT, Document, Stage
from tender.documents.pictures import Picture
from tender.errors import UsageError
from tender.language import Language, Text
from tender.model.design import GroupDesign, GroupOutlook, GroupPrice, Outlook, Subgroup
from tender.model.publication import Publication
from tender.model.tender import Buyer
from tender.money import round_half_up

CENTS = 100

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of the tender as it stands and of the proposal.

    Attributes:
        label: What it is.
        before: As the tender stands.
        after: As proposed; ``None`` without a proposal.
    """

    label: Text
    before: Decimal
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class PriceChange:
    """The prices of one group, now and as proposed.

    Attributes:
        group: Name of the group.
        before: The prices of the tender.
        after: The proposed prices; ``None`` without a proposal.
    """

    group: Text
    before: GroupPrice
    after: GroupPrice | None


@dataclass(frozen=True, slots=True)
class GroupChange:
    """What the prices mean for one group, now and as proposed.

    Attributes:
        group: Name of the group.
        entrant: Expected outcome pay for one new client, euros.
        margin: What remains of a client-month, euros.
        effort: Euros of outcome pay for each euro of effort.
    """

    group: Text
    entrant: Compared
    margin: Compared
    effort: Compared


@dataclass(frozen=True, slots=True)
class Assumed:
    """One assumption.

    Attributes:
        label: What is assumed.
        value: The figure.
        own: Whether the buyer gave it; else it is a default.
    """

    label: Text
    value: Decimal
    own: bool


@dataclass(frozen=True, slots=True)
class Doubted:
    """The spread of margins if one group cost other than assumed.

    Attributes:
        group: Name of the group.
        percent: Percent more than assumed; negative for less.
        before: Euros a client-month at the tender's own prices.
        after: The same at the proposed prices.
    """

    group: Text
    percent: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """One value of the tender file.

    Attributes:
        path: Its path.
        before: The value now.
        after: The proposed value.
    """

    path: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class DesignMemoContext:
    """What the memo prints.

    Attributes:
        title: Name of the planned procurement.
        buyer: The contracting authority.
        possible: Whether there is a proposal.
        prices: Prices by group.
        bases: Base prices, where they are tendered.
        totals: What a year comes to.
        groups: What the prices mean by group.
        lacks: What no prices meet, in words.
        worths: What easing each binding rule is worth, in words.
        repairs: What would mend an impossible design, in words.
        ranges: Pictures of the prices in their ranges.
        curve: Money and evenness; empty without a proposal.
        money: Pictures of spend, of what providers advance, and of the cap.
        spend: Euros in the whole production on average.
        tail: Euros in the dearest 5 % of the courses.
        months: Months of production.
        full: Percent of the courses in which some cap is reached.
        shares: Percent of outcome pay in each billing period.
        assumed: Assumptions in order.
        doubts: What a wrong assumption of costs would do; empty without a proposal.
        changes: Values of the tender file that would change.
        rounds: Rounds until prices and clients agreed.
        residual: Largest change of a price in the last round, percent.
        seed: The seed.
        replications: Courses drawn in each round.
        digest: SHA-256 of all that the design rests on.
    """

    title: Text
    buyer: Buyer
    possible: bool
    prices: tuple[PriceChange, ...]
    bases: tuple[Compared, ...]
    totals: tuple[Compared, ...]
    groups: tuple[GroupChange, ...]
    lacks: tuple[Text, ...]
    worths: tuple[Text, ...]
    repairs: tuple[Text, ...]
    ranges: tuple[Picture, ...]
    curve: tuple[Picture, ...]
    money: tuple[Picture, ...]
    spend: Decimal
    tail: Decimal
    months: int
    full: Decimal
    shares: tuple[Decimal, ...]
    assumed: tuple[Assumed, ...]
    doubts: tuple[Doubted, ...]
    changes: tuple[Change, ...]
    rounds: int
    residual: Decimal
    seed: int
    replications: int
    digest: str


def design_memo_context(publication: Publication, designed: Designed, digest: str) -> DesignMemoContext:
    """The values of the memo of `designed`."""
    made, flow = designed.design, designed.flow
    last = made.steps[-1].residual if made.steps else None
    return DesignMemoContext(
        title=publication.tender.title,
        buyer=publication.tender.buyer,
        possible=made.proposal is not None,
        prices=tuple(_prices(designed)),
        bases=tuple(_bases(designed)),
        totals=tuple(_totals(made.outlook_before, made.outlook)),
        groups=tuple(_groups(designed)),
        lacks=tuple(_spoken(designed, lambda one, *way: lack_text(*one, *way), each) for each in made.lacking.items()),
        worths=tuple(_spoken(designed, shadow_text, each) for each in made.shadows),
        repairs=tuple(_spoken(designed, repair_text, each) for each in made.repairs),
        ranges=weight_pictures(designed.assumptions, made.before, made.proposal),
        curve=(evenness(designed.evenness),) if designed.evenness else (),
        money=(spend_fan(flow), tied_up(flow), cap_picture(designed.assumptions.flow)),
        spend=_rounded(Fraction(flow.spend.mean) / CENTS, 0),
        tail=_rounded(Fraction(flow.spend.tail) / CENTS, 0),
        months=designed.assumptions.flow.months,
        full=_rounded(Fraction(flow.any_full) * 100, 1),
        shares=tuple(_rounded(Fraction(one) * 100, 0) for one in flow.outcome_share),
        assumed=tuple(_assumed(designed)),
        doubts=tuple(_doubts(designed)),
        changes=tuple(Change(*one) for one in proposed_values(designed)),
        rounds=len(made.steps),
        residual=_rounded((last or Fraction(0)) * 100, 2),
        seed=flow.seed,
        replications=flow.replications,
        digest=digest,
    )


def _spoken(designed: Designed, speak: Callable[[Said, Mapping[str, str], Language], str], one: Said) -> Text:
    return Text(*(speak(one, names_in(designed, language), language) for language in Language))


def _prices(designed: Designed) -> Iterator[PriceChange]:
    made = designed.design
    after = made.proposal.groups if made.proposal else (None,) * len(made.before.groups)
    for group, old, new in zip(designed.assumptions.groups, made.before.groups, after, strict=True):
        yield PriceChange(group.name, old, new)


def _bases(designed: Designed) -> Iterator[Compared]:
    made = designed.design
    for part in ("capitation", "outcome"):
        old = getattr(made.before, f"{part}_base")
        if old is not None:
            yield Compared(
                said(f"design-base.{part}"), old, getattr(made.proposal, f"{part}_base") if made.proposal else None
            )


def _totals(before: Outlook, after: Outlook | None) -> Iterator[Compared]:
    for name, factor, decimals in (
        ("cost", 1, 0), ("client_year", 1, 0), ("outcome_share", 100, 1), ("easy_share", 100, 1), ("spread", 1, 2),
    ):  # fmt: skip
        old = getattr(before, name) * factor
        new = getattr(after, name) * factor if after is not None else None
        yield _compared(said(f"design-total.{name}"), old, new, decimals)


def _groups(designed: Designed) -> Iterator[GroupChange]:
    made = designed.design
    after = made.outlook.groups if made.outlook else (None,) * len(made.outlook_before.groups)
    for group, old, new in zip(designed.assumptions.groups, made.outlook_before.groups, after, strict=True):
        yield _group(group.name, old, new)


def _group(name: Text, old: GroupOutlook, new: GroupOutlook | None) -> GroupChange:
    return GroupChange(
        name,
        _compared(name, old.per_entrant, new.per_entrant if new else None, 0),
        _compared(name, old.margin, new.margin if new else None, 2),
        _compared(name, old.effort_pays or Fraction(0), (new.effort_pays or Fraction(0)) if new else None, 2),
    )


def _compared(label: Text, old: Fraction, new: Fraction | None, decimals: int) -> Compared:
    return Compared(label, _rounded(old, decimals), None if new is None else _rounded(new, decimals))


def _assumed(designed: Designed) -> Iterator[Assumed]:
    made = designed.assumptions
    own = set(made.own)
    for name, value, decimals in (
        ("margin", made.margin * 100, 1), ("reserve", made.reserve, 2), ("effort_margin", made.effort_margin * 100, 1),
        ("outcome_share_lowest", made.outcome_share.lowest * 100, 1),
        ("outcome_share_highest", made.outcome_share.highest * 100, 1),
        ("within", made.within, 2), ("dearer", made.dearer * 100, 1),
        ("undecided", made.flow.undecided * 100, 1), ("switching", made.flow.switching * 100, 1),
        ("failure", made.flow.failure * 100, 2), ("shock", made.flow.shock * 100, 1),
    ):  # fmt: skip
        given = name in own or (name.startswith("outcome_share") and "outcome_share" in own)
        yield Assumed(said(f"design-assumed.{name}"), _rounded(value, decimals), given)
    for group in made.groups:
        for name, value, decimals in (
            ("duty_cost", group.duty_cost, 2), ("effort_cost", group.effort_cost, 2),
            ("effort_gain", group.effort_gain * 100, 1),
        ):  # fmt: skip
            label = Text(
                *(f"{group.name.best(each)}: {said(f'design-assumed.{name}').best(each)}" for each in Language)
            )
            yield Assumed(label, _rounded(value, decimals), f"groups.{group.group}.{name}" in own)
        yield from (one for part in group.subgroups for one in _assumed_part(group, part))


def _assumed_part(group: GroupDesign, part: Subgroup) -> Iterator[Assumed]:
    """A subgroup is always the buyer's own."""
    for name, value, decimals in (("share", part.share * 100, 1), ("hours", part.hours, 2)):
        label = Text(
            *(
                said(f"design-assumed.subgroup_{name}", part=part.name.best(each), group=group.name.best(each)).best(
                    each
                )
                for each in Language
            )
        )
        yield Assumed(label, _rounded(value, decimals), own=True)


def _doubts(designed: Designed) -> Iterator[Doubted]:
    names = {group.group: group.name for group in designed.assumptions.groups}
    for one in designed.doubts:
        yield Doubted(names[one.group], one.percent, _rounded(one.before, 2), _rounded(one.after, 2))


def _rounded(value: Fraction, decimals: int) -> Decimal:
    return round_half_up(value, decimals)


def _needs_design(publication: Publication) -> DesignMemoContext:
    raise UsageError("design.needs-design", tender=publication.tender.id)


DESIGN_MEMO = Document(
    id="design-memo",
    title=Text("Muistio painojen ja hintojen mitoituksesta", "Promemoria över dimensioneringen av vikter och priser",
               "Memo on the design of weights and prices"),
    context=_needs_design,
    clauses="design-memo",
    layout=LAYOUT,
    stage=Stage.DIALOGUE,
)  # fmt: skip
