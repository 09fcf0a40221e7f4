"""Hostile forms, files and imports: each ends in one clear message, and nothing stored changes."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from market_dialogue.acts import read_dialogue
from market_dialogue.answer_form import write_answer_form
from market_dialogue.answer_form.fields import STAMP_SHEET, cell_name
from tender.cli.main import main
from tender.guards import open_workbook
from tender.publishing.examination import readable_tender
from tender.publishing.folder import RECORD_FILE, record_state
from tender.sheets import fill_cells, read_book
from tender.sheets.book import Formula, Value
from tests.market_dialogue.exports import docx_of, lime_csv, structure_of

SAVO = Path(__file__).parents[2] / "examples" / "pohjois-savo"
HEAD = 'id = "a"\nrespondent = "A"\nreceived_at = 2018-10-10T10:00:00\n'
LIME = ("--from", "limesurvey", "--map", "org=respondent")
WEBROPOL = ("--from", "webropol", "--map", "1=respondent", "--map", "2=q8")
TEXT = ("--from", "text", "--respondent", "A", "--question", "q1")
DOCX = ("--from", "docx", "--respondent", "A", "--question", "q1")
MACRO = "application/vnd.ms-office.vbaProject"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@cache
def form() -> bytes:
    """The pilot's form, with a respondent."""
    data = write_answer_form(readable_tender(SAVO), readable_tender(SAVO).languages[0])
    return typed(data, answer_respondent="A")


def typed(data: bytes, **values: Value) -> bytes:
    """The form with `values` typed into its named cells."""
    names = read_book(open_workbook(data, "a.xlsx")).names
    places = {name: names[name] for name in values}
    return fill_cells(data, {(at.sheet, at.ref): values[name] for name, at in places.items() if at is not None})


def zipped(data: bytes, **parts: bytes) -> bytes:
    """The package with further or other parts; dots of a name are written as ``__``, slashes as ``_SL_``."""
    made = BytesIO()
    new = {name.replace("__", ".").replace("_SL_", "/"): text for name, text in parts.items()}
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            if name not in new:
                archive.writestr(name, old.read(name))
        for name, text in new.items():
            archive.writestr(name, text)
    return made.getvalue()


def swapped(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The package with something changed in one part."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        text = archive.read(part)
    assert old in text
    return zipped(data, **{part: text.replace(old, new, 1)})


def toml(replies: str, head: str = HEAD) -> bytes:
    """An answer file."""
    return f"{head}[replies]\n{replies}\n".encode()


def survey(entities: str = "", body: str = "") -> bytes:
    """A structure with a document type."""
    return f'<?xml version="1.0"?><!DOCTYPE d [{entities}]><document>{body}</document>'.encode()


def deep(levels: int) -> bytes:
    """JSON nested too deep."""
    return b'{"SurveyAnswers":' + b"[" * levels + b"]" * levels + b"}"


CSV = lime_csv(["submitdate", "org", "q8"], [["2018-10-17 14:22:00", "A", "x"]])
_XXE = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
_LINK = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" '
    b'Target="http://evil.example.invalid/a.xlsx" TargetMode="External"/></Relationships>'
)

