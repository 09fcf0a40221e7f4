"""Commands on one table meet files that do not do: one message at its place, no traceback, no file lost."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest
from click.testing import Result

from tests.tender.cli.test_annex import run

TABLE = "area,group,count\nn,easy,3\nn,hard,9\nn,odd,20\ns,easy,8\ns,hard,7\ns,odd,30\n"
KEPT = b"an earlier release that took a week\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of 2 × 3 with one small count."""
    return write(tmp_path, "table.csv", TABLE)


def write(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def clean(result: Result, code: int) -> str:
    """What a refusal says; it is a refusal, and no error that nobody thought of."""
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.stdout == ""
    return result.stderr


HOSTILE: dict[str, tuple[str | bytes, str, str]] = {
    "nothing": (b"", "bad.csv", "empty"),
    "open quotation mark in the heads": ('"area,count\nn,3\n', "bad.csv:1", "cannot be read as CSV"),
    "text behind a quotation mark in the heads": ('"area"x,count\nn,3\n', "bad.csv:1", "cannot be read as CSV"),
    "a head without end": ("a" * 200_000 + ",count\nn,3\n", "bad.csv:1", "cannot be read as CSV"),
    "open quotation mark": ('area,count\n"n,3\n', "bad.csv:2", "cannot be read as CSV"),
    "a field without end": ("area,count\nn,3\n" + "b" * 200_000 + ",1\n", "bad.csv:3", "cannot be read as CSV"),
    "the codepage of Windows": ("area,count\nn,3\nSäyneinen,4\n".encode("cp1252"), "bad.csv:3", "UTF-8"),
    "UTF-16": ("area,count\nn,3\n".encode("utf-16"), "bad.csv:1", "UTF-8"),
    "a program": (b"\x7fELF\x02\x01\x01\x00\xff\xfe", "bad.csv:1", "UTF-8"),
    "a formula for a count": ("area,count\nn,3\ns,=1+1\n", "bad.csv:3", "=1+1"),
    "a decimal": ("area,count\nn,3.0\n", "bad.csv:2", "3.0"),
    "a negative count": ("area,count\nn,-3\n", "bad.csv:2", "-3"),
    "a count beyond all people": ("area,count\nn,1000000000\n", "bad.csv:2", "1000000000"),
    "digits of another script": ("area,count\nn,٣\n", "bad.csv:2", "٣"),
    "a power": ("area,count\nn,1e3\n", "bad.csv:2", "1e3"),
    "a head twice": ("area,area,count\nn,n,3\n", "bad.csv:1", "name of its own"),
    "a head that is blank": ("area,,count\nn,n,3\n", "bad.csv:1", "name of its own"),
    "counts only": ("count\n3\n", "bad.csv:1", ""),
    "heads only": ("area,count\n", "bad.csv", ""),
    "blank lines only": ("area,count\n\n , \n", "bad.csv", ""),
}


@pytest.mark.parametrize("fault", HOSTILE)
@pytest.mark.parametrize("command", ["protect", "audit", "compare"])
def test_a_hostile_table_is_refused_by_every_command(tmp_path: Path, command: str, fault: str) -> None:
    """The message names file, line and what stands there; what the command may write is not touched."""
    data, place, words = HOSTILE[fault]
    bad, out = write(tmp_path, "bad.csv", data), write(tmp_path, "out.csv", KEPT)
    said = clean(run(command, bad, "--witness" if command == "audit" else "--out", out), 1)
    assert said.startswith(place), said
    assert words in said
    assert out.read_bytes() == KEPT


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("fault", [name for name, (data, _, _) in HOSTILE.items() if data])
def test_a_refusal_has_words_in_every_language(tmp_path: Path, fault: str, language: str) -> None:
    """No id and no unfilled value shows; the JSON says the same words with the id."""
    bad = write(tmp_path, "bad.csv", HOSTILE[fault][0])
    said = clean(run("protect", bad, language=language), 1)
    result = run("protect", bad, "--json", language=language)
    answer = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "")
    assert answer["error"].startswith("annex.")
    assert answer["message"] in said
    assert answer["advice"]
    assert answer["error"] not in said
    assert "{" not in said


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_place_that_cannot_be_written_is_wrong_use(table: Path, tmp_path: Path, language: str) -> None:
    """The folder of ``--out`` is not there, or is a file: the message names it, for every way to write."""
    expected = {"fi": "ei voi kirjoittaa", "sv": "kan inte skrivas", "en": "cannot be written"}[language]
    nowhere, inside = tmp_path / "nowhere" / "out.csv", table / "out.csv"
    seed = write(tmp_path, "seed.txt", "0123456789abcdef0123\n")
    round_off = ("protect", table, "--round", "5", "--seed-file")
    for place in (nowhere, inside):
        for arguments in (
            ("protect", table, "--out", place),
            (*round_off, seed, "--out", place),
            (*round_off, place),
            ("audit", table, "--witness", place),
            ("compare", table, "--threshold", "5", "--out", place),
        ):
            result = run(*arguments, language=language)
            assert result.exit_code == 2, arguments
            assert isinstance(result.exception, SystemExit)
            assert expected in result.stderr
            assert str(place) in result.stderr
    assert not nowhere.parent.exists()
    assert table.read_text(encoding="utf-8") == TABLE


