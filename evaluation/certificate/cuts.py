"""Rows that the relaxation misses: of these, so many do not fit together (extended covers of a knapsack row).

They are looked for at the root only, by the relaxation's own answer, and kept while they still bind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluation.certificate.relaxation import Relaxation
from evaluation.certificate.verifier import Limits, Table, add_cut
from tender.model.proofs import Cut
from tender.solving import Sense

ROUNDS = 25
"""Most times that the root is asked for further rows."""
_VIOLATED = 1e-3


def root_cuts(table: Table) -> tuple[Cut, ...]:
    """Rows that follow from those of `table` and cut off answers of its relaxation; `table` stays as it is."""
    rows = [row for row in range(len(table.rows)) if _is_knapsack(table, row)]
    cuts: dict[Cut, None] = {}
    if not rows:
        return ()
    for _ in range(ROUNDS):
        values, binding = _answer(table, tuple(cuts))
        cuts = {cut: None for cut in cuts if cut in binding}
        found = [cut for row in rows for cut in _covers(table, row, values) if cut not in cuts]
        if not found:
            break
        cuts |= dict.fromkeys(found)
    return tuple(cuts)


def _answer(table: Table, cuts: Sequence[Cut]) -> tuple[Sequence[float], frozenset[Cut]]:
    """The relaxation's answer with `cuts`, and those of them that bind."""
    wider = Table(
        table.objective, list(table.rows), list(table.senses), list(table.limits), table.lowest, table.highest
    )
    for cut in cuts:
        add_cut(wider, cut)
    everything: Limits = (list(table.lowest), list(table.highest))
    relaxed = Relaxation(wider).propose(everything)
    used = {row for row, _ in relaxed.node.multipliers}
    own = len(table.rows)
    return relaxed.values, frozenset(cut for number, cut in enumerate(cuts, start=own) if number in used)


def _is_knapsack(table: Table, row: int) -> bool:
    """Whether yes-or-no variables of different sizes share the row's limit."""
    terms = table.rows[row]
    fits = table.senses[row] is Sense.AT_MOST and min(table.lowest) >= 0
    sizes = {factor for _, factor in terms}
    return (
        fits
        and len(sizes) > 1
        and min(sizes) >= 0
        and len({column for column, _ in terms}) == len(terms)
        and all(table.highest[column] <= 1 for column, _ in terms)
    )


def _covers(table: Table, row: int, values: Sequence[float]) -> Iterator[Cut]:
    """A cover of `row` that `values` break, extended by all that are at least as large as its members."""
    if not values:
        return
    limit, sizes = table.limits[row], {column: factor for column, factor in table.rows[row] if factor > 0}
    members, total = [], 0
    for column in sorted(sizes, key=lambda each: ((1 - values[each]) / sizes[each], each)):
        members.append(column)
        total += sizes[column]
        if total > limit:
            break
    else:
        return
    for column in sorted(members, key=lambda each: (values[each], each)):
        if total - sizes[column] > limit:
            members.remove(column)
            total -= sizes[column]
    largest = max(sizes[column] for column in members)
    wide = sorted({*members, *(column for column, size in sizes.items() if size >= largest)})
    if sum(values[column] for column in wide) > len(members) - 1 + _VIOLATED:
        yield Cut(row, tuple(wide), len(members) - 1)
