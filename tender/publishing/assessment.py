"""The data protection impact assessment as files, drafted with the tender's own facts and the opinions on record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tender.documents.assessment import ASSESSMENT, AssessmentContext, LimitRow, OpinionRow
from tender.documents.pages import render_html
from tender.errors import UsageError
from tender.model.grouping import Grouping
from tender.model.methods import grouping_method, method_hash
from tender.model.publication import Publication
from tender.model.tender import Tender
from tender.publishing.folder import overrides, record_state, replace_folder
from tender.publishing.orders import Format, Order
from tender.publishing.release import drafted
from tender.publishing.workshop import Progress, Workshop
from tender.record import State

ASSESSMENT_FOLDER = "private/assessment"
"""Where it lies: an internal document that names persons and is never published."""


def write_assessment(folder: Path, today: date, progress: Progress) -> tuple[Path, ...]:
    """Draft the assessment of `folder` as PDF, HTML and DOCX in every language of the tender.

    A filled-in copy is kept elsewhere: the folder is written anew each time.

    Raises:
        BlockedError: The tender cannot be read.
        UsageError: No grouping is declared.
    """
    publication = drafted(folder, today)
    context = assessment_context(publication, record_state(folder))
    orders = []
    for language in publication.tender.languages:
        html = render_html(ASSESSMENT, context, publication, language, overrides(folder, ASSESSMENT, language))
        for each in (Format.PDF, Format.HTML, Format.DOCX):
            name = f"{ASSESSMENT.id}.{language.value}.{each.value}"
            orders.append(Order(name, each, html, publication.today))
    files = dict(Workshop().make(orders, progress))
    replace_folder(folder / ASSESSMENT_FOLDER, files)
    return tuple(folder / ASSESSMENT_FOLDER / name for name in files)


def assessment_context(publication: Publication, state: State) -> AssessmentContext:
    """What the assessment prints.

    Raises:
        UsageError: No grouping is declared.
    """
    tender = publication.tender
    grouping = declared_grouping(tender)
    assert tender.open_data is not None, "a declared grouping lies in the open data"  # noqa: S101
    digest = method_hash(dict(grouping_method(grouping)))
    return AssessmentContext(
        title=tender.title,
        buyer=tender.buyer,
        diary_number=tender.diary_number,
        made=publication.today,
        grouping_hash=digest,
        clients=sum(group.client_total for group in tender.groups),
        method=grouping.method.value,
        horizon=grouping.horizon,
        threshold=tender.open_data.threshold,
        factors=grouping.factors,
        limits=tuple(LimitRow(group, grouping.limits[group.id]) for group in tender.groups),
        opinions=tuple(
            OpinionRow(
                one.said.by,
                one.event.at.date(),
                one.said.favourable == "yes",
                one.said.grouping == digest,
                one.said.reason,
            )
            for one in state.opinions
        ),
    )


def declared_grouping(tender: Tender) -> Grouping:
    """The grouping that `tender` declares.

    Raises:
        UsageError: It declares none.
    """
    if tender.open_data is None or tender.open_data.grouping is None:
        raise UsageError("review.no-grouping")
    return tender.open_data.grouping
