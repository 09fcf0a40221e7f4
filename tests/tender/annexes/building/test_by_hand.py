"""Tiny annexes whose every hidden cell can be reckoned on paper: what follows, what is planted, what is public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tender.annexes.building.auditing import Audit, Flaw, Flawed, Known, audited, fitting, known_of, published_keys
from tender.annexes.building.fit import unsafe
from tender.annexes.building.linking import Period, Spot, frames_of, linked
from tender.annexes.building.public import known_from
from tender.annexes.building.truth import Counts
from tender.annexes.counts import TrueCell
from tender.errors import InputError
from tender.language import Language, Text
from tender.model.annex import TOTAL, Annex, AnnexCell, AnnexTable, At, Axis, Category, CellStatus, Protected
from tender.model.open_data import Guard, Quantity
from tender.words import words

MAY, JUNE = "2018-05", "2018-06"
PERIOD = Period(date(2018, 5, 1), date(2018, 6, 30))
Counted = Mapping[At, int]


def axis(name: str, *codes: str, total: bool = True) -> Axis:
    parts = tuple(Category(code, Text(code, code, code), TOTAL if total else "") for code in codes)
    return Axis(name, Text(name, name, name), (*((Category(TOTAL, Text("Yht.")),) if total else ()), *parts))


def table(name: str, quantity: Quantity, axes: tuple[Axis, ...], counts: Mapping[At, int | None],
          status: CellStatus = CellStatus.SHOWN) -> AnnexTable:  # fmt: skip
    """A table of `counts`; a zero says zero, and ``None`` is hidden."""
    said = {True: status, False: CellStatus.ZERO if status is CellStatus.SHOWN else status}
    cells = tuple(
        AnnexCell(at, value, CellStatus.HIDDEN if value is None else said[bool(value)]) for at, value in counts.items()
    )
    return AnnexTable(name, Text(name), quantity, Text("kpl"), axes, cells)


def annex(*tables: AnnexTable, guard: Guard = Guard.SUPPRESS) -> Annex:
    protected = Protected(guard, 5, 10, base=5 if guard is Guard.ROUND else 0)
    return Annex("t", Text("t"), Text("p"), PERIOD.last, PERIOD.first, synthetic=True, protected=protected,
                 tables=tables)  # fmt: skip


AXES = (axis("municipality", "a", "b", "c"), axis("sex", "f", "m"))
COUNTS: Counted = {
    (TOTAL, TOTAL): 57, (TOTAL, "f"): 32, (TOTAL, "m"): 25, ("a", TOTAL): 10, ("a", "f"): 3, ("a", "m"): 7,
    ("b", TOTAL): 17, ("b", "f"): 9, ("b", "m"): 8, ("c", TOTAL): 30, ("c", "f"): 20, ("c", "m"): 10,
}  # fmt: skip
SQUARE: tuple[At, ...] = (("a", "f"), ("a", "m"), ("b", "f"), ("b", "m"))
NARROW: Counted = {**COUNTS, (TOTAL, TOTAL): 50, (TOTAL, "m"): 18, ("b", TOTAL): 10, ("b", "m"): 1}
"""One of b's eight men only: then a's women are at least 2."""


def stock(counts: Counted = COUNTS, shown: tuple[At, ...] = ()) -> Annex:
    """The stock with its square hidden, but for the cells in `shown`."""
    hidden: dict[At, None] = {at: None for at in SQUARE if at not in shown}
    return annex(table("stock", Quantity.STOCK, AXES, {**counts, **hidden}))


def true(counts: Counted, name: str = "stock") -> Counts:
    return {name: {at: TrueCell(value, value) for at, value in counts.items()}}


def told(audit: Audit) -> dict[At, tuple[int, int | None]]:
    return {spot.at: (span.least, span.most) for spot, span in audit.spans}


def flaws(audit: Audit) -> set[tuple[Flaw, At, int, int | None]]:
    return {(each.flaw, each.spot.at, each.low, each.high) for each in audit.flaws}


def test_what_follows_of_a_hidden_square() -> None:
    """With x women in a: 10 − x, 12 − x and 5 + x, for x from 0 to 10."""
    audit = audited(stock(), (), true(COUNTS))
    assert told(audit) == dict(zip(SQUARE, [(0, 10), (0, 10), (2, 12), (5, 15)], strict=True))
    assert (audit.cells, audit.hidden, audit.flaws) == (12, 4, ())


@pytest.mark.parametrize("place", SQUARE)
def test_a_cell_that_is_shown_by_hand_gives_the_other_three(place: At) -> None:
    """Each in its turn: the others are known to the client, and a small one is named itself."""
    small = {(Flaw.SHOWN, place, 3, 3)} if COUNTS[place] < 5 else set()
    known = {(Flaw.KNOWN, at, COUNTS[at], COUNTS[at]) for at in SQUARE if at != place}
    assert flaws(audited(stock(shown=(place,)))) == small | known


def test_a_wrong_figure_in_the_place_of_a_hidden_one() -> None:
    """More than its total: a sum. Less than the truth: it differs, and what is derived from it is wrong too."""
    more = stock({**COUNTS, ("a", "f"): 11}, (("a", "f"),))
    assert (Flaw.SUM, ("a", TOTAL), 10, 11) in flaws(audited(more))
    assert audited(more).spans == ()
    less = audited(stock({**COUNTS, ("a", "m"): 6}, (("a", "m"),)), (), true(COUNTS))
    assert (Flaw.DIFFERS, ("a", "m"), 6, 6) in flaws(less)
    assert (Flaw.KNOWN, ("a", "f"), 4, 4) in flaws(less)


def test_a_span_that_is_too_narrow_is_seen_only_by_who_has_the_truth() -> None:
    """2 to 10 hides a 3 from everybody, but 0 is excluded; b's man too must be 0 or 5, and is 0 to 8."""
    public, own = audited(stock(NARROW)), audited(stock(NARROW), (), true(NARROW))
    assert told(public) == told(own) == dict(zip(SQUARE, [(2, 10), (0, 8), (2, 10), (0, 8)], strict=True))
    assert public.safe
    assert flaws(own) == {(Flaw.NARROW, ("a", "f"), 2, 10)}
    (finding,) = unsafe(own)
    assert (finding.rule, finding.values["at"]) == ("open-data.cell-narrow", "a, f")
    assert (finding.values["low"], finding.values["high"]) == ("2", "10")


