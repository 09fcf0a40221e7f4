"""Accepted trade secrets: how they are written down, and that no way of writing a text lets one slip through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from tender.errors import InputError
from tender.language import Language
from tender.publishing.archive import EVENTS, INDEX, Reader, export
from tender.publishing.secrets import SECRETS, TAKEN_OUT, Secret, read_secrets, without_secrets
from tender.words import words

OWN = Secret("1", "kalibroitu malli", prices=False, ground="JulkL 24.1 p. 20")
LONG = Secret("2", "kalibroitu malli ja sen aineisto", prices=False, ground="JulkL 24.1 p. 20")
PRICES = Secret("3", "", prices=True, ground="JulkL 24.1 p. 20")
QUOTED = 'Malli "A & B", it\'s ours'
"""A passage that HTML, XML and JSON each write in another way."""


def test_a_passage_is_taken_out_for_all_but_its_owner() -> None:
    """Every time that it stands there; whoever asks without a name is anybody."""
    text = "Kuvaus: kalibroitu malli. Toisaalla kalibroitu malli."
    assert without_secrets(text, (OWN,)) == f"Kuvaus: {TAKEN_OUT}. Toisaalla {TAKEN_OUT}."
    assert without_secrets(text, (OWN,), reader="2") == without_secrets(text, (OWN,))
    assert without_secrets(text, (OWN,), reader="1") == text


def test_a_longer_passage_is_taken_out_whole() -> None:
    """Whatever order they were accepted in, no rest of the longer one stays; secret prices name no passage."""
    text = "Tarjous: kalibroitu malli ja sen aineisto; kalibroitu malli."
    for secrets in ((OWN, LONG, PRICES), (PRICES, LONG, OWN)):
        assert without_secrets(text, secrets) == f"Tarjous: {TAKEN_OUT}; {TAKEN_OUT}."
        assert without_secrets(text, secrets, reader="2") == f"Tarjous: {TAKEN_OUT} ja sen aineisto; {TAKEN_OUT}."
        assert without_secrets(text, secrets, reader="1") == f"Tarjous: {TAKEN_OUT}; kalibroitu malli."


def written(folder: Path, text: str) -> Path:
    """`folder` with `text` as its list of secrets."""
    (folder / SECRETS).parent.mkdir(parents=True, exist_ok=True)
    (folder / SECRETS).write_text(text, encoding="utf-8")
    return folder


def test_secrets_are_read_in_their_order(tmp_path: Path) -> None:
    """A passage, prices, both; no file and an empty one are no secrets."""
    assert read_secrets(tmp_path) == ()
    assert read_secrets(written(tmp_path, "")) == ()
    rows = (
        '[[secrets]]\nbidder = "1"\ntext = "kalibroitu malli"\nground = "JulkL 24.1 p. 20"\n'
        '[[secrets]]\nbidder = "3"\nprices = true\nground = "JulkL 24.1 p. 20"\n'
    )
    assert read_secrets(written(tmp_path, rows)) == (OWN, PRICES)


WRONG = {
    "no TOML": ("secrets = [", "secrets.no-toml"),
    "a number": ("secrets = 5", "secrets.entry"),
    "a table": ('[secrets]\nbidder = "1"\ntext = "x"\nground = "y"', "secrets.entry"),
    "texts": ('secrets = ["x"]', "secrets.entry"),
    "no bidder": ('[[secrets]]\ntext = "x"\nground = "y"', "secrets.entry"),
    "no ground": ('[[secrets]]\nbidder = "1"\ntext = "x"', "secrets.entry"),
    "nothing secret": ('[[secrets]]\nbidder = "1"\nground = "y"', "secrets.entry"),
    "prices in words": ('[[secrets]]\nbidder = "1"\nprices = "yes"\ntext = "x"\nground = "y"', "secrets.entry"),
    "a number for a passage": ('[[secrets]]\nbidder = "1"\ntext = 5\nground = "y"', "secrets.entry"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_secret_is_refused_in_words(tmp_path: Path, case: str) -> None:
    """A slip must not mean that nothing is secret: the file is named, and which entry it is."""
    text, message = WRONG[case]
    with pytest.raises(InputError) as caught:
        read_secrets(written(tmp_path, text))
    assert caught.value.message == message
    assert caught.value.place is not None
    assert caught.value.place.file == SECRETS
    for language in Language:
        assert "{" not in words(language).error(caught.value).text


def test_the_slip_is_told_by_its_number(tmp_path: Path) -> None:
    """The second of two."""
    fine = '[[secrets]]\nbidder = "1"\ntext = "x"\nground = "y"\n'
    with pytest.raises(InputError) as caught:
        read_secrets(written(tmp_path, fine + '[[secrets]]\nbidder = "1"\n'))
    assert caught.value.values["number"] == "2"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.html", f"<p>{escape(QUOTED)}</p>"),
        ("other.html", f"<p>{escape(QUOTED).replace('&quot;', '&#34;').replace('&#x27;', '&#39;')}</p>"),
        ("part.xml", f"<t>{escape(QUOTED, quote=False)}</t>"),
        ("rows.json", json.dumps({"why": QUOTED})),
        ("wrapped.html", escape(QUOTED).replace("A &amp; B", "A &amp;&nbsp;B").replace("Malli ", "Malli\n  ")),
    ],
)
def test_a_file_that_shows_the_secret_is_withheld_however_it_writes_it(
    story: Path, tmp_path: Path, name: str, text: str
) -> None:
    """Escaped quotes, entities, a line break or a hard space in the middle."""
    assert QUOTED not in text
    passage = json.dumps(QUOTED)
    written(story, f'[[secrets]]\nbidder = "9900001-8"\ntext = {passage}\nground = "JulkL 24.1 p. 20"\n')
    (story / "published" / "1" / name).write_text(text, encoding="utf-8")
    (story / "published" / "1" / "free.html").write_text("<p>Malli A &amp; B on kaikkien.</p>", encoding="utf-8")
    export(story, tmp_path / "copy", Reader.PUBLIC)
    index = json.loads((tmp_path / "copy" / INDEX).read_text(encoding="utf-8"))
    assert index["withheld"][f"published/1/{name}"] == "JulkL 24.1 p. 20"
    assert f"published/1/{name}" not in index["files"]
    assert "published/1/free.html" in index["files"]


def test_numbers_and_signs_of_the_events_stay_when_a_passage_is_a_number(story: Path, tmp_path: Path) -> None:
    """Texts are cleared one by one, before JSON writes them: a passage "1" takes no digit out of a number."""
    written(story, '[[secrets]]\nbidder = "9"\ntext = "1"\nground = "JulkL 24.1 p. 20"\n')
    said = {}
    for reader in (Reader.COURT, Reader.PARTY):
        export(story, tmp_path / reader.value, reader)
        said[reader] = json.loads((tmp_path / reader.value / EVENTS).read_text(encoding="utf-8"))
    pairs = [(whole["payload"], part["payload"]) for whole, part in zip(*said.values(), strict=True) if part["payload"]]
    assert pairs
    for whole, part in pairs:
        assert _numbers(part) == _numbers(whole)
        assert "1" not in "".join(_texts(part))
    assert any(TAKEN_OUT in text for _, part in pairs for text in _texts(part))


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if inner is None:
        yield value
    else:
        for each in inner:
            yield from _leaves(each)


def _numbers(value: object) -> list[object]:
    return [each for each in _leaves(value) if not isinstance(each, str)]


def _texts(value: object) -> list[str]:
    return [each for each in _leaves(value) if isinstance(each, str)]
