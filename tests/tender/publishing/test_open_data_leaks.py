"""Planted secrets are in no byte of what leaves, and the search that says so finds them where they are planted."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from tender.annexes.building.residue import SEED, kept_counts
from tender.cli.main import main
from tender.documents.attachments import Attachment, Relationship
from tender.documents.embedding import embed
from tender.publishing.release import publish
from tender.starting import start_folder
from tests.conftest import PUBLISHED_ON, chance_at
from tests.tender.annexes.building.extract import SECRET, open_tender, rows, with_register
from tests.tender.publishing.leaks import below, found
from tests.tender.publishing.open_data import NOON, hidden

NUMBER, NAME = 1234567, "asiakas-salaisuus-7"


def _zipped(name: str, data: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return written.getvalue()


def _pdf(data: bytes, *, attached: bool) -> bytes:
    """A PDF with `data` packed in a stream, or attached as a ZIP in a ZIP."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    if attached:
        inner = _zipped("b.zip", _zipped("c.csv", data))
        embed(pdf, (Attachment("a.zip", inner, "a", Relationship.DATA, "application/zip"),), date(2018, 1, 1))
    else:
        pdf.Root.Extra = pdf.make_stream(data)
    written = BytesIO()
    pdf.save(written, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


@pytest.mark.parametrize("secret", [NUMBER, NAME])
@pytest.mark.parametrize("way", ["plain", "utf-16", "workbook", "stream", "attachment"])
def test_a_planted_secret_is_found_wherever_it_lies(secret: str | int, way: str) -> None:
    """In a text, in another encoding, in a part of a workbook, in a packed stream, in an archive within an archive."""
    text = f"alku {secret:,} loppu" if isinstance(secret, int) else f"alku {secret} loppu"
    data = {
        "plain": text.encode(),
        "utf-16": text.encode("utf-16"),
        "workbook": _zipped("xl/pivotCache/records.xml", f"<v>{text}</v>".encode()),
        "stream": _pdf(text.encode() * 20, attached=False),
        "attachment": _pdf(text.encode(), attached=True),
    }[way]
    places = found({"ulos": data}, [secret, "ei-missään", 7654321])
    assert places
    assert {what for _, what in places} == {str(secret)}
    if way in {"stream", "attachment"}:
        assert text.encode() not in data, "a search that does not unpack would have missed it"


def test_part_of_another_number_is_no_secret_and_a_file_name_is() -> None:
    """Offsets of a PDF are full of digits; a name of a private file tells too."""
    assert found({"a": b"91234567 12345678"}, [NUMBER]) == []
    assert found({"a": b"1\xc2\xa0234\xc2\xa0567"}, [NUMBER]) == [("a", "1234567")]
    assert found({f"ulos/{NAME}.csv": b""}, [NAME])


@pytest.mark.slow
@pytest.mark.pressed
def test_no_secret_is_in_any_byte_of_what_leaves(tmp_path: Path) -> None:
    """Clients' ids, true hours of hidden cells, both seeds, names of private files: built, drafted, published, pressed.

    The tables are rounded by a secret seed and the hours suppressed, so that both ways of hiding are in it.
    """
    folder = open_tender(start_folder(tmp_path / "kunta", "pohjois-savo", None, synthetic=True), guard="round")
    with_register(folder, rows(400, hours=(4000, 8784)))
    result = CliRunner().invoke(main, ["annex", "build", str(folder), "--json"])
    assert result.exit_code == 0, result.output
    publish(folder, PUBLISHED_ON, chance_at(NOON), "tests", lambda _: None)
    true = kept_counts(folder)
    assert true is not None
    amounts = [true[path.stem][at].amount for path, _, at in hidden(folder / "open-data")]
    hours = [amount for amount in amounts if amount >= 10000]
    assert len(hours) >= 3, "nothing unusual is hidden, so nothing would be proven"
    seeds = [(folder / name).read_text(encoding="ascii").strip() for name in (SEED, "seeds/lots.txt")]
    private = ["salainen-poiminta", "private/annex", "private/register", "counts.json", "annex.txt", "lots.txt"]
    secrets: list[str | int] = [SECRET, *seeds, *private, *hours]
    files = below(folder / "published", folder / "draft", folder / "open-data")
    assert sum(name.endswith((".pdf", ".xlsx", ".docx", ".zip", ".px", ".csv")) for name in files) > 12
    assert found(files, secrets) == []
    said = {"stdout": result.output.encode()}
    assert found(said, [SECRET, *seeds, *hours]) == [], "the name of the extract is the officer's own to read"
    kept = below(folder / "private")
    assert {what for _, what in found(kept, [SECRET, seeds[0], *hours])} == {SECRET, seeds[0], *map(str, hours)}