Case = tuple[str, str, Callable[[], bytes], tuple[str, ...], str]
CASES: tuple[Case, ...] = (
    ("a zip bomb", "a.xlsx", lambda: zipped(form(), xl_SL_media_SL_a__png=b"\0" * 30_000_000), (), "guard."),
    ("an archive inside", "a.xlsx", lambda: zipped(form(), xl_SL_a__xml=form()), (), "guard."),
    ("a macro", "a.xlsx", lambda: zipped(form(), xl_SL_vbaProject__bin=b"x"), (), "guard.active-part"),
    (
        "a macro's content type",
        "a.xlsx",
        lambda: swapped(
            form(),
            "[Content_Types].xml",
            b"</Types>",
            f'<Override PartName="/xl/a.xml" ContentType="{MACRO}"/></Types>'.encode(),
        ),
        (),
        "guard.active-part",
    ),
    (
        "an external link",
        "a.xlsx",
        lambda: zipped(form(), xl_SL__rels_SL_a__xml__rels=_LINK),
        (),
        "guard.external-link",
    ),
    ("an entity of a file", "a.xlsx", lambda: zipped(form(), docProps_SL_app__xml=_XXE), (), "guard.xml-entities"),
    (
        "a formula that calls out",
        "a.xlsx",
        lambda: typed(form(), **{cell_name(0, "text"): Formula('WEBSERVICE("http://a.invalid")')}),
        (),
        "guard.active-formula",
    ),
    (
        "a formula in an answer",
        "a.xlsx",
        lambda: typed(form(), **{cell_name(0, "text"): Formula("1+1")}),
        (),
        "dialogue.cell-kind",
    ),
    ("a path as a name", "a.xlsx", lambda: zipped(form(), **{".._SL_.._SL_a__xml": b"<a/>"}), (), "guard."),
    ("half a workbook", "a.xlsx", lambda: form()[: len(form()) // 2], (), "guard."),
    ("nothing at all", "a.xlsx", lambda: b"", (), "guard.empty"),
    ("a text that says it is a workbook", "a.xlsx", lambda: b"hello", (), "guard."),
    (
        "a giant number",
        "a.xlsx",
        lambda: typed(form(), **{cell_name(7, "number"): "9" * 300}),
        (),
        "dialogue.not-a-number",
    ),
    (
        "a number beyond doubles",
        "a.xlsx",
        lambda: typed(form(), **{cell_name(7, "number"): "1e999"}),
        (),
        "dialogue.not-a-number",
    ),
    (
        "a path as an attachment",
        "a.xlsx",
        lambda: typed(form(), **{cell_name(3, "file"): "../../etc/passwd"}),
        (),
        "dialogue.attachment-name",
    ),
    (
        "a device as an attachment",
        "a.xlsx",
        lambda: typed(form(), **{cell_name(3, "file"): "CON"}),
        (),
        "dialogue.attachment-name",
    ),
    (
        "a damaged stamp",
        "a.xlsx",
        lambda: fill_cells(form(), {(STAMP_SHEET, "B1"): "[" * 5000}),
        (),
        "dialogue.not-a-form",
    ),
    (
        "a stamp of thousands",
        "a.xlsx",
        lambda: fill_cells(
            form(),
            {
                (STAMP_SHEET, "B1"): json.dumps(
                    {
                        "form": "dialogue-answer",
                        "tender": "pohjois-savo",
                        "question_set": "x",
                        "language": "fi",
                        "questions": ["q"] * 5000,
                    }
                )
            },
        ),
        (),
        "dialogue.not-a-form",
    ),
    (
        "a workbook of somebody else's",
        "a.xlsx",
        lambda: swapped(form(), "xl/workbook.xml", STAMP_SHEET.encode(), b"other"),
        (),
        "dialogue.not-a-form",
    ),
    ("a cell of 10 MB", "a.toml", lambda: toml(f'q8 = "{"x" * 10_000_000}"'), (), "dialogue.too-large"),
    ("a reply that is too long", "a.toml", lambda: toml(f'q8 = "{"x" * 30_000}"'), (), "dialogue.reply-too-long"),
    ("a NUL in a reply", "a.toml", lambda: toml('q8 = "a\\u0000b"'), (), "dialogue.unfit-character"),
    ("a NUL in the file", "a.toml", lambda: toml("q8 = 'a\0b'"), (), "dialogue.unreadable"),
    ("a key twice", "a.toml", lambda: toml('q8 = "a"\nq8 = "b"'), (), "dialogue.unreadable"),
    ("a wrong codepage", "a.toml", lambda: toml('q8 = "hyvä"').decode().encode("cp1252"), (), "dialogue.unreadable"),
    ("deep TOML", "a.toml", lambda: toml(f"q8 = {'[' * 3000}{']' * 3000}"), (), "dialogue.unreadable"),
    ("a giant integer", "a.toml", lambda: toml(f"q8 = {{ number = {'9' * 5000} }}"), (), "dialogue."),
    ("a number that is none", "a.toml", lambda: toml("q8 = { number = nan }"), (), "dialogue.not-a-number"),
    ("an endless number", "a.toml", lambda: toml("q8 = { number = inf }"), (), "dialogue.not-a-number"),
    ("an unknown question", "a.toml", lambda: toml(f'"{SCRIPT}" = "a"'), (), "dialogue.unknown-question"),
    (
        "an attachment outside",
        "a.toml",
        lambda: toml('q8 = "a"', f'{HEAD}attachments = ["../a"]\n'),
        (),
        "dialogue.attachment-name",
    ),
    ("an open mark", "a.toml", lambda: toml('q8 = "[[a"'), (), "dialogue.mark-open"),
    (
        "a CSV in a wrong codepage",
        "a.csv",
        lambda: b'"submitdate","org"\r\n"2018-10-17","Hyv\xe4"\r\n',
        LIME,
        "dialogue.codepage",
    ),
    ("a CSV in UTF-16", "a.csv", lambda: CSV.decode("utf-8-sig").encode("utf-16"), LIME, "dialogue."),
    ("a NUL in a CSV", "a.csv", lambda: CSV.replace(b'"x"', b'"a\0b"'), LIME, "dialogue."),
    ("a CSV with a quote that stays open", "a.csv", lambda: CSV + b'"a', LIME, "dialogue.no-csv"),
    (
        "a CSV cell of 10 MB",
        "a.csv",
        lambda: CSV.replace(b'"x"', b'"' + b"x" * 10_000_000 + b'"'),
        LIME,
        "dialogue.no-csv",
    ),
    ("a CSV row that is too short", "a.csv", lambda: CSV + b'"2018-10-17"\r\n', LIME, "dialogue.csv-columns"),
    ("a column twice", "a.csv", lambda: lime_csv(["org", "org. A"], [["A", "B"]]), LIME, "dialogue.column-twice"),
    ("rows without end", "a.csv", lambda: b'"org"\r\n' + b'"A"\r\n' * 6000, LIME, "dialogue.no-csv"),
    ("a CSV of nothing", "a.csv", lambda: b"\r\n\r\n", LIME, "dialogue.no-csv"),
    (
        "a respondent of 10 kB",
        "a.csv",
        lambda: lime_csv(["org", "q8"], [["A" * 10_000, "x"]]),
        LIME,
        "dialogue.row-no-respondent",
    ),
    ("deep JSON", "a.json", lambda: deep(100), WEBROPOL, "dialogue.no-json"),
    ("very deep JSON", "a.json", lambda: deep(200_000), WEBROPOL, "dialogue.no-json"),
    ("a JSON key twice", "a.json", lambda: b'{"SurveyAnswers":[],"SurveyAnswers":[]}', WEBROPOL, "dialogue.no-json"),
    ("JSON with NaN", "a.json", lambda: b'{"SurveyAnswers":[NaN]}', WEBROPOL, "dialogue.no-json"),
    (
        "JSON with a giant number",
        "a.json",
        lambda: b'{"SurveyAnswers":[' + b"9" * 9000 + b"]}",
        WEBROPOL,
        "dialogue.no-json",
    ),
    (
        "half a character in JSON",
        "a.json",
        lambda: (
            b'{"SurveyAnswers":[{"RespondentAnswers":[{"QuestionId":1,"Answer":"A"},'
            b'{"QuestionId":2,"Answer":"\\ud800"}]}]}'
        ),
        WEBROPOL,
        "dialogue.unfit-character",
    ),
    ("JSON of another form", "a.json", lambda: b'{"SurveyAnswers":[5]}', WEBROPOL, "dialogue.not-webropol"),
    ("JSON without statements", "a.json", lambda: b"{}", ("--from", "lausuntopalvelu"), "dialogue.not-lausuntopalvelu"),
    ("a text in a wrong codepage", "a.txt", lambda: "hyvä".encode("latin-1"), TEXT, "dialogue.codepage"),
    ("a text of 3 MB", "a.txt", lambda: b"x" * 3_000_000, TEXT, "guard.too-large"),
    ("a NUL in a text", "a.txt", lambda: b"a\0b", TEXT, "dialogue.unfit-character"),
    (
        "a document with a macro",
        "a.docx",
        lambda: docx_of("a", **{"word/vbaProject__bin": "x"}),
        DOCX,
        "guard.active-part",
    ),
    (
        "a document with an entity",
        "a.docx",
        lambda: zipped(docx_of("a"), word_SL_a__xml=_XXE),
        DOCX,
        "guard.xml-entities",
    ),
    ("a workbook as a document", "a.docx", form, DOCX, "guard.not-docx"),
    (
        "a script for a respondent that is none",
        "a.csv",
        lambda: lime_csv([SCRIPT, "q8"], [["A", "x"]]),
        ("--from", "limesurvey"),
        "dialogue.row-no-respondent",
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pilot's folder with one answer on the record."""
    home = Path(shutil.copytree(SAVO, tmp_path_factory.mktemp("hostile") / "savo"))
    path = home.parent / "first.toml"
    path.write_bytes(toml('q8 = "ensimmäinen"', HEAD.replace('"a"', '"first"')))
    assert CliRunner().invoke(main, ["dialogue", "receive", str(home), str(path)]).exit_code == 0
    return home


def stored(folder: Path) -> dict[str, bytes]:
    """Every file of the folder but the record's, whose content is compared by its events."""
    names = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {str(path): data for path, data in names.items() if not path.name.startswith(RECORD_FILE)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_one_clear_message_and_nothing_changed(folder: Path, case: Case) -> None:
    """Exit code 1, one finding that blocks, with words and a place; record and folder are as before."""
    _, name, data, arguments, expected = case
    home = folder.parent / "in"
    home.mkdir(exist_ok=True)
    path = home / name
    path.write_bytes(data())
    before, events = stored(folder), record_state(folder).dialogue
    verb = "import" if arguments else "receive"
    result = CliRunner().invoke(
        main, ["dialogue", verb, str(folder), str(path), *arguments, "--language", "en", "--json"]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    said = json.loads(result.stdout)["files"][0]
    assert result.exit_code == 1
    assert said["receipts"] == []
    blocking = [finding for finding in said["findings"] if finding["severity"] == "block"]
    assert len(blocking) == 1, blocking
    assert blocking[0]["rule"].startswith(expected), blocking
    assert blocking[0]["file"]
    assert blocking[0]["advice"]
    assert "{" not in blocking[0]["message"]
    assert len(blocking[0]["message"]) < 400
    assert (stored(folder), record_state(folder).dialogue) == (before, events)


def test_there_are_enough_of_them() -> None:
    """The table is the promise."""
    assert len({case[0] for case in CASES}) == len(CASES) >= 35


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (survey('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "guard.xml-entities"),
        (survey('<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">', "&b;"), "guard.xml-entities"),
        (b"<document>" + b"<a>" * 500 + b"</a>" * 500 + b"</document>", "guard.xml-too-much"),
        (b"<document/>", "dialogue.no-structure"),
        (b"hello", "guard.broken-xml"),
        (structure_of(630).replace(b"Survey<", b"Group<"), "dialogue.no-structure"),
    ],
)
def test_hostile_structures_are_refused(tmp_path: Path, data: bytes, rule: str) -> None:
    """One message, exit code 1."""
    path = tmp_path / "a.lss"
    path.write_bytes(data)
    result = CliRunner().invoke(main, ["dialogue", "questions-from", str(path), "--json"])
    assert (result.exit_code, json.loads(result.stdout)["error"]) == (1, rule)


def test_markup_in_every_field_stays_text(folder: Path) -> None:
    """It is what the respondent wrote: kept as it is, and left to the doors to escape."""
    path = folder.parent / "markup.toml"
    head = HEAD.replace('"a"', '"markup"').replace('"A"', f'"{SCRIPT}"')
    path.write_bytes(toml(f'q1 = "{SCRIPT}"\nq8 = "=cmd|x"', f'{head}contact = "{SCRIPT}"\n'))
    assert CliRunner().invoke(main, ["dialogue", "receive", str(folder), str(path)]).exit_code == 0
    answer = next(one for one in read_dialogue(folder).answers if one.id == "markup")
    assert (answer.respondent, answer.contact, answer.replies["q1"].text) == (SCRIPT, SCRIPT, SCRIPT)
    assert answer.replies["q8"].text == "=cmd|x"
