"""Letters: drafts record nothing; what is sent says its day, its own comparison and its last hour, and no secret."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.acts.desk import DECISION, desk_of
from evaluation.acts.letters import (
    LETTERS,
    Wish,
    Written,
    draft_letters,
    note_return,
    send_letters,
    standing_letters,
    standstill_of,
)
from tender.cli.main import main
from tender.deadlines import Channel
from tender.errors import BlockedError, FrozenError, UsageError
from tender.language import Language
from tender.publishing.folder import record_state
from tests.conftest import chance_at

DAY = date(2018, 12, 21)
LATER = datetime(2019, 3, 1, 12, tzinfo=UTC)
LOSER, CHOSEN, REFUSED = "9900002-6", "9900001-8", "9900006-9"


def _silent(_: str) -> None:
    """Nobody is told."""


def _send(folder: Path, wish: Wish) -> tuple[Written, ...]:
    return send_letters(folder, wish, chance_at(LATER), "tests", _silent)


def _page(written: Written) -> str:
    [page] = [path for path in written.files if path.suffix == ".html"]
    return page.read_text(encoding="utf-8")


def test_drafts_record_nothing_and_say_that_they_are_drafts(story: Path) -> None:
    """One for every received bid, the refused one included, each in PDF, HTML and DOCX."""
    head = record_state(story).head
    written = draft_letters(story, Wish(DAY), _silent)
    assert len(written) == 6
    assert record_state(story).head == head
    for each in written:
        assert sorted(path.suffix for path in each.files) == [".docx", ".html", ".pdf"]
        assert "ei vielä lähetetty" in _page(each)
    assert {path.name for path in (story / LETTERS).iterdir()} == {"draft"}


def test_the_loser_reads_its_own_words_those_of_the_chosen_and_every_total_price(story: Path) -> None:
    """KHO 2013:108: points of every criterion and words; JulkL 11.2 p. 6: the total price of everybody."""
    [letter] = draft_letters(story, Wish(DAY, only=(LOSER,)), _silent)
    page = _page(letter)
    sheet = json.loads((story / "private" / "evaluation" / "score_sheet.json").read_text(encoding="utf-8"))
    own = next(bid for bid in sheet["bids"] if bid["bidder"] == LOSER)
    for line in own["lines"]:
        assert line["reason"] in page
    chosen = next(bid for bid in sheet["bids"] if bid["bidder"] == CHOSEN)
    differing = [
        line["reason"]
        for line, mine in zip(chosen["lines"], own["lines"], strict=True)
        if line["reason"] and line["points"] != mine["points"]
    ]
    assert differing
    assert all(reason in page for reason in differing)
    shown = page.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 674 396,050" in shown
    assert "1 448 019,450" in shown


def test_no_letter_has_a_unit_price_or_an_address_of_another(story: Path) -> None:
    """Unit prices and addresses are nobody else's business."""
    addresses = {each.bidder: each.address for each in draft_letters(story, Wish(DAY), _silent)}
    assert len(set(addresses.values())) == 6
    for each in draft_letters(story, Wish(DAY), _silent):
        page = _page(each)
        assert addresses[each.bidder] in page
        for bidder, address in addresses.items():
            assert bidder == each.bidder or address not in page
        assert "43,50" not in page


def test_a_secret_passage_is_kept_from_everybody_but_its_owner(story: Path) -> None:
    """What was accepted as a trade secret stands in its owner's letter only."""
    secret = "Kaikille riskiryhmille on mittarit"
    (story / "private" / "secrets.toml").write_text(
        f'[[secrets]]\nbidder = "{CHOSEN}"\ntext = "{secret}"\nground = "JulkL 24.1 p. 20"\n', encoding="utf-8"
    )
    for each in draft_letters(story, Wish(DAY), _silent):
        assert (secret in _page(each)) is (each.bidder == CHOSEN)


def test_the_refused_bidder_reads_its_ground_and_no_points_of_its_own(story: Path) -> None:
    """HL 123: the grounds of a rejection."""
    [letter] = draft_letters(story, Wish(DAY, only=(REFUSED,)), _silent)
    page = _page(letter)
    assert "ei ole otettu vertailuun" in page
    assert "1,05" in page
    assert "Teidän pisteenne" not in page


