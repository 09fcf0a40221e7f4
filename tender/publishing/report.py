"""The review report as files: everything that the reviewer saw, said and took responsibility for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tender.checks import ROWS
from tender.checks.register import Row, Way
from tender.documents.pages import render_html
from tender.documents.review_report import (
    REVIEW_REPORT,
    ApprovalRow,
    ClauseRow,
    FindingRow,
    QuestionRow,
    ReviewReportContext,
    WaitingRow,
)
from tender.errors import Finding
from tender.language import NO_TEXT, Language, Text
from tender.model.publication import Publication
from tender.publishing.folder import overrides, replace_folder
from tender.publishing.orders import Format, Order
from tender.publishing.provenance import traces
from tender.publishing.release import drafted
from tender.publishing.review import Asked, Review, Reviewed, review_of
from tender.publishing.workshop import Progress, Workshop
from tender.words import words

REPORT = "private/review"
"""Where the report lies: it names persons and is never published."""


def write_report(folder: Path, today: date, progress: Progress) -> tuple[Path, ...]:
    """Make the review report of `folder` as PDF and HTML in every language of the tender.

    Raises:
        BlockedError: The tender cannot be read.
    """
    review = review_of(folder, today)
    publication = drafted(folder, today)
    context = report_context(folder, review, publication)
    orders = []
    for language in publication.tender.languages:
        own = overrides(folder, REVIEW_REPORT, language)
        html = render_html(REVIEW_REPORT, context, publication, language, own)
        for each in (Format.PDF, Format.HTML):
            name = f"{REVIEW_REPORT.id}.{language.value}.{each.value}"
            orders.append(Order(name, each, html, publication.today))
    files = dict(Workshop().make(orders, progress))
    replace_folder(folder / REPORT, files)
    return tuple(folder / REPORT / name for name in files)


def report_context(folder: Path, review: Review, publication: Publication) -> ReviewReportContext:
    """What the review report prints."""
    tender, subject = publication.tender, review.subject
    confirmed = frozenset(question for one in review.fresh for question in one.said.questions)
    return ReviewReportContext(
        title=tender.title,
        buyer=tender.buyer,
        diary_number=tender.diary_number,
        made=publication.today,
        pack=subject.pack,
        read_on=subject.read_on,
        rules=subject.rules,
        clauses_hash=subject.clauses,
        tender_hash=subject.tender,
        open_blocks=len(review.open_blocks),
        findings=tuple(_finding(each) for each in review.findings),
        questions=tuple(_question(asked, confirmed) for asked in review.questions),
        approvals=_approvals(review),
        approved=bool(review.fresh),
        waiting=tuple(
            WaitingRow(row.id, _term(f"rule.{row.id}"), _basis(row.basis)) for row in ROWS if row.way is Way.WAITING
        ),
        clauses=_clauses(folder, publication),
    )


def _waiting(row: Row) -> WaitingRow:
    return WaitingRow(row.id, _term(f"rule.{row.id}"), _basis(row.basis))


def _finding(each: Reviewed) -> FindingRow:
    finding, waiver = each.finding, each.waiver
    by, reason = (waiver.said.by, waiver.said.reason) if waiver else ("", "")
    return FindingRow(
        finding.severity.value, _said(finding), finding.rule, finding.field, _basis(finding.basis), by, reason
    )


def _said(finding: Finding) -> Text:
    return Text(*(words(language).finding(finding).text for language in Language))


def _question(asked: Asked, confirmed: frozenset[str]) -> QuestionRow:
    question = asked.question
    if asked.answer is not None:
        said = asked.answer.said
        return QuestionRow(question.id, _asked(asked), _basis(question.basis), said.answer, said.by, said.reason)
    answer = "confirmed" if question.id in confirmed else "open"
    return QuestionRow(question.id, _asked(asked), _basis(question.basis), answer, "", "")


def _asked(asked: Asked) -> Text:
    question = asked.question
    return Text(
        *(
            words(language)
            .term(question.term)
            .format_map({"about": question.about, "says": words(language).terms.get(f"rule.{question.row}", "")})
            for language in Language
        )
    )


def _term(term_id: str) -> Text:
    return Text(*(words(language).term(term_id) for language in Language))


def _approvals(review: Review) -> tuple[ApprovalRow, ...]:
    return tuple(
        ApprovalRow(
            one.said.by,
            one.said.role,
            one.event.at.date(),
            one in review.fresh,
            one.said.tender,
            one.said.clauses,
            one.said.note,
        )
        for one in review.approvals
    )


def _clauses(folder: Path, publication: Publication) -> tuple[ClauseRow, ...]:
    rows: dict[tuple[str, str], ClauseRow] = {}
    for language in publication.tender.languages:
        for one in traces(folder, publication, language):
            key = (one.document, one.id)
            if not one.here:
                continue
            if key in rows:
                rows[key] = replace(
                    rows[key],
                    title=_with(rows[key].title, language, one.title),
                    basis=_with(rows[key].basis, language, one.basis),
                    own=rows[key].own or one.own,
                )
                continue
            title, basis = _with(NO_TEXT, language, one.title), _with(NO_TEXT, language, one.basis)
            rows[key] = ClauseRow(
                one.document_title, one.number, one.id, title, one.version, basis, one.valid_from, one.valid_to,
                one.approved, one.when, one.own,
            )  # fmt: skip
    return tuple(rows.values())


def _with(text: Text, language: Language, said: str) -> Text:
    """`text` that says `said` in `language`; what is empty stays absent."""
    return replace(text, **{language.value: said or None})


def _basis(citation: str) -> Text:
    return Text(*(words(language).basis(citation) or None for language in Language))
