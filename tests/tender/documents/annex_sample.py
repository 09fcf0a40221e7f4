"""An open data annex made by hand: nine tables, some 1,200 cells, hidden ones among them; for tests and for the eye."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from math import prod

from tender.language import Text
from tender.model.annex import TOTAL, Annex, AnnexCell, AnnexTable, At, Axis, Category, CellStatus, Protected
from tender.model.groups import Area, RiskGroup
from tender.model.open_data import Guard, Quantity
from tender.model.tender import Tender

THRESHOLD = 5
WHOLE = Category(TOTAL, Text("Yhteensä", "Totalt", "Total"))
SHARES = {
    "municipality": (64, 36),
    "group": (26, 37, 37),
    "duration": (24, 17, 20, 22, 17),
    "month": tuple(24 + (place * 7) % 11 + (6 if place % 12 in (5, 11) else 0) for place in range(36)),
    "destination": (41, 9, 22, 3, 11, 14),
    "age": (14, 22, 19, 21, 24),
    "education": (23, 47, 11, 12, 6, 1),
    "occupation": (4, 9, 12, 6, 19, 2, 21, 14, 13),
}
"""How the whole is divided along each axis."""

LABELS: dict[str, tuple[Text, tuple[tuple[str, Text], ...]]] = {
    "duration": (
        Text("Kesto", "Längd", "Duration"),
        (
            ("m0", Text("alle 3 kk", "under 3 mån.", "under 3 months")),
            ("m3", Text("3–5 kk", "3–5 mån.", "3–5 months")),
            ("m6", Text("6–11 kk", "6–11 mån.", "6–11 months")),
            ("m12", Text("12–23 kk", "12–23 mån.", "12–23 months")),
            ("m24", Text("24 kk tai yli", "24 mån. eller mer", "24 months or more")),
        ),
    ),
    "destination": (
        Text("Päättymisen syy", "Orsak till att perioden upphörde", "Reason for ending"),
        (
            ("open", Text("avoimille työmarkkinoille", "öppna arbetsmarknaden", "open labour market")),
            ("subsidised", Text("tuettuun työhön", "stött arbete", "subsidised work")),
            ("service", Text("palveluun tai koulutukseen", "service eller utbildning", "service or training")),
            ("pension", Text("eläkkeelle", "pension", "pension")),
            ("outside", Text("muuten työvoiman ulkopuolelle", "annars utanför arbetskraften", "otherwise inactive")),
            ("unknown", Text("ei tietoa", "ingen uppgift", "not known")),
        ),
    ),
    "age": (
        Text("Ikä", "Ålder", "Age"),
        tuple((f"a{low}", Text(f"{low}–{high}", f"{low}–{high}", f"{low}–{high}")) for low, high in
              ((18, 24), (25, 34), (35, 44), (45, 54), (55, 64))),
    ),
    "education": (
        Text("Koulutusaste", "Utbildningsnivå", "Education"),
        (
            ("basic", Text("perusaste", "grundnivå", "basic")),
            ("secondary", Text("toinen aste", "andra stadiet", "secondary")),
            ("short", Text("alin korkea-aste", "lägsta högre nivå", "short tertiary")),
            ("bachelor", Text("alempi korkeakouluaste", "lägre högskolenivå", "bachelor or equivalent")),
            ("master", Text("ylempi korkeakouluaste", "högre högskolenivå", "master or equivalent")),
            ("doctor", Text("tutkijakoulutus", "forskarutbildning", "doctoral")),
        ),
    ),
    "occupation": (
        Text("Ammattiryhmä", "Yrkesgrupp", "Occupation"),
        (
            ("1", Text("Johtajat", "Chefer", "Managers")),
            ("2", Text("Erityisasiantuntijat", "Specialister", "Professionals")),
            ("3", Text("Asiantuntijat", "Experter", "Associate professionals")),
            ("4", Text("Toimisto- ja asiakaspalvelutyöntekijät", "Kontors- och kundtjänstpersonal",
                       "Clerical support workers")),
            ("5", Text("Palvelu- ja myyntityöntekijät", "Service- och försäljningspersonal",
                       "Service and sales workers")),
            ("6", Text("Maanviljelijät, metsätyöntekijät ym.", "Jordbrukare, skogsarbetare m.fl.",
                       "Agricultural, forestry and fishery workers")),
            ("7", Text("Rakennus-, korjaus- ja valmistustyöntekijät",
                       "Byggnads-, reparations- och tillverkningsarbetare", "Craft and related trades workers")),
            ("8", Text("Prosessi- ja kuljetustyöntekijät", "Process- och transportarbetare",
                       "Plant and machine operators, and assemblers")),
            ("9", Text("Muut työntekijät", "Övriga arbetstagare", "Elementary occupations")),
        ),
    ),
}  # fmt: skip
MONTHS = tuple(
    (f"{2015 + (6 + place) // 12}-{(6 + place) % 12 + 1:02d}", f"{(6 + place) % 12 + 1}/{2015 + (6 + place) // 12}")
    for place in range(36)
)
ORDERED = frozenset({"duration", "month", "age", "education"})


def axis_named(name: str, areas: tuple[Area, ...], groups: tuple[RiskGroup, ...], *, total: bool = True) -> Axis:
    """The axis `name` with its categories."""
    if name == "municipality":
        label, parts = Text("Kunta", "Kommun", "Municipality"), tuple((area.id, area.name) for area in areas)
    elif name == "group":
        label, parts = Text("Riskiryhmä", "Riskgrupp", "Risk group"), tuple((each.id, each.name) for each in groups)
    elif name == "month":
        label = Text("Kuukausi", "Månad", "Month")
        parts = tuple((code, Text(words, words, words)) for code, words in MONTHS)
    else:
        label, parts = LABELS[name]
    shown = tuple(Category(code, words, TOTAL if total else "") for code, words in parts)
    return Axis(name, label, (WHOLE, *shown) if total else shown, ordered=name in ORDERED)


def inner_counts(whole: int, axes: tuple[Axis, ...]) -> dict[At, int]:
    """Counts of the innermost cells: by the shares of each axis, a little uneven, some of them small or zero."""
    counts: dict[At, int] = {}
    parts = [[each for each in axis.categories if each.code != TOTAL] for axis in axes]
    for places in product(*(range(len(each)) for each in parts)):
        share = 1.0
        for axis, place in zip(axes, places, strict=True):
            shares = SHARES[axis.id][: len(axis.categories)]
            share *= shares[place % len(shares)] / sum(shares)
        lean = 1 + 0.35 * (((sum(places) * 5 + prod(place + 1 for place in places)) % 7) - 3) / 3
        counts[tuple(each[place].code for each, place in zip(parts, places, strict=True))] = int(whole * share * lean)
    return counts


def table_of(
    name: str, title: Text, quantity: Quantity, whole: int, axes: tuple[Axis, ...], hide: Callable[[int], bool]
) -> AnnexTable:
    """A table whose totals are sums; `hide` says which of the innermost counts are not shown."""
    inner = inner_counts(whole, axes)
    cells = []
    for at in product(*((each.code for each in axis.categories) for axis in axes)):
        count = sum(n for code, n in inner.items() if all(a in (TOTAL, b) for a, b in zip(at, code, strict=True)))
        hidden = TOTAL not in at and hide(count)
        status = CellStatus.HIDDEN if hidden else CellStatus.SHOWN if count else CellStatus.ZERO
        cells.append(AnnexCell(at, None if hidden else count, status))
    unit = {
        Quantity.STOCK: Text("asiakasta", "kunder", "clients"),
        Quantity.HOURS: Text("työtuntia", "arbetstimmar", "work hours"),
    }.get(quantity, Text("jaksoa", "perioder", "spells"))
    use = Text("asiakaskuukaudet ja mitoitus", "kundmånader och dimensionering", "client-months and staffing")
    return AnnexTable(name, title, quantity, unit, axes, tuple(cells), use)


def small(count: int) -> bool:
    """Whether a count is hidden: too small, or (so that something larger is hidden too) just above that."""
    return 0 < count < THRESHOLD or count in (7, 11)


def sample_annex(tender: Tender, *, guard: Guard = Guard.SUPPRESS) -> Annex:
    """The annex of `tender`."""

    def axes(*names: str, total: bool = True) -> tuple[Axis, ...]:
        return tuple(axis_named(name, tender.areas, tender.groups, total=total or name != "month") for name in names)

    hide = small if guard is Guard.SUPPRESS else lambda count: False
    stock, begun, ended, hours = Quantity.STOCK, Quantity.INFLOW, Quantity.OUTFLOW, Quantity.HOURS
    tables = (
        table_of("stock-duration",
                 Text("Asiakkaat kunnan, ryhmän ja keston mukaan", "Kunder efter kommun, grupp och längd",
                 "Clients by municipality, group and duration"), stock, 1400,
                 axes("municipality", "group", "duration"), hide),
        table_of("stock-months",
                 Text("Asiakkaat kuukauden lopussa ryhmittäin", "Kunder vid månadens slut per grupp",
                 "Clients at the end of the month by group"),
                 stock, 1400 * 36, axes("group", "month", total=False), hide),
        table_of("stock-age",
                 Text("Asiakkaat kunnan, ryhmän ja iän mukaan", "Kunder efter kommun, grupp och ålder",
                 "Clients by municipality, group and age"), stock, 1400, axes("municipality", "group", "age"), hide),
        table_of("stock-education",
                 Text("Asiakkaat ryhmän ja koulutuksen mukaan", "Kunder efter grupp och utbildning",
                 "Clients by group and education"), stock, 1400, axes("group", "education"), hide),
        table_of("stock-occupation",
                 Text("Asiakkaat kunnan, ryhmän ja ammatin mukaan",
                 "Kunder efter kommun, grupp och yrke",
                 "Clients by municipality, group and occupation"), stock, 1400,
                 axes("municipality", "group", "occupation"), hide),
        table_of("inflow-month",
                 Text("Alkaneet jaksot kunnan, ryhmän ja kuukauden mukaan",
                 "Inledda perioder efter kommun, grupp och månad", "Spells begun by municipality, group and month"),
                 begun, 6200, axes("municipality", "group", "month"), hide),
        table_of("outflow-destination",
                 Text("Päättyneet jaksot ryhmän, syyn ja keston mukaan",
                 "Avslutade perioder efter grupp, orsak och längd", "Spells ended by group, reason and duration"),
                 ended, 6050, axes("group", "destination", "duration"), hide),
        table_of("outflow-month",
                 Text("Päättyneet jaksot ryhmän ja kuukauden mukaan",
                 "Avslutade perioder efter grupp och månad", "Spells ended by group and month"),
                 ended, 6050, axes("group", "month"), hide),
        table_of("hours",
                 Text("Todennetut työtunnit kunnan ja ryhmän mukaan",
                 "Verifierade arbetstimmar efter kommun och grupp", "Verified work hours by municipality and group"),
                 hours, 5_537_250, axes("municipality", "group"), hide),
    )  # fmt: skip
    hidden = sum(cell.value is None for table in tables for cell in table.cells)
    protected = Protected(guard, THRESHOLD, share_limit=10, hidden=hidden)
    if guard is Guard.ROUND:
        protected = replace(protected, base=THRESHOLD, commitment="c0" * 32, largest_change=4, total_change=112)
    return Annex(
        tender.id, tender.title, tender.buyer.name, date(2018, 6, 30), date(2015, 7, 1), synthetic=True,
        protected=protected, tables=tables,
    )  # fmt: skip
