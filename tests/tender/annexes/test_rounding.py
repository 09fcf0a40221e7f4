"""Small-count rounding: additive everywhere, least in all, drawn by a secret that can be proven."""

from __future__ import annotations

import time
from hashlib import sha256
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.annexes.disclosure.rounding import Rounding, round_small
from tender.annexes.disclosure.tables import System, broken_relations, with_public
from tender.errors import SolverError
from tests.tender.annexes.instances import grid, pilot_annex, still, tabled

SMALL_COUNT_ROUNDING = {3: 190, 5: 572}
"""Sum of changes that SmallCountRounding's PLSrounding needed on tables of the pilot's class (facts, section 2.4)."""


def rounded(system: System, base: int, seed: bytes = b"seed") -> Rounding:
    return round_small(system, base, seed, still, 60.0)


def check(found: Rounding, before: System) -> None:
    """Additive, no small count, zeros are zeros, the sums of changes are what they say."""
    assert broken_relations(found.system) == ()
    pairs = list(zip(before.cells, found.system.cells, strict=True))
    assert all(new.value == 0 or new.value >= found.base for _, new in pairs)
    assert all(new.value == 0 for old, new in pairs if old.value == 0)
    changes = [abs(old.value - new.value) for old, new in pairs]
    assert (sum(changes), max(changes)) == (found.total, found.largest)
    assert found.bound <= found.least <= found.total


def least_by_trying(rows: list[list[int]], base: int) -> int:
    """The least change of a table of 2 × 2 with margins, by trying every table near it."""
    best = 10**9
    flat = [value for row in rows for value in row]
    for inner in product(*[range(value + base + 1) if value else (0,) for value in flat]):
        a, b, c, d = inner
        new = [a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d]
        e, f, g, h = flat
        old = [e, f, g, h, e + f, g + h, e + g, f + h, e + f + g + h]
        kept = all(y >= base for x, y in zip(old, new, strict=True) if x >= base)
        if kept and all(value == 0 or value >= base for value in new):
            best = min(best, sum(abs(x - y) for x, y in zip(old, new, strict=True)))
    return best


@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2), st.integers(2, 4))
@settings(max_examples=30, deadline=None)
def test_no_table_of_all_changes_less(rows: list[list[int]], base: int) -> None:
    """The least change is that of trying every table, and it is proven."""
    before = grid(rows)
    found = rounded(before, base)
    check(found, before)
    assert found.proven
    assert found.least == least_by_trying(rows, base)


@pytest.mark.parametrize("base", [3, 5])
def test_the_pilots_annex_changes_less_than_half_of_the_peer(base: int) -> None:
    """Additive over five linked tables; the drawn table stays below half of what SmallCountRounding needed."""
    before = pilot_annex()
    found = rounded(before, base)
    check(found, before)
    assert found.total <= SMALL_COUNT_ROUNDING[base] / 2
    assert found.largest <= 2 * base


def test_the_seed_draws_and_its_commitment_proves_it() -> None:
    """The same seed gives the same table; some other seed another one; only the commitment is published."""
    before = grid([(2, 9, 4), (1, 6, 3), (4, 2, 9)])
    tables = {seed: rounded(before, 5, seed) for seed in (b"a", b"b", b"c", b"d", b"e", b"f")}
    again = rounded(before, 5, b"a")
    assert again.system == tables[b"a"].system
    assert again.commitment == sha256(b"a").hexdigest()
    assert len({tuple(cell.value for cell in found.system.cells) for found in tables.values()}) > 1


def test_what_is_public_already_is_not_changed() -> None:
    """A known count stays as it is, even a small one."""
    before = with_public(grid([(2, 9, 9), (9, 9, 9), (9, 9, 9)]), {("r1", "c1"): 9, ("Total", "Total"): 74})
    found = rounded(before, 5)
    values = {cell.at: cell.value for cell in found.system.cells}
    assert values["r1", "c1"] == 9
    assert values["Total", "Total"] == 74
    assert broken_relations(found.system) == ()


def test_where_nothing_fits_it_says_so() -> None:
    """The only part of a public small total can be neither 0 nor large."""
    before = with_public(tabled(["x"], {("a",): 2, ("b",): 0, ("Total",): 2}), {("Total",): 2})
    with pytest.raises(SolverError, match=r"annex\.no-rounding"):
        rounded(before, 5)


@pytest.mark.slow
def test_rounding_keeps_to_its_time() -> None:
    """Base 10 is not proven in some seconds: both searches together end in time, and the table is sound."""
    before = pilot_annex()
    began = time.monotonic()
    found = round_small(before, 10, b"a secret seed", time.monotonic, 6.0)
    assert time.monotonic() - began < 12
    check(found, before)
    assert found.least < 2 * found.bound


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("base", [3, 5])
def test_other_tables_of_the_pilots_class_change_less_than_half_of_the_peer(base: int, seed: int) -> None:
    """Not one table only: others of the same class stay below half of what the peer needed too."""
    before = pilot_annex(seed)
    found = rounded(before, base)
    check(found, before)
    assert found.proven
    assert found.total <= SMALL_COUNT_ROUNDING[base] / 2
