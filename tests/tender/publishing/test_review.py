"""The review before publication: by name, by role, by exact hashes, four eyes; and a trial that stays a trial."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tender.cli.main import main
from tender.errors import BlockedError, FrozenError, UsageError, ValintaError
from tender.language import Language, Text
from tender.model.corrections import ChangeClass
from tender.publishing.correcting import Wish
from tender.publishing.examination import examine
from tender.publishing.folder import RECORD_FILE, record_state
from tender.publishing.release import NO_WISH, Written, publish
from tender.publishing.report import write_report
from tender.publishing.review import UNNAMED, review_of, same_person
from tender.publishing.reviewing import answer, approve, waive
from tender.record import Publicity, Record
from tender.record.reviews import ReviewAnswer
from tender.starting import start_folder
from tender.words import words
from tests.conftest import chance_at, lean

Edit = Callable[[Path, str, str], None]
DAY = date(2018, 11, 5)
NOON = datetime(2018, 11, 5, 10, tzinfo=UTC)
TRIAL = Wish(trial=True)
LAWYER, OFFICER = "Liisa Lakimies", "Hanna Hankkija"


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A tender that is no example, with one document."""
    folder = lean(start_folder(tmp_path / "kunta", "pohjois-savo", None))
    path = folder / "tender.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("synthetic     = true", ""), encoding="utf-8")
    return folder


@pytest.fixture
def doubtful(real: Path) -> Path:
    """The same with a blocking finding of law: tenders are due on a Saturday."""
    _due(real, "11", "15")
    return real


def _due(folder: Path, old: str, new: str) -> None:
    path = folder / "tender.toml"
    text = path.read_text(encoding="utf-8")
    assert f"2018-12-{old}T" in text
    path.write_text(text.replace(f"2018-12-{old}T", f"2018-12-{new}T"), encoding="utf-8")


def _publish(folder: Path, wish: Wish = NO_WISH, actor: str = OFFICER) -> Written:
    return publish(folder, DAY, chance_at(NOON), actor, lambda _: None, wish)


def _approve(folder: Path, by: str = LAWYER, role: str = "lawyer") -> None:
    approve(folder, DAY, chance_at(NOON), by, role, "")


def _refused(folder: Path, rule: str, wish: Wish = NO_WISH, actor: str = OFFICER) -> ValintaError:
    with pytest.raises(ValintaError) as caught:
        _publish(folder, wish, actor)
    assert caught.value.message == rule
    for language in Language:
        assert words(language).error(caught.value).advice
    return caught.value


def _touch(folder: Path) -> None:
    path = folder / "texts" / "concept.fi.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nLisäys.\n", encoding="utf-8")


@pytest.mark.slow
def test_a_real_tender_waits_for_a_lawyer(real: Path) -> None:
    """The refusal says both ways on, and nothing is written."""
    said = str(words(Language.EN).error(_refused(real, "review.not-approved")))
    assert "review approve" in said
    assert "--trial" in said
    assert not (real / "published").exists()
    assert not (real / RECORD_FILE).exists()


@pytest.mark.slow
def test_an_approved_tender_is_published(real: Path) -> None:
    """By somebody else than the lawyer; the name is personal data, the role stands in the event."""
    _approve(real)
    assert _publish(real).version == 1
    [approval] = record_state(real).approvals
    assert (approval.said.by, approval.event.actor, approval.event.publicity) == (
        LAWYER, "lawyer", Publicity.PERSONAL,
    )  # fmt: skip
    assert LAWYER not in "".join(
        path.read_text(encoding="utf-8", errors="ignore") for path in (real / "published").rglob("*") if path.is_file()
    )


def test_an_example_is_published_without_an_approval(lean_published: Path) -> None:
    """It is marked on every page."""
    assert record_state(lean_published).approvals == ()
    assert len(record_state(lean_published).published) == 1


