"""Whether a text tells who asked: names whole, inflected, hidden, and words that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_dialogue.clarifications.anonymity import names, naming
from tender.record.dialogue import Asked, Clarification

TELLING = [
    ("Polku Oy", "Kysyjä on Polku Oy."),
    ("Polku Oy", "kysyjä on POLKU"),
    ("Polku Oy", "Polkulla on kysymys."),
    ("Polku Oy", "Pol\u00adku kysyy."),
    ("Polku Oy", "Pol\u200bku kysyy."),
    ("Polku Oy", "**Polku** kysyy"),
    ("Polku Oy", "\uff30\uff4f\uff4c\uff4b\uff55 kysyy"),
    ("Tie Oy", "Tie kysyy."),
    ("Ääni & Väri Ab", "A\u0308a\u0308ni & Va\u0308ri fra\u030agar"),
    ("Työ ja Polku ry", "Työ\nja  polkun jäsenet"),
    ("Oy", "Oy kysyy"),
    ("Polku Oy", "Polun kysymys."),
    ("Polku Oy", "Kysymys tuli Polulta."),
    ("Esimerkki Silta Oy", "Esimerkki Sillan mukaan"),
    ("Raitti Oy", "Myös Raitin palvelu"),
    ("Kukka Oy", "Kukan tarjous"),
    ("Lahti Oy", "Lahden yritys"),
    ("Kaupunki Oy", "Kaupungillakin on"),
    ("Mallinen Oy", "Mallisen kysymys"),
    ("Kaivos Oy", "Kaivokselta tuli"),
    ("Lampi Oy", "Lammen tarjous"),
    ("Parta Oy", "Parrassa"),
    ("Hanko Oy", "Hangon palvelu"),
]
SILENT = [
    ("Kukka Oy", "Kuka tahansa; kukaan ei."),
    ("Katto Oy", "Se katoaa."),
    ("Polku Oy", "Poluttaja, poluinen ja polutus"),
    ("Vaisto Oy", "Vaiston"[:4] + " on vain"),
    ("Parta Oy", "Parrakas"),
    ("Polku Oy", "Voiko yritys Oy jättää tarjouksen?"),
    ("Tie Oy", "Tiedoksi: tietoja ei tarvita."),
    ("Työ ja Polku ry", "Työ ja palkka, polku ja ry"),
    ("Polku Oy", ""),
    ("", "Kuka tahansa"),
    ("...", "Kuka ... tahansa"),
]


@pytest.mark.parametrize(("organisation", "text"), TELLING)
def test_a_name_is_found(organisation: str, text: str) -> None:
    """In whatever case, inflection, decomposition, with invisible letters or across lines."""
    assert names(organisation, text)


@pytest.mark.parametrize(("organisation", "text"), SILENT)
def test_what_is_no_name_is_let_through(organisation: str, text: str) -> None:
    """Company forms name nobody, a short name is a whole word, an empty one is nobody's."""
    assert not names(organisation, text)


@pytest.mark.slow
@given(st.from_regex(r"[a-zåäö]{4,12}", fullmatch=True), st.text(max_size=40), st.text(max_size=40))
def test_a_name_of_its_own_word_is_found_in_any_text(name: str, before: str, after: str) -> None:
    """Whatever stands around it."""
    assert names(f"{name} Oy", f"{before} {name} {after}")


def test_every_language_of_question_and_answer_is_looked_through() -> None:
    """And each asker is named once."""
    asked = [Asked(f"k{n}", "", name, "", "fi", "") for n, name in enumerate(("Polku Oy", "Silta Ab", "Tie Oy"))]
    said = Clarification(
        "v1", ("k0", "k1"), "draft", {"fi": "Miten?", "sv": "Silta frågar"}, {"en": "As Polku says"}, "",
        changes=False, by="I",
    )  # fmt: skip
    assert naming(said, asked) == ("Polku Oy", "Silta Ab")
