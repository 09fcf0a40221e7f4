"""Bids as folders and ZIPs, the portal's protocol, lateness by its clock, explanations, falling away."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evaluation.acts.award import admissions_of, record_admissions, score_bids
from evaluation.acts.bids import open_bids, receive
from evaluation.acts.demo import OPENERS
from evaluation.acts.desk import desk_of
from evaluation.acts.inquiries import answer, ask, fall_away, inquiries_of, judge, open_flags, withdraw
from evaluation.acts.receipts import import_protocol
from evaluation.bid_package import is_package, open_package, packed_folder
from tender.cli.main import main
from tender.errors import FrozenError, InputError, UsageError, ValintaError
from tender.publishing.examination import readable_tender
from tender.publishing.folder import record_state
from tender.publishing.release import Chance
from tender.record.intake import AnswerJudged, BidderAnswered, BidderAsked, BidWithdrawn
from tests.conftest import chance_at
from tests.evaluation.acts.panels import later, two_forms

PDF = b"%PDF-1.4\n%%EOF\n"
ASKED = BidderAsked("s1", "9900001-8", "clarification", "Mikä liite?", "Kysytty kaikilta.", "2018-12-14", "A. Avaaja")
ANSWERED = BidderAnswered("s1", "Liite 2.", {}, "A. Avaaja")
JUDGED = AnswerJudged("s1", "accepted", improves=False, reason="Täsmennys riittää.", by="A. Avaaja")


@pytest.fixture(scope="module")
def forms(lean_once: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two filled forms."""
    return two_forms(Path(shutil.copytree(lean_once, tmp_path_factory.mktemp("forms") / "kunta")))


def before(folder: Path) -> Chance:
    """A clock that stands at the deadline."""
    return chance_at(readable_tender(folder).timetable.tenders_until)


