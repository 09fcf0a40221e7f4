"""Anchors that are refused, figures reckoned by hand, and seeds that decide what they should and nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest

from tender.annexes.register.columns import columns
from tender.annexes.synthesis.comparing import Comparison, compared
from tender.annexes.synthesis.profile import SPANS, _shares, drawn
from tender.annexes.synthesis.spells import ATTRIBUTES, DAYS_IN_MONTH, Spell, synthesise
from tender.errors import Severity
from tender.model.groups import RiskGroup
from tender.model.open_data import OpenData
from tender.model.tender import Tender
from tender.reading.file import read_text
from tender.reading.files import TENDER_FILE
from tender.starting import examples_folder

FILE = Path(str(examples_folder())) / "pohjois-savo" / TENDER_FILE


@cache
def pilot() -> tuple[Tender, OpenData]:
    tender = read_text(FILE.read_text(encoding="utf-8")).tender
    assert tender is not None
    assert tender.open_data is not None
    return tender, tender.open_data


@cache
def register(seed: str = "a seed") -> tuple[Spell, ...]:
    return synthesise(pilot()[0], seed)


def test_another_area_changes_nothing_here() -> None:
    """Every area and group has chance of its own: without Lapinlahti, Siilinjärvi has the same spells."""
    tender, _ = pilot()
    alone = synthesise(replace(tender, areas=tuple(one for one in tender.areas if one.id == "siilinjarvi")), "a seed")
    here = [replace(one, client=0) for one in register() if one.area == "siilinjarvi"]
    assert [replace(one, client=0) for one in alone] == here
    assert len(here) < len(register())


def test_another_seed_moves_days_and_people_but_not_the_stock() -> None:
    """No spell need be the same; the stock of every area and group is the declared one within one per cent."""
    tender, _ = pilot()
    one, other = register(), register("another")
    same = {(e.area, e.group, e.started, e.ended) for e in one} & {(e.area, e.group, e.started, e.ended) for e in other}
    assert len(same) < len(one) / 2
    for spells in (one, other):
        standing = Counter((each.area, each.group) for each in spells if each.ended is None)
        for group in tender.groups:
            for area, clients in group.clients.items():
                assert abs(standing[area, group.id] - clients) <= max(1.5, 0.05 * clients)


def test_a_grouping_that_nobody_fits_ends_all_the_same() -> None:
    """Clients are drawn again sixty times and no more: the register is whole, its days are those of any other."""
    tender, _ = pilot()
    hard = tuple(one for one in tender.groups if one.id == "hard")
    few = replace(tender, groups=hard, areas=tuple(one for one in tender.areas if one.id == "lapinlahti"))
    asked: Counter[str] = Counter()

    def never(_: object, group: str) -> bool:
        asked[group] += 1
        return False

    spells = synthesise(few, "a seed", never)
    free = synthesise(few, "a seed")
    assert len(spells) == len(free)
    assert asked.total() == 60 * len(spells)
    assert {(one.started, one.ended) for one in spells} == {(one.started, one.ended) for one in free}


def spell(ended: date | None = None, destination: str = "", hours: int | None = None, *, age: int = 100,
          area: str = "siilinjarvi") -> Spell:  # fmt: skip
    """A spell of an easy client that began `age` days before the reference day."""
    started = pilot()[1].reference_day - timedelta(days=age)
    return Spell(area, "easy", started, ended, destination, hours, 1, "female", 1990, {})


def figures(*spells: Spell) -> dict[tuple[str, tuple[str, ...]], Comparison]:
    """The comparison of a tender with one group of three clients."""
    tender, order = pilot()
    easy = next(group for group in tender.groups if group.id == "easy")
    few = replace(easy, clients={"siilinjarvi": 2, "lapinlahti": 1}, work_hours=240)
    assert isinstance(few, RiskGroup)
    return {(one.id, one.of): one for one in compared(replace(tender, groups=(few,)), order, spells)}


def test_every_figure_by_hand() -> None:
    """Three stand, one of them for 400 days; of two that left, one works, 100 hours; all but one came in the year."""
    _, order = pilot()
    left = order.reference_day - timedelta(days=10)
    found = figures(
        spell(), spell(age=400), spell(area="lapinlahti"), spell(left, "open-work", 100), spell(left, "outside")
    )
    months = 365 / DAYS_IN_MONTH
    expected = {
        ("stock", ()): 3, ("stock", ("siilinjarvi", "easy")): 2, ("stock", ("lapinlahti", "easy")): 1,
        ("area-share", ("siilinjarvi",)): 2 / 3, ("area-share", ("lapinlahti",)): 1 / 3, ("long-term", ()): 1 / 3,
        ("inflow", ()): 4 / months, ("entry-share", ("easy",)): 1, ("exit-rate", ("easy",)): 2 / months / 3,
        ("open-work", ("easy",)): 1 / 2, ("hours", ("easy",)): 100, ("work-hours", ("easy",)): 100,
    }  # fmt: skip
    assert {key: one.found for key, one in found.items()} == pytest.approx(expected)
    assert found["work-hours", ("easy",)].expected == pytest.approx(240 * months / 12)
    assert found["area-share", ("siilinjarvi",)].expected == pytest.approx(761 / 1199)
    assert [key for key, one in found.items() if key[0] == "stock" and not one.holds] == []


@pytest.mark.parametrize(
    ("found", "holds", "deviation"),
    [(100.0, True, 0.0), (105.0, True, 0.05), (105.1, False, 0.051), (94.0, False, -0.06)],
)
def test_a_figure_holds_within_its_slack(found: float, holds: bool, deviation: float) -> None:  # noqa: FBT001 - drawn
    """Both ways, the end included; an anchor of nothing has no deviation."""
    one = Comparison("inflow", (), 100.0, found, 5.0)
    assert one.holds is holds
    assert one.deviation == pytest.approx(deviation)
    assert Comparison("inflow", (), 0.0, 3.0, 1.0).deviation == 0


def test_a_lone_person_more_or_less_always_holds_and_two_do_not() -> None:
    """Five per cent of two clients is no client at all: rounding alone makes one."""
    one_more = figures(spell(), spell(), spell(), spell(area="lapinlahti"), spell(date(2018, 6, 1), "outside"))
    assert one_more["stock", ("siilinjarvi", "easy")].holds
    two_more = figures(*([spell()] * 4), spell(area="lapinlahti"), spell(date(2018, 6, 1), "outside"))
    assert not two_more["stock", ("siilinjarvi", "easy")].holds


@pytest.mark.parametrize("name", [*ATTRIBUTES, "sex", "destination", "birth_year"])
def test_the_profile_has_shares_of_codes_that_the_register_knows(name: str) -> None:
    """Both ends make a whole; every code can be drawn and read; numbers stay within their spans."""
    shares = _shares()[name]
    for end in (0, 1):
        assert sum(pair[end] for pair in shares.values()) == pytest.approx(1, abs=1e-9)
    chance = Random(name)
    found = [drawn(name, 0.0, chance) for _ in range(600)]
    if name in SPANS:
        first = min(map(int, shares))
        assert all(first <= int(one) < max(map(int, shares)) + SPANS[name] for one in found)
    else:
        assert set(shares) <= set(columns()[name].values or shares)
        assert set(found) <= set(shares)
        common = max(shares, key=lambda code: shares[code][0])
        assert found.count(common) / 600 == pytest.approx(shares[common][0], abs=0.08)


ANCHORS = {
    "exit_rates      = { easy = 0.40, average = 0.13, hard = 0.04 }": (
        "exit_rates      = { easy = 0.40, average = 0.13, hard = 0.04, other = 0.1 }",
        "exit_rates      = { easy = -0.40, average = 0.13, hard = 0.04 }",
    ),
    "inflow          = 232": ("inflow          = -1", 'inflow          = "232"', "inflow          = 232.5"),
    "long_term_share = 0.31": ("long_term_share = -0.1", "long_term_share = nan"),
    "hours_per_month = { easy = 135, average = 120, hard = 95 }": (
        "hours_per_month = { easy = -1, average = 120, hard = 95 }",
        "hours_per_month = 135",
    ),
}


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, news in ANCHORS.items() for new in news])
def test_anchors_that_cannot_be_are_refused_at_their_line(old: str, new: str) -> None:
    """Another group, a negative rate, a text for a number: a finding that blocks, on the line of the slip."""
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    line = text[: text.index(old)].count("\n") + 1
    read = read_text(text.replace(old, new)).findings
    found = [one for one in read if one.severity is Severity.BLOCK and one.field.startswith("open_data")]
    assert [one.place.line for one in found if one.place] == [line]
    assert found[0].field.startswith("open_data.anchors")


def test_a_rate_in_per_cent_is_another_tender() -> None:
    """Anchors of other flows do not make this stock: the comparison says so and names the group."""
    tender, order = pilot()
    assert order.anchors is not None
    wrong = replace(
        order, anchors=replace(order.anchors, exit_rates={**order.anchors.exit_rates, "easy": Decimal("4.0")})
    )
    other = replace(tender, open_data=wrong)
    missed = {(one.id, one.of) for one in compared(other, wrong, synthesise(other, "1")) if not one.holds}
    assert ("stock", ("siilinjarvi", "easy")) in missed
    assert not any(of[-1:] == ("hard",) for name, of in missed if name == "stock")
