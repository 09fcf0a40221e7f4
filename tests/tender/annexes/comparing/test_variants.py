"""Every way to protect on the same tables: safe by its own promise, and its loss as it is."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.annexes.comparing.filling import Filling
from tender.annexes.comparing.report import Comparison, compared
from tender.annexes.comparing.scenes import AnnexScene, TableScene
from tender.annexes.comparing.variants import Lot, Method, Terms, _is_told, rounded, suppressed, untouched
from tender.annexes.comparing.worth import PLAIN
from tender.annexes.disclosure.audit import Interval
from tender.annexes.disclosure.building import dimension_of
from tender.annexes.disclosure.probing import End
from tender.annexes.disclosure.rounding import round_small
from tender.annexes.disclosure.seen_rounding import seen
from tender.annexes.disclosure.tables import At
from tender.annexes.disclosure.tables import System as Tables
from tests.tender.annexes.building.people import FLOWS, HOURS, STOCKS, counted, declared, spells
from tests.tender.annexes.instances import grid, pilot_annex, small_needs, still

TERMS = Terms(Filling.MIDPOINT, still, 60.0)
AGES = ["15-24", "25-34", "35-44", "45-54", "55-64"]
ROWS = {"easy": (2, 30, 40, 30, 3), "hard": (1, 9, 20, 25, 4)}


def scene() -> TableScene:
    """Age × risk group in one place; four small counts and a small total, at both ends."""
    counts: dict[At, int] = {
        ("n", group, age): value for group, row in ROWS.items() for age, value in zip(AGES, row, strict=True)
    }
    counts.update({("s", group, age): 20 for group in ROWS for age in AGES})
    axes = tuple(dimension_of(name, [at[axis] for at in counts]) for axis, name in enumerate(("area", "risk", "age")))
    return TableScene(axes, counts, "risk", "area", ("age",))


def comparison(thresholds: tuple[int, ...] = (5,)) -> Comparison:
    return compared(scene(), dict.fromkeys(ROWS, PLAIN), TERMS, lambda *_: None, thresholds)


def lot(table: Tables, threshold: int) -> Lot:
    return Lot(table, small_needs(table, threshold))


def test_every_way_is_tried_at_every_threshold() -> None:
    """Nothing, suppress, round, coarsen; told before each."""
    told: list[tuple[Method, int]] = []
    compared(scene(), dict.fromkeys(ROWS, PLAIN), TERMS, lambda *of: told.append(of), (3, 5))
    assert told == [(way, limit) for limit in (3, 5) for way in (Method.SUPPRESS, Method.ROUND, Method.COARSEN)]
    assert [trial.variant.method for trial in comparison().trials] == list(Method)


def test_who_does_nothing_fails_everywhere_and_moves_nothing() -> None:
    """Four small counts and a total of 3, all of them shown."""
    nothing = comparison().trials[0]
    assert (nothing.variant.risk.primaries, nothing.variant.risk.failing) == (5, 5)
    assert nothing.whole.share == nothing.detail == 0
    assert nothing.variant.loss.hidden == 0


def test_each_way_is_safe_and_costs_something_else() -> None:
    """None leaves a small count unprotected; one hides, one changes, one merges; each moves something in detail."""
    _, hide, change, merge = comparison().trials
    for trial in (hide, change, merge):
        assert trial.variant.risk.failing == 0
        assert trial.detail > 0
    assert hide.variant.loss.hidden > 5
    assert hide.variant.loss.weight > hide.variant.loss.hidden
    assert (hide.variant.loss.change, hide.variant.loss.lost) == (0, 0)
    assert change.variant.loss.change > 0
    assert change.variant.loss.hidden == 0
    assert 0 < change.variant.loss.largest <= 4
    assert merge.variant.loss.lost > 0
    assert {each.dimension for each in merge.variant.merges} == {"age"}


def test_groups_and_places_are_never_merged() -> None:
    """A price is reckoned by them, so they stay even where merging them would be the cheapest."""
    counts: dict[At, int] = {("n", group, "x"): 90 if group == "d" else 2 for group in "abcd"}
    axes = tuple(dimension_of(name, [at[axis] for at in counts]) for axis, name in enumerate(("area", "risk", "age")))
    assert TableScene(axes, counts, "risk", "area").coarser(5)[1] == ()
    assert TableScene(axes, counts, "age", "area").coarser(5)[1] != ()


def test_the_farthest_place_is_named() -> None:
    """A group of one place whose own count is small: its revenue there moves farther than in all."""
    counts: dict[At, int] = {("n", "easy"): 3, ("n", "hard"): 30, ("s", "easy"): 40, ("s", "hard"): 50,
                             ("w", "easy"): 60, ("w", "hard"): 70}  # fmt: skip
    axes = tuple(dimension_of(name, [at[axis] for at in counts]) for axis, name in enumerate(("area", "risk")))
    small = TableScene(axes, counts, "risk", "area")
    _, hide, *_ = compared(small, {"easy": PLAIN, "hard": PLAIN}, TERMS, lambda *_: None, (5,)).trials
    assert hide.place is not None
    assert hide.place[:2] == ("n", "easy")
    assert abs(hide.place[2].share) > abs(hide.whole.share) == 0


@given(st.lists(st.lists(st.integers(0, 15), min_size=3, max_size=3), min_size=3, max_size=3), st.sampled_from([3, 5]))
@settings(max_examples=25, deadline=None)
def test_the_truth_is_within_what_a_reader_of_rounded_counts_derives(rows: list[list[int]], base: int) -> None:
    """Every true count lies within its interval, and both ends are proven."""
    table = grid(rows)
    found = round_small(table, base, b"a secret seed", still, 60.0)
    for span in seen(found):
        assert span.low.certain
        assert span.high.certain
        assert span.most is not None
        assert span.least <= table.cells[span.cell].value <= span.most


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(0, 4, False), (1, 4, True), (1, 5, False), (2, 2, True), (0, 0, True), (6, 6, True), (3, None, False)],
)
def test_what_a_reader_of_rounded_counts_must_not_know(low: int, high: int | None, told: bool) -> None:  # noqa: FBT001
    """That there is somebody, but fewer than five; or the count itself. Not that there may be nobody."""
    span = Interval(0, "reader", End(Fraction(low)), End(None if high is None else Fraction(high)))
    assert _is_told(span, 5) is told


def test_small_counts_hide_behind_each_other() -> None:
    """Nine small counts in 3 × 3: rounded, none of them can be told."""
    found = rounded([lot(grid([(2, 3, 1), (1, 2, 3), (3, 1, 2)]), 5)], 5, TERMS)
    assert found.risk.primaries == 9
    assert found.risk.failing == found.risk.determined == 0


def test_amounts_are_hidden_under_every_way() -> None:
    """A lot of amounts is no lot to round."""
    table = grid([(2, 9), (7, 6)])
    found = rounded([Lot(table, small_needs(table), amounts=True)], 5, TERMS)
    assert found.loss.change == 0
    assert found.loss.hidden > 0


@pytest.mark.slow
@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_the_pilots_class_of_tables(threshold: int) -> None:
    """Suppressed and rounded: nothing unprotected, and all group totals stay what they are when suppressed."""
    table = pilot_annex()
    hide = suppressed([lot(table, threshold)], threshold, TERMS)
    assert hide.risk.failing == 0
    assert hide.risk.narrowest is not None
    assert hide.risk.narrowest >= threshold
    assert rounded([lot(table, threshold)], threshold, Terms(Filling.EVEN, still, 20.0)).risk.failing == 0
    assert untouched([lot(table, threshold)], threshold).risk.failing == hide.risk.primaries


def annex_scene(count: int = 300) -> AnnexScene:
    """Stocks by sex and age, flows and hours of some hundred people."""
    orders = (*STOCKS[:2], *FLOWS[:1], *HOURS)
    return AnnexScene(counted(orders, spells(count, 3)), declared(orders))


def test_an_annex_is_a_scene_of_linked_tables() -> None:
    """Three quantities in lots of their own; groups, places and the flow period are found."""
    played = annex_scene()
    layout = played.layout
    assert layout.groups == ("easy", "average", "hard")
    assert layout.places[0] == "Total"
    assert layout.scale == Fraction(2)
    lots = played.lots(5)
    assert [each.amounts for each in lots].count(True) == 1
    assert sum(len(each.needs) for each in lots) > 0


def test_an_annex_is_coarsened_with_its_sums() -> None:
    """Ages are merged with their neighbours in every table that has them; counts and sums still agree."""
    played = annex_scene()
    coarse, merges = played.coarser(5)
    assert {merge.dimension for merge in merges} == {"age"}
    before, after = (
        sum(table.cells[table_total(table.axes)].amount for table in each.tables) for each in (played, coarse)
    )
    assert before == after
    small = [
        sum(0 < cell.persons < 5 for table in each.tables for cell in table.cells.values()) for each in (played, coarse)
    ]
    assert small[1] < small[0]
    assert coarse.truth.relations


def table_total(axes: tuple[object, ...]) -> At:
    return ("Total",) * len(axes)


def test_a_comparison_is_the_same_again() -> None:
    """No chance but the declared seed."""
    random.seed()
    assert comparison() == comparison()
