"""How the laboratory speaks: numbers typed and shown, every line in its language, the picture by its points."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from evaluation.acts.laboratory import Looked
from evaluation.award.formulas import FORMULAS
from evaluation.award.laboratory.cliffs import Cliff
from evaluation.award.laboratory.gaming import Overpromise
from evaluation.award.laboratory.irrelevant import Decoy, Witness
from evaluation.award.laboratory.trial import trial
from evaluation.cli.formulas import looked_json, number_of, overpromise_json, prices_of
from evaluation.cli.laboratory_shown import money, percent, show_formulas, show_looked, show_overpromise, show_points
from evaluation.cli.picture import picture, write_picture
from evaluation.cli.shown import points_text
from tender.console import Console
from tender.errors import UsageError
from tender.language import Language, number_text

F = Fraction
FI, EN = Console(Language.FI, json=False), Console(Language.EN, json=False)
WITNESS = Witness(F(100), F(150), F(95), F(40, 3), F(38, 3), F(13))
FULL = Looked(WITNESS, Decoy(F(150), F(100), F(50), F(20, 3)), Cliff(F(105), F("104.995"), F(2)))
PAYS = Overpromise(F(10), F(1, 5), F(1, 10), F(2, 25), F("16.67"), F("20.01"))
"""A fifth on top, a tenth taken: 1.2 · 0.9 − 1 is eight hundredths."""


def plain(text: str) -> str:
    """`text` with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


# Numbers that are typed


@pytest.mark.parametrize(
    ("text", "number"), [("40", F(40)), (" 0.5 ", F(1, 2)), ("-3", F(-3)), ("1/3", F(1, 3)), ("100.005", F(20001, 200))]
)
def test_a_number_is_read_exactly(text: str, number: Fraction) -> None:
    """No float on the way."""
    assert number_of(text, "--points") == number


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1/0", "1e999999999", "1E5", "--1", "0x10", "9" * 5000])
def test_what_is_no_number_is_said_with_its_option(text: str) -> None:
    """A million million digits are not reckoned, and no more than forty signs are shown."""
    with pytest.raises(UsageError) as caught:
        number_of(text, "--sanction")
    assert caught.value.values == {"option": "--sanction", "found": text[:40]}


def test_prices_keep_their_order_and_their_blanks() -> None:
    """A blank is none, wherever it stands; without prices there is nothing to look at."""
    assert prices_of("150,100") == (F(150), F(100))
    assert prices_of(",100, ,0") == (None, F(100), None, F(0))
    with pytest.raises(UsageError) as caught:
        prices_of(None)
    assert caught.value.message == "laboratory.no-prices"


# Numbers that are shown


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        (F(40), "40,00"), (F(5, 2), "2,50"), (F(1, 16), "0,0625"), (F(1, 32), "≈0,0313"), (F(1, 3), "≈0,3333"),
        (F(-13, 2), "−6,50"), (F(0), "0,00"), (F(1999999, 1000000), "≈2,0000"),
    ],
)  # fmt: skip
def test_points_are_exact_or_marked(points: Fraction, shown: str) -> None:
    """Up to four decimals as they are; what is rounded says so, also when it looks whole."""
    assert points_text(FI, points).replace("-", "−") == shown


@pytest.mark.parametrize(
    ("price", "shown"), [(F(100), "100"), (F(1, 3), "0,33"), (F(5, 1000), "0,01"), (F(1234567), "1 234 567")]
)
def test_a_price_is_whole_or_has_cents(price: Fraction, shown: str) -> None:
    """Rounded half-up, grouped as the language does."""
    assert plain(money(FI, price)) == shown


def test_percents_have_two_decimals() -> None:
    """In the language's own sign."""
    assert (percent(FI, F(100, 7)), percent(EN, F(100, 7))) == ("14,29", "14.29")


# Lines


