"""The open data annex on its way out: built, checked at the gate, published in every format, and nothing else."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tender.annexes.building.residue import COUNTS, SEED, kept_counts
from tender.annexes.formats.package_reading import read_package
from tender.errors import BlockedError, FrozenError, InputError, UsageError
from tender.language import Text
from tender.model.annex import CellStatus
from tender.model.corrections import ChangeClass
from tender.publishing.annex_build import build
from tender.publishing.correcting import Wish
from tender.publishing.examination import examine, readable_tender
from tender.publishing.folder import published_folder, record_state, swap_folder
from tender.publishing.next_version import next_version
from tender.publishing.orders import Wanted
from tender.publishing.proof import verify
from tender.publishing.release import draft, pending, publish
from tender.starting import start_folder
from tests.conftest import PUBLISHED_ON, chance_at, rest_press
from tests.tender.annexes.building.extract import DECLARED, open_tender, rows, with_register
from tests.tender.publishing.open_data import NOON, built, hidden, means, reveal

Edit = Callable[[Path, str, str], None]
DAY = "reference_day   = 2018-06-30"


@pytest.fixture(scope="module")
def ready_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tender whose annex is built; never touch it, copy it (`ready`)."""
    folder = open_tender(start_folder(tmp_path_factory.mktemp("ready") / "kunta", "pohjois-savo", None, synthetic=True))
    built(folder)
    return folder


@pytest.fixture
def ready(ready_once: Path, tmp_path: Path) -> Path:
    """A tender of one's own whose annex is built."""
    return Path(shutil.copytree(ready_once, tmp_path / "kunta"))