@pytest.mark.slow
@pytest.mark.parametrize("change", ["word", "cap", "clause"])
def test_any_change_makes_an_approval_stale(real: Path, edit: Edit, change: str) -> None:
    """A text, a number, an own wording; an approval is of exact hashes."""
    _approve(real)
    if change == "word":
        _touch(real)
    elif change == "cap":
        edit(real / "tender.toml", "client_cap        = 700", "client_cap        = 701")
    else:
        own = real / "clauses" / "call-for-tenders" / "cap.fi.md"
        own.parent.mkdir(parents=True)
        own.write_text("Katto on {{ framework.client_cap }}.\n", encoding="utf-8")
    assert review_of(real, DAY).fresh == ()
    _refused(real, "review.stale")
    _approve(real)
    assert _publish(real).version == 1


@pytest.mark.slow
def test_a_correction_needs_a_fresh_approval(real: Path) -> None:
    """Version two is another content."""
    _approve(real)
    _publish(real)
    _touch(real)
    wish = Wish(ChangeClass.CLARIFICATION, Text("Syy", "Skäl", "Reason"))
    _refused(real, "review.stale", wish)
    _approve(real)
    assert _publish(real, wish).version == 2


@pytest.mark.parametrize("actor", [LAWYER, "liisa  LAKIMIES "])
def test_four_eyes(real: Path, actor: str) -> None:
    """Who approves does not publish, however the name is spelt."""
    _approve(real)
    _refused(real, "review.four-eyes", actor=actor)
    _approve(real, "Toinen Lakimies")
    assert _publish(real, actor=actor).version == 1


def test_nobody_has_no_eyes(real: Path) -> None:
    """The default actor is no person."""
    _approve(real)
    _refused(real, "review.actor-unnamed", actor=UNNAMED)


@pytest.mark.slow
def test_an_approval_by_another_role_is_no_lawyers(real: Path) -> None:
    """It is recorded, and it opens nothing."""
    _approve(real, role="officer")
    assert len(review_of(real, DAY).fresh) == 1
    _refused(real, "review.not-approved")


def test_a_nameless_approval_is_wrong_use(real: Path) -> None:
    """Spaces are no name."""
    with pytest.raises(UsageError, match=r"review\.nobody"):
        _approve(real, "  ")


@pytest.mark.slow
def test_an_approval_lists_the_questions_that_it_confirms(real: Path) -> None:
    """Those answered otherwise are not among them."""
    first, *others = (asked.question.id for asked in review_of(real, DAY).questions)
    given = ReviewAnswer(first, "not-applicable", LAWYER, "Ei koske", "", "")
    answer(real, DAY, chance_at(NOON), first, given)
    _approve(real)
    [approval] = record_state(real).approvals
    assert list(approval.said.questions) == others
    assert others


@pytest.mark.slow
def test_a_question_answered_no_blocks_until_somebody_takes_responsibility(real: Path) -> None:
    """Also after the text has changed: a no holds until it is answered anew."""
    question = next(
        asked.question.id for asked in review_of(real, DAY).questions if asked.question.severity.value == "block"
    )
    answer(real, DAY, chance_at(NOON), question, ReviewAnswer(question, "no", LAWYER, "Ei riitä", "", ""))
    with pytest.raises(BlockedError, match=r"review\.blocked") as caught:
        _approve(real)
    assert [finding.rule for finding in caught.value.findings] == ["review.question-no"]
    _touch(real)
    assert review_of(real, DAY).open_blocks
    waive(real, DAY, chance_at(NOON), f"review.question-no@{question}", LAWYER, "Korjataan sopimuksessa")
    _approve(real)
    assert _publish(real).version == 1


def test_an_unknown_question_is_wrong_use(real: Path) -> None:
    """The message lists those that are asked."""
    with pytest.raises(UsageError, match=r"review\.no-question"):
        answer(real, DAY, chance_at(NOON), "CFT-99", ReviewAnswer("CFT-99", "yes", LAWYER, "Syy", "", ""))


def _waive(folder: Path, target: str, reason: str = "Perusteltu") -> None:
    waive(folder, DAY, chance_at(NOON), target, LAWYER, reason)


@pytest.mark.slow
def test_a_finding_of_law_is_waived_by_name_and_reason(doubtful: Path) -> None:
    """It no longer blocks, the check says who and why, and the record knows."""
    blocked = examine(doubtful, DAY).blocking
    assert blocked
    for finding in blocked:
        _waive(doubtful, f"{finding.rule}@{finding.field}")
    assert examine(doubtful, DAY).blocking == ()
    result = CliRunner().invoke(main, ["check", str(doubtful), "--today", "2018-11-05", "--json"])
    said = json.loads(result.stdout)
    assert (result.exit_code, said["blocking"]) == (0, 0)
    assert {(one["by"], one["reason"]) for one in said["waived"]} == {(LAWYER, "Perusteltu")}
    assert sum(one["waived"] for one in said["findings"]) == len(blocked)


