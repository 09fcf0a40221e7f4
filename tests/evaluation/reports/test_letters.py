"""The letter to each bidder of a case in code: its own outcome, points and days, in every language, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from evaluation.reports.case import DecisionCase
from evaluation.reports.letters import (
    NOTIFICATION_LETTER,
    LetterContext,
    Outcome,
    Posting,
    letter_context,
    outcome_of,
)
from tender.deadlines import Channel, Sending, standstill
from tender.documents.pages import render_html
from tender.errors import BlockedError, FrozenError, UsageError
from tender.language import Language, Text
from tender.model.awards import Admission
from tests.evaluation.reports import cases
from tests.evaluation.reports.cases import invented_bid
from tests.tender.documents.house import assert_context_matches
from tests.tender.documents.plain import misplaced, plain

LANGUAGES = pytest.mark.parametrize("language", Language)
FRIDAY = date(2018, 12, 21)


@cache
def decided_case() -> DecisionCase:
    """The case in code, decided once: nothing in it changes."""
    return cases.decided_case()


def letter(
    bidder: str, case: DecisionCase | None = None, by: Channel = Channel.EMAIL, *, draft: bool = False
) -> LetterContext:
    """The letter to `bidder`, sent on the Friday of the decision."""
    going = standstill([Sending(FRIDAY, by, bidder)]).recipients[0]
    posting = Posting(going, f"{bidder}@example.invalid", draft, "ab" * 32, ("Hankintapäätös",))
    return letter_context(case or decided_case(), bidder, posting)


def page(context: LetterContext, language: Language) -> str:
    """The letter as its reader sees it."""
    html = render_html(NOTIFICATION_LETTER, context, decided_case().publication, language)
    assert not misplaced(html)
    return plain(html)


@LANGUAGES
def test_the_context_and_the_clauses_match(language: Language) -> None:
    """No clause asks for what is not there, and nothing is handed over that no clause prints."""
    assert_context_matches(NOTIFICATION_LETTER, LetterContext, language)


def test_every_bidder_has_its_outcome() -> None:
    """Chosen, not chosen and rejected part the received tenders."""
    case = decided_case()
    found = {admission.bidder: outcome_of(case, admission.bidder) for admission in case.admissions}
    assert {bidder for bidder, outcome in found.items() if outcome is Outcome.CHOSEN} == set(
        case.selection.chosen.bidders
    )
    assert [bidder for bidder, outcome in found.items() if outcome is Outcome.REJECTED] == ["yli"]
    assert len([outcome for outcome in found.values() if outcome is Outcome.NOT_CHOSEN]) == 2


def test_a_loser_sees_its_own_points_and_those_of_the_chosen_that_differ() -> None:
    """Silta has level 3 on both: 26.25 of 35 and 18.75 of 25; of the chosen only other points stand beside them."""
    case, said = decided_case(), letter("silta")
    plan, hours = [row for row in said.rows if row.quality]
    assert (plan.level, str(plan.weight), float(plan.points)) == (3, "35", 26.25)
    assert (hours.level, str(hours.weight), float(hours.points)) == (3, "25", 18.75)
    assert (plan.reason, hours.reason) == ("Perustelu: silta, impact-plan.", "Perustelu: silta, hours-tracking.")
    assert [row.number for row in said.rows] == ["1", "2.1", "2.2"]
    levels = {"alku": (4, 4), "kaari": (3, 2), "polku": (4, 3), "suunta": (2, 4)}
    for place, row in enumerate((plan, hours)):
        expected = {
            case.name(bidder): levels[bidder][place]
            for bidder in case.selection.chosen.bidders
            if bidder != "silta" and levels[bidder][place] != 3
        }
        assert {other.name: other.level for other in row.others} == expected


def test_a_price_has_no_level_and_no_reason() -> None:
    """Its points are those of the formula; nobody's words stand beside it."""
    price = letter("silta").rows[0]
    assert (price.quality, price.level, price.reason) == (False, None, "")
    assert price.others
    assert {(other.level, other.reason) for other in price.others} == {(None, "")}


def test_a_chosen_one_is_not_beside_itself() -> None:
    """And its letter names every chosen provider."""
    case = decided_case()
    for bidder in case.selection.chosen.bidders:
        said = letter(bidder)
        assert said.outcome is Outcome.CHOSEN
        assert case.name(bidder) not in {other.name for row in said.rows for other in row.others}
        assert {row.name for row in said.chosen} == {case.name(each) for each in case.selection.chosen.bidders}
        assert said.bidder == case.name(bidder)


