"""A bidder fills the form in LibreOffice: nothing is lost, statuses help, and the comparison price is the engine's."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.award.comparison import comparison_price
from tender.forms.bid_form import BidReading, fill_bid_form, read_bid_form, write_bid_form
from tender.forms.bid_sheet import bid_sheet
from tender.guards import open_workbook
from tender.language import Language
from tender.model.bids import Reply
from tender.model.prices import price_cells
from tender.model.publication import Publication
from tender.sheets.cells import read_book
from tender.sheets.numbers import number_of
from tests.tender.forms.office import Office
from tests.tender.forms.sample_form import FILE, GOOD, blank_form, per_group_tender, publication, read, rules

pytestmark = pytest.mark.slow

PERSON: dict[str, str | float] = {
    "C8": "Tuottaja Äö & Kumppanit Oy",
    "C9": "9900001-8",
    "C10": "tarjous@tuottaja.example.invalid",
    "C13": 43.35,
    "C17": 0.7651,
    "C22": 700,
    "C25": 120,
    "D25": 170,
    "E25": 175,
    "C26": 0,
    "D26": 100,
    "E26": 135,
    "C31": "Kyllä",
    "C34": "Kyllä",
    "C35": "Ei",
}
FAULTS: dict[str, str | float] = {**PERSON, "C13": "43,35", "C17": 1.05, "C26": "", "C31": "ehkä", "E26": 12.5}
STATUSES = [("Tarjous", ref) for ref in ("F8", "F9", "F10", "F13", "F17", "F22", "G25", "G26", "G27", "F31", "F35")]
PROGRESS = [("Tarjous", "C5"), ("Tarjous", "D5")]


@dataclass(frozen=True)
class Prices:
    """One bid's prices and the cells in which the office shows what follows from them.

    Attributes:
        issued: The publication.
        prices: Prices by cell id.
        job: Number of the job.
        total: The cell of the comparison price.
    """

    issued: Publication
    prices: dict[str, Decimal]
    job: int
    total: tuple[str, str]


@dataclass(frozen=True)
class Session:
    """What one session of LibreOffice did.

    Attributes:
        office: The program.
        answers: What it saw, by job.
        good: Job of the good form.
        faulty: Job of the faulty form.
        blank: Job of the blank form.
        half: Job of a form with one of two prices.
        prices: Jobs of the comparison price.
    """

    office: Office
    answers: list[dict[str, object]]
    good: int
    faulty: int
    blank: int
    half: int
    prices: list[Prices]

    def shown(self, job: int, cell: tuple[str, str]) -> str:
        """The words that a cell showed."""
        seen = self.answers[job]["shown"]
        assert isinstance(seen, dict)
        return str(seen[f"{cell[0]}!{cell[1]}"][0])

    def number(self, job: int, cell: tuple[str, str]) -> Decimal | None:
        """The number that a cell held, with its fifteen digits."""
        seen = self.answers[job]["shown"]
        assert isinstance(seen, dict)
        return number_of(seen[f"{cell[0]}!{cell[1]}"][1])


def total_of(form: bytes) -> tuple[str, str]:
    """Where the comparison price stands."""
    target = read_book(open_workbook(form, FILE)).names["comparison_price"]
    assert target is not None
    return target.sheet, target.ref


def draws(issued: Publication, count: int, seed: int) -> list[dict[str, Decimal]]:
    """Prices in range: both ends, ties of rounding, and some drawn ones."""
    dice, cells = random.Random(seed), price_cells(issued.tender.prices)
    drawn = [{cell.id: cell.range.lowest for cell in cells}, {cell.id: cell.range.highest for cell in cells}]
    for _ in range(count):
        prices = {}
        for cell in cells:
            scale = 10**cell.decimals
            whole = dice.randint(int(cell.range.lowest * scale), int(cell.range.highest * scale))
            prices[cell.id] = Decimal(whole) / scale
        drawn.append(prices)
    return drawn


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Everything that needs LibreOffice, in one start of it."""
    office = Office(tmp_path_factory.mktemp("office"))
    good = office.plan(blank_form(), {"Tarjous": PERSON}, STATUSES + PROGRESS)
    faulty = office.plan(blank_form(), {"Tarjous": FAULTS}, STATUSES + PROGRESS)
    blank = office.plan(blank_form(), {}, STATUSES + PROGRESS)
    one_price = fill_bid_form(blank_form(), {"prices.capitation": Decimal(40)})
    half = office.plan(one_price, {}, [total_of(one_price)], save=False)
    plans = []
    for issued, count in ((publication(), 12), (publication(per_group_tender()), 8)):
        form = write_bid_form(issued, Language.FI)
        total = total_of(form)
        for prices in draws(issued, count, 11):
            filled = fill_bid_form(form, {f"prices.{name}": price for name, price in prices.items()})
            plans.append(Prices(issued, prices, office.plan(filled, {}, [total], save=False), total))
    return Session(office, office.work(), good, faulty, blank, half, plans)


