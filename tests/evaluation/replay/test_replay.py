"""A third party computes an award again; one changed number is found and named, wherever it stands."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evaluation.acts.deciding import bundle_again
from evaluation.acts.replay import replay
from evaluation.replay import Bundle, read_bundle, recomputing, replayed
from evaluation.replay.bundle import ADMISSIONS, BIDS, MANIFEST, METHOD, NUMBERS, SCORES, SEED, SELECTION, SHEET, pretty
from evaluation.replay.differences import leaves
from tender.cli.main import main
from tender.errors import InputError, UsageError
from tender.model.methods import Json

_NUMBER = re.compile(r"-?\d+([./]\d+)?")


def _places(value: Json, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Json]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _places(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _places(each, (*path, number))
    else:
        yield path, value


def _numeric(value: Json) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (
        isinstance(value, str) and _NUMBER.fullmatch(value) is not None
    )


def _other(value: Json) -> Json:
    """The same number with one byte changed."""
    if isinstance(value, int):
        return value + 1
    assert isinstance(value, str)
    last = max(place for place, sign in enumerate(value) if sign.isdigit())
    digit = "1" if value[last] != "1" else "2"
    return f"{value[:last]}{digit}{value[last + 1 :]}"


def _with(value: Json, path: tuple[str | int, ...], new: Json) -> Json:
    copied: Json = json.loads(json.dumps(value))
    place: Any = copied
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = new
    return copied


def _mutated(bundle: Bundle, file: str, path: tuple[str | int, ...], new: Json) -> Bundle:
    data = json.dumps(_with(bundle.plain[file], path, new), ensure_ascii=False, indent=2).encode() + b"\n"
    return read_bundle(bundle.tender, {**bundle.files, file: data})


def test_an_untouched_bundle_is_equal_as_folder_and_as_zip(unpacked_once: Path, bundle_zip: Path) -> None:
    """Nothing but the bundle is needed, and everything that it says comes out again."""
    for place in (unpacked_once, bundle_zip):
        found = replay(place)
        assert found.findings == ()
        assert found.equal
        assert found.compared > 100


def test_no_record_is_needed(unpacked_once: Path, tmp_path: Path) -> None:
    """The bundle stands alone in a place of its own; no record and no private file is in it."""
    alone = Path(shutil.copytree(unpacked_once, tmp_path / "alone"))
    assert not [path for path in alone.rglob("*") if path.name in {"record.db", "private", "bids"}]
    assert replay(alone).equal


def test_the_bundle_has_the_same_bytes_each_time(story: Path, bundle_zip: Path, tmp_path: Path) -> None:
    """Written again from the record, it is the one beside the decision."""
    assert bundle_again(story, tmp_path / bundle_zip.name).read_bytes() == bundle_zip.read_bytes()


def test_no_address_of_a_bidder_is_in_it(bundle_once: Bundle) -> None:
    """Contact data are not needed to compute anything."""
    assert b"@" not in bundle_once.files[BIDS]


@pytest.fixture
def results_once(bundle_once: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the untouched inputs come out as, computed once: these tests change what is compared with it."""
    results = recomputing._results(bundle_once)
    monkeypatch.setattr(recomputing, "_results", lambda _: results)


def _named(bundle: Bundle) -> dict[str, tuple[str, str]]:
    """Every difference by its path: expected and found."""
    return {
        finding.values["path"]: (finding.values["expected"], finding.values["found"])
        for finding in replayed(bundle).findings
        if "path" in finding.values
    }


@pytest.mark.usefixtures("results_once")
@pytest.mark.parametrize("file", [BIDS, SCORES, SHEET, SELECTION, METHOD])
def test_every_number_is_named_when_it_changes(bundle_once: Bundle, file: str) -> None:
    """Each price, capacity, level, weight and point: one byte changed, its place named, with expected and found."""
    paths = [path for path, _ in _places(bundle_once.plain[file])]
    names = dict(zip(paths, (name for name, _ in leaves(_filled(bundle_once.plain[file]))), strict=True))
    tried = 0
    for path, value in _places(bundle_once.plain[file]):
        if not _numeric(value) or path[-1] == "version":
            continue
        new = _other(value)
        named = _named(_mutated(bundle_once, file, path, new))
        hit = named.get(names[path]) or named.get(f"{file}:{names[path]}")
        assert hit == (str(value), str(new)), f"{file} {path}: {value} became {new}, named were {sorted(named)}"
        tried += 1
    assert tried > 15


def _filled(value: Json) -> Json:
    """`value` without its empty lists and tables, which have no number in them."""
    if isinstance(value, dict):
        return {key: _filled(each) for key, each in value.items() if each not in ([], {})}
    return [_filled(each) for each in value if each not in ([], {})] if isinstance(value, list) else value


@pytest.mark.slow
def test_every_weight_of_the_sources_is_named(unpacked_once: Path, tmp_path: Path) -> None:
    """One digit of a weight in the published file itself."""
    text = (unpacked_once / "source" / "tender.toml").read_text(encoding="utf-8")
    award = text.index("[award]")
    weights = [found for found in re.finditer(r"(?m)^weight\s*=\s*(\d+)", text) if found.start() > award]
    assert weights
    for number, found in enumerate(weights):
        changed = Path(shutil.copytree(unpacked_once, tmp_path / str(number)))
        other = str(int(found[1]) + 1)
        new = f"{text[: found.start(1)]}{other}{text[found.end(1) :]}"
        (changed / "source" / "tender.toml").write_text(new, encoding="utf-8")
        named = [each.values for each in replay(changed).findings if each.values.get("path", "").endswith(".weight")]
        assert [(each["found"], each["expected"]) for each in named] == [(found[1], other)]


