"""Each rule of the lint finds its own fault, and nothing else does."""

from __future__ import annotations

import pytest

from tender.language import Language
from tender.wording.glossary import glossary
from tender.wording.lint import LINTS, lint
from tender.wording.page import ClauseText, PageText, Wording
from tender.wording.parity import other_language
from tender.wording.terms import inflected

FI = (
    ClauseText("object", "1", "Hankinnan kohde\nTarjouspyynnön palvelu alkaa 1.3.2019 ja maksaa 1 400,50 €."),
    ClauseText("terms", "2", "Käsitteet\nasiakaskatto: suurin asiakasmäärä", defined=("asiakaskatto",)),
    ClauseText("cap", "2.1", "Asiakaskaton suuruus on 700 (kohta 1.1).", cited=("payment-annex",)),
    ClauseText("one", "1.1", "Hinta"),
)
SV = (
    ClauseText("object", "1", "Föremål\nTjänsten i anbudsförfrågan börjar 1.3.2019 och kostar 1 400,50 €."),
    ClauseText("terms", "2", "Begrepp\nkundtak: högsta antalet kunder", defined=("kundtak",)),
    ClauseText("cap", "2.1", "Kundtaket är 700 (punkt 1.1).", cited=("payment-annex",)),
    ClauseText("one", "1.1", "Pris"),
)


def wording(fi: tuple[ClauseText, ...] = FI, sv: tuple[ClauseText, ...] = SV) -> Wording:
    """Two pages of one document."""
    pages = (PageText("call", Language.FI, fi), PageText("call", Language.SV, sv))
    return Wording(pages, glossary(), frozenset({"call", "payment-annex"}), Language.FI)


def changed(
    clauses: tuple[ClauseText, ...], clause_id: str, text: str, **more: tuple[str, ...]
) -> tuple[ClauseText, ...]:
    """`clauses` with one of them reworded."""
    return tuple(
        ClauseText(one.id, one.number, text, more.get("defined", one.defined), more.get("cited", one.cited))
        if one.id == clause_id
        else one
        for one in clauses
    )


def test_a_sound_pair_has_no_finding() -> None:
    """The unbroken pages."""
    assert lint(wording()) == ()


FAULTS = {
    "clause-missing": (FI, SV[:-1]),
    "days-differ": (FI, changed(SV, "object", "Tjänsten i anbudsförfrågan börjar 2.3.2019 och kostar 1 400,50 €.")),
    "numbers-differ": (FI, changed(SV, "cap", "Kundtaket är 600 (punkt 1.1).")),
    "term-differs": (FI, changed(SV, "object", "Tjänsten i inbjudan börjar 1.3.2019 och kostar 1 400,50 €.")),
    "other-language": (
        FI,
        changed(
            SV, "one", "Tarjous hylätään, jos se on saapunut myöhässä tai jos siitä ei ole maksettu eikä se ole ehjä"
        ),
    ),
    "notation": (
        changed(FI, "one", "Paino 0,9 %"),
        changed(SV, "one", "Vikten 0.9 %"),
    ),
    "trap": (changed(FI, "one", "Valintaperusteet"), changed(SV, "one", "Jämförelsegrunder")),
    "defined-twice": (changed(FI, "one", "asiakaskatto", defined=("asiakaskatto",)), SV),
    "defined-unused": (FI, changed(SV, "cap", "Största antalet är 700 (punkt 1.1).")),
    "dangling-clause": (
        changed(FI, "cap", "Asiakaskaton suuruus on 700 (kohta 4.7)."),
        changed(SV, "cap", "Kundtaket är 700 (punkten 4.7)."),
    ),
    "dangling-document": (changed(FI, "one", "Hinta", cited=("open-data",)), SV),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_is_found_by_its_own_rule(rule: str) -> None:
    """One planted fault, its own rule, no other that blocks."""
    fi, sv = FAULTS[rule]
    found = lint(wording(fi, sv))
    assert f"wording.{rule}" in {finding.rule for finding in found}
    assert {finding.rule for finding in found if finding.blocks} <= {f"wording.{rule}"}


def test_every_rule_has_a_fault() -> None:
    """No rule is left untested: as many kinds of findings as faults."""
    assert len(FAULTS) == len(LINTS)


def test_an_address_is_not_translated() -> None:
    """A term inside an e-mail address or a link needs no counterpart."""
    fi = changed(
        FI, "one", "Vastaukset: markkinavuoropuhelu@example.invalid, https://example.invalid/markkinavuoropuhelu"
    )
    sv = changed(SV, "one", "Svar: markkinavuoropuhelu@example.invalid, https://example.invalid/markkinavuoropuhelu")
    assert lint(wording(fi, sv)) == ()


def test_a_clause_too_many_is_found_as_well() -> None:
    """The other language may not add a clause."""
    extra = ClauseText("more", "3", "Mera")
    found = lint(wording(FI, (*SV, extra)))
    assert [(finding.rule, finding.values["clause"]) for finding in found] == [("wording.clause-missing", "more")]


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("The tenderer shall state in the form which of the prices is the price of a client-month", "fi", Language.EN),
        ("Anbudsgivaren ska i blanketten ange vilket av priserna som är priset för en kundmånad", "fi", Language.SV),
        ("Anbudsgivaren ska i blanketten ange vilket av priserna som är priset för en kundmånad", "sv", None),
        ("Tarjoaja ilmoittaa lomakkeella, mikä hinnoista on se, joka koskee asiakaskuukautta ja joka on voimassa", "sv",
         Language.FI),
        ("Esimerkki Pelto Ky, Esimerkki Suunta Oy", "en", None),
    ],
)  # fmt: skip
def test_other_language(text: str, language: str, other: Language | None) -> None:
    """Sentences give themselves away by their small words; names do not."""
    assert other_language(text, Language(language)) is other


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("asiakkaalla", "jokaisesta asiakkaasta"),
        ("Vertailuperuste", "vertailuperusteittain"),
        ("asiakaskatolla", "asiakaskaton ylittyessä"),
        ("tulospalkkiolla", "Tulospalkkio maksetaan"),
        ("client cap", "the client caps"),
        ("resultatersättning", "Resultatersättningen betalas"),
    ],
)
def test_inflected_terms(term: str, text: str) -> None:
    """A definition in one case is found in another."""
    assert inflected(term).search(text)


def test_the_list_has_every_term_once() -> None:
    """Ids are unique; a followed term is found in its own words; traps are not the list's own words."""
    terms = glossary().terms
    assert len({term.id for term in terms}) == len(terms) >= 91
    followed = [term for term in terms if term.stems]
    assert followed
    for term in followed:
        for language, pattern in term.stems.items():
            assert pattern.search(term.words.best(language)), term.id
    for trap in glossary().traps:
        assert not any(trap.stem in term.words.best(trap.language) for term in terms), trap.stem