def test_the_rejected_see_their_ground_and_the_compared_see_none() -> None:
    """Not compared: no points, no place in the table, but the table itself, for its prices are for the parties."""
    said = letter("yli")
    assert (said.rows, said.differs) == ((), False)
    assert said.grounds is not None
    assert "1.05" in (said.grounds.grounds[0].text.en or "")
    assert len(said.comparison) == 5
    assert letter("silta").grounds is None


def test_who_bears_the_same_name_is_not_told_another_s_grounds() -> None:
    """Two rejected tenders under one name: each reads its own ground only."""
    case = decided_case()
    [yli] = [each for each in case.admissions if each.bidder == "yli"]
    other = replace(yli.findings[0], values={**yli.findings[0].values, "found": "7.77"})
    twin = replace(invented_bid(case.publication.tender, "yli", case.name("yli")), bidder="aamu")
    twins = replace(
        case,
        admissions=(*case.admissions, Admission("aamu", admitted=False, findings=(other,))),
        bids=(*case.bids, twin),
    )
    for bidder, found, foreign in (("yli", "1.05", "7.77"), ("aamu", "7.77", "1.05")):
        said = letter(bidder, twins)
        assert said.grounds is not None
        text = str(said.grounds)
        assert said.bidder == case.name("yli")
        assert found in text
        assert foreign not in text


@pytest.mark.parametrize(
    ("by", "received", "appeal", "correction", "safe"),
    [
        (Channel.EMAIL, date(2018, 12, 21), date(2019, 1, 4), date(2019, 1, 4), date(2019, 1, 7)),
        (Channel.PORTAL, date(2018, 12, 21), date(2019, 1, 4), date(2019, 1, 4), date(2019, 1, 7)),
        (Channel.LETTER, date(2018, 12, 28), date(2019, 1, 11), date(2019, 1, 11), date(2019, 1, 14)),
    ],
)
def test_days_follow_the_way_of_sending(
    by: Channel, received: date, appeal: date, correction: date, safe: date
) -> None:
    """Seven days for a letter, then fourteen; the contract on the working day after (Epiphany falls on a Sunday)."""
    said = letter("silta", by=by)
    assert (said.sent_on, said.received_on, said.channel) == (FRIDAY, received, by.value)
    assert (said.appeal_until, said.correction_until, said.safe_earliest) == (appeal, correction, safe)
    assert said.appeal_closes == Text("16.15", "16.15", "16:15")


@LANGUAGES
@pytest.mark.parametrize("bidder", ["silta", "yli", "polku"])
def test_every_letter_is_whole_in_every_language(bidder: str, language: Language) -> None:
    """No blank, no variable, no foreign clause; its days and its last hour in its own notation."""
    text = page(letter(bidder), language)
    for leak in ("None", "{{", "{%", "Perustelu: kaari" if bidder == "yli" else "None"):
        assert leak not in text
    assert {Language.EN: "4 January 2019"}.get(language, "4.1.2019") in text
    assert {Language.EN: "16:15"}.get(language, "16.15") in text
    assert f"{bidder}@example.invalid" in text
    assert ("ab" * 32)[:16] in text.replace(" ", "")


@LANGUAGES
def test_a_letter_by_post_says_when_it_counts_as_received(language: Language) -> None:
    """The seventh day is told in words, and the electronic rule is not."""
    posted, sent = (page(letter("silta", by=by), language) for by in (Channel.LETTER, Channel.EMAIL))
    seventh = {Language.FI: "seitsemäntenä", Language.SV: "sjunde", Language.EN: "seventh"}[language]
    assert seventh in posted
    assert seventh not in sent


def test_no_letter_of_a_case_that_cannot_be_decided() -> None:
    """A missing reason, another method, and a page without a case."""
    case = decided_case()
    first, *others = case.sheet.bids
    bare = replace(first, lines=tuple(replace(line, reason="") for line in first.lines))
    with pytest.raises(BlockedError, match=r"decision\.incomplete"):
        letter("silta", replace(case, sheet=replace(case.sheet, bids=(bare, *others))))
    with pytest.raises(FrozenError, match=r"decision\.other-method"):
        letter("silta", replace(case, sheet=replace(case.sheet, award_hash="00" * 32)))
    with pytest.raises(UsageError, match=r"letter\.needs-case"):
        NOTIFICATION_LETTER.context(case.publication)