@pytest.fixture(scope="module")
def opened_once(lean_once: Path, forms: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bids opened; never touch it, copy it."""
    folder = Path(shutil.copytree(lean_once, tmp_path_factory.mktemp("avattu") / "kunta"))
    receive(folder, forms, before(folder), "tests")
    open_bids(folder, OPENERS, later(folder), "tests")
    return folder


@pytest.fixture
def opened(opened_once: Path, tmp_path: Path) -> Path:
    """Two opened bids of one's own."""
    return Path(shutil.copytree(opened_once, tmp_path / "kunta"))


def bundle(folder: Path, form: Path, **files: bytes) -> Path:
    """A bidder's folder: the form and other files."""
    folder.mkdir()
    shutil.copy(form, folder / "hintalomake.xlsx")
    for name, data in files.items():
        (folder / name.replace("_", "-").replace("-pdf", ".pdf")).write_bytes(data)
    return folder


def zipped(folder: Path) -> Path:
    """The folder as a ZIP."""
    path = folder.with_suffix(".zip")
    path.write_bytes(packed_folder(folder))
    return path


@pytest.mark.parametrize("way", [lambda folder: folder, zipped], ids=["folder", "zip"])
def test_a_package_is_one_bid(
    lean_published: Path, tmp_path: Path, forms: list[Path], way: Callable[[Path], Path]
) -> None:
    """The form inside is read; every file has its hash on the record; the kept file is the whole package."""
    sent = way(bundle(tmp_path / "alfa", forms[0], impact_plan_pdf=PDF))
    receive(lean_published, [sent], before(lean_published), "tests")
    [bid] = record_state(lean_published).bids
    assert bid.form == "hintalomake.xlsx"
    assert bid.parts["impact-plan.pdf"] == hashlib.sha256(PDF).hexdigest()
    kept = (lean_published / "bids" / bid.file).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == bid.sha256
    bids, _ = admissions_of(desk_of(lean_published))
    assert [one.bidder for one in bids] == ["9900001-8"]


def test_a_packed_folder_has_the_same_bytes_each_time(tmp_path: Path, forms: list[Path]) -> None:
    """Whenever its files were written."""
    one, other = bundle(tmp_path / "a", forms[0], x_pdf=PDF), bundle(tmp_path / "b", forms[0], x_pdf=PDF)
    assert packed_folder(one) == packed_folder(other)
    (one / "linkki").symlink_to(other)
    with pytest.raises(InputError):
        packed_folder(one)


def test_annexes_that_lack_are_asked_about_and_exclude_nobody(
    lean_published: Path, tmp_path: Path, forms: list[Path]
) -> None:
    """The form says yes, the package has no file: a warning that leads to a question."""
    [got] = receive(lean_published, [bundle(tmp_path / "alfa", forms[0])], before(lean_published), "tests")
    missing = {finding.values["id"] for finding in got.findings if finding.rule == "bid-package.annex-missing"}
    assert "impact-plan" in missing
    _, [admission] = admissions_of(desk_of(lean_published))
    assert admission.admitted


def test_packages_without_or_with_two_forms(lean_published: Path, tmp_path: Path, forms: list[Path]) -> None:
    """Kept, on the record, not compared, and the reason said."""
    empty = tmp_path / "tyhja"
    empty.mkdir()
    (empty / "saate.pdf").write_bytes(PDF)
    two = bundle(tmp_path / "kaksi", forms[0])
    shutil.copy(forms[1], two / "toinen.xlsx")
    got = receive(lean_published, [empty, two], before(lean_published), "tests")
    assert [{finding.rule for finding in one.findings if finding.blocks} for one in got] == [
        {"bid-package.no-form"},
        {"bid-package.forms"},
    ]
    _, admissions = admissions_of(desk_of(lean_published))
    assert [one.admitted for one in admissions] == [False, False]


@pytest.mark.parametrize("name", ["ohjelma.exe", "makro.xlsm", "vale.pdf", "espd.xml"])
def test_a_file_that_is_not_passive_is_named_and_not_opened(tmp_path: Path, forms: list[Path], name: str) -> None:
    """An executable, a macro, a web page called PDF, XML with entities; the form is read all the same."""
    folder = bundle(tmp_path / "alfa", forms[0])
    data = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' if name.endswith("xml") else b"MZ<script>"
    (folder / name).write_bytes(data)
    package = open_package(packed_folder(folder), "alfa.zip")
    assert package.form == "hintalomake.xlsx"
    assert [finding.field for finding in package.findings] == [name]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04 cut", b"text"])
def test_what_is_no_zip_is_no_package(data: bytes) -> None:
    """It goes the way of a single form, whose guards say what it is."""
    assert not is_package(data)


def test_a_path_that_leaves_the_package_is_refused(lean_published: Path, tmp_path: Path) -> None:
    """The file is kept under its hash; nothing is written elsewhere."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../tender.toml", "x")
    path = tmp_path / "paha.zip"
    path.write_bytes(packed.getvalue())
    [got] = receive(lean_published, [path], before(lean_published), "tests")
    assert [finding.rule for finding in got.findings] == ["guard.entry-path"]


def protocol(folder: Path, path: Path, *rows: tuple[str, str, str]) -> None:
    """Import a protocol with these rows."""
    lines = ["file;received_at;sha256", *(";".join(row) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    import_protocol(folder, path, "Esimerkkiportaali", "A. Avaaja", before(folder))


def test_lateness_follows_the_portals_clock(lean_published: Path, tmp_path: Path, forms: list[Path]) -> None:
    """A second after the deadline is late; the moment itself is not; the late one is not compared."""
    until = readable_tender(lean_published).timetable.tenders_until
    late = until.replace(second=1).isoformat()
    protocol(
        lean_published, tmp_path / "p.csv", (forms[0].name, until.isoformat(), ""), (forms[1].name, late, "0" * 64)
    )
    got = receive(lean_published, forms, before(lean_published), "tests")
    assert "bid.protocol-hash" in {finding.rule for finding in got[1].findings}
    _, admissions = admissions_of(desk_of(lean_published))
    assert [one.admitted for one in admissions] == [True, False]
    assert "bid.late" in {finding.rule for finding in admissions[1].findings}


def test_a_late_bid_takes_the_place_of_no_timely_one(lean_published: Path, tmp_path: Path, forms: list[Path]) -> None:
    """The bidder's bid in time stays the bid; the late one stays on the record."""
    until = readable_tender(lean_published).timetable.tenders_until
    again = tmp_path / "uusi.xlsx"
    shutil.copy(forms[0], again)
    late = until.replace(second=1).isoformat()
    protocol(lean_published, tmp_path / "p.csv", (forms[0].name, until.isoformat(), ""), (again.name, late, ""))
    receive(lean_published, [forms[0], again], before(lean_published), "tests")
    state = record_state(lean_published)
    assert [one.said.late for one in state.bids_received] == [False, True]
    assert [bid.late for bid in state.bids] == [False]


def test_a_bid_that_the_protocol_does_not_know_is_told(lean_published: Path, tmp_path: Path, forms: list[Path]) -> None:
    """Nobody knows when it came, and nobody calls it late."""
    protocol(lean_published, tmp_path / "p.csv", ("toinen.xlsx", "2018-12-11T11:00:00+02:00", ""))
    [got] = receive(lean_published, forms[:1], before(lean_published), "tests")
    assert "bid.not-in-protocol" in {finding.rule for finding in got.findings}
    assert not record_state(lean_published).bids[0].late


UNFIT = (
    ("nimi;aika\na;b\n", "protocol.columns"),
    ("file;received_at\na.xlsx;11.12.2018 klo 12\n", "protocol.row"),
    ("file;received_at\na.xlsx;2018-12-11T11:00:00\n", "protocol.row"),
    ("file,received_at\n,2018-12-11T11:00:00+02:00\n", "protocol.row"),
    ("file,received_at\na,2018-12-11T11:00:00Z\na,2018-12-11T11:00:00Z\n", "protocol.row"),
    ("file\udcff", "protocol.encoding"),
)


def test_a_protocol_that_cannot_be_used_says_where(lean_published: Path, tmp_path: Path) -> None:
    """No moment without a zone, no file twice, nothing recorded."""
    path = tmp_path / "p.csv"
    for text, rule in UNFIT:
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        with pytest.raises(InputError) as caught:
            import_protocol(lean_published, path, "P", "A", before(lean_published))
        assert caught.value.message == rule
    assert record_state(lean_published).intake.protocols == ()


def test_a_withdrawn_bid_is_not_opened(lean_published: Path, forms: list[Path]) -> None:
    """It stays on the record; after the opening a bid can only fall away."""
    receive(lean_published, forms, before(lean_published), "tests")
    at = before(lean_published).clock().isoformat()
    withdraw(lean_published, BidWithdrawn("9900001-8", at, "Emme ehdi.", "A"), before(lean_published))
    with pytest.raises(UsageError):
        withdraw(lean_published, BidWithdrawn("9900001-8", at, "", "A"), before(lean_published))
    opening = open_bids(lean_published, OPENERS, later(lean_published), "tests")
    assert list(opening.bids) == ["9900002-6"]
    with pytest.raises(FrozenError):
        withdraw(lean_published, BidWithdrawn("9900002-6", at, "", "A"), later(lean_published))


def test_an_explanation_goes_from_question_to_judgement(opened: Path) -> None:
    """The log has question, equal treatment, answer and effect; an accepted one excludes nobody (CMP-03)."""
    ask(opened, ASKED, later(opened))
    answer(opened, ANSWERED, later(opened))
    judge(opened, JUDGED, later(opened))
    [log] = inquiries_of(record_state(opened))
    assert (log.asked, log.answered, log.judged) == (ASKED, ANSWERED, JUDGED)
    assert all(one.admitted for one in record_admissions(opened, later(opened), "tests"))


def test_only_a_persons_rejection_excludes(opened: Path) -> None:
    """With its reason, which the decision prints."""
    ask(opened, replace(ASKED, about="abnormally-low"), later(opened))
    judge(opened, replace(JUDGED, result="rejected", reason="Selvitystä ei saatu."), later(opened))
    admissions = {one.bidder: one for one in record_admissions(opened, later(opened), "tests")}
    refused = admissions["9900001-8"]
    assert not refused.admitted
    [finding] = [one for one in refused.findings if one.rule == "bid.explanation-rejected"]
    assert finding.values["reason"] == "Selvitystä ei saatu."
    assert admissions["9900002-6"].admitted


SLIPS: tuple[tuple[Any, Any, str], ...] = (
    (ask, replace(ASKED, about="hinta"), "inquiry.about"),
    (ask, replace(ASKED, bidder="0000000-0"), "inquiry.bidder"),
    (ask, replace(ASKED, equal=" "), "inquiry.words"),
    (ask, replace(ASKED, id="s0"), "inquiry.taken"),
    (answer, replace(ANSWERED, id="s9"), "inquiry.unknown"),
    (answer, replace(ANSWERED, id="s0", answer=""), "inquiry.words"),
    (judge, replace(JUDGED, id="s0", result="ehkä"), "inquiry.result"),
    (judge, replace(JUDGED, id="s0", reason=""), "inquiry.words"),
    (judge, replace(JUDGED, id="s0", improves=True), "inquiry.betters"),
    (judge, replace(JUDGED, id="s0"), "inquiry.unanswered"),
)


def test_a_slip_in_the_log_is_refused(opened: Path) -> None:
    """An answer that betters the bid is never accepted (HL 74.2, 113.2); nothing is recorded."""
    ask(opened, replace(ASKED, id="s0"), later(opened))
    head = record_state(opened).head
    for act, said, rule in SLIPS:
        with pytest.raises(ValintaError) as caught:
            act(opened, said, later(opened))
        assert caught.value.message == rule
    assert record_state(opened).head == head


def test_nothing_is_asked_before_the_opening(lean_published: Path, forms: list[Path]) -> None:
    """Nobody has read a bid yet."""
    receive(lean_published, forms, before(lean_published), "tests")
    with pytest.raises(FrozenError):
        ask(lean_published, ASKED, before(lean_published))
    with pytest.raises(FrozenError):
        fall_away(lean_published, "9900001-8", "Konkurssi.", "A", before(lean_published))


def test_ricoh_xerox_a_bid_that_falls_away_after_scoring_keeps_the_others_points(opened: Path) -> None:
    """HR 9.5.2014 (Ricoh/Xerox): the published rule says ``keep``, so the others' points stay as they were."""
    first = {bid.bidder: bid.total for bid in score_bids(opened, later(opened), "tests").sheet.bids}
    said = fall_away(opened, "9900001-8", "Konkurssi.", "A. Avaaja", later(opened))
    assert said.rule == "keep"
    again = score_bids(opened, later(opened), "tests")
    assert {bid.bidder: bid.total for bid in again.sheet.bids} == {"9900002-6": first["9900002-6"]}
    assert [bid.rank for bid in again.sheet.bids] == [1]
    for other in ("9900001-8", "0000000-0"):
        with pytest.raises(UsageError):
            fall_away(opened, other, "Uudelleen.", "A", later(opened))


def test_before_scoring_there_are_no_points_to_keep(opened: Path) -> None:
    """The rule speaks of what happens after scoring."""
    assert fall_away(opened, "9900001-8", "Konkurssi.", "A", later(opened)).rule == "rescore"
    assert [bid.bidder for bid in score_bids(opened, later(opened), "tests").sheet.bids] == ["9900002-6"]
    with pytest.raises(UsageError):
        fall_away(opened, "9900002-6", " ", "A", later(opened))


def run(*arguments: object, code: int = 0) -> Any:
    """A command's JSON."""
    result = CliRunner().invoke(main, [*map(str, arguments), "--json"], env={"VALINTA_LANGUAGE": "fi"})
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_the_commands_of_the_log(opened: Path, tmp_path: Path) -> None:
    """As an officer types them."""
    by = ("--by", "A. Avaaja", "--now", "2018-12-12T09:00")
    words = ("--about", "supplement", "--question", "Mikä?", "--equal", "Kaikilta.", "--answer-by", "2018-12-14")
    assert run("bids", "ask", opened, "--request", "s1", "--bidder", "9900001-8", *words, *by)["id"] == "s1"
    (tmp_path / "selvitys.pdf").write_bytes(PDF)
    sent = run("bids", "answer", opened, "--request", "s1", "--file", tmp_path / "selvitys.pdf", *by)
    assert sent["files"] == {"selvitys.pdf": hashlib.sha256(PDF).hexdigest()}
    judged = ("--result", "accepted", "--reason", "Riittää.")
    assert run("bids", "judge", opened, "--request", "s1", *judged, *by)["result"] == "accepted"
    assert [one["judged"]["reason"] for one in run("bids", "log", opened)["log"]] == ["Riittää."]
    assert run("bids", "admit", opened) == {"9900001-8": True, "9900002-6": True}
    flags = open_flags(desk_of(opened))
    assert len(run("bids", "flags", opened, code=1 if flags else 0)["flags"]) == len(flags)
    gone = run("bids", "fall-away", opened, "--bidder", "9900001-8", "--reason", "Konkurssi.", *by)
    assert gone["rule"] == "rescore"
