"""Drafts keep what was typed; numbers are read as people write them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_dialogue.intake.fitting import number_in
from market_dialogue.pages.drafting import MOST_BYTES, Draft, draft_file, drafts_of, read_draft_file, save_draft
from tender.errors import InputError
from tender.language import Language, number_text
from tender.web.desk import Desk
from tests.market_dialogue.pages.conftest import OPEN
from tests.sample import DIALOGUE


@given(st.integers(-(10**9), 10**9), st.integers(0, 4), st.sampled_from([Language.FI, Language.SV]))
def test_a_number_as_people_write_it_is_read(digits: int, decimals: int, language: Language) -> None:
    """Spaces, decimal comma and real minus, as our own pages print it."""
    number = Decimal(digits).scaleb(-decimals)
    assert number_in(number_text(number, language)) == number
    assert number_in(str(number)) == number


@pytest.mark.parametrize("text", ["", "a", "1,2,3", "1 2", "12 34", "--1", "1e5", "inf", "0x1", "1_000", "٣"])
def test_what_is_no_number_is_none(text: str) -> None:
    """Nothing is guessed."""
    assert number_in(text) is None


def test_a_draft_counts_its_changes(tmp_path: Path) -> None:
    """The same words again are no change; other words after an old version are refused."""
    desk = Desk(tmp_path / "web.db")
    first = save_draft(desk, "a", "q1", {"text": ("yksi",)}, 0, OPEN)
    assert first is not None
    assert first.version == 1
    assert save_draft(desk, "a", "q1", {"text": ("yksi",)}, 0, OPEN) == first
    assert save_draft(desk, "a", "q1", {"text": ("kaksi",)}, 0, OPEN) is None
    assert drafts_of(desk, "a")["q1"].fields == {"text": ("yksi",)}
    assert drafts_of(desk, "b") == {}
    desk.close()


def test_a_draft_file_without_end_is_refused() -> None:
    """Before it is read."""
    with pytest.raises(InputError, match=r"guard\.too-large"):
        read_draft_file(b"x" * (MOST_BYTES + 1), DIALOGUE)


def test_a_draft_file_with_half_a_character_is_refused() -> None:
    """The desk could not keep it, nor the record."""
    data = draft_file(DIALOGUE, {"q8": Draft({"text": ("x",)})})
    assert read_draft_file(data, DIALOGUE)["q8"] == {"text": ("x",)}
    with pytest.raises(InputError, match=r"web-answer\.draft-file"):
        read_draft_file(data.replace(b'"x"', b'"\\ud800"'), DIALOGUE)
