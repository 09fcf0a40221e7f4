"""The whole story on one example: from the tender file to a decision and a proven record, on the example's own dates.

Each step is the same act that its command calls; only the clock is the example's, so that the story can be told again.
"""

from __future__ import annotations

import hashlib
import itertools
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from evaluation.acts.award import Scored, score_bids, select
from evaluation.acts.bids import ReceivedBid, open_bids, receive, rehearse
from evaluation.acts.deciding import Decided, decide
from tender.annexes.register.register import PRIVATE, REGISTER
from tender.annexes.synthesis.fitting import fits_of
from tender.annexes.synthesis.spells import synthesise
from tender.annexes.synthesis.writing import NAME, csv_bytes
from tender.errors import Finding, UsageError, blocking
from tender.language import Language
from tender.model.awards import Selection
from tender.model.timetable import Timetable
from tender.plugins import Chapter, Group, plugins
from tender.publishing.annex_build import SECONDS, Built, Means, build
from tender.publishing.correcting import Wish
from tender.publishing.examination import Examination, examine, readable_tender
from tender.publishing.folder import RECORD_FILE
from tender.publishing.orders import Format, Wanted
from tender.publishing.proof import Proof, verify
from tender.publishing.release import Chance, Written, draft, publish
from tender.publishing.workshop import Workshop
from tender.reading.edit import set_value
from tender.record import Record
from tender.starting import examples_folder, start_folder

MARK = ".valinta-demo"
"""A file that marks a folder as made by the demo, so that the next run may replace it."""