def test_a_forger_who_mends_every_hash_is_found_by_the_arithmetic(bundle_once: Bundle) -> None:
    """A price changed in both its places and in the manifest: the points no longer follow from it."""
    bids = bundle_once.plain[BIDS]
    path, value = next((path, value) for path, value in _places(bids) if "prices" in path and _numeric(value))
    name = next(
        name for (each, _), (name, _) in zip(_places(_filled(bids)), leaves(_filled(bids)), strict=True) if each == path
    )
    files = dict(bundle_once.files)
    files[BIDS] = pretty(_with(bids, path, _other(value)))
    files[NUMBERS] = pretty(_with(bundle_once.plain[NUMBERS], (f"{BIDS}:{name}",), _other(value)))
    manifest = bundle_once.plain[MANIFEST]
    for file in (BIDS, NUMBERS):
        manifest = _with(manifest, ("files", file), hashlib.sha256(files[file]).hexdigest())
    files[MANIFEST] = pretty(manifest)
    forged = read_bundle(bundle_once.tender, files)
    own = replayed(bundle_once).manifest_hash
    findings = replayed(forged).findings
    bidder = name[name.index("[") + 1 : name.index("]")]
    assert any(bidder in each.field and "comparison_price" in each.field for each in findings)
    assert {each.rule for each in findings} == {"replay.differs"}
    assert any(each.field == "sha256" for each in replayed(forged, own).findings)


def test_a_level_off_the_scale_stops_and_says_so(bundle_once: Bundle) -> None:
    """What cannot be computed is a finding, not a crash."""
    path = next(path for path, _ in _places(bundle_once.plain[SCORES]) if path[-1] == "level")
    findings = replayed(_mutated(bundle_once, SCORES, path, 99)).findings
    assert {"replay.cannot", "award.level-not-on-scale"} <= {each.rule for each in findings}


def test_another_seed_is_named(bundle_once: Bundle) -> None:
    """The seed must be the one whose commitment was published."""
    findings = replayed(_mutated(bundle_once, SEED, ("seed",), "0" * 64)).findings
    assert any(each.field == "seed" for each in findings)


def test_an_admission_that_does_not_follow_is_named(bundle_once: Bundle) -> None:
    """The refused bid let in, and an admitted one kept out."""
    rows = bundle_once.plain[ADMISSIONS]
    refused = next(path[0] for path, value in _places(rows) if path[-1] == "admitted" and value is False)
    findings = replayed(_mutated(bundle_once, ADMISSIONS, (refused, "admitted"), True)).findings  # noqa: FBT003
    assert any(each.field.endswith(".admitted") for each in findings)
    findings = replayed(_mutated(bundle_once, ADMISSIONS, (refused, "rules"), [])).findings
    assert any(each.field.endswith(".rules") for each in findings)


def test_withheld_prices_leave_the_points_and_say_what_was_not_computed(
    story: Path, tmp_path: Path, bundle_once: Bundle
) -> None:
    """The total compared price stays (JulkL 11.2 p. 6), the unit prices and a secret passage do not."""
    row: Any = next(iter(json.loads(bundle_once.files[SCORES])))
    passage = str(row["reason"])
    (story / "private" / "secrets.toml").write_text(
        f"""[[secrets]]
bidder = "{row["bidder"]}"
prices = true
ground = "JulkL 24.1 p. 20"
[[secrets]]
bidder = "{row["bidder"]}"
text = {json.dumps(passage, ensure_ascii=False)}
ground = "JulkL 24.1 p. 20"
""",
        encoding="utf-8",
    )
    target = bundle_again(story, tmp_path / "award-bundle.zip")
    with zipfile.ZipFile(target) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".json")]
    assert not [text for text in texts if passage in text]
    found = replay(target)
    assert [each.rule for each in found.findings] == ["replay.withheld"]
    assert found.equal


HOSTILE: dict[str, tuple[str, bytes]] = {
    "no JSON": (BIDS, b"{"),
    "a float": (BIDS, b"[1.5]"),
    "a number where a text is": (SEED, b'{"seed": 5}'),
    "another shape": (SCORES, b'{"a": 1}'),
    "deep": (BIDS, b"[" * 100_000),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_by_name(bundle_once: Bundle, case: str) -> None:
    """One clear refusal that names the file."""
    file, data = HOSTILE[case]
    with pytest.raises(InputError) as caught:
        read_bundle(bundle_once.tender, {**bundle_once.files, file: data})
    assert caught.value.place is not None
    assert caught.value.place.file == file


def test_a_link_out_of_the_folder_and_a_missing_bundle_are_refused(unpacked_once: Path, tmp_path: Path) -> None:
    """A folder is guarded like a ZIP."""
    changed = Path(shutil.copytree(unpacked_once, tmp_path / "linked"))
    (changed / "passwd").symlink_to("/etc/passwd")
    with pytest.raises(InputError):
        replay(changed)
    with pytest.raises(UsageError):
        replay(tmp_path / "nowhere")
    (changed / "passwd").unlink()
    (changed / "source" / "tender.toml").unlink()
    with pytest.raises(InputError):
        replay(changed)


def test_the_command_says_equal_different_and_wrong_use(unpacked_once: Path, tmp_path: Path) -> None:
    """Exit codes 0, 1 and 2; one JSON value."""
    changed = Path(shutil.copytree(unpacked_once, tmp_path / "changed"))
    (changed / SHEET).write_bytes((changed / SHEET).read_bytes().replace(b'"rank": 1', b'"rank": 2', 1))
    answers = []
    for place in (unpacked_once, changed, tmp_path / "nowhere"):
        result = CliRunner().invoke(main, ["evaluate", "replay", str(place), "--json"])
        answers.append((result.exit_code, json.loads(result.stdout).get("equal")))
    assert answers == [(0, True), (1, False), (2, None)]
