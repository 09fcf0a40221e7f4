"""What officers read: rules, worths, lacks and repairs as whole sentences in three languages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from evaluation.reports.design_words import lack_text, repair_text, rule_text, shadow_text
from tender.language import Language
from tender.model.design import Repair, Shadow

NAMES = {"easy": "Ryhmä 1", "hard": "Ryhmä 3", "recalled": "lomautetut"}
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("budget[own]", "Vuosikustannus saa olla enintään nykyhintojen suuruinen, €"),
        ("budget[year]", "Vuosikustannuksen enimmäismäärä, €"),
        ("budget[2027]", "Vuoden 2027 määräraha, €"),
        ("outcome-share[highest]", "Tulospalkkion osuuden yläraja"),
        ("order[o,hard]", "Ryhmä 3: työtuntihinta ei ole helpomman ryhmän hintaa pienempi"),
        ("range-highest[c,base]", "perushinta, kapitaatiohinta: vaihteluvälin yläraja"),
        ("weight-lowest[o,easy]", "Ryhmä 1, työtuntihinta: painon alaraja"),
        ("effort[hard]", "Ryhmä 3: tulospalkkio maksaa lisätyön"),
        ("subgroup[easy,recalled]", "Ryhmä 1: osaryhmän lomautetut kermankuorinta ei kannata"),
        ("subgroup[easy,unknown]", "Ryhmä 1: osaryhmän unknown kermankuorinta ei kannata"),
    ],
)
def test_rules_have_names(rule: str, words: str) -> None:
    """The name of the model's row, as an officer calls it."""
    assert rule_text(rule, NAMES, Language.FI) == words


def test_a_worth_speaks_of_a_step_that_people_think_in() -> None:
    """Ten thousand euros of budget, one cent of a price."""
    money = Shadow("budget[year]", Fraction(1_700_000), Fraction(224, 10**7), "spread", Fraction(172_438))
    assert shadow_text(money, NAMES, Language.EN) == (
        f"Yearly cost ceiling, €: when the rule is eased by 10{NBSP}000 euros, the difference of the groups' margins "
        f"falls by 0.224 € a client-month (holds up to 172{NBSP}438 euros)."
    ).replace("10\u00a0000", "10,000").replace("172\u00a0438", "172,438")
    price = Shadow("range-highest[o,hard]", Fraction(1), Fraction(2), "spread", None)
    said = shadow_text(price, NAMES, Language.SV)
    assert "0,01 €" in said
    assert "0,020 €" in said
    assert said.endswith("(gäller i hela det granskade området).")


def test_a_worth_of_what_is_lacking_says_so() -> None:
    """Another goal, another sentence."""
    spread, lack = (
        shadow_text(Shadow("participation", Fraction(1), Fraction(1, 1000), goal, None), NAMES, Language.FI)
        for goal in ("spread", "shortfall")
    )
    assert "katteiden ero" in spread
    assert "puute" in lack


def test_a_lack_names_rule_and_amount() -> None:
    """In cents, with the language's comma."""
    assert lack_text("effort[hard]", Fraction("7.978"), NAMES, Language.FI) == (
        "Ryhmä 3: tulospalkkio maksaa lisätyön: puuttuu 7,98 € uutta asiakasta kohden"
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.FI, "rahat riittävät enintään"),
        (Language.SV, "pengarna räcker för högst"),
        (Language.EN, "the money suffices for"),
    ],
)
def test_fewer_clients_is_a_repair_of_its_own(language: Language, words: str) -> None:
    """It says how many the money suffices for."""
    said = repair_text(Repair("clients", Fraction(1400), Fraction(1163)), NAMES, language)
    assert words in said
    assert "163" in said


def test_a_repair_of_a_price_has_cents_and_one_of_money_none() -> None:
    """Now and needed."""
    money = repair_text(Repair("budget[2027]", Fraction(1_000_000), Fraction("1050000.49")), NAMES, Language.FI)
    assert money.endswith(f"nyt 1{NBSP}000{NBSP}000, tarvitaan 1{NBSP}050{NBSP}000")
    price = repair_text(Repair("range-highest[c,base]", Fraction(50), Fraction("55.126")), NAMES, Language.FI)
    assert price.endswith("nyt 50,00, tarvitaan 55,13")