def test_sent_letters_say_their_day_and_are_on_the_record(story: Path) -> None:
    """Day, way, address, language, hashes of the letter and of what went with it."""
    written = _send(story, Wish(DAY))
    letters = [one.said for one in record_state(story).letters]
    assert [each.bidder for each in letters] == [each.bidder for each in written]
    for each, said in zip(written, letters, strict=True):
        assert "21.12.2018" in _page(each)
        assert "ei vielä lähetetty" not in _page(each)
        assert (said.outcome, said.day, said.by, said.address) == ("sent", "2018-12-21", "email", each.address)
        assert said.appeal_until == "2019-01-04T16:15"
        assert {"notification-letter.fi.pdf", "award-decision.fi.pdf", "appeal-instructions.fi.pdf"} <= set(said.files)


def test_the_contract_waits_for_the_last_recipient(story: Path) -> None:
    """Five by e-mail, one by letter: no day before all are told, then the latest (HL 127, 129)."""
    others = tuple(bid.bidder for bid in record_state(story).bids if bid.bidder != LOSER)
    _send(story, Wish(DAY, only=others))
    assert standstill_of(desk_of(story)) is None
    _send(story, Wish(DAY, Channel.LETTER, (LOSER,), {LOSER: "Kuja 1, 70100 Kuopio"}))
    whole = standstill_of(desk_of(story))
    assert whole is not None
    assert whole.received == date(2018, 12, 28)
    assert whole.appeal_last_day == date(2019, 1, 11)
    assert whole.safe_earliest == date(2019, 1, 14)


def test_a_letter_that_came_back_has_told_nobody_anything(story: Path) -> None:
    """KHO 2020:142: the period does not run; both events stay on the record."""
    _send(story, Wish(DAY))
    note_return(story, LOSER, date(2018, 12, 22), "550 no such user", chance_at(LATER), "tests")
    assert LOSER not in standing_letters(desk_of(story))
    assert standstill_of(desk_of(story)) is None
    assert [one.said.outcome for one in record_state(story).letters].count("returned") == 1
    with pytest.raises(FrozenError, match=r"letters\.never-sent"):
        note_return(story, LOSER, date(2018, 12, 22), "", chance_at(LATER), "tests")


ADDRESSES = {
    "another than in the tender": (Channel.EMAIL, "toinen@example.invalid", "letters.address-differs"),
    "no address": (Channel.EMAIL, "hankinnat(at)suunta", "letters.address-unfit"),
    "none": (Channel.LETTER, " ", "letters.address-missing"),
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_a_wrong_address_stops_the_sending_and_records_nothing(story: Path, case: str) -> None:
    """NOT-01: the address of the tender, and no other."""
    by, address, rule = ADDRESSES[case]
    head = record_state(story).head
    with pytest.raises(BlockedError) as caught:
        _send(story, Wish(DAY, by, (LOSER,), {LOSER: address}))
    assert [finding.rule for finding in caught.value.findings] == [rule]
    assert record_state(story).head == head


def test_wrong_days_papers_bidders_and_languages_are_refused(story: Path) -> None:
    """Before the decision, in the future, to nobody known, in a language that is not there, with a changed decision."""
    with pytest.raises(FrozenError, match=r"letters\.before-decision"):
        _send(story, Wish(date(2018, 12, 1)))
    with pytest.raises(FrozenError, match=r"letters\.future"):
        _send(story, Wish(date(2020, 1, 1)))
    with pytest.raises(UsageError, match=r"letters\.unknown-bidder"):
        draft_letters(story, Wish(DAY, only=("1",)), _silent)
    with pytest.raises(UsageError, match=r"letters\.language"):
        draft_letters(story, Wish(DAY, languages={LOSER: Language.SV}), _silent)
    paper = story / DECISION / "award-decision.fi.pdf"
    paper.write_bytes(paper.read_bytes() + b" ")
    with pytest.raises(FrozenError, match=r"letters\.paper-changed"):
        _send(story, Wish(DAY))


def test_the_command_writes_drafts_unless_it_is_told_what_was_sent(story: Path) -> None:
    """Default-safe: without --sent nothing is recorded."""
    ask = ["evaluate", "letters", str(story), "--only", LOSER, "--json"]
    drafted = CliRunner().invoke(main, [*ask, "--today", "2018-12-21"])
    assert drafted.exit_code == 0, drafted.output
    assert json.loads(drafted.stdout)["sent"] is False
    assert record_state(story).letters == ()
    sent = CliRunner().invoke(main, [*ask, "--sent", "2018-12-21", "--now", "2018-12-22T09:00"])
    assert json.loads(sent.stdout)["letters"][0]["appeal_closes"] == "16:15"
    assert len(record_state(story).letters) == 1
    assert CliRunner().invoke(main, [*ask, "--to", "nothing"]).exit_code == 2