@pytest.mark.parametrize("flaw", Flaw)
@pytest.mark.parametrize("high", [None, 9])
def test_every_flaw_has_words_in_every_language(flaw: Flaw, high: int | None) -> None:
    """And a narrow span without an upper end has words of its own."""
    (finding,) = unsafe(Audit(1, 1, (), (Flawed(flaw, Spot("stock", ("a", "f")), 3, high),)))
    assert finding.blocks
    assert finding.place is not None
    assert finding.place.file == "open-data/stock.csv"
    assert finding.rule.endswith("-above") == (flaw is Flaw.NARROW and high is None)
    for language in Language:
        assert "stock" in str(words(language).finding(finding))


MONTHS, FLOW_MONTHS = axis("month", MAY, JUNE, total=False), axis("month", MAY, JUNE)


def flows(stocks: tuple[int, int] = (8, 10), *, hides: bool = True) -> Annex:
    """Stocks of 8 and 10, 7 and 5 who came, 6 and 3 who left; June's leavers are hidden with their total."""
    left: Mapping[At, int | None] = {(TOTAL,): None if hides else 9, (MAY,): 6, (JUNE,): None if hides else 3}
    return annex(
        table("stock", Quantity.STOCK, (MONTHS,), {(MAY,): stocks[0], (JUNE,): stocks[1]}),
        table("came", Quantity.INFLOW, (FLOW_MONTHS,), {(TOTAL,): 12, (MAY,): 7, (JUNE,): 5}),
        table("left", Quantity.OUTFLOW, (FLOW_MONTHS,), left),
    )


def test_a_balance_gives_a_hidden_flow_away() -> None:
    """8 + 5 − 10: three left in June, nine in all, though no sum of any table says so."""
    (lot,) = linked(frames_of(flows())).balances
    assert [relation.name for relation in lot] == [f"balance[{JUNE}]"]
    assert flaws(audited(flows())) == {(Flaw.KNOWN, (JUNE,), 3, 3), (Flaw.KNOWN, (TOTAL,), 9, 9)}


def test_without_the_stock_or_the_inflow_nothing_balances() -> None:
    """June's leavers may then be any number, and their total six more."""
    whole = flows()
    for name in ("stock", "came"):
        audit = audited(replace(whole, tables=tuple(each for each in whole.tables if each.id != name)))
        assert told(audit) == {(TOTAL,): (6, None), (JUNE,): (0, None)}
        assert audit.safe


def test_a_balance_that_cannot_hold_is_left_out() -> None:
    """A stock of 20 in June would need −7 leavers: somebody moved, and only the sums are reckoned with."""
    assert told(audited(flows((8, 20)))) == {(TOTAL,): (6, None), (JUNE,): (0, None)}
    shown = linked(frames_of(flows(hides=False)))
    assert shown.cells == ((Quantity.STOCK, MAY), (Quantity.STOCK, JUNE), (Quantity.INFLOW, PERIOD.flow),
                           (Quantity.INFLOW, MAY), (Quantity.INFLOW, JUNE), (Quantity.OUTFLOW, PERIOD.flow),
                           (Quantity.OUTFLOW, MAY), (Quantity.OUTFLOW, JUNE))  # fmt: skip


def rounded(counts: Counted, hours: Mapping[At, int | None]) -> Annex:
    sexes = (AXES[1],)
    return annex(
        table("stock", Quantity.STOCK, sexes, counts, CellStatus.ROUNDED),
        table("hours", Quantity.HOURS, sexes, hours),
        guard=Guard.ROUND,
    )