@pytest.fixture(scope="module")
def out_once(ready_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, published; never touch it, copy it (`out`)."""
    folder = Path(shutil.copytree(ready_once, tmp_path_factory.mktemp("out") / "kunta"))
    with pytest.MonkeyPatch.context() as patch:
        rest_press(patch)
        publish(folder, PUBLISHED_ON, chance_at(NOON), "tests", lambda _: None)
    return folder


@pytest.fixture
def out(out_once: Path, tmp_path: Path) -> Path:
    """A published tender of one's own."""
    return Path(shutil.copytree(out_once, tmp_path / "kunta"))


def blocked(folder: Path) -> list[str]:
    """The rules by which checking `folder` says that it must not be published."""
    return [finding.rule for finding in examine(folder, PUBLISHED_ON).blocking]


def refused(folder: Path) -> list[str]:
    """The same, after publishing was refused by them and has left nothing."""
    with pytest.raises(BlockedError) as caught:
        publish(folder, PUBLISHED_ON, chance_at(NOON), "tests", lambda _: None)
    assert not (folder / "published").exists()
    assert not (folder / "record.db").exists()
    assert set(blocked(folder)) == {finding.rule for finding in caught.value.findings}
    return [finding.rule for finding in caught.value.findings]


def names(folder: Path) -> dict[str, str]:
    """Hash by path of every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_build_writes_the_package_the_formats_and_what_stays(ready: Path) -> None:
    """`open-data/` beside the tender file, all formats below `draft/`, the true counts for their owner only."""
    package, formats = names(ready / "open-data"), names(ready / "draft" / "open-data")
    assert {"datapackage.json", "stock-sex.csv", "stock-age.csv", "hours.csv"} <= set(package)
    assert package.items() <= formats.items(), "the formats hold the package, byte for byte"
    assert len(formats) > len(package)
    counts = ready / COUNTS
    assert counts.stat().st_mode & 0o077 == 0
    assert not (ready / SEED).exists(), "nothing was rounded"
    true, annex = kept_counts(ready), read_package(ready / "open-data")
    assert true is not None
    assert annex.synthetic
    for table in annex.tables:
        for cell in table.cells:
            assert cell.value in {None, true[table.id][cell.at].amount}
    assert sorted(path.name for path in ready.iterdir() if path.name.startswith(".")) == []


def test_the_same_register_gives_the_same_bytes(ready: Path, tmp_path: Path) -> None:
    """Another folder, another build: no clock and no chance is in the package."""
    other = open_tender(start_folder(tmp_path / "toinen", "pohjois-savo", None, synthetic=True))
    built(other)
    assert names(other / "open-data") == names(ready / "open-data")
    before = names(ready / "private" / "register")
    built(ready)
    assert names(other / "open-data") == names(ready / "open-data")
    assert names(ready / "private" / "register") == before, "the extract is read, nothing more"


def test_a_dry_run_writes_nothing(ready: Path) -> None:
    """Everything is reckoned and told."""
    shutil.rmtree(ready / "open-data")
    before = names(ready)
    found = build(ready, means(dry_run=True))
    assert found.written == ()
    assert found.audit.safe
    assert names(ready) == before


@pytest.mark.slow
def test_rounding_keeps_its_seed_and_publishes_its_commitment(ready: Path, edit: Edit) -> None:
    """A second build draws with the first one's seed: draws cannot be averaged out."""
    edit(ready / "tender.toml", '"suppress"', '"round"')
    first = built(ready)
    seed = (ready / SEED).read_text(encoding="ascii")
    assert (ready / SEED).stat().st_mode & 0o077 == 0
    assert hashlib.sha256(seed.strip().encode()).hexdigest() == first.annex.protected.commitment
    second = build(ready, means(seconds=30.0))
    assert second.annex == first.annex
    assert any(cell.status is CellStatus.ROUNDED for cell in first.annex.table("stock-sex").cells)
    assert not [finding for finding in examine(ready, PUBLISHED_ON).blocking if finding.field == "open_data"]


def test_without_a_register_a_build_says_what_to_do(ready: Path) -> None:
    """No extract, no declaration, an invented register for a real tender."""
    shutil.rmtree(ready / "private" / "register")
    with pytest.raises(UsageError, match=r"register\.none"):
        built(ready)


def test_a_tender_without_a_declaration_has_nothing_to_build(ready: Path, edit: Edit) -> None:
    """It says so."""
    edit(ready / "tender.toml", DECLARED, "")
    with pytest.raises(UsageError, match=r"annex\.not-declared"):
        built(ready)


def test_an_invented_register_makes_no_real_annex(ready: Path, edit: Edit) -> None:
    """Neither is it built, nor is one that was built before published."""
    edit(ready / "tender.toml", "synthetic     = true", "synthetic     = false")
    assert "open-data.synthetic" in blocked(ready)
    with pytest.raises(BlockedError, match=r"annex\.not-synthetic"):
        built(ready)


def test_publishing_writes_lists_and_proves_the_open_data(out: Path) -> None:
    """In the folder, in the manifest with its hash, in the ZIP, and on the opening page under a heading of its own."""
    folder = published_folder(out, 1)
    opened = names(folder / "open-data")
    assert opened.items() >= names(out / "open-data").items()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {name: manifest[f"open-data/{name}"]["sha256"] for name in opened} == opened
    assert not verify(folder).findings
    (archive,) = (out / "published").glob("*.zip")
    assert not verify(archive).findings
    with zipfile.ZipFile(archive) as packed:
        assert {f"{archive.stem}/open-data/{name}" for name in opened} <= set(packed.namelist())
    page = (folder / "index.fi.html").read_text(encoding="utf-8")
    assert "Avoin data asiakasryhmistä</h2>" in page
    assert all(f'href="open-data/{name}"' in page for name in opened)


def test_a_changed_byte_of_the_open_data_is_proven(out: Path) -> None:
    """`verify` names the file."""
    path = published_folder(out, 1) / "open-data" / "hours.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    (finding,) = verify(published_folder(out, 1)).findings
    assert (finding.rule, finding.values["file"]) == ("verify.changed", "open-data/hours.csv")


def test_nothing_private_is_copied(out: Path) -> None:
    """Neither the extract nor the true counts, nor their names."""
    published = names(out / "published")
    assert not [name for name in published if "private" in name or "salainen" in name or "counts" in name]


def test_publishing_again_changes_nothing(out: Path) -> None:
    """The same package is the same version, also when the counts of the build are gone."""
    shutil.rmtree(out / "private" / "annex")
    before = names(out / "published")
    assert publish(out, date(2018, 12, 24), chance_at(NOON), "tests", lambda _: None).unchanged
    assert names(out / "published") == before


def test_a_declared_package_that_is_missing_blocks(ready: Path) -> None:
    """And says how it is made."""
    shutil.rmtree(ready / "open-data")
    assert refused(ready) == ["open-data.missing"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (DAY, "reference_day   = 2018-05-31", "open-data.figure"),
        ("threshold       = 5", "threshold       = 6", "open-data.figure"),
        ('"suppress"', '"round"', "open-data.figure"),
        ("age_limits      = [25, 55]", "age_limits      = [25]", "open-data.table-other"),
        ('id         = "hours"', 'id         = "work-hours"', "open-data.table-missing"),
        ('en = "Stock by age"', 'en = "Stock by years"', "open-data.table-other"),
        ('["municipality", "age"]', '["group", "age"]', "open-data.table-other"),
    ],
)
def test_a_package_that_does_not_fit_the_declaration_blocks(
    ready: Path, edit: Edit, old: str, new: str, rule: str
) -> None:
    """Days, threshold, guard, classes, tables: each is named."""
    edit(ready / "tender.toml", old, new)
    assert rule in blocked(ready)


