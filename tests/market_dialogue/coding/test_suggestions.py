"""Suggestions are likely, bounded, without what was refused, and the same in every order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from market_dialogue.coding.codes import ReplyKey, codes_by_coder, codes_of
from market_dialogue.coding.similarity import cosine, vectors
from market_dialogue.coding.suggestions import MOST, groups, suggest
from tender.record.state import DialogueState
from tests.market_dialogue.coding.cases import TWO, answer, coded

CAP = ("Katto 700 on liian suuri pienelle tuottajalle.", "Asiakaskatto on pienelle tuottajalle liian korkea.")
TRAVEL = ("Matkakulut syövät palkkion syrjäseudulla.", "Pitkät matkat: matkakuluja pitäisi korvata syrjäseuduilla.")
ANSWERS = (
    answer("a", q8=CAP[0]),
    answer("b", q8=CAP[1]),
    answer("c", q8=TRAVEL[0]),
    answer("d", q8=TRAVEL[1]),
)


def test_the_code_of_the_likest_reply_comes_first() -> None:
    state = coded(("a", "q8", "katto", True, "x"), ("c", "q8", "matkat", True, "x"))
    found = suggest(TWO, ANSWERS, state)
    assert found[ReplyKey("b", "q8")][0].code == "katto"
    assert found[ReplyKey("d", "q8")][0].code == "matkat"
    assert found[ReplyKey("d", "q8")][0].like == ReplyKey("c", "q8")


def test_refused_and_given_codes_are_not_suggested_again() -> None:
    state = coded(("a", "q8", "katto", True, "x"), ("b", "q8", "katto", False, "x"))
    assert ReplyKey("b", "q8") not in suggest(TWO, ANSWERS, state)
    assert ReplyKey("a", "q8") not in suggest(TWO, ANSWERS, state)


def test_never_more_than_the_most() -> None:
    state = coded(*(("a", "q8", f"code-{n}", True, "x") for n in range(9)))
    assert len(suggest(TWO, ANSWERS, state)[ReplyKey("b", "q8")]) == MOST


@given(st.permutations(ANSWERS))
def test_the_order_of_the_answers_does_not_matter(answers: list[object]) -> None:
    state = coded(("a", "q8", "katto", True, "x"), ("c", "q8", "matkat", True, "x"))
    assert suggest(TWO, answers, state) == suggest(TWO, ANSWERS, state)  # type: ignore[arg-type]
    assert groups(TWO, answers, DialogueState()) == groups(TWO, ANSWERS, DialogueState())  # type: ignore[arg-type]


def test_replies_that_say_the_same_make_a_group_per_question() -> None:
    found = groups(TWO, ANSWERS, DialogueState())
    assert found == ((ReplyKey("a", "q8"), ReplyKey("b", "q8")), (ReplyKey("c", "q8"), ReplyKey("d", "q8")))


def test_coded_replies_are_in_no_group() -> None:
    assert all(ReplyKey("a", "q8") not in group for group in groups(TWO, ANSWERS, coded(("a", "q8", "k", True, "x"))))


@given(st.lists(st.text(max_size=30), max_size=6))
def test_a_text_is_wholly_like_itself_and_never_more_than_that(texts: list[str]) -> None:
    made = vectors(texts)
    for one in made:
        assert not one or abs(cosine(one, one) - 1) < 1e-9
        assert all(-1e-9 <= cosine(one, other) <= 1 + 1e-9 for other in made)


def test_the_last_word_about_a_code_counts_and_each_coder_has_an_own() -> None:
    state = coded(("a", "q8", "katto", True, "x"), ("a", "q8", "katto", False, "y"), ("a", "q8", "muu", True, "y"))
    assert codes_of(state) == {ReplyKey("a", "q8"): ("muu",)}
    assert codes_by_coder(state) == {"x": {ReplyKey("a", "q8"): ("katto",)}, "y": {ReplyKey("a", "q8"): ("muu",)}}
