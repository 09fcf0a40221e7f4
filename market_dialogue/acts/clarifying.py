"""Publishing answers to all at once: refused while anything keeps them back, laid out, recorded, and only then named.

The folder ``published/clarifications/<number>`` gets its name after the record has acknowledged it, so a crash leaves
either nothing or a publication that the next run completes. Earlier folders are never touched.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from market_dialogue.acts.clauses import NamedClause, named_clause
from market_dialogue.acts.questions import ACTOR, Pen, base_in_force
from market_dialogue.clarifications.document import CLARIFICATIONS, PrintedClarification, clarifications_context
from market_dialogue.clarifications.release import last_day, ready, release_findings, timing_findings
from market_dialogue.clarifications.standing import Standing, Step, clarifications
from tender.errors import BlockedError, Finding, FrozenError, UsageError, blocking
from tender.language import NO_TEXT, Language, Text
from tender.model.publication import Publication
from tender.publishing.correcting import still_open
from tender.publishing.folder import PUBLISHED, RECORD_FILE, record_state
from tender.publishing.papers import Paper, write_papers
from tender.publishing.release import pending
from tender.publishing.versions import Base, same_sources
from tender.publishing.workshop import Progress
from tender.record import Item, Publicity, Record, State

HOME = f"{PUBLISHED}/clarifications"
"""Folder of the published answers inside a tender folder, one folder for each time."""

MANIFEST = "manifest.json"
"""File that names every other file of such a folder with its SHA-256."""


@dataclass(frozen=True, slots=True)
class Released:
    """What went out.

    Attributes:
        folder: The folder written.
        answers: Ids of the answers that went out with it.
        files: Names of its files, sorted.
        manifest: SHA-256 of its manifest, which stands on the record.
        findings: What should be known about it.
    """

    folder: Path
    answers: tuple[str, ...]
    files: tuple[str, ...]
    manifest: str
    findings: tuple[Finding, ...]


def publish_answers(pen: Pen, by: str, today: date, progress: Progress) -> Released:
    """Publish every approved answer to all at once, as one document with the earlier answers.

    Args:
        pen: Folder, clock and salts.
        by: Name of the person who publishes.
        today: The day that is printed.
        progress: Told the name of each file when it is ready.

    Raises:
        BlockedError: It is too late, an asker is named, or an answer changes the call and no version says so yet.
        FrozenError: The folder differs from the published version, or tenders are open or due.
        UsageError: Nobody is named, nothing is approved, or nothing is published yet.
    """
    if not by.strip():
        raise UsageError("questions.unnamed")
    state = record_state(pen.folder)
    heal(pen.folder, state)
    base = base_in_force(pen.folder, state)
    waiting = ready(clarifications(state.dialogue))
    if not waiting:
        raise UsageError("questions.nothing-approved")
    still_open(base, state, pen.clock())
    _unchanged(pen.folder, base, today)
    asked = [one.said for one in state.dialogue.asked]
    findings = (
        *timing_findings(base.publication.tender, today),
        *release_findings(waiting, asked, state.published[-1].event.seq),
    )
    if blocking(findings):
        raise BlockedError("questions.blocked", findings=findings)
    return replace(
        _release(pen, by.strip(), base, state, replace(base.publication, today=today), progress), findings=findings
    )


def heal(folder: Path, state: State) -> None:
    """Complete a publication that the record acknowledged before its folder got its final name."""
    known = {one.said.document for one in state.dialogue.clarifications if one.said.step == Step.PUBLISHED}
    for partial in sorted((folder / HOME).glob(".*.partial")):
        manifest = partial / MANIFEST
        if manifest.is_file() and hashlib.sha256(manifest.read_bytes()).hexdigest() in known:
            partial.rename(partial.with_name(partial.name[1:].removesuffix(".partial")))
        else:
            shutil.rmtree(partial)


def _unchanged(folder: Path, base: Base, today: date) -> None:
    """Refuse while the folder says something else than the published call: first a new version says it to all."""
    if same_sources(folder, base):
        return
    amendment = pending(folder, today)
    if amendment is not None:
        proposed = f"change-class.{amendment.proposed.value}"
        raise FrozenError("questions.version-first", version=base.publication.version, proposed=proposed)


def _release(pen: Pen, by: str, base: Base, state: State, publication: Publication, progress: Progress) -> Released:
    standings = clarifications(state.dialogue)
    waiting = ready(standings)
    number = 1 + sum(1 for place in (pen.folder / HOME).glob("*") if place.name.isdigit())
    target = pen.folder / HOME / str(number)
    partial = target.with_name(f".{number}.partial")
    answers = _printed(base, publication, standings)
    context = clarifications_context(publication, answers, number, last_day(publication.tender))
    place = partial.relative_to(pen.folder).as_posix()
    write_papers(pen.folder, place, [Paper(CLARIFICATIONS, context)], publication, progress)
    manifest = _manifest(partial, publication, number)
    items = [_item(one, by, manifest) for one in waiting]
    with Record.open(pen.folder / RECORD_FILE, pen.clock, pen.salts) as record:
        if record.head != state.head:
            raise FrozenError("versions.record-moved", version=publication.version)
        record.append_all(items)
    partial.rename(target)
    files = tuple(sorted(path.name for path in target.iterdir()))
    return Released(target, tuple(one.said.id for one in waiting), files, manifest, ())


def _item(one: Standing, by: str, manifest: str) -> Item:
    said = replace(one.said, step=Step.PUBLISHED.value, by=by, document=manifest)
    return Item(said.kind, said.payload(), ACTOR, Publicity.AUTHORITY)


def _printed(base: Base, publication: Publication, standings: tuple[Standing, ...]) -> tuple[PrintedClarification, ...]:
    """Earlier answers in the order in which they went out, then the new ones."""
    out = sorted((one for one in standings if one.published), key=_published_seq)
    return tuple(_one(base, publication, number, one) for number, one in enumerate((*out, *ready(standings)), 1))


def _published_seq(one: Standing) -> int:
    return one.published.event.seq if one.published else 0


def _one(base: Base, publication: Publication, number: int, one: Standing) -> PrintedClarification:
    said = one.published.said if one.published else one.said
    clause = _clause(base, said.clause)
    return PrintedClarification(
        number=number,
        document=clause.document if clause else NO_TEXT,
        clause=_heading(clause) if clause else NO_TEXT,
        question=Text(**said.question),
        answer=Text(**said.answer),
        published=one.published.event.at.date() if one.published else publication.today,
        fresh=one.published is None,
        changes=said.changes,
    )


def _clause(base: Base, name: str) -> NamedClause | None:
    """The clause `name` in the version in force; ``None`` when that version has it no more."""
    try:
        return named_clause(base.source, base.publication, name) if name else None
    except UsageError:
        return None


def _heading(clause: NamedClause) -> Text:
    titles = {language: clause.title.get(language) for language in Language}
    return Text(**{language.value: f"{clause.number} {title}".strip() for language, title in titles.items() if title})


def _manifest(place: Path, publication: Publication, number: int) -> str:
    """Write the manifest of `place`; its SHA-256."""
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(place.iterdir())}
    said = {
        "tender": publication.tender.id,
        "version": publication.version,
        "clarifications": number,
        "day": publication.today.isoformat(),
        "files": files,
    }
    data = (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
    (place / MANIFEST).write_bytes(data)
    return hashlib.sha256(data).hexdigest()
