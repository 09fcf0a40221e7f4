"""Annexes for the tests of formats: one that looks like a real one, and any that hypothesis can think of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from hypothesis import strategies as st

from tender.language import NO_TEXT, Text
from tender.model.annex import TOTAL, Annex, AnnexCell, AnnexTable, At, Axis, Category, CellStatus, Protected
from tender.model.open_data import Guard, Quantity

TOTAL_OF_ALL = Category(TOTAL, Text("Yhteensä", "Totalt", "Total"))
MUNICIPALITIES = Axis(
    "municipality",
    Text("Kunta", "Kommun", "Municipality"),
    (
        TOTAL_OF_ALL,
        Category("402", Text("Lapinlahti", "Lapinlax", "Lapinlahti"), TOTAL),
        Category("749", Text("Siilinjärvi", "Siilinjärvi", "Siilinjärvi"), TOTAL),
    ),
)
GROUPS = Axis(
    "group",
    Text("Riskiryhmä", "Riskgrupp", "Risk group"),
    (
        TOTAL_OF_ALL,
        Category("easy", Text("Helposti työllistyvät", "Lätta att sysselsätta", "Easily employed"), TOTAL),
        Category("average", Text("Keskimäärin työllistyvät", "Medelgruppen", "Averagely employed"), TOTAL),
        Category("hard", Text("Vaikeasti työllistyvät", "Svåra att sysselsätta", "Hard to employ"), TOTAL),
    ),
)
DURATIONS = Axis(
    "duration",
    Text("Työttömyyden kesto", "Arbetslöshetens längd", "Duration of unemployment"),
    (
        TOTAL_OF_ALL,
        Category("0-2", Text("alle 3 kuukautta", "under 3 månader", "under 3 months"), TOTAL),
        Category("3-11", Text("3–11 kuukautta", "3–11 månader", "3–11 months"), TOTAL),
        Category("12", Text("vähintään 12 kuukautta", "minst 12 månader", "12 months or more"), TOTAL),
    ),
    ordered=True,
)
CLIENTS, HOURS = Text("asiakasta", "kunder", "clients"), Text("tuntia", "timmar", "hours")


def cells(axes: tuple[Axis, ...], count: Callable[[At], int], status: Callable[[At, int], CellStatus]) -> tuple[
    AnnexCell, ...
]:  # fmt: skip
    """Cells whose innermost counts are given and whose totals are their sums."""

    def total(at: At) -> int:
        inner = [
            [one.code for one in axis.categories if one.parent] if code == TOTAL else [code]
            for axis, code in zip(axes, at, strict=True)
        ]
        return sum(count(one) for one in product(*inner))

    found = []
    for at in product(*([one.code for one in axis.categories] for axis in axes)):
        value = total(at)
        told = status(at, value)
        found.append(AnnexCell(at, None if told is CellStatus.HIDDEN else value, told))
    return tuple(found)


def told(at: At, value: int) -> CellStatus:
    """Zero, hidden under 5, else shown."""
    return CellStatus.ZERO if value == 0 else CellStatus.HIDDEN if value < 5 else CellStatus.SHOWN


COUNTS = (0, 2, 31, 12, 58, 4, 17, 90, 26, 1, 43)


def counted(at: At) -> int:
    """A count that depends on the coordinates alone; some are zero, some small, most large."""
    return COUNTS[(sum(map(ord, "".join(at))) * 7) % len(COUNTS)]


def sample_annex(*, synthetic: bool = True) -> Annex:
    """Three tables: a stock in three ways, an inflow in two, hours in one."""
    stock = (MUNICIPALITIES, GROUPS, DURATIONS)
    flow = (MUNICIPALITIES, GROUPS)
    return Annex(
        tender="pohjois-savo-2018",
        title=Text("Työllisyyspalvelut, Siilinjärvi ja Lapinlahti", "Sysselsättningstjänster, Siilinjärvi och Lapinlax",
                   "Employment services, Siilinjärvi and Lapinlahti"),
        publisher=Text("Pohjois-Savon liitto", "Norra Savolax förbund", "Regional Council of Pohjois-Savo"),
        reference_day=date(2018, 6, 30),
        flow_from=date(2017, 7, 1),
        synthetic=synthetic,
        protected=Protected(Guard.SUPPRESS, threshold=5, share_limit=10, hidden=8),
        tables=(
            AnnexTable("stock", Text("Työttömät työnhakijat kunnan, riskiryhmän ja keston mukaan",
                                     "Arbetslösa arbetssökande efter kommun, riskgrupp och längd",
                                     "Unemployed jobseekers by municipality, risk group and duration"),
                       Quantity.STOCK, CLIENTS, stock, cells(stock, counted, told),
                       Text("Kapitaation perusta: montako asiakasta kuukaudessa laskutetaan.",
                            "Grunden för kapitationen: hur många kunder som faktureras per månad.",
                            "The basis of capitation: how many clients are invoiced in a month.")),
            AnnexTable("inflow", Text("Alkaneet työttömyysjaksot", "Påbörjade arbetslöshetsperioder", "Spells begun"),
                       Quantity.INFLOW, Text("jaksoa", "perioder", "spells"), flow, cells(flow, counted, told)),
            AnnexTable("hours", Text("Todennetut työtunnit avoimilla työmarkkinoilla",
                                     "Verifierade arbetstimmar på den öppna arbetsmarknaden",
                                     "Verified work hours in the open labour market"),
                       Quantity.HOURS, HOURS, (GROUPS,), cells((GROUPS,), lambda at: counted(at) * 1234, told)),
        ),
        notes={"clients": "1400"},
    )  # fmt: skip


ODD = "åäöÅÄÖ\"',;:=+-@#\\&<>%^()[]{}–—…€\u00a0\u0161\u010d一😀"
LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S")) | st.sampled_from(ODD)
LINES = st.text(LETTERS | st.just(" "), min_size=1, max_size=40).filter(lambda one: one.strip() != "")
LONG = st.builds(lambda one, count: (one * count)[:9000], LINES, st.integers(1, 400))
IDS = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True).filter(
    lambda one: one not in {"value", "status", "synthetic", "con", "prn", "aux", "nul", "com1", "lpt1"}
)
CODES = st.text(LETTERS, max_size=8).map(lambda one: f"1{one}").filter(str.isprintable) | st.from_regex(
    r"[0-9A-Z][0-9-]{0,5}", fullmatch=True
)
TEXTS = st.builds(Text, LINES, st.none() | LINES, st.none() | LINES)


@st.composite
def axes(draw: st.DrawFn, name: str) -> Axis:
    """An axis with a total or without, one level or two."""
    codes = draw(st.lists(CODES, min_size=1, max_size=4, unique=True))
    parents = [""] + [draw(st.sampled_from(["", *codes[:at]])) for at in range(1, len(codes))]
    return Axis(name, draw(TEXTS), tuple(Category(c, draw(TEXTS), p) for c, p in zip(codes, parents, strict=True)),
                draw(st.booleans()))  # fmt: skip


@st.composite
def tables(draw: st.DrawFn, name: str) -> AnnexTable:
    """A table of up to three axes with cells of all kinds."""
    ids = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    found = tuple(draw(axes(one)) for one in ids)
    pairs = st.one_of(
        st.builds(lambda value: (value, CellStatus.SHOWN), st.integers(1, 10**15 - 1)),
        st.builds(lambda value: (value, CellStatus.ROUNDED), st.integers(0, 10**9)),
        st.sampled_from([(0, CellStatus.ZERO), (None, CellStatus.HIDDEN)]),
    )
    every = product(*([one.code for one in axis.categories] for axis in found))
    return AnnexTable(name, draw(st.builds(Text, LONG, st.none() | LINES, st.none() | LONG)),
                      draw(st.sampled_from(Quantity)), draw(TEXTS), found,
                      tuple(AnnexCell(at, *draw(pairs)) for at in every), draw(st.just(NO_TEXT) | TEXTS))  # fmt: skip


@st.composite
def annexes(draw: st.DrawFn) -> Annex:
    """Any annex that may be written."""
    names = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    day = draw(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    guard = draw(st.sampled_from(Guard))
    counts = st.integers(0, 10**6)
    protected = Protected(guard, draw(counts), draw(counts), draw(counts), draw(st.sampled_from(["", "0f" * 32])),
                          draw(counts), draw(counts), draw(counts), draw(st.booleans()), draw(counts))  # fmt: skip
    notes = draw(st.none() | st.dictionaries(IDS, LINES, max_size=2))
    return Annex(draw(LINES), draw(TEXTS), draw(TEXTS), day, day - timedelta(draw(st.integers(0, 800))),
                 draw(st.booleans()), protected, tuple(draw(tables(name)) for name in names), notes)  # fmt: skip


def with_label(annex: Annex, label: str) -> Annex:
    """`annex`, a category of its first table's first axis called `label` in Finnish."""
    table = annex.tables[0]
    axis = table.axes[0]
    last = replace(axis.categories[-1], label=replace(axis.categories[-1].label, fi=label))
    changed = replace(axis, categories=(*axis.categories[:-1], last))
    return replace(annex, tables=(replace(table, axes=(changed, *table.axes[1:])), *annex.tables[1:]))


def lay(folder: Path, files: Mapping[str, bytes]) -> Path:
    """`files` written into `folder`."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