@pytest.mark.parametrize(
    "name", ["a b;c.csv", "=1+1.csv", "Säyneinen ☃.csv", "-dash.csv", "%s{0}{file}.csv", "x'y\".csv"]
)
def test_strange_names_of_files_are_only_names(tmp_path: Path, name: str) -> None:
    """They are read, written and printed as they are."""
    file, out = write(tmp_path, name, TABLE), tmp_path / f"out-{name}"
    assert run("protect", file, "--out", out).exit_code == 0
    assert run("audit", out).exit_code == 0
    write(tmp_path, name, "area,count\nn,?\n")
    assert clean(run("protect", file), 1).startswith(f"{name}:2: ")


def test_formula_text_and_separators_in_codes_stay_text(tmp_path: Path) -> None:
    """Codes with formulas, quotation marks, separators and line breaks come out as they went in."""
    codes = ["=cmd|'/c calc'!A1", 'a"b', "x,y;z", "two\nlines", "+1"]
    file, out = tmp_path / "t.csv", tmp_path / "out.csv"
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([("area", "code", "count"), *((a, c, 9) for a in "ns" for c in codes)])
    assert run("protect", file, "--out", out).exit_code == 0
    with out.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert {row["code"] for row in rows} == {*codes, "Total"}
    assert {(row["code"], row["count"]) for row in rows if row["area"] == "Total"} >= {(code, "18") for code in codes}


def test_an_existing_release_is_lost_by_no_refusal(table: Path, tmp_path: Path) -> None:
    """Options that do not fit, public counts that differ, a bad hierarchy: nothing is written over."""
    out = write(tmp_path, "out.csv", KEPT)
    differing = write(tmp_path, "known.csv", "area,group,count\nn,easy,4\n")
    narrow = write(tmp_path, "narrow.csv", "area,count\nn,4\n")
    ring = write(tmp_path, "ring.csv", "dimension,code,parent\narea,n,s\narea,s,n\n")
    broken = write(tmp_path, "broken.csv", '"dimension,code,parent\narea,n,s\n')
    strange = write(tmp_path, "strange.csv", "dimension,code,parent\nage,young,all\n")
    for options, code, words in (
        (("--known", differing), 1, "known.csv: "),
        (("--known", narrow), 1, "narrow.csv:1"),
        (("--hierarchy", ring), 1, "ring.csv:3"),
        (("--hierarchy", broken), 1, "broken.csv:1"),
        (("--hierarchy", strange), 1, "age"),
        (("--primary", "mark"), 1, "mark"),
        (("--freq", "people"), 1, "people"),
        (("--largest", "first", "--p-percent", "10"), 1, "first"),
        (("--p-percent", "10"), 2, ""),
        (("--round", "5"), 2, ""),
        (("--coarsen", "--ordered", "age"), 2, "age"),
        (("--threshold", "0"), 2, "--threshold"),
        (("--dominance", "0", "10"), 2, "--dominance"),
        (("--seconds", "-1"), 2, "--seconds"),
    ):
        assert words in clean(run("protect", table, *options, "--out", out), code), options
        assert out.read_bytes() == KEPT