OPENERS = ("Esimerkki Avaaja", "Esimerkki Todistaja")
ACTOR = "esimerkkihankinta"
CALL = "call-for-tenders"
"""The document that the story drafts; publishing makes them all."""


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that happened, in order.

    Attributes:
        folder: The folder that was written.
        annex: The open data annex, from an invented register.
        examination: The findings of the tender file.
        drafted: The call for tenders, watermarked.
        published: The published set.
        received: The bids as they came.
        scored: Admissions and points.
        selection: The chosen providers.
        decided: The decision.
        proof: Proof of the published folder.
        broken: What does not hold in the record; empty when it is proven.
        head: Head of the record's chain.
        events: Number of recorded events.
        told: What other houses told of their chapters: term ids of lines with their values.
    """

    folder: Path
    annex: Built
    examination: Examination
    drafted: Written
    published: Written
    received: tuple[ReceivedBid, ...]
    scored: Scored
    selection: Selection
    decided: Decided
    proof: Proof
    broken: tuple[Finding, ...]
    head: str
    events: int
    told: tuple[tuple[str, Mapping[str, object]], ...] = ()


@dataclass(frozen=True, slots=True)
class Teller:
    """Who is told how the story goes on.

    Attributes:
        chapter: Told the term id of each chapter.
        file: Told the name of each file before it is made.
    """

    chapter: Callable[[str], None]
    file: Callable[[str], None]


def tell(
    target: Path, example: str, teller: Teller, languages: tuple[Language, ...] = (), *, workers: int = 1
) -> Story:
    """Play the whole story of `example` into `target`.

    Args:
        target: The folder to write.
        example: Name of the example.
        teller: Who is told.
        languages: Languages to publish in; empty for all that the example has.
        workers: How many processes make files at most.

    Raises:
        UsageError: `target` exists and was not made by the demo.
    """
    _begin(target, example, teller, languages)
    teller.chapter("demo.annex")
    annex = _annex(target)
    examination, drafted = _prepare(target, teller, workers)
    told = tuple(line for one in chapters_of(example) for line in _told(one, target, teller))
    published = _publish(target, teller, workers)
    received, scored, selection, decided = _award(target, teller)
    teller.chapter("demo.verify")
    with Record.read(target / RECORD_FILE) as record:
        broken, head, events = blocking(record.verify()), record.head, len(record.events())
    proof = verify(published.folder)
    steps = (annex, examination, drafted, published, received, scored, selection, decided, proof)
    return Story(target, *steps, broken, head, events, told)


def chapters_of(example: str) -> tuple[Chapter, ...]:
    """The chapters that other houses tell of `example`."""
    home = examples_folder() / example
    known: tuple[tuple[str, Chapter], ...] = plugins(Group.CHAPTERS)
    return tuple(chapter for _, chapter in known if chapter.plays(home))


def _begin(target: Path, example: str, teller: Teller, languages: tuple[Language, ...]) -> None:
    teller.chapter("demo.new")
    _clear(target)
    start_folder(target, example, None, synthetic=True)
    (target / MARK).touch()
    if languages:
        set_value(target, "languages", [language.value for language in languages])


def _prepare(target: Path, teller: Teller, workers: int) -> tuple[Examination, Written]:
    """Check the file and lay the call out, watermarked, a week before it is published."""
    teller.chapter("demo.check")
    day = readable_tender(target).timetable.published
    examination = examine(target, day)
    teller.chapter("demo.draft")
    only = Wanted(documents=(CALL,), formats=(Format.PDF,))
    return examination, draft(target, day - timedelta(days=7), teller.file, Workshop(workers), only)


def _told(chapter: Chapter, target: Path, teller: Teller) -> tuple[tuple[str, Mapping[str, object]], ...]:
    teller.chapter(chapter.title)
    return chapter.tell(target, teller.file)


def _publish(target: Path, teller: Teller, workers: int) -> Written:
    teller.chapter("demo.publish")
    times = readable_tender(target).timetable
    noon = datetime.combine(times.published, times.opening.timetz()).replace(hour=12, minute=0)
    return publish(target, times.published, _chance(noon), ACTOR, teller.file, Wish(workers=workers))


def _award(target: Path, teller: Teller) -> tuple[tuple[ReceivedBid, ...], Scored, Selection, Decided]:
    """From the bids to the decision."""
    times = readable_tender(target).timetable
    teller.chapter("demo.bids")
    received = receive(target, rehearse(target), _chance(times.tenders_until - timedelta(minutes=30)), ACTOR)
    teller.chapter("demo.open")
    open_bids(target, OPENERS, _chance(times.opening), ACTOR)
    teller.chapter("demo.score")
    scored = score_bids(target, _chance(_decision(times, 9)), ACTOR)
    teller.chapter("demo.select")
    _, selection = select(target, _chance(_decision(times, 10)), ACTOR)
    teller.chapter("demo.decide")
    decided = decide(target, times.decision, _chance(_decision(times, 11)), ACTOR, teller.file)
    return received, scored, selection, decided


def _annex(folder: Path) -> Built:
    """The open data annex of an example, built from a register that is invented for it; no time limit decides."""
    tender = readable_tender(folder)
    assert tender.open_data is not None, "every example declares its open data"  # noqa: S101
    register = folder / PRIVATE / REGISTER / f"{NAME}.csv"
    register.parent.mkdir(parents=True, exist_ok=True)
    register.write_bytes(csv_bytes(synthesise(tender, tender.id, fits_of(tender.open_data))))
    return build(folder, Means(lambda: 0, lambda: "", SECONDS, lambda *_: None, lambda *_: None))


def _clear(target: Path) -> None:
    """Make room: a folder of an earlier demo goes, anything else stays and stops the story."""
    if (target / MARK).is_file():
        shutil.rmtree(target)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError("new.in-use", folder=target)


def _chance(moment: datetime) -> Chance:
    """The example's clock, and dice that fall alike in every telling: invented data needs no secrets."""
    rolls = itertools.count()

    def roll() -> bytes:
        return hashlib.sha256(f"{moment.isoformat()} {next(rolls)}".encode()).digest()

    return Chance(lambda: moment, roll, lambda: roll().hex())


def _decision(times: Timetable, hour: int) -> datetime:
    """An office hour on the day of the decision."""
    return datetime.combine(times.decision, datetime.min.time(), times.opening.tzinfo).replace(hour=hour)
