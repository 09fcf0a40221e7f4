"""The open data of a publication as files: every format in its folder, the package inside the PDF files."""

from __future__ import annotations

from tender.annexes.building.fit import FOLDER
from tender.annexes.formats.package import DESCRIPTOR, write_package
from tender.annexes.formats.writing import write_all
from tender.documents.attachments import Attachment, Relationship
from tender.language import Language
from tender.model.publication import Publication
from tender.publishing.bundle import bundled
from tender.publishing.workshop import Progress
from tender.words import words

_ENDINGS = ("px", "xlsx", "csv", "txt", "jsonld", "json")


def annex_files(publication: Publication, progress: Progress) -> dict[str, bytes]:
    """Every format of the annex of `publication` by its path; none when it has no annex.

    Args:
        publication: What is published or drafted.
        progress: Told the name of the folder when its files were made.
    """
    if publication.annex is None:
        return {}
    written = write_all(publication.annex, publication.today, publication.tender.languages, publication.version)
    progress(f"{FOLDER}/")
    return {f"{FOLDER}/{name}": data for name, data in written.items()}


def annex_attachments(publication: Publication, language: Language) -> tuple[Attachment, ...]:
    """The data package as one ZIP for the PDF files that carry it: the files that lie in the publication's folder."""
    if publication.annex is None:
        return ()
    name = f"{publication.tender.id}-{FOLDER}.zip"
    data = bundled(write_package(publication.annex), name, publication.today)
    description = words(language).term("attachment.open-data")
    return (Attachment(name, data, description, Relationship.DATA, "application/zip"),)


def open_data_title(name: str, language: Language) -> str:
    """What a file of the annex is, by its path; empty when nothing is known of it."""
    bare = name.rsplit("/", 1)[-1]
    if bare == DESCRIPTOR:
        return words(language).term("open-data.file.package")
    ending = bare.rsplit(".", 1)[-1]
    return words(language).term(f"open-data.file.{ending}") if ending in _ENDINGS else ""