def test_a_rounded_annex_has_nothing_below_its_base_but_hours_have() -> None:
    """0 and 5 are sound, 3 is not, a total that is no sum is not; 3 hours are no 3 persons."""
    hours: Counted = {(TOTAL,): 903, ("f",): 3, ("m",): 900}
    sound: Counted = {(TOTAL,): 15, ("f",): 0, ("m",): 15}
    assert audited(rounded(sound, hours)).safe
    small: Counted = {(TOTAL,): 15, ("f",): 3, ("m",): 12}
    assert flaws(audited(rounded(small, hours))) == {(Flaw.SHOWN, ("f",), 3, 3)}
    odd: Counted = {(TOTAL,): 16, ("f",): 0, ("m",): 15}
    assert flaws(audited(rounded(odd, hours))) == {(Flaw.SUM, (TOTAL,), 16, 15)}


def test_the_hours_of_few_stay_hidden_in_a_rounded_annex() -> None:
    """Two women worked 300 hours: with the truth at hand, showing them is a fault; a moved count is none."""
    counts: Counts = {
        "stock": {(TOTAL,): TrueCell(16, 16), ("f",): TrueCell(2, 2), ("m",): TrueCell(14, 14)},
        "hours": {(TOTAL,): TrueCell(12, 1300, 100, 100), ("f",): TrueCell(2, 300, 200, 100),
                  ("m",): TrueCell(10, 1000, 100, 100)},
    }  # fmt: skip
    moved: Counted = {(TOTAL,): 15, ("f",): 0, ("m",): 15}
    audit = audited(rounded(moved, {(TOTAL,): 1300, ("f",): 300, ("m",): 1000}), (), counts)
    assert flaws(audit) == {(Flaw.SHOWN, ("f",), 300, 300)}
    hidden = audited(rounded(moved, {(TOTAL,): None, ("f",): None, ("m",): 1000}), (), counts)
    assert flaws(hidden) == set()


def newspaper(text: str) -> Known:
    return known_from(text.encode(), "lehti.csv", PERIOD)


def test_a_figure_in_the_newspaper_is_no_secret_any_more() -> None:
    """The women of a, in the annex's codes: the hidden cell is public, and the others follow."""
    audit = audited(stock(), [newspaper("Municipality;sex;count;synthetic\na;f;3;SYNTHETIC\n")])
    known = {(Flaw.KNOWN, at, COUNTS[at], COUNTS[at]) for at in SQUARE[1:]}
    assert flaws(audit) == {(Flaw.PUBLIC, ("a", "f"), 3, 3)} | known


def test_a_figure_of_another_quantity_or_of_a_larger_area_says_nothing() -> None:
    """Three who came are not three who are here; a total that is shown already; a blank tells nothing."""
    for text in (
        "municipality,sex,quantity,count\na,f,inflow,3\n",
        "municipality,sex,count\nyhteensä,f,32\n",
        "municipality,sex,count\na,f,..\n",
        "municipality,sex,education,count\na,f,e1,3\n",
    ):
        assert flaws(audited(stock(), [newspaper(text)])) == set(), text


def test_a_recount_in_the_newspaper_is_left_out_with_its_quantity() -> None:
    """Thirty-three women in all is another count than ours, so its women of a are not ours either."""
    old = newspaper("municipality,sex,count\nTotal,f,33\na,f,3\n")
    tables = linked(frames_of(stock()))
    assert published_keys(old, tables.dimensions) == {
        ("stock", TOTAL, "f", JUNE): 33, ("stock", "a", "f", JUNE): 3
    }  # fmt: skip
    values = [cell.value for cell in stock().tables[0].cells]
    assert [each.frames for each in fitting([old], tables, values)] == [()]
    assert flaws(audited(stock(), [old])) == set()


def test_a_rounded_release_makes_nothing_public() -> None:
    """Its figures may all have been moved; those of a suppressed one are true."""
    assert known_of(stock(), "1/").counts["1/stock"] == {at: n for at, n in COUNTS.items() if at not in SQUARE}
    moved: Annex = rounded({(TOTAL,): 15, ("f",): 0, ("m",): 15}, {(TOTAL,): 9, ("f",): 4, ("m",): 5})
    assert known_of(moved, "1/").counts == {}


@pytest.mark.parametrize(
    ("text", "message", "line", "found"),
    [
        ("kunta,count\na,3\n", "annex.known-no-axis", 1, "kunta"),
        ("municipality,quantity,count\na,stock,3\nb,people,4\n", "annex.known-no-axis", 3, "people"),
        ("municipality,count\na,3\na,4\n", "annex.twice", 3, ""),
        ("municipality,count\na,3.5\n", "annex.count", 2, "3.5"),
    ],
)
def test_a_strange_file_of_public_figures_is_refused(text: str, message: str, line: int, found: str) -> None:
    """With its line and what stands there."""
    with pytest.raises(InputError) as caught:
        newspaper(text)
    assert caught.value.message == message
    assert caught.value.place is not None
    assert caught.value.place.line == line
    assert found in str(caught.value.values.get("found", ""))
