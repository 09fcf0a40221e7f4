"""The correction notice says what changed, why, and what becomes of tenders on old forms, in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tender.documents.correction import CORRECTION_NOTICE, CorrectionContext, correction_context
from tender.documents.pages import render_html
from tender.errors import UsageError
from tender.language import Language, Text
from tender.model.corrections import ChangeClass, ChangeRow, ClauseChange, ClauseFate, Correction, Topic
from tender.model.publication import Publication
from tender.model.tender import Regime
from tests.sample import sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of
from tests.tender.documents.plain import plain

TENDER = replace(sample_tender(), languages=tuple(Language))
ROW = ChangeRow(
    Text("Asiakaskatto", "Kundtak", "Client cap"),
    Text("700 asiakasta", "700 kunder", "700 clients"),
    Text("800 asiakasta", "800 kunder", "800 clients"),
    Topic.VOLUMES,
    ChangeClass.CORRECTION,
    "HL 3",
)
CLAUSE = ClauseChange(
    "call-for-tenders", Text("Tarjouspyyntö", "Anbudsförfrågan", "Call for tenders"), "cap", "5.1",
    Text("Asiakaskatto", "Kundtak", "Client cap"), ClauseFate.CHANGED,
)  # fmt: skip
CORRECTED = Correction(
    previous=1,
    previous_day=date(2018, 11, 5),
    made_as=ChangeClass.CORRECTION,
    proposed=ChangeClass.CORRECTION,
    reason=Text("Syy suomeksi", "Skälet på svenska", "The reason in English"),
    decider="Hanna Hankkija",
    changes=(ROW,),
    clauses=(CLAUSE,),
    deadline_before=TENDER.timetable.tenders_until,
    deadline=TENDER.timetable.tenders_until + timedelta(days=7),
    form_changed=True,
)
CLARIFIED = replace(
    CORRECTED,
    made_as=ChangeClass.CLARIFICATION,
    changes=(),
    deadline=CORRECTED.deadline_before,
    form_changed=False,
    old_versions=(1,),
)


def _publication(correction: Correction | None) -> Publication:
    return replace(publication_of(TENDER, draft=False, version=2), correction=correction)


def _text(correction: Correction, language: Language, publication: Publication | None = None) -> str:
    given = publication or _publication(correction)
    return plain(render_html(CORRECTION_NOTICE, correction_context(given), given, language))


@pytest.mark.parametrize("language", Language)
def test_every_variable_is_declared_and_every_field_used(language: Language) -> None:
    assert_context_matches(CORRECTION_NOTICE, CorrectionContext, language)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.FI, ("Syy suomeksi", "700 asiakasta", "800 asiakasta", "ei oteta vertailuun", "pidennetään")),
        (Language.SV, ("Skälet på svenska", "700 kunder", "800 kunder", "tas inte med i jämförelsen", "förlängs")),
        (Language.EN, ("The reason in English", "700 clients", "800 clients", "is not compared", "is extended")),
    ],
)
def test_a_correction_says_all_of_it(language: Language, said: tuple[str, ...]) -> None:
    """Reason, values before and after, clauses, the new deadline, old forms."""
    text = _text(CORRECTED, language)
    assert all(words in text for words in said), text
    assert "5.1" in text
    assert "Hanna Hankkija" in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.FI, ("täsmennys", "Vain kohtien sanamuoto muuttuu", "voimassa sellaisenaan", "ei muutu")),
        (Language.SV, ("precisering", "Endast ordalydelsen", "gäller som sådant", "ändras inte")),
        (Language.EN, ("clarification", "Only the wording", "valid as it is", "does not change")),
    ],
)
def test_a_clarification_leaves_forms_and_deadline(language: Language, said: tuple[str, ...]) -> None:
    text = _text(CLARIFIED, language)
    assert all(words in text for words in said), text


def test_the_notice_prevails_only_where_the_full_regime_binds() -> None:
    """HL 67 binds the full regime, not annex E."""
    full = replace(TENDER, procedure=replace(TENDER.procedure, regime=Regime.EU))
    publication = replace(_publication(CORRECTED), tender=full)
    assert "67 §" in _text(CORRECTED, Language.FI, publication).replace("\u00a0", " ")
    assert "noudatetaan hankintailmoitusta" not in _text(CORRECTED, Language.FI)


def test_a_first_version_has_no_notice() -> None:
    with pytest.raises(UsageError, match=r"versions\.no-correction"):
        correction_context(_publication(None))