def test_a_mark_is_yes_or_no(tmp_path: Path) -> None:
    """Three languages' words are understood; anything else is refused with its line, never taken for no."""
    rows = [("n", "easy", "kyllä"), ("n", "hard", "nej"), ("s", "easy", ""), ("s", "hard", "ei")]
    text = "area,group,count,p\n" + "".join(f"{a},{g},40,{mark}\n" for a, g, mark in rows)
    file = write(tmp_path, "t.csv", text)
    found = json.loads(run("protect", file, "--primary", "p", "--json").stdout)
    assert [tuple(cell["coordinates"].values()) for cell in found["cells"] if cell["status"] == "primary"] == [
        ("n", "easy")
    ]
    write(tmp_path, "t.csv", text.replace("nej", "ehkä"))
    said = clean(run("protect", file, "--primary", "p"), 1)
    assert said.startswith("t.csv:3: ")
    assert "ehkä" in said


def test_a_secret_seed_is_made_once_and_never_replaced(table: Path, tmp_path: Path) -> None:
    """A new one is for its owner only; an empty file is no secret and stays as it is."""
    seed = tmp_path / "seed.txt"
    assert run("protect", table, "--round", "5", "--seed-file", seed).exit_code == 0
    assert stat.S_IMODE(seed.stat().st_mode) == 0o600
    made = seed.read_bytes()
    assert len(made.strip()) == 64
    assert run("protect", table, "--round", "5", "--seed-file", seed).exit_code == 0
    assert seed.read_bytes() == made
    empty = write(tmp_path, "empty.txt", b"")
    assert "empty.txt" in clean(run("protect", table, "--round", "5", "--seed-file", empty), 1)
    assert empty.read_bytes() == b""


def test_audit_and_recheck_refuse_what_is_no_pair(table: Path, tmp_path: Path) -> None:
    """Binary witnesses, a published table that contradicts itself, a truth of another table."""
    witnesses = write(tmp_path, "w.json", b"\xff\xfe\x00")
    assert clean(run("recheck", witnesses, table), 1).startswith("w.json: ")
    unsound = write(tmp_path, "sum.csv", "area,count\nn,4\ns,5\nTotal,8\n")
    assert clean(run("audit", unsound), 1).startswith("sum.csv:4: ")
    impossible = write(tmp_path, "less.csv", "area,count\nn,4\ns,\nw,\nTotal,3\n")
    assert "less.csv" in clean(run("audit", impossible), 1)
    hidden = write(tmp_path, "hidden.csv", "area,count\nn,\ns,\nw,9\nTotal,20\n")
    truth = write(tmp_path, "truth.csv", "area,count\nn,x\n")
    assert clean(run("audit", hidden, "--truth", truth), 1).startswith("truth.csv:2: ")
    assert run("audit", hidden, "--truth", tmp_path / "none.csv").exit_code == 2


@pytest.mark.parametrize("sign", ["", ".", "..", "…", "x", "C", "*", "-", "Hidden"])
def test_what_hides_a_count_in_a_published_table(tmp_path: Path, sign: str) -> None:
    """4 + ? = 11: the only hidden cell of a sum is known to be 7; a sign for hidden is never a zero."""
    file = write(tmp_path, "t.csv", f"area,count\nn,4\ns,{sign}\nTotal,11\n")
    result = run("audit", file, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["safe"], found["hidden"]) == (1, False, 1)
    (leak,) = found["leaks"]
    assert (leak["coordinates"], leak["low"], leak["high"], leak["certified"]) == ({"area": "s"}, 7, 7, True)
