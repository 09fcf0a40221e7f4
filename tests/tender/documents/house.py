"""What every document's tests share: a context and its clauses must match, both ways."""

from __future__ import annotations

import dataclasses

from jinja2 import meta

from tender.documents.clauses import Clause, clauses_of
from tender.documents.document import Document
from tender.documents.environment import clause_environment
from tender.documents.functions import Functions
from tender.language import Language
from tender.model.methods import award_hash, payment_hash
from tender.model.publication import Publication
from tender.model.statements import Statement
from tender.model.tender import Tender
from tests.sample import sample_tender


def publication_of(
    tender: Tender, *, draft: bool = True, statements: tuple[Statement, ...] = (), version: int = 1
) -> Publication:
    """A publication of `tender` on its announced day; a draft unless said otherwise."""
    return Publication(
        tender,
        version=version,
        today=tender.timetable.published,
        draft=draft,
        award_hash=award_hash(tender),
        payment_hash=payment_hash(tender),
        statements=statements,
        record_head="5f" * 32,
        lots_commitment="a7" * 32,
    )


def variables_of(clause: Clause, language: Language = Language.FI) -> set[str]:
    """Names that `clause` takes from its context: in its text and in ``when``."""
    environment = clause_environment(language)
    functions = Functions(publication_of(sample_tender()), language, (), lambda _: sample_tender().title)
    given = set(functions.names()) | set(environment.globals)
    found = meta.find_undeclared_variables(environment.parse(clause.body)) - given
    return found | {clause.when} if clause.when else found


def assert_context_matches(document: Document, context: type, language: Language = Language.FI) -> None:
    """Every variable of the clauses is a documented field of `context`, and every field is used by some clause."""
    fields = {field.name for field in dataclasses.fields(context)}
    used = {clause.id: variables_of(clause, language) for clause in clauses_of(document.clauses, language)}
    unknown = {clause: sorted(names - fields) for clause, names in used.items() if names - fields}
    assert not unknown, f"clauses use what {context.__name__} does not declare: {unknown}"
    unused = fields - set().union(*used.values())
    assert not unused, f"{context.__name__} declares what no clause uses: {sorted(unused)}"
    undocumented = {name for name in fields if f" {name}: " not in (context.__doc__ or "")}
    assert not undocumented, f"{context.__name__} does not document {sorted(undocumented)}"
