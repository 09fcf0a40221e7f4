"""The model card of the grouping as it is published in the annex: nothing in it is secret or tells of one client.

`Annex.model_card` holds it. The annex's package writes and reads it whole as one JSON part, the points table included,
so that whoever opens only the annex can repeat the grouping by hand; the open data chapter prints it. Shares are in
whole per cent, rounded to a step so wide that no count of persons below the threshold can be told from zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tender.language import Text
from tender.model.grouping import Grouping
from tender.model.open_data import Breakdown


@dataclass(frozen=True, slots=True)
class Share:
    """A share of clients, per cent.

    Attributes:
        percent: The share, rounded half-up to a multiple of `step`; ``None`` when too few clients are behind it.
        step: To what it is rounded; 0 when it is not shown.
    """

    percent: int | None
    step: int


@dataclass(frozen=True, slots=True)
class CardBand:
    """Clients with one likelihood (points table) or within ten per cent of likelihood (logistic model).

    Attributes:
        least: Smallest sum of points, or smallest likelihood in per cent.
        most: Largest such.
        expected: Likelihood that the grouping gives, per cent; the middle of the band in a logistic model.
        clients: Share of all clients followed.
        found: Share of these that found open work within the horizon.
    """

    least: Decimal
    most: Decimal
    expected: Decimal
    clients: Share
    found: Share


@dataclass(frozen=True, slots=True)
class CardGroup:
    """One risk group.

    Attributes:
        group: Its id.
        clients: Share of all clients followed.
        found: Share of the group that found open work within the horizon.
    """

    group: str
    clients: Share
    found: Share


@dataclass(frozen=True, slots=True)
class CardError:
    """How often the grouping errs for some clients.

    Attributes:
        breakdown: Sex, age or education.
        code: Code of the category.
        label: Its words.
        false_easy: Of those who found no open work, the share that was put into the easiest group.
        false_hard: Of those who found open work, the share that was put into the hardest group.
    """

    breakdown: Breakdown
    code: str
    label: Text
    false_easy: Share
    false_hard: Share


@dataclass(frozen=True, slots=True)
class CardExample:
    """A worked example: an invented client, no person of the register.

    Attributes:
        categories: Code of the category for each factor, in the order of the factors.
        total: Sum of points, or of coefficients and intercept.
        likelihood: Likelihood, per cent.
        group: Id of the group.
    """

    categories: tuple[str, ...]
    total: Decimal
    likelihood: Decimal
    group: str


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What anybody may know of the grouping.

    Attributes:
        grouping: The grouping, declared whole.
        example: A worked example.
        threshold: Smallest count of persons that may be known.
        clients: Clients behind the figures: those who were followed for the whole horizon; a multiple of `rounded_to`.
        rounded_to: To what `clients` is rounded half-up.
        decimals: Decimals of the four figures below.
        brier: Mean of the squared differences of likelihood and outcome; ``None`` when too few were followed.
        brier_base: The same, were everybody given the same likelihood, the share that found work.
        slope: Slope of the calibration: 1 is best, below 1 the likelihoods are too extreme; ``None`` without it.
        intercept: Intercept of the calibration at that slope: 0 is best; ``None`` without it.
        bands: How likelihoods and outcomes agree.
        groups: Sizes and outcomes of the groups.
        errors: How often the grouping errs by sex, age and education.
        near: Share of the clients whose group one point (a logistic likelihood: five per cent) up or down would change.
        corrected: Share of the clients whose group a person corrected.
    """

    grouping: Grouping
    example: CardExample
    threshold: int
    clients: int
    rounded_to: int
    decimals: int
    brier: Decimal | None
    brier_base: Decimal | None
    slope: Decimal | None
    intercept: Decimal | None
    bands: tuple[CardBand, ...]
    groups: tuple[CardGroup, ...]
    errors: tuple[CardError, ...]
    near: Share
    corrected: Share
