"""What a tender folder changes in the version that is published: the base of every correction.

The base is the published version's own sources, never a file that somebody could have edited since: they are trusted
only when every byte of the published folder is proven by the manifest whose hash stands on the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tender.checks.amendments import classified, proposal
from tender.documents.catalogue import Document
from tender.documents.changes import change_words
from tender.documents.pages import Section, rendered_sections
from tender.errors import FrozenError
from tender.forms.bid_form import asks_the_same
from tender.language import Language, Text
from tender.model.changes import DataChange, data_changes
from tender.model.corrections import Change, ChangeClass, ChangeRow, ClauseChange, ClauseFate
from tender.model.publication import Publication
from tender.publishing.annex_changes import annex_changes
from tender.publishing.examination import readable_tender, statements_of
from tender.publishing.files import MANIFEST, SOURCE, source_files, wanted_documents
from tender.publishing.folder import overrides, published_folder
from tender.publishing.open_data import package_files, packed_annex
from tender.publishing.proof import verify
from tender.reading.dictionary import field_units
from tender.record import State
from tender.record.payloads import PublishedVersion
from tender.record.state import Recorded


@dataclass(frozen=True, slots=True)
class Base:
    """A published version as it was: proven, and read again from its own sources.

    Attributes:
        source: Folder of its sources.
        publication: The publication.
    """

    source: Path
    publication: Publication


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a tender folder would change in the published version.

    Attributes:
        base: The published version.
        changes: Every changed value, with the proposed way of making it.
        clauses: Every changed clause.
        proposed: The heaviest of the proposed ways.
        form_changed: Whether the bid form asks for something else.
        old_versions: Earlier versions whose forms ask for the same and are still taken.
    """

    base: Base
    changes: tuple[Change, ...]
    clauses: tuple[ClauseChange, ...]
    proposed: ChangeClass
    form_changed: bool
    old_versions: tuple[int, ...]


def published_base(folder: Path, recorded: Recorded[PublishedVersion]) -> Base:
    """The published version that `recorded` tells of, proven by the hash of its manifest on the record.

    Raises:
        FrozenError: The published folder is missing or not the recorded one; the findings name what differs.
    """
    said = recorded.said
    place = published_folder(folder, said.version)
    if not (place / MANIFEST).is_file():
        raise FrozenError("versions.base-missing", version=said.version)
    proof = verify(place)
    if proof.findings or proof.manifest_hash != said.manifest:
        raise FrozenError(
            "versions.base-changed",
            findings=proof.findings,
            version=said.version,
            found=proof.manifest_hash[:12],
            expected=said.manifest[:12],
        )
    tender = readable_tender(place / SOURCE)
    publication = Publication(
        tender=tender,
        version=said.version,
        today=said.published_on,
        draft=False,
        award_hash=said.award_hash,
        payment_hash=said.payment_hash,
        statements=statements_of(tender),
        record_head=recorded.event.prev,
        lots_commitment=said.lots_commitment,
        trial=said.trial,
        annex=packed_annex(place, tender),
    )
    return Base(place / SOURCE, publication)


def same_sources(folder: Path, base: Base) -> bool:
    """Whether what people edit in `folder`, and its open data, is what `base` was made from, byte for byte."""
    if source_files(folder) != source_files(base.source):
        return False
    return base.publication.tender.open_data is None or package_files(folder) == package_files(base.source.parent)


def amendment_of(folder: Path, base: Base, new: Publication, state: State) -> Amendment:
    """What `folder`, published as `new`, would change in `base`.

    Raises:
        FrozenError: An earlier published version is not the recorded one.
    """
    changed = (*data_changes(base.publication.tender, new.tender), *annex_changes(base.publication.annex, new.annex))
    changes = classified(changed, base.publication.tender.procedure.regime)
    clauses = tuple(_clause_changes(folder, base, new))
    return Amendment(
        base,
        changes,
        clauses,
        proposal(changes, clauses),
        form_changed=not asks_the_same(base.publication, new),
        old_versions=tuple(_old_versions(folder, new, state)),
    )


def _old_versions(folder: Path, new: Publication, state: State) -> Iterator[int]:
    """Versions before `new` whose forms ask for the same."""
    for recorded in state.published[: new.version - 1]:
        if asks_the_same(published_base(folder, recorded).publication, new):
            yield recorded.said.version


def change_rows(changes: tuple[Change, ...]) -> tuple[ChangeRow, ...]:
    """`changes` as they are printed, in every language."""
    units = field_units()
    return tuple(_row(change, units) for change in changes)


def _row(change: Change, units: Mapping[str, str]) -> ChangeRow:
    label, before, after = (_texts(change.data, units, part) for part in ("label", "before", "after"))
    return ChangeRow(label, before, after, change.topic, change.proposed, change.basis)


def _texts(change: DataChange, units: Mapping[str, str], part: str) -> Text:
    return Text(*(getattr(change_words(change, language, units), part) for language in Language))


def _clause_changes(folder: Path, base: Base, new: Publication) -> Iterator[ClauseChange]:
    """Every clause that reads otherwise for the changed tender alone: the version, its day and its hashes aside."""
    old = replace(
        base.publication,
        version=new.version,
        today=new.today,
        award_hash=new.award_hash,
        payment_hash=new.payment_hash,
        record_head=new.record_head,
        lots_commitment=new.lots_commitment,
    )
    before = {document.id: document for document in wanted_documents(old)}
    after = {document.id: document for document in wanted_documents(new)}
    for document in {**before, **after}.values():
        ours = _sections(base.source, document, old) if document.id in before else {}
        theirs = _sections(folder, document, new) if document.id in after else {}
        own = _own_words(base.source, folder, document)
        yield from _compared(document, ours, theirs, own)


_Sections = dict[str, dict[Language, Section]]


def _sections(folder: Path, document: Document, publication: Publication) -> _Sections:
    """The rendered clauses of `document` by clause id and language."""
    found: _Sections = {}
    for language in publication.tender.languages:
        own = overrides(folder, document, language)
        for section in rendered_sections(document, document.context(publication), publication, language, own):
            found.setdefault(section.clause.id, {})[language] = section
    return found


def _compared(document: Document, old: _Sections, new: _Sections, own: frozenset[str]) -> Iterator[ClauseChange]:
    for clause in dict.fromkeys((*new, *old)):
        before, after = old.get(clause), new.get(clause)
        if before is not None and after is not None and _read_alike(before, after):
            continue
        shown = after or before or {}
        fate = ClauseFate.CHANGED if before and after else ClauseFate.ADDED if after else ClauseFate.REMOVED
        titles = Text(**{language.value: section.title for language, section in shown.items()})
        number = next(iter(shown.values())).number
        yield ClauseChange(document.id, document.title, clause, number, titles, fate, clause in own)


def _read_alike(before: dict[Language, Section], after: dict[Language, Section]) -> bool:
    """Whether both say the same in every language; another number alone is no change."""
    return {language: (section.title, section.html) for language, section in before.items()} == {
        language: (section.title, section.html) for language, section in after.items()
    }


def _own_words(source: Path, folder: Path, document: Document) -> frozenset[str]:
    """Ids of the clauses whose wording in the tender folder itself changed."""
    changed: set[str] = set()
    for language in Language:
        before, after = overrides(source, document, language), overrides(folder, document, language)
        changed |= {clause for clause in {*before, *after} if before.get(clause) != after.get(clause)}
    return frozenset(changed)
