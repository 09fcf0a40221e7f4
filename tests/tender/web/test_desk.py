"""The desk keeps what it said it keeps, under many hands; secrets of links are never in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tender.errors import RecordError
from tender.web.attempts import MOST, WINDOW, count_guess, forget, too_many
from tender.web.desk import Desk
from tender.web.links import all_links, link_of, make_link, open_link, revoke_link
from tests.tender.web.conftest import NOW, Counter


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(tmp_path / "private" / "web.db")


def test_a_failed_block_leaves_nothing(desk: Desk) -> None:
    """Neither half of it."""

    def half() -> None:
        with desk.writing():
            desk.rows("INSERT INTO meta VALUES ('a', x'00')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert desk.rows("SELECT * FROM meta") == []


def test_many_hands_lose_nothing(desk: Desk) -> None:
    """Two hundred guesses at once are two hundred."""
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: count_guess(desk, "code:a", NOW), range(200)))
    assert desk.rows("SELECT failed FROM attempts") == [(200,)]


def test_the_secret_of_the_cookies_stays(desk: Desk) -> None:
    """Whoever comes second gets the first one."""
    assert desk.kept("secret", b"one") == b"one"
    assert desk.kept("secret", b"two") == b"one"


def test_the_file_is_its_owners(desk: Desk, tmp_path: Path) -> None:
    """Nobody else on the machine reads it."""
    assert (tmp_path / "private" / "web.db").stat().st_mode & 0o077 == 0


def test_a_desk_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "private").write_text("", encoding="utf-8")
    with pytest.raises(RecordError):
        Desk(tmp_path / "private" / "web.db")


def test_guesses_end_and_are_forgiven_in_time(desk: Desk) -> None:
    """Five, then a pause of fifteen minutes; the right one clears them."""
    for _ in range(MOST):
        assert not too_many(desk, "x", NOW)
        count_guess(desk, "x", NOW)
    assert too_many(desk, "x", NOW)
    assert too_many(desk, "x", NOW + WINDOW - timedelta(seconds=1))
    assert not too_many(desk, "x", NOW + WINDOW)
    count_guess(desk, "x", NOW + WINDOW)
    assert not too_many(desk, "x", NOW + WINDOW)
    forget(desk, "x")
    assert desk.rows("SELECT * FROM attempts") == []


def test_guesses_do_not_fill_the_desk(desk: Desk) -> None:
    """Whatever strangers invent is cleared away after the pause; what is recent stays."""
    for number in range(50):
        count_guess(desk, f"code:{number}", NOW)
    count_guess(desk, "later", NOW + WINDOW / 2)
    count_guess(desk, "last", NOW + WINDOW)
    assert {row[0] for row in desk.rows("SELECT what FROM attempts")} == {"later", "last"}


def test_a_link_opens_with_both_parts_only(desk: Desk) -> None:
    """Token and code of two links are not mixed."""
    chance = Counter()
    one, two = (make_link(desk, name, NOW, chance.bytes) for name in ("Yksi Oy", "Kaksi Oy"))
    assert open_link(desk, one.token, one.code) == one.link
    for token, code in ((one.token, two.code), (two.token, one.code), (one.token, ""), ("", ""), ("\ud800", "1")):
        assert open_link(desk, token, code) is None


def test_a_revoked_link_opens_nothing_at_once(desk: Desk) -> None:
    """Neither a new session nor one at hand; the others stay."""
    chance = Counter()
    one, two = (make_link(desk, name, NOW, chance.bytes) for name in ("Yksi Oy", "Kaksi Oy"))
    assert revoke_link(desk, one.link.id, NOW)
    assert not revoke_link(desk, one.link.id, NOW)
    assert open_link(desk, one.token, one.code) is None
    assert link_of(desk, one.link.id) is None
    assert open_link(desk, two.token, two.code) == two.link
    assert [link.revoked for link in all_links(desk)] == [True, False]


def test_the_file_holds_no_secret(desk: Desk, tmp_path: Path) -> None:
    """Neither the token nor the code stands in any byte of it."""
    made = make_link(desk, "Tuottaja Oy", NOW, lambda count: bytes(range(90, 90 + count)))
    desk.close()
    stored = b"".join(path.read_bytes() for path in (tmp_path / "private").iterdir())
    assert b"Tuottaja Oy" in stored
    assert made.token.encode() not in stored
    assert made.code.encode() not in stored
    assert len(made.token) == 43
    assert len(made.code) == 6