def test_a_rounding_base_below_the_threshold_blocks(ready: Path, edit: Edit) -> None:
    """Else counts below the threshold would be shown as they are."""
    edit(ready / "tender.toml", 'guard           = "suppress"', 'guard           = "round"\nbase            = 3')
    assert "open-data.rounding-base" in blocked(ready)


def _planted(folder: Path, *, small: bool) -> tuple[str, str]:
    """Show one hidden cell; its table and coordinates."""
    true = kept_counts(folder)
    assert true is not None
    for path, line, at in hidden(folder / "open-data"):
        cell = true[path.stem][at]
        if path.stem != "hours" and (0 < cell.persons < 5) is small:
            reveal(path, line, cell.amount)
            return path.stem, ", ".join(at)
    raise AssertionError


@pytest.mark.parametrize("truth", [True, False])
def test_a_planted_leak_blocks_and_names_the_cell(ready: Path, *, truth: bool) -> None:
    """One secondary cell shown by hand: another becomes known, and publishing refuses, with the true counts or not."""
    _planted(ready, small=False)
    if not truth:
        shutil.rmtree(ready / "private" / "annex")
    rules = refused(ready) if truth else blocked(ready)
    assert "open-data.altered" in rules
    told = [finding for finding in examine(ready, PUBLISHED_ON).blocking if finding.rule.startswith("open-data.cell-")]
    assert {finding.rule for finding in told} & {
        "open-data.cell-known",
        "open-data.cell-small",
        "open-data.cell-narrow",
    }
    assert all(finding.values["table"] in {"stock-sex", "stock-age"} and finding.values["at"] for finding in told)
    assert all(finding.place is not None and finding.place.file.startswith("open-data/") for finding in told)


def test_a_small_count_shown_by_hand_blocks(ready: Path) -> None:
    """The primary cell itself."""
    table, at = _planted(ready, small=True)
    assert "open-data.cell-shown" in blocked(ready)
    named = [finding.values for finding in examine(ready, PUBLISHED_ON).blocking if "shown" in finding.rule]
    assert (named[0]["table"], named[0]["at"]) == (table, at)


def test_a_word_changed_by_hand_blocks(ready: Path, edit: Edit) -> None:
    """The package is what a build wrote, or it is not published."""
    path = ready / "open-data" / "codes-sex.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("female", "femina"), encoding="utf-8")
    assert blocked(ready) == ["open-data.altered"]


@pytest.mark.parametrize("harm", ["datapackage.json", "hours.csv"])
def test_a_broken_package_blocks_at_its_file(ready: Path, harm: str) -> None:
    """What cannot be read is not published."""
    (ready / "open-data" / harm).write_text("rikki", encoding="utf-8")
    found = [finding for finding in examine(ready, PUBLISHED_ON).blocking if finding.field == "open_data"]
    assert [finding.place.file for finding in found if finding.place] == [f"open-data/{harm}"]


def test_broken_true_counts_block(ready: Path) -> None:
    """A damaged file below `private/annex` is not taken for an absent one."""
    (ready / COUNTS).write_text("[", encoding="utf-8")
    with pytest.raises(InputError, match=r"annex\.counts-broken"):
        kept_counts(ready)
    assert blocked(ready) == ["annex.counts-broken"]


def test_a_stray_package_is_told_and_not_published(ready: Path, edit: Edit) -> None:
    """A tender that declares none has none."""
    edit(ready / "tender.toml", DECLARED, "")
    assert "open-data.undeclared" in {finding.rule for finding in examine(ready, PUBLISHED_ON).findings}
    assert blocked(ready) == []
    assert next_version(ready, readable_tender(ready), PUBLISHED_ON, draft=False).annex is None


def test_a_draft_without_a_package_goes_on_with_a_warning(ready: Path) -> None:
    """The chapter says that the data is still to be built."""
    shutil.rmtree(ready / "open-data")
    written = draft(ready, PUBLISHED_ON, lambda _: None, wanted=Wanted(("open-data",)))
    assert [finding.rule for finding in written.warnings] == ["open-data.missing"]
    assert not any(finding.blocks for finding in written.warnings)
    assert not [name for name in written.files if name.startswith("open-data/")]


def test_a_draft_prints_no_annex_that_gives_somebody_away(ready: Path) -> None:
    """Drafts are sent about."""
    _planted(ready, small=False)
    written = draft(ready, PUBLISHED_ON, lambda _: None, wanted=Wanted(("open-data",)))
    assert written.warnings
    assert not [name for name in written.files if name.startswith("open-data/")]


