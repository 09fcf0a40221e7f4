"""The summary and the memo of a dialogue that was followed up: what everybody reads, and what only the file holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from market_dialogue.account import DIALOGUE_SUMMARY, summary_context
from market_dialogue.follow_up.matrix import follow_up
from market_dialogue.memo import DIALOGUE_MEMO, MemoContext, memo_context
from market_dialogue.outcomes import Material, followed_account
from tender.documents.document import Document
from tender.documents.pages import render_html
from tender.errors import UsageError
from tender.language import Language, Text
from tender.model.answers import Mark, Reply
from tender.model.questions import AskedNumber
from tender.record.dialogue import Contact, Disposition
from tender.record.state import DialogueState
from tests.market_dialogue.coding.cases import Q8, answer, coded, masked, recorded
from tests.sample import DIALOGUE, sample_tender
from tests.tender.documents.house import assert_context_matches, publication_of
from tests.tender.documents.plain import misplaced, plain

OLD = sample_tender()
NEW = replace(OLD, framework=replace(OLD.framework, client_cap=500))
ASKED = replace(Q8, measure=AskedNumber(Text("asiakasta", "kunder", "clients"), "framework.client_cap"))
SECRET = Reply("Hintamme on KOLMESATAA.", Decimal(300), marks=(Mark(12, 22, "liikesalaisuus"),))
ANSWERS = (
    answer("a", q8=Reply("Katto 500 HENKILO.", Decimal(500))),
    answer("b", q8=Reply("Katto 500.", Decimal(500))),
    answer("c", q8=Reply("Katto 900.", Decimal(900))),
    answer("d", q8=Reply("Katto 700 sopii.", Decimal(700))),
    answer("e", q8=SECRET),
)
CONTACT = Contact("k1", "2018-10-05T10:00:00+03:00", "Kunta Oy", "call", "PERSOONA", {"fi": "Aikataulu"}, {}, "NIMI")


def said(one: str, result: str, proposal: str, *targets: str) -> Disposition:
    """A decision about the cap."""
    return Disposition(one, "q8", result, {"fi": proposal}, {"fi": f"syy {one[:0]}katto"}, targets, "NIMI")


STATE = DialogueState(
    codings=coded(("a", "q8", "katto", True, "x"), ("a", "q8", "katto", True, "y")).codings,
    maskings=masked((10, 17, "personal-data", True)).maskings,
    dispositions=tuple(
        recorded(one, seq)
        for seq, one in enumerate(
            (
                said("a", "changed", "Laske katto", "framework.client_cap"),
                said("b", "changed", "Laske katto", "framework.client_cap"),
                said("c", "not-changed", "Nosta katto"),
                said("d", "noted", ""),
            ),
            1,
        )
    ),
    contacts=(recorded(CONTACT),),
)
MATERIAL = Material(
    replace(DIALOGUE, questions=(ASKED,)),
    ANSWERS,
    STATE,
    OLD,
    follow_up(replace(DIALOGUE, questions=(ASKED,)), ANSWERS, STATE, (OLD, NEW), {}),
    {},
)
PUBLICATION = publication_of(NEW)


def page(document: Document, language: Language = Language.FI) -> str:
    """The page of the summary or the memo."""
    context: object = memo_context(PUBLICATION, MATERIAL)
    if document is DIALOGUE_SUMMARY:
        context = summary_context(PUBLICATION, followed_account(MATERIAL))
    return render_html(document, context, PUBLICATION, language)


@pytest.mark.parametrize("language", Language)
def test_the_memos_context_and_clauses_match(language: Language) -> None:
    assert_context_matches(DIALOGUE_MEMO, MemoContext, language)


@pytest.mark.parametrize("document", [DIALOGUE_SUMMARY, DIALOGUE_MEMO], ids=lambda document: str(document.id))
@pytest.mark.parametrize("language", Language)
def test_every_page_is_sound(document: Document, language: Language) -> None:
    html = page(document, language)
    assert not misplaced(html)
    for leak in ("None", "Text(", "{{", "{%", "Fraction"):
        assert leak not in plain(html)


@pytest.mark.parametrize("language", Language)
def test_no_secret_name_or_mask_is_in_any_byte_of_the_summary(language: Language) -> None:
    html = page(DIALOGUE_SUMMARY, language)
    for secret in ("KOLMESATAA", "HENKILO", "PERSOONA", "NIMI"):
        assert secret not in html


def test_the_memo_holds_what_the_summary_leaves_out() -> None:
    text = plain(page(DIALOGUE_MEMO))
    for kept in ("{KOLMESATAA}", "{HENKILO}", "NIMI", "katto", "Vastaaja e"):
        assert kept in text


def test_the_same_decision_is_told_once_with_its_answers_and_its_difference() -> None:
    account = followed_account(MATERIAL)
    changed, kept = account.outcomes
    assert (changed.answers, changed.changed, kept.answers, kept.changed) == (2, True, 1, False)
    assert "700" in str(changed.result.fi)
    assert "500" in str(changed.result.fi)
    assert (account.noted, account.open) == (1, 1)


def test_a_withheld_number_is_in_no_figure_of_the_summary_but_in_the_memo() -> None:
    (public,) = followed_account(MATERIAL).numbers
    (whole,) = memo_context(PUBLICATION, MATERIAL).numbers
    assert [cell.value for cell in whole.table.cells] == [3, 1, 1, 0]
    assert whole.low == 500
    assert [cell.value for cell in public.table.cells] == [2, 1, 1, 1]
    assert public.middle == Fraction(600)


def test_fewer_than_three_numbers_are_not_summed_up() -> None:
    assert followed_account(replace(MATERIAL, answers=ANSWERS[:2])).numbers == ()


def test_a_later_entry_of_a_contact_takes_the_place_of_the_earlier_one() -> None:
    later = replace(CONTACT, organisation="Kaupunki Oy", told={"fi": "Aikataulu venyy"})
    state = replace(STATE, contacts=(recorded(CONTACT), recorded(later, 2)))
    (meeting,) = followed_account(replace(MATERIAL, state=state)).meetings
    assert (meeting.organisation, meeting.told.fi) == ("Kaupunki Oy", "Aikataulu venyy")


def test_the_memo_is_not_made_from_a_bare_publication() -> None:
    with pytest.raises(UsageError, match="needs-answers"):
        DIALOGUE_MEMO.context(PUBLICATION)
