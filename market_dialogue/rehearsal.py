"""The dialogue of an example, told by its own acts: answers by page, form and import, codes, decisions, summary.

`valinta demo` tells it between the drafts and the publication. Everything comes from the example's folder
``synthetic/dialogue``; only the clock is the example's, so that the story can be told again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from market_dialogue.acts.coding import code
from market_dialogue.acts.deciding import decide, read_decisions
from market_dialogue.acts.desk import Pen
from market_dialogue.acts.following import follow
from market_dialogue.acts.importing import Source, Wish, import_file
from market_dialogue.acts.masking import mask, open_highlights
from market_dialogue.acts.opening import open_dialogue
from market_dialogue.acts.reading import INVENTED, DialogueFile, read_dialogue
from market_dialogue.acts.summary import publish_summary
from market_dialogue.acts.taking import Door, Taken, take_files
from market_dialogue.answer_form import write_answer_form
from market_dialogue.answer_form.fields import about_name, cell_name, parts_of
from market_dialogue.coding.codes import ReplyKey
from market_dialogue.drafts import dialogue_of
from market_dialogue.follow_up.matrix import Result
from market_dialogue.intake import read_answers
from market_dialogue.marking import write_marked
from market_dialogue.pages.drafting import save_draft
from market_dialogue.pages.sending import check, send
from tender.errors import BlockedError
from tender.guards import open_workbook
from tender.model.answers import Answer, Channel, Reply
from tender.model.tender import Tender
from tender.plugins import Chapter
from tender.publishing.examination import readable_tender
from tender.reading.edit import set_value
from tender.record.dialogue import Disposition, Masking
from tender.sheets import fill_cells, read_book
from tender.web.desk import desk_of
from tender.web.links import make_link
from tender.web.site import Site

HOME = "synthetic/dialogue"
"""Where an example says how its dialogue went."""

STORY, DECISIONS, EXPORT = "story.toml", "decisions.toml", "survey.csv"
_NUMBERS = ("number", "low", "high")
_Told = tuple[tuple[str, Mapping[str, object]], ...]


@dataclass(frozen=True, slots=True)
class _Stage:
    """What every scene knows.

    Attributes:
        folder: The tender folder.
        tender: The tender as it was asked about.
        story: How the dialogue went.
        answers: The invented answers, in order of arrival.
    """

    folder: Path
    tender: Tender
    story: Mapping[str, Any]
    answers: tuple[Answer, ...]

    @property
    def by(self) -> str:
        """The officer."""
        return str(self.story["by"])

    def pen(self, days: int) -> Pen:
        """A pen that writes at noon, so many days after the answers closed."""
        closes = dialogue_of(self.tender).closes
        return _pen(closes.replace(hour=12, minute=0) + timedelta(days=days))


def plays(example: Traversable) -> bool:
    """Whether `example` says how its dialogue went."""
    return (example / HOME / STORY).is_file()


def tell(folder: Path, file: Callable[[str], None]) -> _Told:
    """Play the dialogue of the example in `folder`.

    Args:
        folder: A tender folder started from an example, with what is invented for it.
        file: Told the name of each file of the summary before it is made.

    Returns:
        What came of it, as term ids with their values.

    Raises:
        BlockedError: An answer of the example is not taken, or the tender is not read.
    """
    tender = readable_tender(folder)
    dialogue = dialogue_of(tender)
    story = tomllib.loads((folder / HOME / STORY).read_text(encoding="utf-8"))
    answers, _ = read_answers(folder / INVENTED, dialogue)
    stage = _Stage(folder, tender, story, tuple(sorted(answers, key=lambda one: one.received_at)))
    open_dialogue(folder, stage.by, _pen(dialogue.closes.replace(hour=9) - timedelta(days=21)))
    _answer(stage)
    _code(stage)
    _hide(stage)
    _decide(stage)
    _change(stage)
    followed = follow(folder, tender.timetable.published).found
    publish_summary(folder, tender.timetable.published, stage.by, stage.pen(14), file)
    changed = {target.name for one in followed.traces if one.result in _CHANGED for target in one.targets}
    return (*_came(read_dialogue(folder)), ("demo.dialogue-followed", {
        "decided": sum(one.result is not None for one in followed.traces),
        "replies": len(followed.traces),
        "changes": len(changed),
    }))  # fmt: skip


_CHANGED = frozenset((Result.CHANGED, Result.PARTLY))

CHAPTER = Chapter("demo.dialogue", plays, tell)
"""What the demo plugs in."""


def _answer(stage: _Stage) -> None:
    """Pages and forms in the order in which they came; the export is imported after closing."""
    web, form = set(stage.story["web"]), set(stage.story["form"])
    empty = write_answer_form(stage.tender, stage.tender.prevailing_language)
    for answer in stage.answers:
        if answer.id in web:
            _by_page(stage, answer)
        elif answer.id in form:
            path = stage.folder / HOME / f"{answer.id}.xlsx"
            path.write_bytes(_filled(stage, empty, answer))
            pen = _pen(answer.received_at)
            _taken(take_files(stage.folder, (path,), Door(pen.clock, pen.salts, answer.received_at)))
    path = stage.folder / HOME / EXPORT
    path.write_bytes(_export(stage, (one for one in stage.answers if one.id not in web | form)))
    pen = stage.pen(1)
    pairs = ("name=respondent", *(f"{column}={column.replace('_', '.')}" for column in _columns(stage)))
    _taken((import_file(stage.folder, path, Wish(Source.LIMESURVEY, pairs), Door(pen.clock, pen.salts)),))


def _by_page(stage: _Stage, answer: Answer) -> None:
    """Through a personal link: a draft question by question, checked and sent."""
    pen, dialogue = _pen(answer.received_at), dialogue_of(stage.tender)
    site = Site(stage.folder, stage.tender, pen.clock, lambda count: pen.salts()[:count], desk_of(stage.folder))
    try:
        link = make_link(site.desk, answer.respondent, answer.received_at, site.chance).link
        for question, reply in answer.replies.items():
            save_draft(site.desk, link.id, question, _boxes(reply), 0, answer.received_at)
        send(site, dialogue, link, check(site, dialogue, link), answer.received_at)
    finally:
        site.close()


def _boxes(reply: Reply) -> dict[str, tuple[str, ...]]:
    numbers = {name: f"{number:f}" for name in _NUMBERS if (number := getattr(reply, name)) is not None}
    return {name: (value,) for name, value in {"text": write_marked(reply.text, reply.marks), **numbers}.items()}


def _filled(stage: _Stage, form: bytes, answer: Answer) -> bytes:
    """The answer form as the respondent fills it."""
    names = read_book(open_workbook(form, "form.xlsx")).names
    typed: dict[str, str] = {about_name("respondent"): answer.respondent}
    for number, question in enumerate(dialogue_of(stage.tender).questions):
        given = _boxes(answer.replies.get(question.id, Reply()))
        typed |= {cell_name(number, part): given[part][0] for part in parts_of(question) if given.get(part, ("",))[0]}
    cells = {name: names[name] for name in typed}
    return fill_cells(form, {(at.sheet, at.ref): typed[name] for name, at in cells.items() if at is not None})


def _columns(stage: _Stage) -> tuple[str, ...]:
    """Columns of the survey: the words of every question, and a number where one is asked for."""
    questions = dialogue_of(stage.tender).questions
    return tuple(f"{one.id}_{part}" for one in questions for part in parts_of(one) if part in {"text", *_NUMBERS})


def _export(stage: _Stage, answers: Iterable[Answer]) -> bytes:
    """A survey's export as LimeSurvey writes it: BOM, all quoted, rows ended by CR and LF."""
    columns, text = _columns(stage), io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(["submitdate", "name", *columns])
    for answer in answers:
        cells = [_boxes(answer.replies.get(question, Reply())).get(part, ("",))[0]
                 for question, _, part in (column.partition("_") for column in columns)]  # fmt: skip
        writer.writerow([f"{answer.received_at:%Y-%m-%d %H:%M:%S}", answer.respondent, *cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _taken(files: Iterable[Taken]) -> None:
    """Hold that every file was taken.

    Raises:
        BlockedError: One was not.
    """
    for one in files:
        if not one.receipts:
            raise BlockedError("demo.not-taken", findings=one.findings, file=one.file)


def _ids(stage: _Stage) -> dict[str, str]:
    """The id on the record of each invented answer."""
    known = {one.respondent: one.id for one in read_dialogue(stage.folder).answers}
    return {answer.id: known[answer.respondent] for answer in stage.answers}


def _code(stage: _Stage) -> None:
    ids = _ids(stage)
    for one in stage.story["codes"]:
        replies = tuple(ReplyKey(ids[answer], one["question"]) for answer in one["answers"])
        code(stage.folder, replies, (one["code"],), stage.by, stage.pen(3), given=True)


def _hide(stage: _Stage) -> None:
    """Hide every suggested place."""
    wanted = tuple(
        Masking(one.reply.answer, one.reply.question, one.highlight.start, one.highlight.end, one.highlight.ground,
                hidden=True, reason=stage.story["hide"], by=stage.by)
        for one in open_highlights(read_dialogue(stage.folder))
    )  # fmt: skip
    mask(stage.folder, wanted, stage.pen(4))


def _decide(stage: _Stage) -> None:
    """The example's decisions; every other reply is noted."""
    ids = _ids(stage)
    said = tuple(
        replace(one, answer=ids[one.answer]) for one in read_decisions(stage.folder / HOME / DECISIONS, stage.by)
    )
    done = {(one.answer, one.question) for one in said}
    noted = (
        Disposition(answer.id, question, Result.NOTED.value, {}, {}, (), stage.by)
        for answer in read_dialogue(stage.folder).answers
        for question in answer.replies
        if (answer.id, question) not in done
    )
    decide(stage.folder, (*said, *noted), stage.pen(7))


def _change(stage: _Stage) -> None:
    """The changes that the decisions claim."""
    for one in stage.story["values"]:
        set_value(stage.folder, one["field"], one["value"])
    for one in stage.story["texts"]:
        for language in stage.tender.languages:
            path = stage.folder / "texts" / f"{one['file']}.{language.value}.md"
            path.write_text(f"{path.read_text(encoding='utf-8').rstrip()} {one[language.value]}\n", encoding="utf-8")


def _came(file: DialogueFile) -> _Told:
    """How many answers came which way."""
    ways = [answer.channel for answer in file.answers]
    values = {"answers": len(ways), **{way.value: ways.count(way) for way in Channel}}
    return (("demo.dialogue-came", values),)


def _pen(moment: datetime) -> Pen:
    """A pen at `moment` whose salts fall alike in every telling: invented data needs no secrets."""
    rolls = itertools.count()
    return Pen(lambda: moment, lambda: hashlib.sha256(f"dialogue {moment.isoformat()} {next(rolls)}".encode()).digest())