@pytest.mark.slow
def test_a_waiver_dies_with_the_value_it_was_made_for(doubtful: Path) -> None:
    """Another value is another finding."""
    blocked = examine(doubtful, DAY).blocking
    for finding in blocked:
        _waive(doubtful, f"{finding.rule}@{finding.field}")
    assert not examine(doubtful, DAY).blocks
    _due(doubtful, "15", "16")
    assert examine(doubtful, DAY).blocking


@pytest.mark.slow
def test_waived_findings_are_published_with_the_version(doubtful: Path) -> None:
    """The event names them, and publishing again gives the same bytes whatever is waived later."""
    for finding in examine(doubtful, DAY).blocking:
        _waive(doubtful, f"{finding.rule}@{finding.field}")
    _approve(doubtful)
    _publish(doubtful)
    state = record_state(doubtful)
    page = (doubtful / "published" / "1" / "call-for-tenders.fi.html").read_text(encoding="utf-8")
    assert LAWYER in page
    assert "Perusteltu" in page
    assert set(state.published[-1].said.waivers) == {str(one.event.seq) for one in state.waivers}
    assert _publish(doubtful).unchanged


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("client_cap        = 700", "client_cap        = 300"),
        ("near_tie            = 5", "near_tie            = -5"),
    ],
)
def test_sums_and_the_method_are_never_waived(real: Path, edit: Edit, old: str, new: str) -> None:
    """No reason makes a wrong sum right."""
    edit(real / "tender.toml", old, new)
    [finding] = examine(real, DAY).blocking
    with pytest.raises(FrozenError, match=r"review\.never"):
        _waive(real, finding.rule)


def test_a_waiver_needs_a_finding_and_a_reason(doubtful: Path) -> None:
    """Nothing is waived in advance or without words."""
    with pytest.raises(UsageError, match=r"review\.no-finding"):
        _waive(doubtful, "timetable.nothing")
    finding = examine(doubtful, DAY).blocking[0]
    with pytest.raises(UsageError, match=r"review\.no-reason"):
        _waive(doubtful, f"{finding.rule}@{finding.field}", " ")


def test_a_forged_waiver_of_a_sum_does_not_hold(real: Path, edit: Edit) -> None:
    """Whoever writes one past the command gains nothing."""
    from tender.checks.waivers import digest
    from tender.record.reviews import Waiver

    edit(real / "tender.toml", "client_cap        = 700", "client_cap        = 300")
    [finding] = examine(real, DAY).blocking
    said = Waiver(finding.rule, finding.field, digest(finding), LAWYER, "Syy")
    chance = chance_at(NOON)
    with Record.open(real / RECORD_FILE, chance.clock, chance.salts, "pohjois-savo") as record:
        record.append(said.kind, said.payload(), "reviewer", Publicity.PERSONAL)
    assert examine(real, DAY).blocking == (finding,)


def test_a_trial_is_published_and_says_so(real: Path) -> None:
    """No approval; the manifest, the record and the result say that it is a trial."""
    written = _publish(real, TRIAL)
    assert written.trial
    assert json.loads((written.folder / "manifest.json").read_text(encoding="utf-8"))["trial"] is True
    assert record_state(real).published[-1].said.trial
    assert _publish(real, TRIAL).unchanged


@pytest.mark.slow
def test_a_trial_never_becomes_real(real: Path) -> None:
    """Not even with an approval, not as a next version; a copy without the record is a new tender."""
    _publish(real, TRIAL)
    _approve(real)
    _refused(real, "review.trial-stays")
    _touch(real)
    _approve(real)
    _refused(real, "review.trial-stays", Wish(ChangeClass.CLARIFICATION, Text("Syy", "Skäl", "Reason")))
    fresh = Path(shutil.copytree(real, real.parent / "oikea", ignore=shutil.ignore_patterns("record.db*", "published")))
    _approve(fresh)
    assert not _publish(fresh).trial


