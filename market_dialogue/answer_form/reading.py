"""Reading an answer form that came back: cells by their names, a part of them if that is all there is.

Nothing that the workbook says about itself is trusted: which questions there are is the tender's word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from market_dialogue.answer_form.fields import (
    ABOUT,
    TABLE_ROWS,
    FormStamp,
    about_name,
    cell_name,
    parts_of,
    read_stamp,
)
from market_dialogue.drafts import dialogue_of
from market_dialogue.intake.fitting import MARK_RULES, Given, fit, plain_lines
from market_dialogue.marking import read_marked
from tender.errors import Finding, InputError, Place, Severity
from tender.guards import MIB, Limits, excerpt, guard_name, open_workbook
from tender.model.answers import Answer, Attachment, Channel, Mark, Reply
from tender.model.questions import Question, QuestionKind
from tender.model.tender import Tender
from tender.sheets.cells import Book, CellKind, read_book
from tender.sheets.references import Target

_LIMITS = Limits(file_bytes=5 * MIB, unpacked_bytes=12 * MIB, entries=200)
_MOST_QUESTIONS = 999
_TAKEN = "x"


@dataclass(frozen=True, slots=True)
class FormReading:
    """What came of reading a form.

    Attributes:
        answer: The answer; ``None`` when something blocks.
        findings: All that is wrong or worth knowing, each with its sheet and cell.
    """

    answer: Answer | None
    findings: tuple[Finding, ...]


def read_answer_form(data: bytes, file: str, tender: Tender, answer_id: str, received_at: datetime) -> FormReading:
    """Read the form in `data`, which came as `file`, against the questions of `tender`.

    Raises:
        InputError: The guards refuse the file: it is no workbook, too large, damaged, or has active content.
        UsageError: The tender declares no market dialogue.
    """
    dialogue = dialogue_of(tender)
    book = read_book(open_workbook(data, file, _LIMITS))
    stamp = read_stamp(book)
    if stamp is None or len(stamp.questions) > _MOST_QUESTIONS:
        return _refused("dialogue.not-a-form", file)
    if stamp.tender != tender.id:
        return _refused("dialogue.other-tender", file, found=excerpt(stamp.tender), expected=tender.id)
    form = _Form(book, stamp, file)
    about = {part: form.text(about_name(part)) for part in ABOUT}
    if not about["respondent"]:
        form.findings.append(form.fault("dialogue.no-respondent", Severity.BLOCK, about_name("respondent")))
    questions = {question.id: question for question in dialogue.questions}
    replies = dict(form.replies(questions))
    if not replies:
        form.findings.append(Finding("dialogue.no-replies", Severity.WARN, "replies", place=Place(file)))
    if any(finding.blocks for finding in form.findings):
        return FormReading(None, tuple(form.findings))
    answer = Answer(
        id=answer_id,
        respondent=" ".join(about["respondent"].split()),
        received_at=received_at,
        replies=replies,
        attachments=tuple(form.attachments),
        channel=Channel.FORM,
        question_set=stamp.question_set,
        business_id=about["business_id"],
        contact=about["contact"],
    )
    return FormReading(answer, tuple(form.findings))


def _refused(rule: str, file: str, **values: str) -> FormReading:
    return FormReading(None, (Finding(rule, Severity.BLOCK, values=values, place=Place(file)),))


class _Form:
    """A form while it is being read: its named cells, and what is wrong with them."""

    def __init__(self, book: Book, stamp: FormStamp, file: str) -> None:
        self.findings: list[Finding] = []
        self.attachments: list[Attachment] = []
        self._names = {name: target for name, target in book.names.items() if target is not None}
        wanted = {target for name, target in self._names.items() if name.startswith("answer_")}
        self._cells = book.cells(wanted)
        self._stamp = stamp
        self._file = file

    def place(self, name: str) -> Place:
        """Where the cell called `name` stands."""
        target = self._names.get(name)
        return Place(self._file, sheet=excerpt(target.sheet), cell=target.ref) if target else Place(self._file)

    def fault(self, rule: str, severity: Severity, name: str, **values: str) -> Finding:
        """A finding on the cell called `name`."""
        return Finding(rule, severity, name, values, place=self.place(name))

    def text(self, name: str) -> str:
        """What the cell called `name` says; a cell that is not there says nothing, a formula is refused."""
        target: Target | None = self._names.get(name)
        if target is None:
            return ""
        found = self._cells[target]
        if found.kind in {CellKind.FORMULA, CellKind.ERROR, CellKind.BOOLEAN, CellKind.DATE}:
            self.findings.append(self.fault("dialogue.cell-kind", Severity.BLOCK, name, found=excerpt(found.text)))
            return ""
        return f"{found.number:f}" if found.number is not None else found.text.strip()

    def replies(self, questions: Mapping[str, Question]) -> Iterator[tuple[str, Reply]]:
        """The reply to each question of the form that the dialogue still asks; a reply to another one is told."""
        for number, question_id in enumerate(self._stamp.questions):
            question = questions.get(question_id)
            if question is None:
                self._unknown(number, question_id, questions)
                continue
            said = {part: self.text(cell_name(number, part)) for part in parts_of(question)}

            def fault(rule: str, severity: Severity, part: str, number: int = number, **values: str) -> Finding:
                name = cell_name(number, part)
                known = name if name in self._names else cell_name(number, "text")
                return self.fault(rule, severity, known, **values)

            self._attachment(number, question, said)
            given = self._given(number, question, said)
            reply, findings = fit(question, given, fault)
            self.findings.extend(findings)
            if reply is not None:
                yield question_id, reply

    def _unknown(self, number: int, question_id: str, questions: Mapping[str, Question]) -> None:
        name = cell_name(number, "text")
        if self.text(name):
            values = {"question": excerpt(question_id), "expected": ", ".join(questions)}
            self.findings.append(self.fault("dialogue.unknown-question", Severity.BLOCK, name, **values))

    def _attachment(self, number: int, question: Question, said: Mapping[str, str]) -> None:
        """The file that the respondent names; a name that is none is refused."""
        file = said.get("file", "")
        if not file:
            return
        try:
            self.attachments.append(Attachment(guard_name(file), question=question.id))
        except InputError:
            name = cell_name(number, "file")
            self.findings.append(self.fault("dialogue.attachment-name", Severity.BLOCK, name, found=excerpt(file)))

    def _given(self, number: int, question: Question, said: Mapping[str, str]) -> Given:
        rows = [
            tuple(said.get(f"row_{row}_{at}", "") for at in range(len(question.columns))) for row in range(TABLE_ROWS)
        ]
        choices = (choice.id for at, choice in enumerate(question.choices) if self._taken(number, at, said))
        text, marks = self._marked(number, question, said)
        return Given(
            text,
            said.get("number", ""),
            said.get("low", ""),
            said.get("high", ""),
            tuple(choices),
            tuple(row for row in rows if any(row)) if question.kind is QuestionKind.TABLE else (),
            marks,
        )

    def _taken(self, number: int, at: int, said: Mapping[str, str]) -> bool:
        """Whether a choice is taken; anything but an x is told."""
        sign = said.get(f"choice_{at}", "")
        if sign and sign.casefold() != _TAKEN:
            name = cell_name(number, f"choice_{at}")
            self.findings.append(self.fault("dialogue.choice-sign", Severity.BLOCK, name, found=excerpt(sign)))
        return sign.casefold() == _TAKEN

    def _marked(self, number: int, question: Question, said: Mapping[str, str]) -> tuple[str, tuple[Mark, ...] | None]:
        """The words and their marks: those typed into the words, and the parts quoted beside them with reasons."""
        text, secret, reason = plain_lines(said["text"]), said["secret"], said["reason"]
        if not secret and not reason:
            return text, None
        name = cell_name(number, "secret" if secret else "reason")
        read = read_marked(text)
        found, rule = excerpt(read.near), MARK_RULES.get(read.problem, "")
        if not rule:
            try:
                return read.text, _quoted(read.text, read.marks, secret.splitlines(), reason.splitlines())
            except _UnquotedError as error:
                rule, found = error.rule, excerpt(error.part)
        self.findings.append(self.fault(rule, Severity.BLOCK, name, question=question.id, found=found))
        return text, ()


class _UnquotedError(ValueError):
    """A part beside the words that is not in them, or has no reason."""

    def __init__(self, rule: str, part: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.part = part


def _quoted(text: str, typed: tuple[Mark, ...], parts: list[str], reasons: list[str]) -> tuple[Mark, ...]:
    """Marks on the quoted parts of `text`, the whole of it when only a reason is given; one reason may serve all.

    Raises:
        _UnquotedError: A part is not in the words, or has no reason.
    """
    wanted = [part.strip() for part in parts if part.strip()] or [text]
    why = [" ".join(reason.split()) for reason in reasons if reason.strip()]
    if len(why) not in {1, len(wanted)}:
        raise _UnquotedError("dialogue.mark-reason", wanted[-1])
    marks = list(typed)
    for at, part in enumerate(wanted):
        start = text.find(part)
        if start < 0 or not part or any(mark.start < start + len(part) and start < mark.end for mark in marks):
            raise _UnquotedError("dialogue.mark-absent", part)
        marks.append(Mark(start, start + len(part), why[at] if len(why) > 1 else why[0]))
    return tuple(sorted(marks, key=lambda mark: mark.start))