@pytest.mark.parametrize("language", Language)
def test_every_line_is_in_its_language_with_its_numbers(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    """Witness, decoy and cliff one line each, the rounded ones marked; nothing where nothing was found."""
    console = Console(language, json=False)
    show_looked(console, FULL)
    lines = plain(capsys.readouterr().out).splitlines()
    assert len(lines) == 3
    for line, values in zip(lines, ((95, 100, 150), (50, 100, 150), (105,)), strict=True):
        assert "laboratory." not in line
        assert all(str(value) in line for value in values), line
    rounded = f"≈{number_text(Decimal('6.6667'), language)}"
    assert rounded in lines[1]
    show_looked(console, Looked(None, None, None))
    assert capsys.readouterr().out == ""


def test_three_languages_say_it_in_three_ways(capsys: pytest.CaptureFixture[str]) -> None:
    """No language borrows another's sentence, and paying is not said as not paying."""
    said = set()
    for language in Language:
        console = Console(language, json=False)
        for found in (PAYS, Overpromise(F(0), F(0), F(0), F(0), F(0), F(0))):
            show_overpromise(console, found)
            said.add(capsys.readouterr().out)
    assert len(said) == 6


@pytest.mark.parametrize("language", Language)
def test_over_promising_names_every_number(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    """Gain, premium, sanction, what is left, and the sanction that would end it."""
    show_overpromise(Console(language, json=False), PAYS)
    text = capsys.readouterr().out
    for number in ("10.00", "20.00", "8.00", "16.67", "20.01"):
        assert number_text(Decimal(number), language) in text


def test_a_row_shows_price_exact_points_and_points(capsys: pytest.CaptureFixture[str]) -> None:
    """Exact fractions stand beside the rounded ones; a refusal stands in words, a blank as a dash."""
    one = trial("ratio-to-lowest@1", F(40), {})
    prices = (F(110), F(100))
    show_points(FI, one, prices, one.outcomes(prices))
    _, source, *rows = capsys.readouterr().out.splitlines()
    assert source == one.formula.source
    assert [row.split() for row in rows[1:]] == [["110", "400/11", "≈36,3636"], ["100", "40", "40,00"]]
    blank = (F(100), None)
    show_points(FI, one, blank, one.outcomes(blank))
    shown = capsys.readouterr().out.splitlines()[3:]
    assert [row.split()[:2] for row in shown] == [["100", "–"], ["–", "–"]]
    assert "formula-refusal" not in "".join(shown)


def test_a_long_finite_number_is_not_written_twice(capsys: pytest.CaptureFixture[str]) -> None:
    """344999/10000 is 34.4999: the column of exact numbers stays empty; ten signs of a third's kind stay."""
    one = trial("logarithm@1", F(40), {})
    show_points(EN, one, (F(100), F(110)), one.outcomes((F(100), F(110))))
    assert capsys.readouterr().out.splitlines()[-1].split() == ["110", "34.4999"]
    long = trial("ratio-to-lowest@1", F(40), {})
    prices = (F("100.01"), F("3000.07"))
    show_points(EN, long, prices, long.outcomes(prices))
    assert "400040/300007" in capsys.readouterr().out


@pytest.mark.parametrize("language", Language)
def test_the_list_of_formulas_says_who_matters(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    """One row each; those whose points hang on others differ in their third column from those whose do not."""
    console = Console(language, json=False)
    show_formulas(console)
    _, *rows = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows] == list(FORMULAS)
    yes, no = console.words("laboratory.yes"), console.words("laboratory.no")
    for row, one in zip(rows, FORMULAS.values(), strict=True):
        assert row.split()[-2:] == [no if one.independent else yes, yes if one.bounded else no]


def test_nothing_is_said_to_machines(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the one value is all."""
    show_looked(Console(Language.EN, json=True), FULL)
    show_formulas(Console(Language.EN, json=True))
    assert capsys.readouterr().out == ""


def test_plain_values_are_exact() -> None:
    """Fractions as text, a verdict as a truth value, nothing as null."""
    assert looked_json(Looked(None, None, FULL.cliff)) == {
        "witness": None, "decoy": None, "cliff": {"bid": "105", "price": "20999/200", "drop": "2"},
    }  # fmt: skip
    told: Any = looked_json(FULL)
    assert told["witness"]["before"] == "40/3"
    assert told["decoy"] == {"favoured": "150", "rival": "100", "decoy": "50", "gain": "20/3"}
    assert overpromise_json(PAYS)["left"] == "2/25"
    assert overpromise_json(PAYS)["pays"] is True


# The picture


def test_the_picture_has_eleven_points_between_its_ends() -> None:
    """Interval 80–160 at 40 points: half a point a euro; prices and points rounded half-up to whole ones."""
    one = trial("announced-interval@1", F(40), {"floor": F(80), "ceiling": F(160)})
    chart = picture(one, (F(165), F(60), F(100)), Language.EN)
    assert chart.categories == ("60", "71", "81", "92", "102", "113", "123", "134", "144", "155", "165")
    (line,) = chart.series
    assert line.values == (40, 40, 40, 34, 29, 24, 19, 13, 8, 3, 0)
    assert "{" not in chart.description
    assert one.formula.id in chart.description


def test_a_refused_point_is_a_gap_and_no_zero() -> None:
    """A ratio to a price of nothing is refused all along."""
    (line,) = picture(trial("ratio-to-lowest@1", F(40), {}), (F(0), F(10)), Language.FI).series
    assert set(line.values) == {None}


@pytest.mark.parametrize("prices", [(F(100),), (F(100), None), (F(100), F(100)), (None,), ()])
def test_a_line_has_two_ends(tmp_path: Path, prices: tuple[Fraction | None, ...]) -> None:
    """One price, however often, draws nothing and leaves no file."""
    path = tmp_path / "kuva.svg"
    with pytest.raises(UsageError, match=r"laboratory\.no-range"):
        write_picture(path, trial("ratio-to-lowest@1", F(40), {}), prices, Language.FI)
    assert not path.exists()


def test_the_same_picture_has_the_same_bytes(tmp_path: Path) -> None:
    """And never writes over a file: what stood there still stands."""
    one, paths = trial("rank@1", F(40), {}), (tmp_path / "a.svg", tmp_path / "b.svg")
    for path in paths:
        write_picture(path, one, (F(100), F(150)), Language.SV)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    paths[0].write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"bid\.file-exists"):
        write_picture(paths[0], one, (F(100), F(150)), Language.SV)
    assert paths[0].read_text(encoding="utf-8") == "mine"