def read_saved(session: Session, job: int) -> BidReading:
    """What comes of reading the file that LibreOffice saved."""
    return read(session.office.saved(job))


def test_a_form_filled_and_saved_in_libreoffice_is_read_without_loss(session: Session) -> None:
    reading = read_saved(session, session.good)
    assert reading.findings == ()
    bid = reading.bid
    assert bid is not None
    assert bid.name == "Tuottaja Äö & Kumppanit Oy"
    assert bid.prices == {"capitation": Decimal("43.35"), "outcome": Decimal("0.7651")}
    assert (bid.capacity_total, bid.capacity["lapinlahti", "easy"]) == (700, 0)
    assert bid.annexes == {"impact-plan": Reply.YES, "hours-tracking": Reply.NO}


def test_faults_of_a_person_are_findings_at_their_cells(session: Session) -> None:
    reading = read_saved(session, session.faulty)
    found = {(finding.rule.removeprefix("bid-form."), str(finding.place)[-3:]) for finding in reading.findings}
    assert found == {
        ("number-as-text", "C13"),
        ("outside", "C17"),
        ("blank", "C26"),
        ("not-whole", "E26"),
        ("not-a-reply", "C31"),
    }


def test_an_untouched_form_survives_being_saved(session: Session) -> None:
    assert set(rules(read_saved(session, session.blank))) == {"bid-form.blank"}


def test_the_statuses_say_what_is_in_order(session: Session) -> None:
    words = {ref: session.shown(session.good, ("Tarjous", ref)) for _, ref in STATUSES}
    assert words.pop("F35") == "Liite puuttuu"
    assert set(words.values()) == {"✓ Kunnossa"}
    assert session.shown(session.good, PROGRESS[0]) == "15 / 15"


def test_the_statuses_say_what_is_wrong(session: Session) -> None:
    words = {ref: session.shown(session.faulty, ("Tarjous", ref)) for _, ref in STATUSES}
    expected = {"F13": "Kirjoita luku", "F17": "Yli sallitun", "G26": "Täytä", "F31": "Vaatimus ei täyty"}
    assert expected.items() <= words.items()
    assert session.shown(session.faulty, PROGRESS[1]) == "Täytä vielä keltaiset solut ja korjaa punaiset."
    blank = {session.shown(session.blank, cell) for cell in STATUSES}
    assert blank == {"Täytä"}
    assert session.shown(session.blank, PROGRESS[0]) == "0 / 15"


def test_no_formula_ends_in_an_error_and_every_sheet_is_locked(session: Session) -> None:
    for answer in session.answers:
        assert answer["errors"] == []
        assert answer["locked"] == [True] * 4


def test_the_comparison_price_is_the_engines(session: Session) -> None:
    for plan in session.prices:
        shown = session.number(plan.job, plan.total)
        assert shown is not None
        assert Fraction(shown) == comparison_price(plan.issued.tender, plan.prices), plan.prices


def test_the_comparison_price_waits_for_every_price(session: Session) -> None:
    assert session.shown(session.half, total_of(blank_form())) == "Täytä hinnat"


def test_the_cells_of_this_file_are_those_of_the_form() -> None:
    """Guards the tables above: each input is typed into, each with what it takes."""
    sheet = bid_sheet(publication(), Language.FI)
    assert [placed.target.ref for placed in sheet.placed] == list(PERSON)
    assert len(GOOD) == len(PERSON)
    assert read_bid_form(blank_form(), FILE, publication()).bid is not None
