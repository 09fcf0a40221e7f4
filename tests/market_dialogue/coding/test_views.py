"""What is hidden is cut out: no character of it survives for those who may not see it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from market_dialogue.coding.views import Audience, public_reply, reply_view
from tender.model.answers import Mark, Reply
from tender.record.state import DialogueState
from tests.market_dialogue.coding.cases import answer, masked

OPEN = "abcdefghij \n"
SECRET = "ÄÖKLMN0123456789🜚"


@st.composite
def _replies(draw: st.DrawFn) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text, and the spans of it that hold the letters of `SECRET`."""
    text, spans = "", []
    for _ in range(draw(st.integers(0, 5))):
        text += draw(st.text(OPEN, max_size=8))
        secret = draw(st.text(SECRET, min_size=1, max_size=8))
        spans.append((len(text), len(text) + len(secret)))
        text += secret
    return text + draw(st.text(OPEN, max_size=5)), tuple(spans)


@given(made=_replies(), by_mask=st.booleans())
def test_no_character_of_a_cut_span_survives(made: tuple[str, tuple[tuple[int, int], ...]], *, by_mask: bool) -> None:
    text, spans = made
    marks = () if by_mask else tuple(Mark(start, end, "syy") for start, end in spans)
    state = masked(*((start, end, "personal-data", True) for start, end in spans)) if by_mask else DialogueState()
    seen = public_reply(answer("a", q8=Reply(text, marks=marks)), "q8", state)
    assert not set(repr(seen.parts)) & set("ÄÖKLMN🜚")
    assert not set(seen.text()) & set(SECRET)
    assert seen.text("") == "".join(char for char in text if char not in SECRET)


@given(
    st.text(OPEN, max_size=20),
    st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30), st.booleans()), max_size=6),
)
def test_the_last_word_about_each_character_counts(text: str, spans: list[tuple[int, int, bool]]) -> None:
    state = masked(*((start, end, "other", hidden) for start, end, hidden in spans))
    seen = public_reply(answer("a", q8=text), "q8", state).text("")
    kept = ""
    for at, char in enumerate(text):
        said = [hidden for start, end, hidden in spans if start <= at < end]
        kept += "" if said and said[-1] else char
    assert seen == kept


def test_a_gap_does_not_tell_how_much_was_cut() -> None:
    short, long = (Reply(f"hinta {'x' * n} euroa", marks=(Mark(6, 6 + n, "syy"),)) for n in (1, 40))
    assert public_reply(answer("a", q8=short), "q8", DialogueState()) == public_reply(
        answer("a", q8=long), "q8", DialogueState()
    )


def test_a_claim_that_does_not_hold_is_shown_again() -> None:
    reply = Reply("katto 500", marks=(Mark(6, 9, "syy"),))
    assert public_reply(answer("a", q8=reply), "q8", DialogueState()).text() == "katto [–]"
    assert public_reply(answer("a", q8=reply), "q8", masked((6, 9, "trade-secret", False))).text() == "katto 500"


@given(
    st.lists(
        st.tuples(
            st.integers(0, 20),
            st.integers(0, 20),
            st.sampled_from(["personal-data", "business-id", "other"]),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_no_other_ground_opens_a_trade_secret(spans: list[tuple[int, int, str, bool]]) -> None:
    """Nor does it let a party see it, nor the number beside it."""
    one = answer("a", q8=Reply("katto seitsemänsataa", number=Decimal(700), marks=(Mark(6, 20, "syy"),)))
    for audience in (Audience.PUBLIC, Audience.PARTY):
        seen = reply_view(one, "q8", masked(*spans), audience)
        assert (seen.number, "sata" in seen.text()) == (None, False)


def test_a_mask_inside_a_secret_outlives_the_claim() -> None:
    reply = Reply("katto 500", marks=(Mark(0, 9, "syy"),))
    state = masked((6, 9, "personal-data", True), (0, 9, "trade-secret", False))
    assert public_reply(answer("a", q8=reply), "q8", state).text() == "katto [–]"


def test_what_nobody_decided_about_is_hidden_until_somebody_does() -> None:
    one = answer("a", q8="soita 040 123 4567")
    assert public_reply(one, "q8", DialogueState()).text() == "soita [–]"
    assert public_reply(one, "q8", masked((6, 18, "other", False))).text() == "soita 040 123 4567"


def test_a_number_that_hidden_words_tell_is_withheld_too() -> None:
    reply = Reply("vähintään 1 350 asiakasta", number=Decimal(1350), marks=(Mark(10, 15, "syy"),))
    seen = public_reply(answer("a", q8=reply), "q8", DialogueState())
    assert seen.number is None
    assert seen.withheld
    assert reply_view(answer("a", q8=reply), "q8", DialogueState(), Audience.AUTHORITY).number == 1350


def test_a_number_beside_a_trade_secret_is_withheld_until_a_person_shows_its_words() -> None:
    reply = Reply("katto seitsemänsataa", number=Decimal(700), marks=(Mark(6, 20, "syy"),))
    assert public_reply(answer("a", q8=reply), "q8", DialogueState()).number is None
    assert public_reply(answer("a", q8=reply), "q8", masked((6, 20, "trade-secret", False))).number == 700


def test_a_number_beside_another_mask_is_withheld_only_when_it_tells_its_digits() -> None:
    reply = Reply("soita 17 tai 700", number=Decimal(700))
    assert public_reply(answer("a", q8=reply), "q8", masked((6, 8, "personal-data", True))).number == 700
    assert public_reply(answer("a", q8=reply), "q8", masked((13, 16, "personal-data", True))).number is None


def test_rows_are_the_authoritys_because_they_bear_no_marks() -> None:
    reply = Reply("", rows=(("salainen",),))
    seen = public_reply(answer("a", q8=reply), "q8", DialogueState())
    assert seen.rows == ()
    assert seen.withheld


def test_a_party_sees_business_ids_but_no_secrets_and_the_authority_everything() -> None:
    one = answer("a", q8="id 0737546-2 salaisuus")
    state = masked((3, 12, "business-id", True), (13, 22, "trade-secret", True))
    views = {audience: reply_view(one, "q8", state, audience).text() for audience in Audience}
    assert views == {
        Audience.PUBLIC: "id [–] [–]",
        Audience.PARTY: "id 0737546-2 [–]",
        Audience.AUTHORITY: "id 0737546-2 salaisuus",
    }


def test_masks_of_another_reply_hide_nothing_here() -> None:
    assert public_reply(answer("b", q8="avoin"), "q8", masked((0, 5, "other", True))).text() == "avoin"