def test_a_draft_with_a_package_has_every_format(ready: Path) -> None:
    """As publishing would make it."""
    written = draft(ready, PUBLISHED_ON, lambda _: None, wanted=Wanted(("open-data",)))
    assert written.warnings == ()
    assert "open-data/datapackage.json" in written.files
    other = draft(ready, PUBLISHED_ON, lambda _: None, wanted=Wanted(("payment-annex",)))
    assert not [name for name in other.files if name.startswith("open-data/")]


def _recounted(folder: Path) -> None:
    """Another register, and the annex built from it; the deadline moves, as a correction wants it."""
    with_register(folder, rows(260, 4))
    built(folder)


@pytest.mark.slow
def test_a_changed_annex_is_never_published_by_itself(out: Path) -> None:
    """It is a change of the version: a correction at least, table by table."""
    _recounted(out)
    amendment = pending(out, PUBLISHED_ON)
    assert amendment is not None
    assert amendment.proposed is ChangeClass.CORRECTION
    assert {change.data.path for change in amendment.changes} == {
        f"open_data.tables[{table}].cells" for table in ("stock-sex", "stock-age", "hours")
    }


@pytest.mark.slow
def test_a_changed_annex_becomes_a_correction(out: Path, edit: Edit) -> None:
    """Version 2 prints which tables changed, keeps version 1, and is made again with the same bytes."""
    _recounted(out)
    with pytest.raises(FrozenError, match=r"versions\.undecided"):
        publish(out, PUBLISHED_ON, chance_at(NOON), "tests", lambda _: None)
    edit(out / "tender.toml", "tenders_until       = 2018-12-11T12:00:00", "tenders_until       = 2018-12-19T12:00:00")
    edit(out / "tender.toml", "opening             = 2018-12-11T13:00:00", "opening             = 2018-12-19T13:00:00")
    before = names(published_folder(out, 1))
    wish = Wish(ChangeClass.CORRECTION, Text(fi="Rekisteri laskettiin uudelleen."))
    publish(out, PUBLISHED_ON, chance_at(NOON), "tests", lambda _: None, wish)
    assert names(published_folder(out, 1)) == before
    notice = (published_folder(out, 2) / "correction-notice.fi.html").read_text(encoding="utf-8")
    assert "Varanto iän mukaan: avoimen datan luvut" in notice
    assert (published_folder(out, 2) / "open-data" / "datapackage.json").is_file()
    assert not verify(published_folder(out, 2)).findings
    again = publish(out, PUBLISHED_ON, chance_at(NOON), "tests", lambda _: None, wish)
    assert again.unchanged
    assert len(record_state(out).published) == 2


@pytest.mark.slow
def test_the_next_build_rests_on_what_was_published(out: Path, edit: Edit) -> None:
    """A lower threshold now needs fewer blanks, and what version 1 shows is not hidden by version 2."""
    first = read_package(published_folder(out, 1) / "open-data")
    edit(out / "tender.toml", "threshold       = 5", "threshold       = 8")
    with pytest.raises(BlockedError, match=r"annex\.unprotectable"):
        built(out)
    edit(out / "tender.toml", "threshold       = 8", "threshold       = 4")
    found = built(out)
    assert found.public > 0
    for table in first.tables:
        later = {cell.at: cell.value for cell in found.annex.table(table.id).cells}
        assert all(later[cell.at] == cell.value for cell in table.cells if cell.value is not None)


def test_a_file_of_public_figures_is_no_hiding_place(ready: Path, tmp_path: Path) -> None:
    """`--known`: a cell that somebody else shows is shown, and reckoned with."""
    true = kept_counts(ready)
    assert true is not None
    path, _, at = next(
        found for found in hidden(ready / "open-data") if true[found[0].stem][found[2]].persons >= 5
        and found[0].stem == "stock-sex"
    )  # fmt: skip
    known = tmp_path / "tilasto.csv"
    heads = "municipality,group,sex,month,lkm"
    known.write_text(f"{heads}\n{','.join(at)},2018-06,{true[path.stem][at].amount}\n", encoding="utf-8")
    found = build(ready, means(known))
    assert found.public == 1
    assert {cell.at: cell.value for cell in found.annex.table("stock-sex").cells}[at] == true[path.stem][at].amount
    known.write_text(f"kunta,lkm\n{at[0]},5\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"annex\.known-no-axis"):
        build(ready, means(known))


def test_a_folder_is_swapped_whole(tmp_path: Path) -> None:
    """What stood there is gone, what is new is there, and nothing is left beside."""
    target = tmp_path / "open-data"
    swap_folder(target, {"a.csv": b"1", "px/a.px": b"2"})
    (tmp_path / ".open-data.old").mkdir()
    swap_folder(target, {"b.csv": b"3"})
    assert names(tmp_path) == {"open-data/b.csv": hashlib.sha256(b"3").hexdigest()}
