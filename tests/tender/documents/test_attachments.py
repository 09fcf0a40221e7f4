"""What travels inside the call for tenders: named, described, dated, and the same bytes as in the package."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from evaluation.statements import statements
from tender.documents.attachments import Attachment, Relationship, call_attachments, volumes_csv
from tender.documents.pdf import write_pdf
from tender.language import Language
from tender.model.publication import Publication
from tests.sample import fi, sample_tender
from tests.tender.documents.house import publication_of
from tests.tender.documents.test_pdf import MINIMAL

DAY = date(2018, 11, 5)


@pytest.fixture
def publication() -> Publication:
    """A publication whose statements are made."""
    return publication_of(sample_tender(), statements=statements(sample_tender()))


def rows_of(publication: Publication, language: Language = Language.FI) -> list[list[str]]:
    return list(csv.reader(io.StringIO(volumes_csv(publication, language).decode()), delimiter=";"))


def test_the_call_carries_its_methods_statements_and_volumes(publication: Publication) -> None:
    inside = call_attachments(publication, Language.FI)
    written = write_pdf(MINIMAL.format(""), created=DAY, attachments=inside)
    assert write_pdf(MINIMAL.format(""), created=DAY, attachments=tuple(reversed(inside))) == written
    with pikepdf.open(io.BytesIO(written)) as pdf:
        assert {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()} == {
            one.name: one.data for one in inside
        }
        found = {str(spec.UF): spec for spec in pdf.Root.AF}
        assert list(found) == sorted(found)
        for one in inside:
            spec = found[one.name]
            assert str(spec.AFRelationship) == f"/{one.relationship.value}"
            assert str(spec.Desc) == one.description
            assert str(spec.EF.F.Subtype) == f"/{one.media_type}"
            assert str(spec.EF.F.Params.ModDate) == str(spec.EF.F.Params.CreationDate) == "D:20181105000000Z"


def test_the_methods_inside_have_the_printed_hashes(publication: Publication) -> None:
    inside = {one.name: one.data for one in call_attachments(publication, Language.SV)}
    assert sha256(inside["award_method.json"].removesuffix(b"\n")).hexdigest() == publication.award_hash
    assert sha256(inside["payment_method.json"].removesuffix(b"\n")).hexdigest() == publication.payment_hash
    assert {one["subject"] for one in json.loads(inside["statements.json"])} == {
        statement.subject for statement in publication.statements
    }
    assert "announced-volumes.sv.csv" in inside


def test_two_of_one_name_are_refused() -> None:
    one = Attachment("a.csv", b"", "A", Relationship.DATA, "text/csv")
    with pytest.raises(ValueError, match="same name"):
        write_pdf(MINIMAL.format(""), created=DAY, attachments=(one, replace(one, data=b"x")))


def test_every_announced_number_is_a_row(publication: Publication) -> None:
    head, *rows = rows_of(publication)
    tender = publication.tender
    assert head == ["riskiryhmä", "riskiryhmän nimi", "alue", "alueen nimi", "suure", "yksikkö", "määrä"]
    clients = {(row[0], row[2]): int(row[6]) for row in rows if row[2]}
    assert clients == {(group.id, area): number for group in tender.groups for area, number in group.clients.items()}
    yearly = [int(row[6]) for row in rows if not row[2]]
    assert yearly == [number for group in tender.groups for number in (group.client_months, group.work_hours)]
    assert rows_of(publication, Language.SV)[0][0] == "riskgrupp"
    assert rows_of(publication, Language.EN)[0][0] == "risk group"


def test_a_blank_is_not_a_zero(publication: Publication) -> None:
    tender = publication.tender
    first = tender.groups[0]
    gone = next(iter(first.clients))
    fewer = replace(first, clients={area: number for area, number in first.clients.items() if area != gone})
    changed = replace(publication, tender=replace(tender, groups=(fewer, *tender.groups[1:])))
    assert len(rows_of(changed)) == len(rows_of(publication)) - 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1"])
def test_no_name_becomes_a_formula(publication: Publication, text: str) -> None:
    tender = publication.tender
    hostile = replace(tender.groups[0], name=fi(f'{text};"\n'))
    rows = rows_of(replace(publication, tender=replace(tender, groups=(hostile,))))
    assert {row[1] for row in rows[1:]} == {f"'{text};\"\n"}
    assert {len(row) for row in rows} == {7}


@pytest.mark.slow
@pytest.mark.pressed
def test_the_package_has_the_same_bytes(pressed_once: Path) -> None:
    folder = pressed_once / "published" / "1"
    places = {"announced-volumes.fi.csv": "data"}
    with pikepdf.open(folder / "call-for-tenders.fi.pdf") as pdf:
        assert len(pdf.attachments) == 4
        for name, spec in pdf.attachments.items():
            assert spec.get_file().read_bytes() == (folder / places.get(name, "method") / name).read_bytes()