def test_a_real_tender_never_becomes_a_trial(lean_published: Path) -> None:
    """Its record says that it is for real."""
    _refused(lean_published, "review.real-stays", TRIAL)


@pytest.mark.slow
def test_a_trial_is_corrected_as_a_trial(real: Path) -> None:
    """The whole way can be rehearsed."""
    _publish(real, TRIAL)
    _touch(real)
    written = _publish(real, Wish(ChangeClass.CLARIFICATION, Text("Syy", "Skäl", "Reason"), trial=True))
    assert (written.version, written.trial) == (2, True)


def test_names_are_compared_without_spaces_and_capitals() -> None:
    assert same_person(" Liisa  LAKIMIES", "liisa lakimies ")
    assert not same_person("Liisa Lakimies", "Liisa Lakinainen")


@pytest.mark.slow
def test_the_report_names_everything(doubtful: Path) -> None:
    """Findings, waivers, answers, approvals, hashes, waiting rules, clauses; it stays private."""
    for finding in examine(doubtful, DAY).blocking:
        _waive(doubtful, f"{finding.rule}@{finding.field}", "Tilaajan oma kynnys")
    _approve(doubtful)
    review = review_of(doubtful, DAY)
    paths = write_report(doubtful, DAY, lambda _: None)
    names = {path.name: path for path in paths}
    assert {"review-report.fi.pdf", "review-report.fi.html"} <= set(names)
    html = names["review-report.fi.html"].read_text(encoding="utf-8").replace("\u00ad", "").replace("\u2060", "")
    for said in (
        LAWYER,
        "Tilaajan oma kynnys",
        review.questions[0].question.id,
        "DEC-01",
        "award-method",
        "Asiakaskatto",
    ):
        assert said in html or said == "award-method", said
    assert review.subject.clauses[:8] in html


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"VALINTA_LANGUAGE": "en"})


@pytest.mark.slow
def test_the_commands_of_the_review(real: Path) -> None:
    """As an officer and a lawyer type them; each refusal is exit code 1, wrong use 2."""
    today = ("--today", "2018-11-05")
    assert _run("review", "status", real, *today).exit_code == 0
    assert _run("publish", real, *today, "--actor", OFFICER).exit_code == 1
    question = review_of(real, DAY).questions[0].question.id
    assert _run("review", "answer", question, real, "--by", LAWYER, "--reason", "x", *today).exit_code == 2
    done = _run("review", "answer", question, real, "--yes", "--by", LAWYER, "--reason", "Luettu", *today)
    assert (done.exit_code, "yes" in done.output) == (0, True)
    approved = _run("review", "approve", real, "--by", LAWYER, *today)
    assert (approved.exit_code, LAWYER in approved.output) == (0, True)
    shown = json.loads(_run("review", "status", real, *today, "--json").stdout)
    assert [one["fresh"] for one in shown["approvals"]] == [True]
    assert _run("review", "waive", "no.such", real, "--by", LAWYER, "--reason", "x", *today).exit_code == 2
    assert _run("publish", real, *today, "--actor", OFFICER).exit_code == 0


def test_why_a_clause_is_here(real: Path) -> None:
    """File, version, basis, dates, condition and its value, override."""
    here = json.loads(_run("review", "why", "cap", real, "--json").stdout)["clauses"][0]
    assert (here["document"], here["here"], here["own"]) == ("call-for-tenders", True, False)
    assert here["file"].startswith("templates/clauses/call-for-tenders/")
    own = real / "clauses" / "call-for-tenders" / "520-cap.fi.md"
    own.parent.mkdir(parents=True)
    own.write_text("Katto.\n", encoding="utf-8")
    mine = json.loads(_run("review", "why", "cap", real, "--document", "call-for-tenders", "--json").stdout)["clauses"][
        0
    ]
    assert (mine["file"], mine["own"]) == ("clauses/call-for-tenders/520-cap.fi.md", True)
    conditional = json.loads(_run("review", "why", "industries", real, "--json").stdout)["clauses"][0]
    assert (conditional["here"], bool(conditional["when"])) == (False, True)
    assert _run("review", "why", "nothing", real).exit_code == 2
